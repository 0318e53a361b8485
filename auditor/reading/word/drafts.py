"""A block in the making, with what is needed to judge it against its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditor.formats.ooxml.walk import Stretch
from auditor.model.document import Block, BlockKind, Cell, Dropped
from auditor.model.location import Piece, Span
from auditor.reading.word.assembly import Line


@dataclass(slots=True)
class Draft:
    """A block before its kind is settled; looks are those of all its letters together."""

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    number: str = ""
    bullet: bool = False
    cells: tuple[Cell, ...] = ()
    run_in: Span | None = None
    bold: bool = False
    caps: bool = False
    underlined: bool = False
    size: int = 0
    note: bool = False
    title: bool = False
    breaks: bool = False
    indent: int = 0
    letters: int = 0

    def block(self) -> Block:
        """The finished block."""
        return Block(self.kind, self.text, self.pieces, self.level, self.number, self.cells, self.run_in)

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())


def visible(text: str) -> int:
    """Characters that are no white space."""
    return len("".join(text.split()))


def draft_of(line: Line, kind: BlockKind, part: str, path: str) -> Draft:
    """A draft with the text, pieces and looks of a line."""
    looks = [(text, look) for text, look in line.looks() if any(ch.isalnum() for ch in text)]
    letters = [ch for text, look in looks for ch in (text.upper() if look.caps else text) if ch.isalpha()]
    return Draft(
        kind,
        line.text,
        line.pieces(part, path),
        run_in=_run_in(line),
        bold=bool(looks) and all(look.bold for _, look in looks),
        underlined=bool(looks) and all(look.underlined for _, look in looks),
        caps=len(letters) >= 4 and all(ch.isupper() for ch in letters),
        size=max((look.size for _, look in looks), default=0),
    )


def _run_in(line: Line) -> Span | None:
    """The span of a bold or underlined opening that ends like a heading before text that is neither."""
    length = 0
    for text, look in line.looks():
        if not (look.bold or look.underlined) and any(ch.isalnum() for ch in text):
            break
        length += len(text)
    if not 0 < length < len(line.text):
        return None
    opening = line.text[:length].rstrip()
    rest = line.text[length:].lstrip()
    if not opening or len(opening.split()) > 10 or not opening[:1].isupper():
        return None
    if opening[-1] in ".:–—-" or rest[:1] in ":–—-.":
        return Span(0, len(opening))
    return None


def joined(parts: Sequence[Draft], separator: str = " ") -> tuple[str, tuple[Piece, ...]]:
    """Texts of several drafts in one, numbers other than bullets written out."""
    text, pieces = "", []
    for draft in parts:
        if text and draft.text:
            text += separator
        if draft.number and not draft.bullet and draft.text:
            text += f"{draft.number} "
        shift = len(text)
        pieces += [replace(p, start=p.start + shift, end=p.end + shift) for p in draft.pieces]
        text += draft.text
    return text, tuple(pieces)


_REASONS = {
    "code": "field instruction",
    "contents": "table of contents",
    "deleted": "deleted by a tracked change",
    "inserted": "inserted by a tracked change",
    "hidden": "hidden text",
    "struck": "struck-out text",
    "phonetic": "phonetic guide",
}


@dataclass(slots=True)
class Tally:
    """What was left out and why, and how much text was accounted for."""

    accounted: int = 0
    _sizes: dict[str, int] = field(default_factory=dict)
    _samples: dict[str, str] = field(default_factory=dict)

    def leave_out(self, reason: str, text: str) -> None:
        """Notes text that no block holds."""
        size = visible(text)
        if not size:
            return
        self._sizes[reason] = self._sizes.get(reason, 0) + size
        sample = self._samples.get(reason, "")
        if len(sample) < 80:
            self._samples[reason] = " ".join(f"{sample} {text}".split())[:80]

    def sift(self, stretches: Sequence[Stretch], contents: bool = False) -> list[Stretch]:
        """The stretches to read; the others are noted. ``contents`` leaves all out as a table of contents."""
        kept = []
        for stretch in stretches:
            if stretch.typed:
                self.accounted += visible(stretch.text)
            reason = stretch.reason or ("contents" if contents else "")
            if reason:
                self.leave_out(_REASONS[reason], stretch.text)
            else:
                kept.append(stretch)
        return kept

    def dropped(self) -> tuple[Dropped, ...]:
        """One entry per reason."""
        return tuple(
            Dropped(reason, size, None, self._samples[reason]) for reason, size in self._sizes.items()
        )
