"""Cuts runs at the offsets of a location and anchors comments there, leaving all other bytes' meaning alone.

Cutting renumbers the runs behind the cut: resolve or edit the last place of a paragraph first, or call
:func:`isolate` for every place before changing anything else and keep the elements it gives.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from auditor.errors import RenderError
from auditor.formats.ooxml.names import TEXT_BOX, Element, P, R, child, w
from auditor.formats.ooxml.runs import atom_text, paragraph_at, run_at, run_text
from auditor.model.location import Location

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = {w(n) for n in ("ins", "del", "moveTo", "moveFrom")}


def split_run(run: Element, offset: int) -> tuple[Element | None, Element | None]:
    """Cuts a run before character ``offset`` of :func:`runs.run_text`; both parts keep its properties.

    Gives (left, right); one is None, and nothing is changed, where the cut falls on an end of the run.
    Children without text (drawings, note marks) stay left of the cut when they stand before it.
    """
    size = len(run_text(run))
    if offset <= 0:
        return None, run
    if offset >= size:
        return run, None
    right = etree.SubElement(run.getparent(), R)
    run.addnext(right)
    right.attrib.update(run.attrib)
    if (properties := child(run, "rPr")) is not None:
        right.append(deepcopy(properties))
    at = 0
    for element in list(run):
        text = atom_text(element)
        if element.tag == w("rPr") or (at + len(text) <= offset and at < offset):
            at += len(text)
        elif at >= offset:
            right.append(element)
            at += len(text)
        else:
            _cut_text(element, offset - at, right)
            at += len(text)
    return run, right


def _cut_text(element: Element, offset: int, right: Element) -> None:
    text = element.text or ""
    rest = deepcopy(element)
    element.text, rest.text = text[:offset], text[offset:]
    for half in (element, rest):
        half.set(_SPACE, "preserve")
    right.append(rest)


def _runs_between(root: Element, first: Element, last: Element) -> list[Element]:
    """The runs from ``first`` to ``last`` in document order, those of text boxes on the way left out."""
    chosen: list[Element] = []
    home = _home(first)
    inside = False
    for run in root.iter(R):
        inside = inside or run is first
        if inside and (_home(run) is home or _home(run) is _home(last)):
            chosen.append(run)
        if run is last:
            break
    return chosen


def _home(run: Element) -> Element | None:
    """The text box or part a run belongs to."""
    for above in run.iterancestors(TEXT_BOX):
        return above
    return None


def isolate(root: Element, place: Location) -> list[Element]:
    """The runs that hold exactly the text of ``place``, cut out of their neighbours where needed.

    Raises :class:`RenderError` when the part has no such place (the file has changed, or the text stands
    outside runs)."""
    if place.paragraph is None or place.run is None or place.end_run is None or place.offset is None:
        raise RenderError(f"{place.path}: text without a place in a run; anchor its whole paragraph instead")
    try:
        start = run_at(paragraph_at(root, place.paragraph), place.run)
        stop = run_at(paragraph_at(root, place.end_paragraph or place.paragraph), place.end_run)
    except IndexError as error:
        raise RenderError(f"{place.path}: {error}; has the file changed since the audit?") from error
    end = len(run_text(stop)) if place.end_offset is None else place.end_offset
    # The end is cut first: a cut at the start would move it.
    left, _ = split_run(stop, end)
    stop = stop if left is None else left
    _, right = split_run(start, place.offset)
    first = start if right is None else right
    last = first if stop is start else stop
    return _runs_between(root, first, last)


def _reference(comment: str) -> Element:
    run = etree.Element(R)
    properties = etree.SubElement(run, w("rPr"))
    etree.SubElement(properties, w("rStyle")).set(w("val"), "CommentReference")
    etree.SubElement(run, w("commentReference")).set(w("id"), comment)
    return run


def _outside_tracked(element: Element) -> Element:
    """The outermost tracked change around an element, itself if there is none: rejecting the change must
    not take the mark along."""
    outer = element
    for above in element.iterancestors():
        if above.tag in _TRACKED:
            outer = above
        elif above.tag == P:
            break
    return outer


def anchor_comment(runs: list[Element], comment: str) -> None:
    """Puts the range marks and the reference of comment id ``comment`` around ``runs`` (not empty)."""
    start = etree.Element(w("commentRangeStart"))
    end = etree.Element(w("commentRangeEnd"))
    for mark in (start, end):
        mark.set(w("id"), comment)
    _outside_tracked(runs[0]).addprevious(start)
    tail = _outside_tracked(runs[-1])
    tail.addnext(end)
    end.addnext(_reference(comment))
