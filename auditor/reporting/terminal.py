"""The report on a terminal: what was read, the verdict, what to change first, every clause, the scorecard last."""

from __future__ import annotations

from auditor.model.report import Report
from auditor.reporting import overview
from auditor.reporting.console import SEVERITY_STYLES, Sheet
from auditor.reporting.page.words import Glossary, glossary, place, plural
from auditor.reporting.terminal_clauses import print_document, print_proposal
from auditor.reporting.text import clean


def render_terminal(report: Report, *, color: bool = False, width: int = 100) -> str:
    """The report as text of at most ``width`` columns (but 40); ``color`` adds ANSI styles, and without it the
    words that triggered a finding stand between « and ».

    The scorecard comes last, unlike in the other reports: that is what stays in view.
    """
    sheet, words = Sheet(color, width), glossary(report)
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    sheet.line(f"Policy Auditor {report.version} · {packs}", style="bold")
    _read(sheet, report)
    if report.documents:
        sheet.title("Verdict")
        sheet.line(f"{report.scorecard.sentence} {report.scorecard.caveat}", 2)
    _changes(sheet, report)
    _gaps(sheet, report, words)
    for document in report.documents:
        print_document(sheet, report, document, words)
    _notices(sheet, report)
    _questions(sheet, report)
    if report.documents:
        _scorecard(sheet, report, words)
    sheet.line()
    sheet.line(overview.summary(report), style="bold")
    return sheet.text()


def _read(sheet: Sheet, report: Report) -> None:
    sheet.title("Read")
    for document in report.documents:
        sheet.item("-", overview.reading(document), 2)
    if not report.documents:
        sheet.line("nothing", 2)
    wrong = [skipped for skipped in report.skipped if skipped.error]
    passed = len(report.skipped) - len(wrong)
    if wrong or passed:
        sheet.title("Not read")
    for skipped in wrong:
        sheet.item("-", f"{clean(skipped.path)}: {clean(skipped.reason)}", 2, "yellow")
    if passed:
        sheet.item(
            "-", f"{plural(passed, 'other file')} passed over on purpose; the JSON report lists them", 2
        )


def _changes(sheet: Sheet, report: Report) -> None:
    if report.changes:
        sheet.title("Change first")
    for number, change in enumerate(report.changes, 1):
        finding = change.entry.finding
        path = clean(change.document) if len(report.documents) > 1 else ""
        place_ = overview.where(path, clean(finding.clause.number), place(finding.location))
        sheet.item(f"{number}.", f"{place_} · felt by {change.felt_by}", 2)
        sheet.quote(finding.evidence, finding.spans, 5)
        print_proposal(sheet, change.entry.rewrite, 5)
        sheet.item("Decide:", change.decision, 5)


def _gaps(sheet: Sheet, report: Report, words: Glossary) -> None:
    pairs = [(document, gap) for document in report.documents for gap in document.gaps]
    if pairs:
        sheet.title("Says one thing, asks for another")
    for document, gap in pairs:
        path = f" · {clean(document.tree.document.path)}" if len(report.documents) > 1 else ""
        sheet.line(f"{words.dimension(gap.dimension)}{path}", 2)
        sheet.item("says:", f"“{clean(gap.value.evidence)}” ({place(gap.value.location)})", 4)
        sheet.item(" but:", f"“{clean(gap.denial.evidence)}” ({place(gap.denial.location)})", 4)


def _notices(sheet: Sheet, report: Report) -> None:
    if report.notices:
        sheet.title("Waivers and baseline")
    for notice in report.notices:
        where = overview.where(clean(notice.location.path), place(notice.location))
        text = f"{notice.severity} {notice.rule} · {where}: {clean(notice.message)}"
        sheet.item("-", text, 2, SEVERITY_STYLES[notice.severity])


def _questions(sheet: Sheet, report: Report) -> None:
    for title, lines in (
        ("What the text cannot answer: ask", report.questions),
        ("Documents to ask for", report.requests),
    ):
        if lines:
            sheet.title(title)
        for line in lines:
            sheet.item("-", line, 2)


def _scorecard(sheet: Sheet, report: Report, words: Glossary) -> None:
    sheet.title("Scorecard")
    rows = overview.scorecard(report.scorecard, words)
    sheet.table(
        ("", "", "", "findings", "left alone", "strengths"),
        [
            (
                f"  {row.title}",
                row.axis,
                row.band,
                *(str(n or "") for n in (row.findings, row.guarded, row.strengths)),
            )
            for row in rows
        ],
        3,
    )
    sheet.line(
        "Left is operations, right is customers. Scores compare editions or like documents only.", 2, "dim"
    )
