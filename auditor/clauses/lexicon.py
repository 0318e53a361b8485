"""Word lists for cutting text, read from this package's data files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the cutter knows of words; the data files say what each set means."""

    inner: frozenset[str]
    number: frozenset[str]
    either: frozenset[str]
    clock: frozenset[str]
    title: frozenset[str]
    starter: frozenset[str]
    dangling: frozenset[str]
    announcing: frozenset[str]
    after_clock: frozenset[str]


def _sections(name: str, by_line: bool) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    current = ""
    for line in files("auditor.clauses").joinpath("data", name).read_text("utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif line and not line.startswith("#"):
            found.setdefault(current, set()).update([line.strip()] if by_line else line.split())
    return {key: frozenset(words) for key, words in found.items()}


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    return Lexicon(**_sections("abbreviations.txt", True), **_sections("words.txt", False))
