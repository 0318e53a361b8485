"""A stated limit ("over $25", "three days or more") found among tokens, and taken out of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from auditor.rewriting.phrasebook import Phrasebook
from auditor.rewriting.sentence import Sentence

_LINKS = frozenset(
    {"of", "for", "on", "in", "at", "by", "with", "to", "than", "about", "have", "having", "take", "taking"}
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The quantity in the clause's words ("$25"), whether it is money, its tokens, and all tokens that state it."""

    text: str
    money: bool
    name: str
    tokens: frozenset[int]


def find_limit(s: Sentence, among: Collection[int], book: Phrasebook) -> Limit | None:
    """The limit among some tokens, a quantity with words that make it one; None where there are several."""
    found = _limits(s, sorted(among), book)
    return found[0] if len(found) == 1 else None


def first_quantity(s: Sentence, among: Collection[int], book: Phrasebook) -> str:
    """The first number with a unit: "nine minutes", "" where there is none."""
    for at in sorted(among):
        if s.tokens[at].tag == "CD":
            quantity = _quantity(s, at, book)
            if _measured(s, quantity, book):
                return s.say(quantity)
    return ""


def _limits(s: Sentence, chosen: Sequence[int], book: Phrasebook) -> list[Limit]:
    found: list[Limit] = []
    for at in chosen:
        if s.tokens[at].tag != "CD":
            continue
        quantity = _quantity(s, at, book)
        before = _before(s, quantity[0], book)
        after = _after(s, quantity[-1], book)
        if not before and not after:
            continue
        if after and not before and not _measured(s, (*quantity, after[-1] + 1), book):
            continue
        if not set(quantity) & set(chosen):
            continue
        money = any(book.has("currencies", s.low(i)) for i in quantity)
        unit = []
        if after and after[-1] + 1 < len(s.tokens) and book.has("units", s.lemma(after[-1] + 1)):
            unit = [after[-1] + 1]
        tokens = frozenset((*before, *quantity, *after, *unit))
        if any(tokens & one.tokens for one in found):
            continue
        money = money or s.lemma(quantity[-1]) in ("pound", "dollar", "euro")
        found.append(
            Limit(s.say((*quantity, *unit)), money, _name(s, (*quantity, *unit), money, book), tokens)
        )
    return found


def _name(s: Sentence, quantity: Sequence[int], money: bool, book: Phrasebook) -> str:
    """What the client has to set: an amount, or a number of days, weeks, people …"""
    last = s.low(quantity[-1])
    if money or last in ("%", "percent"):
        return "amount" if money else "share"
    if book.has("units", s.lemma(quantity[-1])) and last.isalpha():
        return last if last.endswith("s") or last == "people" else f"{last}s"
    return "number"


def capped(text: str, limit: Limit, s: Sentence) -> str:
    """ "A refund over $25" as "a refund of up to [amount; today $25]"; the text itself where the limit is not in it."""
    said = re.escape(s.say(limit.tokens))
    bracket = f"[{limit.name}; today {limit.text}]"

    def instead(found: re.Match[str]) -> str:
        before = found[1].lower().rstrip()
        if not text[: found.start()].strip() or before in _LINKS:
            return f"{found[1]}up to {bracket}"
        return f"{found[1]}of up to {bracket}"

    return re.sub(rf"((?:[\w'’)]+\s+)?)(?<!\w){said}(?!\w)", instead, text, count=1, flags=re.IGNORECASE)


def _measured(s: Sentence, indices: Sequence[int], book: Phrasebook) -> bool:
    """Whether a quantity has a unit: "three days or more", not "two or more teams"."""
    known = [i for i in indices if i < len(s.tokens)]
    return any(book.has("units", s.lemma(i)) or book.has("currencies", s.low(i)) for i in known)


def _quantity(s: Sentence, at: int, book: Phrasebook) -> tuple[int, ...]:
    start, end = at, at
    while start > 0 and book.has("currencies", s.low(start - 1)):
        start -= 1
    while end + 1 < len(s.tokens):
        following = end + 1
        unit = book.has("units", s.lemma(following)) or book.has("currencies", s.low(following))
        if not unit and s.tokens[following].tag != "CD" and not _linking(s, following, book):
            break
        end = following
    return tuple(range(start, end + 1))


def _linking(s: Sentence, at: int, book: Phrasebook) -> bool:
    """ "three working days", "two full weeks"."""
    return (
        s.low(at) in ("working", "full", "calendar", "consecutive", "business")
        and at + 1 < len(s.tokens)
        and book.has("units", s.lemma(at + 1))
    )


def _before(s: Sentence, start: int, book: Phrasebook) -> tuple[int, ...]:
    for phrase in sorted(book.phrases("limits_before"), key=len, reverse=True):
        words = phrase.split()
        if _same(s, start - len(words), words):
            return tuple(range(start - len(words), start))
    return ()


def _after(s: Sentence, end: int, book: Phrasebook) -> tuple[int, ...]:
    for phrase in sorted(book.phrases("limits_after"), key=len, reverse=True):
        words = phrase.split()
        if _same(s, end + 1, words):
            return tuple(range(end + 1, end + 1 + len(words)))
    return ()


def _same(s: Sentence, start: int, words: Sequence[str]) -> bool:
    return (
        start >= 0
        and start + len(words) <= len(s.tokens)
        and [s.low(i) for i in range(start, start + len(words))] == list(words)
    )
