"""Many places cut out of a part at once, and their text replaced as tracked changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from auditor.errors import RenderError
from auditor.formats.ooxml.edit import split_run
from auditor.formats.ooxml.names import TEXT_BOX, Element, P, R, T, child, w
from auditor.formats.ooxml.runs import atom_text, run_text
from auditor.model.location import Location

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD = w("fldChar")
_WRAPPED = (w("hyperlink"), w("fldSimple"))
_WORDS = frozenset({w("rPr"), w("lastRenderedPageBreak")})


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes changes and comments; ``date`` (ISO, with a time) is left out where it is ""."""

    name: str
    initials: str
    date: str = ""


def isolate_all(root: Element, places: Sequence[Location]) -> list[list[Element]]:
    """For each place the runs that hold exactly its text, cut out of their neighbours where needed.

    A place without runs, or one that the part does not have, gives an empty list. Places may overlap.
    """
    finder = _Finder(root)
    ends = [finder.ends(place) for place in places]
    cuts: defaultdict[Element, set[int]] = defaultdict(set)
    for found in ends:
        if found is not None:
            (first, at), (last, to) = found
            cuts[first].add(at)
            cuts[last].add(to)
    pieces = {run: _cut(run, offsets) for run, offsets in cuts.items()}
    return [_between(root, pieces, found) if found else [] for found in ends]


End = tuple[Element, int]


class _Finder:
    def __init__(self, root: Element) -> None:
        self._paragraphs = list(root.iter(P))

    def ends(self, place: Location) -> tuple[End, End] | None:
        if place.paragraph is None or place.run is None or place.offset is None or place.end_run is None:
            return None
        first = self._run(place.paragraph, place.run)
        stop = place.paragraph if place.end_paragraph is None else place.end_paragraph
        last = self._run(stop, place.end_run)
        if first is None or last is None:
            return None
        end = len(run_text(last)) if place.end_offset is None else place.end_offset
        return (first, place.offset), (last, end)

    def _run(self, paragraph: int, run: int) -> Element | None:
        if paragraph >= len(self._paragraphs):
            return None
        return next((r for at, r in enumerate(self._paragraphs[paragraph].iter(R)) if at == run), None)


def _cut(run: Element, offsets: set[int]) -> list[tuple[int, Element]]:
    """The run cut at its offsets: the pieces with the offset where each begins, in order."""
    pieces = []
    for offset in sorted(offsets, reverse=True):
        left, right = split_run(run, offset)
        if left is not None and right is not None:
            pieces.append((offset, right))
    return [(0, run), *reversed(pieces)]


def _between(
    root: Element, pieces: dict[Element, list[tuple[int, Element]]], found: tuple[End, End]
) -> list[Element]:
    (first, at), (last, to) = found
    if first is last and at >= to:
        return []
    # A place may begin at the very end of a run, or end at the very beginning of one.
    outside = {None if any(offset == at for offset, _ in pieces[first]) else pieces[first][-1][1]}
    outside.add(pieces[last][0][1] if to == 0 else None)
    start = next((piece for offset, piece in reversed(pieces[first]) if offset <= at), first)
    stop = next((piece for offset, piece in reversed(pieces[last]) if offset < to), last)
    homes = {_home(start), _home(stop)}
    chosen: list[Element] = []
    inside = False
    for run in _common(start, stop, root).iter(R):
        inside = inside or run is start
        if inside and run not in outside and _home(run) in homes and run_text(run):
            chosen.append(run)
        if inside and run is stop:
            return chosen
    return []


def _common(start: Element, stop: Element, root: Element) -> Element:
    above = set(stop.iterancestors(P))
    return next((one for one in start.iterancestors(P) if one in above), root)


def _home(run: Element) -> Element | None:
    return next(iter(run.iterancestors(TEXT_BOX)), None)


def can_replace(runs: Sequence[Element]) -> bool:
    """Whether the text of these runs can be replaced by a tracked change without breaking anything: they
    stand in one paragraph and outside of fields, whose results a program may compute anew."""
    if not runs:
        return False
    paragraphs = {next(iter(run.iterancestors(P)), None) for run in runs}
    if len(paragraphs) != 1 or None in paragraphs:
        return False
    if any(above.tag == w("fldSimple") for run in runs for above in run.iterancestors()):
        return False
    (paragraph,) = paragraphs
    return not _in_field(paragraph, runs)


