"""Comments and waivers: what they cover, what they say of themselves, when they end."""

import dataclasses

import pytest

from auditor.errors import LedgerError
from auditor.ledger import directives, parse_waivers
from auditor.pipeline.auditing import audit
from auditor.pipeline.keeping import Keeping
from auditor.pipeline.settings import Settings, Source

RULE = "empowerment/mandatory-approval"
SETTINGS = Settings(select=(RULE,))
REFUND = "Every refund has to be approved by the duty manager."
DISCOUNT = "No discount may be offered without the store manager's permission."
WORD = "the works council asked for it; owner: HR; review by 2027-06-30"


def statuses(text, name="a.md", today="2026-11-01", **keeping):
    report = audit([Source(name, data=text.encode())], SETTINGS, keeping=Keeping(today=today, **keeping))
    (document,) = report.documents
    return {e.finding.evidence: e.status for e in document.entries}, report


def test_a_comment_covers_the_block_behind_it_and_no_other():
    text = f"<!-- auditor: allow {RULE} -- {WORD} -->\n{REFUND}\n\n{DISCOUNT}\n"
    found, report = statuses(text)
    assert found == {REFUND: "suppressed", DISCOUNT: "active"}
    (entry,) = [e for e in report.documents[0].entries if e.suppression]
    said = entry.suppression
    assert (said.kind, said.owner, said.review_by) == ("inSource", "HR", "2027-06-30")
    assert said.reason == "the works council asked for it"
    assert not report.notices


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<p>{DISCOUNT}</p><!-- auditor: allow empowerment -- {WORD} --><p>{REFUND}</p>"),
        (
            "a.html",
            f"<p>{DISCOUNT}</p>\n<ul>\n<!-- auditor: allow empowerment -- {WORD} -->\n<li>{REFUND}</li></ul>",
        ),
        ("a.txt", f"{DISCOUNT}\n\n[auditor: allow empowerment/* -- {WORD}]\n{REFUND}\n"),
        ("a.md", f"{DISCOUNT}\n\n{REFUND} <!-- auditor: allow {RULE} -- {WORD} -->\n"),
    ],
)
def test_every_text_format_takes_them(name, text):
    found, _ = statuses(text, name)
    assert found == {REFUND: "suppressed", DISCOUNT: "active"}


def test_the_comment_of_a_text_file_is_no_clause():
    _, report = statuses(f"[auditor: allow empowerment/* -- {WORD}]\n{REFUND}\n", "a.txt")
    assert [c.text for c in report.documents[0].tree.clauses] == [REFUND]


def test_a_lead_in_takes_its_items_along_and_a_table_its_rows():
    text = (
        f"<!-- auditor: allow empowerment -- {WORD} -->\nThe approval of the branch manager is required for:\n\n"
        "- swapping a faulty item\n- a discount\n\n"
        f"{REFUND}\n"
    )
    found, _ = statuses(text)
    assert found == {"swapping a faulty item": "suppressed", "a discount": "suppressed", REFUND: "active"}


def test_a_comment_in_a_code_block_is_an_example():
    assert directives(f"```\n<!-- auditor: allow x -- {WORD} -->\n```\n".encode(), "markdown") == ()


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("allow hiring", "lacks reason, owner, review by"),
        ("allow hiring -- for a reason; owner: HR", "lacks review by"),
        ("allow hiring -- for a reason; owner: HR; review by spring", "spring"),
        ("ignore hiring", "not of the form"),
    ],
)
def test_an_incomplete_comment_suppresses_nothing_and_says_why(comment, problem):
    found, report = statuses(f"<!-- auditor: {comment} -->\n{REFUND}\n")
    assert found == {REFUND: "active"}
    (notice,) = report.notices
    assert notice.rule == "ledger/incomplete"
    assert problem in notice.message
    assert notice.location.line == 1


def test_an_expired_comment_is_a_finding_of_its_own():
    text = f"<!-- auditor: allow {RULE} -- {WORD} -->\n{REFUND}\n"
    assert statuses(text, today="2027-06-30")[0] == {REFUND: "suppressed"}
    found, report = statuses(text, today="2027-07-01")
    assert found == {REFUND: "active"}
    assert [(n.rule, n.severity) for n in report.notices] == [("ledger/expired", "error")]


