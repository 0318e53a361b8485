"""Where the act stands in a clause, by what the rule's guide says to look for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.rewriting.approvals import item_act, seek_approval
from auditor.rewriting.deeds import Grammar, trimmed
from auditor.rewriting.denials import authority, plain
from auditor.rewriting.forms import Phrase
from auditor.rewriting.handovers import handover, owner_of, telling
from auditor.rewriting.leads import is_imperative, lead_of, main_of
from auditor.rewriting.lessons import learning, refusal
from auditor.rewriting.nominals import row_deed
from auditor.rewriting.nouns import head_of, is_noun, is_person, noun_phrase
from auditor.rewriting.people import actor, nearest, slot_range, superior, superior_ranges, whole_name
from auditor.rewriting.sanctions import sanction
from auditor.rewriting.scene import Found, Scene
from auditor.rewriting.sentence import Sentence


def seek(kind: str, s: Sentence, fact: Fact | None, evidence: Collection[int], g: Grammar) -> Scene:
    """The scene of a clause, looked for as its rule's guide says."""
    if any(t.text == "|" for t in s.tokens[s.own :]):
        return _scene(s, fact, Found(row_deed(s, g), None, frozenset(), s.own), s.own, g)
    if kind == "approval":
        return seek_approval(s, fact, evidence, g)
    if s.own and not evidence and kind in ("authority", "sanction"):
        return _scene(s, fact, item_act(s, None, g), s.own if s.own < len(s.tokens) else 0, g)
    finder = {
        "authority": authority,
        "sanction": sanction,
        "handover": handover,
        "telling": telling,
        "refusal": refusal,
    }.get(kind, plain)
    if kind == "learning":
        top = main_verb(s, evidence)
        return _scene(s, fact, learning(s, top, fact, evidence, g), top, g)
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
        owner=owner_of(s, top, g),
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
            [k for k in s.kids[at] if s.tokens[k].dep in ("relcl", "advcl", "appos")],
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
