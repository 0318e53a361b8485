"""HTML pages: the text of the main part, to the line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.errors import ReadingError
from auditor.model.document import BlockKind, Cell, Document
from auditor.model.location import Span
from auditor.reading.assembly import BoldPrefix, Flow
from auditor.reading.drafting import Drafts
from auditor.reading.markup import Element, Text, parse
from auditor.text.encoding import decode, unify_lines
from auditor.text.prose import looks_like_prose

_OUT = {
    "comment": "comment",
    "script": "script",
    "style": "style",
    "noscript": "script",
    "template": "script",
    "head": "page head",
    "nav": "navigation",
    "menu": "navigation",
    "aside": "side matter",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "input": "form",
    "svg": "picture",
    "math": "formula",
    "iframe": "embedded page",
    "object": "embedded page",
    "audio": "embedded page",
    "video": "embedded page",
    "canvas": "picture",
    "del": "struck-out text",
    "s": "struck-out text",
    "strike": "struck-out text",
}
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody
    td tfoot th thead tr ul caption form menu
    """.split()  # noqa: SIM905
)
_ROLES = {"navigation": "navigation", "banner": "site header", "contentinfo": "site footer", "search": "form"}
_CHROME = re.compile(
    r"(?:site|main|page|global|top|left|right|side|primary|secondary)?[-_]?"
    r"(?:nav(?:bar|igation|menu|links)?|menu|sidebar|breadcrumbs?|toc|table-of-contents|pagination|pager)"
    r"|cookie[-_]?(?:banner|notice|consent|bar)|skip[-_]?(?:link|nav|to-content)"
    r"|(?:share|social)[-_]?(?:links|buttons|icons|bar)|site[-_](?:header|footer)",
    re.IGNORECASE,
)
_NAMED = frozenset({"div", "ul", "ol", "section", "p", "span", "a"})
_FORM_WORDS = 60


def read_html(data: bytes, path: str) -> Document:
    """Read an HTML page; every piece of the document is exact to line and column.

    Scripts, styles, navigation, site headers and footers, side matter, hidden elements and forms are dropped
    with a reason; where the page marks its main part, only that is read. Raises
    :class:`~auditor.errors.ReadingError` where elements are nested beyond all measure.
    """
    text, encoding, undecodable = decode(data)
    text = unify_lines(text)
    drafts = Drafts(path)
    if encoding == "cp1252":
        drafts.notes.append("not UTF-8; read as Windows-1252")
    root = parse(text)
    drafts.title = _title(root)
    main = _main(root)
    try:
        if main is not root:
            _drop_beside(root, main, drafts)
        _Walker(drafts).children(main)
    except RecursionError:
        raise ReadingError(f"{path}: elements are nested too deeply to be read; simplify the page") from None
    return drafts.document(data, "html", undecodable)


def read_fragment(text: str, drafts: Drafts, first_line: int) -> None:
    """Read HTML inside another format, whose first line has the number ``first_line``."""
    _Walker(drafts).children(parse(text, first_line))


def _title(root: Element) -> str:
    found = next((e for e in root.walk() if e.tag == "title"), None)
    return " ".join(found.text().split()) if found else ""


def _main(root: Element) -> Element:
    """The element that holds the main text, ``root`` where none is marked or it holds too little."""
    elements = list(root.walk())
    marked = [e for e in elements if e.tag == "main" or e.attrs.get("role") == "main"]
    articles = [e for e in elements if e.tag == "article"]
    body = len(root.text().split())
    for choice in (marked, articles):
        if len(choice) == 1 and len(choice[0].text().split()) * 5 >= body:
            return choice[0]
    return root


def _drop_beside(element: Element, main: Element, drafts: Drafts) -> None:
    for child in element.children:
        if child is main:
            continue
        if isinstance(child, Text):
            drafts.drop("beside the main part", child.data)
        elif main in child.walk():
            _drop_beside(child, main, drafts)
        else:
            drafts.drop(_reason(child) or "beside the main part", child.text())


def _reason(element: Element) -> str:
    """Why ``element`` is left out, "" if it is read."""
    attrs = element.attrs
    if element.tag in _OUT:
        return _OUT[element.tag]
    if element.tag in ("pre", "form"):
        return _left_out_whole(element)
    if _hidden(attrs):
        return "hidden"
    if attrs.get("role") in _ROLES:
        return _ROLES[attrs["role"]]
    if element.tag in ("header", "footer") and not element.inside("article", "main", "section"):
        headed = element.tag == "header" and any(e.tag in ("h1", "h2") for e in element.walk())
        return "" if headed else f"site {element.tag}"
    names = f"{attrs.get('id', '')} {attrs.get('class', '')}".split()
    chrome = element.tag in _NAMED and any(_CHROME.fullmatch(name) for name in names)
    return "navigation" if chrome else ""


def _left_out_whole(element: Element) -> str:
    """Code, and a form of fields; prose in ``pre`` and a page wrapped in one ``form`` are read."""
    if element.tag == "pre":
        return "" if looks_like_prose(element.text()) else "code block"
    return "form" if len(element.text().split()) < _FORM_WORDS else ""


def _hidden(attrs: dict[str, str]) -> bool:
    styled = re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", attrs.get("style", ""), re.I)
    return "hidden" in attrs or attrs.get("aria-hidden") == "true" or bool(styled)


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int
    style: str = "1"

    def marker(self) -> str:
        """The marker of the next item, as a browser shows it."""
        if not self.ordered:
            return "•"
        shown, self.number = _count(self.number, self.style), self.number + 1
        return f"{shown}."


