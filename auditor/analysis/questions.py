"""What the text cannot answer: interview questions and documents to ask for."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.analysis.wordings import Ask, Wordings
from auditor.model.report import DocumentReport, Scorecard


def _lacks(documents: Iterable[DocumentReport], facet: str) -> bool:
    """Whether some unguarded customer approval names no ``facet`` (a field of :class:`Approval`)."""
    return any(
        row.scope == "customer" and row.guardrail is None and not getattr(row, facet)
        for document in documents
        for row in document.approvals
    )


def _chosen(asks: Iterable[Ask], documents: tuple[DocumentReport, ...], scores: Scorecard) -> tuple[str, ...]:
    rules = {e.finding.rule for d in documents for e in d.entries if e.status in ("active", "baselined")}
    bands = {row.dimension: row.band for row in scores.dimensions}
    return tuple(
        ask.text
        for ask in asks
        if ask.always
        or rules.intersection(ask.found)
        or bands.get(ask.dimension, "") in ask.bands
        or (ask.approvals and _lacks(documents, ask.approvals))
    )


def questions(
    documents: tuple[DocumentReport, ...], scores: Scorecard, wordings: Wordings
) -> tuple[str, ...]:
    """Interview questions called for by what was found and by what is missing, in the order of the pack."""
    return _chosen(wordings.questions, documents, scores)


def requests(documents: tuple[DocumentReport, ...], scores: Scorecard, wordings: Wordings) -> tuple[str, ...]:
    """Documents to ask the client for, likewise."""
    return _chosen(wordings.requests, documents, scores)
