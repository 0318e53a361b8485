"""Where the act stands in clauses that deny, punish, hand over or simply say something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.rewriting.approvals import (
    FORBIDDING,
    Found,
    is_imperative,
    item_act,
    lead_of,
    main_of,
    seek_approval,
    subject_of,
)
from auditor.rewriting.deeds import (
    Deed,
    Grammar,
    linear_deed,
    noun_deed,
    row_deed,
    trimmed,
    verb_deed,
    within,
)
from auditor.rewriting.forms import Phrase, listed
from auditor.rewriting.nouns import head_of, is_noun, is_person, noun_phrase
from auditor.rewriting.people import actor, nearest, slot_range, superior, superior_ranges, whole_name
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence

_BREACHES = listed("failure refusal violation breach disregard departure deviation contravention")
_EMPTY_VERBS = listed("be have do become seem ensure follow comply adhere get make let")
_ASKING = listed("whether which how when who what")
_DECIDING = listed("determine decide settle judge say")


def seek(kind: str, s: Sentence, fact: Fact | None, evidence: Collection[int], g: Grammar) -> Scene:
    """The scene of a clause, looked for as its rule's guide says."""
    if any(t.text == "|" for t in s.tokens[s.own :]):
        return _scene(s, fact, Found(row_deed(s, g), None, frozenset(), s.own), s.own, g)
    if kind == "approval":
        return seek_approval(s, fact, evidence, g)
    if s.own and not evidence and kind in ("authority", "sanction"):
        return _scene(s, fact, item_act(s, None, g), s.own if s.own < len(s.tokens) else 0, g)
    finder = {"authority": _authority, "sanction": _sanction, "handover": _handover, "telling": _telling}.get(
        kind, _plain
    )
    top = main_verb(s, evidence)
    found = finder(s, top, evidence, g)
    return _scene(s, fact, found, top, g)


def _scene(s: Sentence, fact: Fact | None, found: Found, top: int, g: Grammar) -> Scene:
    used = found.deed.used if found.deed else frozenset()
    span = slot_range(s, fact, "approver", "superior", "authority", "target", "decider") if fact else None
    names = frozenset(s.below(found.subject)) if found.subject is not None else frozenset()
    if span is None:
        span = nearest(superior_ranges(s, g), top, used | names)
    above = superior(s, span, g) if span else None
    taken = frozenset(whole_name(s, *span, g)) if span else frozenset()
    doer = None if found.subject in taken else actor(s, found.subject, g)
    high = found.subject is not None and any(found.subject in range(*a) for a in superior_ranges(s, g))
    if high and above is None and found.subject is not None:
        above = superior(s, next(a for a in superior_ranges(s, g) if found.subject in range(*a)), g)
    matter = _matter(s, g, taken, doer)
    return Scene(
        actor=doer,
        deed=found.deed,
        approver=above,
        matter=matter,
        lead=lead_of(s, top, () if found.deed and found.deed.verb in ("settle", "question") else used, g),
        anchor=top,
        negated=any(s.tokens[k].dep == "neg" for k in s.kids[top]),
        imperative=is_imperative(s, top),
        used=used,
        above=high,
    )


def main_verb(s: Sentence, evidence: Collection[int]) -> int:
    """The verb of the main clause in which the evidence stands; of the first clause without evidence."""
    places = [i for i in sorted(evidence) if i >= s.own] or [s.own if s.own < len(s.tokens) else 0]
    top = main_of(s, places[0])
    if top < s.own < len(s.tokens):
        return head_of(s, range(s.own, len(s.tokens)))
    return top


