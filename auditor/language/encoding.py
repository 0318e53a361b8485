"""Tokens as one string that patterns can search: classes, form, lemma, tag, part of speech, dependency."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate
from types import MappingProxyType

from auditor.language.amounts import amounts, may_hold_amount
from auditor.language.lemmas import candidates, settle
from auditor.language.patterns import CLOSING, STOP, Alphabet, Pattern, Triggers, compile_pattern, is_plain
from auditor.model.reading import Token

Words = tuple[str, ...]
NO_SPELLING: Mapping[str, str] = MappingProxyType({})
DEPARTMENT = "i.t."
"""The lemma of "IT" in capitals, which the tagger takes for the pronoun."""

_STOPS = frozenset(".;:!?")
_CLOSERS = frozenset(".;:!?,)\"'”’")

AMOUNTS = ("amount", "amount-high", "amount-low", "amount-small", "amount-remedy")
"""Classes that no vocabulary lists: sums of money; at the limit or above; below it; below the small limit; at the limit
of what people may do for a customer, or above."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A clause (or heading) ready for patterns; ``starts`` are the offsets of its tokens in ``text``, ``keys`` the bits of
    the words and classes that it holds."""

    tokens: tuple[Token, ...]
    text: str
    starts: tuple[int, ...]
    keys: int
    classes: tuple[frozenset[str], ...]

    def matches(self, pattern: Pattern) -> Iterator[tuple[int, int, Mapping[str, tuple[int, int]]]]:
        """Token ranges of the matches of ``pattern``, with the ranges of its captures."""
        if not pattern.possible(self.keys):
            return
        for match in pattern.regex.finditer(self.text):
            if match.end() == match.start():
                continue
            roles = {
                role: (self.index(match.start(name)), self.index(match.end(name)))
                for name, role in pattern.roles
                if match.start(name) >= 0
            }
            yield self.index(match.start()), self.index(match.end()), roles

    def index(self, offset: int) -> int:
        """The index of the token that begins at or before ``offset``; one past the last at the end."""
        return len(self.starts) if offset >= len(self.text) else bisect_right(self.starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Sums in main currency units: from ``main`` money is material, from ``remedy`` also where it goes to a customer;
    below ``small`` a sum hardly settles anything."""

    main: float = 500.0
    remedy: float = 500.0
    small: float = 0.0


