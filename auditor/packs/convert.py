"""Checked data turned into rules; what a schema cannot say is checked here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditor.model.rule import (
    GUARDRAILS,
    Condition,
    Dimension,
    Example,
    Rule,
    RuleKind,
    Severity,
    Test,
    Wording,
)
from auditor.packs.schema import RESERVED
from auditor.packs.source import Route, Source, suggest

_FOLDER_KINDS: Mapping[str, RuleKind] = {"guards": "guard", "strengths": "strength", "counsel": "counsel"}
_BRACES = re.compile(r"\{[^{}]*\}")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*(\|[^{}]*)?\}")
_DEFAULTS: Mapping[str, Severity] = {"pattern": "warning"}
_NEEDED = {
    "pattern": ("message", "when"),
    "strength": ("when",),
    "guard": ("when", "guardrail"),
    "absence": ("message", "absence"),
    "counsel": ("message", "when", "counsel_topic"),
}


def to_dimensions(data: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions of a checked ``pack.yaml``."""
    return tuple(
        Dimension(one["id"], one["title"], one.get("weight", 1), one.get("question", ""))
        for one in data["dimensions"]
    )


def to_rule(source: Source, path: str, dimensions: Sequence[str], examples: bool) -> Rule:
    """The rule of a checked file at ``path`` within its pack; mistakes of meaning go to
    ``source.problems``."""
    data = source.data
    folder, _, stem = path.removesuffix(".yaml").partition("/")
    if data["id"] != f"{folder}/{stem}":
        source.problem(("id",), f"id is {data['id']!r}, but its file makes it {f'{folder}/{stem}'!r}")
    kind: RuleKind = data.get("kind", _FOLDER_KINDS.get(folder, "pattern"))
    for key in _NEEDED[kind]:
        if key not in data:
            source.problem((), f"{key!r} is missing; a rule of kind {kind} needs it")
    dimension = data.get("dimension") or next((one for one in (folder, stem) if one in dimensions), "")
    if kind in {"pattern", "strength", "absence"} and dimension not in dimensions:
        source.problem(("dimension",), f"unknown dimension {dimension!r}{suggest(dimension, dimensions)}")
    _check_message(source, ("message",), data.get("message", ""))
    return Rule(
        id=data["id"],
        kind=kind,
        title=data["title"],
        dimension=dimension,
        severity=data.get("severity", _DEFAULTS.get(kind, "note")),
        rationale=data.get("rationale", ""),
        source=data.get("source", ""),
        message=data.get("message", data["title"]),
        when=to_alternatives(source, ("when",), data.get("when", [])),
        guardable=tuple(one for one in GUARDRAILS if one in data.get("guards", GUARDRAILS)),
        severity_by_scope=tuple(data.get("severity_by_scope", {}).items()),
        wordings=_wordings(source, "rewrite"),
        advice=_wordings(source, "advice"),
        examples=tuple(_examples(source)) if examples else (),
        path=path,
        line=source.place(("id",), key=True)[0],
        options=_options(source, kind),
    )


def _check_message(source: Source, route: Route, text: str) -> None:
    for found in _BRACES.finditer(text):
        if not _PLACEHOLDER.fullmatch(found[0]):
            source.problem(route, f"{found[0]!r} is no place for a slot; write {{slot}} or {{slot|fallback}}")
    if _BRACES.sub("", text).count("{") or _BRACES.sub("", text).count("}"):
        source.problem(route, "a brace is not closed or not opened")


def _options(source: Source, kind: RuleKind) -> Mapping[str, Any]:
    data = source.data
    options: dict[str, Any] = dict(data.get("options", {}))
    options |= {key: data[key] for key in ("guardrail", "counsel_topic") if key in data}
    if kind == "absence" and "absence" in data:
        absence = dict(data["absence"])
        for side in ("present", "lacking"):
            absence[side] = to_alternatives(source, ("absence", side), absence.get(side, []))
        options["absence"] = absence
    return options


def to_alternatives(
    source: Source, route: Route, entries: Sequence[Any]
) -> tuple[tuple[Condition, ...], ...]:
    """A disjunction of conjunctions; equal ones once."""
    found = []
    for index, entry in enumerate(entries):
        here = (*route, index)
        joined = [((*here, "all", i), one) for i, one in enumerate(entry["all"])] if "all" in entry else []
        found.append(tuple(_conditions(source, joined or [(here, entry)])))
    return tuple(dict.fromkeys(found))


def _conditions(source: Source, entries: Sequence[tuple[Route, Mapping[str, Any]]]) -> Iterator[Condition]:
    aliases: list[str] = []
    for index, (route, entry) in enumerate(entries):
        alias = entry.get("as", f"m{index}")
        if alias in aliases:
            source.problem((*route, "as"), f"{alias!r} names another condition already")
        tests = [test for name in entry if name not in RESERVED for test in to_tests(name, entry[name])]
        tests += _joins(source, (*route, "same"), entry.get("same", ()), aliases)
        aliases.append(alias)
        yield Condition(alias, entry["fact"], tuple(tests))


def to_tests(name: str, value: Any) -> tuple[Test, ...]:
    """The test that a field's value in a condition stands for."""
    if isinstance(value, Mapping):
        if "has" in value:
            return (Test(name, "has" if value["has"] else "lacks"),)
        value = value["not"]
        return (Test(name, "ne", tuple(value) if isinstance(value, list) else (value,)),)
    return (Test(name, "eq", tuple(value) if isinstance(value, list) else (value,)),)


def _joins(source: Source, route: Route, same: Any, aliases: Sequence[str]) -> Iterator[Test]:
    if same and not aliases:
        source.problem(route, "`same` compares with a condition before this one, and there is none", key=True)
        return
    if isinstance(same, Mapping):
        for name, other in same.items():
            alias, _, field = other.partition(".")
            if alias not in aliases:
                source.problem(
                    (*route, name),
                    f"no condition before this one is called {alias!r}{suggest(alias, aliases)}",
                )
            yield Test(name, "join", (alias, field))
        return
    for name in same:
        yield Test(name, "join", (aliases[0], name))


def _wordings(source: Source, key: str) -> tuple[Wording, ...]:
    return tuple(
        Wording(
            text=one["text"],
            needs=tuple(one.get("needs", ())),
            when=tuple(test for name, value in one.get("when", {}).items() for test in to_tests(name, value)),
            applicability=one.get("applicability", "decision"),
        )
        for one in source.data.get(key, ())
    )


def _examples(source: Source) -> Iterator[Example]:
    for verdict, entries in source.data.get("examples", {}).items():
        for index, entry in enumerate(entries):
            route = ("examples", verdict, index)
            one: dict[str, Any] = {"text": entry} if isinstance(entry, str) else entry
            if verdict == "guarded" and "guard" not in one:
                source.problem(route, f"a guarded example names its guard; allowed: {', '.join(GUARDRAILS)}")
            yield Example(
                text=one["text"],
                verdict=verdict,
                lead_in=one.get("lead_in", ""),
                heading=one.get("heading", ""),
                guardrail=one.get("guard", ""),
                rewrite=one.get("rewrite", ""),
                expect=tuple((name, str(value)) for name, value in one.get("expect", {}).items()),
                line=source.place(route)[0],
            )