def _plain(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
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


def _authority(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """A denied act: an infinitive ("have no power to waive"), the negated verb, else the subject as an act."""
    subject = subject_of(s, top)
    ruled = _ruling(s, top, subject, g)
    if ruled:
        return ruled
    for at in sorted(evidence):
        if s.tokens[at].pos == "VERB" and s.child(at, "auxpass") is not None and s.lemma(at) not in _NOT_ACTS:
            patient = s.child(at, "nsubjpass")
            deed = verb_deed(s, at, g)
            if deed and patient is not None and not is_person(s, patient, g.book):
                return Found(deed, _someone(s, g, deed), frozenset(), top)
    for at in range(max(0, min(evidence, default=s.own) - 1), len(s.tokens)):
        token = s.tokens[at]
        marked = any(s.tokens[k].tag == "TO" for k in s.kids[at])
        if (
            token.pos == "VERB"
            and marked
            and token.dep in ("acl", "xcomp", "advcl", "relcl", "ccomp", "csubj")
        ):
            if token.lemma in _DECIDING and subject is not None and s.low(min(s.below(subject))) in _ASKING:
                break
            deed = _stranded(s, verb_deed(s, at, g), subject, g)
            if deed and at not in (s.below(subject) if subject is not None else ()):
                return Found(deed, _doer(s, at, subject, g), frozenset(), top)
    if subject is not None and not is_person(s, subject, g.book) and s.child(top, "auxpass") is None:
        deed = _whether(s, subject, g) or noun_deed(s, s.below(subject), g)
        if deed is None and s.tokens[subject].pos in ("VERB", "AUX"):
            deed = verb_deed(s, subject, g)
        return Found(deed, _someone(s, g, deed), frozenset(), top)
    return _plain(s, top, evidence, g)


_PREPOSITIONS = listed("about for with on over at into upon to")
_NOT_ACTS = listed(
    "authorize authorise permit allow entitle empower reserve leave grant consider keep hold require"
)


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
            and token.dep in ("nsubj", "nsubjpass", "poss", "pobj", "dobj")
        ):
            return at
    return None


def _sanction(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is punished: of "a clerk who …" the relative clause, of "going off the list …" the gerund, "if you …"."""
    subject = subject_of(s, top)
    if subject is not None:
        for kid in s.children(subject, "relcl", "acl"):
            deed = verb_deed(s, kid, g)
            if deed and is_person(s, subject, g.book):
                return Found(deed, subject, frozenset(), top)
        breach = _breach(s, subject, g)
        if breach:
            return Found(breach, None, frozenset(), top)
        if s.tokens[subject].pos in ("VERB", "AUX"):
            return Found(verb_deed(s, subject, g), None, frozenset(), top)
    for kid in s.kids[top]:
        if s.tokens[kid].dep == "advcl" and any(s.low(k) in ("if", "when", "where") for k in s.kids[kid]):
            deed = verb_deed(s, kid, g)
            if deed and deed.verb not in ("be",):
                return Found(deed, s.child(kid, "nsubj"), frozenset(), top)
    if s.tokens[top].tag in ("VB", "VBP") and subject is None:
        return Found(verb_deed(s, top, g), None, frozenset(), top)
    if is_noun(s, top):
        breach = _breach(s, top, g)
        chosen = [i for i in s.below(top) if i >= s.own]
        return Found(breach or (noun_deed(s, chosen, g) if chosen else None), None, frozenset(), top)
    if s.tokens[top].tag == "VBG":
        return Found(verb_deed(s, top, g), None, frozenset(), top)
    if subject is not None and not is_person(s, subject, g.book):
        return Found(noun_deed(s, s.below(subject), g), None, frozenset(), top)
    return _plain(s, top, evidence, g)


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


def _handover(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is handed over: the object of the verb, or its subject where that is no person."""
    verb = next(
        (i for i in sorted(evidence) if g.book.has("handing", s.lemma(i)) and s.tokens[i].pos == "VERB"), top
    )
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
    words = noun_phrase(s, inside, g.book, g.casing)
    deed = Deed("", "settle", words.text, words, target, frozenset(inside)) if words else None
    return Found(deed, doer, frozenset(), top)


def _trouble(s: Sentence, g: Grammar) -> int | None:
    """A noun like "complaint" or "request" anywhere in the clause."""
    own = range(s.own, len(s.tokens))
    return next((i for i in own if is_noun(s, i) and g.book.has("troubles", s.lemma(i))), None)


def _telling(s: Sentence, top: int, evidence: Collection[int], g: Grammar) -> Found:
    """What is told or kept quiet: the object of a verb of telling, its passive subject, or what it is about."""
    subject = subject_of(s, top)
    doer = subject if subject is not None and is_person(s, subject, g.book) else None
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


def _matter(s: Sentence, g: Grammar, above: Collection[int], doer: Phrase | None) -> Phrase | None:
    """The thing that the clause is about: its first noun phrase that names no person."""
    best: Phrase | None = None
    for at in range(s.own, len(s.tokens)):
        token = s.tokens[at]
        if not is_noun(s, at) or at in above or is_person(s, at, g.book) or token.tag == "CD":
            continue
        if token.dep in ("compound", "npadvmod", "nmod", "nummod", "poss") or token.lemma in g.book.phrases(
            "customers"
        ):
            continue
        chosen = s.below(
            at,
            [k for k in s.kids[at] if s.tokens[k].dep in ("relcl", "advcl", "punct", "cc", "conj", "appos")],
        )
        chosen = tuple(i for i in chosen if i >= s.own)
        if len(chosen) > 10:
            chosen = tuple(i for i in chosen if abs(i - at) < 6 and i <= at + 4)
        phrase = noun_phrase(s, chosen, g.book, g.casing)
        phrase = replace(phrase, text=trimmed(phrase.text)) if phrase else None
        if phrase is not None and (doer is None or phrase.text != doer.text):
            best = phrase
            if token.dep in ("nsubj", "nsubjpass", "dobj", "ROOT"):
                return phrase
            if best is not None:
                return best
    return best
