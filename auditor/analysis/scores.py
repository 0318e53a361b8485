"""The scorecard.

Per dimension, active (and baselined: the text is the same) findings weigh ``o`` by severity, strengths ``s``;
the score is ``(s - o) / (s + o + prior)``: one more finding never raises it, one more strength never lowers
it. The verdict compares the weighted shares ``s / (s + o + prior)`` and ``o / (s + o + prior)`` of all
dimensions in the same form, so that no dimension outgrows its weight and a silent one changes nothing.
Guarded and suppressed findings weigh nothing; so do findings of a weightless scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.analysis.wordings import Scoring, Wordings
from auditor.model.finding import Strength
from auditor.model.report import DimensionScore, ReportEntry, Scorecard
from auditor.model.rule import Dimension, RulePack


def weight(entry: ReportEntry, scoring: Scoring) -> float:
    """What one entry weighs against the document."""
    finding = entry.finding
    if entry.status in ("guarded", "suppressed") or finding.scope in scoring.weightless_scopes:
        return 0.0
    return scoring.finding.get(finding.severity, 0.0)


def _band(score: float, scoring: Scoring) -> str:
    if score < -scoring.mixed_within:
        return "operations"
    return "customers" if score > scoring.mixed_within else "mixed"


def _balance(plus: float, minus: float, prior: float) -> float:
    return (plus - minus) / (plus + minus + prior)


def _dimension(
    dimension: Dimension,
    entries: Sequence[ReportEntry],
    strengths: Sequence[Strength],
    covered: bool,
    scoring: Scoring,
) -> tuple[DimensionScore, float, float]:
    own = [e for e in entries if e.finding.dimension == dimension.id]
    praised = sum(1 for s in strengths if s.dimension == dimension.id)
    counted = sum(1 for e in own if e.status in ("active", "baselined"))
    guarded = sum(1 for e in own if e.status == "guarded")
    minus, plus = sum(weight(e, scoring) for e in own), praised * scoring.strength
    silent = minus == 0 and plus == 0
    score = 0.0 if silent else _balance(plus, minus, scoring.prior)
    band = "silent" if silent else _band(score, scoring)
    absent = silent and not covered and not own
    total = plus + minus + scoring.prior
    row = DimensionScore(dimension.id, counted, guarded, praised, absent, round(score, 4), band)
    return row, plus / total, minus / total


def scorecard(
    entries: Iterable[ReportEntry],
    strengths: Iterable[Strength],
    topics: Iterable[tuple[int, str]],
    *,
    clauses: int,
    pack: RulePack,
    wordings: Wordings,
    several: bool = False,
) -> Scorecard:
    """Score ``entries`` and ``strengths`` over the dimensions of ``pack``.

    ``topics`` are pairs of section and topic: a dimension without evidence whose topic is covered is silent
    but not absent. The verdict is ``unclear`` below the minimum of clauses or of speaking dimensions.
    ``several`` words it as of more than one document.
    """
    rows, known = list(entries), list(strengths)
    covered = {topic for _, topic in topics}
    scored = [_dimension(d, rows, known, d.id in covered, wordings.scoring) for d in pack.dimensions]
    plus = sum(d.weight * share for d, (_, share, _) in zip(pack.dimensions, scored, strict=True))
    minus = sum(d.weight * share for d, (_, _, share) in zip(pack.dimensions, scored, strict=True))
    dimensions = tuple(row for row, _, _ in scored)
    silent = sum(1 for row in dimensions if row.band == "silent")
    score = round(_balance(plus, minus, 1.0), 4)
    enough = (
        clauses >= wordings.scoring.minimum_clauses
        and len(dimensions) - silent >= wordings.scoring.minimum_dimensions
    )
    verdict = _band(score, wordings.scoring) if enough else "unclear"
    caveat = wordings.caveat.format(silent=silent, dimensions=len(dimensions))
    words = wordings.verdicts_of_several if several else wordings.verdicts
    return Scorecard(verdict, words[verdict], dimensions, silent, clauses, score, caveat)
