"""Groups of rows made into blocks: text with a place for every word, kind, level, number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from auditor.formats.pdf.layout import Word
from auditor.model.document import Block, BlockKind, Cell
from auditor.model.location import Box, Location, Piece, Span
from auditor.reading.pdf.headings import Body, fold, is_caps, is_plain_title, looks_like_heading, style_levels
from auditor.reading.pdf.hyphens import joined
from auditor.reading.pdf.lists import Depths
from auditor.reading.pdf.markers import Marker
from auditor.reading.pdf.paragraphs import Group

_RUN_IN = re.compile(r"^[A-Z“\"][^.:!?]{1,60}:(?= \S+ \S+ \S)")


class Text:
    """A block's text under construction, with the piece of every word."""

    def __init__(self, path: str, known: frozenset[str]) -> None:
        self.path = path
        self.known = known
        self.text = ""
        self.pieces: list[Piece] = []
        self.bold_end = 0
        self._bold = True

    def add(self, page: int, word: Word, line_start: bool, skip: int = 0) -> None:
        """Append a word; at ``line_start`` a cut word may be joined; ``skip`` omits a glued marker."""
        shown = word.text[skip:]
        if line_start and self.text:
            self._join(shown)
        elif self.text:
            self.text += " "
        if "\u00ad" in shown:
            shown = shown[:-1].replace("\u00ad", "") + shown[-1]
        start = len(self.text)
        self.text += shown
        _, x0, y0, x1, y1, bold = word
        box = Box(page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        place = Location(
            self.path, page, None, None, None, None, None, None, None, None, None, None, None, (box,)
        )
        self.pieces.append(Piece(start, len(self.text), place, False))
        if self._bold:
            self._bold = bold
            self.bold_end = len(self.text) if bold else self.bold_end

    def _join(self, after: str) -> None:
        """Put a space at the end of the text, or take a hyphen off, as the word at the next line needs it."""
        stem = joined(self.text.rpartition(" ")[2], after, self.known)
        if stem is None:
            self.text = self.text.rstrip("\u00ad") + " "
            return
        self.text = self.text[: self.text.rfind(" ") + 1] + stem
        last = self.pieces[-1]
        self.pieces[-1] = Piece(last.start, max(last.start, len(self.text)), last.place, False)


class Indented:
    """Items marked by nothing but their indentation under a line that ends in a colon."""

    def __init__(self) -> None:
        self._lead: float | None = None
        self._items: float | None = None

    def depth(self, group: Group, text: Text) -> int:
        """1 for such an item, else 0."""
        x0 = group.rows[0].x0
        inside = self._lead is not None and x0 >= self._lead + 12 and self._items in (None, round(x0 / 4))
        self._items = round(x0 / 4) if inside else None
        if not inside:
            self._lead = x0 if text.text.endswith(":") else None
        return 1 if inside else 0


def make_blocks(
    groups: Sequence[Group], body: Body, known: frozenset[str], outline: dict[str, int], path: str
) -> list[Block]:
    """Blocks in reading order."""
    texts = [_text(group, known, path) for group in groups]
    pairs = list(zip(groups, texts, strict=True))
    heads = [_is_heading(group, text, body, outline) for group, text in pairs]
    for index, (group, text) in enumerate(pairs[:-1]):
        heads[index] = heads[index] or _numbered_title(group, text, groups[index + 1])
        if not heads[index] and not group.marker and not groups[index + 1].marker and not heads[index + 1]:
            lead = index > 0 and texts[index - 1].text.endswith(":")
            after = groups[index + 1].rows[0]
            heads[index] = not lead and is_plain_title(group.rows, text.text, after, texts[index + 1].text)
    titles = [pair for pair, head in zip(pairs, heads, strict=True) if head]
    levels = _levels(titles, body, outline)
    depths, indented = Depths(), Indented()
    blocks: list[Block] = []
    for (group, text), head in zip(pairs, heads, strict=True):
        number = group.marker.number if group.marker else ""
        if group.rows[0].cells:
            blocks.append(_row_block(group, known, path))
        elif head:
            depths.clear()
            blocks.append(Block("heading", text.text, tuple(text.pieces), levels[id(group)], number))
        elif text.text:
            level = depths.of(group.marker, group.rows[0].x0) if group.marker else indented.depth(group, text)
            kind: BlockKind = "item" if level else "paragraph"
            blocks.append(Block(kind, text.text, tuple(text.pieces), level, number, run_in=_run_in(text)))
    return blocks


def _levels(titles: Sequence[tuple[Group, Text]], body: Body, outline: dict[str, int]) -> dict[int, int]:
    """Level by group: from the outline; else one for all of a numbering style; else from the look."""
    looks = style_levels([_look(group, text, body) for group, text in titles])
    votes: dict[str, Counter[int]] = {}
    found = {id(g): outline.get(fold(t.text), 0) or looks[_look(g, t, body)] for g, t in titles}
    for group, _ in titles:
        if group.marker and not group.marker.style.startswith("bullet"):
            votes.setdefault(_numbering(group.marker), Counter())[found[id(group)]] += 1
    usual = {style: count.most_common(1)[0][0] for style, count in votes.items()}
    for group, text in titles:
        if group.marker and fold(text.text) not in outline:
            style = _numbering(group.marker)
            found[id(group)] = usual.get(style, found[id(group)])
            top = usual.get("decimal1")
            if top and style.startswith("decimal"):
                found[id(group)] = min(6, top + group.marker.depth - 1)
    return found


def _numbering(marker: Marker) -> str:
    style = "decimal" if marker.style in ("arabic", "bare") else marker.style
    return f"decimal{marker.depth}" if style == "decimal" else style


def _numbered_title(group: Group, text: Text, after: Group) -> bool:
    """A short numbered line without an end, before text of its own: "5.3 Conditions of employment"."""
    if group.marker is None or group.marker.style != "decimal" or len(group.rows) > 1 or not text.text:
        return False
    if len(text.text.split()) > 7 or text.text[-1] in ".;:," or not text.text[0].isupper():
        return False
    if after.rows[0].cells or after.marker is None:
        return True
    return after.marker.style != "decimal" or after.marker.depth > group.marker.depth


def _text(group: Group, known: frozenset[str], path: str) -> Text:
    text = Text(path, known)
    used = group.marker.words if group.marker else 0
    skip = group.marker.characters if group.marker else 0
    for number, row in enumerate(group.rows):
        words = row.words[used:] if number == 0 else row.words
        for index, word in enumerate(words):
            text.add(row.page, word, number > 0 and index == 0, skip if number == index == 0 else 0)
    return text


def _is_heading(group: Group, text: Text, body: Body, outline: dict[str, int]) -> bool:
    if group.rows[0].cells or not text.text:
        return False
    style = group.marker.style if group.marker else ""
    if fold(text.text) in outline and len(text.text) < 160 and not style.startswith("bullet"):
        return True
    return looks_like_heading(group.rows, text.text, style, body)


def _look(group: Group, text: Text, body: Body) -> tuple[float, bool, bool]:
    """Size in half points (body size for anything near it), capitals, bold."""
    size = max(row.size for row in group.rows)
    size = round(size * 2) / 2 if size > 1.06 * body.size else round(body.size * 2) / 2
    return size, is_caps(text.text), all(row.bold for row in group.rows)


def _run_in(text: Text) -> Span | None:
    """The heading at the start of a paragraph: bold words before plain ones, or a short title and a colon."""
    end = text.bold_end
    if (
        0 < end < len(text.text) - 8
        and end <= 90
        and text.text[:end].rstrip().endswith((".", ":", "–", "—", "-", "?"))
    ):
        return Span(0, end)
    found = _RUN_IN.match(text.text)
    if found and len(found[0].split()) <= 6:
        return Span(0, found.end())
    return None


def _row_block(group: Group, known: frozenset[str], path: str) -> Block:
    """A table row: its cells joined by " | ", each with the header of its column."""
    row = group.rows[0]
    text = Text(path, known)
    cells: list[Cell] = []
    for number, words in enumerate(row.cells):
        if number:
            text.text += " |"
        start = len(text.text) + (1 if text.text else 0)
        for index, word in enumerate(words):
            text.add(row.page, word, index > 0 and word.y1 < words[index - 1].y0 + 1)
        if words:
            header = row.headers[number] if number < len(row.headers) else ""
            cells.append(Cell(header, Span(start, len(text.text))))
    return Block("row", text.text, tuple(text.pieces), cells=tuple(cells))
