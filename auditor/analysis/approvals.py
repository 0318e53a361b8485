"""The approval map: who asks whom for what, up to how much, answered when, by whom if absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.model.fact import Fact
from auditor.model.finding import Approval, Finding
from auditor.model.report import ReportEntry

KINDS = ("approval", "escalation", "denial")
SCOPES = ("customer", "work", "admin")


def _words(fact: Fact, text: str, role: str) -> str:
    """The words of a role, "" where the text is silent; several stretches are joined by a comma."""
    found = [" ".join(text[slot.start : slot.end].split()) for slot in fact.slots if slot.role == role]
    return ", ".join(dict.fromkeys(word.strip(" ,;.") for word in found if word.strip()))


def _levels(fact: Fact) -> int:
    value = fact.get("levels", 1)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 1


def _row(finding: Finding, fact: Fact, text: str) -> Approval:
    scope = finding.scope or str(fact.get("scope", "") or "")
    return Approval(
        actor=_words(fact, text, "actor"),
        act=_words(fact, text, "act") or _words(fact, text, "object"),
        approver=_words(fact, text, "approver"),
        scope=scope,
        limit=_words(fact, text, "limit"),
        deadline=_words(fact, text, "deadline"),
        stand_in=_words(fact, text, "stand_in"),
        levels=_levels(fact),
        clause=finding.clause,
        guardrail=finding.guard.kind if finding.guard else None,
        finding=finding.id,
    )


def _order(row: Approval) -> tuple[int, bool, int, str]:
    rank = SCOPES.index(row.scope) if row.scope in SCOPES else len(SCOPES)
    return rank, row.guardrail is not None, row.clause.index, row.finding


def approval_map(entries: Iterable[ReportEntry], texts: Mapping[str, str]) -> tuple[Approval, ...]:
    """One row per approval, escalation or denial that a finding rests on; customer decisions first.

    ``texts`` maps a clause id to its ``Reading.text``, into which the facts' slots point; a clause missing
    there gives a row of empty words. A fact shared by several findings makes one row, of the first finding.
    """
    rows: dict[str, Approval] = {}
    for entry in entries:
        finding = entry.finding
        for fact in finding.premises:
            if fact.kind not in KINDS or fact.id in rows or not finding.rule.startswith("empowerment/"):
                continue
            text = texts.get(fact.clause, "")
            rows[fact.id] = _row(finding, fact, text)
    return tuple(sorted(rows.values(), key=_order))
