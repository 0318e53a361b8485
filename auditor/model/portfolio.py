"""Several organisations, or editions of one, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.report import DocumentReport, ReportEntry, Scorecard, Skipped
from auditor.model.rule import RulePack


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation or edition: its documents in the order of their paths, and the scorecard of them together."""

    name: str
    documents: tuple[DocumentReport, ...]
    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands within the set: ``percentile`` (0 .. 100) of its score among ``among`` members.

    ``dimension`` is "" for the score over all dimensions.
    """

    member: str
    dimension: str
    percentile: int
    among: int


@dataclass(frozen=True, slots=True)
class SharedPattern:
    """A rule that holds in two members or more, as pairs of member and number of findings, most first.

    ``verbatim`` counts the clauses that raise it word for word in two members or more; ``document`` and ``entry``
    are one example.
    """

    rule: str
    dimension: str
    members: tuple[tuple[str, int], ...]
    findings: int
    verbatim: int
    document: str
    entry: ReportEntry


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A dimension and the members that it is said of: that they have strengths in it, or that they are silent."""

    dimension: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A set of members by name. ``like`` names the set if its documents are declared to be alike, else ""."""

    version: str
    packs: tuple[RulePack, ...]
    name: str
    like: str
    members: tuple[Member, ...]
    skipped: tuple[Skipped, ...]
    patterns: tuple[SharedPattern, ...]
    strengths: tuple[SharedTopic, ...]
    silences: tuple[SharedTopic, ...]
    standings: tuple[Standing, ...]
