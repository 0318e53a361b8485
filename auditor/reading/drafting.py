"""Collecting blocks while reading a text format."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from auditor.model.document import Block, BlockKind, Cell, Coverage, Document, Dropped
from auditor.model.location import Span
from auditor.reading.assembly import Flow, cut_front
from auditor.text.markers import depth, split_marker

_TITLE_WORDS = 12
_SAMPLE = 60


@dataclass(slots=True)
class Drafts:
    """Blocks, drops and notes of a document in the making."""

    path: str
    blocks: list[Block] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: str = ""

    def drop(self, reason: str, text: str) -> None:
        """Account for text that is left out on purpose."""
        bare = " ".join(text.split())
        if any(ch.isalnum() for ch in bare):
            self.dropped.append(Dropped(reason, len(bare), None, bare[:_SAMPLE]))

    def heading(self, flow: Flow, level: int) -> None:
        """Add a heading; a typed number becomes its number."""
        text, pieces = flow.build()
        number, offset = heading_number(text)
        text, pieces = cut_front(text, pieces, offset)
        if text:
            self.blocks.append(Block("heading", text, pieces, level=level, number=number))

    def text(self, flow: Flow, kind: BlockKind, level: int, number: str, strong: int = 0) -> None:
        """Add a paragraph or item; ``strong`` counts the characters at its start that are set in bold.

        A paragraph that is bold as a whole and short is a heading; a typed marker makes a paragraph an item.
        """
        text, pieces = flow.build()
        if not text:
            return
        if kind == "paragraph" and strong >= len(text) and _looks_like_title(text):
            self.heading(flow, self.depth() + 1)
            return
        if not number:
            number, offset = split_marker(text)
            text, pieces = cut_front(text, pieces, offset)
            strong -= offset
            if number and kind == "paragraph" and depth(number) < 2:
                kind, level = "item", 1
        run_in = (
            Span(0, strong) if 0 < strong < len(text) and len(text[:strong].split()) <= _TITLE_WORDS else None
        )
        self.blocks.append(Block(kind, text, pieces, level=level, number=number, run_in=run_in))

    def row(self, flow: Flow, cells: list[Cell]) -> None:
        """Add a table row."""
        text, pieces = flow.build()
        if text:
            self.blocks.append(Block("row", text, pieces, cells=tuple(cells)))

    def depth(self) -> int:
        """The level of the last heading that was marked as one, 0 if none."""
        return next((b.level for b in reversed(self.blocks) if b.kind == "heading"), 0)

    def document(self, data: bytes, kind: str, undecodable: int) -> Document:
        """The finished document; its title is its only top heading if nothing else names it."""
        tops = [b for b in self.blocks if b.kind == "heading" and b.level == 1]
        title = self.title or (tops[0].text if tops else "")
        return Document(
            path=self.path,
            format=kind,
            sha256=hashlib.sha256(data).hexdigest(),
            blocks=tuple(self.blocks),
            coverage=Coverage(undecodable=undecodable, dropped=tuple(self.dropped), notes=tuple(self.notes)),
            title=title,
        )


def heading_number(text: str) -> tuple[str, int]:
    """The number at the start of a heading ("3.", "2.1", "Article 4.") and where its words begin."""
    named = re.match(
        r"(?:article|section|chapter|part|clause|appendix|annex|schedule|policy)\s+"
        r"(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])\s*(?:[.:)–—-]+)\s*(?=\S)",
        text,
        re.IGNORECASE,
    )
    if named:
        return named.group().strip().rstrip(":–—- "), named.end()
    marker, offset = split_marker(text)
    if marker:
        return (marker, offset) if any(ch.isalnum() for ch in marker) else ("", offset)
    plain = re.match(r"(\d{1,2})\s+(?=[A-Z])", text)
    return (plain.group(1), plain.end()) if plain else ("", 0)


def _looks_like_title(text: str) -> bool:
    return len(text.split()) <= _TITLE_WORDS and text[-1] not in ".;,:?!"
