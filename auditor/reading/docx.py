"""Reads Word files: .docx, .docm and Strict Office Open XML."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.errors import ReadingError
from auditor.model.document import Coverage, Document

if TYPE_CHECKING:
    from auditor.formats.ooxml.package import Package
    from auditor.formats.ooxml.styles import Styles
    from auditor.formats.ooxml.walk import Edition
    from auditor.reading.word.drafts import Draft, Tally

_CONTENTS_TITLES = {"contents", "table of contents", "index"}


def read_docx(data: bytes, path: str, *, revisions: str = "final") -> Document:
    """Reads a Word file from its bytes; ``path`` only names it.

    ``revisions`` is "final" (insertions read, deletions not) or "original" (the other way round).
    Raises :class:`ReadingError` with one line that says why the file cannot be read.
    """
    if revisions not in ("final", "original"):
        raise ReadingError(f'{path}: revisions must be "final" or "original", not "{revisions}"')
    from auditor.formats.ooxml.package import open_package

    package = open_package(data, path)
    try:
        return _read(package, data, path, "original" if revisions == "original" else "final")
    except RecursionError as error:
        raise ReadingError(f"{path}: refused, its elements are nested too deeply") from error


def _read(package: Package, data: bytes, path: str, edition: Edition) -> Document:
    from auditor.formats.ooxml.names import child
    from auditor.formats.ooxml.numbering import Numbering
    from auditor.formats.ooxml.styles import Styles
    from auditor.formats.ooxml.walk import Walker, visible_characters
    from auditor.reading.word.builder import Builder, Notes
    from auditor.reading.word.drafts import Tally
    from auditor.reading.word.headings import mark_headings

    styles_part, numbering_part = package.one("styles"), package.one("numbering")
    styles = Styles(styles_part.root if styles_part else None)
    numbering = Numbering(numbering_part.root if numbering_part else None, styles)
    tally = Tally()
    notes: dict[str, Notes] = {}
    total = visible_characters(package.main)
    for kind in ("footnote", "endnote"):
        part = package.one(f"{kind}s")
        if part is not None:
            total += visible_characters(part)
            notes[kind] = Notes(
                Builder(Walker(part, styles, edition), styles, numbering, tally, path=path), kind
            )
    builder = Builder(Walker(package.main, styles, edition), styles, numbering, tally, path=path, notes=notes)
    drafts = [*builder.container(child(package.main.root, "body")), *builder.rest()]
    for each in notes.values():
        drafts += each.uncited()
    drafts = _without_contents_title([d for d in drafts if d.text], tally)
    mark_headings(drafts)
    _note_other_parts(package, styles, edition, tally)
    if not drafts:
        raise ReadingError(f"{path}: holds no text to read" + (" (pictures only?)" if not total else ""))
    ratio = 1.0 if not total else min(1.0, tally.accounted / total)
    if package.chunks:
        package.notes.append(f"{package.chunks} embedded documents (altChunk) were not read")
    return Document(
        path,
        "docx",
        hashlib.sha256(data).hexdigest(),
        tuple(d.block() for d in drafts),
        Coverage(ratio=ratio, dropped=tally.dropped(), notes=tuple(package.notes)),
        title=_title(drafts),
    )


def _title(drafts: Sequence[Draft]) -> str:
    titled = [d.text for d in drafts if d.title]
    first = [d.text for d in drafts[:3] if d.kind == "heading"]
    return (titled or first or [""])[0]


def _without_contents_title(drafts: list[Draft], tally: Tally) -> list[Draft]:
    """Leaves out "Contents" over a table of contents that was left out."""
    if not any(d.reason == "table of contents" for d in tally.dropped()):
        return drafts
    kept = []
    for draft in drafts:
        if draft.text.strip(" :.").lower() in _CONTENTS_TITLES:
            tally.leave_out("table of contents", draft.text)
        else:
            kept.append(draft)
    return kept


def _note_other_parts(package: Package, styles: Styles, edition: Edition, tally: Tally) -> None:
    from auditor.formats.ooxml.names import P
    from auditor.formats.ooxml.walk import Walker

    kinds = (("header", "running header"), ("footer", "running footer"), ("comments", "comment"))
    for kind, reason in kinds:
        for part in package.related.get(kind, []):
            walker = Walker(part, styles, edition)
            for paragraph in part.root.iter(P):
                tally.leave_out(reason, walker.paragraph(paragraph).text)
