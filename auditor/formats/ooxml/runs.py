"""The text of a run, character by character; reader and annotator count offsets by these functions alone.

A run's text is that of its ``w:t`` and ``w:delText`` children in order, with one character for each
tab ("\\t"), break ("\\n"), hyphen element and symbol. Field instructions, drawings and note marks have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.formats.ooxml.names import Element, P, R, value, w

_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("softHyphen"): "\xad",
}
_TEXTS = {w("t"), w("delText")}
_SYM = w("sym")


@dataclass(frozen=True, slots=True)
class Atom:
    """A child of a run that has text: the element, its text, and where it starts in the run's text."""

    element: Element
    text: str
    offset: int


def symbol(element: Element) -> str:
    """The one character of a ``w:sym``; "?" where its code is not one."""
    try:
        return chr(int(value(element, "char"), 16))
    except (ValueError, OverflowError):
        return "?"


def atom_text(element: Element) -> str:
    """The text of a run's child, "" for one that has none."""
    tag = element.tag
    if tag in _TEXTS:
        return element.text or ""
    if tag in _FIXED:
        return _FIXED[tag]
    return symbol(element) if tag == _SYM else ""


def atoms(run: Element) -> Iterator[Atom]:
    """The children of a run that have text, in order."""
    offset = 0
    for element in run:
        text = atom_text(element)
        if text:
            yield Atom(element, text, offset)
            offset += len(text)


def run_text(run: Element) -> str:
    """The whole text of a run."""
    return "".join(atom.text for atom in atoms(run))


def paragraph_at(root: Element, index: int) -> Element:
    """The ``w:p`` of that index (document order, from 0) in a part; raises IndexError when there is none."""
    for at, paragraph in enumerate(root.iter(P)):
        if at == index:
            return paragraph
    raise IndexError(f"no paragraph {index}")


def run_at(paragraph: Element, index: int) -> Element:
    """The ``w:r`` of that index among a paragraph's descendants; raises IndexError when there is none."""
    for at, run in enumerate(paragraph.iter(R)):
        if at == index:
            return run
    raise IndexError(f"no run {index}")
