"""Comparison → JSON, Markdown, terminal, page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.errors import ConfigError
from auditor.model.clause import Clause
from auditor.model.comparison import Comparison, ControlLost, DocumentChange
from auditor.model.finding import Approval
from auditor.model.report import ReportEntry
from auditor.reporting.json import location_of

FORMATS = ("terminal", "markdown", "json", "html")
ENDINGS: Mapping[str, str] = {".md": "markdown", ".json": "json", ".html": "html", ".htm": "html"}
NOW = {
    "removed": "the clause is gone",
    "flagged": "the reason is gone, the control is not",
    "changed": "the clause no longer holds the control",
}


def render_comparison(comparison: Comparison, format: str) -> str:
    """The comparison in one of ``FORMATS``. Raises ConfigError for another."""
    if format == "json":
        return json.dumps(to_json(comparison), indent=1, ensure_ascii=False) + "\n"
    if format == "markdown":
        return "\n".join(_markdown(comparison)) + "\n"
    if format == "terminal":
        return "\n".join(_plain(comparison)) + "\n"
    if format == "html":
        return _html(comparison)
    raise ConfigError(f"unknown format {format!r}; a comparison can be {', '.join(FORMATS)}")


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain data, schema ``policy-auditor/comparison/1``."""
    return {
        "schema": "policy-auditor/comparison/1",
        "tool": {"name": "policy-auditor", "version": comparison.version},
        "old": {"name": comparison.old, "verdict": comparison.old_scores.verdict},
        "new": {"name": comparison.new, "verdict": comparison.new_scores.verdict},
        "documents": [_change(one) for one in comparison.documents],
    }


def _change(change: DocumentChange) -> dict[str, Any]:
    return {
        "old_path": change.old_path or None,
        "new_path": change.new_path or None,
        "clauses": {
            "unchanged": change.unchanged,
            "added": [_clause(c) for c in change.added],
            "removed": [_clause(c) for c in change.removed],
            "moved": [{"old": _clause(p.old), "new": _clause(p.new)} for p in change.moved],
            "edited": [
                {"old": _clause(p.old), "new": _clause(p.new), "moved": p.moved} for p in change.edited
            ],
        },
        "findings": {
            "new": [_finding(e) for e in change.new],
            "resolved": [_finding(e) for e in change.resolved],
            "persisting": [_finding(e) for e in change.persisting],
        },
        "controls_lost": [
            {"guardrail": one.kind, "rule": one.was.rule, "was": _clause(one.was.clause), "now": one.now,
             "clause": _clause(one.new) if one.new else None}
            for one in change.controls_lost
        ],
        "thresholds": [
            {"old": _clause(t.pair.old), "new": _clause(t.pair.new), "before": list(t.before), "after": list(t.after)}
            for t in change.thresholds
        ],
        "approvals": {
            "new": [_approval(a) for a in change.approvals_new],
            "gone": [_approval(a) for a in change.approvals_gone],
        },
        "strengths": {
            "new": [{"dimension": s.dimension, "clause": _clause(s.clause)} for s in change.strengths_new],
            "gone": [{"dimension": s.dimension, "clause": _clause(s.clause)} for s in change.strengths_gone],
        },
    }  # fmt: skip


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "heading": list(clause.heading),
        "lead_in": clause.lead_in,
        "text": clause.text,
        "location": location_of(clause.location),
    }


def _finding(entry: ReportEntry) -> dict[str, Any]:
    finding = entry.finding
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "status": entry.status,
        "message": finding.message,
        "evidence": {"text": finding.evidence},
        "clause": finding.clause.id,
        "location": location_of(finding.location),
        "rewrite": entry.rewrite.text if entry.rewrite else None,
    }


def _approval(row: Approval) -> dict[str, Any]:
    return {
        "actor": row.actor,
        "act": row.act,
        "approver": row.approver,
        "scope": row.scope,
        "limit": row.limit,
        "guardrail": row.guardrail,
        "text": row.clause.text,
    }


def _counts(change: DocumentChange) -> str:
    parts = (
        (len(change.added), "added"),
        (len(change.removed), "removed"),
        (len(change.edited), "edited"),
        (len(change.moved), "moved"),
        (change.unchanged, "as they were"),
    )
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "no clauses"


def _name(change: DocumentChange) -> str:
    if not change.old_path:
        return f"{change.new_path} (new)"
    if not change.new_path:
        return f"{change.old_path} (removed)"
    same = change.old_path == change.new_path or change.old_path.endswith(f"/{change.new_path}")
    return change.new_path if same else f"{change.new_path} (was {change.old_path})"


def _headline(comparison: Comparison) -> str:
    new = sum(len(d.new) for d in comparison.documents)
    resolved = sum(len(d.resolved) for d in comparison.documents)
    lost = sum(len(d.controls_lost) for d in comparison.documents)
    asked = sum(len(d.approvals_new) for d in comparison.documents)
    return f"{new} new finding(s), {resolved} resolved; {lost} control(s) lost; {asked} approval(s) newly required."


