"""What several reports say in the same short words: what was read, the scorecard's rows, the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from auditor.model.clause import Section
from auditor.model.document import Coverage
from auditor.model.report import DimensionScore, DocumentReport, Report, Scorecard, Suppression
from auditor.model.rule import SEVERITIES
from auditor.reporting.page.words import BANDS, Glossary, plural
from auditor.reporting.text import clean

AXIS = 11
"""Characters of the axis from operations to customers; odd, so that it has a middle."""
_FACETS = (("limit", "no limit"), ("deadline", "no answer time"), ("stand_in", "no stand-in"))
_PAGES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension in words: its title, its place on the axis ("" if silent), its band, the counts."""

    dimension: str
    title: str
    axis: str
    band: str
    findings: int
    guarded: int
    strengths: int


def where(*parts: str) -> str:
    """Number and place (or path and place), what there is of them; a bullet is no number."""
    return ", ".join(part for part in parts if any(c.isalnum() for c in part))


def heading(section: Section | None) -> str:
    """The heading path of a section, the number before the heading it belongs to; "" if there is none."""
    if section is None or not section.heading:
        return ""
    *above, nearest = map(clean, section.heading)
    numbered = f"{clean(section.number)} {nearest}" if section.number else nearest
    return " › ".join((*above, numbered))


def reading(document: DocumentReport) -> str:
    """What was read of a document: its edition, size and coverage."""
    source = document.tree.document
    words = sum(len(block.text.split()) for block in source.blocks)
    facts = [
        source.format,
        plural(source.pages, "page") if source.pages else "",
        plural(document.scorecard.clauses, "clause"),
        plural(words, "word"),
        f"{source.coverage.ratio:.0%} of its text read",
        f"sha256 {source.sha256[:12]}",
    ]
    weak = f"; {plural(document.weak, 'weak sign')} not counted" if document.weak else ""
    return f"{clean(source.path)}: {', '.join(fact for fact in facts if fact)}{unread(source.coverage)}{weak}"


def unread(coverage: Coverage) -> str:
    """What was not read, as a continuation of a sentence; "" if nothing was missed."""
    parts = []
    if coverage.pages_without_text:
        pages = ", ".join(map(str, coverage.pages_without_text[:_PAGES_SHOWN]))
        more = " …" if len(coverage.pages_without_text) > _PAGES_SHOWN else ""
        parts.append(f"no text on page {pages}{more}")
    if coverage.undecodable:
        parts.append(f"{plural(coverage.undecodable, 'character')} could not be decoded")
    dropped: Counter[str] = Counter()
    for one in coverage.dropped:
        dropped[one.reason] += one.characters
    if dropped:
        kinds = ", ".join(
            f"{clean(reason)} ({plural(n, 'character')})" for reason, n in sorted(dropped.items())
        )
        parts.append(f"left out: {kinds}")
    parts += [clean(note) for note in coverage.notes]
    return "; " + "; ".join(parts) if parts else ""


def band(row: DimensionScore) -> str:
    """The band in words; a topic that is not treated is told from one that leans nowhere."""
    if row.band != "silent":
        return BANDS.get(row.band, row.band)
    return "not covered" if row.absent else "covered, leans nowhere"


def axis(row: DimensionScore) -> str:
    """The score as a mark between operations (left) and customers (right); "" if the dimension is silent."""
    if row.band == "silent":
        return ""
    middle = AXIS // 2
    at = middle + round(max(-1.0, min(1.0, row.score)) * middle)
    return "".join("●" if i == at else "┼" if i == middle else "─" for i in range(AXIS))


def scorecard(card: Scorecard, words: Glossary) -> tuple[Row, ...]:
    """The dimensions in the pack's order, with the counts behind each band."""
    return tuple(_row(row, words) for row in card.dimensions)


def _row(row: DimensionScore, words: Glossary) -> Row:
    title = words.dimension(row.dimension)
    return Row(row.dimension, title, axis(row), band(row), row.findings, row.guarded, row.strengths)


def waiver(suppression: Suppression) -> str:
    """Why a finding is waived, who says so, until when and where."""
    parts = (
        clean(suppression.reason),
        f"says {clean(suppression.owner)}" if suppression.owner else "",
        f"until {clean(suppression.review_by)}" if suppression.review_by else "",
        clean(suppression.source),
    )
    return ", ".join(part for part in parts if part)


def approvals(document: DocumentReport) -> tuple[str, ...]:
    """The approval map in a line or two: how many ask, and what the unguarded ones leave open."""
    rows = document.approvals
    if not rows:
        return ()
    customer = sum(row.scope == "customer" for row in rows)
    unguarded = [row for row in rows if row.guardrail is None]
    open_ = [
        f"{n} with {name}" for facet, name in _FACETS if (n := sum(not getattr(r, facet) for r in unguarded))
    ]
    first = (
        f"{plural(len(rows), 'row')}, {customer} about customers, {len(rows) - len(unguarded)} left alone."
    )
    return (first, f"Of the {len(unguarded)} others: {', '.join(open_)}.") if open_ else (first,)


def summary(report: Report) -> str:
    """The last line: documents, active findings by severity, what was left alone, waived or known, strengths."""
    entries = [entry for document in report.documents for entry in document.entries]
    by_status = Counter(entry.status for entry in entries)
    active = Counter(entry.finding.severity for entry in entries if entry.status == "active")
    parts = [plural(active[severity], severity) for severity in SEVERITIES]
    parts.append(f"{by_status['guarded']} left alone")
    if by_status["suppressed"]:
        parts.append(f"{by_status['suppressed']} waived")
    if by_status["baselined"]:
        parts.append(f"{by_status['baselined']} known from the baseline")
    parts.append(plural(sum(len(document.strengths) for document in report.documents), "strength"))
    wrong = sum(skipped.error for skipped in report.skipped)
    failed = f"; {plural(wrong, 'input')} not audited" if wrong else ""
    return f"{plural(len(report.documents), 'document')}: {', '.join(parts)}{failed}."
