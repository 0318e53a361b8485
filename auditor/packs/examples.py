"""Whether rules carry enough examples to be trusted."""

from __future__ import annotations

from collections import Counter

from auditor.model.rule import Rule, RulePack

FLAGGED = 6
GUARDED = 3
CLEAR = 6


def example_shortfalls(pack: RulePack) -> tuple[str, ...]:
    """Located complaints about rules with fewer than 6 flagged, 3 guarded (if guardable) or 6 clear examples.

    The pack has to be loaded with its examples. For a guard rule, guarded examples are what flagged ones
    are elsewhere. An absence is a matter of whole documents, so none are asked of it.
    """
    found = []
    for rule in pack.rules:
        have: Counter[str] = Counter(example.verdict for example in rule.examples)
        if rule.kind == "guard":
            have["flagged"] += have["guarded"]
        for verdict, least in _least(rule).items():
            if have[verdict] < least:
                where = f"{pack.id}/{rule.path}:{rule.line}:1"
                found.append(f"{where}: {rule.id} has {have[verdict]} {verdict} examples; {least} are needed")
    return tuple(found)


def _least(rule: Rule) -> dict[str, int]:
    guardable = rule.kind == "pattern" and rule.guardable
    return {"flagged": FLAGGED, "guarded": GUARDED if guardable else 0, "clear": CLEAR}
