"""Selectors: a rule id, a dimension or a glob, with an optional ``:scope``."""

from __future__ import annotations

from auditor.model.finding import Finding
from auditor.model.rule import RulePack
from auditor.pipeline.settings import CONFIDENCES, SCOPES, Settings
from auditor.text.selectors import matches, split
from auditor.text.suggest import suggestion

__all__ = ["matches", "problem", "selected", "split"]


def problem(selector: str, pack: RulePack) -> str:
    """What is wrong with a selector, "" if it means at least one rule of the pack."""
    pattern, scope = split(selector)
    if scope and scope not in SCOPES:
        return f'unknown scope "{scope}"{suggestion(scope, SCOPES)}; scopes are {", ".join(SCOPES)}'
    ids = [rule.id for rule in pack.rules]
    if any(matches(pattern, rule) for rule in ids):
        return ""
    known = {*ids, *(dimension.id for dimension in pack.dimensions)}
    near = suggestion(pattern, known)
    return f'unknown rule or dimension "{pattern}"{near}; `auditor rules list` prints them all'


def selected(finding: Finding, settings: Settings) -> bool:
    """Whether a finding is asked for by rule, scope and confidence."""
    rule, scope = finding.rule, finding.scope
    if settings.select and not any(matches(s, rule, scope) for s in settings.select):
        return False
    if any(matches(s, rule, scope) for s in settings.ignore):
        return False
    return CONFIDENCES.index(finding.confidence) <= CONFIDENCES.index(settings.min_confidence)
