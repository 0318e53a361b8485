"""Lines that introduce the items below them, and items that stand inside a line."""

from __future__ import annotations

import re

from auditor.clauses.lexicon import lexicon
from auditor.model.location import Span

_ENUMERATOR = re.compile(
    r"(?:(?<=\s)|^)(\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z]|[ivx]{1,4})\))\s+(?=\S)"
)
_INLINE_WORDS = 40
_LABEL_WORDS = 5


def introduces(text: str) -> bool:
    """Whether ``text``, which stands right above list items, is their lead-in.

    It is when it ends in a colon or dash, announces them ("the following", "as follows"), stops short, or
    is a label of a few words. A whole sentence without its stop is none: it must be audited for itself.
    """
    bare = text.rstrip("\"'”’ )")
    if bare.endswith((":", ":-", "–", "—", "…", "...")):
        return True
    words = re.findall(r"[\w’'-]+", bare.lower())
    if not words:
        return False
    if bare.endswith((".", "!", "?", ";")):
        return not bare.endswith("?") and bool(lexicon().announcing.intersection(words))
    return words[-1] in lexicon().dangling or len(words) <= _LABEL_WORDS


def dangles(text: str) -> bool:
    """Whether ``text`` cannot stand alone: it ends in a colon or in a word that wants another."""
    bare = text.rstrip("\"'”’ )")
    words = re.findall(r"[\w’'-]+", bare.lower())
    return bare.endswith(":") or (bool(words) and bare[-1].isalnum() and words[-1] in lexicon().dangling)


def enumeration(text: str) -> tuple[Span, tuple[tuple[str, Span], ...]] | None:
    """A long sentence that counts its parts, "… must: (1) …; (2) …; or (3) …": its lead-in and parts.

    None unless the marks run on from the first of their kind and the sentence is long enough that
    reading it in parts helps.
    """
    marks = _run(list(_ENUMERATOR.finditer(text)))
    if len(marks) < 2 or len(text.split()) < _INLINE_WORDS:
        return None
    lead = text[: marks[0].start()].rstrip()
    if len(lead.split()) < 2:
        return None
    parts = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)].rstrip()
        if len(body.split()) < 2:
            return None
        parts.append((mark.group(1), Span(mark.end(), mark.end() + len(body))))
    return Span(0, len(lead)), tuple(parts)


def _run(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count on from the first: 1, 2, 3 or a, b, c or i, ii, iii."""
    for series in (
        [str(n) for n in range(1, 40)],
        [chr(97 + n) for n in range(26)],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
    ):
        chosen: list[re.Match[str]] = []
        for mark in marks:
            if len(chosen) < len(series) and mark.group(1).strip("()") == series[len(chosen)]:
                chosen.append(mark)
        if len(chosen) > 1:
            return chosen
    return []
