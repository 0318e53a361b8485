"""What a file is, by its first bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from auditor.text.encoding import decode

_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a WebP picture or a sound or video file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "a rich text file"),
)
_PRINTED = (b"BM", b"MZ", b"RIFF", b"GIF8")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ADVICE = "give a DOCX, PDF, Markdown, HTML or text file"


@dataclass(frozen=True, slots=True)
class Content:
    """``kind``: docx, pdf, html, text or foreign; ``what`` names it, ``advice`` says what to do."""

    kind: str
    what: str
    advice: str = _ADVICE


def sniff(data: bytes) -> Content:
    """Tell a document from a picture, an archive, an encrypted Office file and other bytes."""
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return Content("pdf", "a PDF")
    if head.startswith(_OLE):
        return Content(
            "foreign", "an encrypted or pre-2007 Office file", "remove the password or save it as .docx"
        )
    for magic, what in _FOREIGN:
        if head.startswith(magic) and (magic not in _PRINTED or _has_controls(data)):
            return Content("foreign", what)
    return _archive(data) if head.startswith(b"PK") else _text(data)


def _text(data: bytes) -> Content:
    if _has_controls(data):
        return Content("foreign", "a binary file")
    text, _, _ = decode(data[:2048])
    return Content("html", "an HTML page") if _PAGE.match(text) else Content("text", "plain text")


def _archive(data: bytes) -> Content:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Content("foreign", "a broken zip archive", "repair it or save the document again")
    if any(name.startswith("word/") for name in names) or "_rels/.rels" in names:
        if any(name.startswith("xl/") for name in names):
            return Content("foreign", "a spreadsheet")
        if any(name.startswith("ppt/") for name in names):
            return Content("foreign", "a presentation")
        return Content("docx", "a Word document")
    return Content("foreign", "a zip archive")


def _has_controls(data: bytes) -> bool:
    """Whether the start holds control characters that no text has (UTF-16 and UTF-32 texts excepted)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    head = data[:8192]
    odd = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32), 127))
    return b"\x00" in head or odd * 50 > len(head)
