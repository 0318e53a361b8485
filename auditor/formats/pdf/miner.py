"""Page layout by pdfminer.six."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from auditor.formats.pdf.characters import readable, settle
from auditor.formats.pdf.layout import Edge, Line, PageLayout, Word

PARALLEL_FROM = 100
"""Pages from which a second process pays for its start (measured: about 0.5 s)."""

_BOLD = ("bold", "black", "heavy", "demi", "semib")
_THIN = 2.5
_SHORT = 8.0


def layout_parameters() -> Any:
    """The LAParams used for every page: text in figures too, no order of boxes (lines are ordered later)."""
    from pdfminer.layout import LAParams

    return LAParams(all_texts=True, boxes_flow=None)


def mine(data: bytes, pages: int, jobs: int = 1) -> list[PageLayout]:
    """The layout of every page pdfminer finds, in order; ``pages`` is the expected count, to share out work.

    Raises whatever pdfminer raises when the file cannot be opened; a failing page is kept with its problem.
    """
    if jobs <= 1 or pages < PARALLEL_FROM:
        return list(_mine_range(data, 0, None))
    share = -(-pages // jobs)
    ranges = [(start, min(start + share, pages)) for start in range(0, pages, share)]
    ranges[-1] = (ranges[-1][0], -1)
    with ProcessPoolExecutor(len(ranges), mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(_mine_part, data, start, None if end < 0 else end) for start, end in ranges]
        return [page for part in parts for page in part.result()]


def _mine_part(data: bytes, start: int, end: int | None) -> list[PageLayout]:
    return list(_mine_range(data, start, end))


def _mine_range(data: bytes, start: int, end: int | None) -> Iterator[PageLayout]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=layout_parameters())
    interpreter = PDFPageInterpreter(manager, device)
    for index, page in enumerate(_all_pages(PDFPage, document)):
        if end is not None and index >= end:
            return
        if index < start:
            continue
        try:
            interpreter.process_page(page)
            yield _page(index + 1, device.get_result(), _promised(page))
        except Exception as problem:  # nine unrelated classes were seen in the wild
            device._stack.clear()
            yield PageLayout(index + 1, 0.0, 0.0, (), problem=f"{type(problem).__name__}: {problem}")


def _all_pages(source: Any, document: Any) -> Iterator[Any]:
    pages = source.create_pages(document)
    while True:
        try:
            yield next(pages)
        except StopIteration:
            return
        except Exception:
            return


def _promised(page: Any) -> bool:
    """Whether the page's content streams hold more than an empty frame."""
    from pdfminer.pdftypes import resolve1, stream_value

    try:
        return sum(len(stream_value(resolve1(part)).rawdata or b"") for part in page.contents) > 80
    except Exception:
        return True


def _page(number: int, page: Any, promised: bool) -> PageLayout:
    lines: list[Line] = []
    edges: list[Edge] = []
    area = [0.0]
    undecodable = _walk(page, lines, edges, area, page)
    share = min(1.0, area[0] / max(1.0, page.width * page.height))
    drawn = promised or bool(lines) or share > 0
    return PageLayout(number, page.width, page.height, tuple(lines), tuple(edges), undecodable, share, drawn)


def _walk(container: Any, lines: list[Line], edges: list[Edge], area: list[float], page: Any) -> int:
    from pdfminer.layout import LTCurve, LTFigure, LTImage, LTLine, LTRect, LTTextBox

    undecodable = 0
    for item in container:
        kind = type(item)
        if isinstance(item, LTTextBox):
            for line in item:
                undecodable += _lines(line, lines)
        elif kind is LTRect:
            _rect_edges(item, edges)
        elif kind is LTLine:
            _stroke(item.x0, item.y0, item.x1, item.y1, edges)
        elif isinstance(item, LTFigure):
            undecodable += _walk(item, lines, edges, area, page)
        elif isinstance(item, LTImage):
            area[0] += _visible(item, page)
        elif kind is LTCurve and len(item.pts) >= 2:
            continue
    return undecodable


