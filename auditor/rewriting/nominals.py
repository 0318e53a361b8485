"""Acts that a clause names with a noun, an -ing form or a table cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from auditor.rewriting.deeds import Deed, Grammar, base_form, verb_deed
from auditor.rewriting.forms import Phrase, article, listed
from auditor.rewriting.nouns import head_of, is_noun, noun_phrase
from auditor.rewriting.sentence import Sentence, tidy

_DECISION = re.compile(r"(?:the |a )?decision (?:(?:on|about|as to) )?(.+)")
_ASKING = listed("whether which how when what who where")


def within(s: Sentence, chosen: Sequence[int], head: int) -> list[int]:
    """The tokens on the head's side of the border between lead-in and item, and of a cell's border."""
    bars = [i for i in chosen if s.tokens[i].text == "|"]
    low = max([i + 1 for i in bars if i < head], default=0)
    high = min([i for i in bars if i > head], default=len(s.tokens))
    if 0 < s.own < len(s.tokens) and s.tokens[s.own].text[:1].isupper():
        low, high = (max(low, s.own), high) if head >= s.own else (low, min(high, s.own))
    return [i for i in chosen if low <= i < high]


def _of(
    s: Sentence, head: int, lemma: str, inside: Collection[int], g: Grammar
) -> tuple[int | None, str | None]:
    """The preposition by which a noun of action takes its object, and the verb: "use of", "attendance at"."""
    table = g.book.table("deverbal")
    for kid in (*s.kids[head], head + 1):
        if kid in inside and s.tokens[kid].dep == "prep":
            verb = table.get(f"{lemma} {s.low(kid)}") or (table.get(lemma) if s.low(kid) == "of" else None)
            if verb:
                return kid, verb
    return None, None


def linear_deed(s: Sentence, span: Sequence[int], g: Grammar) -> Deed | None:
    """The act of words that begin with a verb, read without their grammar."""
    if (
        not span
        or s.tokens[span[0]].tag not in ("VBG", "VB", "VBP")
        or s.tokens[span[0]].pos not in ("VERB", "AUX")
    ):
        return None
    base = base_form(s.low(span[0]), s.lemma(span[0]))
    return Deed("", base, s.say(span[1:]), None, span[0], frozenset(span))


def row_deed(s: Sentence, g: Grammar) -> Deed | None:  # noqa: PLR0911
    """The act in a row's first cell, read without its grammar: "Table held for a guest", "Change to a chart"."""
    end = next((i for i in range(s.own, len(s.tokens)) if s.tokens[i].text == "|"), len(s.tokens))
    cell = range(s.own, end)
    if not cell:
        return None
    doing = linear_deed(s, cell, g)
    if doing is not None:
        return doing
    head = next((i for i in cell if is_noun(s, i) and (i + 1 == end or not is_noun(s, i + 1))), None)
    done = next(
        (i for i in cell if s.tokens[i].tag in ("VBN", "VBD") and head is not None and i > head), None
    )
    if head is None:
        return None
    if done is not None and not any(s.low(i) in ("not", "already", "that", "which", "who") for i in cell):
        object_ = noun_phrase(s, range(s.own, done), g.book, g.casing)
        if object_ is not None:
            object_ = with_article(s, range(s.own, done), head, object_, g)
            late = tidy(f"{object_.text} {s.say(range(done + 1, end))}")
            return Deed("", base_form(s.low(done), s.lemma(done)), late, object_, done, frozenset(cell))
    phrase = noun_phrase(s, cell, g.book, g.casing)
    if phrase is None:
        return None
    phrase = with_article(s, cell, head, phrase, g)
    low = s.lemma(head)
    verb = g.book.table("deverbal").get(low)
    if verb and head + 1 < end and s.low(head + 1) == "of" and head == s.own:
        inner = noun_phrase(s, range(head + 2, end), g.book, g.casing)
        if inner is not None:
            return Deed("", verb, inner.text, inner, head, frozenset(cell), name=phrase)
    support = g.book.table("support").get(low)
    if support:
        return Deed("", support, phrase.text, phrase, head, frozenset(cell), name=phrase)
    return Deed("", "decide", f"on {phrase.text}", phrase, head, frozenset(cell), name=phrase)


def with_article(s: Sentence, chosen: Sequence[int], head: int, phrase: Phrase, g: Grammar) -> Phrase:
    """A fragment's bare noun with an article: "swap between stations" becomes "a swap between stations"."""
    token, first = s.tokens[head], s.tokens[chosen[0]]
    bare = token.tag == "NN" and not any(
        s.tokens[k].dep in ("det", "poss", "nummod", "predet") for k in s.kids[head]
    )
    begins = chosen[0] in (0, s.own) or s.tokens[chosen[0] - 1].text == "|"
    if (
        not bare
        or not begins
        or phrase.plural
        or g.book.has("mass", token.lemma)
        or first.tag in ("DT", "CD", "PRP$")
    ):
        return phrase
    if first.text.isupper() and len(first.text) > 1:
        return phrase
    return replace(phrase, text=f"{article(phrase.text)} {phrase.text}")


def noun_deed(s: Sentence, indices: Collection[int], g: Grammar) -> Deed | None:  # noqa: PLR0911
    """The act that a noun phrase stands for: "any change to the rota" → ``make a change to the rota``."""
    chosen = sorted(set(indices))
    if not chosen:
        return None
    head = head_of(s, chosen)
    inside = frozenset(chosen)
    outside = [k for i in chosen for k in s.kids[i] if k not in inside]
    if s.tokens[head].tag == "VBG" and s.child(head, "det", "amod", "poss", "compound") is None:
        return verb_deed(s, head, g, outside)
    chosen = within(s, chosen, head)
    phrase = noun_phrase(s, chosen, g.book, g.casing)
    if phrase is None:
        return None
    if not is_noun(s, head):
        # The parser takes the noun in "two days leave" for a verb.
        verb = g.book.table("support").get(s.low(chosen[-1]))
        return (
            Deed("", verb, phrase.text, Phrase(phrase.text, person="it"), chosen[-1], inside)
            if verb
            else None
        )
    phrase = with_article(s, chosen, head, phrase, g)
    lemma = s.tokens[head].lemma
    told = _DECISION.match(phrase.text)
    if told:
        rest = told[1]
        asks = rest.split(" ", 1)[0] in _ASKING
        late = rest if asks else f"whether {rest}" if rest.startswith("to ") else f"on {rest}"
        return Deed("", "decide", late, phrase, head, inside, name=phrase)
    of, verb = _of(s, head, lemma, inside, g)
    before = [i for i in chosen if i < head and s.tokens[i].dep not in ("det", "punct")]
    if verb and of is not None and not before:
        inner = [i for i in chosen if i > of]
        object_ = noun_phrase(s, inner, g.book, g.casing)
        if object_:
            first, _, particle = verb.partition(" ")
            return Deed("", first, tidy(f"{particle} {object_.text}"), object_, head, inside, name=phrase)
    verb = g.book.table("support").get(lemma) or g.book.table("support").get(s.low(head))
    solo = g.book.table("solo").get(lemma)
    if solo:
        # "work from home" is "work from home"; of "your resignation" only the verb is left.
        return Deed("", solo, s.say([i for i in chosen if i > head]), None, head, inside, name=phrase)
    if verb is None:
        return Deed("", "decide", f"on {phrase.text}", phrase, head, inside, name=phrase)
    first, _, particle = verb.partition(" ")
    return Deed("", first, tidy(f"{particle} {phrase.text}"), phrase, head, inside, name=phrase)
