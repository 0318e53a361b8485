"""The page of a portfolio: members side by side, what they share, and no ranking."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Approval
from auditor.model.portfolio import Member, Portfolio, SharedPattern
from auditor.reporting.page.bars import Bar, bars, whole
from auditor.reporting.page.environment import render_page
from auditor.reporting.page.text import Stretch, marked
from auditor.reporting.page.words import Glossary, glossary, place


@dataclass(frozen=True, slots=True)
class Row:
    """A member as the page shows it: its bars by dimension, and what its text asks approval for."""

    member: Member
    overall: Bar | None
    bars: dict[str, Bar]
    standings: dict[str, int]
    findings: int
    strengths: int
    guarded: int
    approvals: tuple[Approval, ...]

    def customer(self, facet: str = "") -> int:
        """Unguarded approvals about customers; with a ``facet``, those whose text does not state it."""
        asked = [a for a in self.approvals if a.scope == "customer" and a.guardrail is None]
        return sum(not getattr(a, facet) for a in asked) if facet else len(asked)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shared pattern with its example marked."""

    shared: SharedPattern
    title: str
    dimension: str
    rationale: str
    quote: tuple[Stretch, ...]


def render_portfolio(portfolio: Portfolio) -> str:
    """The portfolio as one self-contained HTML file; the same portfolio gives the same bytes."""
    words = glossary(portfolio)
    dimensions = [row.dimension for m in portfolio.members[:1] for row in m.scorecard.dimensions]
    return render_page(
        "portfolio.html",
        ("shell.js",),
        portfolio=portfolio,
        words=words,
        dimensions=dimensions,
        rows=tuple(_row(portfolio, member, words) for member in portfolio.members),
        ranked=sorted({s.dimension for s in portfolio.standings}),
        among={s.dimension: s.among for s in portfolio.standings},
        patterns=tuple(
            Pattern(
                one,
                words.rule(one.rule),
                words.dimension(one.dimension),
                words.rules[one.rule].rationale.strip() if one.rule in words.rules else "",
                marked(one.entry.finding.evidence, one.entry.finding.spans, "active"),
            )
            for one in portfolio.patterns
        ),
        place=place,
    )


def _row(portfolio: Portfolio, member: Member, words: Glossary) -> Row:
    entries = [entry for document in member.documents for entry in document.entries]
    found = {bar.dimension: bar for bar in bars(member.scorecard, words)}
    return Row(
        member=member,
        overall=whole(member.scorecard, member.name),
        bars=found,
        standings={s.dimension: s.percentile for s in portfolio.standings if s.member == member.name},
        findings=sum(e.status in ("active", "baselined") for e in entries),
        strengths=sum(len(d.strengths) for d in member.documents),
        guarded=sum(e.status == "guarded" for e in entries),
        approvals=tuple(a for d in member.documents for a in d.approvals),
    )
