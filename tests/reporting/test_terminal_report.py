import re
import unicodedata

import pytest
from report_samples import HOSTILE, many

from auditor.reporting import render


def shown(report, **options):
    return render(report, "terminal", **{"color": False, "width": 80} | options)


def test_the_order_ends_with_the_scorecard(report):
    text = shown(report)
    titles = [
        "Read", "Not read", "Verdict", "Change first", "Says one thing", "handbook.md ─", "memo.md ─",
        "Waivers and baseline", "What the text cannot answer", "Documents to ask for", "Scorecard",
    ]  # fmt: skip
    places = [text.index(f"\n{title}") for title in titles]
    assert places == sorted(places)


def test_clauses_stand_below_their_headings(report):
    text = shown(report)
    refunds, hiring = text.index("  Handbook › 2 Refunds\n"), text.index("  Handbook › Hiring\n")
    assert refunds < text.rindex("«A discount must be approved by the store manager»") < hiring


def test_the_trigger_words_are_marked_with_and_without_colour(report):
    assert "“No refund without the «approval of the manager».”" in shown(report)
    coloured = shown(report, color=True)
    assert "\x1b[1;4mapproval of the manager\x1b[0m" in coloured
    assert "«" not in coloured


def test_why_and_instead_and_decide(report):
    text = " ".join(shown(report).split())
    assert "Why: This needs the approval of store manager." in text
    assert (
        "Instead: Whoever serves the customer may give a discount of up to [amount]. (needs a decision)"
        in text
    )
    assert "(ready as it stands)" in text
    assert "Decide: " in text


def test_repeats_are_one_finding_with_a_count(report):
    text = shown(report)
    assert text.count("Annual leave must be approved") == 1
    assert "Sick leave must" not in text
    assert "note: A superior has to approve ×3" in text
    assert "Also: 2 more like it: line 14; line 15" in text


def test_thirty_repeats_name_twelve_places(bare_report):
    text = " ".join(shown(many(bare_report, 3)).split())
    assert "×" not in text, "different words are no repeats"
    same = many(bare_report, 31)
    document = same.documents[0]
    from dataclasses import replace

    alike = tuple(
        replace(e, finding=replace(e.finding, scope="admin", severity="note")) for e in document.entries
    )
    text = " ".join(shown(replace(same, documents=(replace(document, entries=alike),))).split())
    assert "×31" in text
    assert "line 13 and 18 more" in text


def test_what_was_spared_waived_or_known_is_told_with_the_reason(report):
    text = " ".join(shown(report).split())
    assert "for “by law” in the clause: “Disclosure of records needs" in text
    assert "Law. On its face about law" in text
    assert "Advice: Say who decides in their absence." in text
    assert "because: machines are leased, says facilities, until 2030-01-31, waivers.toml:4" in text
    assert "Known from the baseline: 1 finding" in text
    assert "error ledger/expired · waivers.toml, line 9: expired on 2020-01-01" in text
    assert "scan.pdf: only 12% of its text could be read" in text
    assert "1 other file passed over" in text


def test_counsel_notes_and_approvals_and_strengths(report):
    text = " ".join(shown(report).split())
    assert "For counsel: a list of its own, never scored - wage deductions" in text
    assert "7 rows, 3 about customers, 1 left alone." in text
    assert "+ Empowerment, line 5: “Employees may refund a customer at once.”" in text


def test_the_scorecard_tells_silence_from_a_middle(report):
    card = shown(report).split("\nScorecard\n")[1]
    assert re.search(r"Empowerment +[─┼]*●[─┼]* +leans to operations", card)
    assert re.search(r"Customer trust +not covered", card)


def test_the_last_line_counts(report):
    assert (
        shown(report).rstrip().rsplit("\n\n", 1)[1].replace("\n", " ")
        == "2 documents: 2 errors, 0 warnings, 4 notes, 1 left alone, 1 waived, 1 known from the baseline, "
        "1 strength; 1 input not audited."
    )


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(report, width):
    assert max(len(line) for line in shown(report, width=width).splitlines()) <= width


def test_no_control_character_of_a_document_reaches_the_terminal(hostile_report):
    text = shown(hostile_report)
    kinds = {unicodedata.category(c) for c in text.replace("\n", "")}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs"})
    assert "red" in text, "the words themselves stay"
    coloured = shown(hostile_report, color=True)
    assert HOSTILE.count("\x1b") == 2
    assert set(re.findall(r"\x1b[^m]*m", coloured)) <= set(re.findall(r"\x1b\[[0-9;]*m", coloured))
    assert "\x07" not in coloured
    assert "\x1b[31mred" not in coloured


def test_the_same_report_gives_the_same_bytes(report):
    assert shown(report) == shown(report)


def test_an_empty_report_says_so(report):
    from dataclasses import replace

    text = shown(replace(report, documents=(), changes=(), skipped=(), notices=()))
    assert "Read\n  nothing" in text
    assert "Verdict" not in text
