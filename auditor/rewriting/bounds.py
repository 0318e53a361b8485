"""What every rewrite has to keep: the clause's numbers and names, its length, two sentences."""

from __future__ import annotations

import re
from collections import Counter

from auditor.rewriting.forms import listed
from auditor.rewriting.nouns import Casing
from auditor.rewriting.sentence import Sentence

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s,;]*[\w/]|www\.[^\s,;]*[\w/]")
_SENTENCES = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z\[“\"])")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|mr|ms|mrs|dr|no|st|inc|ltd|co|vs|approx|sr|jr)\.\s", re.IGNORECASE)
_WORD_NUMBERS = listed(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half quarter twice"
)


def words(text: str) -> int:
    """The number of words."""
    return len(text.split())


def longest(clause: str) -> int:
    """The most words that a rewrite of ``clause`` may have."""
    size = words(clause)
    return max(int(1.6 * size), size + 25)


def sentences(text: str) -> int:
    """The number of sentences."""
    return len(_SENTENCES.findall(_SHORT.sub("x ", text.strip()))) + 1


def numbers(text: str) -> Counter[str]:
    """Numbers, in digits and words, and addresses."""
    low = text.lower()
    spelled = (w for w in re.findall(r"[a-z]+", low) if w in _WORD_NUMBERS)
    return Counter([*_NUMBER.findall(text), *_ADDRESS.findall(low), *spelled])


def names(s: Sentence, casing: Casing) -> frozenset[str]:
    """Names in the clause's own words: capitalised inside a sentence, or written in capitals; in lower case."""
    found = set()
    for at in range(s.own, len(s.tokens)):
        token = s.tokens[at]
        text = token.text
        if not text[:1].isupper() or len(text) < 2 or text.lower() in ("i", "i'm"):
            continue
        if text.lower() in casing.small or text.lower() in (
            "no",
            "one",
            "not",
            "must",
            "and",
            "or",
            "all",
            "only",
        ):
            continue
        begins = at in (0, s.own) or s.tokens[at - 1].text in ".:;!?|–—•-"
        short = text.isupper() and text.isalpha() and len(text) <= 6 and token.pos in ("PROPN", "NOUN")
        if short or (not begins and token.tag in ("NNP", "NNPS")):
            found.add(text.lower())
    return frozenset(found)


def missing(
    s: Sentence, clause: str, text: str, casing: Casing, titles: frozenset[str] = frozenset()
) -> list[str]:
    """Numbers and names of the clause that its rewrite lost; ``titles`` are words that may go."""
    low = text.lower()
    have = numbers(text)
    said = {
        s.low(i) for i in range(s.own, len(s.tokens)) if s.tokens[i].dep in ("nummod", "quantmod", "compound")
    }
    # "Without the two" counts nothing; "two weeks" does.
    lost = [n for n in numbers(clause) if not have[n] and (n not in _WORD_NUMBERS or n in said)]
    lost += [
        name for name in sorted(names(s, casing) - titles) if not re.search(rf"(?<!\w){re.escape(name)}", low)
    ]
    return lost


def invented(clause: str, context: str, text: str) -> list[str]:
    """Numbers in a rewrite that stand neither in its clause nor in what it was read with."""
    known = numbers(f"{context} {clause}")
    return [number for number in numbers(text) if not known[number]]
