"""The generic realiser: any frame over any clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.language.encoding import Encoded
from auditor.language.frames import Form, Frame, Where
from auditor.language.patterns import Pattern
from auditor.model.clause import Clause
from auditor.model.fact import Fact, Scalar, Slot
from auditor.model.location import Span
from auditor.model.reading import Reading

Field = tuple[str, Scalar]
Roles = Mapping[str, tuple[int, int]]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_DEPENDENT = frozenset({"relcl", "advcl", "acl", "pcomp", "csubj"})
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


def realise(context: Context, frames: Mapping[Frame, tuple[Form, ...]]) -> Iterator[Fact]:
    """The facts of one clause, in the order of the frames.

    Where two forms of a frame say the same of overlapping words, the one written first speaks, so a frame
    lists its telling forms before its bare ones.
    """
    for frame, forms in frames.items():
        told: list[tuple[tuple[Field, ...], int, int]] = []
        loose = {"confidence", "form", *(d.field for d in frame.derived)}
        for form in forms:
            said = tuple(f for f in form.fields if f[0] not in loose)
            for start, end, roles in _matches(context, form):
                if not any(said == s and start < b and a < end for s, a, b in told):
                    told.append((said, start, end))
                    yield _fact(context, frame, form, start, end, _filled(context, frame, start, roles))


def _matches(context: Context, form: Form) -> Iterator[tuple[int, int, Roles]]:
    for pattern in form.patterns:
        for start, end, roles in context.encoded.matches(pattern):
            if not all(_holds(w, context, roles, end) for w in form.where):
                continue
            if any(True for p in form.never for _ in context.encoded.matches(p)):
                return
            if not _overlapped(context.encoded, form.unless, start, end):
                yield start, end, roles


def _filled(context: Context, frame: Frame, start: int, roles: Roles) -> Roles:
    """``roles`` with those that the form left empty, as the frame's ``fill`` finds them in the same part."""
    parts, full = context.reading.parts, dict(roles)
    for pattern in frame.fill:
        for _, _, found in context.encoded.matches(pattern):
            for role, (a, b) in found.items():
                if role not in full and a < b and parts[a] == parts[start]:
                    full[role] = (a, b)
    return full


def _overlapped(encoded: Encoded, patterns: tuple[Pattern, ...], start: int, end: int) -> bool:
    return any(a < end and start < b for p in patterns for a, b, _ in encoded.matches(p))


def _holds(where: Where, context: Context, roles: Roles, end: int) -> bool:
    if where.place == "reach":
        found: frozenset[str] | None = frozenset({_reach(context, end)})
    else:
        found = _place(where.place, context, roles)
    if found is None:
        return not where.has and not where.every
    if where.has and where.has.isdisjoint(found):
        return False
    return where.every <= found and where.lacks.isdisjoint(found)


def _reach(context: Context, end: int) -> str:
    """Whether a match that ends at ``end`` holds of the clause's own words, of its lead-in, or of a lead-in
    beside which the item is a sentence by itself ("as follows: Requests are answered in a day.")."""
    if end > context.own:
        return "clause"
    tokens, text = context.encoded.tokens, context.clause.text.strip()
    alone = text[:1].isupper() and text[-1:] in ".!" and any(
        token.dep in _SUBJECTS
        and token.head >= context.own
        and tokens[token.head].pos in ("VERB", "AUX")
        and tokens[token.head].dep not in _DEPENDENT
        for token in tokens[context.own :]
    )  # fmt: skip
    return "beside" if alone else "lead-in"


def _place(place: str, context: Context, roles: Roles) -> frozenset[str] | None:
    size = len(context.encoded.tokens)
    ranges = {"clause": (0, size), "own": (context.own, size), "lead_in": (0, context.own)}
    if place in ranges:
        return context.classes(*ranges[place])
    if place == "mood":
        return frozenset({"question"} if context.clause.text.rstrip().endswith("?") else {"statement"})
    named = {
        "heading": context.heading,
        "headings": context.headings,
        "kind": frozenset({context.clause.kind}),
    }
    if place in named:
        return named[place]
    return context.classes(*roles[place]) if place in roles else None


def _fact(context: Context, frame: Frame, form: Form, start: int, end: int, roles: Roles) -> Fact:
    fields = dict(form.fields)
    for derived in frame.derived:
        classes = _place(derived.place, context, roles) or frozenset()
        fields[derived.field] = next((v for c, v in derived.classes if c in classes), derived.otherwise)
    if frame.scope:
        fields["scope"] = _scope(context, roles, start, end)
    part = context.reading.parts[max(start, min(context.own, len(context.reading.parts) - 1))]
    if "heading" in frame.on:
        reach = "lead-in" if end <= context.own else "clause"
        fields["reach"] = reach
        tokens = context.encoded.tokens
        fields["words"] = context.reading.text[tokens[start].start : tokens[end - 1].end][:120]
        if reach == "lead-in" or max(context.reading.parts) == 0:
            part = -1
    return Fact(
        id="",
        kind=frame.kind,
        clause=context.clause.id,
        part=part,
        section=context.clause.section,
        document=context.clause.location.path,
        fields=tuple(sorted(fields.items())),
        slots=tuple(_slot(context, role, a, b) for role, (a, b) in sorted(roles.items()) if a < b),
        evidence=_evidence(context, start, end),
        source=f"{frame.name}/{form.id}",
    )


def _scope(context: Context, roles: Roles, start: int, end: int) -> str:
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
    return "work"


def _slot(context: Context, role: str, start: int, end: int) -> Slot:
    tokens = context.encoded.tokens
    inside = range(start, end)
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), end - 1)
    return Slot(role, tokens[start].start, tokens[end - 1].end, head)


def _evidence(context: Context, start: int, end: int) -> tuple[Span, ...]:
    tokens, own = context.encoded.tokens, context.reading.own
    first, last = max(tokens[start].start, own), tokens[end - 1].end
    return (Span(first - own, last - own),) if last > own else ()
