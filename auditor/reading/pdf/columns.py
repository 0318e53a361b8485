"""Reading order of one page: columns are split from line boxes, and the order checked by the numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from auditor.formats.pdf.layout import Line
from auditor.reading.pdf.rows import Row, make_row, side_by_side

_MIN_ROWS = 5
_MIN_WIDTH = 85.0
_FULL = 0.55
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)\.?$")


def ordered_rows(page: int, lines: Sequence[Line]) -> list[Row]:
    """The rows of a page in reading order."""
    if not lines:
        return []
    plain = _region(page, lines, 0)
    split = _split(page, lines, 0, 0)
    if len(split) != len(plain) and inversions(split) > inversions(plain):
        return plain
    return split


def inversions(rows: Sequence[Row]) -> int:
    """How often a decimal number at the start of a row is lower than the one before it."""
    numbers = [
        tuple(int(part) for part in found[1].split("."))
        for row in rows
        if row.words and (found := _DECIMAL.match(row.words[0].text))
    ]
    return sum(1 for before, after in pairwise(numbers) if after < before)


def _region(page: int, lines: Sequence[Line], column: int) -> list[Row]:
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    return [make_row(page, group, left, right, column) for group in side_by_side(lines)]


def _split(page: int, lines: Sequence[Line], column: int, depth: int) -> list[Row]:
    gutter = _gutter(lines) if depth < 3 else None
    if gutter is None:
        return _region(page, lines, column)
    rows: list[Row] = []
    for crossing, band in _bands(lines, gutter):
        left = [line for line in band if line.x1 <= gutter]
        right = [line for line in band if line.x0 >= gutter]
        if crossing or not left or not right or min(len(side_by_side(left)), len(side_by_side(right))) < 2:
            rows += _region(page, band, column)
        else:
            rows += _split(page, left, column + 1, depth + 1)
            rows += _split(page, right, column + 2, depth + 1)
    return rows


def _bands(lines: Sequence[Line], gutter: float) -> list[tuple[bool, list[Line]]]:
    bands: list[tuple[bool, list[Line]]] = []
    for group in side_by_side(lines):
        crossing = any(line.x0 < gutter - 2 and line.x1 > gutter + 2 for line in group)
        if not bands or bands[-1][0] != crossing:
            bands.append((crossing, []))
        bands[-1][1].extend(group)
    return bands


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x of the white strip between two columns of running text, if there is one."""
    if len(lines) < 2 * _MIN_ROWS:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = Counter(round(line.x0) for line in lines)
    best: tuple[int, float] | None = None
    for start, _ in starts.most_common(12):
        if start - left < _MIN_WIDTH or right - start < _MIN_WIDTH:
            continue
        gutter = min(line.x0 for line in lines if line.x0 >= start - 4) - 1.0
        score = _score(lines, gutter, left, right)
        if score and (best is None or score > best[0]):
            best = (score, gutter)
    return best[1] if best else None


def _score(lines: Sequence[Line], gutter: float, left: float, right: float) -> int:
    """How many rows stand in two columns of running text about ``gutter``; 0 if they are not columns."""
    here = [line for line in lines if line.x1 <= gutter]
    there = [line for line in lines if line.x0 >= gutter]
    crossing = len(lines) - len(here) - len(there)
    if len(here) < _MIN_ROWS or len(there) < _MIN_ROWS or crossing > 0.5 * (len(here) + len(there)):
        return 0
    inner = max(line.x1 for line in here)
    rows, others = side_by_side(here), side_by_side(there)
    if min(len(rows), len(others)) < _MIN_ROWS:
        return 0
    if not _running(rows, left, inner) or not _running(others, gutter, right):
        return 0
    return len(here) + len(there) - 2 * crossing


def _running(rows: Sequence[Sequence[Line]], left: float, right: float) -> bool:
    """Whether most rows fill their column, as running text does and the cells of a table do not."""
    if right - left < _MIN_WIDTH:
        return False
    full = sum(1 for row in rows if max(line.x1 for line in row) - left >= _FULL * (right - left))
    return full >= 0.5 * len(rows)
