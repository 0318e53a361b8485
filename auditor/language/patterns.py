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

One encoded token is ``\\x01 classes \\x02 form \\x02 lemma \\x02 tag \\x02 pos \\x02 dep \\x03``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_LEX = re.compile(
    r"<(?P<open>[a-z_]+):|(?P<close>>)|(?P<group>[!~]?\()|(?P<bar>(?<=\s)\|(?=\s))|(?P<endgroup>\))(?P<gop>[?*+]?)"
    r"|(?P<gap>\.\.\.|\.\.\d*)(?=\s|$)|(?P<edge>[\^$])(?=\s|$)|(?P<atom>[^\s()<>]+)|(?P<bad>\S)"
)
_WORD = "[^\x01\x02\x03]*"
_REST = "[^\x03]*\x03"
ANY_TOKEN = f"\x01{_REST}"
_INNER = f"\x01[^\x02]*\x02(?![.;:!?]\x02){_REST}"
Keys = frozenset[str]


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message says which element and why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. ``needs`` holds, for each element that cannot be left out, the keys (words and
    ``{class}`` names) of which a clause must have one."""

    source: str
    regex: re.Pattern[str]
    needs: tuple[Keys, ...]
    roles: tuple[tuple[str, str], ...]
    """Pairs of regex group name and role."""


@dataclass
class _Node:
    text: str
    needs: list[Keys]


class _Compiler:
    def __init__(self, source: str, code_of: Callable[[str], tuple[str, str]]) -> None:
        self.source, self.code_of = source, code_of
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
            rows[-1].text += node.text
            rows[-1].needs += node.needs
        if len(rows) == 1:
            return rows[0]
        return _Node("(?:" + "|".join(r.text for r in rows) + ")", _either(rows))

    def element(self, token: re.Match[str], kind: str) -> _Node:
        if kind == "open":
            return self.capture(token["open"])
        if kind == "group":
            return self.group(token["group"])
        if kind == "gap":
            return self.gap(token["gap"])
        if kind == "edge":
            closing = f"(?:\x01[^\x02]*\x02[.;:!?,)\"'”’]*\x02{_REST})*\\Z"
            return _Node("\\A" if token["edge"] == "^" else closing, [])
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
        return _Node(f"(?:{inner.text}){op}", [] if op in ("?", "*") else inner.needs)

    def gap(self, text: str) -> _Node:
        if text == "...":
            return _Node(f"(?:{ANY_TOKEN}){{0,40}}?", [])
        return _Node(f"(?:{_INNER}){{0,{text[2:] or 8}}}?", [])

    def atom(self, text: str) -> _Node:
        mark = text[0] if len(text) > 1 and text[0] in "!~" else ""
        body = text[1:] if mark else text
        op = body[-1] if len(body) > 1 and body[-1] in "?*+" and not re.fullmatch(r"[\w'’-]+\*", body) else ""
        body = body[: -len(op)] if op else body
        options = [self.option(part) for part in re.split(r"(?<!\\)\|", body)]
        inner = "|".join(regex for regex, _ in options)
        keys = [key for _, key in options]
        if mark == "~":
            return _Node(f"(?!{inner})", [])
        if mark == "!":
            return _Node(f"(?:(?!{inner}){ANY_TOKEN}){op}", [])
        certain = op not in ("?", "*") and all(keys)
        needs = [frozenset(k for k in keys if k)] if certain else []
        return _Node(f"(?:{inner}){op}", needs)

    def option(self, part: str) -> tuple[str, str]:
        """The regular expression for one alternative, and its key ("" where any token may do)."""
        if not part:
            raise self.fail("an empty alternative")
        if part[0] == "{":
            if part[-1] != "}":
                raise self.fail(f"{part!r} lacks its closing brace")
            begin, inside = self.code_of(part[1:-1])
            return f"\x01[^\x02]*{begin}{_REST}(?:\x01[^\x02]*{inside}{_REST})*+", part
        if part[0] == "@" and len(part) > 1:
            name = re.escape(part[1:])
            return f"\x01{_WORD}\x02{_WORD}\x02{_WORD}\x02(?:{name}\x02|{_WORD}\x02{name}\x02){_REST}", ""
        if part[0] == "%" and len(part) > 1:
            return f"\x01[^\x03]*\x02{re.escape(part[1:])}\x03", ""
        part = part.replace("\\|", "|")
        wild = "*" in part and len(part) > 1
        word = re.escape(part.lower()).replace(r"\*", _WORD) if wild else re.escape(part.lower())
        return f"\x01[^\x02]*\x02(?:{word}\x02|{_WORD}\x02{word}\x02){_REST}", "" if wild else part.lower()


def _either(rows: Sequence[_Node]) -> list[Keys]:
    """What a group of rows needs: one key out of the first need of every row, if all have one."""
    if all(row.needs for row in rows):
        best = [min(row.needs, key=len) for row in rows]
        return [frozenset().union(*best)]
    return []


def compile_pattern(source: str, code_of: Callable[[str], tuple[str, str]]) -> Pattern:
    """Compile ``source``; ``code_of`` gives the two characters of a vocabulary class, and raises PatternError
    for an unknown one."""
    compiler = _Compiler(source, code_of)
    node = compiler.row(())
    if compiler.at < len(compiler.tokens):
        raise compiler.fail(f"unexpected {compiler.tokens[compiler.at].group()!r}")
    return Pattern(source, re.compile(node.text), tuple(node.needs), tuple(compiler.roles))


def is_plain(entry: str) -> bool:
    """Whether a vocabulary entry is mere words, so that no pattern is needed."""
    return not re.search(r"[{}@%|()<>!~*?+^$]|\.\.", entry)


def class_codes(names: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Two private-use characters per class: one marks its first token, one the following ones."""
    return {name: (chr(0xE000 + 2 * i), chr(0xE001 + 2 * i)) for i, name in enumerate(sorted(names))}
