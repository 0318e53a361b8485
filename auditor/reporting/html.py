"""The page: one file that a board member reads and an analyst works in, and that asks the network for nothing."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from auditor.model.report import Report
from auditor.reporting.page import lists
from auditor.reporting.page.bars import bars, silences
from auditor.reporting.page.document import name_of, text_of
from auditor.reporting.page.environment import render_page
from auditor.reporting.page.notes import notes
from auditor.reporting.page.words import glossary, place


def render_html(report: Report) -> str:
    """The report as one self-contained HTML file; the same report gives the same bytes."""
    words = glossary(report)
    by_document = notes(report, words)
    every = tuple(chain.from_iterable(by_document))
    by_finding = {(n.document, n.entry.finding.id): n for n in every if n.entry}
    position = {d.tree.document.path: at for at, d in enumerate(report.documents)}
    return render_page(
        "page.html",
        ("shell.js", "page.js"),
        report=report,
        words=words,
        notes=every,
        names=tuple(name_of(d) for d in report.documents),
        sizes=tuple(lists.words_in(d) for d in report.documents),
        unread=tuple(lists.unread(d.tree.document.coverage) for d in report.documents),
        changes=tuple(
            (c, by_finding[position[c.document], c.entry.finding.id])
            for c in report.changes
            if (position.get(c.document, -1), c.entry.finding.id) in by_finding
        ),
        bars=bars(report.scorecard, words),
        silences=silences(report.scorecard, words),
        matrix=tuple({b.dimension: b for b in bars(d.scorecard, words)} for d in report.documents),
        gaps=lists.gaps(report, by_document),
        approvals=lists.approvals(report, by_document),
        strengths=lists.strengths(every, words),
        left_alone=lists.left_alone(report, every),
        set_aside=lists.set_aside(every),
        groups=lists.before_after(every, words),
        texts=tuple(text_of(at, d, by_document[at]) for at, d in enumerate(report.documents)),
        counts={
            "status": Counter(n.status for n in every),
            "severity": Counter(n.severity for n in every),
            "confidence": Counter(n.confidence for n in every),
            "dimension": Counter(n.dimension for n in every),
        },
        place=place,
    )
