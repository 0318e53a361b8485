"""First changes, say-do gaps, the approval map, questions, and how it all is joined."""

import math
from dataclasses import replace

import pytest
import yaml
from analysis_samples import (
    PACK,
    ROOT,
    approval,
    entry,
    finding,
    nothing,
    strength,
    tree,
    wordings,
)

from auditor.analysis import (
    approval_map,
    assemble,
    document_report,
    first_changes,
    guard_summary,
    parse_wordings,
    say_do_gaps,
)
from auditor.analysis.changes import amount
from auditor.errors import PackError
from auditor.model.finding import CounselNote
from auditor.model.report import ReportEntry, Skipped


def document(entries=(), strengths=(), topics=(), texts=None, clauses=30, path="handbook.md"):
    concluded = replace(nothing(), strengths=tuple(strengths), topics=tuple(topics))
    return document_report(
        tree(clauses, path), concluded, entries, texts or {}, pack=PACK, wordings=wordings()
    )


def joined(*documents, skipped=()):
    return assemble("1", [PACK], documents, skipped, wordings())


def with_limit(limit, index):
    text = f"A refund above {limit} must be approved by the manager, case {index}."
    fact, where = approval(text, limit=limit, approver="the manager")
    return entry(text, index=index, premises=(fact,)), {where: text}


def changed(*entries, limit=3, texts=None):
    return [
        c.entry.finding.evidence for c in first_changes([document(entries, texts=texts)], wordings(), limit)
    ]


# --- first changes ---


def test_customer_decisions_come_first():
    assert changed(
        entry("admin", scope="admin", severity="note", index=0),
        entry("work", scope="work", severity="warning", index=1),
        entry("customer", scope="customer", index=2),
    ) == ["customer", "work"], "and personal administration never"


def test_the_smallest_sums_come_first_and_no_sum_last():
    found, texts = [], {}
    for index, limit in enumerate(("$5,000", "$25", "2k", "£300")):
        one, own = with_limit(limit, index)
        found.append(one)
        texts |= own
    found.append(entry("A refund must be approved.", index=7))
    order = changed(*found, limit=9, texts=texts)
    assert [next(w for w in ("$25", "£300", "2k", "$5,000", "A refund must") if w in text) for text in order] == [
        "$25", "£300", "2k", "$5,000", "A refund must",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("$25", 25), ("up to 1,250.50 euros", 1250.5), ("2k", 2000), ("£1.5 million", 1.5e6), ("five hundred", math.inf),
        ("", math.inf), ("two days", math.inf), ("USD 10 000", 10000),
    ],
)  # fmt: skip
def test_sums_as_written(words, value):
    assert amount(words) == value


def test_severity_then_confidence_then_readiness_then_order():
    assert changed(
        entry("later", index=5),
        entry("unsure", confidence="low", index=1),
        entry("sooner", index=4),
        entry("worded", rewrite="ready", index=9),
        entry("warning", severity="warning", index=0),
        limit=9,
    ) == ["worded", "sooner", "later", "unsure", "warning"]


@pytest.mark.parametrize("status", ["guarded", "suppressed", "baselined"])
def test_only_active_findings_are_to_be_changed(status):
    assert changed(entry("spared", status=status)) == []


def test_absences_are_no_changes():
    assert changed(entry("none", rule="hiring/missing-values", severity="warning", scope=None)) == []


def test_one_list_and_one_clause_give_one_change():
    assert changed(
        entry("a discount", lead_in="Ask the manager before you give:", index=1),
        entry("a refund", lead_in="Ask the manager before you give:", index=2),
        entry("the same words", index=3),
        entry("the same words", index=3, rule="empowerment/no-discretion"),
        entry("other words", index=4),
    ) == ["a discount", "the same words", "other words"]


def test_who_feels_it_and_what_is_to_be_decided():
    changes = first_changes(
        [
            document(
                [
                    entry("a", rewrite="decision", index=0),
                    entry("b", rule="training/gated", scope=None, rewrite="ready", index=1),
                    entry("c", rule="trust/trust-eroding", scope=None, index=2),
                ]
            )
        ],
        wordings(),
    )
    told = {c.entry.finding.evidence: (c.felt_by, c.decision) for c in changes}
    words = wordings()
    assert told == {
        "a": (words.felt_by_scope["customer"], words.decisions["decision"]),
        "b": (words.felt_by_dimension["training"], words.decisions["ready"]),
        "c": (words.felt_by_dimension["trust"], words.decisions["none"]),
    }


# --- say-do gaps ---


def gaps(entries, strengths):
    return [(g.value.evidence, g.denial.evidence) for g in say_do_gaps(entries, strengths, wordings())]


