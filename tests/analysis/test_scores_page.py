"""docs/scores.md tells what the scorecard computes."""

import re

import pytest
from analysis_samples import PACK, ROOT, entry, strength, wordings

from auditor.analysis import scorecard

PAGE = (ROOT / "docs/scores.md").read_text("utf-8")
ROWS = re.findall(r"^\| (none|\d \w+) \| (none|\d) \| (−?[\d.]+) \| ([\w ]+) \|$", PAGE, re.MULTILINE)
BANDS = {"operations": "leans to operations", "mixed": "mixed", "customers": "leans to customers"}


def test_the_weights_are_those_of_the_pack():
    weights = dict(re.findall(r"^\| an active finding, (\w+) \| ([\d.]+) \|$", PAGE, re.MULTILINE))
    scoring = wordings().scoring
    assert {name: float(weight) for name, weight in weights.items()} == dict(scoring.finding)
    assert f"| a strength | {scoring.strength:g} |" in PAGE
    assert f"(s + o + {scoring.prior:g})" in PAGE
    assert f"within {scoring.mixed_within:g} of zero" in PAGE
    assert f"Below {scoring.minimum_clauses} clauses" in PAGE
    assert f"fewer than {scoring.minimum_dimensions} dimensions" in PAGE


def test_there_are_examples():
    assert len(ROWS) == 5


@pytest.mark.parametrize(("found", "praised", "score", "band"), ROWS)
def test_the_examples_come_out_as_told(found, praised, score, band):
    count, severity = (0, "note") if found == "none" else (int(found[0]), found[2:].rstrip("s"))
    entries = [entry(severity=severity, scope=None) for _ in range(count)]
    strengths = [strength() for _ in range(0 if praised == "none" else int(praised))]
    row = scorecard(entries, strengths, (), clauses=50, pack=PACK, wordings=wordings()).dimensions[0]
    assert f"{row.score:.2f}".replace("-", "−") == score
    assert BANDS[row.band] == band
