"""The waiver file: suppressions for documents that cannot hold comments, keyed by clause identity.

.. code-block:: toml

    [[waiver]]
    rule = "empowerment/mandatory-approval"     # a rule, a dimension or a glob, with an optional :scope
    clause = "3f2a9c51d0aa-1"                   # the clause id that every report prints
    path = "policies/handbook.docx"             # optional: gitignore-like glob, relative to this file
    reason = "The works agreement asks for it."
    owner = "HR"
    review-by = 2027-06-30
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from auditor.errors import LedgerError
from auditor.ledger.comments import date_problem
from auditor.text.suggest import suggestion


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a waiver file; ``clause`` is "" where it holds for every clause of ``path``."""

    rule: str
    clause: str
    path: str
    reason: str
    owner: str
    review_by: str
    source: str
    line: int


def waiver_schema() -> Mapping[str, Any]:
    """The JSON Schema of a waiver file, as read from TOML with dates as text."""
    text = files("auditor.ledger").joinpath("waivers.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def parse_waivers(text: str, source: str) -> tuple[Waiver, ...]:
    """The waivers in a TOML text; ``source`` is the file's name. Raises LedgerError with every mistake."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LedgerError(f"{source}: is not valid TOML: {error}") from error
    plain = _plain(data)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*waiver\s*\]\]", line)]
    problems = list(_problems(plain, source, lines))
    if problems:
        raise LedgerError("\n".join(problems))
    entries = zip(plain.get("waiver", ()), lines, strict=False)
    return tuple(
        Waiver(
            one["rule"], one.get("clause", ""), one.get("path", ""), one["reason"], one["owner"],
            one["review-by"], source, line,
        )
        for one, line in entries
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _problems(data: Mapping[str, Any], source: str, lines: list[int]) -> Iterator[str]:
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(waiver_schema()).iter_errors(data)
    for error in sorted(errors, key=lambda e: [str(part) for part in e.absolute_path]):
        route = list(error.absolute_path)
        place = _place(source, route, lines)
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            for key in (key for key in error.instance if key not in known):
                yield f'{place}: unknown key "{key}"{suggestion(key, known)}'
        elif error.validator == "anyOf":
            yield f"{place}: a waiver names a clause or a path"
        else:
            yield f"{place}: {error.message}"
    for index, one in enumerate(data.get("waiver", ()) if isinstance(data.get("waiver"), list) else ()):
        review = one.get("review-by") if isinstance(one, dict) else None
        if isinstance(review, str) and date_problem(review):
            yield f"{_place(source, ['waiver', index], lines)}: {date_problem(review)}"


def _place(source: str, route: list[Any], lines: list[int]) -> str:
    index = next((part for part in route if isinstance(part, int)), None)
    return f"{source}:{lines[index]}" if index is not None and index < len(lines) else source
