"""The report as CSV: one row for every finding, strength, counsel note, notice and input that was not read.

RFC 4180 (commas, CRLF, doubled quotes, every cell quoted), UTF-8 with the mark by which Excel knows it. No cell
can become a formula, wherever a spreadsheet splits it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from auditor.model.clause import Clause
from auditor.model.finding import Approval
from auditor.model.location import Location
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting.page.words import Glossary, glossary
from auditor.reporting.text import clean

COLUMNS = (
    "kind", "status", "path", "line", "page", "paragraph", "section", "number", "dimension", "rule", "title",
    "severity", "confidence", "scope", "text", "lead_in", "why", "instead", "applicability", "advice", "guardrail",
    "guarded_by", "waiver_reason", "waiver_owner", "waiver_until", "asks_whom", "for_what", "up_to", "answered",
    "if_absent", "id",
)  # fmt: skip
_BOM = "\ufeff"
_FORMULA = re.compile(r"^[=+\-@\uff1d\uff0b\uff0d\uff20]")
_SPLIT = re.compile(r"([;,|])(?=[=+\-@])")


def cell(value: object) -> str:
    """``value`` as a cell that no spreadsheet computes: an apostrophe before what would begin a formula, and a
    space behind a separator that would bring such a sign to the beginning of a cell."""
    text = _SPLIT.sub(r"\1 ", clean(str(value)))
    return f"'{text}" if _FORMULA.match(text.lstrip()) else text


def render_csv(report: Report) -> str:
    """The report as CSV text, with its byte order mark."""
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow({name: name for name in COLUMNS})
    for row in _rows(report, glossary(report)):
        writer.writerow({name: cell(value) for name, value in row.items() if value not in (None, "")})
    return out.getvalue()


def _rows(report: Report, words: Glossary) -> Iterator[Mapping[str, object]]:
    for document in report.documents:
        approvals: dict[str, list[Approval]] = {}
        for approval in document.approvals:
            approvals.setdefault(approval.finding, []).append(approval)
        for entry in document.entries:
            yield _finding(entry, approvals.get(entry.finding.id, []), words)
        yield from _praise_and_counsel(document, words)
    for notice in report.notices:
        yield {
            "kind": "notice", "rule": notice.rule, "severity": notice.severity, "why": notice.message,
            **_place(notice.location),
        }  # fmt: skip
    for skipped in report.skipped:
        status = "not read" if skipped.error else "passed over"
        yield {"kind": "input", "status": status, "path": skipped.path, "why": skipped.reason}


def _place(location: Location) -> Mapping[str, object]:
    paragraph = location.paragraph
    return {
        "path": location.path,
        "line": location.line,
        "page": location.page,
        "paragraph": None if paragraph is None else paragraph + 1,
    }


def _clause(clause: Clause) -> Mapping[str, object]:
    number = clause.number if any(c.isalnum() for c in clause.number) else ""
    return {"section": " › ".join(clause.heading), "number": number, "lead_in": clause.lead_in}


def _finding(entry: ReportEntry, approvals: list[Approval], words: Glossary) -> Mapping[str, object]:
    finding, rewrite, waiver = entry.finding, entry.rewrite, entry.suppression
    row: dict[str, object] = {
        "kind": "finding", "status": entry.status, "dimension": finding.dimension, "rule": finding.rule,
        "title": words.rule(finding.rule), "severity": finding.severity, "confidence": finding.confidence,
        "scope": finding.scope, "text": finding.evidence, "why": finding.message, "id": finding.id,
        **_place(finding.location), **_clause(finding.clause),
    }  # fmt: skip
    if rewrite:
        row |= {"instead": rewrite.text, "applicability": rewrite.applicability, "advice": rewrite.advice}
    if finding.guard:
        row |= {"guardrail": finding.guard.kind, "guarded_by": finding.guard.cue}
    if waiver:
        row |= {
            "waiver_reason": waiver.reason,
            "waiver_owner": waiver.owner,
            "waiver_until": waiver.review_by,
        }
    for name, facet in (
        ("asks_whom", "approver"), ("for_what", "act"), ("up_to", "limit"), ("answered", "deadline"),
        ("if_absent", "stand_in"),
    ):  # fmt: skip
        row[name] = "; ".join(dict.fromkeys(filter(None, (getattr(one, facet) for one in approvals))))
    return row


def _praise_and_counsel(document: DocumentReport, words: Glossary) -> Iterator[Mapping[str, object]]:
    for strength in document.strengths:
        yield {
            "kind": "strength", "dimension": strength.dimension, "title": words.dimension(strength.dimension),
            "text": strength.evidence, "id": strength.id, **_place(strength.location), **_clause(strength.clause),
        }  # fmt: skip
    for note in document.counsel:
        yield {
            "kind": "counsel", "title": note.topic, "text": note.evidence, "why": note.text,
            **_place(note.location), **_clause(note.clause),
        }  # fmt: skip
