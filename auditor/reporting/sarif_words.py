"""What a SARIF result says: its message, its suppression, its properties."""

from __future__ import annotations

from typing import Any

from auditor.model.report import ReportEntry, Suppression
from auditor.reporting.page.words import APPLICABILITY
from auditor.reporting.text import clean


def sentence(text: str) -> str:
    """A sentence that holds no link of SARIF's message syntax, with a stop at its end."""
    still = text.replace("](", "] (")
    return still if still.endswith((".", "!", "?", "”", "…")) else f"{still}."


def message_of(entry: ReportEntry) -> str:
    """Why, the text, and how it could read instead."""
    finding, guard, rewrite = entry.finding, entry.finding.guard, entry.rewrite
    parts = [finding.message, f"The text: “{finding.evidence}”"]
    if guard:
        parts.insert(0, f"Left alone ({guard.kind}, for “{guard.cue}” in the {guard.reach})")
    if rewrite and rewrite.text:
        parts.append(
            f"Instead ({APPLICABILITY.get(rewrite.applicability, rewrite.applicability)}): {rewrite.text}"
        )
    if rewrite and rewrite.advice:
        parts.append(f"Advice: {rewrite.advice}")
    return "\n".join(sentence(clean(part)) for part in parts)


def suppression_of(why: Suppression) -> dict[str, Any]:
    """A waiver or a comment as a suppression, its owner and date among the properties."""
    told: dict[str, Any] = {
        "kind": "inSource" if why.kind == "inSource" else "external",
        "status": "accepted",
        "justification": clean(why.reason),
    }
    properties = {"owner": why.owner, "reviewBy": why.review_by, "source": why.source}
    told["properties"] = {name: clean(value) for name, value in properties.items() if value}
    return told


def properties_of(entry: ReportEntry) -> dict[str, Any]:
    """What SARIF has no place for."""
    finding = entry.finding
    found: dict[str, Any] = {
        "id": finding.id,
        "status": entry.status,
        "confidence": finding.confidence,
        "dimension": finding.dimension,
        "clause": finding.clause.id,
    }
    if finding.scope:
        found["scope"] = finding.scope
    if finding.guard:
        found["guard"] = {
            "kind": finding.guard.kind, "cue": clean(finding.guard.cue), "reach": finding.guard.reach,
        }  # fmt: skip
    if entry.rewrite:
        found["rewrite"] = {
            "text": clean(entry.rewrite.text), "applicability": entry.rewrite.applicability,
            "advice": clean(entry.rewrite.advice),
        }  # fmt: skip
    return found
