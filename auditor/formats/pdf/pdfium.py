"""Text by pdfium: an independent second reading, and the way into files that pdfminer cannot open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.formats.pdf.characters import readable
from auditor.formats.pdf.geometry import Rectangle, to_shown_page
from auditor.formats.pdf.layout import Line, OutlineEntry, PageLayout, Word


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What pdfium makes of a file: the text of each page, the outline, why it failed ("" if not)."""

    texts: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    problem: str = ""
    password: bool = False


def second_reading(data: bytes) -> SecondReading:
    """All page texts and the outline of a PDF; never raises for a damaged file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except Exception as problem:
        text = str(problem)
        return SecondReading(problem=text, password="password" in text.lower())
    try:
        texts = tuple(_text(document, index) for index in range(len(document)))
        return SecondReading(texts, _outline(document))
    finally:
        document.close()


def _text(document: Any, index: int) -> str:
    try:
        page = document[index]
        textpage = page.get_textpage()
        text = str(textpage.get_text_range())
        textpage.close()
        page.close()
    except Exception:
        return ""
    return text


def _outline(document: Any) -> tuple[OutlineEntry, ...]:
    found: list[OutlineEntry] = []
    try:
        for mark in document.get_toc(max_depth=6):
            dest = mark.get_dest()
            index = dest.get_index() if dest else None
            found.append(
                OutlineEntry(mark.get_title() or "", mark.level + 1, (index or 0) + 1 if dest else 0)
            )
            if len(found) >= 5000:
                break
    except Exception:
        return tuple(found)
    return tuple(found)


def pdfium_pages(data: bytes, wanted: frozenset[int] | None = None) -> list[PageLayout]:
    """Pages laid out from pdfium's own text lines, for ``wanted`` page numbers or all."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [_page(document, n) for n in range(1, len(document) + 1) if wanted is None or n in wanted]
    finally:
        document.close()


def _page(document: Any, number: int) -> PageLayout:
    try:
        page = document[number - 1]
        textpage = page.get_textpage()
        lines = tuple(_lines(textpage, page.get_mediabox(), page.get_rotation()))
        layout = PageLayout(number, page.get_width(), page.get_height(), lines)
        textpage.close()
        page.close()
    except Exception as problem:
        return PageLayout(number, 0.0, 0.0, (), problem=str(problem))
    return layout


def _lines(textpage: Any, media: Rectangle, rotate: int) -> list[Line]:
    lines: list[Line] = []
    if textpage.count_chars() == 0:
        return lines
    chars = [textpage.get_text_range(i, 1) for i in range(textpage.count_chars())]
    words: list[Word] = []
    start = 0
    for index, char in enumerate([*chars, "\n"]):
        if char.isspace() or char == "":
            if index > start:
                word = _word(textpage, chars, (start, index), (media, rotate))
                words += [word] if word else []
            start = index + 1
            if char in ("\n", "\r", "\r\n") and words:
                lines.append(_line(words))
                words = []
    return lines


def _word(
    textpage: Any, chars: list[str], extent: tuple[int, int], frame: tuple[Rectangle, int]
) -> Word | None:
    start, end = extent
    text = readable("".join(chars[start:end]).replace("\x02", "-").replace("\ufffe", "-"))
    boxes = [textpage.get_charbox(i, loose=True) for i in range(start, end)]
    if not text:
        return None
    around = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Word(text, *to_shown_page(around, *frame), False)


def _line(words: list[Word]) -> Line:
    y0, y1 = min(w.y0 for w in words), max(w.y1 for w in words)
    return Line(tuple(words), words[0].x0, y0, max(w.x1 for w in words), y1, round(y1 - y0, 1))
