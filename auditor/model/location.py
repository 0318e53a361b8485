"""Where a piece of text stands in its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of character offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page, in PDF points with the origin at the lower left; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a source file; only the fields that the format has are set.

    Text formats: ``line``/``column`` (from 1) to ``end_line``/``end_column`` (exclusive).
    DOCX: ``part`` (package part name), ``paragraph`` (index from 0 of the ``w:p`` among all ``w:p`` of
    the part in document order), ``run`` (index from 0 of the ``w:r`` among the descendants of that
    paragraph) and ``offset`` (characters into the run's text), likewise for the exclusive end.
    PDF: ``page`` (from 1) and ``boxes`` (one per word or line stretch, in reading order).
    """

    path: str
    page: int | None = None
    part: str | None = None
    paragraph: int | None = None
    run: int | None = None
    offset: int | None = None
    end_paragraph: int | None = None
    end_run: int | None = None
    end_offset: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``start:end`` of a block's text and the place it came from.

    Where ``exact``, one character of text is one column (or one run offset) of the source, so a part
    of the piece can be located; otherwise a part is located as the whole piece.
    """

    start: int
    end: int
    place: Location
    exact: bool = True


def _head(piece: Piece, start: int) -> Location:
    shift = max(0, start - piece.start) if piece.exact else 0
    place = piece.place
    if place.column is not None:
        return replace(place, column=place.column + shift)
    if place.offset is not None:
        return replace(place, offset=place.offset + shift)
    return place


def _tail(piece: Piece, end: int) -> Location:
    place = piece.place
    if not piece.exact or end >= piece.end:
        return place
    if place.column is not None:
        return replace(place, end_line=place.line, end_column=place.column + end - piece.start)
    if place.offset is not None:
        return replace(place, end_offset=place.offset + end - piece.start)
    return place


def locate(pieces: Sequence[Piece], span: Span, path: str) -> Location:
    """The place of ``span`` of a block's text, joined over all pieces it touches."""
    touched = [p for p in pieces if p.start < span.end and span.start < p.end]
    if not touched:
        touched = [p for p in pieces if p.start <= span.start][-1:] or list(pieces[:1])
    if not touched:
        return Location(path)
    first, last = _head(touched[0], span.start), _tail(touched[-1], span.end)
    return replace(
        first,
        end_paragraph=last.end_paragraph,
        end_run=last.end_run,
        end_offset=last.end_offset,
        end_line=last.end_line,
        end_column=last.end_column,
        boxes=tuple(box for p in touched for box in p.place.boxes),
    )
