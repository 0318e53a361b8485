"""Page layout by pdfminer.six."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from auditor.formats.pdf.glyphs import lines_of
from auditor.formats.pdf.layout import Edge, Line, PageLayout

PARALLEL_FROM = 100
"""Pages from which a second process pays for its start (measured: about 0.5 s)."""

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
    device = PDFPageAggregator(manager, laparams=None)
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
    """Collect lines, edges and picture area of a page or figure; returns the glyphs without a character."""
    from pdfminer.layout import LTChar, LTFigure, LTImage, LTLine, LTRect

    undecodable = 0
    chars: list[Any] = []
    for item in container:
        kind = type(item)
        if kind is LTChar:
            chars.append(item)
        elif kind is LTRect:
            _rect_edges(item, edges)
        elif kind is LTLine:
            _stroke(item.x0, item.y0, item.x1, item.y1, edges)
        elif kind is LTFigure:
            undecodable += _walk(item, lines, edges, area, page)
        elif kind is LTImage:
            area[0] += _visible(item, page)
    return undecodable + lines_of(chars, lines)


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
