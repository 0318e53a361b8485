"""Selectors of rules: a rule id, a dimension or a glob, with an optional ``:scope``."""

from __future__ import annotations

from fnmatch import fnmatchcase


def split(selector: str) -> tuple[str, str]:
    """The pattern and the scope ("" for any) of a selector."""
    pattern, _, scope = selector.partition(":")
    return pattern, scope


def matches(selector: str, rule: str, scope: str | None = None) -> bool:
    """Whether a selector means this rule (and scope)."""
    pattern, wanted = split(selector)
    if wanted and wanted != scope:
        return False
    return pattern in (rule, rule.partition("/")[0]) or fnmatchcase(rule, pattern)
