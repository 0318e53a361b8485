"""What a pack knows of wording, ready for use: guides and fallbacks compiled, word lists as sets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import PackError
from auditor.model.rule import Cut, RulePack, Test, Wording
from auditor.rewriting.templates import Template, TemplateError, compile_template

_SUPERIORS = ("line", "executive", "hr", "committee", "gatekeeper", "superior")
_EMPTY: frozenset[str] = frozenset()
_LOOKAHEAD = re.compile(r"\s~(?:\([^)]*\)|\S+)")


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """One wording: its compiled text, the slots it needs, when it may be used, and how ready it is."""

    template: Template
    needs: frozenset[str]
    when: tuple[Test, ...]
    applicability: str


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How one rule's rewrites are made: where the act is looked for, what is cut, which wordings are tried."""

    seek: str
    cut: tuple[Cut, ...]
    wordings: tuple[Sentences, ...]
    advice: tuple[Sentences, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Phrasebook:
    """A pack's wordings. ``people`` are the last words of nouns that name persons, ``superiors`` whole phrases, as
    tuples of words, that name persons above, and ``chiefs`` their usual last words; ``known`` are words that are no
    names.
    """

    plans: Mapping[str, Plan]
    words: Mapping[str, frozenset[str]]
    order: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Mapping[str, str]]
    people: frozenset[str]
    superiors: frozenset[tuple[str, ...]]
    chiefs: frozenset[str]
    known: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in a list."""
        return word in self.words.get(name, _EMPTY)

    def phrases(self, name: str) -> tuple[str, ...]:
        """A list in the order in which it was written."""
        return self.order.get(name, ())

    def table(self, name: str) -> Mapping[str, str]:
        """A table of word pairs."""
        return self.tables.get(name, {})


_compiled: dict[tuple[str, int], Phrasebook] = {}


def phrasebook(pack: RulePack) -> Phrasebook:
    """The phrasebook of a pack; raises PackError naming each wording that is wrong."""
    # Settings may add words to a pack without changing its files.
    key = (pack.sha256, sum(len(entries) for entries in pack.vocabulary.values()))
    known = _compiled.get(key)
    if known is None:
        known = _compiled[key] = _compile(pack)
    return known


def _compile(pack: RulePack) -> Phrasebook:
    problems: list[str] = []
    phrasing = pack.phrasing
    fallback = _sentences("fallback", phrasing.fallback, problems)
    plans = {}
    ranks = {rule: rank for rank, rule in enumerate(phrasing.guides)}
    for rule in sorted(pack.rules, key=lambda one: ranks.get(one.id, len(ranks))):
        guide = phrasing.guides.get(rule.id)
        own = _sentences(rule.id, rule.wordings, problems)
        first = _sentences(rule.id, guide.wordings, problems) if guide else ()
        advised = guide.advice if guide and guide.advice else rule.advice
        advice = _sentences(rule.id, advised, problems)
        seek, cut = (guide.seek, guide.cut) if guide else ("plain", ())
        plans[rule.id] = Plan(seek, cut, (*first, *own, *fallback), advice)
    if problems:
        raise PackError(tuple(problems))
    superiors = frozenset(words for name in _SUPERIORS for words in _plain(pack.vocabulary.get(name, ())))
    staff = frozenset(words[-1] for words in _plain(pack.vocabulary.get("staff", ())))
    chiefs = frozenset(phrasing.words.get("chiefs", ()))
    single = (words[0] for words in superiors if len(words) == 1)
    people = frozenset((*staff, *chiefs, *single, *phrasing.words.get("people", ()))) - {"authority"}
    lists = (*pack.vocabulary.values(), *phrasing.words.values(), *phrasing.tables.values())
    known = frozenset(word for entries in lists for entry in entries for word in entry.split())
    return Phrasebook(
        plans,
        {name: frozenset(entries) for name, entries in phrasing.words.items()},
        phrasing.words,
        phrasing.tables,
        people,
        superiors,
        chiefs,
        known,
    )


def _plain(entries: Sequence[str]) -> list[tuple[str, ...]]:
    """Entries that are rows of words, alternatives written out; patterns that need a parse are left out."""
    found: list[tuple[str, ...]] = []
    for entry in entries:
        row = _LOOKAHEAD.sub("", entry).split()
        if row and not any(set(element) & set("@{}()?*+<>%!~.") for element in row):
            found += itertools.product(*(element.split("|") for element in row))
    return found


def _sentences(label: str, wordings: Sequence[Wording], problems: list[str]) -> tuple[Sentences, ...]:
    found = []
    for wording in wordings:
        try:
            template = compile_template(wording.text)
        except TemplateError as error:
            problems.append(f"wording of {label}: {error}: {wording.text!r}")
            continue
        needs = template.needs | frozenset(wording.needs)
        found.append(Sentences(template, needs, wording.when, wording.applicability))
    return tuple(found)
