"""Numbers, names, length, edits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.rewriting.bounds import invented, longest, missing, numbers, sentences
from auditor.rewriting.edits import applied, edits_between
from auditor.rewriting.limits import capped, find_limit

TEXTS = st.lists(
    st.sampled_from(
        ["the", "manager", "may", "refund", "$25", ",", "a", "guest’s", "2.5", "(now)", "—", "and", " "]
    ),
    max_size=25,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_edits_make_the_new_text(old, new):
    edits = edits_between(old, new)
    assert applied(old, edits) == new
    assert all(a.end <= b.start for a, b in pairwise(edits))


def test_no_edit_where_nothing_changes():
    assert edits_between("As it was.", "As it was.") == ()


def test_a_small_change_is_a_small_edit():
    edits = edits_between("Staff shall strictly follow the card.", "Staff shall follow the card.")
    assert len(edits) == 1
    assert edits[0].text == ""
    assert edits[0].end - edits[0].start == len("strictly ")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("E.g. tools, etc. are fine.", 1),
        ("Up to [amount]. [Role] answers.", 2),
        ("At 9.30 a.m. we open", 1),
    ],
)
def test_sentences(text, count):
    assert sentences(text) == count


def test_the_longest_rewrite():
    assert longest("word " * 10) == 35
    assert longest("word " * 100) == 160


def test_numbers_addresses_and_words_that_count():
    assert numbers("Write to hr@x.org within 24 hours or seven days") == {"hr@x.org": 1, "24": 1, "seven": 1}
    assert invented("up to 25", "", "up to 50") == ["50"]
    assert invented("up to 25", "section 4", "up to 25, section 4") == []


def test_what_must_not_be_lost(sentence, grammar):
    text = "Requests to Anna in Leeds need two days and go to hr@x.org."
    s = sentence(text)
    assert missing(s, text, text, grammar.casing) == []
    lost = missing(s, text, "Requests need days.", grammar.casing)
    assert {"anna", "leeds", "two", "hr@x.org"} <= set(lost)


LIMITS = [
    ("A refund over $25 needs approval.", "$25", "refund of up to [amount; today $25]"),
    ("A credit of more than 40 pounds needs approval.", "40 pounds", "credit of up to [amount; today 40 pounds]"),
    ("Leave of three days or more needs approval.", "three days", "leave of up to [days; today three days]"),
    ("Leaving the route for more than ten minutes needs approval.", "ten minutes", "route for up to [minutes; today ten minutes]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "instead"), LIMITS, ids=[said for _, said, _ in LIMITS])
def test_a_stated_limit_stands_beside_the_new_one(sentence, grammar, text, said, instead):
    s = sentence(text)
    limit = find_limit(s, range(len(s.tokens)), grammar.book)
    assert limit is not None
    assert limit.text == said
    assert instead.lower() in capped(text, limit, s).lower()


@pytest.mark.parametrize(
    "text",
    [
        "Two or more teams meet.",
        "A refund over $50 but not above $200 needs approval.",
        "Open 24 hours a day.",
    ],
)
def test_what_is_no_limit(sentence, grammar, text):
    s = sentence(text)
    assert find_limit(s, range(len(s.tokens)), grammar.book) is None
