"""The texts that a finding's wordings give, those first that say most; each within the bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.model.clause import Clause
from auditor.model.finding import Applicability
from auditor.model.rule import Test
from auditor.rewriting.bounds import invented, longest, missing, sentences, words
from auditor.rewriting.forms import Phrase
from auditor.rewriting.phrasebook import Sentences
from auditor.rewriting.register import Register
from auditor.rewriting.sentence import Sentence
from auditor.rewriting.slots import Kit
from auditor.rewriting.templates import fill

_QUOTING = frozenset({"softened", "eased", "kept"})
_LATER = 1000
_TODAY = re.compile(r"\[([a-z ]+); today ([^\]]+)\]")
_SPACE = re.compile(r"\s+([,.;:])")
_STOPPED = re.compile(r"([.;,:])[.;,:]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may stand in a clause's place; ``alone`` where its lead-in would have to go."""

    text: str
    applicability: Applicability
    alone: bool = False
    rank: int = 0
    """The place of its wording among the wordings."""
    quotes: bool = False
    """Whether it takes over the clause itself, softened."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the clause is kept word for word before and after the new text; ``guarded`` where it has to be."""

    before: str = ""
    after: str = ""
    guarded: bool = False


def candidates(
    s: Sentence, clause: Clause, wordings: Sequence[Sentences], kit: Kit, register: Register, frame: Frame,
    spelling: Mapping[str, str],
) -> Iterator[Candidate]:  # fmt: skip
    """Every text within the bounds, in the order of the wordings, each once.

    Texts that lose the title of somebody above come after those that lose nothing, ideas last.
    """
    titles = titles_of(s, kit)
    later: list[Candidate] = []
    ideas: list[Candidate] = []
    seen: set[str] = set()
    for rank, wording, text in _filled(s, clause, wordings, kit, register, frame, spelling):
        if text in seen:
            continue
        seen.add(text)
        ready: Applicability = "decision" if "[" in text else "ready"
        quotes = bool(wording.needs & _QUOTING)
        if wording.applicability == "idea":
            ideas.append(Candidate(text, "idea", rank=rank + 2 * _LATER))
        elif within_bounds(s, clause, text, register, frozenset()):
            yield Candidate(text, ready, rank=rank, quotes=quotes)
        elif within_bounds(s, clause, text, register, titles):
            later.append(Candidate(text, ready, rank=rank + _LATER, quotes=quotes))
    yield from later
    yield from ideas


def _filled(
    s: Sentence, clause: Clause, wordings: Sequence[Sentences], kit: Kit, register: Register, frame: Frame,
    spelling: Mapping[str, str],
) -> Iterator[tuple[int, Sentences, str]]:  # fmt: skip
    for rank, wording in enumerate(wordings):
        kept = kit.kept if "kept" in wording.needs else ("",)
        for slots in ({**kit.slots, "kept": Phrase(text)} if text else kit.slots for text in kept):
            if not wording.needs <= slots.keys() or not all(_holds(test, kit) for test in wording.when):
                continue
            text = s.marker + framed(finished(fill(wording.template, slots, spelling), clause), frame)
            if register.obliges == "shall" and "must" not in clause.text:
                text = re.sub(r"\bmust\b", "shall", text)
            yield rank, wording, text


def titles_of(s: Sentence, kit: Kit) -> frozenset[str]:
    """Words of the clause that are titles of people, not names."""
    return frozenset(s.low(i) for i in kit.people)


def _holds(test: Test, kit: Kit) -> bool:
    value = kit.features.get(test.field)
    if test.op in ("has", "lacks"):
        return (test.field in kit.slots or bool(value)) == (test.op == "has")
    return (value in test.values) == (test.op == "eq")


def finished(text: str, clause: Clause) -> str:
    """The text with its spaces and its closing stop in order; a row has none."""
    text = " ".join(text.replace("\u200b", "").split())
    text = _STOPPED.sub(r"\1", _SPACE.sub(r"\1", text)).strip(" ;,")
    if " | " in text or text.endswith((".", "!", "?", ".”", '."', ".]")):
        return text
    return f"{text}."


def framed(text: str, frame: Frame) -> str:
    """The new text between the parts that stay as they are."""
    if frame.after:
        text = f"{text.rstrip('.')}; {frame.after}"
    if frame.before:
        text = f"{frame.before.rstrip(' ,;.')}; {text[:1].lower()}{text[1:]}"
    return text


def within_bounds(s: Sentence, clause: Clause, text: str, register: Register, titles: frozenset[str]) -> bool:
    """Whether a text keeps the clause's numbers and names but for ``titles``, invents none, and is short enough."""
    if words(text) > longest(clause.text) or sentences(text) > 2:
        return False
    if text.rstrip(".") == clause.text.rstrip("."):
        return False
    context = f"{clause.lead_in} {' '.join(clause.heading)}"
    return not missing(s, clause.text, text, register.casing, titles) and not invented(
        clause.text, context, text
    )