class Encoder:
    """Marks vocabulary classes on tokens; built once per pack. ``limits`` are the pack's options with the sums that
    bound the classes of amounts, ``spelling`` is the one that the parser was given (see ``parser.parse``)."""

    def __init__(
        self,
        vocabulary: Mapping[str, Sequence[str]],
        irregular: Mapping[str, frozenset[str]],
        limits: Limits = Limits(),
        spelling: Mapping[str, str] = NO_SPELLING,
    ) -> None:
        self._irregular = {**irregular, "it": irregular.get("it", frozenset()) | {DEPARTMENT}}
        self._limits, self._spelling = limits, spelling
        self._alphabet = Alphabet({*vocabulary, *AMOUNTS})
        # What a frame forbids is compiled once for all its forms.
        self._patterns: dict[str, Pattern] = {}
        self._codes = self._alphabet.classes
        # Remembered, for the words of a language are few: signs by form and lemma, lemmas by form.
        self._signs: dict[tuple[str, str], str] = {}
        self._guesses: dict[str, frozenset[str]] = {}
        self._single: dict[str, tuple[str, ...]] = {}
        self._plain: dict[tuple[str, str], list[tuple[Words, str]]] = {}
        self._by_longest: dict[str, list[tuple[Words, str]]] = {}
        for name, entries in vocabulary.items():
            for words in (tuple(entry.split()) for entry in entries if is_plain(entry)):
                if len(words) == 1:
                    self._single[words[0]] = (*self._single.get(words[0], ()), name)
                else:
                    self._plain.setdefault((words[0], words[1]), []).append((words, name))
                    self._by_longest.setdefault(max(words, key=len), []).append((words, name))
        self._shaped = [
            (name, self.compile(entry))
            for name, entries in vocabulary.items()
            for entry in entries
            if not is_plain(entry)
        ]
        self._triggers = Triggers([pattern for _, pattern in self._shaped])

    def compile(self, source: str) -> Pattern:
        """A pattern over this vocabulary; raises PatternError."""
        if source not in self._patterns:
            self._patterns[source] = compile_pattern(source, self._alphabet)
        return self._patterns[source]

    def possible_keys(self, words: Sequence[str]) -> tuple[frozenset[str], int]:
        """Every key (word or ``{class}``) that a text of these lower-case words may carry once parsed, and the
        bits of those that patterns need."""
        present: set[str] = set()
        for word in words:
            present |= self._lemmas(word)
        classes = {name for key in present for name in self._single.get(key, ())}
        classes |= {n for k in present for ws, n in self._by_longest.get(k, ()) if present.issuperset(ws)}
        classes |= set(AMOUNTS) if may_hold_amount(words) else set()
        keys = present | {f"{{{name}}}" for name in classes}
        mask = self._alphabet.mask(keys)
        waiting, fresh = set(self._triggers.always), keys
        while fresh:
            waiting |= self._triggers.of(fresh)
            possible = {at for at in waiting if self._shaped[at][1].possible(mask)}
            waiting -= possible
            fresh = {f"{{{self._shaped[at][0]}}}" for at in possible} - keys
            keys |= fresh
            mask |= self._alphabet.mask(fresh)
        return frozenset(keys), mask

    def _lemmas(self, word: str) -> frozenset[str]:
        if word not in self._guesses:
            self._guesses[word] = candidates(word, self._irregular)
        return self._guesses[word]

    def encode(self, tokens: tuple[Token, ...]) -> Encoded:
        """The tokens with their classes."""
        forms = [t.text.lower().replace("’", "'") for t in tokens]
        lemmas = [
            settle(f, t.lemma, t.pos, self._irregular, self._spelling)
            for f, t in zip(forms, tokens, strict=True)
        ]
        if any(t.text.islower() for t in tokens):
            lemmas = [DEPARTMENT if t.text == "IT" else word for t, word in zip(tokens, lemmas, strict=True)]
        marks: list[dict[str, str]] = [{} for _ in tokens]
        for start, pair in enumerate(zip(forms, lemmas, strict=True)):
            for key in set(pair):
                for name in self._single.get(key, ()):
                    self._mark(start, start + 1, name, marks)
                for after in {forms[start + 1], lemmas[start + 1]} if start + 1 < len(forms) else ():
                    for words, name in self._plain.get((key, after), ()):
                        self._mark_words(start, words, name, forms, lemmas, marks)
        self._mark_amounts(forms, marks)
        bases = [self._base(t, f, m) for t, f, m in zip(tokens, forms, lemmas, strict=True)]
        known = self._alphabet.mask((*forms, *lemmas))
        encoded = _assembled(tokens, bases, known, marks, self._alphabet)
        waiting = sorted(
            {*self._triggers.always, *self._triggers.of((*forms, *lemmas)), *self._marked(marks)}
        )
        while waiting:
            at = heappop(waiting)
            name, pattern = self._shaped[at]
            found = [(a, b) for a, b, _ in encoded.matches(pattern)]
            for a, b in found:
                self._mark(a, b, name, marks)
            if found:
                encoded = _assembled(tokens, bases, known, marks, self._alphabet)
                for later in self._triggers.of((f"{{{name}}}",)):
                    if later > at and later not in waiting:
                        heappush(waiting, later)
        return encoded

    def _mark_amounts(self, forms: Sequence[str], marks: list[dict[str, str]]) -> None:
        for one in amounts(forms):
            bands = ["amount", "amount-high" if one.value >= self._limits.main else "amount-low"]
            bands += ["amount-small"] if one.value < self._limits.small else []
            bands += ["amount-remedy"] if one.value >= self._limits.remedy else []
            for name in bands:
                self._mark(one.start, one.end, name, marks)

    def _marked(self, marks: Sequence[Mapping[str, str]]) -> set[int]:
        return self._triggers.of(f"{{{name}}}" for name in set().union(*marks))

    def _base(self, token: Token, form: str, lemma: str) -> str:
        """The signs of a token whatever its classes: punctuation first, then words, tag, part of speech, label."""
        known = self._alphabet.known
        # The bar between the cells of a table passes for a noun with the tagger.
        tag, pos = (":", "PUNCT") if form == "|" else (token.tag, token.pos)
        if (form, lemma) not in self._signs:
            wild = (s for s, r in self._alphabet.wild.items() if r.fullmatch(form) or r.fullmatch(lemma))
            first = (STOP if form in _STOPS else "") + (CLOSING if _CLOSERS.issuperset(form) else "")
            self._signs[form, lemma] = f"{first}{known(form)}{known(lemma)}{''.join(wild)}"
        return f"{self._signs[form, lemma]}{known(f'@{tag}')}{known(f'@{pos}')}{known(f'%{token.dep}')}"

    def _mark_words(
        self,
        start: int,
        words: Words,
        name: str,
        forms: Sequence[str],
        lemmas: Sequence[str],
        marks: list[dict[str, str]],
    ) -> None:
        end = start + len(words)
        if end <= len(forms) and all(w in (forms[i], lemmas[i]) for i, w in enumerate(words, start)):
            self._mark(start, end, name, marks)

    def _mark(self, start: int, end: int, name: str, marks: list[dict[str, str]]) -> None:
        begin, inside = self._codes[name]
        if marks[start].get(name) != inside:
            marks[start][name] = begin
        for i in range(start + 1, end):
            marks[i][name] = inside


def _assembled(
    tokens: tuple[Token, ...],
    bases: Sequence[str],
    words: int,
    marks: Sequence[Mapping[str, str]],
    alphabet: Alphabet,
) -> Encoded:
    pieces = [f"\x01{base}{''.join(mark.values())}\x03" for base, mark in zip(bases, marks, strict=True)]
    starts = tuple(accumulate((len(piece) for piece in pieces[:-1]), initial=0)) if pieces else ()
    classes = tuple(frozenset(mark) for mark in marks)
    keys = words | alphabet.mask(f"{{{name}}}" for name in frozenset().union(*classes))
    return Encoded(tokens, "".join(pieces), starts, keys, classes)