def _visible(item: Any, page: Any) -> float:
    wide = min(item.x1, page.x1) - max(item.x0, page.x0)
    high = min(item.y1, page.y1) - max(item.y0, page.y0)
    return float(max(0.0, wide) * max(0.0, high))


def _rect_edges(item: Any, edges: list[Edge]) -> None:
    x0, y0, x1, y1 = item.bbox
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        _stroke(x0, y0, x1, y1, edges)
    elif item.stroke:
        edges += (Edge(x0, y0, x1, y0), Edge(x0, y1, x1, y1), Edge(x0, y0, x0, y1), Edge(x1, y0, x1, y1))


def _stroke(x0: float, y0: float, x1: float, y1: float, edges: list[Edge]) -> None:
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if high <= _THIN and wide >= _SHORT:
        middle = (y0 + y1) / 2
        edges.append(Edge(min(x0, x1), middle, max(x0, x1), middle))
    elif wide <= _THIN and high >= _SHORT:
        middle = (x0 + x1) / 2
        edges.append(Edge(middle, min(y0, y1), middle, max(y0, y1)))


def _bold(fontname: str) -> bool:
    name = fontname.lower()
    return any(sign in name for sign in _BOLD)


def _lines(item: Any, lines: list[Line]) -> int:
    """Append the words of one LTTextLine; returns the number of glyphs without a character."""
    chars = [char for char in item if hasattr(char, "fontname")] if _goes_back(item) else None
    if chars is not None:
        chars = _without_overprint(chars)
        return _words(chars, lines)
    return _words(item, lines)


def _goes_back(item: Any) -> bool:
    last = -1e9
    for char in item:
        x0 = getattr(char, "x0", None)
        if x0 is not None:
            if x0 < last - 0.5:
                return True
            last = x0
    return False


def _without_overprint(chars: list[Any]) -> list[Any]:
    """Characters from left to right, each once: bold made by drawing twice is one text."""
    kept: list[Any] = []
    for char in sorted(chars, key=lambda c: c.x0):
        near = char.width * 0.4 + 0.1
        if not any(k._text == char._text and abs(k.x0 - char.x0) < near for k in kept[-3:]):
            kept.append(char)
    return kept


def _words(chars: Any, lines: list[Line]) -> int:
    words: list[Word] = []
    sizes: dict[float, int] = {}
    undecodable = 0
    text = ""
    first: Any = None
    last: Any = None
    low = high = edge = 0.0
    for char in chars:
        raw = char.get_text()
        font = getattr(char, "fontname", None)
        gap = font is not None and first is not None and char.x0 > edge + 0.1 * max(char.width, char.height)
        if (font is None or raw.isspace() or gap) and text:
            undecodable += _close(text, (first, last), (low, high), words)
            text = ""
        if font is None or raw.isspace():
            first = first if text else None
            continue
        if not text:
            first, low, high = char, char.y0, char.y1
        elif char.y0 < low:
            low = char.y0
        high = max(high, char.y1)
        text += raw
        last, edge = char, char.x1
        sizes[char.size] = sizes.get(char.size, 0) + 1
    if text:
        undecodable += _close(text, (first, last), (low, high), words)
    if words:
        size = max(sizes.items(), key=lambda pair: pair[1])[0]
        lines.append(
            Line(
                tuple(words),
                words[0].x0,
                min(w.y0 for w in words),
                max(w.x1 for w in words),
                max(w.y1 for w in words),
                round(size, 1),
            )
        )
    return undecodable


def _close(text: str, ends: tuple[Any, Any], heights: tuple[float, float], words: list[Word]) -> int:
    first, last = ends
    low, high = heights
    shown, lost = settle(readable(text))
    bold = _bold(first.fontname)
    for part in shown.split() if " " in shown else (shown,):
        if part:
            words.append(Word(part, first.x0, low, max(last.x1, first.x1), high, bold))
    return lost
