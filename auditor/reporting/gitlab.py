"""The report as a GitLab code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditor.model.location import Location
from auditor.model.report import Report, ReportEntry
from auditor.reporting.page.words import APPLICABILITY, place
from auditor.reporting.text import clean, line_of, relative

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render_gitlab(report: Report, *, root: str = "") -> str:
    """The active findings, the notices, and inputs that were not read, as a JSON list.

    GitLab compares the fingerprints of two runs and shows each but once, so equal ones (the same clause in
    several documents) get an ordinal; lines and paths are no part of them. Word and PDF files have
    paragraphs or pages for lines.
    """
    seen: Counter[str] = Counter()
    issues = []
    for issue in _issues(report, root):
        seen[issue["fingerprint"]] += 1
        ordinal = seen[issue["fingerprint"]]
        if ordinal > 1:
            issue["fingerprint"] = _digest(issue["fingerprint"], str(ordinal))
        issues.append(issue)
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _issues(report: Report, root: str) -> Iterator[dict[str, Any]]:
    for document in report.documents:
        for entry in document.entries:
            if entry.status == "active":
                finding = entry.finding
                yield _issue(
                    _description(entry),
                    finding.rule,
                    finding.fingerprint,
                    finding.severity,
                    finding.location,
                    root,
                )
    for notice in report.notices:
        digest = _digest(notice.rule, notice.location.path, notice.message)
        yield _issue(clean(notice.message), notice.rule, digest, notice.severity, notice.location, root)
    for skipped in report.skipped:
        if skipped.error:
            digest = _digest("unread", skipped.path)
            text = f"Not audited: {clean(skipped.reason)}"
            yield _issue(text, "unread", digest, "error", Location(skipped.path), root)


def _issue(
    text: str, rule: str, fingerprint: str, severity: str, where: Location, root: str
) -> dict[str, Any]:
    lines = {"begin": line_of(where)[0]}
    if where.line is not None and where.end_line is not None:
        lines["end"] = max(where.line, where.end_line)
    return {
        "description": text,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[severity],
        "location": {"path": relative(clean(where.path), root), "lines": lines},
    }


def _description(entry: ReportEntry) -> str:
    finding, rewrite = entry.finding, entry.rewrite
    where = (
        f" ({place(finding.location)})" if finding.location.line is None and place(finding.location) else ""
    )
    parts = [f"{clean(finding.message)} “{clean(finding.evidence)}”{where}"]
    if rewrite and rewrite.text:
        state = APPLICABILITY.get(rewrite.applicability, rewrite.applicability)
        parts.append(f"Instead ({state}): {clean(rewrite.text)}")
    return " ".join(parts)