def _place(clause: Clause) -> str:
    place = clause.location
    named = (("line", place.line), ("page", place.page), ("paragraph", place.paragraph))
    where = next((f"{name} {value}" for name, value in named if value is not None), "")
    return ", ".join(part for part in (clause.number, where) if part)


def quote(text: str) -> str:
    """Text as Markdown that shows it as it is: no markup, mention or reference in it takes effect."""
    flat = " ".join(text.split())
    for sign in "\\`*_{}[]<>#|~":
        flat = flat.replace(sign, f"\\{sign}")
    return flat.replace("@", "@\u200b").replace("&", "&amp;")


def _markdown(comparison: Comparison) -> Iterator[str]:
    yield f"## Policy audit: {quote(comparison.old)} → {quote(comparison.new)}"
    yield ""
    yield _headline(comparison)
    for change in comparison.documents:
        lines = list(_sections(change))
        yield ""
        yield f"### {quote(_name(change))}"
        yield ""
        yield f"Clauses: {_counts(change)}."
        for title, items in lines:
            yield ""
            yield f"**{title}**"
            yield ""
            yield from items


def _sections(change: DocumentChange) -> Iterator[tuple[str, list[str]]]:
    """Titles and Markdown list items, controls lost first."""
    if change.controls_lost:
        yield "Controls lost", [f"- {_lost(one)}" for one in change.controls_lost]
    if change.new:
        yield "New findings", [line for entry in change.new for line in _told(entry)]
    if change.approvals_new:
        yield (
            "Approvals newly required",
            [
                f"- {quote(a.act or a.clause.text)}" + (f" — asks {quote(a.approver)}" if a.approver else "")
                for a in change.approvals_new
            ],
        )
    if change.thresholds:
        yield (
            "Thresholds changed",
            [
                f"- {quote(_numbers(t.before))} → {quote(_numbers(t.after))}: “{quote(t.pair.new.text)}”"
                for t in change.thresholds
            ],
        )
    if change.resolved:
        yield "Resolved", [f"- {e.finding.rule}: “{quote(e.finding.evidence)}”" for e in change.resolved]
    if change.strengths_new:
        yield "Strengths gained", [f"- {s.dimension}: “{quote(s.evidence)}”" for s in change.strengths_new]
    if change.strengths_gone:
        yield "Strengths lost", [f"- {s.dimension}: “{quote(s.evidence)}”" for s in change.strengths_gone]
    if change.persisting:
        yield "Unchanged findings", [f"{len(change.persisting)} finding(s) of the old edition persist."]


def _lost(one: ControlLost) -> str:
    now = f": “{quote(one.new.text)}”" if one.new and one.now != "removed" else ""
    return f"{one.kind}: “{quote(one.was.evidence)}” — {NOW[one.now]}{now}"


def _numbers(found: tuple[str, ...]) -> str:
    return ", ".join(found) or "none"


def _told(entry: ReportEntry) -> Iterator[str]:
    finding = entry.finding
    known = "" if entry.status == "active" else f" ({entry.status})"
    yield f"- **{finding.severity}** `{finding.rule}` `{finding.id}` {_place(finding.clause)}{known}"
    yield f"  > {quote(finding.evidence)}"
    yield ""
    yield f"  {quote(finding.message)}"
    if entry.rewrite and entry.rewrite.text:
        yield ""
        yield f"  Could read ({entry.rewrite.applicability}): {quote(entry.rewrite.text)}"


def _plain(comparison: Comparison) -> Iterator[str]:
    yield f"{comparison.old} -> {comparison.new}"
    yield _headline(comparison)
    for change in comparison.documents:
        yield ""
        yield _clean(_name(change))
        yield f"  clauses: {_counts(change)}"
        for one in change.controls_lost:
            yield f"  control lost ({one.kind}; {NOW[one.now]}): {_clean(one.was.evidence)}"
        for entry in change.new:
            finding = entry.finding
            head = f"{finding.severity} {finding.rule} {finding.id} ({_place(finding.clause)})"
            yield f"  new {head}: {_clean(finding.evidence)}"
            if entry.rewrite and entry.rewrite.text:
                yield f"      instead ({entry.rewrite.applicability}): {_clean(entry.rewrite.text)}"
        for row in change.approvals_new:
            asked = _clean(row.approver or "a superior")
            yield f"  approval newly required: {_clean(row.act or row.clause.text)} (asks {asked})"
        for t in change.thresholds:
            yield f"  threshold {_numbers(t.before)} -> {_numbers(t.after)}: {_clean(t.pair.new.text)}"
        for entry in change.resolved:
            yield f"  resolved {entry.finding.rule}: {_clean(entry.finding.evidence)}"
        if change.persisting:
            yield f"  {len(change.persisting)} finding(s) persist"


def _clean(text: str) -> str:
    """One line without control characters."""
    return "".join(ch for ch in " ".join(text.split()) if ch.isprintable())


def _html(comparison: Comparison) -> str:
    from importlib.resources import files

    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    source = files("auditor.reporting").joinpath("templates/comparison.html").read_text("utf-8")
    return environment.from_string(source).render(
        comparison=comparison,
        headline=_headline(comparison),
        name=_name,
        counts=_counts,
        place=_place,
        now=NOW,
    )
