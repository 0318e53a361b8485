"""Sums of money: what they are worth, and which class they get."""

from __future__ import annotations

import pytest

from auditor.language.amounts import amounts, may_hold_amount
from auditor.language.encoding import Encoder, Limits
from auditor.language.parser import irregular_lemmas, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("repairs over $ 1,250 need", 1250),
        ("€ 1.250", 1250),
        ("1.5k euros", 1500),
        ("£ 2 m", 2_000_000),
        ("five hundred euros", 500),
        ("one hundred and fifty pounds", 150),
        ("twenty-five dollars", 25),
        ("inr 600/-", 600),
        ("rs . 5,000", 5000),
        ("two lakh rupees", 200_000),
        ("10 000 kr", 10_000),
        ("a thousand dollars", 1000),
        ("£ 499.99", 499.99),
        ("$ 1,00,000", 100_000),
        ("50 cents", 0.5),
        ("100 us dollars", 100),
    ],
)
def test_reads_a_sum(text: str, value: float) -> None:
    assert [one.value for one in amounts(text.split())] == [value]


@pytest.mark.parametrize("text", ["over 500 items", "in 2024 .", "half of it", "three days", "section 5,000"])
def test_a_number_without_currency_is_no_sum(text: str) -> None:
    assert amounts(text.split()) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("amount in € ; decided by refund | over 500 | director", [500]),
        ("in $ : up to 40 , above 40", [40, 40]),
        ("price in € ; more than 500 items", []),
    ],
)
def test_a_bound_takes_the_currency_named_before(text: str, values: list[float]) -> None:
    assert [one.value for one in amounts(text.split())] == values


def test_two_sums_keep_their_places() -> None:
    found = amounts(["from", "$", "20", "to", "five", "hundred", "dollars"])
    assert [(one.start, one.end, one.value) for one in found] == [(1, 3, 20), (4, 7, 500)]


@pytest.mark.parametrize("text", ["$1,250", "five hundred euros", "INR 600/-", "a thousand pounds"])
def test_the_scan_never_passes_over_a_sum(text: str) -> None:
    assert may_hold_amount(text.lower().split())


def test_the_encoder_parts_high_sums_from_low_ones() -> None:
    encoder = Encoder({"money-word": ["money"]}, irregular_lemmas(), Limits(main=500))
    high, low = encoder.compile("{amount-high}"), encoder.compile("up to {amount-low}")
    for text, over in (("Refunds up to $40 are yours.", False), ("Refunds up to $500 are yours.", True)):
        encoded = encoder.encode(next(parse([text], {})))
        assert any(True for _ in encoded.matches(high)) is over
        assert any(True for _ in encoded.matches(low)) is not over
    assert {"{amount}", "{amount-high}", "{amount-low}"} <= encoder.possible_keys(["refund", "$40"])[0]
    assert "{amount}" not in encoder.possible_keys(["refund", "gladly"])
