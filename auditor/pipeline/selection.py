"""Selectors: a rule id, a dimension or a glob, with an optional ``:scope``."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.clause import ClauseTree
from auditor.model.finding import Finding
from auditor.model.rule import RulePack
from auditor.pipeline.settings import CONFIDENCES, SCOPES, Settings
from auditor.text.selectors import matches, split
from auditor.text.suggest import suggestion

__all__ = ["matches", "problem", "selected", "split", "weighed"]


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
    least = "low" if settings.min_confidence == "auto" else settings.min_confidence
    return CONFIDENCES.index(finding.confidence) <= CONFIDENCES.index(least)


def weighed(
    findings: Sequence[Finding], tree: ClauseTree, pack: RulePack, settings: Settings
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that count and those set aside, under ``min_confidence`` "auto".

    How much a weak sign is worth depends on how common the thing is: where the rest of a document speaks of
    trust, a phrase that may pass for operations mostly is none. So findings of low confidence count only where
    surer ones stand in the share of clauses that the pack's ``weak_signs_percent`` names, and come from at
    least ``weak_signs_rules`` rules: a leave policy is dense in approvals and in nothing else. Absences are not
    signs in a text and always count.
    """
    weak = tuple(f for f in findings if f.confidence == "low" and "/missing-" not in f.rule)
    sure = [f for f in findings if f.guard is None and f.confidence != "low" and "/missing-" not in f.rule]
    percent = 100 * len({f.clause.id for f in sure}) / max(1, len(tree.clauses))
    dense = percent >= pack.options.get("weak_signs_percent", 0)
    varied = len({f.rule for f in sure}) >= pack.options.get("weak_signs_rules", 0)
    if settings.min_confidence != "auto" or (dense and varied):
        return tuple(findings), ()
    aside = {f.id for f in weak}
    return tuple(f for f in findings if f.id not in aside), weak
