"""Acts: what is done to what, as a verb phrase in its base form, whatever form the clause gives it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from auditor.rewriting.forms import Phrase, gerund, is_verb
from auditor.rewriting.nouns import Casing, grants, noun_phrase
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
    above: dict[int, tuple[Sentence, list[tuple[int, int]]]] = field(default_factory=dict)
    """Ranges of persons above, remembered by sentence."""


def verb_deed(s: Sentence, verb: int, g: Grammar, without: Collection[int] = ()) -> Deed | None:
    """The act of a verb: active, passive (its subject becomes the object), gerund or infinitive.

    ``without`` are tokens to leave out with all that hangs on them.
    """
    token = s.tokens[verb]
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        return None
    left = frozenset(without) | _helpers(s, verb, g)
    used = frozenset(s.below(verb, left))
    closing = max(used) + 1
    if (
        any(s.tokens[i].text == "(" for i in used)
        and closing < len(s.tokens)
        and s.tokens[closing].text == ")"
    ):
        used |= {closing}
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
        used |= frozenset(s.below(subject, without))
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
