import pytest
from analysis_samples import NAMES, PACK, entry, strength, wordings
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis import scorecard

entries = st.builds(
    lambda dimension, severity, scope, status: entry(
        rule=f"{dimension}/rule", severity=severity, scope=scope, status=status
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["error", "warning", "note"]),
    st.sampled_from([None, "customer", "work", "admin"]),
    st.sampled_from(["active", "guarded", "suppressed", "baselined"]),
)
strengths = st.builds(lambda dimension: strength(dimension=dimension), st.sampled_from(NAMES))


def card(found=(), praised=(), topics=(), clauses=100):
    return scorecard(found, praised, topics, clauses=clauses, pack=PACK, wordings=wordings())


def scores(one):
    return [one.score, *(row.score for row in one.dimensions)]


def row(one, dimension):
    (found,) = [row for row in one.dimensions if row.dimension == dimension]
    return found


@given(st.lists(entries, max_size=25), st.lists(strengths, max_size=15), entries)
@settings(max_examples=200)
def test_one_more_finding_never_raises_a_score(found, praised, more):
    before, after = card(found, praised), card([*found, more], praised)
    assert all(b >= a for b, a in zip(scores(before), scores(after), strict=True))


@given(st.lists(entries, max_size=25), st.lists(strengths, max_size=15), strengths)
@settings(max_examples=200)
def test_one_more_strength_never_lowers_a_score(found, praised, more):
    before, after = card(found, praised), card(found, [*praised, more])
    assert all(b <= a for b, a in zip(scores(before), scores(after), strict=True))


@given(st.lists(entries, max_size=20), st.lists(strengths, max_size=10))
def test_scores_keep_their_bounds_and_bands_tell_them(found, praised):
    one = card(found, praised)
    for score in scores(one):
        assert -1 < score < 1
    within = wordings().scoring.mixed_within
    for line in one.dimensions:
        assert (line.band == "operations") == (line.score < -within)
        assert (line.band == "customers") == (line.score > within)
    assert one.silent == sum(line.band == "silent" for line in one.dimensions)


@given(st.lists(entries, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert card(found) == card(shuffled)


def test_severity_decides_the_weight():
    falls = [card([entry(severity=s, scope=None)]).dimensions[0].score for s in ("note", "warning", "error")]
    assert falls == sorted(falls, reverse=True)
    assert len(set(falls)) == 3


@pytest.mark.parametrize("status", ["guarded", "suppressed"])
def test_what_is_left_alone_or_waived_weighs_nothing(status):
    one = card([entry(status=status)])
    assert one.dimensions[0].score == 0
    assert one.dimensions[0].band == "silent"
    assert one.dimensions[0].guarded == (status == "guarded")


def test_the_baseline_changes_no_score():
    assert scores(card([entry()])) == scores(card([entry(status="baselined")]))


def test_personal_administration_weighs_nothing_however_much_there_is_of_it():
    one = card([entry(scope="admin", severity="note") for _ in range(30)])
    assert scores(one) == [0.0] * 11
    assert row(one, "empowerment").findings == 30


def test_a_topic_that_is_treated_is_silent_and_not_absent():
    one = card(topics=[(3, "hiring")])
    assert (row(one, "hiring").band, row(one, "hiring").absent) == ("silent", False)
    assert (row(one, "trust").band, row(one, "trust").absent) == ("silent", True)
    assert row(card([entry(status="guarded")]), "empowerment").absent is False


def test_a_silent_dimension_changes_nothing():
    some = [entry(rule=f"{name}/rule") for name in NAMES[:4]]
    assert card(some).score == card(some, topics=[(1, "voice")]).score
    assert card(some).silent == 6


@pytest.mark.parametrize(
    ("clauses", "dimensions", "verdict"),
    [(19, 3, "unclear"), (20, 3, "operations"), (20, 2, "unclear"), (500, 0, "unclear")],
)
def test_below_the_minimum_there_is_no_verdict(clauses, dimensions, verdict):
    found = [entry(rule=f"{name}/rule") for name in NAMES[:dimensions]]
    one = card(found, clauses=clauses)
    assert one.verdict == verdict
    assert one.sentence == wordings().verdicts[verdict]


def test_the_four_verdicts():
    found = [entry(rule=f"{name}/rule") for name in NAMES[:5]]
    praised = [strength(dimension=name) for name in NAMES[:5]]
    assert card(found).verdict == "operations"
    assert card([], praised).verdict == "customers"
    assert card(found, [*praised, *praised]).verdict == "mixed"
    assert card([]).verdict == "unclear"


def test_the_caveat_counts_what_is_silent():
    assert card([entry()]).caveat == "Silent on 9 of 10 dimensions. Practice was not observed."


def test_no_dimension_outgrows_its_weight():
    praised = [strength(dimension=name) for name in NAMES[1:]]
    flooded = card([entry() for _ in range(1000)], praised)
    assert flooded.verdict in ("mixed", "customers"), "one dimension of weight 3 against nine"
