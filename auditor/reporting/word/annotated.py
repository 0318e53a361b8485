"""The client's own Word file, unchanged but for comments on the very words and, on request, tracked changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.formats.ooxml.commented import CommentedCopy, Line
from auditor.formats.ooxml.edit import anchor_comment
from auditor.formats.ooxml.names import Element, P, R
from auditor.formats.ooxml.revise import (
    Author,
    can_replace,
    insert_tracked,
    isolate_all,
    replace_tracked,
)
from auditor.formats.ooxml.runs import run_text
from auditor.model.clause import Clause
from auditor.model.document import Document
from auditor.model.finding import Edit
from auditor.model.location import Location, Span, locate
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting.page.words import Glossary, glossary
from auditor.reporting.text import shortened
from auditor.reporting.word import remarks

TRACKED = "The wording stands in the text as a tracked change."
BY_HAND = (
    "The wording could not be tracked here (a field, or text that is not all in runs); change it by hand."
)


@dataclass(frozen=True, slots=True)
class _Note:
    """A comment to be made: where, on which clause if its words have no place, about which finding if any."""

    place: Location
    clause: Clause
    lines: tuple[Line, ...]
    entry: ReportEntry | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """A wording to be tracked: the places of its edits with their new texts, the last one first."""

    entry: ReportEntry
    edits: tuple[tuple[Location, Edit], ...]


def annotate(report: Report, document: DocumentReport, data: bytes, author: Author, redline: str) -> bytes:
    """A copy of ``data``, the source of ``document``, with comments by ``author``.

    ``redline`` is "none", "ready" (tracked changes for rewrites that are complete) or "all" (also for those
    that await a decision, brackets included). Raises RenderError for a file that cannot be opened.
    """
    words = glossary(report)
    copy = CommentedCopy(data, document.tree.document.path)
    changes = list(_changes(document, redline, copy.part))
    notes = list(_notes(document, words))
    here = [note for note in notes if note.place.part in (copy.part, None)]
    places = [place for change in changes for place, _ in change.edits]
    places += [note.place for note in here]
    places += [_clause_place(document.tree.document, note.clause) for note in here]
    runs = isolate_all(copy.root, places)
    rest = runs[len(runs) - 2 * len(here) :]
    tracked = _track(copy, changes, runs[: len(runs) - 2 * len(here)], author)
    for note, own, whole in zip(here, rest[: len(here)], rest[len(here) :], strict=True):
        lines = note.lines
        if note.entry is not None and note.entry.finding.id in tracked:
            lines = (*lines, Line(TRACKED if tracked[note.entry.finding.id] else BY_HAND))
        _anchor(copy, own or whole or _paragraph_runs(copy.root, note.place), lines, author)
    elsewhere = [_told(note) for note in notes if note.place.part not in (copy.part, None)]
    _anchor(copy, _title(copy.root), remarks.summary(report, document, words, elsewhere), author)
    return copy.save()


def _notes(document: DocumentReport, words: Glossary) -> Iterator[_Note]:
    """The comments in document order: findings, what was left alone, strengths, notes for counsel."""
    found = [
        _Note(entry.finding.location, entry.finding.clause, remarks.of_entry(entry, words), entry)
        for entry in document.entries
    ]
    found += [_Note(s.location, s.clause, remarks.of_strength(s, words)) for s in document.strengths]
    found += [_Note(n.location, n.clause, remarks.of_counsel(n)) for n in document.counsel]
    yield from sorted(found, key=lambda note: note.clause.index)


def _told(note: _Note) -> str:
    quoted = shortened(note.clause.text, 120)
    return f"In {note.place.part}, which takes no comments: “{quoted}” — {' '.join(line.text for line in note.lines)}"


def _clause_place(document: Document, clause: Clause) -> Location:
    block = document.blocks[clause.block]
    return locate(block.pieces, clause.span, document.path)


def _changes(document: DocumentReport, redline: str, part: str) -> Iterator[_Change]:
    """One wording for each clause that has one to be tracked: that of its gravest finding, which stands first."""
    wanted = {"none": (), "ready": ("ready",), "all": ("ready", "decision")}[redline]
    done: set[int] = set()
    order = ("error", "warning", "note")
    ranked = sorted(document.entries, key=lambda e: (e.finding.clause.index, order.index(e.finding.severity)))
    for entry in ranked:
        clause, rewrite = entry.finding.clause, entry.rewrite
        if (
            entry.status != "active"
            or rewrite is None
            or not rewrite.text
            or "/missing-" in entry.finding.rule
        ):
            continue
        if rewrite.applicability not in wanted or clause.index in done:
            continue
        block = document.tree.document.blocks[clause.block]
        if block.text[clause.span.start : clause.span.end] != clause.text or clause.location.part != part:
            continue
        done.add(clause.index)
        edits = sorted(rewrite.edits or (Edit(0, len(clause.text), rewrite.text),), key=lambda e: -e.start)
        placed = tuple((_edit_place(document.tree.document, clause, edit), edit) for edit in edits)
        yield _Change(entry, placed)


def _edit_place(document: Document, clause: Clause, edit: Edit) -> Location:
    """The place of an edit; of an insertion, the place of the character before it (or, at the start, after)."""
    start, end = clause.span.start + edit.start, clause.span.start + edit.end
    if start == end:
        start, end = (start - 1, start) if edit.start else (start, start + 1)
    return locate(document.blocks[clause.block].pieces, Span(start, end), document.path)


def _track(
    copy: CommentedCopy, changes: Sequence[_Change], runs: Sequence[list[Element]], author: Author
) -> dict[str, bool]:
    """Make the changes; by finding, whether its wording stands in the text now."""
    number, at = copy.next_change, 0
    tracked: dict[str, bool] = {}
    for change in changes:
        own = runs[at : at + len(change.edits)]
        at += len(change.edits)
        possible = all(map(can_replace, own)) and all(
            _says(found, change.entry.finding.clause, edit)
            for found, (_, edit) in zip(own, change.edits, strict=True)
        )
        tracked[change.entry.finding.id] = possible
        if not possible:
            continue
        for found, (_, edit) in zip(own, change.edits, strict=True):
            if edit.start == edit.end:
                run = found[-1] if edit.start else found[0]
                number = insert_tracked(run, edit.text, author, number, before=not edit.start)
            else:
                number = replace_tracked(found, edit.text, author, number)
    return tracked


def _says(runs: Sequence[Element], clause: Clause, edit: Edit) -> bool:
    """Whether runs hold the words that an edit replaces, white space aside."""
    if edit.start == edit.end:
        return bool(runs)
    return _bare("".join(map(run_text, runs))) == _bare(clause.text[edit.start : edit.end])


def _bare(text: str) -> str:
    return "".join(ch for ch in text if not ch.isspace() and ch != "\xad")


def _anchor(copy: CommentedCopy, runs: list[Element], lines: Sequence[Line], author: Author) -> None:
    if runs:
        anchor_comment(runs, copy.add_comment(lines, author))


def _paragraph_runs(root: Element, place: Location) -> list[Element]:
    for at, paragraph in enumerate(root.iter(P)):
        if at == place.paragraph:
            return list(paragraph.iter(R))
    return _title(root)


def _title(root: Element) -> list[Element]:
    """The runs of the first paragraph that has words; of the first with runs at all, if none has."""
    first: list[Element] = []
    for paragraph in root.iter(P):
        runs = list(paragraph.iter(R))
        if any(run_text(run).strip() for run in runs):
            return runs
        first = first or runs
    return first
