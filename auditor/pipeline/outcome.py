"""What a report means for the one who waits for an exit code."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.report import Notice, Report, ReportEntry
from auditor.model.rule import SEVERITIES
from auditor.pipeline.settings import FailOn


def failing(report: Report, fail_on: FailOn) -> tuple[ReportEntry, ...]:
    """The active findings of a report at or above a severity."""
    return failing_entries((e for document in report.documents for e in document.entries), fail_on)


def failing_entries(entries: Iterable[ReportEntry], fail_on: FailOn) -> tuple[ReportEntry, ...]:
    """The active ones at or above a severity; those of low confidence are shown and never fail a check."""
    if fail_on == "never":
        return ()
    limit = SEVERITIES.index(fail_on)
    return tuple(
        entry
        for entry in entries
        if entry.status == "active"
        and SEVERITIES.index(entry.finding.severity) <= limit
        and entry.finding.confidence != "low"
    )


def failing_notices(report: Report, fail_on: FailOn) -> tuple[Notice, ...]:
    """What waivers, comments and the baseline themselves have to say, at or above a severity."""
    if fail_on == "never":
        return ()
    limit = SEVERITIES.index(fail_on)
    return tuple(one for one in report.notices if SEVERITIES.index(one.severity) <= limit)


def unread(report: Report) -> bool:
    """Whether an input that was asked for could not be audited."""
    return any(skipped.error for skipped in report.skipped)
