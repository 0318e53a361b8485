"""The examples in rule files, run as tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditor.model.clause import ClauseTree
from auditor.model.finding import Conclusions, Finding, Guard
from auditor.model.rule import Example, Rule, RulePack
from auditor.packs import pack_folder
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.joining import check_needs
from auditor.pipeline.knowledge import Knowledge, load, union
from auditor.pipeline.selection import matches
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop, clause_tree, read_tree


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example came out; ``problem`` is empty where it came out as its rule says. ``place`` is
    ``path:line``.
    """

    rule: str
    example: Example
    place: str
    problem: str


def _tree(example: Example, settings: Settings) -> ClauseTree:
    if "\n" in example.text.strip():
        text = f"# {example.heading}\n\n{example.text}" if example.heading else example.text
        return read_tree(text.encode(), "example.md", "markdown", settings)
    return clause_tree(example.text.strip(), (example.heading,) if example.heading else (), example.lead_in)


def _said(finding: Finding, name: str) -> set[str]:
    """The values of a field, and the words of a slot, over a finding's premises."""
    values = {str(v).lower() for fact in finding.premises for key, v in fact.fields if key == name}
    text = f"{finding.clause.lead_in} {finding.clause.text}".strip()
    slots = {
        text[slot.start : slot.end].lower()
        for fact in finding.premises
        for slot in fact.slots
        if slot.role == name
    }
    return values | slots | ({finding.scope} if name == "scope" and finding.scope else set())


def _judge_guarded(example: Example, active: list[Finding], guards: list[Guard]) -> str:
    if active:
        return "expected to be left alone, is flagged"
    kinds = {guard.kind for guard in guards}
    if not kinds:
        return "expected to be left alone, is not seen at all"
    wrong = example.guardrail and example.guardrail not in kinds
    return f"expected guardrail {example.guardrail}, found {', '.join(sorted(kinds))}" if wrong else ""


def _judge_finding(rule: Rule, example: Example, conclusions: Conclusions) -> str:
    own = [f for f in conclusions.findings if f.rule == rule.id]
    active = [f for f in own if f.guard is None]
    guards = [f.guard for f in own if f.guard is not None]
    if example.verdict == "clear":
        return f"expected no finding; {len(own)} found" if own else ""
    if example.verdict == "guarded":
        return _judge_guarded(example, active, guards)
    if not active:
        return (
            f"expected a finding, is left alone ({guards[0].kind})" if guards else "expected a finding; none"
        )
    for name, value in example.expect:
        said = {one for finding in active for one in _said(finding, name)}
        if value.lower() not in said:
            return f'expected {name} "{value}", found {", ".join(sorted(said)) or "nothing"}'
    return ""


def _judge_credit(rule: Rule, example: Example, conclusions: Conclusions) -> str:
    if rule.kind == "strength":
        found = any(s.dimension == rule.dimension for s in conclusions.strengths)
    else:
        found = bool(conclusions.counsel) and any(
            n.topic in (rule.id, rule.id.rpartition("/")[2], rule.title, (rule.options or {}).get("topic"))
            for n in conclusions.counsel
        )
    if found == (example.verdict == "flagged"):
        return ""
    return "not expected, but found" if found else f"expected a {rule.kind}; none found"


def _judge_guard(rule: Rule, example: Example, conclusions: Conclusions) -> str:
    kinds = {f.guard.kind for f in conclusions.findings if f.guard}
    wanted = example.guardrail or (rule.options or {}).get("guardrail") or rule.id.rpartition("/")[2]
    if example.verdict == "clear":
        return f"expected not to be left alone, is ({wanted})" if wanted in kinds else ""
    if wanted in kinds:
        return ""
    found = ", ".join(sorted(kinds)) or ("flagged" if conclusions.findings else "nothing")
    return f"expected to be left alone ({wanted}), found {found}"


def _judge_absence(rule: Rule, example: Example, conclusions: Conclusions) -> str:
    """An absence is claimed once in a document, at the heading that `expect` may name."""
    headings = [finding.evidence for finding in conclusions.findings if finding.rule == rule.id]
    if example.verdict == "clear":
        return f'expected no finding; found at "{headings[0]}"' if headings else ""
    if len(headings) != 1:
        return f"expected one finding; {len(headings) or 'none'} found"
    wanted = dict(example.expect).get("heading", headings[0])
    return "" if wanted == headings[0] else f'expected at the heading "{wanted}", found at "{headings[0]}"'


def judge(rule: Rule, example: Example, conclusions: Conclusions) -> str:
    """What differs between an example's verdict and what was concluded, "" if nothing."""
    if rule.kind in ("strength", "counsel"):
        return _judge_credit(rule, example, conclusions)
    if rule.kind == "absence":
        return _judge_absence(rule, example, conclusions)
    return (_judge_guard if rule.kind == "guard" else _judge_finding)(rule, example, conclusions)


def example_packs(settings: Settings, store: ResultCache) -> tuple[RulePack, ...]:
    """The settings' packs with their examples. Raises ConfigError or PackError."""
    return tuple(load(source, store, examples=True) for source in settings.packs)


def run_examples(
    settings: Settings, selectors: Iterable[str] = (), *, cache: ResultCache | None = None
) -> tuple[ExampleResult, ...]:
    """Run each example of the settings' packs in the order of the rules: a single line as a document of one clause,
    several lines as a Markdown document.
    """
    packs = example_packs(settings, cache or ResultCache(None))
    joined = union(packs)
    check_needs(packs, joined.frames)
    tools = Workshop(Knowledge(packs, joined, {}), replace(settings, select=(), ignore=()))
    wanted = tuple(selectors)
    folders = {
        rule.id: pack_folder(source)
        for source, pack in zip(settings.packs, packs, strict=True)
        for rule in pack.rules
    }
    results = []
    for rule in sorted(joined.rules, key=lambda r: r.id):
        if wanted and not any(matches(selector, rule.id) for selector in wanted):
            continue
        for example in rule.examples:
            _, conclusions = tools.conclude(_tree(example, settings))
            place = f"{(folders[rule.id] / rule.path).as_posix()}:{example.line or rule.line}"
            results.append(ExampleResult(rule.id, example, place, judge(rule, example, conclusions)))
    return tuple(results)
