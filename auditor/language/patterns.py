"""The pattern language of vocabulary and frames, compiled to regular expressions over encoded tokens.

A pattern is a row of elements separated by spaces:

===================  =======================================================================
``approve``          a word: its form or its lemma, lower case (``un*`` and ``*able`` are wild)
``{superior}``       an entry of a vocabulary class (one or more tokens)
``\\|``               the bar between the cells of a table row
``@VBN`` ``@NOUN``   a Penn tag or a Universal part of speech
``%nsubj``           a dependency label
``a|{b}|@VB``        any of these
``( a b | c d )``    a group of rows
``x?`` ``x*`` ``x+`` optional, any number, one or more
``!x``               one token that is not x
``~x``               here does not begin x (consumes nothing)
``..`` ``..3``       up to eight (three) tokens, none of them ``. ; : ! ?``
``...``              up to forty tokens of any kind
``<approver: … >``   capture the tokens as a role
``^`` ``$``          beginning and end (final punctuation set aside)
===================  =======================================================================

Each word, tag, label and class that a pattern names has a *sign*, one character of a private range, and a token is
written as the signs it bears: ``\\x01 signs \\x03``, the first being ``\\x04`` for a full stop and its like and ``\\x05``
for a mark that may close a clause. So a choice of a hundred words is one character class, which compiles and runs fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

_LEX = re.compile(
    r"<(?P<open>[a-z_]+):|(?P<close>>)|(?P<group>[!~]?\()|(?P<bar>(?<=\s)\|(?=\s))|(?P<endgroup>\))(?P<gop>[?*+]?)"
    r"|(?P<gap>\.\.\.|\.\.\d{0,2})(?=\s|$)|(?P<edge>[\^$])(?=\s|$)|(?P<atom>[^\s()<>]+)|(?P<bad>\S)"
)
_SHAPED = re.compile(r"[{}@%|()<>!~*?+^$]|\.\.")
STOP, CLOSING = "\x04", "\x05"
"""Signs of tokens that end a sentence or a part of it, and of those that may stand behind the last word."""
_REST = "[^\x03]*\x03"
ANY_TOKEN = f"\x01{_REST}"
_INNER = f"\x01[^\x03{STOP}]*\x03"
_LAST = f"(?:\x01[^\x03]*{CLOSING}{_REST})*\\Z"
Keys = frozenset[str]
_FREQUENT = """
    a an the be is are do have has not no and or of to in on at for by with as any all may must shall can will it
    you your their his her our we {staff} {superior} {customer} {oblige} {company} {outsider}
"""
_COMMON = frozenset(_FREQUENT.split())
"""Words and classes that most clauses hold, so that they single out few patterns."""


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message says which element and why."""


class Alphabet:
    """Signs and key bits for everything that patterns name; grows while a pack is compiled, then is only read."""

    def __init__(self, classes: Iterable[str]) -> None:
        self._signs: dict[str, str] = {}
        self._bits: dict[str, int] = {}
        self.classes = {name: (self.sign(f"{{{name}"), self.sign(f"{name}}}")) for name in sorted(classes)}
        """Two signs per class: of its first token, and of the following ones."""
        self.atoms: dict[str, _Node] = {}
        self.wild: dict[str, re.Pattern[str]] = {}
        """Regular expressions of the words with a wild part, by their sign."""

    def sign(self, key: str) -> str:
        """The sign of a word, ``@tag`` or ``%label``."""
        if key not in self._signs:
            at = len(self._signs)
            # The private use areas: 6,400 signs, then twice 65,534.
            self._signs[key] = chr(0xE000 + at) if at < 0x1900 else chr(0xF0000 + at - 0x1900)
        return self._signs[key]

    def known(self, key: str) -> str:
        """The sign of a word, tag or label that some pattern names, "" for any other."""
        return self._signs.get(key, "")

    def wild_sign(self, word: str) -> str:
        """The sign of a word with a wild part."""
        sign = self.sign(f"*{word}")
        if sign not in self.wild:
            self.wild[sign] = re.compile(re.escape(word).replace(r"\*", ".*"), re.S)
        return sign

    def bit(self, key: str) -> int:
        """The bit of a key (a word or ``{class}``)."""
        return self._bits.setdefault(key, 1 << len(self._bits))

    def mask(self, keys: Iterable[str]) -> int:
        """The bits of those ``keys`` that some pattern needs."""
        get, mask = self._bits.get, 0
        for key in keys:
            mask |= get(key, 0)
        return mask


