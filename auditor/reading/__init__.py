"""Bytes to :class:`~auditor.model.document.Document`: one reader per format, chosen by name and content."""

from __future__ import annotations

from pathlib import PurePath

from auditor.errors import ReadingError
from auditor.model.document import Document
from auditor.reading.sniffing import sniff

EXTENSIONS = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".pdf": "pdf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
}
FORMATS = ("docx", "pdf", "markdown", "html", "text")
_BINARY = ("docx", "pdf")


def read(
    data: bytes, path: str, *, format: str | None = None, revisions: str = "final", jobs: int = 1
) -> Document:
    """Read a document.

    ``format`` is one of :data:`FORMATS`, or None to choose by the ending of ``path`` and by content.
    ``revisions`` ("final" or "original") says which edition of tracked changes is read (DOCX only); ``jobs``
    how many processes may read pages (PDF only). Raises :class:`~auditor.errors.ReadingError` with one line
    that says what is wrong.
    """
    kind = format or _choose(data, path)
    if not data.strip():
        raise ReadingError(f"{path}: the file is empty; there is nothing to audit")
    if kind == "docx":
        from auditor.reading.docx import read_docx

        return read_docx(data, path, revisions=revisions)
    if kind == "pdf":
        from auditor.reading.pdf import read_pdf

        return read_pdf(data, path, jobs=jobs)
    if kind == "markdown":
        from auditor.reading.markdown import read_markdown

        return read_markdown(data, path)
    if kind == "html":
        from auditor.reading.html import read_html

        return read_html(data, path)
    if kind == "text":
        from auditor.reading.plain import read_text

        return read_text(data, path)
    raise ReadingError(f"{path}: unknown format {kind!r}; use one of {', '.join(FORMATS)}")


def _choose(data: bytes, path: str) -> str:
    named = EXTENSIONS.get(PurePath(path).suffix.lower())
    if not data.strip():
        return named or "text"
    content = sniff(data)
    if content.kind == "foreign":
        raise ReadingError(f"{path}: {content.what}, not a document; {content.advice}")
    if content.kind in _BINARY:
        return content.kind
    if named == "docx":
        raise ReadingError(
            f"{path}: not a Word document in spite of its name ({content.what}); "
            "rename it or save it as .docx"
        )
    if named:
        return named
    return "html" if content.kind == "html" else "text"
