"""Markdown, CommonMark with the tables, task lists, notes and definition lists that real policies use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from auditor.model.document import BlockKind, Cell, Document
from auditor.model.location import Span
from auditor.reading.assembly import Flow
from auditor.reading.drafting import Drafts
from auditor.reading.html import read_fragment
from auditor.reading.inline import InlineWalker, Source, align
from auditor.text.encoding import decode, unify_lines
from auditor.text.prose import looks_like_prose

_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.I)
_LEFT_OUT = {"front_matter": "front matter", "fence": "code block"}
_TASK = re.compile(r"\[[ xX]\]\s+")


@cache
def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).disable("text_join")
    )
    parser.use(front_matter_plugin).use(deflist_plugin).use(footnote_plugin).use(admon_plugin)
    return parser.use(container_plugin, "any", validate=lambda *_: True)


def read_markdown(data: bytes, path: str) -> Document:
    """Read Markdown; every piece of the document is exact to line and column.

    Front matter, code blocks, comments, pictures and struck-out text are dropped with a reason.
    """
    text, encoding, undecodable = decode(data)
    text = unify_lines(text)
    drafts = Drafts(path)
    if encoding == "cp1252":
        drafts.notes.append("not UTF-8; read as Windows-1252")
    _Walker(drafts, text.split("\n")).walk(_parser().parse(text))
    return drafts.document(data, "markdown", undecodable)


@dataclass(slots=True)
class _ListLevel:
    ordered: bool
    number: int


@dataclass(slots=True)
class _Walker:
    drafts: Drafts
    lines: list[str]
    lists: list[_ListLevel] = field(default_factory=list)
    marker: str | None = None
    headers: list[str] = field(default_factory=list)
    heading: int = 0

    def walk(self, tokens: list[Token]) -> None:
        """Turn block tokens into blocks."""
        stream = iter(tokens)
        for token in stream:
            if token.type == "tr_open":
                self._row(token, stream)
            elif token.type == "inline":
                self._inline(token)
            else:
                self._block(token)

    def _block(self, token: Token) -> None:
        kind = token.type
        if kind in _LEFT_OUT:
            self.drafts.drop(_LEFT_OUT[kind], token.content)
        elif kind == "code_block":
            self._indented(token)
        elif kind == "html_block":
            self._html(token)
        elif kind == "heading_open":
            self.heading = int(token.tag[1])
        elif kind == "admonition_title_open":
            self.heading = self.drafts.depth() + 1
        elif kind == "thead_open":
            self.headers = []
        else:
            self._list(token)

    def _list(self, token: Token) -> None:
        kind = token.type
        if kind == "ordered_list_open":
            start = token.attrGet("start")
            self.lists.append(_ListLevel(True, 1 if start is None else int(start)))
        elif kind in ("bullet_list_open", "dl_open", "dd_open"):
            self.lists.append(_ListLevel(False, 0))
        elif kind in ("bullet_list_close", "ordered_list_close", "dl_close", "dd_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            level = self.lists[-1]
            self.marker = f"{level.number}{token.markup}" if level.ordered else "•"
            level.number += 1

    def _indented(self, token: Token) -> None:
        """Text set in by four spaces: code by the book, but often only a paragraph set in."""
        if not token.map or not looks_like_prose(token.content):
            self.drafts.drop("code block", token.content)
            return
        flow = Flow(self.drafts.path)
        for at in range(*token.map):
            flow.gap()
            flow.add(self.lines[at], at + 1, 1)
        self.drafts.text(flow, "item" if self.lists else "paragraph", len(self.lists), "")

    def _source(self, token: Token) -> Source:
        return align(token.content, self.lines, token.map[0] if token.map else 0)

    def _inline(self, token: Token) -> None:
        flow = Flow(self.drafts.path)
        walker = InlineWalker(self._source(token), flow, self.drafts)
        children = list(token.children or [])
        self._skip_prefix(walker, children)
        walker.walk(children)
        marker, self.marker = self.marker, None
        if self.heading:
            self.drafts.heading(flow, self.heading)
            self.heading = 0
            return
        kind: BlockKind = "item" if self.lists else "paragraph"
        self.drafts.text(flow, kind, len(self.lists), marker or "", walker.strong.length)

    def _skip_prefix(self, walker: InlineWalker, children: list[Token]) -> None:
        """Step over a task list's box or an alert's label at the start."""
        content = walker.source.content
        found = _TASK.match(content) if self.marker else _ALERT.match(content)
        if found and children and children[0].type == "text" and content.startswith(children[0].content):
            walker.cursor = found.end()
            children[0].content = children[0].content[found.end() :]

    def _html(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        last = token.map[1] if token.map else first
        read_fragment("\n".join(self.lines[first:last]), self.drafts, first + 1)

    def _row(self, row: Token, stream: Iterator[Token]) -> None:
        cells: list[Token] = []
        header = False
        for token in stream:
            if token.type == "tr_close":
                break
            header = header or token.type == "th_open"
            if token.type == "inline":
                cells.append(token)
        if header:
            plain = [Flow(self.drafts.path) for _ in cells]
            for flow, cell in zip(plain, cells, strict=True):
                InlineWalker(self._source(cell), flow, self.drafts).walk(list(cell.children or []))
            self.headers = [flow.build()[0] for flow in plain]
            self.drafts.drop("table header", " | ".join(self.headers))
            return
        self._body_row(row.map[0] if row.map else 0, cells)

    def _body_row(self, line: int, cells: list[Token]) -> None:
        flow = Flow(self.drafts.path)
        made: list[Cell] = []
        column = 0
        for at, cell in enumerate(cells):
            if not cell.content.strip():
                continue
            found = self.lines[line].find(cell.content, column)
            source = Source(cell.content, [(0, line + 1, max(found, 0) + 1)])
            column = found + len(cell.content) if found >= 0 else column
            if made:
                flow.add_literal(" | ")
            start = flow.length
            InlineWalker(source, flow, self.drafts).walk(list(cell.children or []))
            header = self.headers[at] if at < len(self.headers) else ""
            made.append(Cell(header, Span(start, flow.length)))
        self.drafts.row(flow, made)
