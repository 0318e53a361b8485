"""The part of a terminal report that speaks of one document: its clauses by section, and what was left alone."""

from __future__ import annotations

from itertools import groupby

from auditor.model.finding import Finding, Rewrite
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting import overview
from auditor.reporting.console import SEVERITY_STYLES, Sheet
from auditor.reporting.page.words import APPLICABILITY, GUARDRAILS, SCOPES, Glossary, place, plural
from auditor.reporting.repeats import Repeat, repeats
from auditor.reporting.text import clean

_PLACES_SHOWN = 12


def print_document(sheet: Sheet, report: Report, document: DocumentReport, words: Glossary) -> None:
    """Everything about one document below a rule with its path."""
    sheet.rule(clean(document.tree.document.path))
    if len(report.documents) > 1:
        sheet.line(f"{document.scorecard.sentence} {document.scorecard.caveat}", 2)
    _findings(sheet, document, words)
    _approvals(sheet, document)
    _strengths(sheet, document, words)
    _left_alone(sheet, report, document)
    _set_aside(sheet, document)
    _counsel(sheet, document)


def print_proposal(sheet: Sheet, rewrite: Rewrite | None, indent: int) -> None:
    """The wording or the advice of a rewrite, if there is one."""
    if rewrite is not None and rewrite.text:
        state = APPLICABILITY.get(rewrite.applicability, rewrite.applicability)
        sheet.item("Instead:", f"{clean(rewrite.text)} ({state})", indent, "cyan")
    if rewrite is not None and rewrite.advice:
        sheet.item("Advice:", clean(rewrite.advice), indent, "cyan")


def _where(finding: Finding) -> str:
    return overview.where(clean(finding.clause.number), place(finding.location))


def _count(repeat: Repeat) -> str:
    return f" ×{len(repeat.entries)}" if repeat.others else ""


def _findings(sheet: Sheet, document: DocumentReport, words: Glossary) -> None:
    active = repeats([e for e in document.entries if e.status == "active"], document)
    if not active:
        sheet.title("No active finding", 2)
    for index, found in groupby(active, key=lambda repeat: repeat.first.finding.clause.section):
        section = next((s for s in document.tree.sections if s.index == index), None)
        sheet.title(overview.heading(section) or "Before the first heading", 2)
        for repeat in found:
            _finding(sheet, repeat, words)


def _finding(sheet: Sheet, repeat: Repeat, words: Glossary) -> None:
    finding = repeat.first.finding
    style = SEVERITY_STYLES[finding.severity]
    sheet.item(f"{finding.severity}:", f"{words.rule(finding.rule)}{_count(repeat)}", 4, style)
    scope = SCOPES.get(finding.scope or "", "").lower() if finding.scope else ""
    facts = (_where(finding), finding.rule, scope, f"{finding.confidence} confidence", finding.id)
    sheet.line(" · ".join(fact for fact in facts if fact), 6, "dim")
    if finding.clause.lead_in and finding.evidence == finding.clause.text:
        sheet.line(f"{clean(finding.clause.lead_in)} …", 6, "dim")
    sheet.quote(finding.evidence, finding.spans, 6)
    sheet.item("Why:", clean(finding.message), 6)
    print_proposal(sheet, repeat.first.rewrite, 6)
    if repeat.others:
        places = [_where(entry.finding) for entry in repeat.others]
        rest = f" and {len(places) - _PLACES_SHOWN} more" if len(places) > _PLACES_SHOWN else ""
        sheet.item("Also:", f"{len(places)} more like it: {'; '.join(places[:_PLACES_SHOWN])}{rest}", 6)


def _approvals(sheet: Sheet, document: DocumentReport) -> None:
    lines = overview.approvals(document)
    if lines:
        sheet.title("Approval map", 2)
    for line in lines:
        sheet.line(line, 4)


def _strengths(sheet: Sheet, document: DocumentReport, words: Glossary) -> None:
    if document.strengths:
        sheet.title("Strengths", 2)
    for strength in document.strengths:
        where = overview.where(clean(strength.clause.number), place(strength.location))
        title = words.dimension(strength.dimension)
        sheet.item("+", f"{title}, {where}: “{clean(strength.evidence)}”", 4, "green")


def _left_alone(sheet: Sheet, report: Report, document: DocumentReport) -> None:
    guarded = sorted((e for e in document.entries if e.finding.guard), key=_kind)
    if guarded:
        sheet.title("Left alone", 2)
    meanings = {count.kind: count.meaning for count in report.guards}
    for kind, own in groupby(guarded, key=_kind):
        sheet.line(f"{GUARDRAILS.get(kind, kind)}. {meanings.get(kind, '')}", 4)
        for repeat in repeats(own, document):
            finding, guard = repeat.first.finding, repeat.first.finding.guard
            cue = f", for “{clean(guard.cue)}” in the {guard.reach}" if guard and guard.cue else ""
            text = f"{_where(finding)}{_count(repeat)}{cue}: “{clean(finding.evidence)}”"
            sheet.item("-", text, 4, "dim")
            print_proposal(sheet, repeat.first.rewrite, 6)


def _kind(entry: ReportEntry) -> str:
    return entry.finding.guard.kind if entry.finding.guard else ""


def _set_aside(sheet: Sheet, document: DocumentReport) -> None:
    waived = [e for e in document.entries if e.status == "suppressed"]
    if waived:
        sheet.title("Waived", 2)
    for entry in waived:
        finding, why = entry.finding, entry.suppression
        sheet.item("-", f"{_where(finding)}, {finding.rule}: “{clean(finding.evidence)}”", 4, "dim")
        if why:
            sheet.item("because:", overview.waiver(why), 6)
    known = repeats([e for e in document.entries if e.status == "baselined"], document)
    if known:
        sheet.title(f"Known from the baseline: {plural(sum(len(r.entries) for r in known), 'finding')}", 2)
    for repeat in known:
        finding = repeat.first.finding
        text = f"{_where(finding)}, {finding.severity} {finding.rule}{_count(repeat)}: “{clean(finding.evidence)}”"
        sheet.item("-", text, 4, "dim")


def _counsel(sheet: Sheet, document: DocumentReport) -> None:
    if document.counsel:
        sheet.title("For counsel: a list of its own, never scored", 2)
    for note in document.counsel:
        where = overview.where(clean(note.clause.number), place(note.location))
        sheet.item("-", f"{clean(note.topic)}, {where}: {clean(note.text)} “{clean(note.evidence)}”", 4)
