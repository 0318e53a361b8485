"""Rows of text: what stands side by side on one baseline, within one column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.formats.pdf.layout import Line, Word


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline of one column, left to right; ``left``/``right`` are the column's edges.

    ``cells`` is non-empty for a row of a ruled table: one tuple of words a column, with their ``headers``;
    ``text`` has the words with single spaces.
    """

    page: int
    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    left: float
    right: float
    cells: tuple[tuple[Word, ...], ...] = ()
    column: int = 0
    headers: tuple[str, ...] = ()
    text: str = ""


def make_row(page: int, lines: Sequence[Line], left: float, right: float, column: int = 0) -> Row:
    """One row of the given segments, which need not be sorted."""
    ordered = sorted(lines, key=lambda line: line.x0)
    words = tuple(word for line in ordered for word in line.words)
    if len(words) >= 5 and sum(len(word.text) == 1 for word in words) >= 0.7 * len(words):
        words = _closed_up(words)
    widest = max(ordered, key=lambda line: line.x1 - line.x0)
    bold = sum(len(w.text) for w in words if w.bold)
    return Row(
        page,
        words,
        min(line.x0 for line in ordered),
        min(line.y0 for line in ordered),
        max(line.x1 for line in ordered),
        max(line.y1 for line in ordered),
        widest.size,
        bold >= 0.85 * sum(len(w.text) for w in words),
        left,
        right,
        (),
        column,
        (),
        " ".join([word.text for word in words]),
    )


def _closed_up(words: Sequence[Word]) -> tuple[Word, ...]:
    """Letter-spaced words put together: a gap wider than the usual one parts two words."""
    gaps = [max(0.0, after.x0 - before.x1) for before, after in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    closed = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        last = closed[-1]
        if gap <= 1.5 * usual + 0.5 and last.text[-1].isalnum() == word.text[0].isalnum():
            low, high = min(last.y0, word.y0), max(last.y1, word.y1)
            closed[-1] = Word(last.text + word.text, last.x0, low, word.x1, high, last.bold)
        else:
            closed.append(word)
    return tuple(closed)


def side_by_side(lines: Iterable[Line]) -> list[list[Line]]:
    """Segments grouped by baseline, from the top of the page down."""
    groups: list[list[Line]] = []
    low = high = 0.0
    for line in sorted(lines, key=lambda item: (-(item.y0 + item.y1), item.x0)):
        if groups:
            shared = min(high, line.y1) - max(low, line.y0)
            if shared >= 0.5 * min(high - low, line.y1 - line.y0):
                groups[-1].append(line)
                continue
        groups.append([line])
        low, high = line.y0, line.y1
    return groups


def without_overprint(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Lines without those drawn a second time in nearly the same place, and the characters left out."""
    seen: dict[str, list[Line]] = {}
    kept: list[Line] = []
    lost = 0
    for line in lines:
        key = "".join(word.text for word in line.words)
        if any(
            abs(other.x0 - line.x0) < 0.35 * line.size and abs(other.y0 - line.y0) < 0.35 * line.size
            for other in seen.get(key, ())
        ):
            lost += len(key)
            continue
        seen.setdefault(key, []).append(line)
        kept.append(line)
    return kept, lost
