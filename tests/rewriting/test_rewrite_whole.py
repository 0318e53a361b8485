"""Clauses in, wordings out: the whole way through the pipeline, on sentences of our own."""

from __future__ import annotations

import pytest

from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import clause_tree, read_tree
from auditor.rewriting.bounds import longest, sentences, words
from auditor.rewriting.edits import applied

WORDED = [
    (
        "Employees must obtain written approval from their supervisor before offering a customer any discount, refund or replacement.",
        "Employees may offer a customer a discount, refund or replacement on their own judgement, up to [amount]; above that their supervisor answers at once.",
    ),
    (
        "No refund over $25 may be issued without the store manager's signature.",
        "Whoever serves the customer may issue a refund of up to [amount; today $25]; above that the store manager answers while the customer is still there.",
    ),
    (
        "Annual leave must be approved by the line manager.",
        "Annual leave is agreed while cover stays at [minimum]; the line manager answers within [days] and explains a refusal.",
    ),
    (
        "Unpaid leave of more than two weeks must be approved by the personnel office.",
        "Unpaid leave of up to [weeks; today two weeks] is agreed while cover stays at [minimum]; beyond that the personnel office answers within [days] and explains a refusal.",
    ),
    (
        "You need your team leader's permission before you change a delivery slot for a customer.",
        "You may change a delivery slot for a customer on your own judgement within [limits]; beyond them your team leader answers while the customer waits.",
    ),
    (
        "Employees shall strictly adhere to the opening hours.",
        "As a rule, employees shall adhere to the opening hours; where there is good reason for something else, they may use their own judgement and say so afterwards.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORDED, ids=[t[:40] for t, _ in WORDED])
def test_wording(rewritten, text, expected):
    assert rewritten(text) == expected


CLAUSES = [
    *(text for text, _ in WORDED),
    "Agents have no authority to waive a baggage charge of £40.",
    "Pass every complaint about a delivery up to the shift manager.",
    "Changing a recipe for a guest on your own initiative gets you a final warning.",
    "Under no circumstances may a cashier reverse a sale for a customer.",
    "Staff must have the director's consent to publish a rota in the Leeds office.",
    "Requests for time off in week 51 are subject to the approval of HR.",
]


@pytest.mark.parametrize("text", CLAUSES, ids=[t[:40] for t in CLAUSES])
def test_what_every_rewrite_has_to_be(tools, examine, text):
    examined = examine(text)
    active = [f for f in examined.conclusions.findings if f.guard is None and "/missing-" not in f.rule]
    assert active, "nothing flagged"
    rewrites = {r.finding: r for r in examined.rewrites}
    for finding in active:
        rewrite = rewrites[finding.id]
        assert rewrite.text
        assert applied(finding.clause.text, rewrite.edits) == rewrite.text
        assert words(rewrite.text) <= longest(finding.clause.text)
        assert sentences(rewrite.text) <= 2
        assert ("[" in rewrite.text) == (rewrite.applicability != "ready")
        again = tools.examine(clause_tree(rewrite.text))
        raised = [f.rule for f in again.conclusions.findings if f.guard is None and "/missing-" not in f.rule]
        assert raised == [], "a rewrite is flagged again"
        assert not [r for r in again.rewrites if r.text and r.applicability != "idea"], (
            "a rewrite is rewritten"
        )


def test_findings_of_one_clause_share_a_rewrite(examine):
    text = "A cashier shall not waive a fee for a customer without the manager's approval and is not authorised to decide otherwise."
    examined = examine(text)
    texts = {r.text for r in examined.rewrites if r.text}
    assert len(texts) == 1


def test_the_guarded_half_of_a_sentence_stands_word_for_word(examine):
    text = "Refunds must be approved by the shift manager; contracts above $20,000 must be signed by the finance director."
    rewrites = examine(text).rewrites
    worded = [r for r in rewrites if r.text]
    assert len(worded) == 1
    assert worded[0].text.endswith("; contracts above $20,000 must be signed by the finance director.")
    assert "refund" in worded[0].text.lower()
    advised = [r for r in rewrites if not r.text]
    assert advised
    assert advised[0].edits == ()
    assert "finance director" in advised[0].advice


def test_guarded_clauses_get_advice_on_what_they_lack(examine):
    advice = examine("Purchases must be approved by the finance director.").rewrites[0].advice
    assert "Name the amount below which nobody has to ask the finance director." in advice
    complete = examine(
        "Purchases above $5,000 must be approved by the finance director or his deputy within two days."
    )
    assert [r for r in complete.rewrites if r.advice] == []


def test_an_item_whose_lead_in_asks(examine):
    lead = "The approval of the branch manager is required for:"
    rewrite = examine("swapping a faulty item", lead).rewrites[0]
    assert "swap a faulty item" in rewrite.text
    assert "branch manager" in rewrite.text
    again = examine(rewrite.text, "" if rewrite.alone else lead)
    assert [f.rule for f in again.conclusions.findings if f.guard is None and "/missing-" not in f.rule] == []


def test_a_row_keeps_its_cells(tools):
    table = "| Request | Who | When |\n|---|---|---|\n| Refund of a fee to a customer | Clerk, after approval by the duty manager | Same day |\n"
    examined = tools.examine(read_tree(table.encode(), "t.md", "markdown", Settings()))
    texts = [r.text for r in examined.rewrites if r.text]
    assert texts
    assert texts[0].startswith(
        "Refund of a fee to a customer | Clerk may decide, up to [amount]; above that the duty manager"
    )
    assert texts[0].endswith(" | Same day")


def test_an_enumerator_stays(rewritten):
    assert rewritten("4.2 Annual leave must be approved by the line manager.").startswith(
        "4.2 Annual leave is agreed"
    )


REGISTERS = [
    ("Team members wear a badge. Team members clock in. Any change to the working method requires the manager's approval.", "Team members may"),
    ("You wear a badge. You clock in. Any change to the working method requires the manager's approval.", "You may"),
    ("Colour matters. The organisation recognises this. You need the manager's approval before you refund a customer.", "judgement"),
    ("Color matters. The organization recognizes this. You need the manager's approval before you refund a customer.", "judgment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words_"), REGISTERS)
def test_the_register_of_the_document(tools, text, words_):
    tree = read_tree("\n\n".join(text.split(". ")).encode(), "t.md", "markdown", Settings())
    texts = " ".join(r.text for r in tools.examine(tree).rewrites)
    assert words_ in texts


def test_nothing_flagged_nothing_rewritten(examine):
    assert examine("The shop opens at nine and closes at six.").rewrites == ()
