"""Rules told to people: lists, descriptions, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.errors import ConfigError
from auditor.model.rule import Condition, Rule, RulePack, Severity, Test
from auditor.packs.source import suggest


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """A rule in one line of a table; ``examples`` is 0 where the pack was loaded without."""

    id: str
    kind: str
    dimension: str
    severity: Severity
    title: str
    examples: int


def list_rules(pack: RulePack) -> tuple[RuleSummary, ...]:
    """The pack's rules in the order of their ids."""
    return tuple(
        RuleSummary(rule.id, rule.kind, rule.dimension, rule.severity, rule.title, len(rule.examples))
        for rule in sorted(pack.rules, key=lambda rule: rule.id)
    )


def find_rule(pack: RulePack, rule_id: str) -> Rule:
    """The rule of an id; raises ConfigError with the nearest id."""
    for rule in pack.rules:
        if rule.id == rule_id:
            return rule
    known = suggest(rule_id, [rule.id for rule in pack.rules])
    raise ConfigError(f"no rule of pack {pack.id} is called {rule_id!r}{known}")


def describe_rule(rule: Rule) -> str:
    """A rule in plain text, for a terminal."""
    lines = [f"{rule.id} — {rule.title}", f"{rule.kind}, {_standing(rule)}", ""]
    lines += [
        text for text in (rule.rationale.strip(), f"Source: {rule.source}" if rule.source else "") if text
    ]
    lines += ["", "Holds when:", *(f"  - {text}" for text in _alternatives(rule))]
    for title, texts in _examples(rule):
        lines += ["", f"{title}:", *(f"  - {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule) -> str:
    """A rule as a Markdown page."""
    lines = [f"# {rule.title}", "", f"`{rule.id}` · {rule.kind} · {_standing(rule)}", ""]
    if rule.rationale:
        lines += [rule.rationale.strip(), ""]
    if rule.source:
        lines += [f"Source: {rule.source}", ""]
    lines += ["## When it holds", "", *(f"- {text}" for text in _alternatives(rule)), ""]
    if rule.kind == "pattern":
        kinds = ", ".join(rule.guardable) or "none; this rule is never spared"
        lines += ["## When it is left alone", "", f"Guardrails: {kinds}.", ""]
    for heading, wordings in (("## Rewrites", rule.wordings), ("## Advice", rule.advice)):
        if wordings:
            lines += [
                heading,
                "",
                *(f"- {wording.text.strip()} ({wording.applicability})" for wording in wordings),
                "",
            ]
    for title, texts in _examples(rule):
        lines += [f"## {title}", "", *(f"{_quoted(text)}\n" for text in texts)]
    return "\n".join(lines).rstrip() + "\n"


def _quoted(text: str) -> str:
    """``text`` as a Markdown quotation; a whole document keeps its lines and its headings as they are typed."""
    if "\n" not in text.strip():
        return f"> {text}"
    return "\n".join(f"> {line}".rstrip() for line in ("```markdown", *text.strip().split("\n"), "```"))


def _standing(rule: Rule) -> str:
    scopes = ", ".join(f"{scope} {severity}" for scope, severity in rule.severity_by_scope)
    parts = [f"dimension {rule.dimension}" if rule.dimension else "", f"severity {rule.severity}"]
    return " · ".join(part for part in parts if part) + (f" (by scope: {scopes})" if scopes else "")


def _alternatives(rule: Rule) -> Iterator[str]:
    for conditions in rule.when:
        yield ", and ".join(_condition(condition) for condition in conditions)
    absence = (rule.options or {}).get("absence")
    if absence:
        yield f"the {absence.get('level', 'document')} treats {absence['topic']}"
        for side, words in (("present", "there is"), ("lacking", "there is no")):
            for conditions in absence[side]:
                yield f"{words} " + ", and ".join(_condition(condition) for condition in conditions)


def _condition(condition: Condition) -> str:
    tests = "; ".join(_test(test) for test in condition.tests)
    return f"{condition.kind}" + (f" ({tests})" if tests else "")


def _test(test: Test) -> str:
    listed = " or ".join(
        str(value).lower() if isinstance(value, bool) else str(value) for value in test.values
    )
    match test.op:
        case "eq":
            return f"{test.field} is {listed}"
        case "ne":
            return f"{test.field} is not {listed}"
        case "join":
            return f"same {test.field}"
        case "has":
            return f"{test.field} is stated"
        case _:
            return f"{test.field} is not stated"


def _examples(rule: Rule) -> Iterator[tuple[str, list[str]]]:
    titles = (("Flagged", "flagged"), ("Left alone", "guarded"), ("Not this", "clear"))
    for title, verdict in titles:
        texts = [
            f"{example.lead_in} {example.text}".strip()
            + (f" ({example.guardrail})" if example.guardrail else "")
            for example in rule.examples
            if example.verdict == verdict
        ]
        if texts:
            yield title, texts
