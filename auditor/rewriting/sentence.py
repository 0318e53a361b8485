"""A reading as a tree that can be walked and printed in parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from auditor.model.reading import Reading, Token

_SPACED = re.compile(r"\s+([,.;:!?)\]}%’']|n[’']t\b)")
_OPENED = re.compile(r"([(\[{])\s+")
_DOUBLED = re.compile(r"([,;:])(\s*[,;:])+")
_MARKER = re.compile(
    r"(?:\(?\d+(?:\.\d+)+\)?|\(?(?:\d{1,2}|[a-zA-Z]|[ivxlcIVXLC]{1,7})[.)]|[-•–—*‣▪])\s+(?=\S)"
    r"|(?:important\s+)?notes?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_AFTER_LEAVE = frozenset(
    [
        "without",
        "of",
        "during",
        "for",
        "with",
        "is",
        "must",
        "may",
        "shall",
        "in",
        "policy",
        "application",
        "request",
        "from",
        "on",
    ]
)
_ENDS = " ,;:–—-|&/"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a clause with its lead-in. ``own`` is the index of the clause's first own token, ``kids`` the
    dependants of each token in order.
    """

    text: str
    tokens: tuple[Token, ...]
    kids: tuple[tuple[int, ...], ...]
    own: int
    start: int = 0
    """The offset in ``text`` at which the clause's own text begins."""
    marker: str = ""
    """The enumerator with which the clause begins ("2.11 ", "- "); ``own`` stands after it."""
    passed: frozenset[int] = frozenset()
    """The tokens of that enumerator, which are part of no phrase."""

    def below(self, top: int, without: Collection[int] = ()) -> tuple[int, ...]:
        """The indices of a token and all that hangs on it, in order, but not ``without`` and what hangs there."""
        found, todo = [], [top]
        while todo:
            at = todo.pop()
            found.append(at)
            todo += [kid for kid in self.kids[at] if kid not in without]
        return tuple(sorted(set(found) - self.passed or set(found)))

    def above(self, at: int) -> Iterable[int]:
        """The heads of a token, the nearest first."""
        seen = {at}
        while self.tokens[at].head not in seen:
            at = self.tokens[at].head
            seen.add(at)
            yield at

    def child(self, at: int, *deps: str) -> int | None:
        """The first dependant with one of these labels."""
        return next((kid for kid in self.kids[at] if self.tokens[kid].dep in deps), None)

    def children(self, at: int, *deps: str) -> tuple[int, ...]:
        """All dependants with one of these labels."""
        return tuple(kid for kid in self.kids[at] if self.tokens[kid].dep in deps)

    def low(self, at: int) -> str:
        """The token's form in lower case."""
        return self.tokens[at].text.lower().replace("’", "'")

    def lemma(self, at: int) -> str:
        """The token's lemma."""
        return self.tokens[at].lemma

    def say(self, indices: Iterable[int], change: dict[int, str] | None = None) -> str:
        """The words of some tokens as running text; ``change`` gives other words for some ("" leaves one out)."""
        change = change or {}
        pieces: list[str] = []
        last: int | None = None
        for at in sorted(set(indices)):
            word = change.get(at, self.tokens[at].text)
            if not word:
                continue
            if last is not None:
                near = last == at - 1 and self.tokens[last].end == self.tokens[at].start
                pieces.append("" if near else " ")
            pieces.append(word)
            last = at
        return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Single spaces, none before closing punctuation, no doubled or hanging commas, no bracket left open."""
    text = _DOUBLED.sub(r"\1", " ".join(text.split()))
    text = _OPENED.sub(r"\1", _SPACED.sub(r"\1", text)).strip(_ENDS)
    for opening, closing in ("()", "[]", "“”"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return " ".join(text.split()).strip(_ENDS)


def sentence_of(reading: Reading) -> Sentence:
    """The tree of a reading."""
    tokens = tuple(_repaired(reading.tokens, at) for at in range(len(reading.tokens)))
    kids: list[list[int]] = [[] for _ in tokens]
    for at, token in enumerate(tokens):
        if token.head != at:
            kids[token.head].append(at)
    found = _MARKER.match(reading.text[reading.own :])
    marker = found[0] if found else ""
    begin = reading.own + len(marker)
    own = next((i for i, t in enumerate(reading.tokens) if t.start >= begin), len(reading.tokens))
    for at, token in enumerate(reading.tokens):
        if token.text.lower() == "subject" and any(reading.tokens[k].text == "to" for k in kids[at]):
            _reattach(reading.tokens, kids, at)
    passed = frozenset(i for i in range(own) if reading.tokens[i].start >= reading.own)
    branches = tuple(tuple(k) for k in kids)
    return Sentence(reading.text, tokens, branches, own, reading.own, marker, passed)


def _repaired(tokens: tuple[Token, ...], at: int) -> Token:
    """The noun "leave", which the tagger often takes for a verb."""
    token = tokens[at]
    if token.text.lower() != "leave" or not token.tag.startswith("VB"):
        return token
    before = tokens[at - 1].pos if at else ""
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    noun = before in ("NOUN", "ADJ", "NUM") or (token.text[0].isupper() and after in _AFTER_LEAVE)
    return replace(token, tag="NN", pos="NOUN") if noun else token


def _reattach(tokens: tuple[Token, ...], kids: list[list[int]], at: int) -> None:
    """In "take leave subject to …" the parser often hangs "leave" on "subject": hang it one higher."""
    moved = [k for k in kids[at] if k < at and tokens[k].dep in ("compound", "nmod", "amod", "det", "nsubj")]
    above = tokens[at].head
    if moved and above != at:
        kids[at] = [k for k in kids[at] if k not in moved]
        kids[above] = sorted([*kids[above], *moved])
