"""The parts of a Markdown report that quote clauses: findings, controls left alone, strengths, approvals, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from auditor.model.finding import Finding, Rewrite
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.model.rule import SEVERITIES
from auditor.reporting import overview
from auditor.reporting.fitting import Line, Part
from auditor.reporting.marking import code, escape, quote, row, table
from auditor.reporting.page.words import APPLICABILITY, GUARDRAILS, SCOPES, Glossary, place
from auditor.reporting.repeats import Repeat, repeats
from auditor.reporting.text import shortened

_PLACES_SHOWN = 40
_FINDING_WORTH = {"error": 8, "warning": 6, "note": 3}

_QUOTED = 80
"""Characters of a clause quoted in the approval map."""


def proposals(rewrite: Rewrite | None) -> Iterator[tuple[str, str]]:
    """Pairs of a label and a text: the wording, and the advice, of a rewrite."""
    if rewrite is not None and rewrite.text:
        state = APPLICABILITY.get(rewrite.applicability, rewrite.applicability)
        yield f"Instead ({state})", escape(rewrite.text)
    if rewrite is not None and rewrite.advice:
        yield "Advice", escape(rewrite.advice)


def _place(finding: Finding) -> str:
    return overview.where(escape(finding.clause.number), place(finding.location))


def _path(report: Report, document: DocumentReport) -> str:
    return f"{code(document.tree.document.path)}, " if len(report.documents) > 1 else ""


def _count(repeat: Repeat) -> str:
    return f" ×{len(repeat.entries)}" if repeat.others else ""


def _also(repeat: Repeat) -> str:
    if not repeat.others:
        return ""
    places = [_place(entry.finding) for entry in repeat.others]
    rest = f" and {len(places) - _PLACES_SHOWN} more" if len(places) > _PLACES_SHOWN else ""
    return f"{len(places)} more like it: {'; '.join(places[:_PLACES_SHOWN])}{rest}"


def findings(report: Report, words: Glossary) -> tuple[Part, ...]:
    """The active findings before and after, a part for each severity, a table for each rule of each document."""
    parts = []
    for severity in SEVERITIES:
        lines: list[Line] = []
        for document in report.documents:
            active = [e for e in document.entries if e.status == "active" and e.finding.severity == severity]
            found = sorted(repeats(active, document), key=lambda repeat: repeat.rule)
            for rule, own in groupby(found, key=lambda repeat: repeat.rule):
                lines += _rows(report, document, rule, tuple(own), words)
        title = f"Findings: {severity}s"
        parts.append(
            Part(title, tuple(lines), _FINDING_WORTH[severity], "finding", folded=severity != "error")
        )
    return tuple(parts)


def _rows(
    report: Report, document: DocumentReport, rule: str, own: tuple[Repeat, ...], words: Glossary
) -> Iterator[Line]:
    title = f"\n**{escape(words.rule(rule))}** · {_path(report, document)}{code(rule)}"
    reason = " ".join(words.rules[rule].rationale.split()) if rule in words.rules else ""
    head = "\n\n".join(filter(None, (title, escape(reason), table(("Where", "As written", "Instead")))))
    for repeat in own:
        finding = repeat.first.finding
        where = f"{_place(finding)}{_count(repeat)}<br>{code(finding.id)}<br>{finding.confidence} confidence"
        heading = (
            overview.heading(document.tree.sections[finding.clause.section]) if finding.clause.heading else ""
        )
        lead = finding.clause.lead_in if finding.evidence == finding.clause.text else ""
        written = (
            f"*{escape(heading)}*" if heading else "",
            f"{escape(lead)} …" if lead else "",
            quote(finding.evidence, finding.spans),
            escape(finding.message),
            SCOPES.get(finding.scope, "") if finding.scope else "",
            _also(repeat),
        )
        instead = (
            f"{text} *({label.removeprefix('Instead (').rstrip(')').lower()})*"
            for label, text in proposals(repeat.first.rewrite)
        )
        line = row((where, "<br>".join(part for part in written if part), "<br>".join(instead)))
        yield Line(f"{head}\n{line}" if head else line, len(repeat.entries))
        head = ""


def left_alone(report: Report) -> Part:
    """Guarded findings by guardrail, each with the words that guard it."""
    lines = []
    meanings = {count.kind: count.meaning for count in report.guards}
    for kind, meaning in meanings.items():
        head = f"\n**{escape(GUARDRAILS.get(kind, kind))}.** {escape(meaning)}\n\n"
        for document in report.documents:
            own = [e for e in document.entries if e.finding.guard and e.finding.guard.kind == kind]
            for repeat in repeats(own, document):
                finding, guard = repeat.first.finding, repeat.first.finding.guard
                cue = f", for {quote(guard.cue)} in the {guard.reach}" if guard and guard.cue else ""
                told = [
                    f"{_path(report, document)}{_place(finding)}{_count(repeat)}{cue}: {quote(finding.evidence)}"
                ]
                told += [f"{label}: {text}" for label, text in proposals(repeat.first.rewrite)]
                lines.append(Line(f"{head}- {'<br>'.join(told)}", len(repeat.entries)))
                head = ""
    return Part("Left alone", tuple(lines), 4, "control", folded=True)


def strengths(report: Report, words: Glossary) -> Part:
    """Strengths, quoted."""
    lines = [
        Line(
            f"- **{escape(words.dimension(s.dimension))}**, {_path(report, document)}"
            f"{overview.where(escape(s.clause.number), place(s.location))}: {quote(s.evidence, s.spans)}"
        )
        for document in report.documents
        for s in document.strengths
    ]
    return Part("Strengths", tuple(lines), 5, "strength", folded=True)


def approval_map(report: Report) -> Part:
    """Who asks whom for what, up to how much, answered when, by whom if absent."""
    lines = []
    for document in report.documents:
        for one in document.approvals:
            # A clause that names no act is quoted, for an empty row would tell nobody what it is about.
            act = escape(one.act) or quote(shortened(one.clause.text, _QUOTED))
            told = (one.approver, one.limit, one.deadline, one.stand_in)
            where = overview.where(escape(one.clause.number), place(one.clause.location))
            guard = f"left alone: {GUARDRAILS.get(one.guardrail, one.guardrail)}" if one.guardrail else ""
            cells = (
                escape(one.actor),
                act,
                *map(escape, told),
                str(one.levels) if one.levels > 1 else "",
                SCOPES.get(one.scope, one.scope),
            )
            lines.append(Line(row((*cells, escape(guard), f"{_path(report, document)}{where}"))))
    heads = (
        "Who",
        "for what",
        "asks whom",
        "up to",
        "answered",
        "if absent",
        "levels:",
        "about",
        "",
        "where",
    )
    intro = f"An empty cell is a silence of the text.\n\n{table(heads)}"
    return Part("Approval map", tuple(lines), 3, "approval", intro, folded=True)


def waived(report: Report) -> Part:
    """Suppressed findings, with who says why and until when."""
    lines = []
    for document, entry in _with_status(report, "suppressed"):
        finding = entry.finding
        reason = escape(overview.waiver(entry.suppression)) if entry.suppression else ""
        told = f"{_path(report, document)}{_place(finding)}, {code(finding.rule)}: {quote(finding.evidence)}"
        lines.append(Line(f"- {told}<br>because: {reason}"))
    return Part("Waived", tuple(lines), 4, "finding", folded=True)


def known(report: Report, words: Glossary) -> Part:
    """Findings of the baseline, repeats once."""
    lines = []
    for document in report.documents:
        for repeat in repeats([e for e in document.entries if e.status == "baselined"], document):
            finding = repeat.first.finding
            told = f"{finding.severity}, {escape(words.rule(finding.rule))}{_count(repeat)}: {quote(finding.evidence)}"
            lines.append(Line(f"- {_path(report, document)}{_place(finding)}, {told}", len(repeat.entries)))
    return Part("Known from the baseline", tuple(lines), 2, "finding", folded=True)


def notices(report: Report) -> Part:
    """What is wrong with waivers and the baseline themselves."""
    lines = [
        Line(
            f"- **{n.severity}** {code(n.rule)} {code(n.location.path)} {place(n.location)}: {escape(n.message)}"
        )
        for n in report.notices
    ]
    return Part("Waivers and baseline", tuple(lines), 8, "notice")


def counsel(report: Report) -> Part:
    """Clauses that a lawyer should read: a list of its own, to be detached."""
    lines = [
        Line(
            f"- **{escape(note.topic)}**, {_path(report, document)}"
            f"{overview.where(escape(note.clause.number), place(note.location))}: {escape(note.text)} {quote(note.evidence)}"
        )
        for document in report.documents
        for note in document.counsel
    ]
    return Part("For counsel: a list of its own, never scored", tuple(lines), 4, "note", folded=True)


def _with_status(report: Report, status: str) -> Iterator[tuple[DocumentReport, ReportEntry]]:
    return ((d, entry) for d in report.documents for entry in d.entries if entry.status == status)
