"""Numbers and bullets that the author typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.reading.word.assembly import Line

_BULLETS = "•◦▪■□●○◆◇▶►➢➤➔→✓✔❖❑❒☐☑‣⁃∙·✦✧⦁⮚»*–—-o§"
_BULLET = re.compile(rf"^([{re.escape(_BULLETS)}])(?=\s|$)")
_GLUED = re.compile(r"^([•▪■●◆►➢➤✓✔❖‣⦁⮚])(?=\w|[\"“‘(])")
_WORD = re.compile(
    r"^((?:section|article|chapter|part|appendix|annex|schedule|clause)\s+"
    r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])[.:)]?)(?:\s*[-–—:]\s+|\s+)(?=[A-Z“\"])",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"^(\(?\d{1,3}(?:\.\d{1,3}){1,5}[.):]?)(?=\s|[A-Z]|$)")
_SINGLE = re.compile(r"^(\d{1,3}[.)]|\(\d{1,3}\)|\d{1,2}-\d{1,3}\.)(?=\s|$)")
_BARE = re.compile(r"^(\d{1,2})(?=\s)")
_LETTER = re.compile(
    r"^(\((?:[a-z]{1,2}|[A-Z]|[ivxlIVXL]{1,6})\)|(?:[a-zA-Z]|[ivxl]{2,6}|[IVXL]{2,6})[.)])(?=\s)"
)
_GLUED_PAREN = re.compile(r"^(\((?:[a-z]|[ivx]{1,5}|\d{1,2})\))(?=[A-Za-z])")
_ROMAN = re.compile(r"^[ivxl]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A typed marker: as shown, its style (``bullet``, ``decimal``, ``(a)`` …) and its length in the line."""

    number: str
    style: str
    length: int


def _shape(number: str) -> str:
    inner = number.strip("().:")
    if inner.isdigit():
        kind = "1"
    elif _ROMAN.match(inner) and (len(inner) > 1 or inner in "iI"):
        kind = "i" if inner.islower() else "I"
    else:
        kind = "a" if inner.islower() else "A"
    return number.replace(inner, kind)


@dataclass(slots=True)
class Markers:
    """Reads typed markers in document order; ``last`` remembers the letter lists that are under way, so
    that "J. Smith must …" is a name and "B. Refunds" after "A. Returns" a list."""

    last: dict[str, str] = field(default_factory=dict)

    def find(self, line: Line, heading: bool = False) -> Marker | None:
        """The marker at the start of a line that has text after it, None if there is none."""
        text = line.text
        if found := _BULLET.match(text) or _GLUED.match(text):
            return self._bullet(line, found[1])
        if heading and (found := _WORD.match(text)):
            return Marker(found[1], "word", found.end())
        for form in (_DECIMAL, _SINGLE, _LETTER, _GLUED_PAREN):
            if found := form.match(text):
                return self._judge(line, found[1], form, heading)
        found = _BARE.match(text)
        if found and (line.tabbed(found.end()) or heading) and text[found.end() + 1 :][:1].isupper():
            return Marker(found[1], "bare", found.end())
        return None

    @staticmethod
    def _bullet(line: Line, sign: str) -> Marker | None:
        tab, rest = line.tabbed(1), line.text[1:].strip()
        if not rest or (sign == "o" and not tab and not rest[0].isupper()):
            return None
        return Marker({"o": "◦", "§": "▪"}.get(sign, sign), f"bullet{sign}", 1)

    def _judge(self, line: Line, number: str, form: re.Pattern[str], heading: bool) -> Marker | None:
        rest = line.text[len(number) :].lstrip()
        end = len(number)
        if not rest:
            return None
        tab = line.tabbed(end)
        opens = rest[0].isupper() or rest[0] in "“\"‘'([*"
        if form is _DECIMAL:
            # "3.5 hours" and "2.5 Days" are quantities, "3.1 Refunds" and "3.1.2 refunds" numbers.
            many = number.count(".") > 1 or number.endswith((".", ")", ":"))
            good = tab or heading or (opens and rest.split()[0].lower() not in _UNITS) or many
            return Marker(number, "decimal", end) if good else None
        if form is _SINGLE:
            return Marker(number, _shape(number), end)
        return self._letter(number, _shape(number), end, tab or heading or opens)

    def _letter(self, number: str, shape: str, end: int, good: bool) -> Marker | None:
        if not number.startswith("(") and number.endswith("."):
            inner = number[:-1]
            before = self.last.get("." + ("a" if inner.islower() else "A"), "")
            starts = inner.lower() in {"a", "i"} or len(inner) > 1
            follows = len(inner) == len(before) == 1 and ord(inner) == ord(before) + 1
            roman_next = bool(before) and bool(_ROMAN.match(inner)) and bool(_ROMAN.match(before))
            if not good or not (starts or follows or roman_next):
                return None
            self.last["." + ("a" if inner.islower() else "A")] = inner
        return Marker(number, shape, end)


_UNITS = frozenset(
    [
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "percent",
        "million",
        "billion",
        "times",
        "miles",
        "km",
        "kg",
    ]
)


def lone_marker(text: str) -> bool:
    """Whether a cell holds a number alone: "1.", "3.1", "(a)", "•"."""
    bare = re.fullmatch(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,6}[.)]", text)
    return bool(bare) or (len(text) == 1 and text in _BULLETS)
