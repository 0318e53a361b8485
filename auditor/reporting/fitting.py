"""Parts of a Markdown report, and how they are made to fit a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.reporting.page.words import plural

LIMIT = 65_000
"""Characters of a report; GitHub refuses comments of 65,536, and whoever posts one may add a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece that is kept or dropped as a whole, and how many entries of the report it shows."""

    text: str
    entries: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its lines below ``intro``; ``folded`` ones open on a click.

    The parts of least ``worth`` are shortened first; ``unit`` names an entry. ``shown`` is the number of lines
    that are kept, None for all.
    """

    title: str
    lines: tuple[Line, ...]
    worth: int
    unit: str = "entry"
    intro: str = ""
    folded: bool = False
    separator: str = "\n"
    level: int = 3
    shown: int | None = None

    @property
    def hidden(self) -> int:
        """The number of entries in the lines that are not shown."""
        return 0 if self.shown is None else sum(line.entries for line in self.lines[self.shown :])

    def text(self) -> str:
        """The part as Markdown, with a word on what it leaves out."""
        body = self.separator.join(line.text for line in self.lines[: self.shown]).strip()
        blocks = [
            self.intro,
            body,
            f"*{_count(self.hidden, self.unit)} not shown here.*" if self.hidden else "",
        ]
        # Rows of a table follow its head at once; everything else is a paragraph of its own.
        joined = "\n\n".join(block for block in blocks if block)
        if self.intro.endswith(" |") and body:
            joined = joined.replace(f"{self.intro}\n\n", f"{self.intro}\n", 1)
        if not self.folded:
            return f"{'#' * self.level} {self.title}\n\n{joined}"
        total = sum(line.entries for line in self.lines)
        return f"<details><summary>{self.title} ({total})</summary>\n\n{joined}\n\n</details>"


def _count(count: int, unit: str) -> str:
    return plural(count, unit, f"{unit[:-1]}ies" if unit.endswith("y") else "")


def fitted(head: str, parts: Sequence[Part], limit: int = LIMIT) -> str:
    """``head`` and ``parts`` as one text of at most ``limit`` characters; what is left out is counted in both
    its part and the head.

    Lines are dropped from the end of the part of least worth until the rest fits, then from the next. A part
    without lines is left out, a ``limit`` of 0 means none.
    """
    kept = [part for part in parts if part.lines]
    whole = _joined(head, kept)
    if not limit or len(whole) <= limit:
        return whole
    for at in sorted(range(len(kept)), key=lambda index: (kept[index].worth, -index)):
        excess = len(_joined(_told(head, kept), kept)) - limit
        if excess <= 0:
            break
        kept[at] = _cut(kept[at], excess + 120)  # the words that say so need room too
    return _joined(_told(head, kept), kept)


def _cut(part: Part, excess: int) -> Part:
    left, keep = excess, len(part.lines)
    while left > 0 and keep:
        keep -= 1
        left -= len(part.lines[keep].text) + len(part.separator)
    return replace(part, shown=keep)


def _told(head: str, parts: Sequence[Part]) -> str:
    hidden = [_count(part.hidden, part.unit) for part in parts if part.hidden]
    return f"{head}\n\n> **Shortened to fit a comment.** Left out: {', '.join(hidden)}. The JSON report holds everything."


def _joined(head: str, parts: Sequence[Part]) -> str:
    return "\n\n".join((head, *(part.text() for part in parts))) + "\n"