def test_an_unused_comment_is_a_finding_of_its_own():
    _, report = statuses(f"{REFUND}\n\n<!-- auditor: allow {RULE} -- {WORD} -->\nThe shop opens at nine.\n")
    assert [(n.rule, n.location.line) for n in report.notices] == [("ledger/unused", 3)]


def waiver(**changed):
    rows = {"rule": RULE, "reason": "r", "owner": "HR", "review-by": "2027-06-30", **changed}
    return "[[waiver]]\n" + "".join(f'{k} = "{v}"\n' for k, v in rows.items() if v is not None)


def test_a_waiver_follows_the_clause_into_another_format(tmp_path):
    clause = statuses(REFUND)[1].documents[0].entries[0].finding.clause.id
    waivers = parse_waivers(waiver(clause=clause), "w.toml")
    for name, text in (
        ("a.md", f"# New\n\n1. {REFUND}\n"),
        ("b.html", f"<p>{REFUND.replace(' ', '  ')}</p>"),
    ):
        found, report = statuses(text, name, waivers=waivers, waivers_file=tmp_path / "w.toml")
        assert list(found.values()) == ["suppressed"]
        assert report.documents[0].entries[0].suppression.source == "w.toml:1"
        assert not report.notices


def test_an_unused_waiver_is_told_only_when_everything_was_seen(tmp_path):
    waivers = parse_waivers(waiver(clause="000000000000-1"), "w.toml")
    given = {"waivers": waivers, "waivers_file": tmp_path / "w.toml"}
    assert statuses(REFUND, **given)[1].notices == ()
    (notice,) = statuses(REFUND, whole=True, **given)[1].notices
    assert (notice.rule, notice.location.path, notice.location.line) == ("ledger/unused", "w.toml", 1)
    assert statuses(REFUND, whole=True, narrowed=True, **given)[1].notices == ()


def test_an_expired_waiver_gives_the_finding_back(tmp_path):
    clause = statuses(REFUND)[1].documents[0].entries[0].finding.clause.id
    waivers = parse_waivers(waiver(clause=clause, **{"review-by": "2026-10-31"}), "w.toml")
    found, report = statuses(REFUND, waivers=waivers, waivers_file=tmp_path / "w.toml")
    assert found == {REFUND: "active"}
    assert [n.rule for n in report.notices] == ["ledger/expired"]


def test_a_path_limits_a_waiver(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    waivers = parse_waivers(waiver(path="drafts/"), "w.toml")
    given = {"waivers": waivers, "waivers_file": tmp_path / "w.toml"}
    assert statuses(REFUND, "drafts/a.md", **given)[0] == {REFUND: "suppressed"}
    assert statuses(REFUND, "final/a.md", **given)[0] == {REFUND: "active"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[waiver]\n", "not valid TOML"),
        (waiver(clause="c", reson="x"), 'did you mean "reason"'),
        (waiver(), "a clause or a path"),
        (waiver(clause="c", owner=None), "'owner' is a required property"),
        (waiver(clause="c", **{"review-by": "soon"}), "soon"),
    ],
)
def test_what_is_wrong_with_a_waiver_file_is_said_with_its_place(text, said):
    with pytest.raises(LedgerError) as caught:
        parse_waivers(text, "w.toml")
    assert said in str(caught.value)
    assert "w.toml" in str(caught.value)


def test_every_mistake_is_told_with_its_line():
    text = waiver(clause="c", owner=None) + waiver(clause="c", reason="")
    with pytest.raises(LedgerError) as caught:
        parse_waivers(text, "w.toml")
    assert "w.toml:1:" in str(caught.value)
    assert "w.toml:6:" in str(caught.value)


def test_suppressed_findings_weigh_nothing_and_stay_in_the_report():
    plain = statuses(REFUND)[1]
    held = statuses(f"<!-- auditor: allow {RULE} -- {WORD} -->\n{REFUND}\n")[1]
    assert len(plain.documents[0].entries) == len(held.documents[0].entries)
    score = {d.dimension: d for d in held.scorecard.dimensions}["empowerment"]
    assert (score.findings, score.band) == (0, "silent")
    assert dataclasses.replace(plain.scorecard, dimensions=()) != plain.scorecard