def test_a_value_meets_the_clause_that_denies_it_in_its_words():
    assert gaps(
        [entry("A refund must be approved.", index=1), entry("Overtime must be approved.", index=2)],
        [strength("Employees may refund customers on the spot.")],
    ) == [("Employees may refund customers on the spot.", "A refund must be approved.")]


def test_another_dimension_denies_only_where_the_pack_says_so():
    service = entry("Billing alone handles complaints.", rule="service/department-only", scope=None)
    assert gaps([service], [strength("We keep our promise.", "promise")])
    assert not gaps([service], [strength("We hire for attitude.", "hiring")])


@pytest.mark.parametrize(
    "weak",
    [
        {"status": "guarded"}, {"status": "suppressed"}, {"severity": "note"}, {"confidence": "low"},
        {"scope": "admin", "severity": "warning"},
    ],
)  # fmt: skip
def test_what_weighs_nothing_denies_nothing(weak):
    assert not gaps([entry("A refund must be approved.", **weak)], [strength()])


def test_a_clause_stands_on_a_side_once_and_no_clause_denies_itself():
    same = strength("A refund must be approved.", index=0)
    assert not gaps([entry("A refund must be approved.")], [same])
    found = [entry(f"A refund must be approved in case {n}.", index=n) for n in range(6)]
    values = [strength(f"Employees may refund in case {n}.", index=10 + n) for n in range(6)]
    pairs = gaps(found, values)
    assert len(pairs) == wordings().gap_limit
    assert len({value for value, _ in pairs}) == len({denial for _, denial in pairs}) == len(pairs)


# --- approval map ---


def test_a_row_says_who_asks_whom_for_what_and_what_is_silent():
    text = "Staff must get the manager or the director to approve a refund over $50 within a day."
    fact, where = approval(
        text, actor="Staff", approver="the manager", approver_2="the director", act="a refund", limit="$50",
        deadline="a day", levels=2,
    )  # fmt: skip
    (row,) = approval_map([entry(text, premises=(fact,))], {where: text})
    assert (row.actor, row.act, row.approver, row.limit, row.deadline, row.stand_in, row.levels) == (
        "Staff", "a refund", "the manager, the director", "$50", "a day", "", 2,
    )  # fmt: skip
    assert (row.scope, row.guardrail) == ("customer", None)


def test_customer_decisions_first_then_unguarded_then_in_order():
    rows = []
    for index, given in enumerate(
        [
            {"scope": "admin"},
            {"scope": "customer", "status": "guarded"},
            {"scope": "work"},
            {"scope": "customer"},
        ]
    ):
        fact, _ = approval(f"Case {index} needs the manager.", approver="the manager")
        rows.append(entry(f"Case {index} needs the manager.", index=index, premises=(fact,), **given))
    order = [(row.scope, row.guardrail) for row in approval_map(rows, {})]
    assert order == [("customer", None), ("customer", "legal"), ("work", None), ("admin", None)]


def test_one_fact_gives_one_row_and_other_kinds_none():
    fact, where = approval("A refund needs the manager.", approver="the manager")
    other, _ = approval("A refund needs the manager.", kind="sanction", approver="the manager")
    twice = [entry("A refund needs the manager.", premises=(fact, other)) for _ in range(2)]
    assert len(approval_map(twice, {where: "A refund needs the manager."})) == 1
    assert approval_map([entry(premises=(other,))], {}) == ()


@pytest.mark.parametrize("levels", [None, 0, -1, True, "two"])
def test_levels_that_make_no_sense_are_one(levels):
    fact, where = approval("Ask the manager.", approver="the manager", levels=levels)
    (row,) = approval_map([entry("Ask the manager.", premises=(fact,))], {where: "Ask the manager."})
    assert row.levels == 1


# --- questions and requests ---


def asked(*documents):
    report = joined(*documents)
    return report.questions, report.requests


def test_a_question_is_asked_for_what_was_found():
    silent, _ = asked(document())
    found, requests = asked(document([entry(rule="trust/trust-eroding", scope=None)]))
    assert "What are people told not to tell a customer, and by whom?" in found
    assert "What are people told not to tell a customer, and by whom?" not in silent
    assert "Who last used their own discretion for a customer, when, and what happened afterwards?" in silent
    assert "Delegation of authority (who may sign for what)" not in requests


@pytest.mark.parametrize(
    ("status", "counts"), [("baselined", True), ("guarded", False), ("suppressed", False)]
)
def test_the_known_is_asked_about_and_the_spared_is_not(status, counts):
    found, _ = asked(document([entry(rule="trust/trust-eroding", scope=None, status=status)]))
    assert ("What are people told not to tell a customer, and by whom?" in found) is counts


