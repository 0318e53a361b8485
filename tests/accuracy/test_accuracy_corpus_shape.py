"""The accuracy corpus keeps its promises: vocabulary, coverage of rules and guards, half neutral."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).parent / "corpus"
RULES = frozenset(
    [
        "empowerment/mandatory-approval",
        "empowerment/escalation-required",
        "empowerment/rigid-rule",
        "empowerment/no-discretion",
        "empowerment/punished-initiative",
        "hiring/skill-only-criteria",
        "training/technical-only",
        "training/gated",
        "leadership/leader-exemption",
        "leadership/unquestioned-authority",
        "people/systems-before-people",
        "people/output-only-measures",
        "service/department-only",
        "service/siloed-work",
        "service/process-before-customer",
        "promise/broadcast-only",
        "trust/trust-eroding",
        "insight/product-only-research",
        "insight/unsupported-claim",
        "voice/top-down",
    ]
)
GUARDS = frozenset({"legal", "ethical", "financial", "reputation"})
SCOPES = frozenset({"customer", "work", "admin"})
DIMENSIONS = frozenset(
    [
        "empowerment",
        "hiring",
        "training",
        "leadership",
        "people",
        "service",
        "promise",
        "trust",
        "insight",
        "voice",
    ]
)


@pytest.fixture(scope="module")
def clauses() -> list[dict[str, Any]]:
    found = []
    for path in sorted(CORPUS.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found.extend(clause for section in document["sections"] for clause in section["clauses"])
    return found


def test_labels_use_the_known_vocabulary(clauses: list[dict[str, Any]]) -> None:
    for clause in clauses:
        assert set(clause["flags"]) <= RULES, clause
        assert set(clause["strengths"]) <= DIMENSIONS, clause
        assert clause["guardrail"] in GUARDS | {None}, clause
        assert clause["guardrail"] is None or clause["flags"], clause
        empowers = any(flag.startswith("empowerment/") for flag in clause["flags"])
        assert (clause["scope"] in SCOPES) if empowers else clause["scope"] is None, clause


def test_every_rule_guard_and_strength_is_well_covered(clauses: list[dict[str, Any]]) -> None:
    active = Counter(flag for c in clauses if c["guardrail"] is None for flag in c["flags"])
    guarded = Counter(c["guardrail"] for c in clauses if c["guardrail"])
    strengths = Counter(dimension for c in clauses for dimension in c["strengths"])
    assert {rule for rule in RULES if active[rule] < 10} == set()
    assert {guard for guard in GUARDS if guarded[guard] < 12} == set()
    assert {name for name in DIMENSIONS if strengths[name] < 8} == set()


def test_half_is_neutral_and_many_are_near_misses(clauses: list[dict[str, Any]]) -> None:
    neutral = [c for c in clauses if not c["flags"] and not c["strengths"]]
    assert len(clauses) >= 700
    assert 2 * len(neutral) >= len(clauses)
    assert sum(1 for c in neutral if c.get("note")) >= 150


def test_no_clause_is_given_twice(clauses: list[dict[str, Any]]) -> None:
    count = Counter((c["text"], c.get("lead_in")) for c in clauses)
    assert [key for key, times in count.items() if times > 1] == []
