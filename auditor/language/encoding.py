"""Tokens as one string that patterns can search: classes, form, lemma, tag, part of speech, dependency."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.language.amounts import amounts, may_hold_amount
from auditor.language.lemmas import candidates, settle
from auditor.language.patterns import Pattern, PatternError, class_codes, compile_pattern, is_plain
from auditor.model.reading import Token

Words = tuple[str, ...]
DEPARTMENT = "i.t."
"""The lemma of "IT" in capitals, which the tagger takes for the pronoun."""

AMOUNTS = ("amount", "amount-high", "amount-low")
"""Classes that no vocabulary lists: sums of money; at the limit or above; below it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A clause (or heading) ready for patterns; ``starts`` are the offsets of its tokens in ``text``."""

    tokens: tuple[Token, ...]
    text: str
    starts: tuple[int, ...]
    keys: frozenset[str]
    classes: tuple[frozenset[str], ...]

    def matches(self, pattern: Pattern) -> Iterator[tuple[int, int, Mapping[str, tuple[int, int]]]]:
        """Token ranges of the matches of ``pattern``, with the ranges of its captures."""
        if any(need.isdisjoint(self.keys) for need in pattern.needs):
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


class Encoder:
    """Marks vocabulary classes on tokens; built once per pack. ``limit`` parts high amounts from low ones."""

    def __init__(
        self,
        vocabulary: Mapping[str, Sequence[str]],
        irregular: Mapping[str, frozenset[str]],
        limit: float = 500.0,
    ) -> None:
        self._irregular = {**irregular, "it": irregular.get("it", frozenset()) | {DEPARTMENT}}
        self._limit = limit
        self._codes = class_codes(tuple({*vocabulary, *AMOUNTS}))
        self._plain: dict[str, list[tuple[Words, str]]] = {}
        self._shaped: list[tuple[str, Pattern]] = []
        for name, entries in vocabulary.items():
            for entry in entries:
                if is_plain(entry):
                    words = tuple(entry.split())
                    self._plain.setdefault(words[0], []).append((words, name))
        for name, entries in vocabulary.items():
            self._shaped += [(name, self.compile(e)) for e in entries if not is_plain(e)]

    def compile(self, source: str) -> Pattern:
        """A pattern over this vocabulary; raises PatternError."""
        return compile_pattern(source, self._code)

    def _code(self, name: str) -> tuple[str, str]:
        if name not in self._codes:
            raise PatternError(f"unknown class {{{name}}}")
        return self._codes[name]

    def possible_keys(self, words: Sequence[str]) -> frozenset[str]:
        """Every key (word or ``{class}``) that a text of these lower-case words may carry once parsed."""
        forms = [candidates(word, self._irregular) for word in words]
        keys = set().union(*forms) if forms else set()
        present = frozenset(keys)
        keys |= {f"{{{n}}}" for k in present for ws, n in self._plain.get(k, ()) if present.issuperset(ws)}
        keys |= {f"{{{name}}}" for name in AMOUNTS} if may_hold_amount(words) else set()
        grown = True
        while grown:
            grown = False
            for name, pattern in self._shaped:
                key = f"{{{name}}}"
                if key not in keys and not any(need.isdisjoint(keys) for need in pattern.needs):
                    keys.add(key)
                    grown = True
        return frozenset(keys)

    def encode(self, tokens: tuple[Token, ...]) -> Encoded:
        """The tokens with their classes."""
        forms = [t.text.lower().replace("’", "'") for t in tokens]
        lemmas = [settle(f, t.lemma, t.pos, self._irregular) for f, t in zip(forms, tokens, strict=True)]
        if any(t.text.islower() for t in tokens):
            lemmas = [DEPARTMENT if t.text == "IT" else word for t, word in zip(tokens, lemmas, strict=True)]
        marks: list[dict[str, str]] = [{} for _ in tokens]
        for start in range(len(tokens)):
            for key in {forms[start], lemmas[start]}:
                for words, name in self._plain.get(key, ()):
                    self._mark_words(start, words, name, forms, lemmas, marks)
        for one in amounts(forms):
            self._mark(one.start, one.end, "amount", marks)
            band = "amount-high" if one.value >= self._limit else "amount-low"
            self._mark(one.start, one.end, band, marks)
        encoded = self._assemble(tokens, forms, lemmas, marks)
        for name, pattern in self._shaped:
            found = [(a, b) for a, b, _ in encoded.matches(pattern)]
            for a, b in found:
                self._mark(a, b, name, marks)
            if found:
                encoded = self._assemble(tokens, forms, lemmas, marks)
        return encoded

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

    def _assemble(
        self,
        tokens: tuple[Token, ...],
        forms: Sequence[str],
        lemmas: Sequence[str],
        marks: Sequence[Mapping[str, str]],
    ) -> Encoded:
        pieces, starts, at = [], [], 0
        keys: set[str] = set()
        for token, form, lemma, mark in zip(tokens, forms, lemmas, marks, strict=True):
            classes = "".join(sorted(mark.values()))
            # The bar between the cells of a table passes for a noun with the tagger.
            tag, pos = (":", "PUNCT") if form == "|" else (token.tag, token.pos)
            piece = f"\x01{classes}\x02{form}\x02{lemma}\x02{tag}\x02{pos}\x02{token.dep}\x03"
            starts.append(at)
            pieces.append(piece)
            at += len(piece)
            keys.update((form, lemma))
            keys.update(f"{{{name}}}" for name in mark)
        classes_of = tuple(frozenset(mark) for mark in marks)
        return Encoded(tokens, "".join(pieces), tuple(starts), frozenset(keys), classes_of)
