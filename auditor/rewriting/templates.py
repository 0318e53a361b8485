"""Sentences with places for slots.

``{slot}`` takes a slot's words, ``{slot|words}`` the words where the slot is empty. ``{their@slot}`` is a pronoun for
a slot (they, them, their, themselves), ``{answer@slot}`` a verb that agrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.rewriting.forms import Phrase, capital

PRONOUNS = frozenset({"they", "them", "their", "themselves"})
SLOTS = frozenset(
    {
        "actor", "act", "doing", "object", "approver", "limit", "amount", "matter", "clause", "softened", "lead",
        "notice", "manner", "subject", "customer", "customers", "judgement", "staff", "topic", "heading", "system",
        "person", "unit", "days", "case", "condition", "rest", "leader", "measure", "place", "then", "deadline",
        "stand_in", "levels", "target", "owner", "value", "claim", "content", "tail", "rule", "each", "own",
    }
)  # fmt: skip
"""Every slot a wording may name; a fact's own roles come on top where the language stage captured them."""

_PLACE = re.compile(r"\{(?:([a-z_]+)@)?([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")
_SENTENCE_END = re.compile(r"(?:[.!?]['”\"’)]?\s+|\|\s*)$")


class TemplateError(ValueError):
    """A wording that cannot be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a template: the slot, what stands there if it is empty (None: nothing may), and a word that
    refers to it or agrees with it."""

    slot: str
    otherwise: str | None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Fixed words and places in turn."""

    pieces: tuple[str | Place, ...]

    @property
    def needs(self) -> frozenset[str]:
        """The slots without which the template cannot be filled."""
        bare = (p for p in self.pieces if isinstance(p, Place) and p.otherwise is None)
        return frozenset(p.slot for p in bare)


def compile_template(text: str) -> Template:
    """Read a wording; raises TemplateError where a brace holds no place."""
    pieces: list[str | Place] = []
    at = 0
    for found in _PLACE.finditer(text):
        pieces.append(text[at : found.start()])
        pieces.append(Place(found[2], found[3], found[1] or ""))
        at = found.end()
    pieces.append(text[at:])
    if any("{" in p or "}" in p for p in pieces if isinstance(p, str)):
        raise TemplateError("a brace holds no {slot}, {slot|words} or {word@slot}")
    return Template(tuple(p for p in pieces if p != ""))


def fill(template: Template, slots: Mapping[str, Phrase], spelling: Mapping[str, str]) -> str:
    """The sentence with its slots; ``spelling`` changes words of the template itself.

    Raises KeyError for a slot that is needed and not there.
    """
    text = ""
    for piece in template.pieces:
        if isinstance(piece, str):
            words = respelled(piece, spelling)
        elif piece.word:
            phrase = slots.get(piece.slot)
            if phrase is None and piece.otherwise is None:
                raise KeyError(piece.slot)
            words = piece.otherwise or ""
            if phrase is not None:
                words = phrase.pronoun(piece.word) if piece.word in PRONOUNS else phrase.verb(piece.word)
        else:
            known = slots.get(piece.slot)
            if known is None and piece.otherwise is None:
                raise KeyError(piece.slot)
            words = known.text if known else respelled(piece.otherwise or "", spelling)
        begins = not text.strip() or _SENTENCE_END.search(text)
        text += capital(words) if begins and words.strip() else words
    return text


def respelled(text: str, spelling: Mapping[str, str]) -> str:
    """Words of ``text`` replaced by ``spelling`` (lower-case words on both sides)."""
    if not spelling:
        return text
    return re.sub(r"[a-z]+", lambda m: spelling.get(m[0], m[0]), text)
