"""Sums of money in running text, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CURRENCY_WORDS = """
    fr fr. sfr $ € £ ¥ ₹ ₽ ₩ ₺ ₪ us$ a$ c$ nz$ r$ dollar dollars buck bucks euro euros pound pounds sterling
    quid rupee rupees
    rs rs. inr pkr lkr npr bdt usd eur gbp cad aud nzd sgd hkd chf franc francs sek nok dkk krona kronor krone kroner
    kr yen jpy yuan cny rmb zloty zlotys pln czk huf zar rand aed dirham dirhams sar riyal riyals peso pesos mxn
    reais brl naira ngn shilling shillings kes ringgit myr baht thb krw rub rouble roubles ruble rubles
"""
_CURRENCY = frozenset(_CURRENCY_WORDS.split())
_MINOR = frozenset(("cent", "cents", "penny", "pence", "paise", "paisa", "¢"))
_SMALL_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_SMALL_WORDS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)
}
_SCALES = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "grand": 1e3, "k": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "million": 1e6, "millions": 1e6, "m": 1e6, "mn": 1e6,
    "crore": 1e7, "crores": 1e7, "billion": 1e9, "bn": 1e9,
}  # fmt: skip
_FIGURE = re.compile(
    r"(?P<front>[$€£¥₹]|us\$|rs\.?|inr|usd|eur|gbp|chf)?"
    r"(?P<number>\d{1,3}(?:[,.' ]\d{2,3})*[,.']\d{3}(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    r"(?P<scale>k|m|mn|bn)?(?P<dash>[,.][-–—]{1,2}|/-{1,2})?(?P<back>[$€£¥₹]|usd|eur|gbp|inr)?(?:-[a-z][a-z-]*)?"
)
_BOUNDS = frozenset(("over", "above", "exceeding", "than", "to", "below", "under", "from"))
_STOPS = frozenset(("|", ",", ";", ".", ":", ")", "and", "or"))
_HINTS = frozenset(_UNITS) | frozenset(_SCALES) | {"half"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum: its token range ``start:end`` and its value in main currency units."""

    start: int
    end: int
    value: float


def may_hold_amount(words: Sequence[str]) -> bool:
    """Whether any of the lower-case ``words`` could belong to a sum."""
    return any(
        word in _HINTS
        or (not word.isalpha() and (any(c.isdigit() for c in word) or not _HINTS.isdisjoint(word.split("-"))))
        for word in words
    )


def amounts(words: Sequence[str]) -> tuple[Amount, ...]:
    """The sums among lower-case tokens, in order. A number without a currency is none."""
    found: list[Amount] = []
    at = 0
    while at < len(words):
        read = _number(words, at)
        if read is None:
            at += 1
            continue
        value, end, named = read
        start = at
        if start and words[start - 1] in _CURRENCY:
            start, named = start - 1, True
        elif start > 1 and words[start - 1] == "." and words[start - 2] in _CURRENCY:
            start, named = start - 2, True
        after = end + (end < len(words) and words[end] in ("us", "british", "of"))
        if not named and after < len(words) and words[after] in _CURRENCY:
            end, named = after + 1, True
        elif not named and end < len(words) and words[end] in _MINOR:
            value, end, named = value / 100, end + 1, True
        if named or _under_a_currency(words, start, end):
            found.append(Amount(start, end, value))
        at = max(end, at + 1)
    return tuple(found)


def _under_a_currency(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a bare number is a bound whose currency was named before: "Refund in €: over 500"."""
    bound = start > 0 and words[start - 1] in _BOUNDS and (end == len(words) or words[end] in _STOPS)
    return bound and any(word in _CURRENCY for word in words[: start - 1])


def _number(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    """The value of the number that begins at ``at``, its end, and whether a currency clings to it."""
    end = at + 1
    while end < len(words) and re.fullmatch(r"\d{1,3}", words[at]) and re.fullmatch(r"\d{3}", words[end]):
        end += 1  # "10 000" is one number in two tokens
    figure = _FIGURE.fullmatch("".join(words[at:end]))
    if figure:
        value = _figure(figure["number"]) * _SCALES.get(figure["scale"] or "", 1)
        named = bool(figure["front"] or figure["back"] or (figure["dash"] or "").startswith("/"))
        while end < len(words) and words[end] in _SCALES:
            value, end = value * _SCALES[words[end]], end + 1
        return value, end, named
    parts = words[at].split("-")
    if len(parts) > 1 and parts[-1] in _CURRENCY:  # "five-hundred-dollar"
        inner = amounts(parts)
        return (inner[0].value, at + 1, True) if inner and inner[0].end == len(parts) else None
    return _in_words(words, at)


def _figure(text: str) -> float:
    whole = re.sub(r"[,.' ](?=\d{3}(?:\D|$))", "", text)
    whole = re.sub(r"[,' ](?=\d{2,3}[,.]?\d{3})", "", whole)
    return float(whole.replace(",", "."))


def _in_words(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    total, group, end, seen = 0.0, 0.0, at, False
    while end < len(words):
        parts = words[end].split("-")
        if all(part in _UNITS for part in parts):
            group += sum(_UNITS[part] for part in parts)
        elif words[end] in _SCALES and len(words[end]) > 2 and (seen or _article(words, end, words[end])):
            scale = _SCALES[words[end]]
            group = (group or 1) * scale
            if scale > 100:
                total, group = total + group, 0.0
        elif not (seen and words[end] == "and" and end + 1 < len(words) and words[end + 1] in _UNITS):
            break
        seen, end = True, end + 1
    return (total + group, end, False) if seen else None


def _article(words: Sequence[str], at: int, scale: str) -> bool:
    """Whether a scale alone counts: "a hundred", "several thousand", "thousands"."""
    return scale.endswith("s") or (
        at > 0 and words[at - 1] in ("a", "one", "several", "few", "some", "many", "the")
    )
