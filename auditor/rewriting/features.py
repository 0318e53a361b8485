"""What the conditions of wordings look at: fields of the finding's facts, and traits of its clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from auditor.model.clause import Clause
from auditor.model.fact import Scalar
from auditor.model.finding import Finding
from auditor.rewriting.aims import is_fragment, stands_alone
from auditor.rewriting.climbing import FORBIDDING
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.forms import Phrase
from auditor.rewriting.limits import Limit
from auditor.rewriting.phrasebook import Phrasebook, Plan
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence
from auditor.rewriting.softening import has_cut, says

_CONDITIONS = ("if ", "when ", "where ", "should ", "in case", "whenever ", "in the event", "upon ", "once ")
_SAYS = "says-"


def finding_field(finding: Finding, name: str) -> Scalar | None:
    """A field of the first premise that has it."""
    return next((v for fact in finding.premises if (v := fact.get(name)) is not None), None)


def features_of(
    finding: Finding, s: Sentence, scene: Scene, plan: Plan, g: Grammar, clause: Clause, own: Collection[int],
    limit: Limit | None, who: Phrase,
) -> Mapping[str, Scalar]:  # fmt: skip
    """Fields of the facts, what the clause mentions (lists ``says-…`` of the pack), and how it is built."""
    book = g.book
    deed = scene.deed
    inner: Collection[int] = deed.used if deed is not None and deed.used else own
    text = f"{clause.lead_in} {clause.text}".strip()
    lists = (name for name in book.words if name.startswith(_SAYS))
    return {
        **{name: value for fact in reversed(finding.premises) for name, value in fact.fields},
        **{name.removeprefix(_SAYS): says(text, book.phrases(name)) for name in lists},
        **{f"{role}_first": True for role in _first_roles(finding, s)},
        "framed": len(own) < len(s.tokens) - s.own,
        "scope": finding.scope or str(finding_field(finding, "scope") or ""),
        "kind": clause.kind,
        "money": (limit is not None and limit.money) or _mentions(s, book, "money", inner),
        "shared": _mentions(s, book, "shared", inner) or _heading_mentions(clause, book, "shared"),
        "limit_money": limit is not None and limit.money,
        "you": who.person == "you",
        "negated": scene.negated,
        "imperative": scene.imperative,
        "cut": softened_differs(clause.text, plan, scene),
        "led": scene.anchor < s.own and clause.lead_in != "" and stands_alone(s),
        "fragment": is_fragment(s),
        "listed": clause.kind == "item"
        or any(says(h, book.phrases("offences")) for h in clause.heading[-2:]),
        "above": scene.above,
        "relative": scene.relative,
        "gerund": deed is not None
        and s.own < len(s.tokens)
        and deed.head == s.own
        and s.tokens[s.own].tag == "VBG",
        "ruling": deed is not None and deed.verb == "question",
        "actor_known": (scene.actor is not None or scene.imperative) and not scene.above,
        "condition": scene.lead.lower().startswith(_CONDITIONS),
        "forbidden": 0 <= scene.anchor < len(s.tokens) and s.lemma(scene.anchor) in FORBIDDING,
    }


def _first_roles(finding: Finding, s: Sentence) -> list[str]:
    """The roles of facts that the clause's subject plays."""
    found = []
    for fact in finding.premises:
        for slot in fact.slots if fact.clause == finding.clause.id else ():
            heads = [i for i, t in enumerate(s.tokens) if t.start < slot.end and slot.start < t.end]
            chain = [j for i in heads for j in (i, s.tokens[i].head)]
            if any(s.tokens[j].dep in ("nsubj", "nsubjpass") for j in chain):
                found.append(slot.role)
    return found


def softened_differs(text: str, plan: Plan, scene: Scene) -> bool:
    """Whether any of the plan's phrases stands in a text."""
    return has_cut(text, plan.cut, scene.approver.text if scene.approver else "")


def _mentions(s: Sentence, book: Phrasebook, name: str, indices: Collection[int]) -> bool:
    for i in indices:
        forms = (s.lemma(i), s.low(i), s.low(i).removesuffix("s"))
        following = f"{s.low(i)} {s.low(i + 1)}" if i + 1 < len(s.tokens) else ""
        if book.has(name, following) or (
            s.tokens[i].pos not in ("VERB", "ADV", "ADP") and any(book.has(name, f) for f in forms)
        ):
            return True
    return False


def _heading_mentions(clause: Clause, book: Phrasebook, name: str) -> bool:
    words = {w for h in clause.heading[-1:] for w in re.findall(r"[a-z]+", h.lower())}
    return any(book.has(name, word) or book.has(name, word.removesuffix("s")) for word in words)
