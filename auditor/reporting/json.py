"""The report contract, ``policy-auditor/report/1``; its shapes are this module's own, not the model's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from auditor.model.clause import Clause
from auditor.model.document import Coverage
from auditor.model.finding import Approval, CounselNote, Finding, Rewrite, Strength
from auditor.model.location import Location, Span
from auditor.model.report import DocumentReport, Report, ReportEntry, Scorecard

SCHEMA = "policy-auditor/report/1"
_PLACES = (
    "page", "part", "paragraph", "run", "offset", "end_paragraph", "end_run", "end_offset",
    "line", "column", "end_line", "end_column",
)  # fmt: skip


def render_json(report: Report) -> str:
    """The report as JSON: keys sorted, lists in document order, no clock in it."""
    return json.dumps(contract(report), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def contract(report: Report) -> dict[str, Any]:
    """The report as plain data, in the shape that the schema describes."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "policy-auditor", "version": report.version},
        "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in report.packs],
        "documents": [_document(d) for d in report.documents],
        "findings": [_entry(e) for d in report.documents for e in d.entries],
        "strengths": [_strength(s) for d in report.documents for s in d.strengths],
        "counsel": [_counsel(c) for d in report.documents for c in d.counsel],
        "approvals": [_approval(a) for d in report.documents for a in d.approvals],
        "gaps": [
            {"dimension": g.dimension, "value": g.value.evidence, "denial": g.denial.id, "path": _path(d)}
            for d in report.documents
            for g in d.gaps
        ],
        "changes": [
            {
                "document": c.document,
                "finding": c.entry.finding.id,
                "felt_by": c.felt_by,
                "decision": c.decision,
            }
            for c in report.changes
        ],
        "questions": list(report.questions),
        "requests": list(report.requests),
        "skipped": [{"path": s.path, "reason": s.reason, "error": s.error} for s in report.skipped],
        "notices": [
            {
                "rule": n.rule,
                "severity": n.severity,
                "message": n.message,
                "location": location_of(n.location),
            }
            for n in report.notices
        ],
        "scores": _scores(report.scorecard),
    }


def _path(document: DocumentReport) -> str:
    return document.tree.document.path


def _document(document: DocumentReport) -> dict[str, Any]:
    source = document.tree.document
    clauses = [c for c in document.tree.clauses if c.kind != "lead-in"]
    return {
        "path": source.path,
        "format": source.format,
        "sha256": source.sha256,
        "title": source.title,
        "words": sum(len(b.text.split()) for b in source.blocks),
        "clauses": len(clauses),
        "pages": source.pages,
        "coverage": _coverage(source.coverage),
        "weak_signs": document.weak,
        "scores": _scores(document.scorecard),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "ratio": round(coverage.ratio, 4),
        "pages_without_text": list(coverage.pages_without_text),
        "undecodable": coverage.undecodable,
        "second_extraction": coverage.second_extraction,
        "dropped": [
            {"reason": d.reason, "characters": d.characters, "page": d.page, "sample": d.sample}
            for d in coverage.dropped
        ],
        "notes": list(coverage.notes),
    }


def _scores(card: Scorecard) -> dict[str, Any]:
    return {
        "verdict": card.verdict,
        "sentence": card.sentence,
        "caveat": card.caveat,
        "score": round(card.score, 4),
        "silent": card.silent,
        "clauses": card.clauses,
        "dimensions": [
            {
                "dimension": d.dimension,
                "band": d.band,
                "score": round(d.score, 4),
                "findings": d.findings,
                "guarded": d.guarded,
                "strengths": d.strengths,
                "absent": d.absent,
            }
            for d in card.dimensions
        ],
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "heading": list(clause.heading),
        "lead_in": clause.lead_in,
    }


def location_of(location: Location) -> dict[str, Any]:
    """A location with only the fields that its format has."""
    found: dict[str, Any] = {"path": location.path}
    found |= {key: getattr(location, key) for key in _PLACES if getattr(location, key) is not None}
    if location.boxes:
        found["boxes"] = [
            [b.page, round(b.x0, 2), round(b.y0, 2), round(b.x1, 2), round(b.y1, 2)] for b in location.boxes
        ]
    return found


def _entry(entry: ReportEntry) -> dict[str, Any]:
    finding = entry.finding
    suppression = entry.suppression
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "dimension": finding.dimension,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "scope": finding.scope,
        "status": entry.status,
        "message": finding.message,
        "evidence": {"text": finding.evidence, "spans": _spans(finding.spans)},
        "clause": _clause(finding.clause),
        "location": location_of(finding.location),
        "rewrite": _rewrite(entry.rewrite),
        "suppression": suppression
        and {
            "kind": suppression.kind,
            "reason": suppression.reason,
            "owner": suppression.owner,
            "review_by": suppression.review_by,
        },
        **_reasons(finding),
    }


def _reasons(finding: Finding) -> dict[str, Any]:
    guard = finding.guard
    return {
        "guardrail": guard.kind if guard else None,
        "guard": guard and {"kind": guard.kind, "cue": guard.cue, "reach": guard.reach, "part": guard.part},
        "trace": [
            {"stratum": s.stratum, "name": s.name, "premises": list(s.premises), "text": s.text}
            for s in finding.trace
        ],
    }


def _rewrite(rewrite: Rewrite | None) -> Mapping[str, Any] | None:
    if rewrite is None:
        return None
    return {
        "text": rewrite.text,
        "applicability": rewrite.applicability,
        "edits": [{"start": e.start, "end": e.end, "text": e.text} for e in rewrite.edits],
        "advice": rewrite.advice,
    }


def _strength(strength: Strength) -> dict[str, Any]:
    return {
        "id": strength.id,
        "dimension": strength.dimension,
        "evidence": {"text": strength.evidence, "spans": _spans(strength.spans)},
        "clause": _clause(strength.clause),
        "location": location_of(strength.location),
    }


def _counsel(note: CounselNote) -> dict[str, Any]:
    return {
        "topic": note.topic,
        "text": note.text,
        "clause": _clause(note.clause),
        "evidence": {"text": note.evidence},
        "location": location_of(note.location),
    }


def _approval(row: Approval) -> dict[str, Any]:
    return {
        "actor": row.actor,
        "act": row.act,
        "approver": row.approver,
        "scope": row.scope,
        "limit": row.limit,
        "deadline": row.deadline,
        "stand_in": row.stand_in,
        "levels": row.levels,
        "clause": _clause(row.clause),
        "guardrail": row.guardrail,
        "finding": row.finding,
    }
