import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.language.encoding import Encoder
from auditor.language.lemmas import candidates, settle
from auditor.language.parser import irregular_lemmas, parse
from auditor.language.patterns import PatternError

VOCABULARY = {
    "boss": ("manager", "line manager", "head of @NOUN", "{chief} officer"),
    "chief": ("chief",),
    "approve": ("approve", "sign off", "authorise"),
}


@pytest.fixture
def encoder():
    return Encoder(VOCABULARY, irregular_lemmas())


def test_signs_do_not_run_out(encoder):
    """A pack may name more words than the first private use area has room for."""
    for number in range(7000):
        encoder.compile(f"word{number}")
    assert found(encoder, "word6999 refund", "Every word6999 refund.") == ["word6999 refund"]


def encode(encoder, text):
    (tokens,) = parse([text], {"authorise": "authorize"})
    return encoder.encode(tokens)


def found(encoder, pattern, text):
    compiled = encoder.compile(pattern)
    encoded = encode(encoder, text)
    return [" ".join(t.text for t in encoded.tokens[a:b]) for a, b, _ in encoded.matches(compiled)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("{approve} by {boss}", "It is approved by the line manager.", []),
        ("{approve} by the {boss}", "It is approved by the line manager.", ["approved by the line manager"]),
        ("by the {boss}", "Signed by the head of operations today.", ["by the head of operations"]),
        ("the {boss}", "Ask the chief officer.", ["the chief officer"]),
        (
            "be .. {approve}",
            "Leave must be formally and promptly approved.",
            ["be formally and promptly approved"],
        ),
        ("must .. {approve}", "You must ask. He approved.", []),
        ("( may not | cannot ) @VB", "Staff may not refund.", ["may not refund"]),
        ("may !not @VB|@NN", "Staff may not refund.", []),
        ("may ~not @VB", "Staff may refund.", ["may refund"]),
        ("un*", "Unauthorised use.", ["Unauthorised"]),
        ("^ refund $", "Refund.", ["Refund"]),
        ("refund|replace+ .. $", "We refund or replace goods.", ["refund or replace goods"]),
        ("{approve}", "They signed off the order.", ["signed off"]),
        ("sign-off", "A sign-off is needed.", ["sign-off"]),
    ],
)
def test_pattern_elements(encoder, pattern, text, expected):
    hits = found(encoder, pattern, text)
    assert [h.removesuffix(" .").lower() for h in hits] == [e.lower() for e in expected]


def test_captures_give_token_ranges(encoder):
    compiled = encoder.compile("from the? <approver: {boss} >")
    encoded = encode(encoder, "Refunds need approval from the line manager.")
    ((_, _, roles),) = encoded.matches(compiled)
    start, end = roles["approver"]
    assert [t.text for t in encoded.tokens[start:end]] == ["line", "manager"]


@pytest.mark.parametrize("pattern", ["{nobody} may", "( a b", "<role: a", "a||b", "{boss"])
def test_bad_patterns_are_refused_with_their_text(encoder, pattern):
    with pytest.raises(PatternError, match=r"class|pattern"):
        encoder.compile(pattern)


def test_irregular_and_regular_lemmas_are_among_the_candidates():
    irregular = irregular_lemmas()
    for form, lemma in {
        "given": "give",
        "policies": "policy",
        "stopped": "stop",
        "approving": "approve",
    }.items():
        assert lemma in candidates(form, irregular)


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12), st.sampled_from(["VERB", "NOUN", "PROPN"])
)
def test_a_settled_lemma_is_always_a_candidate(form, pos):
    assert settle(form, form + "x", pos, {}, {}) in candidates(form, {})
