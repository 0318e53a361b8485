"""The printed report as a row of plain blocks, in the order of the report; Word and PDF set the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.model.location import Span
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.model.rule import SEVERITIES
from auditor.reporting import overview
from auditor.reporting.page.words import (
    APPLICABILITY,
    GUARDRAILS,
    SCOPES,
    Glossary,
    glossary,
    place,
    plural,
)
from auditor.reporting.page.words import (
    SEVERITIES as SEVERITY_NAMES,
)
from auditor.reporting.repeats import repeats
from auditor.reporting.text import clean, pieces

Runs = tuple[tuple[str, bool], ...]
"""Pieces of a text, each with whether it is marked."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 0 (the title) to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph and the way it is set."""

    kind: Literal["body", "quote", "wording", "small", "bullet"]
    runs: Runs


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its header and column widths as shares of the text's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A dimension's place between operations (-1) and customers (1); None where it is silent."""

    title: str
    score: float | None
    band: str
    counts: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The dimensions as bars on one axis."""

    rows: tuple[Bar, ...]


Item = Heading | Words | Grid | Bars


def plain(kind: Literal["body", "quote", "wording", "small", "bullet"], text: str, bold: int = 0) -> Words:
    """A paragraph whose first ``bold`` characters are marked."""
    flat = clean(text)
    return Words(kind, tuple(run for run in ((flat[:bold], True), (flat[bold:], False)) if run[0]))


def labelled(kind: Literal["body", "quote", "wording", "small", "bullet"], label: str, text: str) -> Words:
    """A paragraph that begins with a marked label."""
    return plain(kind, f"{clean(label)}: {text}", len(clean(label)) + 1)


def printed(report: Report) -> Iterator[Item]:
    """The whole report."""
    words = glossary(report)
    yield Heading(0, _title(report))
    yield from _opening(report)
    yield from _changes(report, words)
    yield Heading(1, "Ten dimensions")
    yield plain(
        "small", "Scores compare editions or like documents, nothing else. " + report.scorecard.caveat
    )
    yield _bars(report, words)
    yield from _gaps(report, words)
    yield from _approvals(report)
    yield from _strengths(report, words)
    yield from _left_alone(report, words)
    yield from _questions(report)
    yield from _findings(report, words)
    yield from _method(report)
    yield from _counsel(report)


def _title(report: Report) -> str:
    if len(report.documents) == 1:
        source = report.documents[0].tree.document
        return f"Policy audit: {clean(source.title or source.path)}"
    return f"Policy audit of {plural(len(report.documents), 'document')}"


def _opening(report: Report) -> Iterator[Item]:
    yield Heading(1, "What was read")
    for document in report.documents:
        yield plain("bullet", overview.reading(document))
    for skipped in report.skipped:
        if skipped.error:
            yield labelled("bullet", "Not audited", f"{skipped.path}: {skipped.reason}")
    for notice in report.notices:
        yield labelled("bullet", notice.rule, notice.message)
    yield Heading(1, "The verdict")
    yield plain("body", report.scorecard.sentence, len(report.scorecard.sentence))
    yield plain("body", report.scorecard.caveat)
    yield plain("small", overview.summary(report))


def _changes(report: Report, words: Glossary) -> Iterator[Item]:
    if not report.changes:
        return
    yield Heading(
        1, f"{['', 'One change', 'Two changes', 'Three changes'][min(3, len(report.changes))]} to make first"
    )
    for number, change in enumerate(report.changes, 1):
        finding = change.entry.finding
        yield Heading(3, f"{number}. {words.rule(finding.rule)}")
        yield _quote(finding.evidence, finding.spans)
        yield labelled("body", "Who feels it", change.felt_by)
        yield from _wording(change.entry)
        yield labelled("body", "Decision needed", change.decision)


def _quote(text: str, spans: Sequence[Span]) -> Words:
    return Words("quote", pieces(text, spans))


def _wording(entry: ReportEntry) -> Iterator[Item]:
    rewrite = entry.rewrite
    if rewrite is not None and rewrite.text:
        yield labelled("wording", f"Could read ({APPLICABILITY[rewrite.applicability]})", rewrite.text)
    if rewrite is not None and rewrite.advice:
        yield labelled("wording", "Advice", rewrite.advice)


def _bars(report: Report, words: Glossary) -> Bars:
    rows = []
    for score, row in zip(
        report.scorecard.dimensions, overview.scorecard(report.scorecard, words), strict=True
    ):
        counts = f"{row.findings} / {row.guarded} / {row.strengths}"
        rows.append(Bar(row.title, None if score.band == "silent" else score.score, row.band, counts))
    return Bars(tuple(rows))


def _gaps(report: Report, words: Glossary) -> Iterator[Item]:
    found = [gap for document in report.documents for gap in document.gaps]
    if not found:
        return
    yield Heading(1, "Said here, denied there")
    rows = tuple(
        (words.dimension(gap.dimension), clean(gap.value.evidence), clean(gap.denial.evidence))
        for gap in found
    )
    yield Grid(("Dimension", "The value", "The clause that denies it"), rows, (0.2, 0.4, 0.4))


