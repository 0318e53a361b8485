"""From matches and absences to findings, strengths and counsel notes, complete at birth."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from auditor.engine.absences import Absence
from auditor.engine.matches import Match, World, rank
from auditor.engine.words import message_text, premise_text, shortened
from auditor.model.clause import Clause
from auditor.model.fact import Fact
from auditor.model.finding import Confidence, CounselNote, Finding, Guard, Step, Strength
from auditor.model.location import Location, Span, locate

_BANDS: tuple[Confidence, ...] = ("high", "medium", "low")


def fingerprint(rule: str, clause: str, ordinal: int) -> str:
    """The identity of a finding: hex of a SHA-256 over rule, clause id and ordinal (from 1)."""
    return hashlib.sha256(f"{rule}\n{clause}\n{ordinal}".encode("utf-8", "surrogatepass")).hexdigest()


def findings_of(world: World, matches: Sequence[Match], texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """One finding per rule and clause; two where one part is guarded and another is not."""
    findings = []
    for (rule, clause), several in _grouped(matches):
        groups = _by_status(several)
        for ordinal, group in enumerate(groups, start=1):
            findings.append(_finding(world, group, fingerprint(rule, clause, ordinal), texts))
    return tuple(findings)


def _grouped(matches: Iterable[Match]) -> list[tuple[tuple[str, str], list[Match]]]:
    def key(match: Match) -> tuple[int, str, str]:
        return (match.clause.index, match.rule.id, match.clause.id)

    ordered = sorted(matches, key=lambda match: (key(match), rank(match)))
    return [((group[1], group[2]), list(several)) for group, several in groupby(ordered, key=key)]


def _by_status(matches: Sequence[Match]) -> list[list[Match]]:
    """Matches of the parts that are active and of those that are guarded; the gravest match of a part
    decides."""
    active: list[Match] = []
    spared: list[Match] = []
    for _, several in groupby(matches, key=lambda match: match.part):
        group = list(several)
        (spared if group[0].guard else active).extend(group)
    return sorted((group for group in (active, spared) if group), key=lambda group: rank(group[0]))


def _finding(world: World, matches: Sequence[Match], print_: str, texts: Mapping[str, str]) -> Finding:
    first = min(matches, key=lambda match: (rank(match)[1], rank(match)))
    guard = first.guard
    premises = _premises(world, matches)
    spans = _spans(first.clause, premises)
    return Finding(
        id=print_[:10],
        fingerprint=print_,
        rule=first.rule.id,
        dimension=first.rule.dimension,
        severity=first.severity,
        confidence=_confidence(first.premises, guard),
        scope=first.scope,
        guard=guard,
        message=message_text(first.rule.message, first.premises[0], texts, _quotes(world, first)),
        clause=first.clause,
        evidence=first.clause.text,
        spans=spans,
        location=_location(world, first.clause, spans),
        premises=(*first.premises, *(fact for fact in premises if fact not in first.premises)),
        trace=_trace(world, matches, premises, guard),
    )


def _quotes(world: World, match: Match) -> dict[str, str]:
    """The clauses of a match's conditions by their names; the match's own clause needs no quoting."""
    found = {}
    for condition, fact in zip(match.rule.when[match.branch], match.premises, strict=True):
        clause = world.clauses.get(fact.clause)
        if clause is not None and clause is not match.clause:
            found[condition.alias] = shortened(" ".join(clause.text.split()))
    return found


def _premises(world: World, matches: Iterable[Match]) -> tuple[Fact, ...]:
    facts = {fact.id: fact for match in matches for fact in match.premises}
    return tuple(sorted(facts.values(), key=world.order))


def _spans(clause: Clause, premises: Iterable[Fact]) -> tuple[Span, ...]:
    """The premises' words in this clause, overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(span for fact in premises if fact.clause == clause.id for span in fact.evidence):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _confidence(premises: Iterable[Fact], guard: Guard | None) -> Confidence:
    worst = 1 if guard is not None and guard.reach == "heading" else 0
    for fact in premises:
        value = fact.get("confidence", "high")
        worst = max(worst, next((i for i, band in enumerate(_BANDS) if band == value), 0))
    return _BANDS[worst]


