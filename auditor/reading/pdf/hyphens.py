"""Words cut at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EDGE = re.compile(r"^\W+|\W+$")
_SIGNS = ("-", "\u2010", "\u00ad")
_KEPT = frozenset(
    [
        "self",
        "non",
        "co",
        "ex",
        "well",
        "all",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "part",
        "full",
        "high",
        "low",
        "long",
        "short",
        "on",
        "off",
        "third",
        "first",
        "second",
        "cross",
        "post",
        "pre",
        "anti",
        "semi",
        "multi",
        "decision",
        "year",
        "month",
        "hour",
        "week",
        "face",
        "peer",
        "problem",
        "follow",
        "up",
        "in",
        "above",
        "below",
        "over",
        "mid",
        "e",
    ]
)


def vocabulary(words: Iterable[str]) -> frozenset[str]:
    """Lower-cased words of a document without the punctuation around them; cut words are left out."""
    return frozenset(_EDGE.sub("", word).lower() for word in words if not word.endswith(_SIGNS))


def joined(before: str, after: str, known: frozenset[str]) -> str | None:
    """How much of ``before`` stays when ``after`` follows without a space; None if a space belongs between.

    The joined and the hyphenated word are looked up in the document; failing that, a small rule decides.
    """
    if not before.endswith(_SIGNS) or len(before) < 2 or not before[-2].isalnum():
        return None
    stem = before[:-1]
    if not after[:1].isalnum():
        return None
    hyphenated = stem + "-"
    if not after[0].islower() or not before[-2].isalpha():
        return hyphenated
    head, tail = _EDGE.sub("", stem).lower(), _EDGE.sub("", after).lower()
    if head + tail in known:
        return stem
    if (
        f"{head}-{tail}" in known
        or head in _KEPT
        or (len(head) > 3 and len(tail) > 3 and {head, tail} <= known)
    ):
        return hyphenated
    return stem
