"""Ruled tables: the grid that strokes make, and the words in its cells, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditor.formats.pdf.layout import Edge, Line, Word
from auditor.reading.pdf.rows import Row, make_row, side_by_side

_NEAR = 3.0
_APART = 7.0
_MOST_EDGES = 6000
_PROSE = 55


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: x of its column borders from the left, y of its row borders from the top, upright strokes."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    edges: tuple[Edge, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1


def find_tables(edges: Sequence[Edge]) -> list[Table]:
    """Grids of at least two rows and two columns, made of strokes that touch each other."""
    if not 6 <= len(edges) <= _MOST_EDGES:
        return []
    tables = []
    for group in _touching(_merged(edges)):
        flat = [edge for edge in group if edge.y0 == edge.y1]
        tall = [edge for edge in group if edge.y0 != edge.y1]
        if not flat or not tall:
            continue
        xs = _clustered([*(e.x0 for e in tall), min(e.x0 for e in flat), max(e.x1 for e in flat)])
        ys = _clustered([*(e.y0 for e in flat), min(e.y0 for e in tall), max(e.y1 for e in tall)])
        if len(xs) >= 3 and len(ys) >= 3:
            tables.append(Table(tuple(xs), tuple(reversed(ys)), tuple(tall)))
    return tables


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Strokes without those that lie on another one; pieces of one stroke are put together."""
    merged: list[Edge] = []
    flat = sorted({edge for edge in edges if edge.y0 == edge.y1}, key=lambda e: (round(e.y0), e.x0))
    tall = sorted({edge for edge in edges if edge.y0 != edge.y1}, key=lambda e: (round(e.x0), e.y0))
    for edge in flat:
        last = merged[-1] if merged else None
        if last and abs(last.y0 - edge.y0) < 1.5 and edge.x0 <= last.x1 + _NEAR:
            merged[-1] = last._replace(x1=max(last.x1, edge.x1))
        else:
            merged.append(edge)
    first = len(merged)
    for edge in tall:
        last = merged[-1] if len(merged) > first else None
        if last and abs(last.x0 - edge.x0) < 1.5 and edge.y0 <= last.y1 + _NEAR:
            merged[-1] = last._replace(y1=max(last.y1, edge.y1))
        else:
            merged.append(edge)
    return merged


def _touching(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges in groups that hang together, each of at least six strokes."""
    owner = list(range(len(edges)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    flat = [i for i, edge in enumerate(edges) if edge.y0 == edge.y1]
    tall = [i for i, edge in enumerate(edges) if edge.y0 != edge.y1]
    for i in flat:
        across = edges[i]
        for j in tall:
            down = edges[j]
            if (
                across.x0 - _NEAR <= down.x0 <= across.x1 + _NEAR
                and down.y0 - _APART <= across.y0 <= down.y1 + _APART
            ):
                owner[root(j)] = root(i)
    groups: dict[int, list[Edge]] = {}
    for i, edge in enumerate(edges):
        groups.setdefault(root(i), []).append(edge)
    return [group for group in groups.values() if len(group) >= 5]


def _clustered(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _APART:
            found.append(value)
    return found


def table_rows(
    page: int, lines: Sequence[Line], edges: Sequence[Edge]
) -> tuple[list[tuple[float, list[Row]]], list[Line]]:
    """Tables as (y of the top, rows), and the lines outside of them.

    A grid whose cells hold running text (a page laid out in boxes) is no table: its lines stay.
    """
    rest = list(lines)
    found: list[tuple[float, list[Row]]] = []
    for table in sorted(find_tables(edges), key=lambda t: (t.xs[0] - t.xs[-1]) * (t.ys[0] - t.ys[-1])):
        inside = [line for line in rest if table.holds((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2)]
        rows = _rows(page, table, inside) if inside else []
        if not rows or not _tabular(rows):
            continue
        found.append((table.ys[0], _headed(rows)))
        rest = [line for line in rest if line not in inside]
    return found, rest


def _rows(page: int, table: Table, lines: Sequence[Line]) -> list[Row]:
    bands: list[list[Line]] = [[] for _ in table.ys[1:]]
    for line in lines:
        middle = (line.y0 + line.y1) / 2
        index = next((i for i, low in enumerate(table.ys[1:]) if middle >= low), len(bands) - 1)
        bands[index].append(line)
    rows = []
    for index, band in enumerate(bands):
        if band:
            columns = _columns(table, (table.ys[index] + table.ys[index + 1]) / 2)
            cells = _cells(band, columns, table.xs)
            row = make_row(page, band, table.xs[0], table.xs[-1])
            words = tuple(word for cell in cells for word in cell)
            rows.append(replace(row, cells=cells, words=words, text=" ".join(word.text for word in words)))
    return rows


def _columns(table: Table, y: float) -> list[int]:
    """For each column of the grid the cell it belongs to at height ``y``: merged cells share one."""
    cell = 0
    columns = [0]
    for x in table.xs[1:-1]:
        if any(abs(e.x0 - x) <= _NEAR and e.y0 <= y <= e.y1 for e in table.edges):
            cell = len(columns)
        columns.append(cell)
    return columns


def _place(table_xs: Sequence[float], word: Word) -> int:
    middle = (word.x0 + word.x1) / 2
    return max(0, sum(1 for x in table_xs[1:-1] if middle >= x))


def _cells(
    lines: Sequence[Line], columns: Sequence[int], xs: Sequence[float]
) -> tuple[tuple[Word, ...], ...]:
    cells: list[list[Word]] = [[] for _ in columns]
    for group in side_by_side(lines):
        for line in sorted(group, key=lambda item: item.x0):
            for word in line.words:
                cells[columns[_place(xs, word)]].append(word)
    return tuple(tuple(cell) for cell in cells)


def _tabular(rows: Sequence[Row]) -> bool:
    """Whether a grid holds short cells in several columns, not a page of prose in boxes."""
    several = sum(1 for row in rows if sum(1 for cell in row.cells if cell) >= 2)
    cells = [len(cell) for row in rows for cell in row.cells if cell]
    if several < max(1, 0.4 * len(rows)):
        return False
    return sum(cells) / len(cells) <= _PROSE


def _headed(rows: Sequence[Row]) -> list[Row]:
    """Rows with the texts of the first one as headers of their columns, if it looks like a header."""
    head = rows[0]
    filled = [cell for cell in head.cells if cell]
    if len(rows) < 2 or len(filled) < 2 or any(len(cell) > 8 for cell in filled):
        return list(rows)
    if not head.bold and any(word.text[:1].isdigit() for cell in filled for word in cell[:1]):
        return list(rows)
    texts = tuple(" ".join(word.text for word in cell) for cell in head.cells)
    return [head, *(replace(row, headers=texts) for row in rows[1:])]
