"""What all reports share: cleaning, cutting, grouping of repeats, words for what was read."""

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from report_samples import HANDBOOK, audited

from auditor.model.document import Coverage, Dropped
from auditor.model.location import Span
from auditor.model.report import DimensionScore
from auditor.reporting.overview import AXIS, axis, band, unread
from auditor.reporting.repeats import head, repeats
from auditor.reporting.text import clean, pieces, relative, shortened

anything = st.text(st.characters(codec=None), max_size=60)


@given(anything)
def test_clean_text_is_one_line_that_anything_can_hold(text):
    found = clean(text)
    found.encode("utf-8")
    assert {unicodedata.category(c) for c in found} & {"Cc", "Cs"} == set()
    assert "\n" not in found
    element = etree.Element("a")
    element.text = found
    assert etree.fromstring(etree.tostring(element)).text in (found, None)
    assert json.loads(json.dumps(found)) == found


@given(anything)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b1;31mred", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("a stray \x9d hides nothing", "a stray hides nothing"),
        ("nor does \x1b]8;; without an end", "nor does 8;; without an end"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\u2066b\u200bc", "abc"),
        ("two  \t lines\r\nhere", "two lines here"),
        ("co\u00adoperate", "co\u00adoperate"),
        ("naïve — “quoted” 漢字 👩\u200d💻", "naïve — “quoted” 漢字 👩\u200d💻"),
        ("a\ud800b\uffffc", "a\ufffdbc"),
    ],
)
def test_escapes_and_overrides_go_and_words_stay(text, left):
    assert clean(text) == left


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4))
def test_pieces_join_to_the_text_and_alternate(text, bounds):
    found = pieces(text, [Span(min(a, b), max(a, b)) for a, b in bounds])
    if not re.search("[\x1b\x90-\x9f]", text):  # a cut through an escape sequence leaves its harmless end
        assert "".join(piece for piece, _ in found).replace(" ", "") == clean(text).replace(" ", "")
    assert all(piece for piece, _ in found)


@given(st.text(max_size=80), st.integers(2, 50))
def test_shortened_text_keeps_its_limit_and_beginning(text, limit):
    found = shortened(text, limit)
    assert len(found) <= limit
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))


@pytest.mark.parametrize(
    ("path", "root", "found"),
    [
        ("./a/b.md", "", "a/b.md"), ("a\\b.md", "", "a/b.md"), ("/r/a.md", "/r", "a.md"), ("/ra.md", "/r", "/ra.md"),
        ("/r/a.md", "/r/", "a.md"), ("C:\\r\\a.md", "C:\\r", "a.md"), ("../a.md", "/r", "../a.md"), ("", "", ""),
    ],
)  # fmt: skip
def test_paths_relative_to_a_root(path, root, found):
    assert relative(path, root) == found


@pytest.mark.parametrize(
    ("act", "word"),
    [
        ("Annual leave", "leave"), ("sick leave", "leave"), ("leave of more than two weeks", "leave"),
        ("any holidays", "holiday"), ("the swapping of shifts", "swapping"), ("take parental leave", "leave"),
        ("access", "access"), ("", ""), ("the", ""), ("staff's absences from work", "absence"),
    ],
)  # fmt: skip
def test_the_head_of_an_act(act, word):
    assert head(act) == word


def test_thirty_leave_approvals_are_one_repeat_and_refunds_are_not():
    kinds = [f"{name} leave" for name in ("Annual", "Sick", "Parental", "Study", "Unpaid")]
    lines = [f"- {kinds[n % 5]} must be approved by the line manager.\n" for n in range(30)]
    lines += [
        f"- No {act} without the approval of the manager.\n" for act in ("refund", "discount", "replacement")
    ]
    (document,) = audited(h="".join(lines)).documents
    groups = repeats(document.entries, document)
    assert sorted(len(group.entries) for group in groups) == [1, 1, 1, 30]
    assert groups[0].first is document.entries[0]


def test_the_same_customer_clause_twice_is_a_repeat():
    text = "No refund without the approval of the manager.\n\n"
    (document,) = audited(h=f"{text}Words between.\n\n{text}").documents
    (group,) = repeats(document.entries, document)
    assert len(group.entries) == 2


def test_entries_of_different_states_are_no_repeats():
    (document,) = audited(h=HANDBOOK).documents
    leaves = [e for e in document.entries if e.finding.scope == "admin"]
    assert len(repeats(leaves, document)) == 1
    assert len(repeats([leaves[0], replace(leaves[1], baselined=True)], document)) == 2


def test_no_entry_is_lost_in_a_repeat(report):
    for document in report.documents:
        found = [entry for group in repeats(document.entries, document) for entry in group.entries]
        assert sorted(e.finding.id for e in found) == sorted(e.finding.id for e in document.entries)


def score(value, band="mixed", absent=False):
    return DimensionScore("trust", 1, 0, 0, absent, value, band)


@given(st.floats(-1, 1))
def test_the_axis_runs_from_operations_to_customers(value):
    drawn = axis(score(value))
    assert len(drawn) == AXIS
    assert (drawn.index("●") - AXIS // 2) * value >= 0


def test_silence_has_no_place_on_the_axis():
    assert axis(score(0.0, "silent")) == ""
    assert band(score(0.0, "silent", absent=True)) == "not covered"
    assert band(score(0.0, "silent")) == "covered, leans nowhere"


def test_what_was_not_read_is_told():
    coverage = Coverage(
        0.7, tuple(range(1, 12)), 3, None, (Dropped("footer", 5), Dropped("footer", 6), Dropped("contents", 90)), ("two columns",)
    )  # fmt: skip
    assert unread(coverage) == (
        "; no text on page 1, 2, 3, 4, 5, 6, 7, 8 …; 3 characters could not be decoded; "
        "left out: contents (90 characters), footer (11 characters); two columns"
    )
    assert unread(Coverage()) == ""
