"""The report as tables: the same rows for the workbook, for CSV and for whoever queries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model.clause import Clause
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting import overview
from auditor.reporting.page.words import Glossary, glossary, place
from auditor.reporting.text import clean

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, the columns with their widths in characters, and the rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


_CLAUSE = (("Document", 26), ("Section", 26), ("Number", 9), ("Place", 11), ("Clause", 60))
_FINDING = (
    *_CLAUSE, ("Rule", 30), ("Dimension", 18), ("Severity", 10), ("Confidence", 11), ("Scope", 11), ("State", 11),
    ("Why", 44), ("Could read", 60), ("Wording", 10), ("Waived", 30), ("Id", 13),
)  # fmt: skip
_GUARDED = (
    *_CLAUSE, ("Rule", 30), ("Reason", 12), ("Words", 28), ("Reach", 12), ("Advice", 50), ("Id", 13),
)  # fmt: skip
_APPROVAL = (
    *_CLAUSE, ("Who asks", 22), ("For what", 44), ("Who is asked", 26), ("Scope", 11), ("Up to", 14),
    ("Answered within", 16), ("Stand-in", 16), ("Levels", 8), ("Left alone", 12),
)  # fmt: skip
_SCORE = (
    ("Document", 30), ("Dimension", 20), ("Band", 20), ("Score", 9), ("Findings", 10), ("Left alone", 11),
    ("Strengths", 10),
)  # fmt: skip


def tables(report: Report) -> tuple[Table, ...]:
    """Findings, what was left alone, strengths, approval map, scores, counsel notes, what was read."""
    words = glossary(report)
    return (
        Table("Findings", _FINDING, tuple(_findings(report, words))),
        Table("Left alone", _GUARDED, tuple(_left_alone(report))),
        Table("Strengths", (*_CLAUSE, ("Dimension", 18), ("Id", 13)), tuple(_strengths(report, words))),
        Table("Approval map", _APPROVAL, tuple(_approvals(report))),
        Table("Scores", _SCORE, tuple(_scores(report, words))),
        Table("Counsel", (*_CLAUSE, ("Touches on", 30)), tuple(_counsel(report))),
        Table("Read", (("Document", 40), ("What was read", 100)), tuple(_read(report))),
    )


def _clause(document: DocumentReport, clause: Clause, where: str) -> tuple[Cell, ...]:
    heading = " › ".join(map(clean, clause.heading))
    text = clean(f"{clause.lead_in} {clause.text}" if clause.lead_in else clause.text)
    return clean(document.tree.document.path), heading, clean(clause.number), where, text


def _findings(report: Report, words: Glossary) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        for entry in document.entries:
            if entry.status != "guarded":
                yield _finding(document, entry, words)


def _finding(document: DocumentReport, entry: ReportEntry, words: Glossary) -> tuple[Cell, ...]:
    finding, rewrite = entry.finding, entry.rewrite
    return (
        *_clause(document, finding.clause, place(finding.location)),
        finding.rule,
        words.dimension(finding.dimension),
        finding.severity,
        finding.confidence,
        finding.scope or "",
        entry.status,
        clean(finding.message),
        clean((rewrite.text or rewrite.advice) if rewrite else ""),
        rewrite.applicability if rewrite else "",
        overview.waiver(entry.suppression) if entry.suppression else "",
        finding.id,
    )


def _left_alone(report: Report) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        for entry in document.entries:
            finding = entry.finding
            if finding.guard is not None:
                advice = clean(entry.rewrite.advice) if entry.rewrite else ""
                clause = _clause(document, finding.clause, place(finding.location))
                guard = finding.guard
                yield *clause, finding.rule, guard.kind, clean(guard.cue), guard.reach, advice, finding.id


def _strengths(report: Report, words: Glossary) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        for one in document.strengths:
            yield *_clause(document, one.clause, place(one.location)), words.dimension(one.dimension), one.id


def _approvals(report: Report) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        for row in document.approvals:
            yield (
                *_clause(document, row.clause, place(row.clause.location)),
                *map(
                    clean,
                    (row.actor, row.act, row.approver, row.scope, row.limit, row.deadline, row.stand_in),
                ),
                row.levels,
                row.guardrail or "",
            )


def _scores(report: Report, words: Glossary) -> Iterator[tuple[Cell, ...]]:
    cards: Mapping[str, DocumentReport] = {clean(d.tree.document.path): d for d in report.documents}
    named = [*((path, d.scorecard) for path, d in cards.items())]
    if len(named) != 1:
        named.append(("all documents", report.scorecard))
    for name, card in named:
        for score, row in zip(card.dimensions, overview.scorecard(card, words), strict=True):
            value: Cell = "" if score.band == "silent" else score.score
            yield name, row.title, row.band, value, row.findings, row.guarded, row.strengths


def _counsel(report: Report) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        for note in document.counsel:
            yield *_clause(document, note.clause, place(note.location)), clean(note.topic)


def _read(report: Report) -> Iterator[tuple[Cell, ...]]:
    for document in report.documents:
        yield clean(document.tree.document.path), overview.reading(document)
    for skipped in report.skipped:
        yield (
            clean(skipped.path),
            f"{'not audited' if skipped.error else 'passed over'}: {clean(skipped.reason)}",
        )
    for notice in report.notices:
        yield f"{clean(notice.location.path)}:{notice.location.line}", clean(notice.message)
