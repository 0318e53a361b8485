"""What is said without a rewrite: advice on spared approvals, a section proposed for an absence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.model.finding import Finding
from auditor.model.rule import Test
from auditor.rewriting.candidates import finished
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.forms import Phrase, plural
from auditor.rewriting.limits import find_limit
from auditor.rewriting.people import slot_range, superior
from auditor.rewriting.phrasebook import Phrasebook
from auditor.rewriting.register import Register
from auditor.rewriting.sentence import Sentence
from auditor.rewriting.templates import fill

_DEADLINE = re.compile(
    r"\bwithin (?:\w+|\d+) (?:working |business |calendar )?(?:minute|hour|day|week|month)s?\b|\bthe same day\b|\bat once\b"
)
_STAND_IN = re.compile(
    r"\b(?:deput\w+|designee|delegate|nominee|alternate|stand-in|in (?:his|her|their|the) absence|acting)\b"
)


def lacking(finding: Finding, s: Sentence | None, book: Phrasebook) -> tuple[str, ...]:
    """Which of limit, deadline and stand_in an approval does not name."""
    text = finding.evidence.lower()
    facts = finding.premises
    lacks = []
    band = next((v for f in facts if (v := f.get("amount_band")) is not None), "none")
    limit = s is not None and find_limit(s, range(s.own, len(s.tokens)), book) is not None
    if not limit and band in ("none", "", "unknown", False):
        lacks.append("limit")
    if not _DEADLINE.search(text) and not any(slot.role == "deadline" for f in facts for slot in f.slots):
        lacks.append("deadline")
    if not _STAND_IN.search(text) and not any(slot.role == "stand_in" for f in facts for slot in f.slots):
        lacks.append("stand_in")
    return tuple(lacks)


def advice_text(finding: Finding, s: Sentence | None, g: Grammar) -> str:
    """Advice for a finding that is left alone, "" where its rule has none or nothing is missing."""
    plan = g.book.plans.get(finding.rule)
    if plan is None or not plan.advice:
        return ""
    lacks = lacking(finding, s, g.book)
    if not lacks:
        return ""
    slots = _above(finding, s, g)
    facts = {"guardrail": finding.guard.kind if finding.guard else "", "scope": finding.scope or ""}
    told = [
        finished(fill(wording.template, slots, {}), finding.clause)
        for wording in plan.advice
        if wording.needs <= slots.keys() and all(_advised(test, lacks, facts) for test in wording.when)
    ]
    return " ".join(told)


def _advised(test: Test, lacks: tuple[str, ...], facts: Mapping[str, str]) -> bool:
    if test.op in ("has", "lacks"):
        return (test.field in lacks) == (test.op == "lacks")
    return (facts.get(test.field) in test.values) == (test.op == "eq")


def _above(finding: Finding, s: Sentence | None, g: Grammar) -> Mapping[str, Phrase]:
    """Who has to say yes, if the clause says so."""
    own = (fact for fact in finding.premises if fact.clause == finding.clause.id)
    spans = (slot_range(s, fact, "approver") for fact in own) if s is not None else ()
    span = next((one for one in spans if one is not None), None)
    phrase = superior(s, span, g) if s is not None and span is not None else None
    return {"approver": phrase} if phrase is not None else {}


def absence_text(finding: Finding, book: Phrasebook, register: Register, spelling: Mapping[str, str]) -> str:
    """A section proposed where a document covers a topic and lacks what would answer it."""
    plan = book.plans.get(finding.rule)
    slots = {
        "staff": register.staff,
        "customer": Phrase(register.customer),
        "customers": Phrase(plural(register.customer), plural=True),
    }
    for wording in plan.wordings if plan else ():
        if wording.template.needs <= slots.keys():
            return finished(fill(wording.template, slots, spelling), finding.clause)
    return ""
