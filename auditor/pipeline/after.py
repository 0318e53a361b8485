"""The same text rescored with its ready rewrites taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from auditor.model.clause import Clause
from auditor.model.finding import Rewrite
from auditor.model.report import DocumentReport, Report, Scorecard
from auditor.pipeline.knowledge import digest
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop, document_of, workshop


def _taken(document: DocumentReport, tools: Workshop) -> tuple[DocumentReport, int]:
    ready = {
        entry.finding.clause.id: entry.rewrite
        for entry in document.entries
        if entry.status == "active"
        and entry.rewrite
        and entry.rewrite.applicability == "ready"
        and entry.rewrite.text
    }
    if not ready:
        return document, 0
    clauses = tuple(_replaced(c, ready[c.id]) if c.id in ready else c for c in document.tree.clauses)
    tree = replace(document.tree, clauses=clauses)
    return document_of(tools.examine(tree), tools.known), len(ready)


def _replaced(clause: Clause, rewrite: Rewrite) -> Clause:
    """A clause with its rewrite; one that stands by itself leaves its lead-in and its columns' headings behind."""
    if rewrite.alone:
        return replace(clause, text=rewrite.text, lead_in="", cells=())
    return replace(clause, text=rewrite.text)


def rescored(report: Report, cache: Path | None, settings: Settings) -> tuple[Scorecard, int]:
    """The scorecard of all documents with their ready rewrites in place, and how many were taken.

    It is the same text, rescored: no claim that anything has become better.
    """
    from auditor.analysis import assemble, parse_wordings

    tools = workshop(settings, tuple(digest(pack) for pack in settings.packs), cache)
    changed = [_taken(document, tools) for document in report.documents]
    wordings = parse_wordings(tools.known.wordings)
    joined = assemble(report.version, report.packs, [d for d, _ in changed], report.skipped, wordings)
    return joined.scorecard, sum(count for _, count in changed)
