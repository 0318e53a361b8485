"""The conjuncts of a clause, so that one half can be spared and the other rewritten."""

from __future__ import annotations

from auditor.model.reading import Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")


def parts_of(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """For each token the index of its conjunct: a new one begins at a semicolon and at a coordinated
    main verb that has a subject of its own."""
    starts = {i + 1 for i, t in enumerate(tokens) if t.text == ";" and i + 1 < len(tokens)}
    roots = {i for i, t in enumerate(tokens) if t.head == i}
    for i, token in enumerate(tokens):
        if token.dep == "conj" and token.pos in ("VERB", "AUX") and token.head in roots:
            children = [j for j, t in enumerate(tokens) if t.head == i and j != i]
            if any(tokens[j].dep in _SUBJECTS for j in children):
                starts.add(min((_leftmost(tokens, j) for j in children if j < i), default=i))
                roots.add(i)
    parts, part = [], 0
    for i in range(len(tokens)):
        part += i in starts and i > 0
        parts.append(part)
    return tuple(parts)


def _leftmost(tokens: tuple[Token, ...], at: int) -> int:
    """The first token of all that hangs on a token, so that "no" stays with "no passage"."""
    inside = {at}
    for i in range(at - 1, -1, -1):
        if tokens[i].head not in inside:
            break
        inside.add(i)
    return min(inside)
