"""Acts: what is done to what, as a verb phrase in its base form, whatever form the clause gives it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from auditor.rewriting.forms import Phrase, article, gerund, is_verb
from auditor.rewriting.nouns import Casing, cased, grants, head_of, is_noun, noun_phrase
from auditor.rewriting.phrasebook import Phrasebook
from auditor.rewriting.sentence import Sentence, tidy

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_HELPERS = (*SUBJECTS, "aux", "auxpass", "neg", "mark", "agent", "punct", "preconj", "intj")
_OBJECTS = ("dobj", "obj")
_TAILS = (
    " except",
    " unless",
    " without",
    " and",
    " or",
    " but",
    " to",
    " of",
    " for",
    " by",
    " with",
    " in",
    " on",
    " that",
    " which",
    " only",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act: adverbs before the verb, the verb's base form, what follows it; its object; the tokens used."""

    early: str
    verb: str
    late: str
    object: Phrase | None
    head: int
    used: frozenset[int]
    plain: bool = True
    name: Phrase | None = None
    """The noun phrase that names the act, where the clause has one: "a swap of shifts"."""

    @property
    def base(self) -> str:
        """The act after "may": ``offer a customer a discount``."""
        return tidy(f"{self.early} {self.verb} {self.late}")

    @property
    def doing(self) -> str:
        """The act as a noun: ``offering a customer a discount`` ("" where a second verb would need it too)."""
        return tidy(f"{self.early} {gerund(self.verb)} {self.late}") if self.plain else ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What printing a phrase needs to know beside the sentence."""

    book: Phrasebook
    casing: Casing


def verb_deed(s: Sentence, verb: int, g: Grammar, without: Collection[int] = ()) -> Deed | None:
    """The act of a verb: active, passive (its subject becomes the object), gerund or infinitive.

    ``without`` are tokens to leave out with all that hangs on them.
    """
    token = s.tokens[verb]
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        return None
    left = frozenset(without) | _helpers(s, verb, g)
    used = frozenset(s.below(verb, left))
    passive = s.child(verb, "auxpass") is not None or (
        token.tag == "VBN" and token.dep in ("acl", "ROOT", "conj")
    )
    subject = _patient(s, verb) if passive else None
    change = grants(s, used, g.book, g.casing) | _verbs(s, verb, used)
    early = [i for i in used if i < verb]
    late = [i for i in used if i > verb]
    particles = [i for i in late if s.tokens[i].dep == "prt" and s.tokens[i].head == verb]
    object_ = None
    if subject is not None and subject not in without:
        object_ = noun_phrase(s, s.below(subject, without), g.book, g.casing)
        if object_ is None or object_.text.lower() in ("who", "which", "that", "it", "this"):
            return None
        words = f"{s.say(particles, change)} {object_.text} {_after(s, late, particles, change)}"
    else:
        target = s.child(verb, *_OBJECTS)
        if target is not None and target in used:
            object_ = noun_phrase(s, s.below(target, left), g.book, g.casing)
        of = s.child(verb, "prep")
        if target is None and token.lemma == "avail" and of is not None and s.low(of) == "of":
            object_ = noun_phrase(s, [i for i in s.below(of, left) if i != of], g.book, g.casing)
        words = s.say(late, change)
    base = base_form(token.text.lower(), token.lemma)
    if not base.replace("-", "").isalpha():
        return None
    return Deed(
        s.say(early, change), base, trimmed(words), object_, verb, used, len(_verbs(s, verb, used)) == 0
    )


def base_form(form: str, lemma: str) -> str:
    """The base form of a verb; the lemmatizer adds an e to hyphenated ones ("cross-traine")."""
    if "-" not in lemma:
        return lemma if lemma.isascii() else form
    first, _, last = lemma.rpartition("-")
    return f"{first}-{last[:-1]}" if last.endswith("e") and not is_verb(last) else lemma


def _patient(s: Sentence, verb: int) -> int | None:
    """The subject of a passive verb, or of the passive verb to which it is joined."""
    found = s.child(verb, "nsubjpass", "nsubj")
    if found is None and s.tokens[verb].dep == "conj":
        return s.child(s.tokens[verb].head, "nsubjpass", "nsubj")
    return found


def _after(s: Sentence, late: Sequence[int], particles: Sequence[int], change: dict[int, str]) -> str:
    return s.say([i for i in late if i not in particles], change)


def _helpers(s: Sentence, verb: int, g: Grammar) -> frozenset[int]:
    """Dependants of a verb that are no part of its act: subject, auxiliaries, what stands before the subject."""
    subject = s.child(verb, *SUBJECTS)
    first = min(s.below(subject)) if subject is not None and subject < verb else verb
    found = {kid for kid in s.kids[verb] if s.tokens[kid].dep in _HELPERS}
    for kid in s.kids[verb]:
        dep = s.tokens[kid].dep
        if kid < first and dep in (
            "advcl",
            "prep",
            "npadvmod",
            "advmod",
            "cc",
            "ccomp",
            "dep",
            "acomp",
            "pcomp",
        ):
            found.add(kid)
        if dep in ("advmod", "neg", "cc") and g.book.has("idle_adverbs", s.low(kid)):
            found.add(kid)
        if dep in ("conj", "parataxis", "ccomp") and _own_subject(s, kid) and (dep != "ccomp" or kid < verb):
            found.add(kid)
            found |= {j for j in s.kids[verb] if s.tokens[j].dep in ("cc", "punct") and verb < j < kid}
    return frozenset(found)


def _own_subject(s: Sentence, verb: int) -> bool:
    return any(s.tokens[kid].dep in SUBJECTS for kid in s.kids[verb])


def _verbs(s: Sentence, verb: int, used: Collection[int]) -> dict[int, str]:
    """The base forms of verbs that are joined to the first."""
    change: dict[int, str] = {}
    for at in sorted(used):
        token = s.tokens[at]
        if (
            at != verb
            and token.dep == "conj"
            and token.head in (verb, *change)
            and token.tag.startswith("VB")
        ):
            change[at] = token.lemma
    return change


def noun_deed(s: Sentence, indices: Collection[int], g: Grammar) -> Deed | None:
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
    on = next(
        (k for k in s.kids[head] if k in inside and s.low(k) in ("on", "about") and lemma == "decision"), None
    )
    if on is not None:
        return Deed("", "decide", s.say([i for i in chosen if i > on]), phrase, head, inside, name=phrase)
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


def _of(
    s: Sentence, head: int, lemma: str, inside: Collection[int], g: Grammar
) -> tuple[int | None, str | None]:
    """The preposition by which a noun of action takes its object, and the verb: "use of", "attendance at"."""
    table = g.book.table("deverbal")
    for kid in s.kids[head]:
        if kid in inside and s.tokens[kid].dep == "prep":
            verb = table.get(f"{lemma} {s.low(kid)}") or (table.get(lemma) if s.low(kid) == "of" else None)
            if verb:
                return kid, verb
    return None, None


def linear_deed(s: Sentence, span: Sequence[int], g: Grammar) -> Deed | None:
    """The act of words that begin with an -ing form, read without their grammar."""
    if not span or s.tokens[span[0]].tag != "VBG":
        return None
    base = base_form(s.low(span[0]), s.lemma(span[0]))
    return Deed("", base, s.say(span[1:]), None, span[0], frozenset(span))


def row_deed(s: Sentence, g: Grammar) -> Deed | None:
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


def within(s: Sentence, chosen: Sequence[int], head: int) -> list[int]:
    """The tokens on the head's side of the border between lead-in and item, and of a cell's border."""
    bars = [i for i in chosen if s.tokens[i].text == "|"]
    low = max([i + 1 for i in bars if i < head], default=0)
    high = min([i for i in bars if i > head], default=len(s.tokens))
    if 0 < s.own < len(s.tokens) and s.tokens[s.own].text[:1].isupper():
        low, high = (max(low, s.own), high) if head >= s.own else (low, min(high, s.own))
    return [i for i in chosen if low <= i < high]


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


def trimmed(words: str) -> str:
    """Words without joining words left hanging at their end or beginning."""
    text = tidy(words)
    changed = True
    while changed:
        changed = False
        for tail in _TAILS:
            if text.lower().endswith(tail):
                text = tidy(text[: -len(tail)])
                changed = True
    return text


def first_word(s: Sentence, at: int, g: Grammar) -> str:
    """A token as it is written inside a sentence."""
    return cased(s, at, g.casing)
