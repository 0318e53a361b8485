"""Frames compiled from a pack's YAML: how one kind of fact is said in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.errors import PackError
from auditor.language.encoding import Encoder
from auditor.language.patterns import Pattern, PatternError
from auditor.model.fact import Scalar

_FRAME_KEYS = frozenset(
    {
        "frame",
        "kind",
        "on",
        "set",
        "scope",
        "derive",
        "fill",
        "where",
        "unless",
        "never",
        "forms",
        "path",
        "notes",
    }
)
_FORM_KEYS = frozenset({"id", "say", "set", "confidence", "where", "unless", "never", "notes"})
_PLACE_KEYS = frozenset({"has", "lacks", "all", "in", "not_in", "is", "is_not"})


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a place: any of ``has``, all of ``every``, none of ``lacks``."""

    place: str
    has: frozenset[str]
    every: frozenset[str]
    lacks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Derived:
    """A field whose value is named by the first class found in a captured role, or in another place."""

    field: str
    place: str
    classes: tuple[tuple[str, Scalar], ...]
    otherwise: Scalar


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way of saying a frame's fact."""

    id: str
    patterns: tuple[Pattern, ...]
    fields: tuple[tuple[str, Scalar], ...]
    where: tuple[Where, ...]
    unless: tuple[Pattern, ...]
    never: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A compiled frame."""

    name: str
    kind: str
    on: frozenset[str]
    scope: bool
    derived: tuple[Derived, ...]
    fill: tuple[Pattern, ...]
    """Patterns whose captures give the roles that a form left empty."""
    forms: tuple[Form, ...]


def compile_frames(frames: Iterable[Mapping[str, Any]], encoder: Encoder) -> tuple[Frame, ...]:
    """All frames of a pack; raises PackError naming every frame and form that is wrong."""
    problems: list[str] = []
    compiled = tuple(_frame(frame, encoder, problems) for frame in frames)
    if problems:
        raise PackError(tuple(problems))
    return compiled


def _frame(data: Mapping[str, Any], encoder: Encoder, problems: list[str]) -> Frame:
    label = f"{data.get('path', 'frames')}: frame {data.get('frame', '?')!r}"
    _unknown(label, data, _FRAME_KEYS, problems)
    for key in ("frame", "kind", "forms"):
        if not data.get(key):
            problems.append(f"{label}: {key!r} is missing")
    forms = tuple(_form(label, form, data, encoder, problems) for form in data.get("forms") or ())
    derived = tuple(
        Derived(field, d.get("from", ""), tuple((d.get("classes") or {}).items()), d.get("else", "none"))
        for field, d in (data.get("derive") or {}).items()
    )
    on = frozenset(_listed(data.get("on", ["clause"])))
    kind, name = str(data.get("kind", "")), str(data.get("frame", ""))
    fill = _patterns(label, _listed(data.get("fill")), encoder, problems)
    return Frame(name, kind, on, bool(data.get("scope")), derived, fill, forms)


def _form(
    label: str, form: Mapping[str, Any], frame: Mapping[str, Any], encoder: Encoder, problems: list[str]
) -> Form:
    label = f"{label}, form {form.get('id', '?')!r}"
    _unknown(label, form, _FORM_KEYS, problems)
    fields = {**(frame.get("set") or {}), **(form.get("set") or {})}
    fields.setdefault("confidence", form.get("confidence", "high"))

    def patterns(key: str, *sources: Mapping[str, Any]) -> tuple[Pattern, ...]:
        return _patterns(label, [p for s in sources for p in _listed(s.get(key))], encoder, problems)

    where = (*_wheres(label, frame.get("where"), problems), *_wheres(label, form.get("where"), problems))
    return Form(
        str(form.get("id", "")),
        patterns("say", form),
        tuple(sorted(fields.items())),
        where,
        patterns("unless", frame, form),
        patterns("never", frame, form),
    )


def _patterns(
    label: str, sources: Sequence[str], encoder: Encoder, problems: list[str]
) -> tuple[Pattern, ...]:
    compiled = []
    for source in sources:
        try:
            compiled.append(encoder.compile(str(source)))
        except PatternError as error:
            problems.append(f"{label}: {error}")
    return tuple(compiled)


def _wheres(label: str, data: Mapping[str, Any] | None, problems: list[str]) -> tuple[Where, ...]:
    found = []
    for place, tests in (data or {}).items():
        if not isinstance(tests, Mapping):
            problems.append(f"{label}: where {place!r} takes has, lacks, all, in or is")
            continue
        _unknown(f"{label}: where {place!r}", tests, _PLACE_KEYS, problems)
        has = frozenset(_listed(tests.get("has")) + _listed(tests.get("in")) + _listed(tests.get("is")))
        lacks = frozenset(
            _listed(tests.get("lacks")) + _listed(tests.get("not_in")) + _listed(tests.get("is_not"))
        )
        found.append(Where(str(place), has, frozenset(_listed(tests.get("all"))), lacks))
    return tuple(found)


def _unknown(label: str, data: Mapping[str, Any], known: frozenset[str], problems: list[str]) -> None:
    for key in data:
        if key not in known:
            problems.append(f"{label}: unknown key {key!r}; known are {', '.join(sorted(known))}")


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
