"""Which text of a part belongs to field instructions or to a table of contents.

Complex fields open and close anywhere, across runs and paragraphs, so one pass over the part in
document order settles it beforehand and the walk itself stays free of state.
"""

from __future__ import annotations

import re
from typing import Literal

from auditor.formats.ooxml.names import SDT, Element, R, child, value, w

FieldRole = Literal["code", "contents"]

_CONTENTS = re.compile(r"^\s*(TOC|INDEX|TOA)\b", re.IGNORECASE)
_FLD, _INSTR, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")


class _Field:
    __slots__ = ("code", "result")

    def __init__(self) -> None:
        self.code, self.result = "", False


def _balanced(root: Element) -> set[Element]:
    """The ``begin`` marks that have an ``end``; others are ignored, as text behind them would vanish."""
    open_marks: list[Element] = []
    good: set[Element] = set()
    for mark in root.iter(_FLD):
        kind = value(mark, "fldCharType")
        if kind == "begin":
            open_marks.append(mark)
        elif kind == "end" and open_marks:
            good.add(open_marks.pop())
    return good


def _role(stack: list[_Field]) -> FieldRole | None:
    if any(not f.result for f in stack):
        return "code"
    return "contents" if any(_CONTENTS.match(f.code) for f in stack) else None


def field_roles(root: Element) -> dict[Element, FieldRole]:
    """The text-bearing run children of a part that are no plain text, by role."""
    roles: dict[Element, FieldRole] = {}
    good = _balanced(root)
    stack: list[_Field] = []
    for element in root.iter(_FLD, _INSTR, *_TEXT_TAGS) if good else ():
        if element.tag == _FLD:
            kind = value(element, "fldCharType")
            if kind == "begin":
                if element in good:
                    stack.append(_Field())
            elif kind == "separate" and stack:
                stack[-1].result = True
            elif kind == "end" and stack:
                stack.pop()
        elif element.tag == _INSTR:
            if stack and not stack[-1].result:
                stack[-1].code += element.text or ""
        elif stack and (role := _role(stack)) is not None:
            roles[element] = role
    _mark_containers(root, roles)
    return roles


_TEXT_TAGS = tuple(
    w(n) for n in ("t", "delText", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym")
)


def _mark_containers(root: Element, roles: dict[Element, FieldRole]) -> None:
    holders = [f for f in root.iter(_SIMPLE) if _CONTENTS.match(value(f, "instr"))]
    for sdt in root.iter(SDT):
        gallery = child(child(child(sdt, "sdtPr"), "docPartObj"), "docPartGallery")
        if value(gallery).lower() == "table of contents":
            holders.append(sdt)
    for holder in holders:
        for run in holder.iter(R):
            for element in run.iter(*_TEXT_TAGS):
                roles.setdefault(element, "contents")