def _in_field(paragraph: Element, runs: Sequence[Element]) -> bool:
    depth, wanted = 0, set(runs)
    for run in paragraph.iter(R):
        for mark in run.iter(_FIELD):
            kind = mark.get(w("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind, 0)
        if run in wanted and (depth > 0 or run.find(_FIELD) is not None):
            return True
    return False


def replace_tracked(runs: Sequence[Element], text: str, author: Author, number: int) -> int:
    """Delete ``runs`` and insert ``text`` in their place, tracked; numbers are taken from ``number`` on, and the
    next free one comes back. The insertion looks like the first run outside of a link; drawings, notes and other things
    without text stay where they are. Raises RenderError if :func:`can_replace` does not hold.
    """
    if not can_replace(runs):
        raise RenderError("this text cannot be replaced by a tracked change")
    words = [piece for run in runs for piece in _purified(run)]
    if not words:
        raise RenderError("this text cannot be replaced by a tracked change: it holds no words")
    # Words inserted behind a link's last run would become part of the link.
    model = next((run for run in words if run.getparent().tag not in _WRAPPED), words[-1])
    after: Element = model
    for run in words:
        wrapper = etree.Element(w("del"))
        _sign(wrapper, author, number)
        number += 1
        run.addprevious(wrapper)
        wrapper.append(run)
        for written in list(run.iter(T)):
            written.tag = w("delText")
            written.set(_SPACE, "preserve")
        if run is model:
            after = wrapper
    if text:
        inserted = _inserted(model, text, author, number)
        _behind(after, inserted)
        number += 1
    return number


def insert_tracked(run: Element, text: str, author: Author, number: int, *, before: bool) -> int:
    """Insert ``text`` before or behind a run, tracked, looking like it; the next free number comes back."""
    inserted = _inserted(run, text, author, number)
    if before:
        _outermost(run).addprevious(inserted)
    else:
        _behind(run, inserted)
    return number + 1


def _purified(run: Element) -> list[Element]:
    """The run, or the parts of it that hold nothing but text, cut from those that hold other things."""
    special = [one for one in run if one.tag not in _WORDS and not _is_text(one)]
    if not special:
        return [run]
    groups: list[tuple[bool, list[Element]]] = []
    for element in [one for one in run if one.tag != w("rPr")]:
        textual = _is_text(element) or element.tag in _WORDS
        if not groups or groups[-1][0] != textual:
            groups.append((textual, []))
        groups[-1][1].append(element)
    parts = [(textual, _clone(run, elements)) for textual, elements in groups]
    for _, part in reversed(parts):
        run.addnext(part)
    run.getparent().remove(run)
    return [part for textual, part in parts if textual and run_text(part)]


def _is_text(element: Element) -> bool:
    return bool(atom_text(element)) or element.tag == T


def _clone(run: Element, elements: Sequence[Element]) -> Element:
    part = etree.Element(R)
    part.attrib.update(run.attrib)
    if (properties := child(run, "rPr")) is not None:
        part.append(deepcopy(properties))
    part.extend(elements)
    return part


def _inserted(model: Element, text: str, author: Author, number: int) -> Element:
    wrapper = etree.Element(w("ins"))
    _sign(wrapper, author, number)
    run = etree.SubElement(wrapper, R)
    if (properties := child(model, "rPr")) is not None:
        copied = deepcopy(properties)
        for old in copied.findall(w("rPrChange")):
            copied.remove(old)
        run.append(copied)
    written = etree.SubElement(run, T)
    written.text = text
    written.set(_SPACE, "preserve")
    return wrapper


def _sign(wrapper: Element, author: Author, number: int) -> None:
    wrapper.set(w("id"), str(number))
    wrapper.set(w("author"), author.name)
    if author.date:
        wrapper.set(w("date"), author.date)


def _outermost(element: Element) -> Element:
    """The insertion of somebody else around an element, itself if there is none."""
    return next((above for above in element.iterancestors(w("ins"))), element)


def _behind(element: Element, inserted: Element) -> None:
    """Put an insertion behind an element; an insertion of somebody else around it is cut in two, so that
    theirs can be rejected without ours."""
    outer = _outermost(element)
    if outer is not element:
        branch = element
        while branch.getparent() is not outer:
            branch = branch.getparent()
        rest = list(branch.itersiblings())
        if rest:
            second = etree.Element(outer.tag)
            second.attrib.update(outer.attrib)
            second.extend(rest)
            outer.addnext(second)
    outer.addnext(inserted)
