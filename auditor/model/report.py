"""The report object that every reporter renders."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.clause import ClauseTree
from auditor.model.finding import (
    Approval,
    CounselNote,
    Finding,
    Rewrite,
    Status,
    Strength,
)
from auditor.model.location import Location
from auditor.model.rule import RulePack, Severity


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is not counted: an inline comment, a waiver or the baseline, with who says so and until when."""

    kind: str
    reason: str
    owner: str = ""
    review_by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A finding joined with what later stages know of it."""

    finding: Finding
    rewrite: Rewrite | None = None
    suppression: Suppression | None = None
    baselined: bool = False

    @property
    def status(self) -> Status:
        """active, guarded, suppressed or baselined, in this order of precedence: guard, suppression, baseline."""
        if self.finding.guard is not None:
            return "guarded"
        if self.suppression is not None:
            return "suppressed"
        return "baselined" if self.baselined else "active"


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Counts behind one band. ``band``: operations, mixed, customers, or silent. ``score``: -1.0 .. 1.0, 0.0 if silent."""

    dimension: str
    findings: int
    guarded: int
    strengths: int
    absent: bool
    score: float
    band: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The verdict of a document (or of all): one of operations, mixed, customers, unclear, with its dimensions.

    ``score`` (-1.0 .. 1.0) compares editions or like documents, nothing else; ``caveat`` says what the
    verdict does not rest on (dimensions not covered, practice not observed).
    """

    verdict: str
    sentence: str
    dimensions: tuple[DimensionScore, ...]
    silent: int
    clauses: int
    score: float = 0.0
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class SayDoGap:
    """A stated value beside the clause of the same document that denies it."""

    dimension: str
    value: Strength
    denial: Finding


@dataclass(frozen=True, slots=True)
class FirstChange:
    """One of the changes to make first: the entry, who feels the clause, and the decision that is needed."""

    document: str
    entry: ReportEntry
    felt_by: str
    decision: str


@dataclass(frozen=True, slots=True)
class GuardCount:
    """How many findings one guardrail spared; ``meaning`` says in words what that does and does not mean."""

    kind: str
    findings: int
    meaning: str


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """Everything known of one document."""

    tree: ClauseTree
    entries: tuple[ReportEntry, ...]
    strengths: tuple[Strength, ...]
    counsel: tuple[CounselNote, ...]
    approvals: tuple[Approval, ...]
    scorecard: Scorecard
    gaps: tuple[SayDoGap, ...] = ()
    topics: tuple[tuple[int, str], ...] = ()
    weak: int = 0
    """Findings of low confidence that do not count, for surer ones are rare in this document."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not audited, and why. ``error`` makes the run exit with 2."""

    path: str
    reason: str
    error: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """What suppressions and the baseline themselves give reason to say.

    ``rule`` is one of ``ledger/expired``, ``ledger/unused``, ``ledger/incomplete`` and ``ledger/stale``;
    ``location`` is the comment, the entry of the waiver file or the baseline.
    """

    rule: str
    severity: Severity
    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Report:
    """One run: tool version, packs, documents in the order of their paths, and what was skipped."""

    version: str
    packs: tuple[RulePack, ...]
    documents: tuple[DocumentReport, ...]
    skipped: tuple[Skipped, ...]
    scorecard: Scorecard
    questions: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    """Interview questions, and documents to ask for."""
    changes: tuple[FirstChange, ...] = ()
    guards: tuple[GuardCount, ...] = ()
    preamble: str = ""
    """The four limits, stated once: wording the report proposes for the start of the document."""
    notices: tuple[Notice, ...] = ()
