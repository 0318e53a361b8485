"""Who acts and who stands above, as phrases with their determiners."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.rewriting.deeds import Grammar, trimmed
from auditor.rewriting.forms import Phrase
from auditor.rewriting.nouns import head_of, is_noun, is_person, noun_phrase
from auditor.rewriting.sentence import Sentence

_NOBODY_ELSE = re.compile(r"\s*,?\s+(?:and nobody|and no one|alone|only|and no-one|or nobody)\b.*$")
_HEADS_OF = re.compile(r"['’]s (?:head|back)$")
_BARE = frozenset(
    {"hr", "management", "resources", "office", "headquarters", "hq", "payroll", "finance", "dispatch", "it"}
)
_DUTIES = frozenset({"duty", "shift", "charge", "call", "site"})
_NOBODY = frozenset(
    {
        "nobody",
        "none",
        "anyone",
        "anybody",
        "someone",
        "somebody",
        "one",
        "who",
        "it",
        "there",
        "everyone",
        "whoever",
        "whatever",
    }
)
_ABOUT = frozenset({"concerning", "regarding", "relating", "involving", "about"})
_HEADS = frozenset(
    {"head", "director", "chief", "lead", "leader", "superintendent", "secretary", "chair", "dean"}
)
_BODIES = frozenset(
    {"office", "desk", "department", "section", "unit", "committee", "board", "council", "group", "team"}
)
_LOOSE = ("relcl", "punct", "acl", "appos", "advcl")
_HEADS = frozenset(
    {"head", "director", "chief", "lead", "leader", "superintendent", "secretary", "chair", "dean"}
)
_LOOSE = ("relcl", "punct", "acl", "appos", "advcl")
_DETERMINED = ("det", "poss", "predet", "nummod")


def superior_ranges(s: Sentence, g: Grammar) -> list[tuple[int, int]]:
    """Token ranges (half-open) of phrases that name persons above, the longest at each place."""
    known = g.above.get(id(s))
    if known is None or known[0] is not s:
        known = g.above[id(s)] = (s, _superior_ranges(s, g))
    return known[1]


def _superior_ranges(s: Sentence, g: Grammar) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    size = len(s.tokens)
    at = 0
    while at < size:
        longest = 0
        for length in range(min(6, size - at), 0, -1):
            forms = tuple(s.low(i) for i in range(at, at + length))
            lemmas = (*forms[:-1], s.lemma(at + length - 1))
            split = (*forms[:-1], forms[-1].rpartition("/")[2])
            if forms in g.book.superiors or lemmas in g.book.superiors or split in g.book.superiors:
                longest = length
                break
        if not longest and (s.lemma(at) in g.book.chiefs or s.low(at).rpartition("/")[2] in g.book.chiefs):
            longest = 1
        last = at + longest - 1
        if longest and (is_noun(s, last) or _after_noun(s, last)) and not _part_of_thing(s, last, g):
            found.append((at, at + longest))
        at += max(1, longest)
    return found


def _after_noun(s: Sentence, at: int) -> bool:
    """The parser takes "lead" in "your shop lead" for a verb."""
    return (
        at > 1
        and is_noun(s, at - 1)
        and s.tokens[at - 2].tag in ("DT", "PRP$", "JJ", "NN")
        and s.low(at) == "lead"
    )


def _part_of_thing(s: Sentence, last: int, g: Grammar) -> bool:
    """Whether the words only tell which thing is meant: "HR" in "the HR portal"."""
    if (
        s.low(last) == "authority"
        and last > 0
        and s.low(last - 1) in ("no", "the", "any", "their", "his", "her", "your")
    ):
        return True
    head = s.tokens[last].head
    return s.tokens[last].dep in ("compound", "nmod") and head == last + 1 and not is_person(s, head, g.book)


def slot_range(s: Sentence, fact: Fact, *roles: str) -> tuple[int, int] | None:
    """The token range of the first of some roles that a fact has."""
    for role in roles:
        slot = next((one for one in fact.slots if one.role == role), None)
        if slot is not None:
            inside = [i for i, t in enumerate(s.tokens) if t.start < slot.end and slot.start < t.end]
            if inside:
                return inside[0], inside[-1] + 1
    return None


def whole_name(s: Sentence, start: int, end: int, g: Grammar) -> tuple[int, ...]:
    """The range widened to the noun phrase in which it stands: determiner, possessor, "on duty", "of Sales"."""
    head = head_of(s, range(start, end))
    while s.tokens[head].dep in ("compound", "nmod") and 0 < s.tokens[head].head - head <= 3:
        above = s.tokens[head].head
        if not is_person(s, above, g.book):
            break
        head = above
    chosen = set(range(start, end)) | {head}
    _widen(s, head, g, chosen)
    _join(s, g, chosen)
    while chosen and s.low(max(chosen)) in ("and", "or", "'s", "'", ",", "and/or", "(", "|"):
        chosen.discard(max(chosen))
    # Nothing is left out in the middle: a name is a stretch of the text, within its cell.
    first = min(chosen)
    while (
        first > 1
        and (s.tokens[first - 1].pos == "PROPN" or _links(s, first - 1))
        and s.tokens[first].text[:1].isupper()
    ):
        first -= 2 if _links(s, first - 1) else 1
    if first < min(chosen):
        chosen |= set(range(first, min(chosen)))
        before = first - 1
        if before >= 0 and s.tokens[before].dep in _DETERMINED:
            chosen.add(before)
    low = max((i + 1 for i in range(start) if s.tokens[i].text in "|;"), default=0)
    high = min((i for i in range(end, len(s.tokens)) if s.tokens[i].text in "|;"), default=len(s.tokens))
    low = (
        max(low, s.own)
        if low <= s.own <= start and s.own < len(s.tokens) and s.tokens[s.own].text[:1].isupper()
        else low
    )
    return tuple(
        i for i in range(max(low, min(chosen)), min(high - 1, max(chosen)) + 1) if s.low(i) != "both"
    )


def _links(s: Sentence, at: int) -> bool:
    """The "and" inside a name: "the Lending and Savings Committee"."""
    return (
        s.low(at) in ("and", "&")
        and at > 0
        and s.tokens[at - 1].pos == "PROPN"
        and s.tokens[at + 1].pos == "PROPN"
    )


def _join(s: Sentence, g: Grammar, chosen: set[int]) -> None:
    """Add an abbreviation in brackets, and persons above that are joined by "and" or "or"."""
    others = dict(superior_ranges(s, g))
    changed = True
    while changed:
        changed = False
        at = max(chosen) + 1
        if at + 2 < len(s.tokens) and s.tokens[at].text == "(" and s.tokens[at + 2].text == ")":
            chosen |= {at, at + 1, at + 2}
            changed = True
        elif at < len(s.tokens) and s.low(at) in ("and", "or", "/", "&", "and/or"):
            start = next((i for i in range(at + 1, min(at + 4, len(s.tokens))) if i in others), None)
            if start is not None and all(
                s.tokens[i].dep in (*_DETERMINED, "amod", "compound") for i in range(at + 1, start)
            ):
                chosen |= set(range(at, others[start]))
                changed = True


def _widen(s: Sentence, head: int, g: Grammar, chosen: set[int]) -> None:
    for kid in s.kids[head]:
        low, dep = s.low(kid), s.tokens[kid].dep
        if kid < head and dep in (*_DETERMINED, "compound", "amod", "nmod"):
            if low not in ("prior", "written", "advance", "only"):
                chosen |= set(s.below(kid))
        elif dep == "prep" and kid > head:
            inner = s.below(kid)
            last = next((i for i in inner if s.low(i) in _DUTIES), None)
            duty = last is not None and last - kid < 3
            inner = tuple(i for i in inner if last is None or not duty or i <= last)
            titled = s.lemma(head) in _HEADS or any(s.tokens[i].pos == "PROPN" for i in inner)
            named = low in ("of", "for") and len(inner) < 7 and titled
            if duty or named:
                chosen |= set(inner)
        elif dep in ("conj", "appos") and kid > head and kid - head < 7 and is_person(s, kid, g.book):
            chosen |= set(range(head, kid + 1))
            _widen(s, kid, g, chosen)


def superior(s: Sentence, span: tuple[int, int], g: Grammar, whole: bool = False) -> Phrase | None:
    """The phrase around a range that names somebody above, with "the" where it needs a determiner.

    ``whole`` takes all that hangs on it: "the desk in Dayton".
    """
    indices = whole_name(s, *span, g)
    if whole:
        loose = [k for k in s.kids[span[0]] if s.tokens[k].dep in (*_LOOSE, "conj", "cc") and k > span[0]]
        indices = tuple(sorted({*indices, *(i for i in s.below(span[0], loose) if i >= s.own)}))
    phrase = noun_phrase(s, indices, g.book, g.casing)
    if phrase is None:
        return None
    phrase = replace(phrase, person="they") if phrase.person == "it" else phrase
    if _several(s, indices, g):
        phrase = replace(phrase, plural=True)
    head = head_of(s, indices)
    first = s.tokens[indices[0]]
    trailing = _NOBODY_ELSE.search(phrase.text)
    if trailing:
        phrase = replace(phrase, text=phrase.text[: trailing.start()].rstrip(" ,"), plural=False)
    phrase = replace(phrase, text=_HEADS_OF.sub("", phrase.text))
    adjective = g.book.table("adjectives").get(s.low(head))
    if adjective:
        return Phrase(f"the {adjective}", person="they")
    determined = any(
        s.tokens[k].dep in _DETERMINED and k in indices for i in indices for k in s.kids[i] if i == head
    )
    determined = determined or first.dep in _DETERMINED or first.tag in ("DT", "PRP$", "WP$")
    bare = s.tokens[head].text.lower() in _BARE and s.tokens[indices[0]].tag != "JJ"
    proper = all(s.tokens[i].tag == "NNP" and not s.tokens[i].text.isupper() for i in indices)
    title = s.lemma(head) in g.book.chiefs or s.low(head) in g.book.people or s.lemma(head) in _BODIES
    if proper and not title:
        return replace(phrase, text=s.say(indices))
    if any(s.low(i) == "both" for i in range(max(0, indices[0] - 1), indices[-1])) and not determined:
        return replace(phrase, text=f"the {phrase.text}", plural=True)
    if determined or bare or (phrase.plural and s.tokens[head].tag in ("NNS", "NNPS")):
        return phrase
    return replace(phrase, text=f"the {phrase.text}")


def named(s: Sentence, span: tuple[int, int], g: Grammar, whole: bool = False) -> Phrase | None:
    """The noun phrase in which a range stands ("the evenness of the roster" for "roster").

    ``whole`` keeps the clauses that hang on it.
    """
    head = head_of(s, range(*span))
    if s.tokens[head].dep in ("amod", "advmod", "nummod") and is_noun(s, s.tokens[head].head):
        head = s.tokens[head].head
    if not is_noun(s, head):
        text = s.say(range(*span))
        return Phrase(text, person="it") if text else None
    above = s.tokens[head].head
    while s.tokens[head].dep in ("compound", "pobj") and above != head:
        outer = above if s.tokens[head].dep == "compound" else s.tokens[above].head
        of = s.tokens[head].dep == "compound" or (s.low(above) == "of" and is_noun(s, outer))
        if not of or not is_noun(s, outer) or is_person(s, outer, g.book):
            break
        head, above = outer, s.tokens[outer].head
    loose = ("relcl", "advcl", "acl", "appos", "punct")
    gone = (
        []
        if whole
        else [k for k in s.kids[head] if s.tokens[k].dep in loose and k > head and s.low(k) not in _ABOUT]
    )
    chosen = [i for i in s.below(head, gone) if i >= s.own or span[0] < s.own]
    if len(chosen) > (16 if whole else 12):
        chosen = [i for i in chosen if i < span[1] + 3]
    phrase = noun_phrase(s, chosen, g.book, g.casing)
    return replace(phrase, text=trimmed(phrase.text)) if phrase else None


def _several(s: Sentence, indices: tuple[int, ...], g: Grammar) -> bool:
    """Whether persons above are joined by "and"."""
    spans = [span for span in superior_ranges(s, g) if span[0] >= indices[0] and span[1] <= indices[-1] + 1]
    joins = [i for i in indices if s.low(i) in ("and", "&")]
    return any(a[1] <= at < b[0] for at in joins for a in spans for b in spans)


def nearest(spans: Iterable[tuple[int, int]], anchor: int, taken: Collection[int]) -> tuple[int, int] | None:
    """The range nearest to a token, among those that touch none of ``taken``."""
    free = [span for span in spans if not set(range(*span)) & set(taken)]
    return min(free, key=lambda span: min(abs(span[0] - anchor), abs(span[1] - 1 - anchor)), default=None)


def actor(s: Sentence, subject: int | None, g: Grammar) -> Phrase | None:
    """The subject as somebody who acts: "no employee" is "an employee"; None where it names nobody in particular."""
    if subject is None:
        return None
    low = s.low(subject)
    if low in ("who", "that", "which"):
        subject = s.tokens[s.tokens[subject].head].head
        low = s.low(subject)
    if low in _NOBODY or not is_person(s, subject, g.book):
        return None
    comma = next((k for k in s.kids[subject] if s.tokens[k].text == "," and k > subject), len(s.tokens))
    without = [k for k in s.kids[subject] if (s.tokens[k].dep in _LOOSE and k > subject) or k > comma]
    without += [k for k in s.kids[subject] if s.tokens[k].dep == "case"]
    phrase = noun_phrase(s, s.below(subject, without), g.book, g.casing)
    if phrase is None:
        return None
    return replace(phrase, person="they") if phrase.person == "it" else phrase
