"""Clauses that deny somebody a decision, forbid an act, or simply say what is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.rewriting.climbing import FORBIDDING
from auditor.rewriting.deeds import Deed, Grammar, verb_deed
from auditor.rewriting.forms import listed
from auditor.rewriting.leads import subject_of
from auditor.rewriting.nominals import linear_deed, noun_deed
from auditor.rewriting.nouns import is_noun, is_person, noun_phrase
from auditor.rewriting.people import superior_ranges
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence

_EMPTY_VERBS = listed("be have do become seem ensure follow comply adhere get make let")
_ASKING = listed("whether which how when who what")
_DECIDING = listed("determine decide settle judge say")
_PREPOSITIONS = listed("about for with on over at into upon to")
_BODIES = listed(
    "shop shops department departments restaurant restaurants depot depots team teams partner partners firm"
)
_NOT_ACTS = listed(
    "authorize authorise permit allow entitle empower reserve leave grant consider keep hold require"
)


def plain(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """The act of the main clause; of a clause that forbids, the act forbidden."""
    subject = subject_of(s, top)
    if s.lemma(top) in FORBIDDING and s.child(top, "auxpass") is not None and subject is not None:
        return Found(_forbidden(s, top, subject, g), None, frozenset(), top)
    deed = verb_deed(s, top, g)
    if deed is not None and (deed.verb in _EMPTY_VERBS or not deed.late):
        inner = s.child(top, "xcomp")
        better = verb_deed(s, inner, g) if inner is not None else None
        deed = better or (None if deed.verb == "be" else deed)
    if deed is None and is_noun(s, top):
        deed = noun_deed(s, [i for i in s.below(top) if i >= s.own], g)
    passive = s.child(top, "auxpass") is not None
    return Found(deed, None if passive else subject, frozenset(), top)


def _forbidden(s: Sentence, top: int, subject: int, g: Grammar) -> Deed | None:
    """The act of "wearing slippers is prohibited in the office", with what stands after the verb."""
    first = min((i for i in s.below(subject) if i >= s.own), default=subject)
    begin = s.own if s.tokens[s.own].tag == "VBG" else first
    deed = (
        linear_deed(s, range(begin, min(s.kids[top]) if begin > first else _end(s, top)), g)
        if begin == s.own
        else None
    )
    deed = deed or verb_deed(s, subject, g) or noun_deed(s, s.below(subject), g)
    tail = [i for k in s.kids[top] if k > top and s.tokens[k].dep in ("prep", "npadvmod") for i in s.below(k)]
    return replace(deed, late=f"{deed.late} {s.say(tail)}".strip()) if deed and tail else deed


def _end(s: Sentence, top: int) -> int:
    """Where the subject of a passive verb ends: at its first auxiliary."""
    return min(
        (k for k in s.kids[top] if s.tokens[k].dep in ("aux", "auxpass", "neg") and k < top), default=top
    )


def authority(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """A denied act: an infinitive ("have no power to waive"), the negated verb, else the subject as an act."""
    subject = subject_of(s, top)
    ruled = _ruling(s, top, subject, g)
    if ruled:
        return ruled
    asked = _whether(s, subject, g) if subject is not None and s.child(top, "auxpass") is None else None
    if asked is not None:
        return Found(asked, _someone(s, g, asked), frozenset(), top)
    for at in sorted(evidence):
        if s.tokens[at].pos == "VERB" and s.child(at, "auxpass") is not None and s.lemma(at) not in _NOT_ACTS:
            patient = s.child(at, "nsubjpass")
            deed = verb_deed(s, at, g)
            if deed and patient is not None and not is_person(s, patient, g.book):
                return Found(deed, _someone(s, g, deed), frozenset(), top)
    for at in range(max(0, min(evidence, default=s.own) - 1), len(s.tokens)):
        token = s.tokens[at]
        marked = any(s.tokens[k].tag == "TO" for k in s.kids[at])
        near = not evidence or token.head in evidence or min(evidence) - 1 <= token.head < max(evidence) + 3
        if (
            token.pos == "VERB"
            and marked
            and near
            and token.dep in ("acl", "xcomp", "advcl", "relcl", "ccomp", "csubj")
        ):
            if token.lemma in _DECIDING and subject is not None and s.low(min(s.below(subject))) in _ASKING:
                break
            deed = _stranded(s, verb_deed(s, at, g), subject, g)
            if deed and at not in (s.below(subject) if subject is not None else ()):
                return Found(deed, _doer(s, at, subject, g), frozenset(), top)
    if subject is not None and not is_person(s, subject, g.book) and s.child(top, "auxpass") is None:
        deed = noun_deed(s, s.below(subject), g)
        if deed is None and s.tokens[subject].pos in ("VERB", "AUX"):
            deed = verb_deed(s, subject, g)
        return Found(deed, _someone(s, g, deed), frozenset(), top)
    return plain(s, top, evidence, g)


def _ruling(s: Sentence, top: int, subject: int | None, g: Grammar) -> Found | None:
    """ "The ruling of the registrar is final": the act is to question it."""
    if subject is None or is_person(s, subject, g.book):
        return None
    if not any(s.low(i) in ("final", "binding", "conclusive") for i in s.below(top)):
        return None
    words = noun_phrase(s, s.below(subject), g.book, g.casing)
    if words is None:
        return None
    return Found(Deed("", "question", words.text, words, subject, frozenset()), None, frozenset(), top)


def _stranded(s: Sentence, deed: Deed | None, subject: int | None, g: Grammar) -> Deed | None:
    """ "Prices are not yours to talk about": the subject belongs after the preposition."""
    if (
        deed is not None
        and subject is not None
        and not deed.late
        and s.low(subject) in ("it", "this", "that", "they")
    ):
        return replace(deed, late="it")
    if deed is None or subject is None or deed.late.rpartition(" ")[2] not in _PREPOSITIONS:
        return deed
    if is_person(s, subject, g.book):
        return deed
    words = noun_phrase(s, s.below(subject), g.book, g.casing)
    return replace(deed, late=f"{deed.late} {words.text}", object=words) if words else deed


def _whether(s: Sentence, subject: int, g: Grammar) -> Deed | None:
    """ "Whether a late document is looked at is not for …": one decides whether."""
    first = min(s.below(subject))
    if s.low(first) not in _ASKING:
        return None
    words = noun_phrase(s, s.below(subject), g.book, g.casing)
    return Deed("", "decide", words.text, words, subject, frozenset(s.below(subject))) if words else None


def _doer(s: Sentence, verb: int, subject: int | None, g: Grammar) -> int | None:
    own = s.child(verb, "nsubj")
    if own is not None:
        return own
    if subject is not None and is_person(s, subject, g.book):
        return subject
    return _someone(s, g, None)


def _someone(s: Sentence, g: Grammar, deed: Deed | None) -> int | None:
    """A person named anywhere in the clause who is not above and not part of the act."""
    above = {i for a, b in superior_ranges(s, g) for i in range(a, b)}
    used = deed.used if deed else frozenset()
    for at, token in enumerate(s.tokens):
        if (
            at in above
            or at in used
            or token.tag in ("WP", "WDT")
            or s.low(at) in ("nobody", "anyone", "them")
        ):
            continue
        customer = any(token.lemma == name for name in g.book.phrases("customers"))
        if (
            is_person(s, at, g.book)
            and not customer
            and s.low(at) not in _BODIES
            and token.dep in ("nsubj", "nsubjpass", "poss", "pobj", "dobj")
        ):
            return at
    return None
