"""Properties of rewrites over generated clauses."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.pipeline.stages import clause_tree
from auditor.rewriting.bounds import longest, sentences, words
from auditor.rewriting.edits import applied

ACTORS = st.sampled_from(["Employees", "Clerks", "A cashier", "You", "Team members", "An agent"])
ACTS = st.sampled_from(
    ["give a guest a discount", "waive a late fee for a customer", "change the rota", "order spare parts", "offer a client a free month",
     "extend a deadline for a customer", "swap a faulty kettle"]
)  # fmt: skip
ABOVE = st.sampled_from(
    ["the manager", "the duty manager", "the head of sales", "the supervisor", "the director"]
)
FRAMES = st.sampled_from(
    [
        "{actor} may not {act} without the approval of {above}.",
        "{actor} must obtain the approval of {above} before they {act}.",
        "{actor} may {act} only after {above} has approved it.",
        "{actor} have to ask for {above}'s permission to {act}.",
    ]
)
PLACES = st.sampled_from(["Leeds", "Ghent", "Porto", "Malmö", "Graz"])
RULES = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def texts_of(tools, text):
    return [r for r in tools.examine(clause_tree(text)).rewrites if r.text and r.applicability != "idea"]


@RULES
@given(ACTORS, ACTS, ABOVE, FRAMES)
def test_a_rewrite_is_short_whole_and_final(tools, actor, act, above, frame):
    text = frame.format(actor=actor, act=act, above=above)
    for rewrite in texts_of(tools, text):
        assert applied(text, rewrite.edits) == rewrite.text
        assert words(rewrite.text) <= longest(text)
        assert sentences(rewrite.text) <= 2
        assert texts_of(tools, rewrite.text) == []
        assert not re.search(r"[{}]|  | ,|\bNone\b", rewrite.text)


@RULES
@given(ACTS, ABOVE, PLACES, PLACES)
def test_another_name_changes_the_name_alone(tools, act, above, one, other):
    frame = "Clerks in {place} may not {act} without the approval of {above}."
    first = [r.text for r in texts_of(tools, frame.format(place=one, act=act, above=above))]
    second = [r.text for r in texts_of(tools, frame.format(place=other, act=act, above=above))]
    assert [text.replace(one, "X") for text in first] == [text.replace(other, "X") for text in second]


@RULES
@given(st.integers(10, 95), st.integers(10, 95), ABOVE)
def test_another_number_changes_the_number_alone(tools, one, other, above):
    frame = "A refund of more than ${number} to a customer needs the approval of {above}."
    first = [r.text for r in texts_of(tools, frame.format(number=one, above=above))]
    second = [r.text for r in texts_of(tools, frame.format(number=other, above=above))]
    assert first
    assert [text.replace(f"${one}", "$X") for text in first] == [
        text.replace(f"${other}", "$X") for text in second
    ]
    assert f"${one}" in first[0]
