"""One document's facts in, everything concluded out: the strata in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from auditor.engine.absences import absences_of
from auditor.engine.compiled import CompiledPack
from auditor.engine.conclude import absence_findings, counsel_of, findings_of, strengths_of
from auditor.engine.guards import guarded
from auditor.engine.matches import Match, World, matches_of, with_status, world_of
from auditor.engine.network import Budget
from auditor.model.clause import ClauseTree
from auditor.model.fact import Fact
from auditor.model.finding import Conclusions, Finding

_BANDS = ("high", "medium", "low")
_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


def evaluate(
    compiled: CompiledPack,
    tree: ClauseTree,
    facts: Iterable[Fact],
    texts: Mapping[str, str] = _NO_TEXTS,
    budget: Budget | None = None,
) -> Conclusions:
    """Conclude about one document.

    ``texts`` gives the text of each clause's reading, by clause id, from which slots are quoted in messages.
    Independent of the order of ``facts``; findings are sorted by position, then rule. Raises EngineError if a
    budget is exceeded, a fact is malformed, or the core fails.
    """
    world = world_of(tree, facts)
    matches = _uncontradicted(_matches(world, compiled, budget))
    by_kind: dict[str, list[Match]] = {"pattern": [], "strength": [], "counsel": []}
    for match in matches:
        by_kind[match.rule.kind].append(match)
    concluded = [*by_kind["pattern"], *by_kind["strength"]]
    findings = findings_of(world, by_kind["pattern"], texts)
    findings += absence_findings(world, absences_of(world, compiled, concluded, budget))
    return Conclusions(
        findings=tuple(sorted(findings, key=_position)),
        strengths=strengths_of(world, by_kind["strength"]),
        counsel=counsel_of(world, by_kind["counsel"], texts),
        topics=_topics(world),
    )


def _uncontradicted(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """``matches`` without the strengths that something else in the same clause denies.

    A finding of the strength's own dimension denies it, if it is as surely said. One of another dimension, or a
    strength more surely said, denies only what is less than surely said, for then the words were probably read
    amiss.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    surest: dict[str, int] = {}
    for match in matches:
        clause = match.clause.id
        if match.rule.kind == "pattern" and (match.rule.options or {}).get("denies", True):
            dimension = match.rule.dimension
            found[clause][dimension] = min(found[clause].get(dimension, len(_BANDS)), _band(match))
        elif match.rule.kind == "strength":
            surest[clause] = min(surest.get(clause, len(_BANDS)), _band(match))

    def stands(match: Match) -> bool:
        band = _band(match)
        denying = {name for name, sure in found.get(match.clause.id, {}).items() if sure <= band}
        if match.rule.kind != "strength":
            return True
        return match.rule.dimension not in denying and (
            band == 0 or (not denying and band == surest[match.clause.id])
        )

    return tuple(match for match in matches if stands(match))


def _band(match: Match) -> int:
    """How surely a match's premises are said: 0 is the surest."""
    return max((_BANDS.index(str(f.get("confidence", "high"))) for f in match.premises), default=0)


def _matches(world: World, compiled: CompiledPack, budget: Budget | None) -> tuple[Match, ...]:
    """Matches of the clause stratum, decided by the guards, then of the rules that look at those."""
    first = _guard_patterns(
        world,
        compiled,
        matches_of(world, compiled.rules, compiled.base.run(world.facts.values(), budget)),
        budget,
    )
    if not compiled.derived.plan.productions:
        return first
    facts = [*world.facts.values(), *(with_status(match) for match in first)]
    second = matches_of(world, compiled.rules, compiled.derived.run(facts, budget))
    return (*first, *_guard_patterns(world, compiled, second, budget))


def _guard_patterns(
    world: World, compiled: CompiledPack, matches: tuple[Match, ...], budget: Budget | None
) -> tuple[Match, ...]:
    patterns = tuple(match for match in matches if match.rule.kind == "pattern")
    others = tuple(match for match in matches if match.rule.kind != "pattern")
    return (*guarded(world, compiled, patterns, budget), *others)


def _position(finding: Finding) -> tuple[int, int, str, int, str]:
    start = finding.spans[0].start if finding.spans else 0
    absence = 0 if finding.trace and finding.trace[-1].stratum == "absences" else 1
    return (finding.clause.index, absence, finding.rule, start, finding.id)


def _topics(world: World) -> tuple[tuple[int, str], ...]:
    pairs = {(fact.section, str(fact.get("topic"))) for fact in world.facts.values() if fact.kind == "topic"}
    return tuple(sorted(pairs))
