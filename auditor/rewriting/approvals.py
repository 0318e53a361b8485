"""Clauses that ask for a superior's yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.rewriting.climbing import search
from auditor.rewriting.deeds import SUBJECTS, Deed, Grammar, verb_deed
from auditor.rewriting.forms import listed
from auditor.rewriting.leads import asides, is_imperative, lead_of
from auditor.rewriting.nominals import linear_deed
from auditor.rewriting.nouns import head_of, is_person
from auditor.rewriting.people import actor, nearest, slot_range, superior, superior_ranges, whole_name
from auditor.rewriting.predicates import requested_deed
from auditor.rewriting.scene import Found, Scene
from auditor.rewriting.sentence import Sentence

_PLAIN = listed("approve authorize authorise sanction permit ratify endorse preapprove pre-approve")


def seek_approval(s: Sentence, fact: Fact | None, evidence: Collection[int], g: Grammar) -> Scene:
    """The scene of an approval; ``evidence`` are the tokens on which the finding rests."""
    span = slot_range(s, fact, "approver") if fact else None
    anchor = find_anchor(s, evidence, g)
    outside = anchor is None or (s.own and anchor < s.own)
    found = item_act(s, anchor, g) if outside or anchor is None else search(s, anchor, g)
    spoken = slot_range(s, fact, "object") if fact else None
    if spoken is not None and anchor is not None and anchor in range(*spoken):
        # What is flagged is itself only spoken of: "leave taken without approval counts as …".
        found = replace(found, relative=True)
    asked = question(s, g)
    if asked is not None:
        found = replace(found, deed=asked, subject=None)
    if fact is not None and (found.deed is None or _elsewhere(s, fact, found.deed, g)):
        found = replace(found, deed=_told(s, fact, found.machinery, g) or found.deed)
    used = found.deed.used if found.deed else frozenset()
    span = span or _grammatical(s, anchor, g)
    if span is not None and found.subject is not None and found.subject in range(*span):
        others = [one for one in superior_ranges(s, g) if found.subject not in range(*one)]
        span = nearest([one for one in others if one[0] > found.subject], anchor or s.own, used) or span
    if span is None:
        place = anchor if anchor is not None else s.own
        span = nearest(superior_ranges(s, g), place, used | _own_name(s, found.subject))
    approver = superior(s, span, g) if span else None
    above = frozenset(whole_name(s, *span, g)) if span else frozenset()
    doer = None if found.subject in above else actor(s, found.subject, g)
    notice, manner = asides(s, found, above | used, g)
    if span is None and doer is not None and found.subject is not None:
        spans = [a for a in superior_ranges(s, g) if found.subject in range(*a)]
        if spans and found.deed and g.book.has("granting", found.deed.verb):
            approver, doer = superior(s, spans[0], g), None
    return Scene(
        actor=doer,
        deed=found.deed,
        approver=approver,
        matter=None,
        lead=lead_of(s, found.host, used | above, g),
        notice=notice,
        manner=manner,
        anchor=-1 if anchor is None else anchor,
        imperative=is_imperative(s, found.host),
        used=used | above,
        relative=found.relative,
        above=found.subject is not None and any(found.subject in range(*a) for a in superior_ranges(s, g)),
    )


def _elsewhere(s: Sentence, fact: Fact, deed: Deed, g: Grammar) -> bool:
    """Whether the language stage found an object of which the act knows nothing."""
    span = slot_range(s, fact, "object")
    if span is None or any(
        is_person(s, i, g.book) or g.book.has("requests", s.lemma(i)) for i in range(*span)
    ):
        return False
    return s.own <= span[0] and span[1] - span[0] < 12 and not deed.used & set(range(*span))


def _told(s: Sentence, fact: Fact, gone: Collection[int], g: Grammar) -> Deed | None:
    """The act as the language stage captured it."""
    span = slot_range(s, fact, "act")
    if span is not None:
        top = head_of(s, range(*span))
        if s.tokens[top].pos in ("VERB", "AUX"):
            return verb_deed(s, top, g, gone)
    span = slot_range(s, fact, "object", "act")
    return requested_deed(s, range(*span), g) if span is not None else None


def _grammatical(s: Sentence, anchor: int | None, g: Grammar) -> tuple[int, int] | None:
    """Who says yes by the grammar alone: the subject, agent or possessor of the yes."""
    if anchor is None:
        return None
    at = s.child(anchor, "nsubj", "poss")
    agent = s.child(anchor, "agent")
    if at is None and agent is not None:
        at = s.child(agent, "pobj")
    if at is None or s.tokens[at].pos not in ("NOUN", "PROPN") or s.tokens[at].dep == "nsubjpass":
        return None
    inside = [i for i in s.below(at) if s.tokens[i].dep not in ("relcl", "case", "punct")]
    return (min(inside), max(inside) + 1) if max(inside) - min(inside) < 7 else (at, at + 1)


def _own_name(s: Sentence, subject: int | None) -> frozenset[int]:
    return frozenset(s.below(subject)) if subject is not None else frozenset()


def find_anchor(s: Sentence, evidence: Collection[int], g: Grammar) -> int | None:
    """The noun or verb of approving on which a finding rests; nouns first."""
    for places in (sorted(evidence), range(s.own), range(s.own, len(s.tokens))):
        nouns = [
            i for i in places if g.book.has("approvals", s.lemma(i)) or g.book.has("approvals", s.low(i))
        ]
        nouns = [i for i in nouns if _is_noun_here(s, i) and not _of_thing(s, i, g)]
        verbs = [i for i in places if g.book.has("approving", s.lemma(i)) and s.tokens[i].pos == "VERB"]
        plain = [i for i in verbs if s.lemma(i) in _PLAIN]
        for found in (nouns, plain, verbs):
            if found:
                return found[0]
    verbs = [i for i in sorted(evidence) if s.tokens[i].pos == "VERB"]
    return verbs[0] if verbs else min(evidence, default=None)


def _is_noun_here(s: Sentence, at: int) -> bool:
    """Whether a word is used as a noun; of "okay" the parser often thinks otherwise."""
    token = s.tokens[at]
    return token.pos not in ("VERB", "AUX", "ADJ") or (
        token.pos == "ADJ" and token.dep in ("dobj", "pobj", *SUBJECTS)
    )


def _of_thing(s: Sentence, at: int, g: Grammar) -> bool:
    """Whether a noun like "agreement" is only part of a thing's name: "the shift agreement"."""
    parts = s.children(at, "compound")
    return any(not is_person(s, k, g.book) and s.low(k) not in ("pre", "sign") for k in parts)


