"""Rules and packs as data, after loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from auditor.model.fact import Scalar

Severity = Literal["error", "warning", "note"]
RuleKind = Literal["pattern", "strength", "guard", "absence", "counsel"]
GUARDRAILS = ("legal", "ethical", "financial", "reputation")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Test:
    """A test on one field: any of ``values`` (``eq``), none of them (``ne``), or equality with a field of
    another bound fact (``join``, values = (alias, field))."""

    __test__: ClassVar[bool] = False  # keeps pytest from taking it for a test class

    field: str
    op: Literal["eq", "ne", "has", "lacks", "join"]
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact that must exist: its ``alias`` in the rule, its kind, and tests on its fields."""

    alias: str
    kind: str
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A clause that a rule's file gives as an example; run as a test.

    ``expect`` holds slots or fields to be found (``{"approver": "store manager"}``), ``guardrail`` the guard
    expected, ``rewrite`` the rewrite expected ("" if not said).
    """

    text: str
    verdict: Literal["flagged", "guarded", "clear"]
    lead_in: str = ""
    heading: str = ""
    guardrail: str = ""
    rewrite: str = ""
    expect: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a rewrite: the slots it ``needs``, its text with ``{slot}`` fields, and how ready it is."""

    text: str
    needs: tuple[str, ...] = ()
    when: tuple[Test, ...] = ()
    applicability: Literal["ready", "decision", "idea"] = "decision"


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that a rewrite leaves out of a clause (a phrase, see ``docs/packs.md``), and what stands instead."""

    say: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """How a rule's rewrites are made: where the act is looked for (``seek``), what is cut, and the wordings in the
    order in which they are tried."""

    seek: str = "plain"
    cut: tuple[Cut, ...] = ()
    wordings: tuple[Wording, ...] = ()
    advice: tuple[Wording, ...] = ()
    """What is advised, piece by piece, where a guarded finding lacks something."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A pack's ``rewriting/`` folder: guides by rule id, wordings for any rule, word lists and word pairs."""

    guides: Mapping[str, Guide] = field(default_factory=dict)
    fallback: tuple[Wording, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. ``when`` is a disjunction of conjunctions of conditions."""

    id: str
    kind: RuleKind
    title: str
    dimension: str
    severity: Severity
    rationale: str
    source: str
    message: str
    when: tuple[tuple[Condition, ...], ...]
    guardable: tuple[str, ...] = GUARDRAILS
    severity_by_scope: tuple[tuple[str, Severity], ...] = ()
    wordings: tuple[Wording, ...] = ()
    advice: tuple[Wording, ...] = ()
    examples: tuple[Example, ...] = ()
    path: str = ""
    line: int = 1
    options: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the pack's dimensions: id, title, weight in the verdict, and what it asks."""

    id: str
    title: str
    weight: int = 1
    question: str = ""


@dataclass(frozen=True, slots=True)
class RulePack:
    """A pack: its rules, and the vocabulary and frames as plain data for the language stage.

    ``vocabulary`` maps a class name to its entries (lower-case phrases, see ``docs/packs.md``); ``frames`` holds the
    frame files as mappings, each with ``path``.
    """

    id: str
    version: str
    title: str
    sha256: str
    dimensions: tuple[Dimension, ...]
    rules: tuple[Rule, ...]
    vocabulary: Mapping[str, tuple[str, ...]]
    frames: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any]
    phrasing: Phrasing = field(default_factory=Phrasing)
