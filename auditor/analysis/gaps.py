"""Say-do gaps: a stated value beside the clause of the same document that denies it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.analysis.scores import weight
from auditor.analysis.wordings import Wordings
from auditor.model.finding import Finding, Strength
from auditor.model.report import ReportEntry, SayDoGap

_WORD = re.compile(r"[a-z]{4,}")
_SEVERITY = {"error": 0, "warning": 1, "note": 2}


def _stems(text: str) -> frozenset[str]:
    """Crude stems, enough to see that two clauses speak of the same thing."""
    return frozenset(word[:6] for word in _WORD.findall(text.casefold()))


def _denials(entries: Iterable[ReportEntry], wordings: Wordings) -> list[Finding]:
    return [
        entry.finding
        for entry in entries
        if entry.finding.severity != "note"
        and entry.finding.confidence != "low"
        and weight(entry, wordings.scoring) > 0
    ]


def say_do_gaps(
    entries: Iterable[ReportEntry], strengths: Iterable[Strength], wordings: Wordings
) -> tuple[SayDoGap, ...]:
    """Pairs of a strength and a weighing finding of a dimension that can deny it, the closest first.

    Closest means most shared stems, then severity, then document order. A clause appears on each side at
    most once; at most ``wordings.gap_limit`` pairs per dimension. One clause alone is no gap.
    """
    denials = _denials(entries, wordings)
    scored = []
    for value in strengths:
        stems = _stems(value.evidence)
        for denial in denials:
            reach = wordings.gaps.get(value.dimension, ())
            if denial.dimension not in reach or denial.clause.id == value.clause.id:
                continue
            shared = len(stems & _stems(denial.evidence))
            scored.append(
                (-shared, _SEVERITY[denial.severity], value.clause.index, denial.clause.index, value, denial)
            )
    scored.sort(key=lambda row: (*row[:4], row[4].id, row[5].id))
    taken: set[str] = set()
    counts: dict[str, int] = {}
    gaps = []
    for *_, value, denial in scored:
        if value.clause.id in taken or denial.clause.id in taken:
            continue
        if counts.get(value.dimension, 0) >= wordings.gap_limit:
            continue
        taken |= {value.clause.id, denial.clause.id}
        counts[value.dimension] = counts.get(value.dimension, 0) + 1
        gaps.append(SayDoGap(value.dimension, value, denial))
    return tuple(gaps)
