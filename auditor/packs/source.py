"""YAML files as plain data that remembers where each piece stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Route = tuple[str | int, ...]
"""Keys and indices from the root of a file to a value."""

_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOP_LEVEL = re.compile(r"^[^\s#-]")


@dataclass(slots=True)
class Source:
    """A parsed file: its data, the line and column (from 1) of each key and value, and what is wrong with
    it."""

    path: str
    data: Any = None
    keys: dict[Route, tuple[int, int]] = field(default_factory=dict)
    values: dict[Route, tuple[int, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def place(self, route: Iterable[str | int], key: bool = False) -> tuple[int, int]:
        """Line and column of a value, or of its key; of the nearest known ancestor if there is none."""
        path = tuple(route)
        while path:
            found = self.keys.get(path) if key else None
            found = found or self.values.get(path)
            if found:
                return found
            path = path[:-1]
        return (1, 1)

    def problem(self, route: Iterable[str | int], text: str, key: bool = False) -> None:
        """Record a mistake at a value, or at its key."""
        line, column = self.place(route, key)
        self.problems.append(f"{self.path}:{line}:{column}: {text}")


def suggest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)`` if a known word is near, else the known words themselves, else ""."""
    words = sorted(set(known))
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f"; known: {', '.join(words)}" if 0 < len(words) <= 30 else ""


def read_source(text: str, path: str) -> Source:
    """Parse ``text``; syntax errors and keys given twice become problems."""
    source = Source(path)
    loader = _BASE(text)
    try:
        node = loader.get_single_node()
        source.data = _build(loader, node, (), source) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        source.problems.append(f"{path}:{line}:{column}: not valid YAML: {error.problem or error.context}")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        source.problems.append(
            f"{path}:1:1: not valid YAML: {str(error).splitlines()[0] if str(error) else error!r}"
        )
    finally:
        loader.dispose()
    return source


def _build(loader: Any, node: yaml.Node, route: Route, source: Source) -> Any:
    source.values[route] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else repr(key_node.value)
            here = (*route, key)
            source.keys[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in built:
                source.problem(here, f"{key!r} is given twice", key=True)
            built[key] = _build(loader, value_node, here, source)
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*route, index), source) for index, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    return loader.construct_object(node, deep=True)


def without_examples(text: str) -> str:
    """``text`` with its top-level ``examples`` blanked, so that lines keep their numbers."""
    if "\nexamples:" not in text and not text.startswith("examples:"):
        return text
    kept, inside = [], False
    for line in text.split("\n"):
        if _TOP_LEVEL.match(line):
            inside = line.startswith("examples:")
        kept.append("" if inside else line)
    return "\n".join(kept)


def at(data: Any, route: Iterable[str | int]) -> Any:
    """The value at a route, or None."""
    for step in route:
        if isinstance(data, Mapping):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
