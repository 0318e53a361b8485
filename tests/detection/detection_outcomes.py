"""Reading many one-clause policies at once: what is concluded about each, and the examples of the shipped rules."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.rule import Example, Rule
from auditor.packs import load_pack
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop, read_tree

PACK = "customer-focus"


@dataclass(frozen=True, slots=True)
class Policy:
    """A clause with its lead-in and its heading ("" if none)."""

    text: str
    lead_in: str = ""
    heading: str = ""

    def __str__(self) -> str:
        return " | ".join(part for part in (self.heading, self.lead_in, self.text) if part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rules that found something, those of them that are left alone wherever they found it, credited dimensions."""

    active: frozenset[str]
    guarded: frozenset[str]
    strengths: frozenset[str]


@functools.cache
def workshop() -> Workshop:
    settings = Settings(packs=(PACK,))
    return Workshop(knowledge(settings, ResultCache(None)), settings)


@functools.cache
def examples() -> tuple[tuple[Rule, Example], ...]:
    """Every example that is a single clause, with its rule."""
    rules = load_pack(PACK, examples=True).rules
    return tuple((rule, one) for rule in rules for one in rule.examples if "\n" not in one.text.strip())


def policy(example: Example) -> Policy:
    return Policy(example.text.strip(), example.lead_in, example.heading)


def outcomes(policies: Iterable[Policy]) -> dict[Policy, Outcome]:
    """What is concluded of each, read as sections of one document; no section says anything about another."""
    distinct = tuple(dict.fromkeys(policies))
    lines: list[str] = []
    for number, one in enumerate(distinct):
        lines.append(f"# Part {number}")
        if one.heading:
            lines.append(f"## {one.heading}")
        if one.lead_in:
            lines.append(one.lead_in.rstrip(":. ") + ":")
        lines.append(f"- {one.text}" if one.lead_in else one.text)
    source = "\n\n".join(lines).encode()
    tree = read_tree(source, "all.md", "markdown", Settings(packs=(PACK,)))
    _, said = workshop().conclude(tree)
    active: dict[str, set[str]] = defaultdict(set)
    guarded: dict[str, set[str]] = defaultdict(set)
    credited: dict[str, set[str]] = defaultdict(set)
    for finding in said.findings:
        if "/missing-" not in finding.rule:
            (guarded if finding.guard else active)[finding.clause.heading[0]].add(finding.rule)
    for strength in said.strengths:
        credited[strength.clause.heading[0]].add(strength.dimension)
    found = {}
    for number, one in enumerate(distinct):
        part = f"Part {number}"
        spared = guarded[part] - active[part]
        found[one] = Outcome(frozenset(active[part]), frozenset(spared), frozenset(credited[part]))
    return found