def item_act(s: Sentence, anchor: int | None, g: Grammar) -> Found:
    """The yes stands in the lead-in: the whole item is the act."""
    own = range(s.own, len(s.tokens))
    if not own:
        return Found(None, None, frozenset(), 0)
    top = head_of(s, own)
    first = (
        s.own
        if s.tokens[s.own].pos in ("VERB", "AUX") and s.tokens[s.own].tag in ("VBG", "VB", "VBP")
        else None
    )
    if first is not None:
        return Found(
            linear_deed(s, _clause_end(s, own), g), None, frozenset(), anchor if anchor is not None else first
        )
    host = anchor if anchor is not None else top
    lead_subject = next(
        (i for i in range(s.own) if s.tokens[i].dep in ("nsubj",) and s.tokens[i].head >= s.own), None
    )
    if s.tokens[top].pos in ("VERB", "AUX"):
        return Found(verb_deed(s, top, g), lead_subject, frozenset(), host)
    cells = next((i for i in own if s.tokens[i].text == "|"), None)
    chosen = range(s.own, cells) if cells else own
    return Found(requested_deed(s, chosen, g), lead_subject, frozenset(), host)


def _clause_end(s: Sentence, own: range) -> range:
    """The own tokens up to a closing stop or semicolon."""
    end = next((i for i in own if s.tokens[i].text in ";.!?"), len(s.tokens))
    return range(own.start, end)


def question(s: Sentence, g: Grammar) -> Deed | None:
    """ "Fancy changing the window? Ask." asks for the act in its question."""
    own = range(s.own, len(s.tokens))
    mark = next((i for i in own if s.tokens[i].text == "?"), None)
    if mark is None or mark > s.own + 20:
        return None
    for at in range(s.own, mark):
        to = at > s.own and s.tokens[at - 1].tag == "TO"
        if s.tokens[at].pos == "VERB" and (to or s.tokens[at].tag == "VBG"):
            deed = linear_deed(s, range(at, mark), g) if s.tokens[at].tag in ("VBG", "VB") else None
            if deed is not None:
                return deed
    return None
