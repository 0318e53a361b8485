"""Paragraphs of a Word file to drafts of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats.ooxml.names import TBL, Element, child, number, value, w
from auditor.formats.ooxml.numbering import Mark, Numbering
from auditor.formats.ooxml.styles import Styles
from auditor.formats.ooxml.walk import Note, Paragraph, Stretch, Walker
from auditor.reading.word.assembly import Line, assemble, lines
from auditor.reading.word.drafts import Draft, Tally, draft_of
from auditor.reading.word.markers import Marker, Markers
from auditor.reading.word.tables import read_table

_HEADING = re.compile(r"^heading (\d)$")
_CONTENTS_STYLE = re.compile(r"^(toc \d|toc heading|contents \d|table of figures|toc\d)$")
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*[\divxlc]{1,5}$|…{2,}\s*\d{1,4}$|_{8,}\s*\d{1,4}$")
#: A styled heading longer than this is a clause set in a heading style.
LONGEST_HEADING = 25


class Builder:
    """Makes drafts of one part; notes live in parts of their own and come with builders of their own."""

    def __init__(
        self,
        walker: Walker,
        styles: Styles,
        numbering: Numbering,
        tally: Tally,
        *,
        path: str,
        notes: dict[str, Notes] | None = None,
    ) -> None:
        self.walker, self.tally, self.path = walker, tally, path
        self._styles, self._numbering, self._notes = styles, numbering, notes or {}
        self._markers = Markers()
        self._carried: list[Stretch] = []
        self._carried_notes: list[Note] = []
        self._styles_of_items: list[str] = []
        self._indents: list[int] = []

    def container(self, node: Element) -> Iterator[Draft]:
        """Drafts of everything in a body, cell, note or text box, in reading order."""
        for element in self.walker.blocks(node):
            if element.tag == TBL:
                yield from read_table(self, element)
            else:
                yield from self._paragraph(self.walker.paragraph(element))

    def rest(self) -> Iterator[Draft]:
        """What a last paragraph without a mark of its own left over."""
        stretches, self._carried = self._carried, []
        for line in lines(stretches, self._starts_marked):
            yield draft_of(line, "paragraph", self.walker.part.name, self.path)

    def _starts_marked(self, line: Line) -> bool:
        return Markers(dict(self._markers.last)).find(line) is not None

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Draft]:
        contents = self._is_contents(paragraph)
        kept = self.tally.sift(paragraph.stretches, contents)
        if paragraph.joined:
            self._carried += kept
            self._carried_notes += paragraph.notes
        else:
            stretches, self._carried = self._carried + kept, []
            cited, self._carried_notes = self._carried_notes + paragraph.notes, []
            yield from self._drafts(paragraph, stretches, contents)
            for note in cited:
                if note.kind in self._notes:
                    yield from self._notes[note.kind].cite(note.id)
        for box in paragraph.boxes:
            yield from self.container(box)

    def _is_contents(self, paragraph: Paragraph) -> bool:
        if _CONTENTS_STYLE.match(self._styles.name(paragraph.style)):
            return len(paragraph.text.split()) < 60
        return bool(_LEADERS.search(paragraph.text.strip())) and len(paragraph.text.split()) < 40

    def _drafts(self, paragraph: Paragraph, stretches: list[Stretch], contents: bool) -> Iterator[Draft]:
        mark = self._mark(paragraph, contents or self._all_hidden(paragraph))
        level = self._heading_level(paragraph)
        found = (
            [assemble(stretches)] if level and len(stretches) < 3 else lines(stretches, self._starts_marked)
        )
        found = [line for line in found if line.text]
        if level and sum(len(line.text.split()) for line in found) <= LONGEST_HEADING:
            found = [assemble(stretches)]
        if not found and mark is not None:
            yield Draft("paragraph", "", number=mark.text, bullet=mark.bullet)
        for at, line in enumerate(found):
            draft = self._line(line, paragraph, mark if at == 0 else None, level if at == 0 else 0)
            draft.breaks = at + 1 < len(found)
            if at and mark is not None and draft.kind == "paragraph" and found[0].text[-1:] in ".:;,":
                draft.kind, draft.level = "item", mark.level + 1
            yield draft

    def _all_hidden(self, paragraph: Paragraph) -> bool:
        reasons = {s.reason for s in paragraph.stretches if s.text.strip()}
        return bool(reasons) and "" not in reasons

    def _mark(self, paragraph: Paragraph, silent: bool) -> Mark | None:
        place = self._numbering.place(paragraph.ppr, paragraph.style)
        if place is None or silent:
            return None
        mark = self._numbering.step(*place)
        indent = self._indent(paragraph, self._numbering.level(*place).indent)
        if mark.level == 0 and not self._heading_level(paragraph):
            return replace(mark, level=self._depth(indent))
        return mark

    def _indent(self, paragraph: Paragraph, otherwise: int) -> int:
        own = child(paragraph.ppr, "ind")
        for name in ("left", "start"):
            if value(own, name):
                return number(own, name)
        return otherwise

    def _depth(self, indent: int) -> int:
        """Depth from 0 among the items under way: deeper indents nest, equal ones are siblings."""
        while self._indents and indent < self._indents[-1] - 120:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 120:
            self._indents.append(indent)
        return len(self._indents) - 1

    def _heading_level(self, paragraph: Paragraph) -> int:
        name = self._styles.name(paragraph.style)
        if name == "title":
            return 1
        own = child(paragraph.ppr, "outlineLvl")
        outline = (
            own if own is not None else self._styles.paragraph_property(paragraph.style, "outlineLvl")[0]
        )
        if outline is not None:
            level = number(outline, default=9)
            return level + 1 if 0 <= level < 9 else 0
        for style in self._styles.chain(paragraph.style):
            found = _HEADING.match(self._styles.name(value(style, "styleId")))
            if found:
                return int(found[1])
        return 0

    def _line(self, line: Line, paragraph: Paragraph, mark: Mark | None, level: int) -> Draft:
        part = self.walker.part.name
        shown = bool(mark and mark.text)
        typed = None if shown else self._markers.find(line, heading=bool(level) or self._bold_short(line))
        rest = line.cut(typed.length) if typed else line
        draft = draft_of(rest, "paragraph", part, self.path)
        draft.title = self._styles.name(paragraph.style) == "title"
        draft.indent = self._indent(paragraph, 0)
        if level and draft.words <= LONGEST_HEADING:
            draft.kind, draft.level = "heading", level
            self._styles_of_items.clear()
            self._indents.clear()
        if mark is not None and shown:
            draft.number, draft.bullet = mark.text, mark.bullet
            if draft.kind == "paragraph":
                draft.kind, draft.level = "item", mark.level + 1
        elif typed is not None:
            self._typed(draft, typed)
        elif draft.kind == "paragraph" and not draft.indent and draft.text[-1:] != ":":
            self._styles_of_items.clear()
            self._indents.clear()
        return draft

    @staticmethod
    def _bold_short(line: Line) -> bool:
        words = line.text.split()
        if len(words) > 12 or line.text[-1:] in ",;":
            return False
        return all(look.bold for text, look in line.looks() if text.strip()) or line.text.isupper()

    def _typed(self, draft: Draft, typed: Marker) -> None:
        draft.number, draft.bullet = typed.number, typed.style.startswith("bullet")
        if draft.kind == "heading" or typed.style == "word":
            return
        draft.kind = "item"
        if typed.style == "decimal":
            draft.level = len(re.findall(r"\d+", typed.number))
            return
        if typed.style in self._styles_of_items:
            del self._styles_of_items[self._styles_of_items.index(typed.style) + 1 :]
        else:
            self._styles_of_items.append(typed.style)
        draft.level = len(self._styles_of_items)


class Notes:
    """Footnotes or endnotes, read where they are cited."""

    def __init__(self, builder: Builder, tag: str) -> None:
        self._builder = builder
        root = builder.walker.part.root
        self._all = {value(note, "id"): note for note in root.iter(w(tag)) if not value(note, "type")}
        self._cited: set[str] = set()

    def cite(self, note_id: str) -> Iterator[Draft]:
        """The drafts of a note; none if it is unknown or was read before."""
        note = self._all.get(note_id)
        if note is None or note_id in self._cited:
            return
        self._cited.add(note_id)
        for draft in self._builder.container(note):
            draft.note = True
            yield draft

    def uncited(self) -> Iterator[Draft]:
        """Notes that nothing cites, at the end, so that no text is lost."""
        for note_id in list(self._all):
            yield from self.cite(note_id)
