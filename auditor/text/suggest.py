"""The nearest known word for a mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def suggestion(word: str, known: Iterable[str]) -> str:
    """`` (did you mean "x"?)`` for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f' (did you mean "{near[0]}"?)' if near else ""
