"""Automatic numbers as Word shows them, from ``numbering.xml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.formats.ooxml.names import MC, Element, child, number, switch, value, w
from auditor.formats.ooxml.numerals import in_format
from auditor.formats.ooxml.styles import Styles

LEVELS = 9

#: Bullets that fonts keep in the private use area (Symbol, Wingdings), as they look.
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf06f": "□", "\uf0a8": "□", "\uf0d8": "➢", "\uf0fc": "✓",
    "\uf0fe": "☑", "\uf076": "❖", "\uf0e0": "→", "\uf0e8": "➔", "\uf06c": "●", "\uf02d": "-",
    "\uf0be": "–", "o": "◦",
}  # fmt: skip


def visible_bullet(text: str) -> str:
    """A bullet as the page shows it: private-use characters become the sign they draw, "•" if unknown."""
    out = "".join(_BULLETS.get(ch, "•" if "\ue000" <= ch <= "\uf8ff" else ch) for ch in text)
    return out.strip()


@dataclass(frozen=True, slots=True)
class Level:
    """The definition of one list level; ``restart`` is None for the default rule, 0 for never, else the
    1-based level after which it restarts."""

    text: str = ""
    style: str = "decimal"
    pattern: str = ""
    start: int = 0
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a paragraph: its text ("" for an invisible bullet), level from 0, and kind."""

    text: str
    level: int
    bullet: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def _format(lvl: Element) -> tuple[str, str]:
    # Custom formats hide in an mc:Choice, with a plain one for old readers in mc:Fallback.
    custom = lvl.find(f"{MC}AlternateContent/{MC}Choice/{w('numFmt')}")
    plain = lvl.find(f"{MC}AlternateContent/{MC}Fallback/{w('numFmt')}")
    found = next((f for f in (custom, child(lvl, "numFmt"), plain) if f is not None), None)
    return value(found, default="decimal"), value(found, "format")


def _level(lvl: Element) -> Level:
    style, pattern = _format(lvl)
    restart = child(lvl, "lvlRestart")
    indent = child(child(lvl, "pPr"), "ind")
    return Level(
        text=value(child(lvl, "lvlText")),
        style=style,
        pattern=pattern,
        start=number(child(lvl, "start")),
        restart=None if restart is None else number(restart),
        legal=bool(switch(child(lvl, "isLgl"))),
        paragraph_style=value(child(lvl, "pStyle")),
        indent=number(indent, "left") or number(indent, "start"),
    )


class Numbering:
    """Counts the automatic numbers of one document; feed it the paragraphs in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}
        self._instances: dict[str, _Instance] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(w("abstractNum")):
            key = value(abstract, "abstractNumId")
            levels = {number(lvl, "ilvl"): _level(lvl) for lvl in abstract.findall(w("lvl"))}
            self._lists[key] = _List(levels)
            self._links[key] = value(child(abstract, "numStyleLink"))
        for num in root.iter(w("num")):
            self._instances[value(num, "numId")] = self._instance(num)

    @staticmethod
    def _instance(num: Element) -> _Instance:
        instance = _Instance(value(child(num, "abstractNumId")))
        for override in num.findall(w("lvlOverride")):
            ilvl = number(override, "ilvl")
            own = child(override, "lvl")
            if own is not None:
                instance.levels[ilvl] = _level(own)
            start = child(override, "startOverride")
            if start is not None:
                instance.starts[ilvl] = number(start)
        return instance

    def _resolve(self, num_id: str) -> tuple[_Instance, _List] | None:
        """The instance and the list whose counters it shares, through numbering style links."""
        first = self._instances.get(num_id)
        instance = first
        for _ in range(10):
            if first is None or instance is None:
                return None
            linked = self._styles.numbering_style(self._links.get(instance.abstract, ""))
            follow = self._instances.get(linked) if linked else None
            if follow is None or follow is instance:
                counted = self._lists.get(instance.abstract)
                return (first, counted) if counted else None
            instance = follow
        return None

    def place(self, ppr: Element | None, style_id: str) -> tuple[str, int] | None:
        """The list instance and level of a paragraph, None if it carries no number."""
        direct = child(ppr, "numPr")
        num_id = value(child(direct, "numId"))
        ilvl: int | None = number(child(direct, "ilvl")) if child(direct, "ilvl") is not None else None
        if not num_id:
            by_style, owner = self._styles.paragraph_property(style_id or self._styles.default, "numPr")
            num_id = value(child(by_style, "numId"))
            if ilvl is None and num_id:
                ilvl = self._level_of_style(num_id, style_id, owner, number(child(by_style, "ilvl")))
        if not num_id or num_id == "0" or self._resolve(num_id) is None:
            return None
        return num_id, min(max(ilvl or 0, 0), LEVELS - 1)

    def _level_of_style(self, num_id: str, style_id: str, owner: str, otherwise: int) -> int:
        resolved = self._resolve(num_id)
        if resolved is not None:
            instance, counted = resolved
            for wanted in (style_id, owner):
                for ilvl, level in {**counted.levels, **instance.levels}.items():
                    if wanted and level.paragraph_style == wanted:
                        return ilvl
        return otherwise

    def level(self, num_id: str, ilvl: int) -> Level:
        """The definition of a level as the instance sees it."""
        resolved = self._resolve(num_id)
        if resolved is None:
            return Level()
        instance, counted = resolved
        return instance.levels.get(ilvl) or counted.levels.get(ilvl) or Level()

    def step(self, num_id: str, ilvl: int) -> Mark:
        """Counts one paragraph and gives its mark."""
        resolved = self._resolve(num_id)
        if resolved is None:
            return Mark("", ilvl, True)
        instance, counted = resolved
        counters = counted.counters
        level = self.level(num_id, ilvl)
        if (num_id, ilvl) not in self._begun and ilvl in instance.starts:
            counters[ilvl] = instance.starts[ilvl]
        elif ilvl in counters:
            counters[ilvl] += 1
        else:
            counters[ilvl] = level.start
        self._begun.add((num_id, ilvl))
        for deeper in [n for n in counters if n > ilvl]:
            limit = self.level(num_id, deeper).restart
            if limit is None or (limit and ilvl < limit):
                del counters[deeper]
        if level.style == "bullet":
            return Mark(visible_bullet(level.text), ilvl, True)
        return Mark(self._text(num_id, ilvl, level, counters), ilvl, False)

    def _text(self, num_id: str, ilvl: int, level: Level, counters: dict[int, int]) -> str:
        def shown(match: re.Match[str]) -> str:
            wanted = int(match.group(1)) - 1
            if wanted > ilvl:
                return ""
            other = self.level(num_id, wanted)
            count = counters.get(wanted, other.start)
            if level.legal and other.style not in {"none", "bullet"}:
                return str(count)
            return in_format(count, other.style, other.pattern)

        return re.sub(r"%([1-9])", shown, level.text).strip()
