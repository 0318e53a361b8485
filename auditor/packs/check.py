"""An author's mistakes against the JSON Schemas, each with its place, the allowed values and the nearest
word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor.packs.schema import pack_schema, rule_schema
from auditor.packs.source import Source, suggest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


@cache
def _validator(make: Callable[[], dict[str, Any]]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(make())


def check_rule(source: Source) -> None:
    """Record every mistake of a rule file in ``source.problems``."""
    _check(source, _validator(rule_schema))


def check_pack(source: Source) -> None:
    """Record every mistake of a ``pack.yaml`` in ``source.problems``."""
    _check(source, _validator(pack_schema))


def _check(source: Source, validator: Draft202012Validator) -> None:
    for error in sorted(
        validator.iter_errors(source.data), key=lambda error: [str(s) for s in error.absolute_path]
    ):
        for route, text, key in _described(error):
            source.problem(route, text, key)


def _described(error: ValidationError) -> Iterator[tuple[list[str | int], str, bool]]:
    """Route, message, and whether the key is meant, of one schema error."""
    route = list(error.absolute_path)
    name = str(route[-1]) if route and isinstance(route[-1], str) else "this"
    value: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
            for extra in sorted(set(value) - set(known)):
                yield [*route, extra], f"unknown key {extra!r}{suggest(extra, known)}", True
        case "required":
            missing = next((key for key in wanted if f"{key!r} is a required" in error.message), "")
            near = [key for key in value if suggest(missing, [key]).startswith(" (")]
            hint = f" (is {near[0]!r} meant?)" if near else ""
            yield route, f"{missing!r} is missing{hint}", False
        case "enum":
            allowed = ", ".join(str(one) for one in wanted)
            near_word = suggest(str(value), [str(one) for one in wanted])
            hint = near_word if near_word.startswith(" (") else ""
            yield route, f"{name} is {value!r}; allowed: {allowed}{hint}", False
        case "type":
            wishes = [wanted] if isinstance(wanted, str) else wanted
            yield (
                route,
                f"{name} has to be {' or '.join(_NAMES[wish] for wish in wishes)}, not {_shown(value)}",
                False,
            )
        case "pattern":
            yield route, f"{name} is {value!r}; it has to look like {wanted}", False
        case _:
            yield route, f"{name}: {error.message}", False


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return f"{value!r} (put words like yes, no, on and off in quotes)".lower()
    return "nothing" if value is None else repr(value)
