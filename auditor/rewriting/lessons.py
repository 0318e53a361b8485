"""Clauses that shut people out: from a course, or from help for want of paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.rewriting.deeds import Deed, Grammar
from auditor.rewriting.denials import plain
from auditor.rewriting.leads import subject_of
from auditor.rewriting.nominals import linear_deed
from auditor.rewriting.nouns import head_of, is_noun, is_person
from auditor.rewriting.people import named, slot_range
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence


def learning(s: Sentence, top: int, fact: Fact | None, evidence: Collection[int], g: Grammar) -> Found:
    """What is to be learned: the course or skill that the language stage captured, with all that is said of it."""
    subject = subject_of(s, top)
    doer = subject if subject is not None and is_person(s, subject, g.book) else None
    span = slot_range(s, fact, "object", "programme", "content") if fact else None
    if span is None:
        span = next(
            ((i, i + 1) for i in range(s.own, len(s.tokens)) if g.book.has("lessons", s.lemma(i))), None
        )
    if span is None:
        return Found(None, doer, frozenset(), top)
    head = head_of(s, range(*span))
    if s.tokens[head].tag == "VBG" and not is_noun(s, head):
        end = next((i for i in range(head, len(s.tokens)) if s.tokens[i].text in ".?;!,"), len(s.tokens))
        return Found(linear_deed(s, range(head, end), g), doer, frozenset(), top)
    phrase = named(s, span, g, whole=True)
    if phrase is None:
        return Found(None, doer, frozenset(), top)
    verb = g.book.table("support").get(s.lemma(head), "take up")
    first, _, particle = verb.partition(" ")
    short = named(s, span, g)
    late = f"{particle} {phrase.text}".strip()
    deed = Deed("", first, late, short, head, frozenset(s.below(head)), name=phrase)
    return Found(deed, doer, frozenset(), top)


def refusal(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is refused, as what may be done: "an exchange is declined" is "accept an exchange"."""
    found = plain(s, top, evidence, g)
    negated = any(s.tokens[k].dep == "neg" for k in s.kids[top])
    if found.deed is None or (negated and found.deed.late):
        return found
    if not found.deed.late:
        return replace(found, deed=None)
    instead = g.book.table("opposites").get(found.deed.verb)
    if instead is None:
        return replace(found, deed=None)
    return replace(found, deed=replace(found.deed, verb=instead))
