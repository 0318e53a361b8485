"""From the bytes of a PDF to a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from auditor.errors import ReadingError
from auditor.formats.pdf.characters import plausible
from auditor.formats.pdf.layout import Line, PageLayout
from auditor.formats.pdf.miner import mine
from auditor.formats.pdf.pdfium import SecondReading, pdfium_pages, second_reading
from auditor.model.document import Block, Document, Dropped
from auditor.reading.pdf.blocks import make_blocks
from auditor.reading.pdf.columns import ordered_rows
from auditor.reading.pdf.contents import without_contents
from auditor.reading.pdf.coverage import measure
from auditor.reading.pdf.forms import without_forms
from auditor.reading.pdf.furniture import without_furniture
from auditor.reading.pdf.headings import body_of, outline_levels
from auditor.reading.pdf.hyphens import vocabulary
from auditor.reading.pdf.paragraphs import group_rows
from auditor.reading.pdf.rows import Row, without_overprint
from auditor.reading.pdf.tables import table_rows

_PICTURES = {
    b"\x89PNG": "PNG picture",
    b"\xff\xd8\xff": "JPEG picture",
    b"GIF8": "GIF picture",
    b"PK\x03\x04": "ZIP or Office file",
}


@dataclass(frozen=True, slots=True)
class Layouts:
    """All pages, the second reading, and remarks about how they were got."""

    pages: tuple[PageLayout, ...]
    second: SecondReading
    notes: tuple[str, ...]


def read_pdf(data: bytes, path: str, *, jobs: int = 1) -> Document:
    """The blocks of a PDF in reading order, every word with its box, and how much could be read.

    ``jobs`` > 1 shares the pages of long files among processes. Raises ReadingError when the file is
    encrypted, damaged beyond both engines, without pages, or no PDF at all.
    """
    layouts = _layouts(data, path, jobs)
    blocks, dropped = _structure(layouts, path)
    coverage = measure(layouts.pages, layouts.second, blocks, dropped, layouts.notes)
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    digest = hashlib.sha256(data).hexdigest()
    return Document(path, "pdf", digest, tuple(blocks), coverage, title, len(layouts.pages))


def _layouts(data: bytes, path: str, jobs: int) -> Layouts:
    _refuse_others(data, path)
    second = second_reading(data)
    if second.password:
        raise ReadingError(
            f"{path}: the PDF is protected by a password; save an unprotected copy and audit that"
        )
    notes: list[str] = []
    try:
        pages = mine(data, len(second.texts), jobs)
    except Exception as problem:
        if second.problem:
            raise ReadingError(_damaged(path, problem)) from problem
        pages = []
        notes.append(f"pdfminer could not open the file ({type(problem).__name__}); read by pdfium")
    if not pages and not second.texts:
        raise ReadingError(f"{path}: the PDF has no pages; export it again from its source")
    return Layouts(tuple(_completed(data, pages, second, notes)), second, tuple(notes))


def _damaged(path: str, problem: Exception) -> str:
    if "ncrypt" in type(problem).__name__ or "assword" in type(problem).__name__:
        return f"{path}: the PDF is encrypted; save an unprotected copy and audit that"
    detail = f" ({problem})" if str(problem) else ""
    return f"{path}: the PDF is damaged or cut short{detail}; export it again from its source"


def _refuse_others(data: bytes, path: str) -> None:
    if not data.strip():
        raise ReadingError(f"{path}: the file is empty")
    if b"%PDF" in data[:1024] or b"%PDF" in data:
        return
    for magic, name in _PICTURES.items():
        if data.startswith(magic):
            raise ReadingError(f"{path}: not a PDF but a {name}; give the file its right ending")
    raise ReadingError(f"{path}: not a PDF: the %PDF mark is missing")


def _completed(
    data: bytes, pages: list[PageLayout], second: SecondReading, notes: list[str]
) -> list[PageLayout]:
    """Pages that pdfminer failed on or found empty, taken from pdfium where it sees text."""
    have = {page.number for page in pages if page.lines and not _better_by_pdfium(page, second)}
    wanted = frozenset(
        n for n, text in enumerate(second.texts, start=1) if n not in have and len(text.strip()) > 0
    )
    found = {page.number: page for page in pages}
    for number in range(1, len(second.texts) + 1):
        found.setdefault(number, PageLayout(number, 0.0, 0.0, ()))
    if wanted:
        for page in pdfium_pages(data, wanted):
            if page.lines:
                found[page.number] = page._replace(image_share=found[page.number].image_share)
        if pages:
            notes.append(f"pages read by pdfium: {', '.join(map(str, sorted(wanted)))}")
    for number, page in sorted(found.items()):
        if page.problem:
            notes.append(f"page {number}: {page.problem[:200]}")
    return [found[number] for number in sorted(found)]


def _better_by_pdfium(page: PageLayout, second: SecondReading) -> bool:
    """Whether pdfminer found no characters for a third of the glyphs where pdfium reads plausible words."""
    size = sum(len(word.text) for line in page.lines for word in line.words)
    if page.undecodable < 0.3 * size or page.number > len(second.texts):
        return False
    return plausible(second.texts[page.number - 1])


def _page_rows(page: PageLayout, lines: list[Line]) -> list[Row]:
    """The rows of one page in reading order, tables at the height where they begin."""
    tables, rest = table_rows(page.number, lines, page.edges) if page.edges else ([], lines)
    rows: list[Row] = []
    for top, table in sorted(tables, key=lambda item: -item[0]):
        above = [line for line in rest if (line.y0 + line.y1) / 2 > top]
        rest = [line for line in rest if (line.y0 + line.y1) / 2 <= top]
        rows += [*ordered_rows(page.number, above), *table]
    return [*rows, *ordered_rows(page.number, rest)]


def _structure(layouts: Layouts, path: str) -> tuple[list[Block], list[Dropped]]:
    dropped: list[Dropped] = []
    pages = []
    for page in layouts.pages:
        lines, lost = without_overprint(page.lines)
        if lost:
            dropped.append(Dropped("drawn twice", lost, page.number))
        pages.append(page._replace(lines=tuple(lines)))
    kept, furniture = without_furniture(pages)
    rows: list[Row] = []
    for page in pages:
        rows += _page_rows(page, kept[page.number])
    rows, contents = without_contents(rows, len(pages))
    rows, forms = without_forms(rows)
    body = body_of(rows)
    known = vocabulary(word.text for row in rows for word in row.words)
    groups = group_rows(rows, body)
    blocks = make_blocks(groups, body, known, outline_levels(layouts.second.outline), path)
    return blocks, [*dropped, *furniture, *contents, *forms]
