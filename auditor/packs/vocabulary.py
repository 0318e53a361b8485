"""Word lists: classes of lower-case phrases, in which one class may include another by ``{name}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.packs.source import Route, Source, suggest

_INCLUDE = re.compile(r"\{([a-z0-9_-]+)\}")


@dataclass(frozen=True, slots=True)
class _Class:
    source: Source
    name: str
    entries: tuple[str, ...]


def read_vocabulary(sources: Iterable[Source]) -> Mapping[str, tuple[str, ...]]:
    """Classes with their includes resolved, each phrase once, in the order written; mistakes go to the
    sources."""
    classes: dict[str, _Class] = {}
    for source in sources:
        if not isinstance(source.data, Mapping):
            if source.data is not None:
                source.problem((), "a vocabulary file maps names of classes to lists of phrases")
            continue
        for name, entries in source.data.items():
            if name in classes:
                source.problem(
                    (name,), f"{name!r} is a class of {classes[name].source.path} already", key=True
                )
                continue
            classes[name] = _Class(source, name, _entries(source, name, entries))
    resolved: dict[str, tuple[str, ...]] = {}
    for name in classes:
        _resolve(name, classes, resolved, ())
    return resolved


def _words(entry: str) -> str:
    """The entry without its tags and labels (``@NOUN``), which are in upper case."""
    return re.sub(r"[@%]\w+", "", entry)


def _entries(source: Source, name: str, entries: object) -> tuple[str, ...]:
    if not isinstance(entries, list):
        source.problem((name,), f"{name!r} has to be a list of phrases")
        return ()
    kept = []
    for index, entry in enumerate(entries):
        route: Route = (name, index)
        if not isinstance(entry, str):
            source.problem(
                route, f"{entry!r} is no phrase; put words like yes, no, on, off and numbers in quotes"
            )
        elif _words(entry) != _words(entry).lower() or entry != entry.strip() or not entry:
            source.problem(route, f"{entry!r} has to be in lower case, without spaces around it")
        else:
            kept.append(entry)
    return tuple(kept)


def _resolve(
    name: str, classes: Mapping[str, _Class], resolved: dict[str, tuple[str, ...]], above: tuple[str, ...]
) -> tuple[str, ...]:
    if name in resolved:
        return resolved[name]
    one = classes[name]
    phrases: list[str] = []
    for entry in one.entries:
        include = _INCLUDE.fullmatch(entry)
        if not include:
            phrases.append(entry)
            continue
        route: Route = (name, _index(one, entry))
        if include[1] not in classes:
            one.source.problem(route, f"no class is called {include[1]!r}{suggest(include[1], classes)}")
        elif include[1] == name or include[1] in above:
            chain = " > ".join((*above, name, include[1]))
            one.source.problem(route, f"classes include each other in a circle: {chain}")
        else:
            phrases += _resolve(include[1], classes, resolved, (*above, name))
    resolved[name] = tuple(dict.fromkeys(phrases))
    return resolved[name]


def _index(one: _Class, entry: str) -> int:
    data = one.source.data[one.name]
    return next((index for index, value in enumerate(data) if value == entry), 0)
