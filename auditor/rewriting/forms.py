"""Word forms: inflection, articles, agreement and pronouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Person = Literal["you", "we", "they", "it", "he", "she"]
"""How a phrase is referred to again: with you, we, they (people, plurals), it (one thing), or as the clause does."""

_PRONOUNS = {
    "they": {"you": "you", "we": "we", "they": "they", "it": "it", "he": "he", "she": "she"},
    "them": {"you": "you", "we": "us", "they": "them", "it": "it", "he": "him", "she": "her"},
    "their": {"you": "your", "we": "our", "they": "their", "it": "its", "he": "his", "she": "her"},
    "themselves": {
        "you": "yourself",
        "we": "ourselves",
        "they": "themselves",
        "it": "itself",
        "he": "himself",
        "she": "herself",
    },
}
_VOWEL = re.compile(r"[aeiou]|hour|honest|honou?r|heir", re.I)
_CONSONANT = re.compile(r"uni(?!n|m)|us(e|ing|ual|able|age)|euro|one\b|once|ut(i|e)|ubiq", re.I)
_LETTERS = re.compile(r"[AEFHILMNORSX][A-Z0-9]*\b")
_IRREGULAR = {
    "be": "is",
    "have": "has",
    "do": "does",
    "may": "may",
    "will": "will",
    "can": "can",
    "must": "must",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that can stand as a subject: their number, and how they are referred to again."""

    text: str
    plural: bool = False
    person: Person = "they"

    def pronoun(self, like: str) -> str:
        """The pronoun for this phrase in the place where "they" would have ``like`` (they, them, their …)."""
        if like == "themselves" and self.person == "you" and self.plural:
            return "yourselves"
        return _PRONOUNS[like][self.person]

    def verb(self, base: str) -> str:
        """``base`` as this phrase's present tense: answer or answers."""
        if base == "be":
            return "are" if self.many else "is"
        return base if self.many else third_person(base)

    @property
    def many(self) -> bool:
        """Whether the phrase takes the plural of a verb."""
        return self.plural or self.person in ("you", "we")


def listed(words: str) -> frozenset[str]:
    """Words written in a row, as a set."""
    return frozenset(words.split())


def article(words: str) -> str:
    """``a`` or ``an``, as ``words`` begin."""
    first = words.lstrip("“\"'([")
    if len(first) > 1 and first.split()[0].isupper():
        return "an" if _LETTERS.match(first) else "a"
    if _CONSONANT.match(first):
        return "a"
    return "an" if _VOWEL.match(first) else "a"


@lru_cache(maxsize=4096)
def third_person(base: str) -> str:
    """The third person singular of a verb."""
    known = _IRREGULAR.get(base)
    if known:
        return known
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


@lru_cache(maxsize=4096)
def inflected(base: str, tag: str) -> str:
    """``base`` in the form of a Penn tag (VBG, VBN, NNS …); ``base`` itself where none is known."""
    import lemminflect

    forms = lemminflect.getInflection(base, tag)
    return str(forms[0]) if forms else base


@lru_cache(maxsize=256)
def is_verb(base: str) -> bool:
    """Whether the dictionary knows a verb of this base form."""
    import lemminflect

    return bool(lemminflect.getInflection(base, "VBG", inflect_oov=False))


def gerund(base: str) -> str:
    """The -ing form of a verb."""
    return "being" if base == "be" else inflected(base, "VBG")


def plural(noun: str) -> str:
    """The plural of a noun in lower case."""
    return inflected(noun, "NNS")


def capital(text: str) -> str:
    """``text`` with its first letter in upper case."""
    for at, char in enumerate(text):
        if char.isalpha():
            return text[:at] + char.upper() + text[at + 1 :]
        if char.isdigit() or char == "[":
            return text
    return text
