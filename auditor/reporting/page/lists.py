"""What the page lists: the approval map, what was left alone, strengths, before and after, coverage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from auditor.model.document import Coverage
from auditor.model.finding import Approval
from auditor.model.report import DocumentReport, Report, SayDoGap
from auditor.model.rule import SEVERITIES
from auditor.reporting.page.notes import Note
from auditor.reporting.page.words import GUARDRAILS, SCOPES, Glossary

_ARTICLE = re.compile(r"^(?:(?:a|an|any|each|its|my|our|the|their|your)\s+)+")
FACETS = (("limit", "a limit"), ("deadline", "an answer time"), ("stand_in", "a stand-in"))


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A row of the approval map with the note it belongs to, and the facets that its text does not state."""

    approval: Approval
    note: Note | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApprovalGroup:
    """The approvals of one scope. ``gaps`` says of each facet how many unguarded rows lack it."""

    scope: str
    title: str
    rows: tuple[ApprovalRow, ...]
    gaps: tuple[tuple[str, int], ...]
    open: int
    askers: tuple[tuple[str, int], ...]


def approvals(report: Report, notes: Sequence[Sequence[Note]]) -> tuple[ApprovalGroup, ...]:
    """The approval map of all documents, decisions for customers first."""
    rows: dict[str, list[ApprovalRow]] = {scope: [] for scope in SCOPES}
    for document, own in zip(report.documents, notes, strict=True):
        known = {n.entry.finding.id: n for n in own if n.entry}
        for approval in document.approvals:
            missing = tuple(name for facet, name in FACETS if not getattr(approval, facet))
            scope = approval.scope if approval.scope in SCOPES else ""
            rows[scope].append(ApprovalRow(approval, known.get(approval.finding), missing))
    return tuple(_approval_group(scope, found) for scope, found in rows.items() if found)


def _approval_group(scope: str, rows: Sequence[ApprovalRow]) -> ApprovalGroup:
    unguarded = [row for row in rows if row.approval.guardrail is None]
    gaps = tuple((name, sum(name in row.missing for row in unguarded)) for _, name in FACETS)
    asked = Counter(
        _ARTICLE.sub("", row.approval.approver.casefold()) for row in unguarded if row.approval.approver
    )
    most = sorted(asked.items(), key=lambda item: (-item[1], item[0]))[:4]
    return ApprovalGroup(scope, SCOPES[scope], tuple(rows), gaps, len(unguarded), tuple(most))


@dataclass(frozen=True, slots=True)
class Group:
    """Notes that belong together below a title; ``text`` explains the title."""

    key: str
    title: str
    text: str
    notes: tuple[Note, ...]


def left_alone(report: Report, notes: Iterable[Note]) -> tuple[Group, ...]:
    """Guarded findings by guardrail, in the report's order."""
    spared = [n for n in notes if n.status == "guarded"]
    return tuple(
        Group(count.kind, GUARDRAILS.get(count.kind, count.kind), count.meaning,
              tuple(n for n in spared if n.entry and n.entry.finding.guard
                    and n.entry.finding.guard.kind == count.kind))
        for count in report.guards
    )  # fmt: skip


def set_aside(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Findings that people have decided not to count: waived, or in the baseline."""
    return tuple(n for n in notes if n.status in ("suppressed", "baselined"))


def strengths(notes: Iterable[Note], words: Glossary) -> tuple[Group, ...]:
    """Strengths by dimension, in the order of the packs."""
    found = [n for n in notes if n.status == "strength"]
    order = [*words.dimensions, *sorted({n.dimension for n in found} - set(words.dimensions))]
    return tuple(
        Group(name, words.dimension(name), words.question(name), own)
        for name in order
        if (own := tuple(n for n in found if n.dimension == name))
    )


def before_after(notes: Iterable[Note], words: Glossary) -> tuple[Group, ...]:
    """Findings that count, by severity and rule: one line for thirty alike, each rule explained once."""

    def key(note: Note) -> tuple[int, str]:
        return (SEVERITIES.index(note.severity), note.entry.finding.rule)  # type: ignore[union-attr]

    counted = sorted((n for n in notes if n.entry and n.status in ("active", "baselined")), key=key)
    groups: list[Group] = []
    told: set[str] = set()
    for (severity, rule), own in groupby(counted, key=key):
        text = words.rules[rule].rationale.strip() if rule in words.rules and rule not in told else ""
        told.add(rule)
        groups.append(Group(f"{rule}-{SEVERITIES[severity]}", words.rule(rule), text, tuple(own)))
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class GapPair:
    """A say-do gap with the notes of both sides."""

    gap: SayDoGap
    value: Note | None
    denial: Note | None


def gaps(report: Report, notes: Sequence[Sequence[Note]]) -> tuple[GapPair, ...]:
    """The say-do gaps of all documents."""
    pairs = []
    for document, own in zip(report.documents, notes, strict=True):
        values = {n.strength.id: n for n in own if n.strength}
        denials = {n.entry.finding.id: n for n in own if n.entry}
        pairs += [GapPair(g, values.get(g.value.id), denials.get(g.denial.id)) for g in document.gaps]
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Unread:
    """What was left out of one document: why, how often and how many characters, with a sample."""

    reason: str
    times: int
    characters: int
    sample: str


def unread(coverage: Coverage) -> tuple[Unread, ...]:
    """What a reader left out on purpose, by reason, the largest first."""
    times: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for dropped in coverage.dropped:
        times[dropped.reason] += 1
        characters[dropped.reason] += dropped.characters
        samples.setdefault(dropped.reason, dropped.sample)
    found = [Unread(r, times[r], characters[r], samples[r]) for r in times]
    return tuple(sorted(found, key=lambda u: (-u.characters, u.reason)))


def words_in(document: DocumentReport) -> int:
    """The number of words that were read."""
    return sum(len(block.text.split()) for block in document.tree.document.blocks)