def test_a_question_is_asked_for_what_an_approval_leaves_open():
    text = "A refund over $50 is approved by the manager within a day."
    whole, where = approval(text, approver="the manager", limit="$50", deadline="a day")
    found, requests = asked(document([entry(text, premises=(whole,))], texts={where: text}))
    assert "Who answers for a customer when the approver is absent?" in found
    assert (
        "How long does a customer wait today while an approval is sought, and who says so to the customer?"
        not in found
    )
    assert "Refund, credit and goodwill limits by role" not in requests
    bare, _ = approval("A refund is approved by the manager.", approver="the manager")
    _, requests = asked(document([entry("A refund is approved by the manager.", premises=(bare,))]))
    assert "Refund, credit and goodwill limits by role" in requests


def test_a_question_is_asked_by_the_band():
    question = "What did the last training teach about dealing with people, and who attended?"
    praised = [strength(f"Training in empathy {n}.", "training", index=n) for n in range(3)]
    assert question in asked(document())[0]
    assert question not in asked(document(strengths=praised))[0]


def test_every_question_can_be_asked_and_names_rules_and_dimensions_that_may_exist():
    words = wordings()
    names = {d.id for d in PACK.dimensions}
    for ask in (*words.questions, *words.requests):
        assert ask.always or ask.found or ask.dimension or ask.approvals
        assert not ask.dimension or ask.dimension in names
        assert set(ask.bands) <= {"silent", "operations", "mixed", "customers"}
        assert ask.approvals in ("", "limit", "deadline", "stand_in")
        assert {rule.split("/")[0] for rule in ask.found} <= names


# --- joining ---


def test_documents_stand_in_the_order_of_paths_and_their_parts_in_document_order():
    late, early = entry("b", index=5), entry("a", index=2)
    report = joined(
        document([late, early], [strength(index=8), strength("Other words.", index=3)], path="b.md"),
        document(path="a.md"),
        skipped=[Skipped("z", "?"), Skipped("y", "?")],
    )
    assert [d.tree.document.path for d in report.documents] == ["a.md", "b.md"]
    assert [e.finding.evidence for e in report.documents[1].entries] == ["a", "b"]
    assert [s.clause.index for s in report.documents[1].strengths] == [3, 8]
    assert [s.path for s in report.skipped] == ["y", "z"]
    assert report.preamble == wordings().preamble


def test_the_overall_card_is_that_of_all_clauses_together():
    found = [
        entry(rule=f"{name}/rule", index=n) for n, name in enumerate(("empowerment", "service", "trust"))
    ]
    report = joined(
        document(found[:2], clauses=15, path="a.md"), document(found[2:], clauses=15, path="b.md")
    )
    assert [d.scorecard.verdict for d in report.documents] == ["unclear", "unclear"]
    assert (report.scorecard.verdict, report.scorecard.clauses) == ("operations", 30)


def test_guards_are_counted_by_kind_with_their_meaning():
    found = [entry(guard=kind, status="guarded") for kind in ("financial", "legal", "legal")]
    assert [(g.kind, g.findings, bool(g.meaning)) for g in guard_summary(found, wordings())] == [
        ("legal", 2, True), ("financial", 1, True)
    ]  # fmt: skip


def test_counsel_notes_are_no_part_of_the_score():
    one = finding()
    note = CounselNote("wages", "ask", one.clause, one.evidence, one.location)
    concluded = replace(nothing(), counsel=(note,))
    with_note = document_report(tree(), concluded, (), {}, pack=PACK, wordings=wordings())
    assert with_note.counsel == (note,)
    assert with_note.scorecard == document().scorecard


def test_an_entry_is_guarded_before_it_is_waived_before_it_is_known():
    waived = entry(status="suppressed")
    assert replace(waived, baselined=True).status == "suppressed"
    guarded = ReportEntry(finding(guard="legal"), suppression=waived.suppression, baselined=True)
    assert guarded.status == "guarded"


# --- wordings ---


def raw():
    return yaml.safe_load((ROOT / "rules/customer-focus/report.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "key", ["scoring", "verdicts", "caveat", "guards", "felt_by", "decisions", "gaps", "questions"]
)
def test_a_missing_wording_is_named(key):
    data = raw()
    del data[key]
    with pytest.raises(PackError, match=rf"mine\.yaml:1:1: the key '{key}' is missing"):
        parse_wordings(data, "mine.yaml")


def test_a_wording_of_the_wrong_shape_is_told():
    with pytest.raises(PackError, match="wrong shape"):
        parse_wordings(raw() | {"gap_limit": "many"})


def test_the_wordings_claim_nothing_about_law_or_practice():
    words = wordings()
    for text in (*words.verdicts.values(), *words.guards.values(), words.caveat, words.preamble):
        for claim in ("is lawful", "compliant", "justified", "managers do", "revenue", "loyalty"):
            assert claim not in text
    for text in words.verdicts.values():
        assert text.startswith("As written, ")
    for text in words.guards.values():
        assert "not reviewed for lawfulness" in text
