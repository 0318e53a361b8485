"""Clauses that hand a matter on, or say what to tell and what to keep quiet."""

from __future__ import annotations

from collections.abc import Collection

from auditor.rewriting.deeds import Deed, Grammar
from auditor.rewriting.forms import Phrase
from auditor.rewriting.leads import subject_of
from auditor.rewriting.nominals import linear_deed, within
from auditor.rewriting.nouns import is_noun, is_person, noun_phrase
from auditor.rewriting.people import superior
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence


def handover(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is handed over: the object of the verb, or its subject where that is no person."""
    verb = next(
        (i for i in sorted(evidence) if g.book.has("handing", s.lemma(i)) and s.tokens[i].pos == "VERB"), top
    )
    if s.own < len(s.tokens) and s.tokens[s.own].tag == "VBG" and s.tokens[s.own].pos == "VERB":
        end = next(
            (i for i in range(s.own, len(s.tokens)) if s.tokens[i].tag in ("VBZ", "VBP", "MD")), len(s.tokens)
        )
        return Found(linear_deed(s, range(s.own, end), g), None, frozenset(), top)
    target = s.child(verb, "dobj", "nsubjpass", "obj")
    subject = subject_of(s, verb)
    if target is None and subject is not None and not is_person(s, subject, g.book):
        target = subject
    if target is None and is_noun(s, top) and not is_person(s, top, g.book):
        target = top
    doer = subject if subject is not None and is_person(s, subject, g.book) else None
    if target is None or s.tokens[target].pos == "PRON" or is_person(s, target, g.book):
        target = _trouble(s, g)
    if target is None:
        return Found(None, doer, frozenset(), top)
    gone = [k for k in s.kids[target] if s.tokens[k].dep == "prep" and s.low(k) in ("to", "up", "with")]
    inside = within(s, s.below(target, gone), target)
    onward = next(
        (i for i in inside if i > target and s.low(i) in ("up", "upwards", "upward", "to", "back", "onto")),
        None,
    )
    inside = [i for i in inside if onward is None or i < onward]
    words = noun_phrase(s, inside, g.book, g.casing)
    deed = Deed("", "settle", words.text, words, target, frozenset(inside)) if words else None
    return Found(deed, doer, frozenset(), top)


def owner_of(s: Sentence, top: int, g: Grammar) -> Phrase | None:
    """Whose business the matter is said to be: "belongs to the desk", "is heard by the office", "is the desk's task"."""
    for at in (top, *s.kids[top]):
        for kid in s.kids[at]:
            if s.low(kid) in ("to", "by", "for", "with") and s.tokens[kid].dep in ("prep", "agent", "dative"):
                noun = s.child(kid, "pobj")
                if noun is not None and is_noun(s, noun) and s.lemma(noun) not in g.book.phrases("customers"):
                    return superior(s, (noun, noun + 1), g, whole=True)
    return None


def _trouble(s: Sentence, g: Grammar) -> int | None:
    """A noun like "complaint" or "request" anywhere in the clause."""
    own = range(s.own, len(s.tokens))
    return next((i for i in own if is_noun(s, i) and g.book.has("troubles", s.lemma(i))), None)


def telling(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is told or kept quiet: the object of a verb of telling, its passive subject, or what it is about."""
    subject = subject_of(s, top)
    doer = subject if subject is not None and is_person(s, subject, g.book) else None
    doer = None if doer is not None and s.low(doer) in ("they", "he", "she") else doer
    verbs = [
        i
        for i in range(s.own, len(s.tokens))
        if s.tokens[i].pos == "VERB" and g.book.has("telling", s.lemma(i))
    ]
    for verb in verbs:
        about = next((k for k in s.kids[verb] if s.low(k) == "about" and s.tokens[k].dep == "prep"), None)
        target = s.child(about, "pobj") if about is not None else None
        target = target if target is not None else s.child(verb, "dobj", "nsubjpass", "obj")
        if target is None and s.tokens[verb].dep == "xcomp":
            target = s.child(s.tokens[verb].head, "nsubj")
        if target is not None and s.low(target) in ("nothing", "anything", "something"):
            inner = next((k for k in s.kids[target] if s.low(k) in ("about", "on", "of")), None)
            target = s.child(inner, "pobj") if inner is not None else None
        if target is None or s.tokens[target].pos == "PRON" or is_person(s, target, g.book):
            continue
        inside = s.below(
            target, [k for k in s.kids[target] if s.tokens[k].dep in ("relcl", "advcl", "punct")]
        )
        words = noun_phrase(s, inside, g.book, g.casing)
        if words is not None:
            deed = Deed("", "tell", words.text, words, target, frozenset(inside))
            return Found(deed, doer, frozenset(), top)
    return Found(None, doer, frozenset(), top)
