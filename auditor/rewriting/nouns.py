"""Noun phrases printed for a sentence that grants: "no refund" and "any refund" become "a refund"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.rewriting.forms import Person, Phrase, article
from auditor.rewriting.phrasebook import Phrasebook
from auditor.rewriting.sentence import Sentence, tidy

_PLURALS = frozenset(
    {"people", "men", "women", "children", "criteria", "data", "media", "staff", "personnel", "police"}
)
_NOUNS = ("NOUN", "PROPN", "NUM", "X")
_OPEN = frozenset({"any", "no", "every", "each", "either", "neither"})
_STOPS = frozenset(".:;!?|–—•")
_SUFFIXES = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "ee",
    "ees",
    "ant",
    "ants",
    "ian",
    "ians",
    "man",
    "men",
    "woman",
)


@dataclass(frozen=True, slots=True)
class Casing:
    """How a document writes words inside its sentences: those in small letters, and those only with a capital."""

    small: frozenset[str]
    capital: frozenset[str]
    known: frozenset[str]

    def keeps(self, word: str, tag: str) -> bool:
        """Whether a word at the start of a sentence keeps its capital when it moves inside."""
        low = word.lower()
        if any(c.isupper() for c in word[1:]) or word == "I" or not word[:1].isupper():
            return True
        if low in self.small:
            return False
        if low in self.capital:
            return True
        return tag.startswith("NNP") and low not in self.known


def starts(s: Sentence, at: int) -> bool:
    """Whether a token begins a sentence, an item or a cell."""
    return at in (0, s.own) or s.tokens[at - 1].text in _STOPS


def cased(s: Sentence, at: int, casing: Casing) -> str:
    """A token's word as it is written inside a sentence."""
    token = s.tokens[at]
    small = token.pos in ("DET", "PRON", "ADP", "ADV", "SCONJ", "CCONJ", "AUX") and token.text != "I"
    if starts(s, at) and (small or not casing.keeps(token.text, token.tag)):
        return token.text[:1].lower() + token.text[1:]
    return token.text


def is_person(s: Sentence, at: int, book: Phrasebook) -> bool:
    """Whether a token names somebody who acts."""
    token = s.tokens[at]
    if token.tag in ("PRP", "WP") or token.lemma in ("who", "whoever", "they", "you", "we", "he", "she"):
        return s.low(at) not in ("it", "them", "what", "whatever")
    if token.pos not in ("NOUN", "PROPN", "PRON", "ADJ"):
        return False
    low = s.low(at)
    if low in book.people or token.lemma in book.people:
        return True
    agent = token.dep == "nsubj" and any(s.tokens[k].tag == "MD" for k in s.kids[token.head])
    agent = agent or any(
        s.tokens[k].dep == "relcl" and any(s.low(j) == "who" for j in s.below(k)) for k in s.kids[at]
    )
    thing = book.has("things", token.lemma) or book.has("things", low)
    return agent and low.endswith(_SUFFIXES) and not thing and len(low) > 4


def head_of(s: Sentence, indices: Sequence[int]) -> int:
    """The token of a range on which the others hang."""
    inside = frozenset(indices)
    return next((i for i in indices if s.tokens[i].head not in inside or s.tokens[i].head == i), indices[-1])


def grants(s: Sentence, indices: Iterable[int], book: Phrasebook, casing: Casing) -> dict[int, str]:
    """What to write instead of "no", "any" and "every" among some tokens, and of capitals of a sentence's start."""
    chosen = sorted(set(indices))
    change: dict[int, str] = {}
    for place, at in enumerate(chosen):
        low = s.low(at)
        word = cased(s, at, casing)
        if (
            s.tokens[at].dep == "det"
            and not _inner(s, at)
            and (low in _OPEN or (low == "all" and _is_plain(s, s.tokens[at].head, book)))
        ):
            following = next((j for j in chosen[place + 1 :]), None)
            if following is not None and s.low(following) == "such" and not _is_many(s, s.tokens[at].head):
                after = next((j for j in chosen[place + 2 :]), following)
                change |= {at: "", following: f"such {article(s.tokens[after].text)}"}
                continue
            change[at] = _indefinite(s, s.tokens[at].head, following, book) if following is not None else ""
        elif low in ("anything", "nothing") and s.tokens[at].pos == "PRON":
            change[at] = "something" if low == "nothing" else word
        elif word != s.tokens[at].text:
            change[at] = word
    return change


