"""Facts: what the engine reasons about."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.location import Span

Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A role's words in a reading's text: ``start:end``, and the index of the head token."""

    role: str
    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A small typed statement about a clause, a section or a document.

    ``fields`` are sorted pairs of name and scalar: what the engine sees. ``slots`` and ``evidence`` (spans in
    the clause's own text, the triggering words) never enter the engine. ``source`` names the frame and form
    that produced the fact. ``id`` is unique within a document.
    """

    id: str
    kind: str
    clause: str
    part: int
    section: int
    document: str
    fields: tuple[tuple[str, Scalar], ...] = ()
    slots: tuple[Slot, ...] = ()
    evidence: tuple[Span, ...] = ()
    source: str = ""

    def get(self, name: str, default: Scalar | None = None) -> Scalar | None:
        """The value of a field, or ``default``."""
        return next((value for key, value in self.fields if key == name), default)
