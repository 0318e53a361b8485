"""Matches: a rule that holds for some facts, and the fact that says so to the next stratum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.engine.compiled import split_name
from auditor.engine.network import Firing
from auditor.errors import EngineError
from auditor.model.clause import Clause, ClauseTree
from auditor.model.fact import Fact, Scalar
from auditor.model.finding import Guard, Step
from auditor.model.rule import SEVERITIES, Rule, Severity


@dataclass(frozen=True, slots=True)
class World:
    """A document's clauses by id and its facts by id; made by :func:`world_of`."""

    tree: ClauseTree
    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]

    def order(self, fact: Fact) -> tuple[int, int, str]:
        """Sort key of a fact: its clause's position (section facts first), its part, its id."""
        clause = self.clauses.get(fact.clause)
        return (clause.index if clause else -1, fact.part, fact.id)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's ``branch`` that holds for ``premises``; ``fact`` says so to the engine; anchored at
    ``clause``."""

    rule: Rule
    branch: int
    premises: tuple[Fact, ...]
    fact: Fact
    clause: Clause
    severity: Severity
    scope: str | None
    guard: Guard | None = None
    steps: tuple[Step, ...] = field(default=())

    @property
    def part(self) -> int:
        """The part of the clause that the match is about."""
        return self.fact.part


def world_of(tree: ClauseTree, facts: Iterable[Fact]) -> World:
    """Index a document; raises EngineError for facts of unknown clauses."""
    clauses = {clause.id: clause for clause in tree.clauses}
    if len(clauses) != len(tree.clauses):
        raise EngineError(f"{tree.document.path}: two clauses share an id")
    by_id: dict[str, Fact] = {}
    for fact in facts:
        if fact.clause and fact.clause not in clauses:
            raise EngineError(
                f"{tree.document.path}: fact {fact.id} speaks of an unknown clause {fact.clause!r}"
            )
        if fact.id in by_id:
            raise EngineError(f"{tree.document.path}: two facts share the id {fact.id!r}")
        by_id[fact.id] = fact
    return World(tree, clauses, by_id)


def matches_of(world: World, rules: Mapping[str, Rule], firings: Sequence[Firing]) -> tuple[Match, ...]:
    """Matches in the order of the document; bindings that differ in nothing but the order of premises are
    one."""
    found: dict[tuple[str, str, frozenset[str]], Match] = {}
    ordered = sorted(
        firings, key=lambda firing: (firing.production.name, [world.order(f) for f in firing.facts])
    )
    for firing in ordered:
        rule_id, branch = split_name(firing.production.name)
        anchor = _anchor(world, firing.facts)
        if anchor is None:
            continue
        key = (rule_id, anchor[0].id, frozenset(fact.id for fact in firing.facts))
        if key not in found:
            found[key] = _match(rules[rule_id], int(branch), firing.facts, anchor, len(found))
    return tuple(sorted(found.values(), key=lambda match: (match.clause.index, match.rule.id, rank(match))))


def rank(match: Match) -> tuple[int, int, int, int]:
    """Sort key among matches of one rule and clause: part, gravest first, then branch and order of
    premises."""
    number = int(match.fact.id.rpartition(":")[2])
    return (match.part, SEVERITIES.index(match.severity), match.branch, number)


def _anchor(world: World, facts: Sequence[Fact]) -> tuple[Clause, int] | None:
    """The clause and part of the first premise that has one; else the first clause at or after the
    section."""
    for fact in facts:
        if fact.clause:
            return world.clauses[fact.clause], fact.part
    section = facts[0].section
    later = (clause for clause in world.tree.clauses if clause.section >= section)
    clause = next(later, None)
    return (clause, -1) if clause else None


def _match(
    rule: Rule, branch: int, facts: tuple[Fact, ...], anchor: tuple[Clause, int], number: int
) -> Match:
    clause, part = anchor
    first = facts[0]
    scope = first.get("scope")
    scope = scope if isinstance(scope, str) else None
    severity = dict(rule.severity_by_scope).get(scope or "", rule.severity)
    fields: dict[str, Scalar] = dict(first.fields)
    fields |= {"rule": rule.id, "dimension": rule.dimension, "fact": first.kind, "severity": severity}
    fact = Fact(
        id=f"match:{rule.id}:{clause.id}:{number}",
        kind="strength" if rule.kind == "strength" else "match",
        clause=clause.id,
        part=part,
        section=clause.section,
        document=first.document,
        fields=tuple(sorted(fields.items())),
        evidence=first.evidence,
        source=rule.id,
    )
    return Match(rule, branch, facts, fact, clause, severity, scope)


def with_status(match: Match) -> Fact:
    """The match's fact with the field ``status`` (active or guarded), for later strata."""
    status = "guarded" if match.guard else "active"
    return replace(match.fact, fields=tuple(sorted({**dict(match.fact.fields), "status": status}.items())))
