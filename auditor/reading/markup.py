"""A small tree of an HTML page whose texts know their line and column.

Tree builders that repair pages lose the place of text nodes; the standard library's parser reports it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from auditor.reading.assembly import Flow

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_P_ENDERS = frozenset(
    """
    address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr
    main nav ol p pre section table ul
    """.split()  # noqa: SIM905
)
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "tr", "td", "th"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}


@dataclass(slots=True)
class Text:
    """Characters at a place; ``end`` is set where they stand for other source characters (an entity)."""

    data: str
    line: int
    column: int
    end: int = 0

    def pour(self, flow: Flow) -> None:
        """Append to ``flow``."""
        if self.end:
            flow.add_inexact(self.data, self.line, self.column, self.line, self.end)
            return
        for at, part in enumerate(self.data.split("\n")):
            if at:
                flow.gap()
            flow.add(part, self.line + at, 1 if at else self.column)


@dataclass(slots=True, eq=False)
class Element:
    """An element; the root has no tag."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | Text] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all beneath it, in order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(c for c in reversed(element.children) if isinstance(c, Element))

    def text(self) -> str:
        """All text inside."""
        parts: list[str] = []
        stack: list[Element | Text] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Text):
                parts.append(node.data)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)

    def nearest(self, tag: str) -> Element | None:
        """The innermost element of that tag around this one."""
        above = self.parent
        while above and above.tag != tag:
            above = above.parent
        return above

    def inside(self, *tags: str) -> bool:
        """Whether one of ``tags`` stands around this element."""
        return any(self.nearest(tag) for tag in tags)


class _Builder(HTMLParser):
    def __init__(self, text: str, first_line: int) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("")
        self.open = self.root
        self.first_line = first_line
        self.lines = text.split("\n")

    def _place(self) -> tuple[int, int]:
        line, column = self.getpos()
        return line + self.first_line - 1, column + 1

    def _close(self, ended: frozenset[str], fence: frozenset[str]) -> None:
        at: Element | None = self.open
        outer: Element | None = None
        while at and at.tag and at.tag not in fence:
            if at.tag in ended:
                outer = at
            at = at.parent
        if outer and outer.parent:
            self.open = outer.parent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _P_ENDERS:
            self._close(frozenset({"p"}), frozenset({"table", "td", "th", "li", "dd", "div", "button"}))
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        element = Element(tag, {k: v or "" for k, v in attrs}, self.open)
        self.open.children.append(element)
        if tag not in _VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        at: Element | None = self.open
        while at and at.tag and at.tag != tag:
            at = at.parent
        if at and at.tag and at.parent:
            self.open = at.parent

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Step over ``<![if ...]>`` and the like, on whose unknown names the standard parser gives up."""
        closing = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(closing, i)
        return end + len(closing) if end >= 0 else -1

    def handle_data(self, data: str) -> None:
        line, column = self._place()
        self.open.children.append(Text(data, line, column))

    def handle_comment(self, data: str) -> None:
        comment = Element("comment", {}, self.open)
        comment.children.append(Text(data, *self._place()))
        self.open.children.append(comment)

    def _reference(self, source: str) -> None:
        line, column = self._place()
        raw = self.lines[line - self.first_line][column - 1 :]
        written = source + ";" if raw.startswith(source + ";") else source
        self.open.children.append(Text(html.unescape(written), line, column, column + len(written)))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")


def parse(text: str, first_line: int = 1) -> Element:
    """The tree of ``text``; its first line has the number ``first_line``."""
    builder = _Builder(text, first_line)
    builder.feed(text)
    builder.close()
    return builder.root
