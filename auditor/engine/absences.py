"""Absences: what a document that treats a topic does not say.

Counting and absence are computed here, between strata, and asserted as ``tally`` facts from which the
engine concludes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.engine.compiled import TALLY, CompiledPack, split_name
from auditor.engine.matches import Match, World, with_status
from auditor.engine.network import Budget, Firing
from auditor.model.clause import Section
from auditor.model.fact import Fact
from auditor.model.finding import Step
from auditor.model.rule import Rule

MIN_CLAUSES = 3
"""Clauses that a topic's sections must hold before a silence means anything; a rule's ``min_clauses``
overrides it."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A rule whose topic is treated, but not as it should be: from ``section`` on, with the facts that led
    here."""

    rule: Rule
    section: Section
    premises: tuple[Fact, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    rule: Rule
    sections: tuple[int, ...]
    clauses: int
    premises: tuple[Fact, ...]
    missing: tuple[str, ...]
    found: tuple[Fact, ...]
    fact: Fact


def absences_of(
    world: World, compiled: CompiledPack, matches: Sequence[Match], budget: Budget | None = None
) -> tuple[Absence, ...]:
    """Absences of the document, by rule id."""
    rules = [rule for rule in compiled.pack.rules if rule.kind == "absence"]
    topics = _topics(world)
    rules = [rule for rule in rules if _spec(rule).get("topic") in topics]
    if not rules:
        return ()
    facts = [*world.facts.values(), *(with_status(match) for match in matches)]
    seen: dict[tuple[str, str], list[Firing]] = defaultdict(list)
    for firing in compiled.sections.run(facts, budget):
        seen[split_name(firing.production.name)].append(firing)
    tallies = {f"tally:{rule.id}": _tally(world, rule, topics[_spec(rule)["topic"]], seen) for rule in rules}
    held = compiled.absences.run([tally.fact for tally in tallies.values()], budget)
    return tuple(_absence(world, tallies[firing.facts[0].id]) for firing in held)


def _spec(rule: Rule) -> Mapping[str, object]:
    return (rule.options or {}).get("absence") or {}


def _topics(world: World) -> dict[object, list[Fact]]:
    topics: dict[object, list[Fact]] = defaultdict(list)
    for fact in sorted(world.facts.values(), key=lambda fact: (fact.section, fact.id)):
        if fact.kind == "topic" and fact.get("topic") is not None:
            topics[fact.get("topic")].append(fact)
    return topics


def _under(world: World, topics: Sequence[Fact]) -> tuple[int, ...]:
    """Sections of the topic with those under their headings, in order."""
    own = {fact.section for fact in topics}
    heads = [s.heading for s in world.tree.sections if s.index in own and s.heading]
    return tuple(
        s.index
        for s in world.tree.sections
        if s.index in own or any(s.heading[: len(head)] == head for head in heads)
    )


def _tally(
    world: World, rule: Rule, topics: Sequence[Fact], seen: Mapping[tuple[str, str], Sequence[Firing]]
) -> _Tally:
    spec = _spec(rule)
    sections = _under(world, topics)
    inside = set(sections)
    everywhere = spec.get("level", "document") == "document"
    kinds: dict[str, list[tuple[Fact, ...]]] = {}
    for side in ("present", "lacking"):
        for index in range(len(spec.get(side, ()))):  # type: ignore[arg-type]
            firings = seen.get((rule.id, f"{side}{index}"), ())
            kinds[f"{side}{index}"] = [
                f.facts for f in firings if everywhere or any(fact.section in inside for fact in f.facts)
            ]
    missing = tuple(key for key, bound in kinds.items() if key.startswith("present") and not bound)
    found = tuple(facts[0] for key, bound in kinds.items() if key.startswith("lacking") for facts in bound)
    shown = tuple(bound[0][0] for key, bound in kinds.items() if key.startswith("present") and bound)
    size = sum(len(section.clauses) for section in world.tree.sections if section.index in inside)
    limit = spec.get("min_clauses", MIN_CLAUSES)
    enough = isinstance(limit, int) and size >= limit
    fields = (("lacking", not found), ("present", not missing), ("rule", rule.id), ("substantial", enough))
    fact = Fact(
        f"tally:{rule.id}", TALLY, "", 0, sections[0], world.tree.document.path, fields, source=rule.id
    )
    return _Tally(rule, sections, size, (*topics, *shown), missing, found, fact)


def _absence(world: World, tally: _Tally) -> Absence:
    section = next(s for s in world.tree.sections if s.index == tally.sections[0])
    topic = _spec(tally.rule)["topic"]
    told = f"{topic} is treated in {len(tally.sections)} section(s) with {tally.clauses} clauses"
    level = _spec(tally.rule).get("level", "document")
    searched = "the whole document" if level == "document" else "these sections"
    steps = (
        Step("sections", f"topic {topic}", tuple(fact.id for fact in tally.premises), told),
        Step(
            "absences",
            tally.rule.id,
            (tally.fact.id,),
            f"nothing that would answer it was found in {searched}",
        ),
    )
    return Absence(tally.rule, section, tally.premises, steps)
