"""The baseline as a ratchet: known findings keep their identity, new ones do not slip in, gone ones are told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import LedgerError
from auditor.ledger import BaselineEntry, dump_baseline, parse_baseline, ratchet

RULE = "empowerment/mandatory-approval"


def entry(path, print_, rule=RULE, reason=""):
    return BaselineEntry(path, rule, f"c{print_}", print_, reason)


names = st.text('abcé"\\\n ', min_size=1, max_size=6)
entries = st.lists(
    st.builds(BaselineEntry, names, names, names, names, st.one_of(st.just(""), names)), unique=True
)


@given(entries)
def test_the_file_gives_back_what_was_written_one_entry_a_line(known):
    text = dump_baseline(known)
    assert parse_baseline(text, "b") == tuple(sorted(known))
    assert json.loads(text)
    assert text == dump_baseline(reversed(known))
    assert len(text.splitlines()) == (len(known) + 2 if known else 1)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"))),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))),
)
def test_no_entry_covers_two_findings_and_none_is_lost(known, found):
    given_ = [entry(path, print_) for path, print_ in known]
    result = ratchet(given_, found, {path for path, _ in found} | {"a", "b", "c"})
    assert len(result.known) + len(result.stale) == len(given_)
    indices = [i for _, i in result.known if i is not None]
    assert len(set(indices)) == len(indices)
    assert sorted([*indices, *result.new]) == list(range(len(found)))
    assert all(found[i][1] == one.fingerprint for one, i in result.known if i is not None)
    left = [found[i][1] for i in result.new]
    assert not {one.fingerprint for one in result.stale} & set(left)


def test_a_document_that_was_not_audited_keeps_its_entries():
    result = ratchet([entry("a.md", "1"), entry("b.md", "2")], [("a.md", "1")], ["a.md"])
    assert not result.stale
    assert not result.new


def test_a_renamed_document_keeps_its_entries():
    result = ratchet([entry("old.md", "1")], [("new.docx", "1")], ["new.docx"], gone=["old.md"])
    assert result.covered == {0}
    assert not result.stale


def test_an_absence_moves_only_with_its_document():
    known = [entry("a.md", "1", "hiring/missing-values-criteria")]
    assert ratchet(known, [("b.md", "1")], ["a.md", "b.md"]).new == (0,)
    assert ratchet(known, [("b.md", "1")], ["b.md"], gone=["a.md"]).new == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", "no baseline of this program"),
        ('{"schema": "policy-auditor/baseline/1", "entries": [{"path": "a"}]}', "incomplete"),
        ("<<<<<<< HEAD\n", "version control"),
    ],
)
def test_a_broken_file_is_refused_with_advice(text, said):
    with pytest.raises(LedgerError, match=said):
        parse_baseline(text, "auditor-baseline.json")
