"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.model.location import Piece, Span

BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: the column's header ("" if none) and the cell's span in the row's text."""

    header: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row, in reading order.

    ``text`` has its marker stripped, single spaces, and soft line ends joined. ``number`` is the marker as
    the page shows it ("3.1.4", "(a)", "•"), "" if none. ``level`` is the heading level (from 1) or the depth of
    a list item (from 1); 0 otherwise. ``run_in`` is the span of a run-in heading at the start of the text.
    """

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...]
    level: int = 0
    number: str = ""
    cells: tuple[Cell, ...] = ()
    run_in: Span | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text left out on purpose (running header, table of contents, deleted revision …), with its size."""

    reason: str
    characters: int
    page: int | None = None
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What could be read. ``ratio`` (0..1) is the share of the source's text that reached the blocks or was
    dropped with a reason; ``second_extraction`` the share of characters a second extractor saw too (None if
    not measured)."""

    ratio: float = 1.0
    pages_without_text: tuple[int, ...] = ()
    undecodable: int = 0
    second_extraction: float | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its blocks in reading order and how much of it could be read."""

    path: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    coverage: Coverage
    title: str = ""
    pages: int | None = None
