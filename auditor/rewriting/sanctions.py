"""Clauses that punish: what they punish is the act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.rewriting.deeds import Deed, Grammar, verb_deed
from auditor.rewriting.denials import plain
from auditor.rewriting.forms import listed
from auditor.rewriting.leads import subject_of
from auditor.rewriting.nominals import linear_deed, noun_deed
from auditor.rewriting.nouns import is_noun, is_person, noun_phrase
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence

_RELATIVES = listed("that which who what it they you we he she not")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_BREACHES = listed(
    "failure refusal violation breach disregard departure deviation contravention infringement non-compliance noncompliance"
)


def sanction(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is punished: of "a clerk who …" the relative clause, of "going off the list …" the gerund, "if you …"."""
    started = _at_start(s, g)
    if started is not None:
        return Found(started, None, frozenset(), top)
    subject = subject_of(s, top)
    end = next((i for i in sorted(evidence) if s.tokens[i].tag in _FINITE), len(s.tokens))
    people = (_of_person(s, person, top, end, g) for person in (subject, top))
    for found in (*people, _of_breach(s, subject, top, g)):
        if found is not None:
            return found
    for kid in s.kids[top]:
        if s.tokens[kid].dep == "advcl" and any(s.low(k) in ("if", "when", "where") for k in s.kids[kid]):
            deed = verb_deed(s, kid, g)
            if deed and deed.verb != "be":
                return Found(deed, s.child(kid, "nsubj"), frozenset(), top)
    if s.tokens[top].tag in ("VB", "VBP", "VBG") and subject is None:
        return Found(verb_deed(s, top, g), None, frozenset(), top)
    return _of_noun(s, subject, top, g) or plain(s, top, evidence, g)


def _of_person(s: Sentence, person: int | None, top: int, end: int, g: Grammar) -> Found | None:
    """ "A clerk who grants …", "an employee exceeding …"; the verdict begins at ``end``."""
    if person is None or not is_person(s, person, g.book):
        return None
    for kid in s.children(person, "relcl", "acl"):
        deed = verb_deed(s, kid, g, [i for i in s.below(kid) if i >= end > kid])
        if deed is not None:
            if deed.verb == "exceed":
                deed = replace(deed, verb="go", late=f"beyond {deed.late}")
            return Found(deed, person, frozenset(), top)
    return None


def _of_breach(s: Sentence, subject: int | None, top: int, g: Grammar) -> Found | None:
    """ "Any departure from the template will …", "going off the list will …"."""
    if subject is None:
        return None
    breach = _breach(s, subject, g)
    if breach is None and s.tokens[subject].pos in ("VERB", "AUX"):
        breach = verb_deed(s, subject, g)
    return Found(breach, None, frozenset(), top) if breach is not None else None


def _of_noun(s: Sentence, subject: int | None, top: int, g: Grammar) -> Found | None:
    """A fragment ("violation of procedures") or a subject that names the act."""
    if is_noun(s, top):
        chosen = [i for i in s.below(top) if i >= s.own]
        return Found(
            _breach(s, top, g) or (noun_deed(s, chosen, g) if chosen else None), None, frozenset(), top
        )
    if subject is not None and not is_person(s, subject, g.book):
        return Found(noun_deed(s, s.below(subject), g), None, frozenset(), top)
    return None


def _at_start(s: Sentence, g: Grammar) -> Deed | None:
    """ "Going off the list brings a warning", "release it and you lose your round": the words before the verdict."""
    own = range(s.own, len(s.tokens))
    if not own or s.tokens[s.own].pos not in ("VERB", "AUX"):
        return None
    if s.tokens[s.own].tag == "VBG":
        end = next((i for i in own if s.tokens[i].tag in _FINITE and s.low(i - 1) not in _RELATIVES), None)
        return linear_deed(s, range(s.own, end), g) if end is not None and end > s.own + 1 else None
    end = next(
        (
            i
            for i in own
            if s.low(i) == "and" and i + 1 in own and s.low(i + 1) in ("you", "it", "we", "that")
        ),
        None,
    )
    return (
        linear_deed(s, range(s.own, end), g)
        if end is not None and s.tokens[s.own].tag in ("VB", "VBP")
        else None
    )


def _breach(s: Sentence, noun: int, g: Grammar) -> Deed | None:
    """ "Failure to follow the script", "any departure from the template": one departs from it."""
    if s.lemma(noun) not in _BREACHES:
        return None
    inside = s.below(noun)
    preps = [
        k
        for i in inside
        for k in s.kids[i]
        if s.low(k) in ("of", "with", "to", "from") and s.tokens[k].dep == "prep"
    ]
    target = s.child(preps[0], "pobj") if preps else None
    if target is None:
        verb = s.child(noun, "acl")
        target = s.child(verb, "dobj") if verb is not None else None
    words = noun_phrase(s, s.below(target), g.book, g.casing) if target is not None else None
    return Deed("", "depart", f"from {words.text}", words, noun, frozenset(inside)) if words else None