@dataclass(frozen=True)
class Pattern:
    """A pattern over an alphabet. ``needs`` holds, for each element that cannot be left out, the bits of the keys
    (words and ``{class}`` names) of which a clause must have one; ``roles`` pairs regex group names with roles."""

    source: str
    text: str
    needs: tuple[int, ...]
    roles: tuple[tuple[str, str], ...]
    triggers: Keys
    """The keys of the rarest need: a text without any of them cannot match; none where any text might."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when a text first needs it: most texts need few."""
        return re.compile(self.text)

    def possible(self, keys: int) -> bool:
        """Whether a text with these keys (bits) could match."""
        for need in self.needs:  # noqa: SIM110  # asked some 400,000 times per document; a loop takes half
            if not need & keys:
                return False
        return True


@dataclass
class _Node:
    text: str
    needs: list[Keys]
    signs: str = ""
    """The signs of which the one token must bear one, where the node is no more than that."""


def _ranges(signs: Sequence[str]) -> str:
    """Signs for a character class, neighbours as a range: shorter, and compiled faster."""
    runs: list[list[str]] = []
    for sign in signs:
        if runs and ord(sign) == ord(runs[-1][-1]) + 1:
            runs[-1].append(sign)
        else:
            runs.append([sign])
    return "".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else "".join(run) for run in runs)


def _one_of(signs: str) -> str:
    """A token that bears one of some signs."""
    chosen = _ranges(sorted(set(signs))) if len(signs) > 1 else signs
    return f"\x01[^\x03]*{chosen if len(chosen) == 1 else f'[{chosen}]'}{_REST}"


class _Compiler:
    def __init__(self, source: str, alphabet: Alphabet) -> None:
        self.source, self.alphabet = source, alphabet
        self.tokens = list(_LEX.finditer(source))
        self.at = 0
        self.roles: list[tuple[str, str]] = []

    def fail(self, what: str) -> PatternError:
        return PatternError(f"pattern {self.source!r}: {what}")

    def row(self, closers: tuple[str, ...]) -> _Node:
        """Alternatives up to a closer."""
        rows: list[_Node] = [_Node("", [])]
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            kind = token.lastgroup if token.lastgroup != "gop" else "endgroup"
            if kind in closers:
                break
            self.at += 1
            if kind == "bar":
                rows.append(_Node("", []))
                continue
            node = self.element(token, kind or "")
            rows[-1].signs = node.signs if not rows[-1].text else ""
            rows[-1].text += node.text
            rows[-1].needs += node.needs
        if len(rows) == 1:
            return rows[0]
        needs, texts = _either(rows), _merged(rows)
        if len(texts) == 1 and all(row.signs for row in rows):
            return _Node(texts[0], needs, "".join(row.signs for row in rows))
        return _Node("(?:" + "|".join(texts) + ")", needs)

    def element(self, token: re.Match[str], kind: str) -> _Node:
        if kind == "open":
            return self.capture(token["open"])
        if kind == "group":
            return self.group(token["group"])
        if kind == "gap":
            return self.gap(token["gap"])
        if kind == "edge":
            return _Node("\\A" if token["edge"] == "^" else _LAST, [])
        if kind == "atom":
            return self.atom(token["atom"])
        raise self.fail(f"unexpected {token.group()!r}")

    def capture(self, role: str) -> _Node:
        name = f"r{len(self.roles)}"
        self.roles.append((name, role))
        inner = self.row(("close",))
        if self.at >= len(self.tokens):
            raise self.fail(f"<{role}: is never closed")
        self.at += 1
        return _Node(f"(?P<{name}>{inner.text})", inner.needs)

    def group(self, opener: str) -> _Node:
        inner = self.row(("endgroup",))
        if self.at >= len(self.tokens):
            raise self.fail("a group is never closed")
        op = self.tokens[self.at]["gop"] or ""
        self.at += 1
        if opener[0] == "~":
            return _Node(f"(?!{inner.text})", [])
        if opener[0] == "!":
            return _Node(f"(?:(?!{inner.text}){ANY_TOKEN}){op}", [])
        needs = [] if op in ("?", "*") else inner.needs
        return _Node(f"(?:{inner.text}){op}", needs, "" if op else inner.signs)

    def gap(self, text: str) -> _Node:
        if text == "...":
            return _Node(f"(?:{ANY_TOKEN}){{0,40}}?", [])
        return _Node(f"(?:{_INNER}){{0,{text[2:] or 8}}}?", [])

    def atom(self, text: str) -> _Node:
        """One atom; patterns share most of theirs, so each is built once per alphabet."""
        atoms = self.alphabet.atoms
        if text not in atoms:
            atoms[text] = self._atom(text)
        node = atoms[text]
        return _Node(node.text, list(node.needs), node.signs)

    def _atom(self, text: str) -> _Node:
        mark = text[0] if len(text) > 1 and text[0] in "!~" else ""
        body = text[1:] if mark else text
        op = body[-1] if len(body) > 1 and body[-1] in "?*+" and not re.fullmatch(r"[\w'’-]+\*", body) else ""
        body = body[: -len(op)] if op else body
        options = [self.option(part) for part in re.split(r"(?<!\\)\|", body)]
        inner, signs = _joined(options)
        keys = [key for _, _, key in options]
        if mark == "~":
            return _Node(f"(?!{inner})", [])
        if mark == "!":
            return _Node(f"(?:(?!{inner}){ANY_TOKEN}){op}", [])
        certain = op not in ("?", "*") and all(keys)
        needs = [frozenset(k for k in keys if k)] if certain else []
        return _Node(f"(?:{inner}){op}" if op or not signs else inner, needs, "" if op else signs)

    def option(self, part: str) -> tuple[str, str, str]:
        """One alternative: its sign ("" where it may be several tokens), its regular expression, and its key
        ("" where any token may do)."""
        if not part:
            raise self.fail("an empty alternative")
        if part[0] == "{":
            if part[-1] != "}":
                raise self.fail(f"{part!r} lacks its closing brace")
            if part[1:-1] not in self.alphabet.classes:
                raise self.fail(f"unknown class {part}")
            begin, inside = self.alphabet.classes[part[1:-1]]
            return "", f"{_one_of(begin)}(?:{_one_of(inside)})*+", part
        if part[0] in "@%" and len(part) > 1:
            sign = self.alphabet.sign(part)
            return sign, _one_of(sign), ""
        word = part.replace("\\|", "|").lower()
        wild = "*" in word and len(word) > 1
        sign = self.alphabet.wild_sign(word) if wild else self.alphabet.sign(word)
        return sign, _one_of(sign), "" if wild else word


