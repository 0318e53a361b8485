"""Markdown's inline tokens, walked beside the source so that every character keeps its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from auditor.reading.assembly import BoldPrefix, Flow
from auditor.reading.drafting import Drafts

_LINK_TAIL = re.compile(
    r"\]\(\s*(?:<[^>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()]|\([^\s()]*\))*\))*)"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\([^)]*\)))?\s*\)|\]\[[^\]]*\]|\]"
)


@dataclass(slots=True)
class Source:
    """The content of an inline token and, per line of it, offset, source line and column (from 1)."""

    content: str
    starts: list[tuple[int, int, int]] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the content."""
        best = self.starts[0]
        for start in self.starts:
            if start[0] > offset:
                break
            best = start
        return best[1], best[2] + offset - best[0]


def align(content: str, lines: list[str], first: int) -> Source:
    """Find each line of ``content`` in the source ``lines`` from index ``first`` on."""
    source = Source(content)
    offset, row = 0, first
    for line in content.split("\n"):
        bare = line.strip()
        at = row
        while bare and at < len(lines) and bare not in lines[at]:
            at += 1
        if at >= len(lines):
            at = min(row, len(lines) - 1)
        found = lines[at].rfind(bare) if lines else -1
        shift = len(line) - len(line.lstrip())
        source.starts.append((offset + shift, at + 1, max(found, 0) + 1))
        offset += len(line) + 1
        row = at + 1
    return source


@dataclass(slots=True)
class InlineWalker:
    """Feeds a :class:`Flow` from the children of one inline token."""

    source: Source
    flow: Flow
    drafts: Drafts
    cursor: int = 0
    strong: BoldPrefix = field(default_factory=BoldPrefix)
    _bold: int = 0
    _struck: int = 0

    def walk(self, tokens: list[Token]) -> None:
        """Consume ``tokens`` in order."""
        for token in tokens:
            self._step(token)

    def _step(self, token: Token) -> None:
        steps = {
            "text": lambda: self._text(token.content),
            "text_special": lambda: self._special(token),
            "softbreak": self._break,
            "hardbreak": self._break,
            "code_inline": lambda: self._code(token),
            "html_inline": lambda: self._html(token.content),
            "image": lambda: self._image(token),
            "link_close": lambda: self._close_link(token),
            "footnote_ref": self._note,
        }
        step = steps.get(token.type)
        if step:
            step()
        elif token.type == "link_open":
            self._skip("<" if token.markup == "autolink" else "[")
        else:
            self._mark(token.type, token.markup)

    def _break(self) -> None:
        self._skip("\n")
        self.flow.gap()

    def _note(self) -> None:
        found = re.compile(r"\[\^[^\]]*\]").search(self.source.content, self.cursor)
        self.cursor = found.end() if found else self.cursor

    def _mark(self, kind: str, markup: str) -> None:
        self._skip(markup)
        if kind in ("strong_open", "strong_close"):
            self._bold += 1 if kind.endswith("open") else -1
        elif kind in ("s_open", "s_close"):
            self._struck += 1 if kind.endswith("open") else -1

    def _skip(self, markup: str) -> None:
        at = self.source.content.find(markup, self.cursor) if markup else -1
        if at >= 0:
            self.cursor = at + len(markup)

    def _emit(self, start: int, end: int) -> None:
        """Append content from ``start`` to ``end``, which may run over several lines."""
        text = self.source.content[start:end]
        if self._struck:
            self.drafts.drop("struck-out text", text)
            return
        offset = start
        for part in text.split("\n"):
            if offset > start:
                self.flow.gap()
            line, column = self.source.place(offset)
            self.flow.add(part, line, column)
            offset += len(part) + 1
        self.strong.see(text, bold=bool(self._bold), length=self.flow.length)

    def _text(self, text: str) -> None:
        if not text:
            return
        at = self.source.content.find(text, self.cursor)
        if at < 0:
            self._inexact(text, self.cursor, self.cursor)
            return
        self._emit(at, at + len(text))
        self.cursor = at + len(text)

    def _inexact(self, text: str, start: int, end: int) -> None:
        if self._struck:
            return
        line, column = self.source.place(start)
        end_line, end_column = self.source.place(end)
        self.flow.add_inexact(text, line, column, end_line, end_column)
        self.strong.see(text, bold=bool(self._bold), length=self.flow.length)

    def _special(self, token: Token) -> None:
        at = self.source.content.find(token.markup, self.cursor)
        if at < 0:
            self._inexact(token.content, self.cursor, self.cursor)
            return
        self.cursor = at + len(token.markup)
        if token.info == "escape" and len(token.content) == 1:
            self._emit(at + 1, self.cursor)
        else:
            self._inexact(token.content, at, self.cursor)

    def _code(self, token: Token) -> None:
        content, ticks = self.source.content, token.markup
        found = re.compile(rf"(?<!`){ticks}(?!`)(.+?)(?<!`){ticks}(?!`)", re.S).search(content, self.cursor)
        if found:
            self._emit(found.start(1), found.end(1))
            self.cursor = found.end()
        else:
            self._inexact(token.content, self.cursor, self.cursor)

    def _html(self, markup: str) -> None:
        self._skip(markup)
        if markup.startswith("<!--"):
            self.drafts.drop("comment", markup)
        elif re.match(r"</?(?:br|p|div|li|hr)\b", markup, re.I):
            self.flow.gap()
        elif re.match(r"<(?:strong|b)\b", markup, re.I):
            self._bold += 1
        elif re.match(r"</(?:strong|b)\b", markup, re.I):
            self._bold = max(0, self._bold - 1)
        elif re.match(r"<(?:del|s|strike)\b", markup, re.I):
            self._struck += 1
        elif re.match(r"</(?:del|s|strike)\b", markup, re.I):
            self._struck = max(0, self._struck - 1)

    def _image(self, token: Token) -> None:
        self.drafts.drop("picture", token.content)
        self._skip("![")
        self._skip(token.content)
        self._tail()

    def _close_link(self, token: Token) -> None:
        if token.markup == "autolink":
            self._skip(">")
        else:
            self._tail()

    def _tail(self) -> None:
        found = _LINK_TAIL.search(self.source.content, self.cursor)
        if found:
            self.cursor = found.end()
