"""Tables row by row, or as paragraphs where a table only serves layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.formats.ooxml.names import TBL, TC, Element, child, number, switch
from auditor.model.document import Cell
from auditor.model.location import Piece, Span
from auditor.reading.word.drafts import Draft, joined
from auditor.reading.word.markers import lone_marker

if TYPE_CHECKING:
    from auditor.reading.word.builder import Builder

SEPARATOR = " | "


@dataclass(slots=True)
class _Cell:
    column: int
    span: int
    drafts: list[Draft]
    nested: bool = False

    @property
    def full(self) -> list[Draft]:
        return [d for d in self.drafts if d.text]

    @property
    def words(self) -> int:
        return sum(d.words for d in self.drafts)


@dataclass(slots=True)
class _Row:
    header: bool = False
    cells: list[_Cell] = field(default_factory=list)

    @property
    def full(self) -> list[_Cell]:
        return [cell for cell in self.cells if cell.full]


def read_table(builder: Builder, table: Element) -> Iterator[Draft]:
    """The drafts of a table; its cells are walked in document order, so that numbers count on rightly."""
    rows = [_row(builder, tr) for tr in builder.walker.rows(table)]
    rows = [row for row in rows if row.full or any(d.number for c in row.cells for d in c.drafts)]
    if _is_layout(rows):
        for row in rows:
            for cell in row.cells:
                yield from cell.drafts
        return
    headers: dict[int, str] = {}
    heads = _header_rows(rows)
    for at, row in enumerate(rows):
        yield from _draft(row, {} if at < heads else headers)
        if at < heads:
            for cell in row.full:
                text = joined(cell.full)[0]
                for column in range(cell.column, cell.column + cell.span):
                    headers[column] = f"{headers[column]} {text}" if column in headers else text


def _row(builder: Builder, tr: Element) -> _Row:
    properties = child(tr, "trPr")
    row = _Row(bool(switch(child(properties, "tblHeader"))))
    column = number(child(properties, "gridBefore"))
    for tc in builder.walker.rows(tr, TC):
        span = min(max(1, number(child(child(tc, "tcPr"), "gridSpan"), default=1)), 100)
        nested = any(len(list(inner.iter(TC))) > 3 for inner in tc.iter(TBL))
        row.cells.append(_Cell(column, span, list(builder.container(tc)), nested))
        column += span
    return row


def _is_layout(rows: Sequence[_Row]) -> bool:
    cells = [cell for row in rows for cell in row.full]
    if not cells:
        return True
    if max(len(row.full) for row in rows) < 2 or any(cell.nested for cell in cells):
        return True
    if any(d.kind == "row" for cell in cells for d in cell.drafts):
        return True
    paragraphs = sum(len(cell.full) for cell in cells)
    longest = max(cells, key=lambda cell: cell.words)
    return paragraphs / len(cells) >= 3 or (longest.words > 200 and len(longest.full) > 3)


def _header_rows(rows: Sequence[_Row]) -> int:
    marked = 0
    while marked < len(rows) and rows[marked].header:
        marked += 1
    if marked and marked < len(rows):
        return marked
    return 1 if len(rows) > 1 and _looks_like_header(rows[0], rows[1:]) else 0


def _looks_like_header(first: _Row, others: Sequence[_Row]) -> bool:
    cells = first.full
    if len(cells) < 2 or any(c.words > 8 or c.full[-1].text[-1:] in ".;" for c in cells):
        return False
    if any(re.fullmatch(r"[\d\W]+", joined(c.full)[0]) for c in cells):
        return False

    def bold(row: _Row) -> bool:
        return all(d.bold or d.caps for c in row.full for d in c.full)

    if bold(first):
        return not all(bold(row) for row in others if row.full)
    if len(cells) >= 3:
        return True
    last = [row.full[-1].words for row in others if len(row.full) > 1]
    return bool(last) and cells[-1].words <= 3 and sum(last) / len(last) >= 5


def _draft(row: _Row, headers: dict[int, str]) -> Iterator[Draft]:
    cells, number_shown = list(row.cells), ""
    first = cells[0].drafts if cells else []
    if len(row.full) > 1 and lone_marker(joined(cells[0].full)[0]):
        number_shown = joined(cells[0].full)[0]
        cells = cells[1:]
    elif len(first) == 1 and first[0].number and not first[0].bullet:
        number_shown, first[0].number = first[0].number, ""
    text, pieces, spans = "", list[Piece](), list[Cell]()
    for cell in cells:
        if not cell.full:
            continue
        if spans:
            text += SEPARATOR
        own, placed = joined(cell.full)
        shift = len(text)
        pieces += [Piece(p.start + shift, p.end + shift, p.place, p.exact) for p in placed]
        text += own
        spans.append(Cell(headers.get(cell.column, ""), Span(shift, len(text))))
    if text:
        yield Draft("row", text, tuple(pieces), number=number_shown, cells=tuple(spans))
