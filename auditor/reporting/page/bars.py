"""The ten dimensions on the axis from operations to customers."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.report import DimensionScore, Scorecard
from auditor.reporting.page.words import BANDS, Glossary

MIDDLE = 50.0
_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Bar:
    """One dimension: its names, its counts, and a bar from the middle of the axis, in per cent of the axis."""

    dimension: str
    title: str
    question: str
    band: str
    band_name: str
    findings: int
    guarded: int
    strengths: int
    x: float
    width: float
    at: float


@dataclass(frozen=True, slots=True)
class Silence:
    """A dimension without a bar, and why it has none."""

    dimension: str
    title: str
    question: str
    reason: str


def bars(card: Scorecard, words: Glossary) -> tuple[Bar, ...]:
    """The dimensions that say something, in the order of the pack."""
    return tuple(_bar(row, words) for row in card.dimensions if row.band != "silent")


def _bar(row: DimensionScore, words: Glossary) -> Bar:
    x, width, at = extent(row.score)
    return Bar(
        row.dimension, words.dimension(row.dimension), words.question(row.dimension), row.band,
        BANDS[row.band], row.findings, row.guarded, row.strengths, x, width, at,
    )  # fmt: skip


def whole(card: Scorecard, title: str) -> Bar | None:
    """The bar of a whole scorecard, named ``title``; None where it says too little to tell."""
    if card.verdict == "unclear":
        return None
    x, width, at = extent(card.score)
    counts = [
        sum(getattr(row, key) for row in card.dimensions) for key in ("findings", "guarded", "strengths")
    ]
    return Bar(
        "", title, "", card.verdict, BANDS[card.verdict], counts[0], counts[1], counts[2], x, width, at
    )


def extent(score: float) -> tuple[float, float, float]:
    """Left edge, width and end of the bar of a score of -1 .. 1, in per cent; never too thin to be seen."""
    at = MIDDLE + MIDDLE * max(-1.0, min(1.0, score))
    width = max(abs(at - MIDDLE), _LEAST)
    return round(min(at, MIDDLE, 100 - width), 2), round(width, 2), round(at, 2)


def silences(card: Scorecard, words: Glossary) -> tuple[Silence, ...]:
    """The dimensions that say nothing, in the order of the pack: not covered at all, or covered without a
    word that counts either way."""
    return tuple(
        Silence(row.dimension, words.dimension(row.dimension), words.question(row.dimension), _reason(row))
        for row in card.dimensions
        if row.band == "silent"
    )


def _reason(row: DimensionScore) -> str:
    if row.absent:
        return "not covered"
    if row.guarded:
        return "covered only by controls that were left alone"
    if row.findings:
        return "covered only by matters that weigh nothing in the verdict"
    return "covered, nothing that leans either way"
