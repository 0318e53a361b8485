"""Clauses: the unit that is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.model.document import Cell, Document
from auditor.model.location import Location, Span

ClauseKind = Literal["sentence", "item", "row", "lead-in"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, a list item (or one sentence of a long one), or a table row, with its context.

    ``id`` is the identity of the clause's own words (see :mod:`auditor.text.identity`) with an ordinal
    among equals. ``heading`` runs from the outermost heading to the nearest. ``lead_in`` is the text of
    all lead-in lines above a list item, outermost first, joined by a space ("" if none). A clause of
    kind ``lead-in`` introduces items and is read with them, not alone. ``block`` indexes
    ``Document.blocks``; ``span`` is the clause's range in that block's text.
    """

    id: str
    index: int
    kind: ClauseKind
    text: str
    heading: tuple[str, ...]
    lead_in: str
    number: str
    section: int
    block: int
    span: Span
    location: Location
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next heading of any level. Section 0 has no heading."""

    index: int
    heading: tuple[str, ...]
    number: str
    location: Location
    clauses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClauseTree:
    """A document cut into sections and clauses."""

    document: Document
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
