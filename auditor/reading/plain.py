"""Plain text: structure from blank lines, indents, markers and capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.model.document import Cell, Document
from auditor.model.location import Span
from auditor.reading.assembly import Flow
from auditor.reading.drafting import Drafts, heading_number
from auditor.text.comments import TEXT_LINE
from auditor.text.encoding import decode, unify_lines
from auditor.text.markers import depth, split_marker

_UNDERLINE = re.compile(r"\s*(=|-|~|\*|_|#)\1{2,}\s*$")
_RULE = re.compile(r"\s*[-=_*~#+|.\s]{3,}$")
_COLUMNS = re.compile(r"\S(\s{3,}|\s*\t+\s*)(?=\S)")
_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indent: int

    @property
    def bare(self) -> str:
        return self.text.strip()


def read_text(data: bytes, path: str) -> Document:
    """Read plain text; every piece of the document is exact to line and column.

    Blank lines end paragraphs; lines under one marker are joined. Ruled lines are dropped.
    """
    text, encoding, undecodable = decode(data)
    drafts = Drafts(path)
    if encoding == "cp1252":
        drafts.notes.append("not UTF-8; read as Windows-1252")
    lines = [
        _Line(at, line, len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()))
        for at, line in enumerate(unify_lines(text).replace("\f", " ").split("\n"), 1)
    ]
    chunk: list[_Line] = []
    reader = _Reader(drafts)
    for line in lines:
        if TEXT_LINE.match(line.text):
            drafts.drop("comment", line.bare)
        elif line.bare:
            chunk.append(line)
        elif chunk:
            reader.chunk(chunk)
            chunk = []
    if chunk:
        reader.chunk(chunk)
    return drafts.document(data, "text", undecodable)


class _Reader:
    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.indents: list[int] = []

    def chunk(self, lines: list[_Line]) -> None:
        """Read lines without a blank one between them."""
        lines = self._headings(lines)
        if not lines:
            return
        if self._is_table(lines):
            self._table(lines)
            return
        group: list[_Line] = []
        for line in lines:
            if _RULE.match(line.text):
                self.drafts.drop("rule", line.bare)
                continue
            if group and (split_marker(line.bare)[0] and self._fresh(group, line)):
                self._paragraph(group)
                group = []
            group.append(line)
        if group:
            self._paragraph(group)

    def _headings(self, lines: list[_Line]) -> list[_Line]:
        """Take headings off the front of a chunk."""
        while lines:
            first = lines[0]
            if (
                len(lines) > 1
                and _UNDERLINE.match(lines[1].text)
                and len(first.bare.split()) <= _TITLE_WORDS + 4
            ):
                self._heading(first, 1 if lines[1].bare[0] in "=*#" else 2)
                self.drafts.drop("rule", lines[1].bare)
                lines = lines[2:]
            elif self._titled(first, alone=len(lines) == 1):
                counted = depth(heading_number(first.bare)[0])
                self._heading(first, counted + 1 if counted else 2)
                lines = lines[1:]
            else:
                break
        return lines

    def _titled(self, line: _Line, *, alone: bool) -> bool:
        bare = line.bare
        if len(bare.split()) > _TITLE_WORDS or bare[-1] in ".;,?!" or not any(c.isalpha() for c in bare):
            return False
        number, offset = heading_number(bare)
        words = bare[offset:]
        if words.isupper() and len(words) > 3 and words[-1] != ":":
            return True
        counted = depth(number) > 0 or bool(re.match(r"(?i)article|section|chapter|part", number))
        return alone and counted and words[:1].isupper() and len(words.split()) <= 8 and words[-1] != ":"

    def _fresh(self, group: list[_Line], line: _Line) -> bool:
        """Whether a line that starts like an item is one, and no wrapped line that happens to."""
        marker = split_marker(line.bare)[0]
        if re.fullmatch(r"[A-Za-z]\.?|o", marker) and marker not in ("o",):
            return bool(split_marker(group[0].bare)[0]) or group[-1].bare.endswith((":", ";", "."))
        previous = group[-1].bare
        return not re.search(
            r"(?:section|clause|article|paragraph|and|or|to|of|than|the|least)$", previous, re.I
        ) or (not marker[0].isalnum())

    def _heading(self, line: _Line, level: int) -> None:
        self.indents = []
        flow = Flow(self.drafts.path)
        self._pour(flow, line)
        self.drafts.heading(flow, level)

    def _pour(self, flow: Flow, line: _Line) -> None:
        flow.gap()
        flow.add(line.text, line.number, 1)

    def _paragraph(self, lines: list[_Line]) -> None:
        flow = Flow(self.drafts.path)
        for line in lines:
            self._pour(flow, line)
        marker = split_marker(lines[0].bare)[0]
        if not marker:
            if self.indents and lines[0].indent > self.indents[0]:
                level = sum(1 for at in self.indents if at < lines[0].indent)
                self.drafts.text(flow, "item", max(1, level), "")
                return
            self.indents = []
            self.drafts.text(flow, "paragraph", 0, "")
            return
        while self.indents and self.indents[-1] > lines[0].indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < lines[0].indent:
            self.indents.append(lines[0].indent)
        kind = "paragraph" if depth(marker) > 1 else "item"
        if kind == "paragraph":
            self.indents = []
            self.drafts.text(flow, "paragraph", 0, "")
        else:
            self.drafts.text(flow, "item", len(self.indents), "")

    def _is_table(self, lines: list[_Line]) -> bool:
        rows = [line for line in lines if not _RULE.match(line.text)]
        return len(rows) > 1 and all(
            len(_cells(line)) > 1 and not split_marker(line.bare)[0] for line in rows
        )

    def _table(self, lines: list[_Line]) -> None:
        rows = [line for line in lines if not _RULE.match(line.text)]
        headers = [text for _, text in _cells(rows[0])]
        ruled = len(rows) < len(lines)
        body = rows[1:] if ruled else rows
        if ruled:
            self.drafts.drop("table header", " | ".join(headers))
        for line in body:
            flow = Flow(self.drafts.path)
            made: list[Cell] = []
            for at, (column, text) in enumerate(_cells(line)):
                if made:
                    flow.add_literal(" | ")
                start = flow.length
                flow.add(text, line.number, column)
                header = headers[at] if ruled and at < len(headers) else ""
                made.append(Cell(header, Span(start, flow.length)))
            self.drafts.row(flow, made)


def _cells(line: _Line) -> list[tuple[int, str]]:
    """Column (from 1) and text of each cell: parts with wide gaps, tabs or bars between them."""
    if line.bare.startswith("|") or line.text.count("|") > 1:
        parts = re.finditer(r"[^|]+", line.text)
    else:
        parts = re.finditer(r"\S+(?: {1,2}\S+)*", line.text)
    return [
        (m.start() + 1 + len(m.group()) - len(m.group().lstrip()), m.group().strip())
        for m in parts
        if m.group().strip()
    ]
