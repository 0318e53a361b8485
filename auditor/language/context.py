"""What a frame may look at: a clause's tokens, its lead-in and headings, and what they tell of scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.language.encoding import Encoded
from auditor.model.clause import Clause
from auditor.model.reading import Reading

Roles = Mapping[str, tuple[int, int]]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_DEPENDENT = frozenset({"relcl", "acl", "pcomp", "csubj"})
HEADING = "customer-heading"
"""The class of words that tell of customers only where they stand in a heading."""
SCOPES = (("customer", "customer-matter"), ("admin", "admin-matter"), ("work", "work-matter"))
"""Scopes and the vocabulary class that tells each, in the order in which they are asked. Administration comes
before work because its words are the rarer: most approvals of leave mention some tool or shift as well."""


@dataclass(frozen=True, slots=True)
class Context:
    """A clause with everything its frames may look at; ``own`` is the index of its first own token."""

    clause: Clause
    reading: Reading
    encoded: Encoded
    own: int
    heading: frozenset[str]
    headings: frozenset[str]

    def classes(self, start: int, end: int) -> frozenset[str]:
        """The vocabulary classes in a range of tokens."""
        return self.classes_of(range(start, end))

    def classes_of(self, tokens: Iterable[int]) -> frozenset[str]:
        """The vocabulary classes of some tokens."""
        return frozenset().union(*(self.encoded.classes[i] for i in tokens))


def reach(context: Context, end: int) -> str:
    """Whether a match that ends at ``end`` holds of the clause's own words, of its lead-in, or of a lead-in
    beside which the item is a sentence by itself ("as follows: Requests are answered in a day.")."""
    if end > context.own:
        return "clause"
    if context.clause.kind == "row":
        return "beside"  # the head of a column says nothing of each row
    tokens, text = context.encoded.tokens, context.clause.text.strip()
    # Read in one go with its lead-in, a sentence may pass for a clause that hangs on it; but then nothing
    # ("if", "that") joins it on.
    joined = {token.head for token in tokens if token.dep == "mark"}
    alone = text[:1].isupper() and text[-1:] in ".!" and any(
        token.dep in _SUBJECTS
        and token.head >= context.own
        and token.head not in joined
        and tokens[token.head].pos in ("VERB", "AUX")
        and tokens[token.head].dep not in _DEPENDENT
        for token in tokens[context.own :]
    )  # fmt: skip
    return "beside" if alone else "lead-in"


def place(name: str, context: Context, roles: Roles) -> frozenset[str] | None:
    """What the place called ``name`` holds: vocabulary classes, a kind or a mood; None where the clause has no
    such role."""
    size = len(context.encoded.tokens)
    ranges = {"clause": (0, size), "own": (context.own, size), "lead_in": (0, context.own)}
    if name in ranges:
        return context.classes(*ranges[name])
    if name == "mood":
        return frozenset({"question"} if context.clause.text.rstrip().endswith("?") else {"statement"})
    named = {
        "heading": context.heading,
        "headings": context.headings,
        "kind": frozenset({context.clause.kind}),
    }
    if name in named:
        return named[name]
    return context.classes(*roles[name]) if name in roles else None


def scope_of(context: Context, roles: Roles, start: int, end: int) -> str:
    """The scope told by the nearest words: what is done, the fact's words, the clause, the headings.

    Who approves says nothing of what is approved: "the customer service manager" is left out everywhere.
    """
    approver = frozenset(range(*roles.get("approver", (0, 0))))
    done = [i for role in ("act", "object") if role in roles for i in range(*roles[role])]
    size = len(context.encoded.tokens)
    told, match, clause = (
        context.classes_of(i for i in places if i not in approver)
        for places in (done, range(start, end), range(size))
    )
    # Tools and hours are named in any clause: such words yield to a heading about customers.
    places = ((told, 3), (match, 3), (clause, 2), (context.heading, 1), (clause, 3), (context.heading, 3))
    for place, scopes in (*places, (context.headings, 3)):
        for scope, name in SCOPES[:scopes]:
            if name in place:
                return scope
        if HEADING in place and place in (context.heading, context.headings):
            return "customer"
    return "work"
