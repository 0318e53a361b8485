"""What stands on a page and is no text of the policy: running headers and footers, page and line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.formats.pdf.layout import Line, PageLayout
from auditor.model.document import Dropped
from auditor.reading.pdf.rows import side_by_side

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|pg\.?|p\.)?\s*[\W_]*(?:\d{1,4}|[ivxl]{1,6})[\W_]*(?:(?:of|/|\|)?\s*\d{1,4})?\s*(?:page)?)[\W_]*$",
    re.IGNORECASE,
)
_BAND = 0.13
_NEAR = 4.0
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Band:
    """All segments on one baseline of a page."""

    page: int
    lines: tuple[Line, ...]
    text: str
    key: str
    y: float
    edge: bool


def without_furniture(pages: Sequence[PageLayout]) -> tuple[dict[int, list[Line]], list[Dropped]]:
    """The segments of each page that belong to the text, by page number, and what was set aside."""
    bands = {page.number: _page_bands(page) for page in pages}
    repeated = _repeated(bands, len(pages))
    kept: dict[int, list[Line]] = {}
    dropped: list[Dropped] = []
    for page in pages:
        lines: list[Line] = []
        for index, band in enumerate(bands[page.number]):
            reason = repeated.get((page.number, index)) or _page_number(band, index, len(bands[page.number]))
            if reason:
                dropped.append(Dropped(reason, len(band.text.replace(" ", "")), page.number, band.text[:80]))
            else:
                lines.extend(band.lines)
        kept[page.number], numbers = _without_line_numbers(lines)
        if numbers:
            sample = " ".join(line.words[0].text for line in numbers)
            size = sum(len(line.words[0].text) for line in numbers)
            dropped.append(Dropped("margin line numbers", size, page.number, sample[:80]))
    return kept, dropped


def _page_bands(page: PageLayout) -> list[Band]:
    found = []
    for group in side_by_side(page.lines):
        lines = tuple(sorted(group, key=lambda line: line.x0))
        text = " ".join(word.text for line in lines for word in line.words)
        key = _ROMAN.sub("#", _DIGITS.sub("#", text.lower())).replace(" ", "")
        y = min(line.y0 for line in lines)
        edge = y < _BAND * page.height or max(line.y1 for line in lines) > (1 - _BAND) * page.height
        found.append(Band(page.number, lines, text, key, y, edge))
    return found


def _repeated(bands: dict[int, list[Band]], pages: int) -> dict[tuple[int, int], str]:
    """(page, index) of bands that recur at one height, with the reason."""
    places: dict[str, list[tuple[int, int, float, bool, str]]] = defaultdict(list)
    for number, page in bands.items():
        for index, band in enumerate(page):
            places[band.key].append((number, index, band.y, band.edge, band.text))
    found: dict[tuple[int, int], str] = {}
    everything = Counter(band.key for page in bands.values() for band in page)
    for key, spots in places.items():
        if len(spots) < 2 or not key:
            continue
        for number, index, y, edge, text in spots:
            same = {spot[0] for spot in spots if abs(spot[2] - y) <= _NEAR}
            outer = min(index, len(bands[number]) - 1 - index) < _DEPTH
            if _is_running(len(same), pages, edge and outer, text):
                found[number, index] = "running header or footer"
    _add_companions(bands, found, everything)
    return found


def _add_companions(
    bands: dict[int, list[Band]], found: dict[tuple[int, int], str], everything: Counter[str]
) -> None:
    """Headers of short chapters: at the height where most pages have theirs, with a text said elsewhere."""
    heights = Counter(
        (index == 0, round(bands[number][index].y / _NEAR))
        for number, index in found
        if bands[number][index].edge and index in (0, len(bands[number]) - 1)
    )
    for number, page in bands.items():
        for index in {0, len(page) - 1} if page else set():
            band = page[index]
            usual = heights[index == 0, round(band.y / _NEAR)] >= max(3, 0.4 * len(bands))
            if usual and band.edge and len(band.text) < 90 and everything[band.key] >= 2:
                found.setdefault((number, index), "running header or footer")


def _is_running(seen: int, pages: int, edge: bool, text: str) -> bool:
    if edge:
        return seen >= 3 or (pages == seen == 2)
    return pages >= 4 and seen >= max(4, 0.6 * pages) and len(text) < 120


def _page_number(band: Band, index: int, count: int) -> str:
    outer = index < 2 or index >= count - 2
    if band.edge and outer and len(band.text) <= 20 and _PAGE_NUMBER.match(band.text):
        return "page number"
    return ""


def _without_line_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Numbers in the margin that count lines (1, 2, 3 … or 5, 10, 15 …), apart from the text."""
    numeric = [line for line in lines if len(line.words) == 1 and line.words[0].text.isdigit()]
    others = [line for line in lines if line not in numeric]
    if not numeric or not others:
        return list(lines), []
    starts = sorted(line.x0 for line in others)
    body = starts[len(starts) // 10]
    margin = [line for line in numeric if line.x1 < body - 4]
    values = [int(line.words[0].text) for line in sorted(margin, key=lambda line: -line.y0)]
    steps = {after - before for before, after in pairwise(values)}
    counting = (len(values) >= 3 and steps == {5}) or (len(values) >= 10 and steps == {1})
    alone = values and all(value % 5 == 0 for value in values) and len(values) <= 12 and steps <= {5}
    if counting or (alone and len(values) >= 1 and body - max(line.x1 for line in margin) > 8):
        return [line for line in lines if line not in margin], margin
    return list(lines), []
