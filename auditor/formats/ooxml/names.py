"""XML names of Office Open XML; Strict files are brought to the Transitional names before parsing."""

from __future__ import annotations

from typing import Any

#: An lxml element; lxml ships no types.
Element = Any

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"

#: Strict names (ISO/IEC 29500-1, annex A) and the Transitional ones that mean the same.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W_NS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R_NS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}


def w(name: str) -> str:
    """The Clark name of a WordprocessingML element or attribute."""
    return f"{{{W_NS}}}{name}"


def child(element: Element, name: str) -> Element | None:
    """The first WordprocessingML child called ``name``, None if there is none."""
    return None if element is None else element.find(w(name))


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """A WordprocessingML attribute of an element that may be missing."""
    return default if element is None else str(element.get(w(name), default))


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """A whole-number attribute; ``default`` where it is missing or not a number."""
    try:
        return int(value(element, name, str(default)))
    except ValueError:
        return default


def switch(element: Element | None) -> bool | None:
    """An on/off property: None when absent, else whether it is on."""
    if element is None:
        return None
    return value(element, "val", "true") not in {"0", "false", "off", "none"}


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
SDT, SDT_CONTENT, TEXT_BOX = w("sdt"), w("sdtContent"), w("txbxContent")
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
