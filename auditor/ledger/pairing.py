"""Which clause of one edition is which of the other: equal words first, then by likeness, one to one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.model.clause import Clause
from auditor.model.comparison import ClausePair
from auditor.text.identity import letters
from auditor.text.markers import split_marker

ALIKE, ALIKE_ELSEWHERE = 55.0, 75.0
"""Likeness (0..100) from which two clauses are the same one edited: under the same heading, and elsewhere.

Set on random edits of real policies: of pairs made by an edit of up to a third of the words nearly all lie
above, of pairs of different clauses nearly all below.
"""

Key = tuple[str, ...]


def context(clause: Clause) -> Key:
    """The headings of a clause without their numbers."""
    return tuple(letters(one[split_marker(one)[1] :]) for one in clause.heading)


def pair_clauses(
    old: Sequence[Clause], new: Sequence[Clause]
) -> tuple[tuple[ClausePair, ...], tuple[Clause, ...], tuple[Clause, ...]]:
    """The pairs in the order of the new edition, the clauses removed, and those added.

    Equal words make a pair whatever else changed; among several equal clauses the context decides, then the
    order. The rest is paired by likeness within ``ALIKE``; a pair is edited if its own words or its lead-in
    changed, moved if its headings changed or its order among the unedited pairs.
    """
    equal = list(_equal(old, new))
    taken_old, taken_new = {a.index for a, _ in equal}, {b.index for _, b in equal}
    rest_old = [c for c in old if c.index not in taken_old]
    rest_new = [c for c in new if c.index not in taken_new]
    alike = list(_alike(rest_old, rest_new))
    matched_old, matched_new = {a.index for a, _ in alike}, {b.index for _, b in alike}
    still = _in_order(sorted(equal, key=lambda pair: pair[0].index))
    pairs = [
        ClausePair(
            a, b, letters(a.lead_in) != letters(b.lead_in), b.index not in still or context(a) != context(b)
        )
        for a, b in equal
    ]
    pairs += [ClausePair(a, b, True, context(a) != context(b)) for a, b in alike]
    return (
        tuple(sorted(pairs, key=lambda pair: pair.new.index)),
        tuple(c for c in rest_old if c.index not in matched_old),
        tuple(c for c in rest_new if c.index not in matched_new),
    )


def _equal(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[tuple[Clause, Clause]]:
    by_words: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in new:
        by_words[_words(clause)].append(clause)
    groups: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in old:
        groups[_words(clause)].append(clause)
    for words, ours in groups.items():
        theirs = by_words.get(words, [])
        for near in (_same_place, _same_heading, _anywhere):
            for clause in list(ours):
                other = next((one for one in theirs if near(clause, one)), None)
                if other is not None:
                    ours.remove(clause)
                    theirs.remove(other)
                    yield clause, other


def _words(clause: Clause) -> str:
    return clause.id.rpartition("-")[0]


def _same_place(one: Clause, other: Clause) -> bool:
    return _same_heading(one, other) and letters(one.lead_in) == letters(other.lead_in)


def _same_heading(one: Clause, other: Clause) -> bool:
    return context(one) == context(other)


def _anywhere(one: Clause, other: Clause) -> bool:
    return True


def _alike(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[tuple[Clause, Clause]]:
    if not old or not new:
        return
    from rapidfuzz import fuzz, process

    ours = [" ".join(clause.text.lower().split()) for clause in old]
    theirs = [" ".join(clause.text.lower().split()) for clause in new]
    scores = process.cdist(ours, theirs, scorer=fuzz.ratio, score_cutoff=ALIKE)
    ranked = []
    for i, clause in enumerate(old):
        place = context(clause)
        for j, other in enumerate(new):
            score = float(scores[i][j])
            near = place == context(other) if score else False
            if score >= (ALIKE if near else ALIKE_ELSEWHERE):
                ranked.append((-(score + 5 * near), abs(clause.index - other.index), i, j))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, i, j in sorted(ranked):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            yield old[i], new[j]


def _in_order(pairs: Sequence[tuple[Clause, Clause]]) -> frozenset[int]:
    """Indices (new edition) of the longest run of pairs that kept their order: the others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, other) in enumerate(pairs):
        place = bisect_left(tails, other.index)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [other.index]
        ends[place : place + 1] = [at]
    kept, at = [], ends[-1] if ends else -1
    while at >= 0:
        kept.append(pairs[at][1].index)
        at = before[at]
    return frozenset(kept)
