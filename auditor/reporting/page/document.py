"""A document's own text, block by block, with its marks and the notes beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.model.clause import Clause
from auditor.model.document import Block
from auditor.model.location import Span
from auditor.model.report import DocumentReport
from auditor.reporting.page.notes import Note, line_name
from auditor.reporting.page.text import Mark, Stretch, stretches

_TOP = 4
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table row below its column's header, or the whole text of any other block."""

    header: str
    text: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the text. ``level`` is the level of the HTML heading, or the depth of an item; ``first`` is
    true of the first row of a table, which shows the column headers, ``caption`` of a header row."""

    anchor: str
    kind: str
    level: int
    number: str
    cells: tuple[ShownCell, ...]
    notes: tuple[Note, ...]
    first: bool = False
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A document as text: its name on the page, title and path, lines, and the sections that hold notes.

    ``titled`` says that the text itself begins with the title.
    """

    anchor: str
    title: str
    path: str
    lines: tuple[Line, ...]
    sections: tuple[tuple[int, str], ...]
    titled: bool


def name_of(document: DocumentReport) -> str:
    """A document's title, or the name of its file."""
    source = document.tree.document
    return source.title.strip() or source.path.replace("\\", "/").rsplit("/", 1)[-1]


def text_of(at: int, document: DocumentReport, notes: Sequence[Note]) -> Text:
    """The text of document number ``at`` with its notes."""
    source = document.tree.document
    beside: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        beside[note.line].append(note)
    marks = _marks(notes)
    lines, level, before = [], _TOP - 1, ""
    for index, block in enumerate(source.blocks):
        if block.kind == "heading":
            level = min(level + 1, _TOP - 1 + max(1, block.level), _DEEPEST)
        anchor = line_name(at, index)
        lines.append(_line(block, anchor, level, marks.get(index, []), beside.get(anchor, ()), before))
        before = block.kind
    title = name_of(document)
    titled = bool(source.blocks) and source.blocks[0].text.strip() == title
    return Text(f"d{at}", title, source.path, tuple(lines), _sections(document, notes), titled)


def _marks(notes: Iterable[Note]) -> dict[int, list[Mark]]:
    """Marks by block, in the block's own offsets; a clause without triggering words of its own is marked whole."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for note in notes:
        found = note.strength or (note.entry.finding if note.entry else None)
        if found is None or note.absence:
            continue
        clause: Clause = note.clause
        for span in found.spans:
            shifted = Span(clause.span.start + span.start, clause.span.start + span.end)
            marks[clause.block].append(Mark(shifted, note.status, note.anchor))
        marks[clause.block].append(Mark(clause.span, note.status, note.anchor, whole=True))
    return marks


def _line(
    block: Block, anchor: str, level: int, marks: list[Mark], notes: Iterable[Note], before: str
) -> Line:
    if block.kind == "row" and block.cells:
        cells = tuple(
            ShownCell(c.header, stretches(block.text, marks, c.span.start, c.span.end)) for c in block.cells
        )
    else:
        cells = (ShownCell("", stretches(block.text, marks)),)
    depth = level if block.kind == "heading" else min(max(block.level, 1), 4)
    headers = any(cell.header for cell in block.cells)
    row = block.kind == "row"
    return Line(
        anchor, block.kind, depth, block.number, cells, tuple(notes),
        first=row and before != "row" and headers, caption=row and before != "row" and not headers,
    )  # fmt: skip


def _sections(document: DocumentReport, notes: Iterable[Note]) -> tuple[tuple[int, str], ...]:
    """Index and heading of every section with a note."""
    named = {section.index: section.heading for section in document.tree.sections}
    wanted = sorted({note.section for note in notes})
    return tuple(
        (index, " › ".join(named.get(index, ())[-2:]) or "Before the first heading") for index in wanted
    )
