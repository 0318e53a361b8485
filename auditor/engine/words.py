"""Conclusions in words, for people who ask why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from auditor.engine.plan import tag, values_of
from auditor.model.clause import Clause
from auditor.model.fact import Fact, Scalar
from auditor.model.rule import Condition, Test

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")
_NO_QUOTES: Mapping[str, str] = MappingProxyType({})
_DETERMINER = re.compile(
    r"(?:a|all|an|any|both|each|either|every|his|her|its|my|no|our|some|th(?:at|e|eir|ese|is|ose)|your)", re.I
)
_HIDDEN = frozenset({"confidence", "rule", "dimension", "severity", "fact"})


def quoted(fact: Fact, clause: Clause | None) -> str:
    """The triggering words of a fact, in quotation marks and joined; "" if it has none in this clause."""
    if clause is None or fact.clause != clause.id:
        return ""
    pieces = [clause.text[span.start : span.end] for span in sorted(fact.evidence)]
    return " … ".join(f"“{piece}”" for piece in pieces if piece)


def premise_text(fact: Fact, clause: Clause | None) -> str:
    """A fact in a line: kind, fields, words."""
    fields = ", ".join(f"{name} {shown(value)}" for name, value in fact.fields if name not in _HIDDEN)
    words = quoted(fact, clause)
    return f"{fact.kind}: {fields}" + (f" — {words}" if words else "")


def shown(value: Scalar) -> str:
    """A scalar as a reader expects it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def slots_of(fact: Fact, texts: Mapping[str, str]) -> dict[str, str]:
    """The words of each slot of a fact, from the text of its clause's reading; the first of a role wins."""
    text = texts.get(fact.clause, "")
    words: dict[str, str] = {}
    for slot in fact.slots:
        words.setdefault(slot.role, text[slot.start : slot.end].strip())
    return words


def message_text(
    template: str, fact: Fact, texts: Mapping[str, str], quotes: Mapping[str, str] = _NO_QUOTES
) -> str:
    """``template`` with its ``{slot|fallback}`` places filled from a fact's slots, else its fields, else
    the fallback.

    ``quotes`` holds the text of the clause of each condition by its name, so that a rule over two clauses can
    quote the other one.
    """
    words = {name: shown(value).replace("_", " ") for name, value in fact.fields}
    words |= {role: text for role, text in slots_of(fact, texts).items() if text}

    def fill(found: re.Match[str]) -> str:
        slot, fallback = found[1], found[2]
        own = quotes.get(slot, "") or _within(slots_of(fact, texts).get(slot, ""))
        if fallback is not None:
            return own or fallback
        return own or words.get(slot) or slot.replace("_", " ")

    said = _PLACEHOLDER.sub(fill, template)
    return said[:1].upper() + said[1:]


def _within(words: str) -> str:
    """Words that may have begun a sentence or a table cell, as they read inside one.

    "The manager" and "General manager" lose their capital; "Human Resources", "HR" and a lone "Finance" may
    be names and keep it.
    """
    first, _, rest = words.partition(" ")
    plain = first[1:].islower() and (_DETERMINER.fullmatch(first) or rest[:1].islower())
    return words[:1].lower() + words[1:] if plain else words


def holds(test: Test, values: Mapping[str, Scalar]) -> bool:
    """Whether a test other than a join holds for a fact's values; a missing field equals nothing."""
    if test.op == "has":
        return test.field in values
    if test.op == "lacks":
        return test.field not in values
    tags = {tag(value) for value in test.values}
    held = test.field in values and tag(values[test.field]) in tags
    return held if test.op == "eq" else not held


def failing(condition: Condition, fact: Fact) -> tuple[str, ...]:
    """What a fact lacks to satisfy a condition's own tests, in words."""
    values = values_of(fact)
    return tuple(
        _wish(test, values) for test in condition.tests if test.op != "join" and not holds(test, values)
    )


def _wish(test: Test, values: Mapping[str, Scalar]) -> str:
    here = f"it is {shown(values[test.field])}" if test.field in values else "it is not stated"
    listed = " or ".join(shown(value) for value in test.values)
    wish = {"eq": f"be {listed}", "ne": f"not be {listed}", "has": "be stated", "lacks": "not be stated"}[
        test.op
    ]
    return f"{test.field} would have to {wish}, {here}"


def shortened(text: str, size: int = 160) -> str:
    """``text`` cut after a whole word where it is longer than ``size``."""
    if len(text) <= size:
        return text.rstrip(".;,: ")
    return f"{text[:size].rsplit(' ', 1)[0].rstrip('.;,: ')} …"
