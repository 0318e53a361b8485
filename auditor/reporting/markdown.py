"""The report as Markdown, fit for a comment on a pull request: verdict first, long lists folded."""

from __future__ import annotations

from auditor.model.report import Report
from auditor.reporting import markdown_clauses as clauses
from auditor.reporting import overview
from auditor.reporting.fitting import LIMIT, Line, Part, fitted
from auditor.reporting.marking import code, escape, quote, row, table
from auditor.reporting.page.words import VERDICTS, Glossary, glossary, place, plural

_METHOD = (
    "A rules engine concludes from what each clause says: who, must or may, does what, asks whom, up to how much, "
    "unless. `auditor why ID` prints the proof of a finding. Nothing here says that a clause is lawful, compliant or "
    "justified, or what managers really do; rewrites are proposals."
)
_WAIVE = (
    "To keep a clause as it is: `auditor waive ID --reason WHY --owner WHO --review-by DATE`; it stays in the "
    "reports and fails no check until then."
)


def render_markdown(report: Report, *, limit: int = LIMIT) -> str:
    """The whole report in at most ``limit`` characters (0 for no limit); what is left out is said, with counts."""
    words = glossary(report)
    parts = (
        _read(report), _changes(report), _dimensions(report, words), _gaps(report, words),
        clauses.approval_map(report), clauses.strengths(report, words), clauses.left_alone(report),
        _listed("What the text cannot answer: ask", report.questions, "question", 4),
        _listed("Documents to ask for", report.requests, "request", 4),
        *clauses.findings(report, words), clauses.waived(report), clauses.known(report, words),
        clauses.notices(report), _opening(report), _method(report), clauses.counsel(report),
    )  # fmt: skip
    return fitted(_head(report), parts, limit)


def _head(report: Report) -> str:
    verdict = (
        f"**{report.scorecard.sentence}** {report.scorecard.caveat}"
        if report.documents
        else "**Nothing was read.**"
    )
    return f"## Policy audit\n\n{verdict}\n\n{overview.summary(report)}"


def _read(report: Report) -> Part:
    several = len(report.documents) > 1
    lines = [
        Line(
            f"- {escape(overview.reading(document))}"
            + (f": **{VERDICTS[document.scorecard.verdict]}**" if several else "")
        )
        for document in report.documents
    ]
    lines += [
        Line(f"- **not audited**: {escape(s.path)}: {escape(s.reason)}") for s in report.skipped if s.error
    ]
    passed = sum(not skipped.error for skipped in report.skipped)
    if passed:
        lines.append(Line(f"- {plural(passed, 'other file')} passed over on purpose"))
    return Part("Read", tuple(lines), 9, "document")


def _changes(report: Report) -> Part:
    lines = []
    for number, change in enumerate(report.changes, 1):
        finding = change.entry.finding
        path = f"{code(change.document)}, " if len(report.documents) > 1 else ""
        where = overview.where(escape(finding.clause.number), place(finding.location))
        told = [f"{number}. {path}{where} · felt by {escape(change.felt_by)} · {code(finding.id)}"]
        told.append(f"As written: {quote(finding.evidence, finding.spans)}")
        told += [f"{label}: {text}" for label, text in clauses.proposals(change.entry.rewrite)]
        told.append(f"Decide: {escape(change.decision)}")
        lines.append(Line("<br>\n   ".join(told)))
    return Part("Change first", tuple(lines), 11, "change")


def _dimensions(report: Report, words: Glossary) -> Part:
    if not report.documents:
        return Part("Dimensions", (), 12)
    rows = []
    for one in overview.scorecard(report.scorecard, words):
        numbers = (str(n or "") for n in (one.findings, one.guarded, one.strengths))
        rows.append(Line(row((escape(one.title), code(one.axis) if one.axis else "", one.band, *numbers))))
    heads = table(("Dimension", "operations ↔ customers", "Band", "Findings:", "Left alone:", "Strengths:"))
    if len(report.documents) > 1:
        heads = f"All documents together. Scores compare editions or like documents, nothing else.\n\n{heads}"
    else:
        heads = f"Scores compare editions or like documents, nothing else.\n\n{heads}"
    return Part("Dimensions", tuple(rows), 12, "dimension", heads)


def _gaps(report: Report, words: Glossary) -> Part:
    rows = []
    for document in report.documents:
        for gap in document.gaps:
            value, denial = gap.value, gap.denial
            rows.append(
                Line(
                    row(
                        (
                            escape(words.dimension(gap.dimension)),
                            f"{quote(value.evidence, value.spans)} ({place(value.location)})",
                            f"{quote(denial.evidence, denial.spans)} ({place(denial.location)})",
                            code(document.tree.document.path),
                        )
                    )
                )
            )
    heads = table(("Dimension", "Says", "But", "In"))
    return Part("Says one thing, asks for another", tuple(rows), 7, "gap", heads)


def _listed(title: str, texts: tuple[str, ...], unit: str, worth: int) -> Part:
    return Part(title, tuple(Line(f"- {escape(text)}") for text in texts), worth, unit, folded=True)


def _opening(report: Report) -> Part:
    lines = (Line(f"> {escape(report.preamble)}"),) if report.preamble and report.documents else ()
    return Part("A wording for the start of the document", lines, 2, "wording", folded=True)


def _method(report: Report) -> Part:
    packs = ", ".join(f"{escape(pack.id)} {escape(pack.version)}" for pack in report.packs)
    return Part(
        "Method",
        (Line(f"{_METHOD}\n\n{_WAIVE}\n\nPolicy Auditor {escape(report.version)}, {packs}."),),
        10,
        "paragraph",
        folded=True,
    )
