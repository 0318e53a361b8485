"""Guards: which matches are left alone, and which guards were tried and do not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from auditor.engine.compiled import CompiledPack, split_name
from auditor.engine.matches import Match, World
from auditor.engine.network import Budget
from auditor.engine.words import failing, premise_text
from auditor.model.fact import Fact
from auditor.model.finding import Guard, Step
from auditor.model.rule import GUARDRAILS, Rule

REACHES: tuple[Literal["clause", "lead-in", "heading"], ...] = ("clause", "lead-in", "heading")
"""From where a guard reaches a clause, nearest first."""
WHOLE = -1
"""The part of a fact that speaks of its whole clause."""


@dataclass(frozen=True, slots=True)
class _Held:
    rule: Rule
    cue: Fact | None
    guard: Guard


def guarded(
    world: World, compiled: CompiledPack, matches: Sequence[Match], budget: Budget | None = None
) -> tuple[Match, ...]:
    """``matches`` with their guard, if one holds, and the steps that tell of it."""
    if not matches:
        return ()
    cues = _cues(world)
    copies = {copy.id: original for copy, original in _copies(cues, matches)}
    asserted = [fact for fact in world.facts.values() if fact.kind != "guard"]
    asserted += [copy for copy, _ in _copies(cues, matches)]
    by_fact = {match.fact.id: match for match in matches}
    held: dict[str, list[_Held]] = defaultdict(list)
    for firing in compiled.guards.run([*asserted, *(match.fact for match in matches)], budget):
        rule = compiled.rules[split_name(firing.production.name)[0]]
        cue = next((copies[fact.id] for fact in firing.facts if fact.id in copies), None)
        for fact in firing.facts:
            if fact.id in by_fact:
                held[fact.id].append(_Held(rule, cue, _guard(world, rule, cue, by_fact[fact.id])))
    return tuple(
        _decide(world, compiled, match, held[match.fact.id], cues[match.clause.id]) for match in matches
    )


def _cues(world: World) -> defaultdict[str, list[Fact]]:
    cues: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(world.facts.values(), key=world.order):
        if fact.kind == "guard":
            cues[fact.clause].append(fact)
    return cues


def _copies(cues: defaultdict[str, list[Fact]], matches: Sequence[Match]) -> Iterator[tuple[Fact, Fact]]:
    """Guard facts once for each part of the clause that they reach, with the fact copied."""
    parts: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        parts[match.clause.id].add(match.part)
    for clause, wanted in parts.items():
        for fact in cues.get(clause, ()):
            for part in sorted(wanted):
                if fact.part in {WHOLE, part} or part == WHOLE:
                    yield replace(fact, id=f"{fact.id}@{part}", part=part), fact


def _guard(world: World, rule: Rule, cue: Fact | None, match: Match) -> Guard:
    kind = str((rule.options or {}).get("guardrail", ""))
    if cue is None:
        return Guard(kind, rule.title, "clause", match.part)
    reach = cue.get("reach")
    words = cue.get("words") or _words(world, cue) or cue.get("cue") or rule.title
    return Guard(kind, str(words), _reach(reach), cue.part)


def _reach(value: object) -> Literal["clause", "lead-in", "heading"]:
    return next((reach for reach in REACHES if reach == value), "clause")


def _words(world: World, cue: Fact) -> str:
    clause = world.clauses.get(cue.clause)
    if clause is None or not cue.evidence or cue.get("reach", "clause") != "clause":
        return ""
    return clause.text[cue.evidence[0].start : cue.evidence[0].end]


def _decide(
    world: World, compiled: CompiledPack, match: Match, held: Sequence[_Held], cues: Sequence[Fact]
) -> Match:
    def order(one: _Held) -> tuple[bool, int, int, tuple[int, int, str]]:
        # A heading speaks only where nothing nearer does; among the nearer ones the kind decides.
        position = world.order(one.cue) if one.cue else (-1, 0, "")
        reach = one.guard.reach
        return (reach == "heading", GUARDRAILS.index(one.guard.kind), REACHES.index(reach), position)

    admitted = sorted((one for one in held if one.guard.kind in match.rule.guardable), key=order)
    steps = [_held_step(match, one) for one in admitted]
    accounted = {one.cue.id for one in admitted if one.cue}
    steps += [_tried_step(compiled, match, cue, held) for cue in cues if cue.id not in accounted]
    return replace(match, guard=admitted[0].guard if admitted else None, steps=(*match.steps, *steps))


def _held_step(match: Match, held: _Held) -> Step:
    premises = (match.fact.id, held.cue.id) if held.cue else (match.fact.id,)
    text = f"holds: {held.guard.kind}, “{held.guard.cue}” ({held.guard.reach})"
    return Step("guards", held.rule.id, premises, text)


def _tried_step(compiled: CompiledPack, match: Match, cue: Fact, held: Sequence[_Held]) -> Step:
    guardrail = str(cue.get("guardrail", ""))
    name = next((one.rule.id for one in held if one.cue == cue), f"guards/{guardrail}")
    why = _why_not(compiled, match, cue, guardrail)
    return Step(
        "guards",
        name,
        (match.fact.id, cue.id),
        f"tried, does not hold: {premise_text(cue, match.clause)}; {why}",
    )


def _why_not(compiled: CompiledPack, match: Match, cue: Fact, guardrail: str) -> str:
    if guardrail not in match.rule.guardable:
        return f"{match.rule.id} is not spared for {guardrail} reasons"
    if cue.part != match.part and WHOLE not in {cue.part, match.part}:
        return "it stands in another part of the clause"
    reasons: list[str] = []
    for rule in compiled.pack.rules:
        if rule.kind == "guard" and (rule.options or {}).get("guardrail") == guardrail:
            for conditions in rule.when:
                for condition in conditions:
                    fact = {"match": match.fact, "guard": cue}.get(condition.kind)
                    reasons += failing(condition, fact) if fact else ()
    return "; ".join(dict.fromkeys(reasons)) or f"no guard rule for {guardrail} takes it"
