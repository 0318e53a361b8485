"""From facts to conclusions, over a small pack."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.engine import Budget, CompiledPack, compile_checked, compile_pack, evaluate
from auditor.engine import compiled as compiled_module
from auditor.errors import EngineError, PackError
from auditor.model.clause import Clause, ClauseTree, Section
from auditor.model.document import Block, Coverage, Document
from auditor.model.fact import Fact, Slot
from auditor.model.finding import Conclusions
from auditor.model.location import Location, Piece, Span
from auditor.model.rule import Condition, Rule, Test
from auditor.packs import load_pack

SMALL = Path(__file__).parents[1] / "packs" / "data" / "small"
TEXT = "Staff must ask the manager before a refund."


@pytest.fixture(scope="module")
def pack() -> CompiledPack:
    return compile_pack(load_pack(SMALL))


def tree(*sections: tuple[str, list[str]]) -> ClauseTree:
    blocks, clauses, made = [], [], []
    for number, (heading, texts) in enumerate(sections):
        place = Location("d.md", line=10 * number + 1, column=1)
        first = len(clauses)
        for offset, text in enumerate(texts):
            line = Location(
                "d.md",
                line=10 * number + offset + 2,
                column=1,
                end_line=10 * number + offset + 2,
                end_column=len(text) + 1,
            )
            blocks.append(Block("paragraph", text, (Piece(0, len(text), line),)))
            index = len(clauses)
            clauses.append(
                Clause(
                    f"id{index}",
                    index,
                    "sentence",
                    text,
                    (heading,),
                    "",
                    "",
                    number,
                    index,
                    Span(0, len(text)),
                    line,
                )
            )
        made.append(Section(number, (heading,), "", place, tuple(range(first, len(clauses)))))
    document = Document("d.md", "markdown", "0" * 64, tuple(blocks), Coverage())
    return ClauseTree(document, tuple(made), tuple(clauses))


def fact(
    id: str, kind: str, clause: str = "id0", part: int = 0, section: int = 0, **fields: str | int | bool
) -> Fact:
    return Fact(id, kind, clause, part, section, "d.md", tuple(sorted(fields.items())), source="test")


def approval(id: str = "a1", clause: str = "id0", part: int = 0, **fields: str | int | bool) -> Fact:
    return fact(id, "approval", clause, part, polarity="required", approver_kind="superior", **fields)


def one(conclusions: Conclusions):
    (finding,) = conclusions.findings
    return finding


def test_a_match_is_a_finding_with_message_place_and_trace(pack: CompiledPack) -> None:
    slots = (Slot("actor", 0, 5, 0), Slot("approver", 15, 26, 4))
    premise = replace(approval(scope="customer", confidence="medium"), slots=slots, evidence=(Span(11, 26),))
    finding = one(evaluate(pack, tree(("Refunds", [TEXT])), [premise], {"id0": TEXT}))
    assert finding.message == "Staff must ask the manager before acting"
    assert (finding.rule, finding.severity, finding.scope) == ("empowerment/approval", "error", "customer")
    assert (finding.confidence, finding.guard) == ("medium", None)
    assert (finding.evidence, finding.spans) == (TEXT, (Span(11, 26),))
    assert (finding.location.line, finding.location.column, finding.location.end_column) == (2, 12, 27)
    assert finding.id == finding.fingerprint[:10]
    assert [step.stratum for step in finding.trace] == ["facts", "matches", "verdict"]
    assert "“ask the manager”" in finding.trace[0].text


@pytest.mark.parametrize(
    ("scope", "severity"), [("customer", "error"), ("work", "warning"), ("admin", "note")]
)
def test_severity_follows_scope(pack: CompiledPack, scope: str, severity: str) -> None:
    assert one(evaluate(pack, tree(("", [TEXT])), [approval(scope=scope)])).severity == severity


def test_nothing_is_concluded_from_what_does_not_match(pack: CompiledPack) -> None:
    facts = [
        fact("a", "approval", polarity="waived", approver_kind="superior"),
        fact("b", "approval", polarity="required", approver_kind="peer"),
        approval("c", scope="outside"),
    ]
    assert evaluate(pack, tree(("", [TEXT])), facts) == Conclusions((), (), (), ())


def test_a_law_guards_and_a_heading_makes_it_less_sure(pack: CompiledPack) -> None:
    legal = fact("g", "guard", part=-1, guardrail="legal", cue="law", reach="heading")
    finding = one(evaluate(pack, tree(("", [TEXT])), [approval(), legal]))
    assert finding.guard is not None
    assert (finding.guard.kind, finding.guard.cue, finding.guard.reach) == ("legal", "law", "heading")
    assert finding.confidence == "medium"
    assert finding.trace[-1].name == "guarded"


def test_guards_take_precedence_by_kind_then_reach(pack: CompiledPack) -> None:
    guards = [
        fact("g1", "guard", guardrail="financial", cue="spend", reach="clause"),
        fact("g2", "guard", guardrail="legal", cue="act", reach="heading"),
        fact("g3", "guard", guardrail="legal", cue="statute", reach="lead-in"),
    ]
    for order in (guards, guards[::-1]):
        finding = one(evaluate(pack, tree(("", [TEXT])), [approval(scope="work"), *order]))
        assert finding.guard is not None
        assert (finding.guard.kind, finding.guard.cue) == ("legal", "statute")


def test_a_customer_remedy_is_not_spared_for_being_money_and_the_trace_says_why(pack: CompiledPack) -> None:
    money = fact("g", "guard", guardrail="financial", cue="spend", reach="clause")
    finding = one(evaluate(pack, tree(("", [TEXT])), [approval(scope="customer"), money]))
    assert finding.guard is None
    (tried,) = [step for step in finding.trace if step.stratum == "guards"]
    assert tried.name == "guards/financial"
    assert "does not hold" in tried.text
    assert "scope would have to not be customer, it is customer" in tried.text
    assert one(evaluate(pack, tree(("", [TEXT])), [approval(scope="work"), money])).guard is not None


def test_a_guardrail_that_the_rule_does_not_admit_is_told_of(pack: CompiledPack) -> None:
    press = fact("g", "guard", guardrail="reputation", cue="press", reach="clause")
    finding = one(evaluate(pack, tree(("", [TEXT])), [approval(), press]))
    assert finding.guard is None
    assert any("is not spared for reputation reasons" in step.text for step in finding.trace)


def test_one_part_is_spared_and_the_other_reported(pack: CompiledPack) -> None:
    facts = [
        approval("a1", part=0, scope="work"),
        approval("a2", part=1, scope="work"),
        fact("g", "guard", part=1, guardrail="legal", cue="law", reach="clause"),
    ]
    active, spared = evaluate(pack, tree(("", [TEXT])), facts).findings
    assert (active.guard, spared.guard and spared.guard.part) == (None, 1)
    assert active.fingerprint != spared.fingerprint
    assert any("another part of the clause" in step.text for step in active.trace)


def test_two_active_parts_are_one_finding_with_the_words_of_both(pack: CompiledPack) -> None:
    first = replace(approval("a1", part=0, scope="admin"), evidence=(Span(0, 5),))
    second = replace(approval("a2", part=1, scope="customer"), evidence=(Span(11, 14),))
    finding = one(evaluate(pack, tree(("", [TEXT])), [first, second]))
    assert finding.spans == (Span(0, 5), Span(11, 14))
    assert (finding.severity, finding.scope) == ("error", "customer")
    assert finding.premises == (second, first)


def test_joins_reach_across_clauses_of_a_section(pack: CompiledPack) -> None:
    where = tree(("Dress", ["Staff wear a badge.", "Directors are exempt."]), ("Hours", ["Staff clock in."]))
    exempt = fact("e", "exemption", "id1", section=0, actor_kind="superior")
    near = fact("o", "obligation", "id0", section=0, actor_kind="staff")
    far = fact("o", "obligation", "id2", section=1, actor_kind="staff")
    finding = one(evaluate(pack, where, [exempt, near]))
    assert (finding.rule, finding.clause.id) == ("empowerment/leader-rule", "id1")
    assert {premise.id for premise in finding.premises} == {"e", "o"}
    assert evaluate(pack, where, [exempt, far]).findings == ()


def test_a_rule_may_look_at_what_others_concluded(pack: CompiledPack) -> None:
    where = tree(("", [TEXT, "Staff may refund."]))
    grant = fact("s", "grant", "id1", polarity="given", act="refund")
    asked = approval("a", act="refund")
    rules = [finding.rule for finding in evaluate(pack, where, [grant, asked]).findings]
    assert rules == ["empowerment/approval", "empowerment/contradicted-grant"]
    legal = fact("g", "guard", part=-1, guardrail="legal", cue="law", reach="clause")
    assert [f.rule for f in evaluate(pack, where, [grant, asked, legal]).findings] == ["empowerment/approval"]


def test_strengths_and_counsel_are_kept_apart(pack: CompiledPack) -> None:
    facts = [
        fact("s", "grant", polarity="given"),
        fact("t", "grant", part=1, polarity="given"),
        fact("d", "deduction"),
    ]
    conclusions = evaluate(pack, tree(("", [TEXT])), facts)
    (strength,) = conclusions.strengths
    (note,) = conclusions.counsel
    assert (strength.dimension, [premise.id for premise in strength.premises]) == ("empowerment", ["s", "t"])
    assert (note.topic, note.evidence) == ("wage deductions", TEXT)
    assert conclusions.findings == ()


HIRING = ("Hiring", ["We recruit.", "A degree is needed.", "Apply online."])


def hiring_facts(*more: Fact) -> list[Fact]:
    return [
        fact("t", "topic", "", section=1, topic="hiring"),
        fact("c", "criterion", "id2", section=1, kind_of="skill"),
        *more,
    ]


def test_an_absence_is_reported_once_at_the_heading(pack: CompiledPack) -> None:
    where = tree(("Intro", ["Welcome."]), HIRING, ("More hiring", ["Tests follow."]))
    again = fact("t2", "topic", "", section=2, topic="hiring")
    conclusions = evaluate(pack, where, hiring_facts(again))
    finding = one(conclusions)
    assert (finding.rule, finding.evidence, finding.location.line) == ("hiring/missing-values", "Hiring", 11)
    assert finding.clause.id == "id1"
    assert conclusions.topics == ((1, "hiring"), (2, "hiring"))
    assert [step.stratum for step in finding.trace] == ["sections", "absences"]


@pytest.mark.parametrize(
    "facts",
    [
        hiring_facts(fact("v", "criterion", "id3", section=1, kind_of="value")),
        hiring_facts()[:1],
        hiring_facts()[1:],
    ],
    ids=["values are named", "no criteria", "topic not treated"],
)
def test_no_absence(pack: CompiledPack, facts: list[Fact]) -> None:
    assert evaluate(pack, tree(("Intro", ["Welcome."]), HIRING), facts).findings == ()


def test_no_absence_where_the_topic_is_only_touched(pack: CompiledPack) -> None:
    where = tree(("Intro", ["Welcome.", "Hi."]), ("Hiring", ["A degree is needed."]))
    assert evaluate(pack, where, hiring_facts()).findings == ()


def test_conclusions_do_not_depend_on_the_order_of_facts(pack: CompiledPack) -> None:
    rng = random.Random(3)
    where = tree(("Intro", [TEXT] * 3), HIRING)
    facts = hiring_facts()
    for index in range(40):
        clause = rng.randrange(6)
        section = int(clause > 2)
        kind = rng.choice(["approval", "guard", "exemption", "obligation", "grant", "deduction"])
        facts.append(
            fact(
                f"f{index}", kind, f"id{clause}", rng.randrange(-1, 2), section,
                polarity=rng.choice(["required", "given"]), approver_kind="hr", actor_kind=rng.choice(["superior", "staff"]),
                guardrail=rng.choice(["legal", "financial"]), cue="pay", reach="clause", scope=rng.choice(["customer", "work"]),
            )
        )  # fmt: skip
    expected = evaluate(pack, where, facts)
    assert len(expected.findings) > 5
    for _ in range(5):
        rng.shuffle(facts)
        assert evaluate(pack, where, facts) == expected
    assert evaluate(pickle.loads(pickle.dumps(pack)), where, facts) == expected
    assert len({finding.fingerprint for finding in expected.findings}) == len(expected.findings)


def test_bad_facts_and_budgets_fail_loudly(pack: CompiledPack) -> None:
    with pytest.raises(EngineError, match="unknown clause 'nowhere'"):
        evaluate(pack, tree(("", [TEXT])), [approval(clause="nowhere")])
    with pytest.raises(EngineError, match="2 facts are more than the 1"):
        evaluate(pack, tree(("", [TEXT])), [approval("a"), approval("b")], budget=Budget(facts=1))


def bad_rule(**changes: object) -> Rule:
    plain = Rule(
        "x/y", "pattern", "t", "x", "note", "", "", "m", ((Condition("a", "k"),),), path="x/y.yaml", line=3
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (bad_rule(when=(tuple(Condition(f"a{i}", "k") for i in range(9)),)), "9 conditions are joined"),
        (bad_rule(when=((Condition("a", "k", (Test("f", "join", ("b", "f")),)),),)), "'f' is compared with"),
        (bad_rule(when=()), "`when` lists no condition"),
        (bad_rule(kind="guard"), "needs a fact `match`"),
        (bad_rule(kind="absence", when=()), "`absence`"),
        (bad_rule(when=((Condition("a", "k"),),) * 201), "201 alternatives"),
    ],
)
def test_a_pack_that_cannot_be_compiled_safely_is_refused_with_its_place(rule: Rule, message: str) -> None:
    with pytest.raises(PackError) as caught:
        compile_pack(replace(load_pack(SMALL), rules=(rule,)))
    assert any(text.startswith("small/x/y.yaml:3:1: ") and message in text for text in caught.value.problems)


def test_a_pack_of_others_is_compiled_in_a_child_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack(SMALL)
    compile_checked(pack, tmp_path)
    monkeypatch.setattr(compiled_module, "_probe", lambda *_: pytest.fail("asked again"))
    compile_checked(pack, tmp_path)


def test_a_pack_on_which_the_child_dies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        compile_checked(load_pack(SMALL), tmp_path, mebibytes=1)
    assert "cannot be compiled safely" in str(caught.value)
    assert not list(tmp_path.iterdir())