def _location(world: World, clause: Clause, spans: Sequence[Span]) -> Location:
    """The clause's place, narrowed to the words if the clause's text is the block's own."""
    block = world.tree.document.blocks[clause.block]
    if not spans or block.text[clause.span.start : clause.span.end] != clause.text:
        return clause.location
    hull = Span(clause.span.start + spans[0].start, clause.span.start + max(span.end for span in spans))
    return locate(block.pieces, hull, world.tree.document.path)


def _trace(
    world: World, matches: Sequence[Match], premises: Sequence[Fact], guard: Guard | None
) -> tuple[Step, ...]:
    steps = [
        Step("facts", fact.kind, (fact.id,), premise_text(fact, world.clauses.get(fact.clause)))
        for fact in premises
    ]
    steps += [
        Step(
            "matches", match.rule.id, (match.fact.id, *(fact.id for fact in match.premises)), match.rule.title
        )
        for match in matches
    ]
    steps += [step for match in matches for step in match.steps]
    verdict = (
        f"left alone: {guard.kind}, “{guard.cue}” ({guard.reach})" if guard else "active: no guard holds"
    )
    steps.append(
        Step("verdict", "guarded" if guard else "active", tuple(m.fact.id for m in matches), verdict)
    )
    return tuple(dict.fromkeys(steps))


def absence_findings(world: World, absences: Iterable[Absence]) -> tuple[Finding, ...]:
    """Absences as findings at the heading where the topic is treated first.

    ``clause`` is the first clause at or after that heading; the identity is the rule's alone, for there is
    one a document.
    """
    findings = []
    for absence in absences:
        rule, section = absence.rule, absence.section
        clause = next((one for one in world.tree.clauses if one.section >= section.index), None)
        clause = clause or world.tree.clauses[-1]
        print_ = fingerprint(rule.id, "absence", 1)
        findings.append(
            Finding(
                id=print_[:10],
                fingerprint=print_,
                rule=rule.id,
                dimension=rule.dimension,
                severity=rule.severity,
                confidence=_confidence(absence.premises, None),
                scope=None,
                guard=None,
                message=message_text(rule.message, absence.premises[0], {}),
                clause=clause,
                evidence=section.heading[-1] if section.heading else clause.text,
                spans=(),
                location=section.location,
                premises=absence.premises,
                trace=absence.steps,
            )
        )
    return tuple(findings)


def strengths_of(world: World, matches: Sequence[Match]) -> tuple[Strength, ...]:
    """One strength per dimension and clause."""
    found: dict[tuple[str, str], list[Match]] = {}
    for match in sorted(matches, key=lambda match: (match.clause.index, match.rule.dimension, rank(match))):
        found.setdefault((match.rule.dimension, match.clause.id), []).append(match)
    strengths = []
    for (dimension, clause_id), group in found.items():
        premises, clause = _premises(world, group), group[0].clause
        spans = _spans(clause, premises)
        name = fingerprint(f"strengths/{dimension}", clause_id, 1)[:10]
        location = _location(world, clause, spans)
        strengths.append(Strength(name, dimension, clause, clause.text, spans, location, premises))
    return tuple(strengths)


def counsel_of(world: World, matches: Sequence[Match], texts: Mapping[str, str]) -> tuple[CounselNote, ...]:
    """One note per topic and clause."""
    found: dict[tuple[int, str], Match] = {}
    for match in sorted(matches, key=lambda match: (match.clause.index, match.rule.id, rank(match))):
        topic = str((match.rule.options or {}).get("counsel_topic", match.rule.title))
        found.setdefault((match.clause.index, topic), match)
    notes = []
    for (_, topic), match in sorted(found.items(), key=lambda item: item[0]):
        spans = _spans(match.clause, match.premises)
        text = message_text(match.rule.message, match.premises[0], texts)
        place = _location(world, match.clause, spans)
        notes.append(CounselNote(topic, text, match.clause, match.clause.text, place))
    return tuple(notes)