def _approvals(report: Report) -> Iterator[Item]:
    found = [row for document in report.documents for row in document.approvals]
    if not found:
        return
    yield Heading(1, "Approval map")
    for document in report.documents:
        for line in overview.approvals(document):
            yield plain(
                "small", f"{document.tree.document.path}: {line}" if len(report.documents) > 1 else line
            )
    order = list(SCOPES)
    ranked = sorted(found, key=lambda a: order.index(a.scope) if a.scope in order else len(order))
    rows = []
    for row in ranked:
        missing = [
            name
            for value, name in (
                (row.limit, "limit"),
                (row.deadline, "answer time"),
                (row.stand_in, "stand-in"),
            )
            if not value
        ]
        asks = clean(row.approver or "not named") + (f" ({row.levels} levels)" if row.levels > 1 else "")
        left = f"left alone: {GUARDRAILS.get(row.guardrail, row.guardrail).lower()}" if row.guardrail else ""
        open_ = f"no {', no '.join(missing)}" if missing else "–"
        rows.append((clean(row.act or row.clause.text), asks, clean(row.limit or "–"), left or open_))
    yield Grid(("For what", "Who is asked", "Up to", "Missing"), tuple(rows), (0.44, 0.22, 0.12, 0.22))


def _strengths(report: Report, words: Glossary) -> Iterator[Item]:
    found = [strength for document in report.documents for strength in document.strengths]
    if not found:
        return
    yield Heading(1, "Strengths")
    order = [*words.dimensions]
    for name in sorted(
        {s.dimension for s in found}, key=lambda d: order.index(d) if d in order else len(order)
    ):
        yield Heading(3, words.dimension(name))
        for strength in found:
            if strength.dimension == name:
                yield _quote(strength.evidence, strength.spans)


def _left_alone(report: Report, words: Glossary) -> Iterator[Item]:
    spared = [e for document in report.documents for e in document.entries if e.status == "guarded"]
    if not spared:
        return
    yield Heading(1, "Left alone")
    for count in report.guards:
        yield Heading(3, f"{GUARDRAILS.get(count.kind, count.kind)} ({count.findings})")
        yield plain("small", count.meaning)
        for entry in spared:
            guard = entry.finding.guard
            if guard is not None and guard.kind == count.kind:
                yield plain(
                    "bullet", f"{entry.finding.evidence} [{words.rule(entry.finding.rule)}; “{guard.cue}”]"
                )
                yield from _wording(entry)


def _questions(report: Report) -> Iterator[Item]:
    if report.questions:
        yield Heading(1, "What the text cannot answer")
        yield from (plain("bullet", question) for question in report.questions)
    if report.requests:
        yield Heading(2, "Documents to ask for")
        yield from (plain("bullet", request) for request in report.requests)
    if report.preamble:
        yield Heading(2, "A preamble that states the limits once")
        yield plain("wording", report.preamble)


def _findings(report: Report, words: Glossary) -> Iterator[Item]:
    for document in report.documents:
        shown = [e for e in document.entries if e.status != "guarded"]
        if not shown:
            continue
        name = document.tree.document.path
        yield Heading(1, "All findings" if len(report.documents) == 1 else f"All findings: {clean(name)}")
        ranked = sorted(shown, key=lambda e: SEVERITIES.index(e.finding.severity))
        told: set[str] = set()
        for repeat in repeats(ranked, document):
            yield from _finding(repeat.first, len(repeat.entries), document, words, told)
            for entry in repeat.others:
                yield plain("bullet", f"{entry.finding.evidence} ({_where(entry)}; {entry.finding.id})")


def _where(entry: ReportEntry) -> str:
    finding = entry.finding
    return overview.where(finding.clause.number, place(finding.location))


def _finding(
    entry: ReportEntry, count: int, document: DocumentReport, words: Glossary, told: set[str]
) -> Iterator[Item]:
    finding = entry.finding
    times = f" ({count} times)" if count > 1 else ""
    yield Heading(3, f"{words.rule(finding.rule)}{times}")
    status = "" if entry.status == "active" else f"; {entry.status}"
    weight = f"{SEVERITY_NAMES[finding.severity]}, confidence {finding.confidence}"
    yield plain("small", f"{weight}; {finding.rule}; {_where(entry)}; {finding.id}{status}")
    if finding.clause.lead_in:
        yield plain("small", f"… {finding.clause.lead_in}")
    yield _quote(finding.evidence, finding.spans)
    yield plain("body", finding.message)
    rule = words.rules.get(finding.rule)
    if rule is not None and finding.rule not in told:
        told.add(finding.rule)
        yield labelled("small", "Why it matters to customers", " ".join(rule.rationale.split()))
    if entry.suppression is not None:
        yield labelled("small", "Waived", overview.waiver(entry.suppression))
    yield from _wording(entry)


def _method(report: Report) -> Iterator[Item]:
    yield Heading(1, "Method")
    packs = ", ".join(f"{pack.id} {pack.version} (sha256 {pack.sha256[:12]})" for pack in report.packs)
    yield plain(
        "small",
        f"Policy Auditor {report.version}, rule packs {packs}. Each document was cut into clauses; rules concluded from "
        f"the facts each clause states; clauses about law, ethics, material company money or reputation were left "
        f"alone and are listed with the words this rests on. The report says what the text says. It does not say "
        f"what is lawful, or what managers really do.",
    )


def _counsel(report: Report) -> Iterator[Item]:
    notes = [note for document in report.documents for note in document.counsel]
    if not notes:
        return
    yield Heading(1, "For counsel")
    yield plain(
        "small",
        "This list stands apart: it is in no score. Have counsel for your jurisdiction read these clauses.",
    )
    rows = tuple((clean(note.topic), clean(note.evidence)) for note in notes)
    yield Grid(("Touches on", "Clause"), rows, (0.3, 0.7))
