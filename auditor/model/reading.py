"""The grammatical reading of a clause."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``start`` is its offset in the reading's text, ``head`` an index into the tokens (its own
    index at a root). ``tag``, ``pos`` and ``dep`` are Penn, Universal and ClearNLP labels as spaCy gives them."""

    start: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int

    @property
    def end(self) -> int:
        """Offset just after the token."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """The parse of a clause together with its lead-in.

    ``text`` is the lead-in (if any), a space, and the clause; ``own`` the offset at which the clause's
    own text begins, so ``text[own:] == clause.text``. ``parts`` gives for each token the index of the conjunct it
    belongs to (0 for a simple clause).
    """

    clause: str
    text: str
    own: int
    tokens: tuple[Token, ...]
    parts: tuple[int, ...]
