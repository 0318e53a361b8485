"""A strength stands only where nothing else in its clause denies it."""

from __future__ import annotations

import pytest

from auditor.engine.compiled import compile_pack
from auditor.engine.evaluate import evaluate
from auditor.model.clause import Clause, ClauseTree, Section
from auditor.model.document import Block, Coverage, Document
from auditor.model.fact import Fact
from auditor.model.location import Location, Piece, Span
from auditor.model.rule import Condition, Dimension, Rule, RulePack

TEXT = "Clerks may waive the fee."


def _rule(name: str, kind: str, fact: str, options: dict[str, object] | None = None) -> Rule:
    when = ((Condition("m0", fact, ()),),)
    dimension = name.partition("/")[2].partition("-")[0]
    return Rule(name, kind, name, dimension, "warning", "", "", "", when, (), options=options)  # type: ignore[arg-type]


def _credited(*facts: tuple[str, str], denies: bool = True) -> set[str]:
    rules = (
        _rule("strengths/voice", "strength", "heard"),
        _rule("strengths/trust", "strength", "told"),
        _rule("x/trust-eroding", "pattern", "hidden", {"denies": denies}),
    )
    dimensions = tuple(Dimension(one, one) for one in ("voice", "trust"))
    pack = RulePack("p", "1", "p", "", dimensions, rules, {}, (), {})
    place = Location("d", line=1, column=1)
    clause = Clause("c", 0, "sentence", TEXT, (), "", "", 0, 0, Span(0, len(TEXT)), place)
    block = Block("paragraph", TEXT, (Piece(0, len(TEXT), place, exact=True),))
    document = Document("d", "text", "", (block,), Coverage())
    tree = ClauseTree(document, (Section(0, (), "", place, (0,)),), (clause,))
    made = [
        Fact(str(i), kind, "c", 0, 0, "d", (("confidence", confidence),))
        for i, (kind, confidence) in enumerate(facts)
    ]
    return {strength.dimension for strength in evaluate(compile_pack(pack), tree, made).strengths}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((("heard", "high"),), {"voice"}),
        ((("heard", "low"),), {"voice"}),
        ((("heard", "high"), ("told", "high")), {"voice", "trust"}),
        ((("heard", "high"), ("told", "medium")), {"voice"}),
        ((("heard", "medium"), ("told", "low")), {"voice"}),
        ((("told", "high"), ("hidden", "high")), set()),
        ((("heard", "high"), ("hidden", "high")), {"voice"}),
        ((("heard", "medium"), ("hidden", "high")), set()),
    ],
)
def test_the_surest_stand_and_findings_deny(facts: tuple[tuple[str, str], ...], expected: set[str]) -> None:
    assert _credited(*facts) == expected


def test_a_rule_may_deny_nothing() -> None:
    assert _credited(("told", "low"), ("hidden", "high"), denies=False) == {"trust"}
