"""How much of a PDF was read: by characters, by pages, and against a second engine."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.formats.pdf.characters import readable
from auditor.formats.pdf.layout import PageLayout
from auditor.formats.pdf.pdfium import SecondReading
from auditor.model.document import Block, Coverage, Dropped

_SCAN = 0.3
"""Share of a page that a picture covers before a page without text counts as a scan."""


def measure(
    pages: Sequence[PageLayout],
    second: SecondReading,
    blocks: Sequence[Block],
    dropped: Sequence[Dropped],
    notes: Sequence[str],
) -> Coverage:
    """The coverage of a document read into ``blocks``."""
    body = _body_characters(blocks)
    silent = tuple(page.number for page in pages if _unread(page, body.get(page.number, 0)))
    undecodable = sum(page.undecodable for page in pages)
    seen, total = _seen(pages, second)
    share = seen / total if total else None
    text = sum(len(word.text) for page in pages for line in page.lines for word in line.words)
    decoded = max(0.0, (text - undecodable) / text) if text else 0.0
    read = 1 - len(silent) / len(pages) if pages else 0.0
    markers = sum(len(block.number.replace(" ", "")) for block in blocks)
    aside = sum(item.characters for item in dropped)
    placed = min(1.0, (sum(body.values()) + markers + aside) / text) if text and blocks else 0.0
    ratio = min(1.0, read * decoded * placed * (share if share is not None else 1.0))
    return Coverage(round(ratio, 4), silent, undecodable, share, tuple(dropped), tuple(notes))


def _body_characters(blocks: Sequence[Block]) -> dict[int, int]:
    found: dict[int, int] = {}
    for block in blocks:
        for piece in block.pieces:
            page = piece.place.page or 0
            found[page] = found.get(page, 0) + piece.end - piece.start
    return found


def _unread(page: PageLayout, characters: int) -> bool:
    if page.problem and not page.lines:
        return True
    if not page.lines:
        return page.drawn
    return characters < 20 and page.image_share >= _SCAN


def _seen(pages: Sequence[PageLayout], second: SecondReading) -> tuple[int, int]:
    """Characters of pdfium's words that the layout has too, and all of them."""
    seen = total = 0
    for page, text in zip(pages, second.texts, strict=False):
        mine = {word.text for line in page.lines for word in line.words}
        solid = ""
        for raw in text.split():
            word = readable(raw)
            total += len(word)
            if word in mine:
                seen += len(word)
                continue
            solid = solid or "".join(word.text for line in page.lines for word in line.words)
            if word.strip("-") in solid or raw.replace("\x02", "-") in solid:
                seen += len(word)
    return seen, total
