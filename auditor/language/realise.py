"""The generic realiser: any frame over any clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.language.context import Context, Roles, place, reach, scope_of
from auditor.language.encoding import Encoded
from auditor.language.frames import Form, Frame, Where
from auditor.language.patterns import Pattern
from auditor.model.fact import Fact, Scalar, Slot
from auditor.model.location import Span

Field = tuple[str, Scalar]


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
                    yield _fact(context, frame, form, start, end, _filled(context, frame, start, end, roles))


def _matches(context: Context, form: Form) -> Iterator[tuple[int, int, Roles]]:
    for pattern in form.patterns:
        for start, end, roles in context.encoded.matches(pattern):
            if not all(_holds(w, context, roles, end) for w in form.where):
                continue
            if any(True for p in form.never for _ in context.encoded.matches(p)):
                return
            if not _overlapped(context.encoded, form.unless, start, end):
                yield start, end, roles


def _filled(context: Context, frame: Frame, start: int, end: int, roles: Roles) -> Roles:
    """``roles`` with those that the form left empty, as the frame's ``fill`` finds them in the same part.

    Where the lead-in says it all ("The okay of the manager is needed for:"), the item is what is done.
    """
    parts, full, size = context.reading.parts, dict(roles), len(context.encoded.tokens)
    start = max(start, min(context.own, size - 1))
    if frame.fill and end <= context.own and context.clause.kind == "item":
        full.setdefault("act", (context.own, size))
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
        found: frozenset[str] | None = frozenset({reach(context, end)})
    else:
        found = place(where.place, context, roles)
    if found is None:
        return not where.has and not where.every
    if where.has and where.has.isdisjoint(found):
        return False
    return where.every <= found and where.lacks.isdisjoint(found)


def _fact(context: Context, frame: Frame, form: Form, start: int, end: int, roles: Roles) -> Fact:
    fields = dict(form.fields)
    for derived in frame.derived:
        classes = place(derived.place, context, roles) or frozenset()
        fields[derived.field] = next((v for c, v in derived.classes if c in classes), derived.otherwise)
    if frame.scope:
        fields["scope"] = scope_of(context, roles, start, end)
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


def _slot(context: Context, role: str, start: int, end: int) -> Slot:
    tokens = context.encoded.tokens
    if context.clause.kind == "row" and start < context.own < end:
        start = context.own  # what a row says begins after the heads of its columns
    inside = range(start, end)
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), end - 1)
    return Slot(role, tokens[start].start, tokens[end - 1].end, head)


def _evidence(context: Context, start: int, end: int) -> tuple[Span, ...]:
    tokens, own = context.encoded.tokens, context.reading.own
    first, last = max(tokens[start].start, own), tokens[end - 1].end
    return (Span(first - own, last - own),) if last > own else ()
