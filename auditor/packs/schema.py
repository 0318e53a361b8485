"""JSON Schemas of ``pack.yaml`` and of rule files: for editors, and for locating an author's mistakes."""

from __future__ import annotations

from typing import Any

from auditor.model.rule import GUARDRAILS, SEVERITIES

KINDS = ("pattern", "strength", "guard", "absence", "counsel")
SCOPES = ("customer", "work", "admin")
LEVELS = ("document", "section")
APPLICABILITY = ("ready", "decision", "idea")
VERDICTS = ("flagged", "guarded", "clear")
RESERVED = ("fact", "as", "same")
"""Keys of a condition that are not fields of the fact."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string", "minLength": 1}
_SCALAR = {"type": ["string", "integer", "boolean"]}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}


def _object(properties: dict[str, Any], required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _test() -> dict[str, Any]:
    """A scalar, a list of scalars (any of them), ``{not: …}`` (none of them) or ``{has: true|false}``."""
    inner = {"type": ["string", "integer", "boolean", "array"], "items": _SCALAR, "minItems": 1}
    return {
        "type": ["string", "integer", "boolean", "array", "object"],
        "items": _SCALAR,
        "minItems": 1,
        "properties": {"not": inner, "has": {"type": "boolean"}},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }


def _condition() -> dict[str, Any]:
    same = {
        "type": ["array", "object"],
        "items": _TEXT,
        "minItems": 1,
        "additionalProperties": {"type": "string", "pattern": r"^[A-Za-z_][\w-]*\.[A-Za-z_]\w*$"},
    }
    return {
        "type": "object",
        "properties": {"fact": _TEXT, "as": _TEXT, "same": same},
        "required": ["fact"],
        "additionalProperties": {"$ref": "#/$defs/test"},
    }


def _alternative() -> dict[str, Any]:
    joined = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}
    return {
        "type": "object",
        "if": {"required": ["all"]},
        "then": _object({"all": joined}, ("all",)),
        "else": {"$ref": "#/$defs/condition"},
    }


def _wording() -> dict[str, Any]:
    when = {"type": "object", "additionalProperties": {"$ref": "#/$defs/test"}}
    return _object(
        {"text": _TEXT, "needs": _TEXTS, "when": when, "applicability": {"enum": list(APPLICABILITY)}},
        ("text",),
    )


def _example() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("lead_in", "heading", "rewrite")}
    expect = {"type": "object", "additionalProperties": _SCALAR}
    properties = {"text": _TEXT, "expect": expect, "guard": {"enum": list(GUARDRAILS)}, **texts}
    return {**_object(properties, ("text",)), "type": ["string", "object"], "minLength": 1}


def rule_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file."""
    alternatives = {"type": "array", "items": {"$ref": "#/$defs/alternative"}}
    absence = {
        "topic": _TEXT,
        "level": {"enum": list(LEVELS)},
        "present": alternatives,
        "lacking": alternatives,
    }
    absence["min_clauses"] = {"type": "integer", "minimum": 1}
    examples = {verdict: {"type": "array", "items": {"$ref": "#/$defs/example"}} for verdict in VERDICTS}
    wordings = {"type": "array", "items": {"$ref": "#/$defs/wording"}}
    severity = {"enum": list(SEVERITIES)}
    properties = {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$"},
        "kind": {"enum": list(KINDS)},
        "title": _TEXT,
        "dimension": _TEXT,
        "severity": severity,
        "severity_by_scope": _object(dict.fromkeys(SCOPES, severity)),
        "rationale": _TEXT,
        "source": _TEXT,
        "message": _TEXT,
        "when": {**alternatives, "minItems": 1},
        "guards": {"type": "array", "items": {"enum": list(GUARDRAILS)}},
        "guardrail": {"enum": list(GUARDRAILS)},
        "counsel_topic": _TEXT,
        "absence": _object(absence, ("topic", "lacking")),
        "rewrite": wordings,
        "advice": wordings,
        "examples": _object(examples),
        "options": {"type": "object"},
    }
    definitions = {
        "test": _test(),
        "condition": _condition(),
        "alternative": _alternative(),
        "wording": _wording(),
        "example": _example(),
    }
    title = "A rule of a policy auditor pack"
    return {"$schema": _DIALECT, "title": title, "$defs": definitions, **_object(properties, ("id", "title"))}


def pack_schema() -> dict[str, Any]:
    """The JSON Schema of ``pack.yaml``."""
    dimension = _object(
        {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
            "title": _TEXT,
            "weight": {"type": "integer", "minimum": 0},
            "question": {"type": "string"},
        },
        ("id", "title"),
    )
    properties = {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
        "version": _TEXT,
        "title": _TEXT,
        "source": _TEXT,
        "dimensions": {"type": "array", "items": dimension, "minItems": 1},
        "options": {"type": "object"},
    }
    title = "A policy auditor pack"
    return {
        "$schema": _DIALECT,
        "title": title,
        **_object(properties, ("id", "version", "title", "dimensions")),
    }