def _joined(options: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Alternatives as one regular expression, and their signs if all are single tokens."""
    texts: list[str] = []
    for single, group in groupby(options, key=lambda option: bool(option[0])):
        own = list(group)
        texts += [_one_of("".join(sign for sign, _, _ in own))] if single else [text for _, text, _ in own]
    signs = "".join(sign for sign, _, _ in options) if all(sign for sign, _, _ in options) else ""
    return "|".join(texts), signs


def _merged(rows: Sequence[_Node]) -> list[str]:
    """The texts of rows, neighbours that are single tokens made one."""
    texts: list[str] = []
    for single, group in groupby(rows, key=lambda row: bool(row.signs)):
        own = list(group)
        texts += [_one_of("".join(row.signs for row in own))] if single else [row.text for row in own]
    return texts


def _either(rows: Sequence[_Node]) -> list[Keys]:
    """What a group of rows needs: one key out of the first need of every row, if all have one."""
    if all(row.needs for row in rows):
        best = [min(row.needs, key=len) for row in rows]
        return [frozenset().union(*best)]
    return []


def compile_pattern(source: str, alphabet: Alphabet) -> Pattern:
    """Compile ``source`` over an alphabet, which takes up what is new in it. Raises PatternError."""
    compiler = _Compiler(source, alphabet)
    node = compiler.row(())
    if compiler.at < len(compiler.tokens):
        raise compiler.fail(f"unexpected {compiler.tokens[compiler.at].group()!r}")
    needs = tuple(sum({alphabet.bit(key) for key in need}) for need in node.needs)
    rarest = min(node.needs, key=_commonness, default=frozenset())
    return Pattern(source, node.text, needs, tuple(compiler.roles), rarest)


def _commonness(need: Keys) -> int:
    return len(need) + 40 * len(need & _COMMON)


class Triggers:
    """Finds, among many patterns, the few that a text's keys let be tried."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        found: dict[str, list[int]] = {}
        for at, pattern in enumerate(patterns):
            for key in pattern.triggers:
                found.setdefault(key, []).append(at)
        self._by_key = {key: tuple(at) for key, at in found.items()}
        self.always = tuple(at for at, pattern in enumerate(patterns) if not pattern.triggers)
        """The indices of patterns that any text might match."""

    def of(self, keys: Iterable[str]) -> set[int]:
        """The indices of the patterns that one of ``keys`` (words and ``{class}`` names) triggers."""
        found: set[int] = set()
        for key in keys:
            found.update(self._by_key.get(key, ()))
        return found


def is_plain(entry: str) -> bool:
    """Whether a vocabulary entry is mere words, so that no pattern is needed."""
    return not _SHAPED.search(entry)
