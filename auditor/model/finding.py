"""Conclusions of the engine, complete at birth and never patched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.model.clause import Clause
from auditor.model.fact import Fact
from auditor.model.location import Location, Span
from auditor.model.rule import Severity

Confidence = Literal["high", "medium", "low"]
Status = Literal["active", "guarded", "suppressed", "baselined"]
Applicability = Literal["ready", "decision", "idea"]


@dataclass(frozen=True, slots=True)
class Guard:
    """Why a clause is left alone: the guardrail, the words it rests on, and from where they reach."""

    kind: str
    cue: str
    reach: Literal["clause", "lead-in", "heading"]
    part: int


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a proof: what was concluded (``name``), its stratum, the premises' fact ids, and words for people."""

    stratum: str
    name: str
    premises: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds for a clause (or, for an absence, for a section or document).

    ``clause`` is None only for absences of a document without clauses. ``fingerprint`` is made of rule, clause id
    and ordinal; ``id`` is its short form. ``evidence`` is the flagged text, ``spans`` the triggering words in it.
    ``premises`` are the facts that led here, guards that were tried included in ``trace``.
    """

    id: str
    fingerprint: str
    rule: str
    dimension: str
    severity: Severity
    confidence: Confidence
    scope: str | None
    guard: Guard | None
    message: str
    clause: Clause
    evidence: str
    spans: tuple[Span, ...]
    location: Location
    premises: tuple[Fact, ...]
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """A customer-focused clause, credited to a dimension."""

    id: str
    dimension: str
    clause: Clause
    evidence: str
    spans: tuple[Span, ...]
    location: Location
    premises: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CounselNote:
    """A clause that a lawyer should read; never scored."""

    topic: str
    text: str
    clause: Clause
    evidence: str
    location: Location


@dataclass(frozen=True, slots=True)
class Approval:
    """A row of the approval map; empty strings where the text is silent."""

    actor: str
    act: str
    approver: str
    scope: str
    limit: str
    deadline: str
    stand_in: str
    levels: int
    clause: Clause
    guardrail: str | None
    finding: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``start:end`` of the clause's text by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A proposed wording for a clause (or a section, for an absence).

    ``text`` replaces the whole clause; ``edits`` say the same as replacements of ranges of it. ``advice`` is
    set, and ``text`` empty, where only advice is given. ``alone`` says that the text stands by itself: the
    line that introduced the list item, or the headings of the table's columns, do not hold for it any more.
    """

    finding: str
    text: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()
    advice: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What the engine concluded about one document."""

    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    counsel: tuple[CounselNote, ...]
    topics: tuple[tuple[int, str], ...]
    """Pairs of section index and topic."""
