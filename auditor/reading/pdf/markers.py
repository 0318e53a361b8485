"""Numbers and bullets at the start of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.formats.pdf.layout import Word

_BULLETS = "•◦▪■□●○◆◇▶►➢➤➔→✓✔✗❖❑❒‣⁃∙·※★☐☑✦✧⦁⮚⚫–—-*»o§¢"
_LOOSE = set("o–—-*§¢»·→")
_DASHES = ("-", "--", "–", "—", ":")
_BULLET_GLUED = re.compile(rf"^([{re.escape(_BULLETS.replace('o', '').replace('-', ''))}]+)(?=\w|[\"“‘(])")
_FORMS = (
    ("decimal", re.compile(r"^\(?\d{1,3}(?:\.\d{1,3}){1,5}[.):]?(?=$|[A-Z])")),
    ("dashed", re.compile(r"^\d{1,3}-\d{1,3}\.(?=$|[A-Z])")),
    ("coded", re.compile(r"^(?:\d{1,3}\.?[A-Z]|[A-Z]\.?\d{1,3}(?:\.\d{1,3})*)[.)]?$")),
    ("arabic", re.compile(r"^\d{1,3}[.)](?=$|[A-Z“])")),
    ("paren", re.compile(r"^\(\d{1,3}\)(?=$|[A-Za-z])")),
    ("roman", re.compile(r"^\(?(?:[ivx]{2,6}|[iv])[.)](?=$|[A-Z])")),
    ("Roman", re.compile(r"^\(?(?:[IVX]{2,6}|[IVX])[.)](?=$|[A-Z][a-z])")),
    ("letter", re.compile(r"^\(?[a-z]{1,2}[.)](?=$|[A-Z])")),
    ("Letter", re.compile(r"^\(?[A-Z][.)](?=$|[A-Z][a-z])")),
    ("bare", re.compile(r"^\d{1,2}$")),
)
_WORDS = re.compile(
    r"^(section|article|chapter|part|policy|appendix|annex|schedule|clause|§)$", re.IGNORECASE
)
_ORDINAL = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])[.:)]?$")
_NOT_CODED = re.compile(r"^(?:[A-Z]\d|\d[A-Z])$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number or bullet: as shown, its style, and how much of the row it takes (words, then characters)."""

    number: str
    style: str
    words: int
    characters: int = 0

    @property
    def depth(self) -> int:
        """Number of parts of a decimal number, else 1."""
        return len(re.findall(r"\d+", self.number)) if self.style == "decimal" else 1


def marker_of(words: Sequence[Word], size: float) -> Marker | None:
    """The marker at the start of ``words``, if any; ``size`` is the em height, to judge gaps."""
    if not words:
        return None
    first = words[0].text
    rest = len(words) > 1
    if len(first) <= 2 and all(sign in _BULLETS for sign in first):
        plain = rest or first not in _LOOSE
        return Marker("•" if first in ("o", "§", "¢") else first, "bullet:" + first, 1) if plain else None
    if found := _BULLET_GLUED.match(first):
        return Marker(found[1], "bullet:" + found[1], 0, len(found[1]))
    if rest and _WORDS.match(first) and _ORDINAL.match(words[1].text):
        dash = len(words) > 3 and words[2].text in _DASHES
        return Marker(f"{first} {words[1].text}", "word", 3 if dash else 2)
    return _number(first, rest and words[1].x0 - words[0].x1 > 0.6 * size)


def _number(first: str, apart: bool) -> Marker | None:
    """The number that ``first`` is or begins with; a bare one must stand ``apart`` from the text."""
    for style, form in _FORMS:
        found = form.match(first)
        if found is None or (style == "coded" and not _coded(first)) or (style == "bare" and not apart):
            continue
        glued = found.end() < len(first)
        return Marker(found[0], style, 0 if glued else 1, found.end() if glued else 0)
    return None


def _coded(text: str) -> bool:
    return text.endswith((".", ")")) or ("." in text and not _NOT_CODED.match(text))
