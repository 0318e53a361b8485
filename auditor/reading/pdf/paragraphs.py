"""Rows joined into paragraphs, list items and headings, across lines, columns and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.reading.pdf.headings import Body, is_caps
from auditor.reading.pdf.markers import Marker, marker_of
from auditor.reading.pdf.rows import Row

_ENDS = (".", "!", "?", ":", ";", ".”", '."', ".)", "?”")
_SAFE = ("bullet:", "dashed")


@dataclass(slots=True)
class Group:
    """Rows that make one block, under construction; ``marker`` is that of its first row."""

    rows: list[Row] = field(default_factory=list)
    marker: Marker | None = None

    @property
    def text_x0(self) -> float:
        """Where the text after the marker starts."""
        row = self.rows[0]
        used = self.marker.words if self.marker else 0
        return row.words[used].x0 if used < len(row.words) else row.x0


def group_rows(rows: Sequence[Row], body: Body) -> list[Group]:
    """Rows in reading order as groups, one a block."""
    groups: list[Group] = []
    for row in rows:
        if not row.words:
            continue
        last = groups[-1] if groups else None
        marker = None if row.cells else marker_of(row.words, row.size)
        if last is not None and marker is not None and not _new_marker(last, row, marker, body):
            marker = None
        if last is None or row.cells or marker is not None or _breaks(last, row, body):
            groups.append(Group([row], marker))
        else:
            last.rows.append(row)
    return groups


def _gap(before: Row, row: Row) -> float:
    """Line distance in em."""
    return (before.y0 - row.y0) / max(1.0, min(row.size, before.size))


def _flows(before: Row, row: Row) -> bool:
    """Whether ``row`` stands right below ``before`` in the same column."""
    return before.page == row.page and before.column == row.column and before.y0 >= row.y0 - 1


def _had_room(before: Row, row: Row) -> bool:
    """Whether the first word of ``row`` would have fitted at the end of ``before``: a wanted line end."""
    first = row.words[0]
    return before.x1 + (first.x1 - first.x0) + 0.6 * before.size < before.right - 0.5 * before.size


def _new_marker(last: Group, row: Row, marker: Marker, body: Body) -> bool:
    """Whether a number at the start of a row opens a block, or only happens to stand there."""
    before = last.rows[-1]
    if marker.style.startswith(_SAFE) or before.cells:
        return True
    if not _flows(before, row):
        return row.bold or before.bold or before.text.endswith(_ENDS) or _had_room(before, row)
    text = before.text
    if marker.style == "word":
        return row.bold or is_caps(row.text) or row.size > 1.1 * body.size or text.endswith((".", ":"))
    if text.endswith(_ENDS) or before.bold or row.bold or _had_room(before, row):
        return True
    return _gap(before, row) > 1.25 * body.leading or abs(row.x0 - before.x0) > 4


def _breaks(last: Group, row: Row, body: Body) -> bool:
    """Whether a row without a marker begins a new block."""
    before = last.rows[-1]
    if len(last.rows) == 1 and last.marker and last.marker.words == len(before.words):
        return False
    if before.cells or not _alike(before, row):
        return True
    if not _flows(before, row):
        return _breaks_across(before, row, body)
    return _breaks_below(last, before, row, body)


def _breaks_across(before: Row, row: Row, body: Body) -> bool:
    """Whether a sentence does not go on from the end of one column or page to the next."""
    if before.text.endswith(_ENDS) or _stands_out(before, body):
        return True
    return not (
        row.words[0].text[0].islower() or not _had_room(before, row) or before.text.endswith((",", "-"))
    )


def _breaks_below(last: Group, before: Row, row: Row, body: Body) -> bool:
    """Whether a row right below another one is a block of its own: by distance, indentation, a short line."""
    ended = before.text.endswith(_ENDS)
    goes_on = not ended and row.words[0].text[0].islower()
    gap = _gap(before, row)
    if gap > max(1.35 * body.leading, body.leading + 0.3):
        return not (goes_on and gap < 2.2 * body.leading)
    if goes_on or (_stands_out(row, body) and _stands_out(before, body)):
        return False
    hanging = last.text_x0 if len(last.rows) == 1 else before.x0
    indented = ended and row.x0 > max(before.x0, hanging) + 8
    outdented = last.marker is not None and ended and row.x0 < last.rows[0].x0 - 8
    return _had_room(before, row) or indented or outdented


def _stands_out(row: Row, body: Body) -> bool:
    return row.size >= 1.12 * body.size or (row.bold and not body.bold) or is_caps(row.text)


def _alike(before: Row, row: Row) -> bool:
    """Whether two rows may be one block by their look."""
    if (
        abs(before.size - row.size) > 0.12 * max(before.size, row.size)
        and min(len(before.text), len(row.text)) > 3
    ):
        return False
    if before.bold and not row.bold:
        return not _had_room(before, row) and row.words[0].text[0].islower()
    if row.bold and not before.bold:
        return not before.text.endswith(_ENDS) and not _had_room(before, row)
    return is_caps(before.text) == is_caps(row.text) or not (before.bold or _had_room(before, row))
