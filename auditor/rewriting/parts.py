"""The parts of a clause that a rewrite leaves as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from auditor.model.finding import Finding
from auditor.model.reading import Reading
from auditor.rewriting.candidates import Frame
from auditor.rewriting.sentence import Sentence

_WORTH = 6
"""Tokens from which on a part that nobody flagged is worth keeping."""
_OPEN_ENDS = ("provided", "that", "if", "unless", "thus", "because", "when", "while", "though")
_LEANING = ("you", "it", "they", "he", "she", "this", "that", "then", "don't", "do", "get")
"""First words of parts that say nothing by themselves."""


def frame_of(
    finding: Finding, every: Iterable[Finding], reading: Reading, s: Sentence, evidence: Iterable[int]
) -> tuple[Frame, tuple[int, ...]]:
    """What stays before and after the flagged parts, and the tokens of the flagged parts themselves."""
    clause = finding.clause
    flagged = {fact.part for fact in finding.premises if fact.clause == clause.id}
    if flagged != {-1} and reading.parts:
        flagged |= {reading.parts[i] for i in evidence}
    own = range(s.own, len(s.tokens))
    present = {reading.parts[i] for i in own} if reading.parts else set()
    spared = {
        fact.part
        for other in every
        if other.clause.id == clause.id and other.guard is not None and other.id != finding.id
        for fact in other.premises
        if fact.clause == clause.id
    } - flagged
    flagged -= spared
    if -1 in flagged or not flagged & present or len(present) < 2 or clause.kind == "row":
        return Frame(), tuple(own)
    runs = [(part, list(several)) for part, several in groupby(own, key=lambda i: reading.parts[i])]
    inner = [i for part, several in runs if part in flagged for i in several]
    before = [i for part, several in runs if part not in flagged and several[-1] < inner[0] for i in several]
    after = [i for part, several in runs if part not in flagged and several[0] > inner[-1] for i in several]
    if s.tokens[inner[-1]].dep == "cc" and after:
        inner = inner[:-1]
    if before and not spared and s.low(before[-1]) in _OPEN_ENDS:
        return Frame(), tuple(own)
    kept = Frame(
        words_of(s, before, guarded=bool(spared)),
        words_of(s, after, guarded=bool(spared)),
        guarded=bool(spared),
    )
    return kept, tuple(inner)


def _says_enough(s: Sentence, indices: Sequence[int]) -> bool:
    """Whether a part that nobody flagged has something to say once its neighbour is rewritten."""
    denies = any(
        s.tokens[i].dep == "neg"
        or s.low(i) in ("no", "nobody", "nothing", "none", "only", "unless", "without")
        for i in indices
    )
    return len(indices) >= _WORTH and s.low(indices[0]) not in _LEANING and not denies


def words_of(s: Sentence, indices: Sequence[int], closed: bool = True, guarded: bool = False) -> str:
    """A stretch of the clause word for word, without what joined it to its neighbours."""
    while indices and (s.tokens[indices[-1]].dep == "cc" or s.tokens[indices[-1]].text in ",;"):
        indices = indices[:-1]
    while indices and (s.tokens[indices[0]].text in ",;" or s.tokens[indices[0]].dep == "cc"):
        indices = indices[1:]
    if closed and indices and not guarded and not _says_enough(s, indices):
        return ""
    return s.text[s.tokens[indices[0]].start : s.tokens[indices[-1]].end] if indices else ""
