"""The clause itself with some words taken out: "strictly", "without exception", "whoever is asking"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.model.rule import Cut
from auditor.rewriting.sentence import tidy

_COMMAS = re.compile(r"\s*,\s*(?=[.;:!?]|$)|^\s*,\s*|(?<=[.;:!?])\s*,\s*")


_JOINERS = re.compile(r"(?:\s*,)?\s+(?:and|or|but|with|even|for)(?=\s*[.;:!?]|\s*$)", re.IGNORECASE)


_HANGING = re.compile(
    r"\b(?:is|are|be|was|were|has|have|shall|must|may)\s*(?:[,;.]|and\b|but\b|$)", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def _pattern(say: str) -> re.Pattern[str]:
    """A phrase as an expression: words, ``a|b``, ``word*``, ``x?``, ``..`` (all words up to the next punctuation),
    ``..3`` (up to three words)."""
    pieces: list[str] = [r"(?:[,;]\s*)?"] if say.startswith((", ", "; ")) else []
    say = say.removeprefix(", ").removeprefix("; ")
    elements = say.split()
    for place, element in enumerate(elements):
        if element == "..":
            pieces.append(r"[^.;:!?,]*")
            continue
        if element.startswith("..") and element[2:].isdigit():
            last = place == len(elements) - 1
            pieces.append(rf"(?:[\w'’/-]+(?:\s+|\b)){{0,{element[2:]}}}" + ("" if last else "?"))
            continue
        optional = element.endswith("?") and len(element) > 1
        words = element.removesuffix("?") if optional else element
        choice = "|".join(re.escape(word).replace(r"\*", r"[\w'’-]*") for word in words.split("|"))
        one = rf"(?:{choice})" if words[0].isalnum() or words[0] in "'*" else rf"\s*(?:{choice})"
        pieces.append(f"(?:{one}\\s+)?" if optional else one + r"(?:\s+|\b|(?=\W)|$)")
    first = say[0]
    edge = r"(?<![\w'’-])" if first.isalnum() or first == "*" else ""
    return re.compile(edge + "".join(pieces) + r"(?![\w’])", re.IGNORECASE)


def soften(text: str, cuts: Sequence[Cut], approver: str = "") -> str:
    """``text`` without the phrases of ``cuts``, each with what stands instead of it.

    A phrase may name ``{approver}``: the words for who stands above, with or without "the".
    """
    for cut in sorted(cuts, key=lambda one: -len(one.say.split())):
        say = _named(cut.say, approver)
        if not say:
            continue
        text = _pattern(say).sub(f" {cut.instead} ".replace("\\", r"\\\\"), text)
    text = tidied(text)
    return "" if _HANGING.search(text) else text


def says(text: str, phrases: Sequence[str]) -> bool:
    """Whether a text has any of some phrases, in the singular or the plural."""
    return any(_pattern(phrase).search(text) or _pattern(f"{phrase}s").search(text) for phrase in phrases)


def has_cut(text: str, cuts: Sequence[Cut], approver: str = "") -> bool:
    """Whether any of the phrases stands in ``text``."""
    return any(say and _pattern(say).search(text) for say in (_named(cut.say, approver) for cut in cuts))


def _named(say: str, approver: str) -> str:
    """A phrase with the words for who stands above; "" where it needs them and they are not known."""
    if "{approver}" not in say:
        return say
    return (
        say.replace("{approver}", " ".join(f"the? {approver.removeprefix('the ')}".split()))
        if approver
        else ""
    )


def tidied(text: str) -> str:
    """The text after a cut: no hanging commas or joining words, no doubled spaces, its closing stop left out."""
    before = None
    while text != before:
        before = text
        text = _COMMAS.sub("", " ".join(text.split()))
        text = _JOINERS.sub("", text.rstrip(" .;,|&"))
        text = tidy(text.rstrip(" .;,|"))
    return text
