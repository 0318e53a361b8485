"""Quoted text cut into stretches, marked or plain, safe to show."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.location import Span

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
KINDS = ("active", "baselined", "suppressed", "guarded", "strength", "cue")
"""Kinds of marks, the one that shows first where several overlap."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark: their range, why (one of :data:`KINDS`), and the element that says more ("" for none)."""

    span: Span
    kind: str
    target: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text: ``kind`` is "" where nothing marks it; ``targets`` are the notes that do."""

    text: str
    kind: str = ""
    targets: tuple[str, ...] = ()
    whole: bool = False


def visible(text: str) -> str:
    """``text`` with every control character, and every character that turns the order of others, spelt out.

    Right-to-left writing itself stays as it is; the page isolates each quotation.
    """
    return _CONTROL.sub(
        lambda m: f"\N{LEFT-POINTING ANGLE BRACKET}U+{ord(m[0]):04X}\N{RIGHT-POINTING ANGLE BRACKET}", text
    )


def stretches(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None
) -> tuple[Stretch, ...]:
    """``text[start:end]`` in order, cut wherever a mark begins or ends; marks may overlap and overhang."""
    stop = len(text) if end is None else end
    inside = [m for m in marks if m.span.start < stop and m.span.end > start]
    edges = {start, stop}
    for mark in inside:
        edges |= {max(start, mark.span.start), min(stop, mark.span.end)}
    cuts = sorted(edges)
    return tuple(
        _stretch(text[a:b], [m for m in inside if m.span.start <= a and m.span.end >= b])
        for a, b in itertools.pairwise(cuts)
    )


def _stretch(text: str, marks: list[Mark]) -> Stretch:
    if not marks:
        return Stretch(text)
    narrow = [m for m in marks if not m.whole] or marks
    kind = min((m.kind for m in narrow), key=KINDS.index)
    targets = tuple(dict.fromkeys(m.target for m in marks if m.target))
    return Stretch(text, kind, targets, all(m.whole for m in marks))


def marked(text: str, spans: Iterable[Span], kind: str) -> tuple[Stretch, ...]:
    """A quotation with its triggering words marked."""
    return stretches(text, [Mark(span, kind) for span in spans])


def cued(text: str, cue: str) -> tuple[Stretch, ...]:
    """A quotation with the words that a guard rests on marked, where they stand in it."""
    found = re.search(re.escape(cue), text, re.IGNORECASE) if cue else None
    return stretches(text, [Mark(Span(*found.span()), "cue")] if found else [])
