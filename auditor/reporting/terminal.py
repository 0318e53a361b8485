"""The report on a terminal: what was read, the verdict, what to change, what was left alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby

from auditor.model.location import Location
from auditor.model.report import DocumentReport, Report, ReportEntry

_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def render_terminal(report: Report, *, color: bool = False, width: int = 100) -> str:
    """The report as text of at most ``width`` columns; ``color`` adds ANSI styles."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for document in report.documents:
        for text, style in _document(document):
            console.print(text, style=style or None, soft_wrap=False)
    for line, style in _closing(report):
        console.print(line, style=style or None)
    return out.getvalue()


def place(location: Location) -> str:
    """A location in few words: page, paragraph or line."""
    if location.page is not None:
        return f"page {location.page}"
    if location.line is not None:
        return f"line {location.line}"
    return f"paragraph {location.paragraph + 1}" if location.paragraph is not None else ""


def _document(document: DocumentReport) -> Iterator[tuple[str, str]]:
    source, card = document.tree.document, document.scorecard
    yield source.path, "bold"
    pages = f", {source.pages} pages" if source.pages else ""
    yield f"  {card.clauses} clauses{pages}, {source.coverage.ratio:.0%} of the text read", "dim"
    yield f"  {card.sentence} {card.caveat}", ""
    yield "", ""
    active = [e for e in document.entries if e.status == "active"]
    for severity in ("error", "warning", "note"):
        chosen = sorted((e for e in active if e.finding.severity == severity), key=lambda e: e.finding.rule)
        for rule, entries in groupby(chosen, key=lambda e: e.finding.rule):
            yield f"  {severity}: {rule}", _STYLES[severity]
            for entry in entries:
                yield from _entry(entry)
    yield from _left_alone(document)
    for strength in document.strengths:
        yield f"  + {strength.dimension}: {strength.evidence}", "green"
    yield "", ""


def _entry(entry: ReportEntry) -> Iterator[tuple[str, str]]:
    finding = entry.finding
    where = " ".join(part for part in (finding.clause.number, place(finding.location)) if part)
    yield f"    {finding.id}  {where}", "dim"
    yield f"      {finding.evidence}", ""
    yield f"      why: {finding.message}", "dim"
    if entry.rewrite and entry.rewrite.text:
        yield f"      instead ({entry.rewrite.applicability}): {entry.rewrite.text}", "cyan"
    yield "", ""


def _left_alone(document: DocumentReport) -> Iterator[tuple[str, str]]:
    for entry in document.entries:
        finding, guard = entry.finding, entry.finding.guard
        if guard is not None:
            yield f"  left alone ({guard.kind}: {guard.cue}): {finding.evidence}", "dim"
        elif entry.status != "active":
            yield f"  {entry.status}: {finding.rule}: {finding.evidence}", "dim"


def _closing(report: Report) -> Iterator[tuple[str, str]]:
    for skipped in report.skipped:
        yield f"not audited: {skipped.path}: {skipped.reason}", "yellow" if skipped.error else "dim"
    entries = [e for d in report.documents for e in d.entries]
    active = [e for e in entries if e.status == "active"]
    counts = ", ".join(f"{sum(e.finding.severity == s for e in active)} {s}s" for s in _STYLES)
    guarded = sum(e.status == "guarded" for e in entries)
    yield f"{len(report.documents)} documents: {counts}; {guarded} left alone.", "bold"