def _is_plain(s: Sentence, noun: int, book: Phrasebook) -> bool:
    """Whether a noun stands without an article: plurals, and what cannot be counted."""
    return _is_many(s, noun) or book.has("mass", s.tokens[noun].lemma)


def _inner(s: Sentence, at: int) -> bool:
    """Whether a determiner stands in a clause inside the phrase: "a country for which we have no licence"."""
    return any(
        s.tokens[head].dep in ("relcl", "advcl", "ccomp")
        for head in s.above(at)
        if s.tokens[head].pos == "VERB"
    )


def _is_many(s: Sentence, at: int) -> bool:
    """Whether a noun is a plural; the tagger takes some nouns for one ("displeasure")."""
    low = s.low(at)
    return s.tokens[at].tag in ("NNS", "NNPS") and (low.endswith("s") or low in _PLURALS)


def _indefinite(s: Sentence, noun: int, following: int, book: Phrasebook) -> str:
    if _is_many(s, noun) or book.has("mass", s.tokens[noun].lemma) or s.tokens[following].tag == "CD":
        return ""
    if s.tokens[noun].tag == "VBG" or s.low(following) in ("other", "such"):
        return "another" if s.low(following) == "other" else ""
    return article(s.tokens[following].text)


def noun_phrase(
    s: Sentence,
    indices: Iterable[int],
    book: Phrasebook,
    casing: Casing,
    more: Mapping[int, str] | None = None,
) -> Phrase | None:
    """Some tokens as a noun phrase, or None where nothing is left of it. ``more`` overrides words."""
    chosen = sorted(set(indices))
    if not chosen:
        return None
    if any(s.tokens[i].text == "(" for i in chosen) and s.tokens[chosen[-1]].text != ")":
        chosen += (
            [chosen[-1] + 1]
            if chosen[-1] + 1 < len(s.tokens) and s.tokens[chosen[-1] + 1].text == ")"
            else []
        )
    change = {**grants(s, chosen, book, casing), **(more or {})}
    text = s.say(chosen, change)
    text = text.removeprefix("another other ").strip() if text.startswith("another other ") else text
    text = tidy(text)
    if not any(c.isalnum() for c in text):
        return None
    head = head_of(s, chosen)
    return Phrase(text, *number(s, head, chosen, book))


def number(s: Sentence, head: int, chosen: Sequence[int], book: Phrasebook) -> tuple[bool, Person]:
    """Whether a noun phrase is plural, and how it is referred to again."""
    token = s.tokens[head]
    low = s.low(head)
    if low in ("you", "your"):
        return False, "you"
    if low in ("we", "us"):
        return True, "we"
    if low in ("he", "she"):
        return False, "he" if low == "he" else "she"
    joined = any(
        s.low(kid) == "and" and s.tokens[kid].dep == "cc" for kid in s.kids[head] if kid in chosen
    ) and any(s.tokens[kid].dep == "conj" for kid in s.kids[head] if kid in chosen)
    if s.tokens[chosen[-1]].lemma in book.words.get("mass", ()) and s.tokens[chosen[-1]].tag in (
        "NN",
        "VB",
        "NNP",
    ):
        return False, "it"
    many = joined or _is_many(s, head) or low in ("they", "people", "staff", "crew", "personnel", "those")
    quantified = any(
        s.tokens[k].tag == "CD" and s.low(k) not in ("one", "1") for k in s.kids[head] if k in chosen
    )
    many = many or (quantified and token.pos == "NOUN" and token.text.endswith("s"))
    if many:
        return True, "they"
    return False, "they" if is_person(s, head, book) else "it"


def is_noun(s: Sentence, at: int) -> bool:
    """Whether a token can head a noun phrase."""
    return s.tokens[at].pos in _NOUNS or s.tokens[at].tag in ("NN", "NNS", "NNP", "NNPS")
