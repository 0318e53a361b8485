"""A rewrite as replacements of ranges of the clause's text."""

from __future__ import annotations

import difflib
import re

from auditor.model.finding import Edit

_PIECES = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_NEAR = 2
"""Unchanged pieces between two changes that are too few to be worth keeping apart."""


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Replacements that make ``new`` of ``old``, by whole words, in order and without overlap."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    at = [0]
    for piece in before:
        at.append(at[-1] + len(piece))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if changes and a - changes[-1][1] <= _NEAR:
            first = changes.pop()
            changes.append((first[0], b, first[2], d))
        else:
            changes.append((a, b, c, d))
    return tuple(Edit(at[a], at[b], "".join(after[c:d])) for a, b, c, d in changes)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """``text`` after its edits."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
