"""The three changes to make first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from auditor.analysis.scores import weight
from auditor.analysis.wordings import Wordings
from auditor.model.report import DocumentReport, FirstChange, ReportEntry

_SEVERITY = {"error": 0, "warning": 1, "note": 2}
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
_SCOPE = {"customer": 0, "work": 1, "admin": 3}
_READY = {"ready": 0, "decision": 1, "idea": 2}
_SUM = re.compile(r"(\d[\d,. ]*\d|\d)\s*(k|thousand|m|million)?\b", re.IGNORECASE)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}


def amount(limit: str) -> float:
    """The first number in ``limit`` as written in English ("$1,250.50", "2k"); infinity if there is none."""
    found = _SUM.search(limit)
    if not found:
        return math.inf
    try:
        return float(found[1].replace(",", "").replace(" ", "")) * _TIMES.get((found[2] or "").lower(), 1)
    except ValueError:
        return math.inf


def _candidates(
    documents: Iterable[DocumentReport], wordings: Wordings
) -> list[tuple[tuple[float, ...], str, ReportEntry]]:
    rows = []
    for number, document in enumerate(documents):
        limits = {row.finding: amount(row.limit) for row in document.approvals}
        for entry in document.entries:
            finding = entry.finding
            if (
                entry.status != "active"
                or weight(entry, wordings.scoring) == 0
                or "/missing-" in finding.rule
            ):
                continue
            scope = _SCOPE.get(finding.scope or "", 0 if finding.severity == "error" else 2)
            ready = _READY[entry.rewrite.applicability] if entry.rewrite and entry.rewrite.text else 3
            key = (
                scope,
                _SEVERITY[finding.severity],
                min(limits.get(finding.id, math.inf), 1e12),
                _CONFIDENCE[finding.confidence],
                ready,
                number,
                finding.clause.index,
            )
            rows.append((key, document.tree.document.path, entry))
    return sorted(rows, key=lambda row: (*row[0], row[2].finding.id))


def _change(path: str, entry: ReportEntry, wordings: Wordings) -> FirstChange:
    finding, rewrite = entry.finding, entry.rewrite
    felt = wordings.felt_by_scope.get(finding.scope or "") or wordings.felt_by_dimension.get(
        finding.dimension, ""
    )
    kind = rewrite.applicability if rewrite and rewrite.text else "none"
    return FirstChange(path, entry, felt, wordings.decisions[kind])


def first_changes(
    documents: Iterable[DocumentReport], wordings: Wordings, limit: int = 3
) -> tuple[FirstChange, ...]:
    """At most ``limit`` active findings, customer decisions first, smallest stated sums first.

    One clause and one list (items under the same lead-in) give at most one change, so that one list does not
    fill the page. Absences are no changes to a clause and are left out.
    """
    seen: set[str] = set()
    picked: list[FirstChange] = []
    for _, path, entry in _candidates(documents, wordings):
        clause = entry.finding.clause
        key = f"{path}\n{clause.lead_in or clause.id}"
        if key in seen:
            continue
        seen.add(key)
        picked.append(_change(path, entry, wordings))
        if len(picked) == limit:
            break
    return tuple(picked)
