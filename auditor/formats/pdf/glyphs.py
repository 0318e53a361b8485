"""pdfminer's characters put together to words and lines.

The rule for what stands on one line is pdfminer's own (``LTLayoutContainer.group_objects`` with the LAParams
of :func:`auditor.formats.pdf.miner.layout_parameters`), in one pass and without its containers: they cost a
fifth of a page's time, and lines are ordered and grouped by us in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from auditor.formats.pdf.characters import readable, settle
from auditor.formats.pdf.layout import Line, Word

LINE_OVERLAP = 0.5
CHAR_MARGIN = 2.0
WORD_MARGIN = 0.1
_BOLD = ("bold", "black", "heavy", "demi", "semib")


def lines_of(chars: Sequence[Any], lines: list[Line]) -> int:
    """Append the lines that LTChars make, in drawing order; returns how many glyphs have no character."""
    lost = start = 0
    x0 = y0 = x1 = y1 = 0.0
    for index, char in enumerate(chars):
        before = (x0, y0, x1, y1)
        x0, y0, x1, y1 = char.bbox
        if index and not _continues(before, x0, y0, x1, y1):
            lost += _line(chars[start:index], lines)
            start = index
    return lost + (_line(chars[start:], lines) if chars else 0)


def _continues(before: tuple[float, float, float, float], x0: float, y0: float, x1: float, y1: float) -> bool:
    left, low, right, high = before
    shared = (y1 if y1 < high else high) - (y0 if y0 > low else low)
    if shared <= 0 or shared <= LINE_OVERLAP * min(y1 - y0, high - low):
        return False
    reach = CHAR_MARGIN * max(x1 - x0, right - left)
    return x0 - right < reach and left - x1 < reach


def _line(chars: Sequence[Any], lines: list[Line], ordered: bool = False) -> int:
    words: list[Word] = []
    sizes: dict[float, int] = {}
    lost = 0
    text = ""
    first: Any = None
    low = high = edge = 0.0
    start = -1e9
    for char in chars:
        raw = char._text
        x0, y0, x1, y1 = char.bbox
        if x0 < start - 0.5 and not ordered:
            return _line(_without_overprint(chars), lines, True)
        start = x0
        if text and (raw == " " or raw.isspace() or x0 > edge + WORD_MARGIN * max(x1 - x0, y1 - y0)):
            lost += _close(text, first, (low, edge, high), words)
            sizes[first.size] = sizes.get(first.size, 0) + len(text)
            text = ""
        if raw == " " or raw.isspace():
            edge = x1
            continue
        if not text:
            first, low, high = char, y0, y1
        else:
            low = y0 if y0 < low else low
            high = y1 if y1 > high else high
        text += raw
        edge = x1
    if text:
        lost += _close(text, first, (low, edge, high), words)
        sizes[first.size] = sizes.get(first.size, 0) + len(text)
    if words:
        low, high = min([word.y0 for word in words]), max([word.y1 for word in words])
        size = round(float(max(sizes, key=lambda em: sizes[em])), 1)
        lines.append(Line(tuple(words), words[0].x0, low, max([word.x1 for word in words]), high, size))
    return lost


def _close(text: str, first: Any, extent: tuple[float, float, float], words: list[Word]) -> int:
    shown, lost = settle(readable(text))
    low, right, high = extent
    bold = _bold(first.fontname)
    for part in shown.split() if " " in shown else (shown,):
        if part:
            words.append(Word(part, first.x0, low, right if right > first.x0 else first.x1, high, bold))
    return lost


@lru_cache(1024)
def _bold(fontname: str) -> bool:
    name = fontname.lower()
    return any(sign in name for sign in _BOLD)


def _without_overprint(chars: Sequence[Any]) -> list[Any]:
    """Characters from left to right, each once: bold made by drawing twice is one text."""
    kept: list[Any] = []
    for char in sorted(chars, key=lambda c: c.x0):
        near = char.width * 0.4 + 0.1
        if not any(k.x0 > char.x0 - near and k._text == char._text for k in kept[-3:]):
            kept.append(char)
    return kept
