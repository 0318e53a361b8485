"""Walks a part: blocks of a container, stretches of a paragraph, each with its stable place.

Indices are those of :class:`auditor.model.location.Location`: the ``w:p`` among all of the part, the
``w:r`` among all descendants of that paragraph, the offset in :func:`runs.run_text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from auditor.formats.ooxml.fields import FieldRole, field_roles
from auditor.formats.ooxml.names import (
    DRAWING,
    MATH,
    MC,
    TBL,
    TEXT_BOX,
    TR,
    P,
    R,
    T,
    child,
    value,
    w,
)
from auditor.formats.ooxml.names import Element as _Element
from auditor.formats.ooxml.package import Part
from auditor.formats.ooxml.runs import atoms
from auditor.formats.ooxml.styles import Look, Styles

Edition = Literal["final", "original"]
Reason = Literal["", "code", "contents", "deleted", "inserted", "hidden", "struck", "phonetic"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one run that looks and counts alike; ``text[i]`` is character ``offset + i`` of the run.

    ``run`` is None for text outside Word runs (formulas, drawings): it has no place of its own.
    ``reason`` says why the text is not read, "" if it is; ``brk`` marks a line break, "page" a page break;
    ``typed`` text counts for coverage, signs that stand for elements do not.
    """

    text: str
    paragraph: int
    run: int | None
    offset: int
    look: Look
    reason: Reason = ""
    brk: Literal["", "line", "page"] = ""
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A mark that cites a footnote or endnote by its id."""

    kind: Literal["footnote", "endnote"]
    id: str


@dataclass(slots=True)
class Paragraph:
    """A walked ``w:p``: properties as of the edition read, stretches in order, what it cites and anchors.

    ``joined``: its mark is gone in this edition, so that its text runs on into the next paragraph.
    """

    element: _Element
    index: int
    ppr: _Element | None
    style: str
    stretches: list[Stretch] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    joined: bool = False

    @property
    def text(self) -> str:
        """What is read of it, unnormalised."""
        return "".join(s.text for s in self.stretches if not s.reason)


_SKIP = {
    w(n)
    for n in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText"),
        *("delInstrText", "rubyPr", "smartTagPr", "customXmlPr", "tblPrEx", "annotationRef"),
    )
}
_BLOCKS = {P, TBL}
_REVISIONS = {w("ins"): "inserted", w("moveTo"): "inserted", w("del"): "deleted", w("moveFrom"): "deleted"}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_TEXTUAL = (T, w("delText"), f"{DRAWING}t", f"{MATH}t")
_RT = w("rt")


def branch(alternate: _Element) -> _Element | None:
    """The one branch of an ``mc:AlternateContent`` to read: the first choice with text, else the fallback."""
    choices = [c for c in alternate if c.tag in (f"{MC}Choice", f"{MC}Fallback")]
    for choice in choices:
        if any(t.text and t.text.strip() for t in choice.iter(*_TEXTUAL)):
            return choice
    return choices[0] if choices else None


def is_element(node: _Element) -> bool:
    """Whether a node is an element (no comment, instruction or entity)."""
    return isinstance(node.tag, str)


class Walker:
    """Walks one part in one edition: "final" reads insertions, "original" deletions."""

    def __init__(self, part: Part, styles: Styles, edition: Edition = "final") -> None:
        self.part = part
        self._styles = styles
        self._unread = "deleted" if edition == "final" else "inserted"
        self._original = edition == "original"
        self._roles: dict[_Element, FieldRole] = field_roles(part.root)
        self._index: dict[_Element, int] = {p: at for at, p in enumerate(part.root.iter(P))}

    def blocks(self, container: _Element) -> Iterator[_Element]:
        """The paragraphs and tables of a container, through content controls and other wrappers."""
        for node in container:
            if not is_element(node) or node.tag in _SKIP:
                continue
            if node.tag in _BLOCKS:
                yield node
            elif node.tag == f"{MC}AlternateContent":
                chosen = branch(node)
                if chosen is not None:
                    yield from self.blocks(chosen)
            else:
                yield from self.blocks(node)

    def rows(self, table: _Element, tag: str = TR) -> Iterator[_Element]:
        """The rows of a table (or cells of a row, by ``tag``), through wrappers."""
        for node in table:
            if not is_element(node) or node.tag in _SKIP:
                continue
            if node.tag == tag:
                yield node
            elif node.tag == f"{MC}AlternateContent":
                chosen = branch(node)
                if chosen is not None:
                    yield from self.rows(chosen, tag)
            elif node.tag not in _BLOCKS:
                yield from self.rows(node, tag)

    def paragraph(self, element: _Element) -> Paragraph:
        """Walks one ``w:p``."""
        ppr = child(element, "pPr")
        mark = child(ppr, "rPr")
        gone = ("del", "moveFrom") if self._unread == "deleted" else ("ins", "moveTo")
        joined = any(child(mark, name) is not None for name in gone)
        before = child(child(ppr, "pPrChange"), "pPr")
        if self._original and before is not None:
            ppr = before
        style = value(child(ppr, "pStyle")) or self._styles.default
        out = Paragraph(element, self._index[element], ppr, style, joined=joined)
        runs = {run: at for at, run in enumerate(element.iter(R))}
        self._inline(element, out, runs, "")
        return out

    def _inline(self, node: _Element, out: Paragraph, runs: dict[_Element, int], reason: Reason) -> None:
        for sub in node:
            if not is_element(sub):
                continue
            tag = sub.tag
            if tag == R:
                self._run(sub, out, runs[sub], runs, reason)
            elif tag == TEXT_BOX:
                out.boxes.append(sub)
            elif tag == f"{MC}AlternateContent":
                chosen = branch(sub)
                if chosen is not None:
                    self._inline(chosen, out, runs, reason)
            elif tag == _RT:
                self._inline(sub, out, runs, "phonetic")
            elif tag in (f"{MATH}t", f"{DRAWING}t"):
                self._foreign(sub, out, reason)
            elif tag in _NOTES and not reason:
                out.notes.append(Note(_NOTES[tag], value(sub, "id")))  # type: ignore[arg-type]
            elif tag in _BLOCKS:
                # A paragraph inside a paragraph, outside any text box: invalid, but its words are there.
                out.boxes.append(node) if node not in out.boxes else None
            elif tag not in _SKIP:
                kind = _REVISIONS.get(tag, "")
                self._inline(sub, out, runs, kind if kind == self._unread else reason)  # type: ignore[arg-type]
                if tag == f"{DRAWING}p" and out.stretches:
                    out.stretches.append(Stretch("\n", out.index, None, 0, Look(), reason, "line", False))

    def _foreign(self, sub: _Element, out: Paragraph, reason: Reason) -> None:
        if sub.text:
            out.stretches.append(Stretch(sub.text, out.index, None, 0, Look(), reason))

    def _run(self, run: _Element, out: Paragraph, at: int, runs: dict[_Element, int], reason: Reason) -> None:
        look = self._styles.look(child(run, "rPr"), out.style)
        for atom in atoms(run):
            role = self._roles.get(atom.element)
            why: Reason = reason or role or ("hidden" if look.hidden else "struck" if look.struck else "")
            brk: Literal["", "line", "page"] = ""
            if atom.text == "\n":
                brk = "page" if value(atom.element, "type") in ("page", "column") else "line"
            out.stretches.append(
                Stretch(atom.text, out.index, at, atom.offset, look, why, brk, atom.element.tag in _TEXTUAL)
            )
        self._inline(run, out, runs, reason)


def visible_characters(part: Part) -> int:
    """Characters other than white space in the text elements of a part (deleted ones, formulas and drawings
    too), copies in an unread ``mc`` branch left out: what a faithful reading has to account for."""
    unread: set[_Element] = set()
    for alternate in part.root.iter(f"{MC}AlternateContent"):
        chosen = branch(alternate)
        for other in alternate:
            if other is not chosen and is_element(other):
                unread.update(other.iter(*_TEXTUAL))
    return sum(len("".join((t.text or "").split())) for t in part.root.iter(*_TEXTUAL) if t not in unread)
