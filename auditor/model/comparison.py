"""What one edition of a policy changed against another."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.clause import Clause
from auditor.model.finding import Approval, Finding, Strength
from auditor.model.report import ReportEntry, Scorecard


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause of the old edition and what it is in the new one."""

    old: Clause
    new: Clause
    edited: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class ControlLost:
    """A guarded clause of the old edition that the new one no longer has, or no longer as a guarded one.

    ``now`` is what stands in its place: "removed", "flagged" (the reason is gone, the control is not) or
    "changed" (the clause is there, the control is not).
    """

    kind: str
    was: Finding
    now: str
    new: Clause | None


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """Numbers and sums of an edited clause that a finding, an approval or a strength rests on."""

    pair: ClausePair
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document in both editions; a path is "" where the edition has no such document.

    ``new``, ``resolved`` and ``persisting`` are findings that no guard spares; ``approvals_new`` are
    approvals that are required now and were not before.
    """

    old_path: str
    new_path: str
    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    pairs: tuple[ClausePair, ...]
    new: tuple[ReportEntry, ...]
    resolved: tuple[ReportEntry, ...]
    persisting: tuple[ReportEntry, ...]
    controls_lost: tuple[ControlLost, ...]
    thresholds: tuple[ThresholdChange, ...]
    approvals_new: tuple[Approval, ...]
    approvals_gone: tuple[Approval, ...]
    strengths_new: tuple[Strength, ...] = ()
    strengths_gone: tuple[Strength, ...] = ()

    @property
    def edited(self) -> tuple[ClausePair, ...]:
        """Pairs whose own words or lead-in changed."""
        return tuple(pair for pair in self.pairs if pair.edited)

    @property
    def moved(self) -> tuple[ClausePair, ...]:
        """Pairs that stand elsewhere, their words unchanged."""
        return tuple(pair for pair in self.pairs if pair.moved and not pair.edited)

    @property
    def unchanged(self) -> int:
        """The number of clauses that are as and where they were."""
        return sum(1 for pair in self.pairs if not pair.edited and not pair.moved)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions: their names, the documents in the order of their new paths, and both verdicts."""

    old: str
    new: str
    version: str
    documents: tuple[DocumentChange, ...]
    old_scores: Scorecard
    new_scores: Scorecard
