"""The ``rewriting/`` folder of a pack: how each rule's rewrites are made, and the words they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditor.model.rule import Cut, Guide, Phrasing, Wording
from auditor.packs.convert import to_tests
from auditor.packs.schema import APPLICABILITY
from auditor.packs.source import Route, Source, suggest

_KEYS = ("words", "tables", "guides", "fallback")
_GUIDE_KEYS = ("seek", "cut", "wordings", "advice", "notes")
_WORDING_KEYS = ("text", "needs", "when", "applicability", "notes")
_BRACES = re.compile(r"\{([^{}]*)\}")
_PLACE = re.compile(r"([a-z_]+@)?[a-z][a-z0-9_]*(\|[^{}]*)?")


def read_phrasing(sources: Iterable[Source]) -> Phrasing:
    """All files of the folder as one; mistakes go to the sources. Lists of the same name are added up."""
    words: dict[str, tuple[str, ...]] = {}
    tables: dict[str, Mapping[str, str]] = {}
    guides: dict[str, Guide] = {}
    fallback: tuple[Wording, ...] = ()
    for source in sources:
        if source.data is None:
            continue
        if not _mapping(source, (), source.data, _KEYS):
            continue
        for name, entries in _items(source, "words", list):
            words[name] = (*words.get(name, ()), *(str(entry).lower() for entry in entries))
        for name, pairs in _items(source, "tables", Mapping):
            tables[name] = {**tables.get(name, {}), **{str(k).lower(): str(v) for k, v in pairs.items()}}
        for rule, data in _items(source, "guides", Mapping):
            if rule in guides:
                source.problem(("guides", rule), f"{rule!r} has a guide already", key=True)
            guides[rule] = _guide(source, ("guides", rule), data)
        fallback += _wordings(source, ("fallback",), source.data.get("fallback"))
    return Phrasing(guides, fallback, words, tables)


def _mapping(source: Source, route: Route, data: Any, known: tuple[str, ...]) -> bool:
    if not isinstance(data, Mapping):
        source.problem(route, f"has to be a mapping with the keys {', '.join(known)}")
        return False
    for key in data:
        if key not in known:
            source.problem((*route, key), f"unknown key {key!r}{suggest(str(key), known)}", key=True)
    return True


def _items(source: Source, key: str, kind: Any) -> Iterator[tuple[str, Any]]:
    data = source.data.get(key) or {}
    if not isinstance(data, Mapping):
        source.problem((key,), f"{key!r} has to be a mapping of names")
        return
    for name, value in data.items():
        if isinstance(value, kind):
            yield str(name), value
        else:
            source.problem((key, name), f"has to be a {'list' if kind is list else 'mapping'}")


def _guide(source: Source, route: Route, data: Mapping[str, Any]) -> Guide:
    _mapping(source, route, data, _GUIDE_KEYS)
    return Guide(
        str(data.get("seek", "plain")),
        tuple(_cuts(source, (*route, "cut"), data.get("cut") or ())),
        _wordings(source, (*route, "wordings"), data.get("wordings")),
        _wordings(source, (*route, "advice"), data.get("advice")),
    )


def _cuts(source: Source, route: Route, data: Any) -> Iterator[Cut]:
    for index, one in enumerate(data if isinstance(data, list) else ()):
        if isinstance(one, str):
            yield Cut(one)
        elif isinstance(one, Mapping) and set(one) == {"say", "instead"}:
            yield Cut(str(one["say"]), str(one["instead"]))
        else:
            source.problem((*route, index), "has to be a phrase, or a mapping of `say` and `instead`")


def _wordings(source: Source, route: Route, data: Any) -> tuple[Wording, ...]:
    found = []
    for index, one in enumerate(data if isinstance(data, list) else ()):
        here = (*route, index)
        if not _mapping(source, here, one, _WORDING_KEYS):
            continue
        if not isinstance(one.get("text"), str):
            source.problem(here, "'text' is missing")
            continue
        for place in _BRACES.findall(one["text"]):
            if not _PLACE.fullmatch(place):
                source.problem(
                    (*here, "text"),
                    f"{{{place}}} is no slot; write {{slot}}, {{slot|fallback}} or {{verb@slot}}",
                )
        applicability = one.get("applicability", "decision" if "[" in one["text"] else "ready")
        if applicability not in APPLICABILITY:
            source.problem(
                (*here, "applicability"), f"{applicability!r} is none of {', '.join(APPLICABILITY)}"
            )
        tests = tuple(t for name, value in (one.get("when") or {}).items() for t in to_tests(name, value))
        found.append(
            Wording(" ".join(one["text"].split()), tuple(one.get("needs") or ()), tests, applicability)
        )
    return tuple(found)