def _count(number: int, style: str) -> str:
    if style in ("a", "A") and 0 < number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 0 < number < 40:
        roman = (
            "x" * (number // 10) + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][number % 10]
        )
        return roman.upper() if style == "I" else roman
    return str(number)


@dataclass(slots=True)
class _Walker:
    drafts: Drafts
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    flow: Flow | None = None
    bold: int = 0
    strong: BoldPrefix = field(default_factory=BoldPrefix)

    def children(self, element: Element) -> None:
        """Read what stands inside ``element``, then end its paragraph."""
        for child in element.children:
            if isinstance(child, Text):
                self._text(child)
            else:
                self._element(child)
        if element.tag in _BLOCKS or element.tag == "":
            self.end()

    def end(self) -> None:
        """End the paragraph that is under way."""
        if self.flow and self.flow.length:
            kind: BlockKind = "item" if self.lists else "paragraph"
            self.drafts.text(self.flow, kind, len(self.lists), self.marker, self.strong.length)
            self.marker = ""
        self.flow, self.strong = None, BoldPrefix()

    def _text(self, text: Text) -> None:
        if self.flow is None:
            if text.data.isspace():
                return
            self.flow = Flow(self.drafts.path)
        text.pour(self.flow)
        self.strong.see(text.data, bold=bool(self.bold), length=self.flow.length)

    def _element(self, element: Element) -> None:
        tag = element.tag
        reason = _reason(element)
        if reason:
            if tag in _BLOCKS:
                self.end()
            self.drafts.drop(reason, element.text())
        elif tag == "br":
            self._line_break(element)
        elif re.fullmatch(r"h[1-6]", tag):
            self.end()
            self._heading(element, int(tag[1]))
        elif tag == "table":
            self.end()
            self._table(element)
        elif tag in ("ul", "ol", "dl"):
            self._list(element)
        elif tag in _BLOCKS:
            self._block(element)
        else:
            heavy = tag in ("b", "strong")
            self.bold += heavy
            self.children(element)
            self.bold -= heavy

    def _line_break(self, element: Element) -> None:
        siblings = element.parent.children if element.parent else []
        at = next(i for i, child in enumerate(siblings) if child is element)
        before = [c for c in siblings[max(0, at - 2) : at] if not (isinstance(c, Text) and c.data.isspace())]
        if before and isinstance(before[-1], Element) and before[-1].tag == "br":
            self.end()
        elif self.flow:
            self.flow.gap()

    def _block(self, element: Element) -> None:
        self.end()
        if element.tag == "li":
            self.marker = self.lists[-1].marker() if self.lists else "•"
            if "value" in element.attrs and self.lists and element.attrs["value"].isdigit():
                self.lists[-1].number = int(element.attrs["value"])
                self.marker = self.lists[-1].marker()
        if element.tag == "summary":
            self._heading(element, self.drafts.depth() + 1)
            return
        deeper = element.tag == "dd"
        if deeper:
            self.lists.append(_List(False, 0))
        self.children(element)
        if deeper:
            self.lists.pop()

    def _list(self, element: Element) -> None:
        self.end()
        start = element.attrs.get("start", "1")
        number = int(start) if start.lstrip("-").isdigit() else 1
        self.lists.append(_List(element.tag == "ol", number, element.attrs.get("type", "1")))
        self.children(element)
        self.lists.pop()

    def _heading(self, element: Element, level: int) -> None:
        flow = Flow(self.drafts.path)
        self._pour(element, flow)
        self.drafts.heading(flow, level)

    def _pour(self, element: Element, flow: Flow) -> None:
        """All text inside ``element`` in one line."""
        for child in element.children:
            if isinstance(child, Text):
                child.pour(flow)
            elif _reason(child):
                self.drafts.drop(_reason(child), child.text())
            else:
                if child.tag in _BLOCKS or child.tag == "br":
                    flow.gap()
                self._pour(child, flow)
                if child.tag in _BLOCKS:
                    flow.gap()

    def _table(self, table: Element) -> None:
        rows = [r for r in table.walk() if r.tag == "tr" and r.nearest("table") is table]
        cells = [
            [c for c in row.children if isinstance(c, Element) and c.tag in ("td", "th")] for row in rows
        ]
        if all(len(row) <= 1 for row in cells) or any(
            e.tag == "table" and e is not table for e in table.walk()
        ):
            self._layout_table(table)
            return
        for caption in (c for c in table.walk() if c.tag == "caption"):
            self.children(caption)
        headers: list[str] = []
        for row in cells:
            if row and all(c.tag == "th" or c.inside("thead") for c in row) and not headers:
                headers = [" ".join(c.text().split()) for c in row]
                self.drafts.drop("table header", " | ".join(headers))
            else:
                self._row(row, headers)

    def _layout_table(self, table: Element) -> None:
        """A table that only places things: read what is in its cells."""
        for child in table.children:
            if isinstance(child, Element):
                self._layout_table(child) if child.tag in (
                    "tbody",
                    "thead",
                    "tfoot",
                    "tr",
                ) else self._element(child)

    def _row(self, row: list[Element], headers: list[str]) -> None:
        flow = Flow(self.drafts.path)
        made: list[Cell] = []
        column = 0
        for cell in row:
            header = headers[column] if column < len(headers) else ""
            span = cell.attrs.get("colspan", "1")
            column += int(span) if span.isdigit() else 1
            if not cell.text().strip():
                continue
            if made:
                flow.add_literal(" | ")
            start = flow.length
            self._pour(cell, flow)
            made.append(Cell(header, Span(start, flow.length)))
        self.drafts.row(flow, made)
