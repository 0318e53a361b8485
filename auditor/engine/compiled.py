"""A rule pack compiled into networks, one for each stratum of inference."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.engine.network import Network
from auditor.engine.plan import PSEUDO, Production
from auditor.errors import PackError
from auditor.model.rule import Condition, Rule, RulePack, Test

CONCLUDED = frozenset({"match", "strength"})
"""Kinds of facts that an earlier stratum concludes."""
TALLY = "tally"
MAX_ALTERNATIVES = 200
"""Entries of one rule's ``when``."""
SEPARATOR = "#"
PROBE_SECONDS = 20.0
PROBE_MIB = 1024


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """A pack and its networks.

    ``base`` holds patterns, strengths and counsel over the facts of clauses; ``guards`` the guard rules
    over matches;
    ``derived`` the rules that look at matches or strengths; ``sections`` what absences look for;
    ``absences`` the rules
    over tallies. Picklable.
    """

    pack: RulePack
    rules: Mapping[str, Rule]
    base: Network
    guards: Network
    derived: Network
    sections: Network
    absences: Network


def compile_pack(pack: RulePack) -> CompiledPack:
    """Compile a pack in this process; raises PackError with every located problem outside the safe subset."""
    stages: dict[str, list[Production]] = {
        "base": [],
        "guards": [],
        "derived": [],
        "sections": [],
        "absences": [],
    }
    problems: list[str] = []
    for rule in pack.rules:
        problems += _problems(pack, rule)
        for stage, production in _productions(pack, rule):
            stages[stage].append(production)
    networks: dict[str, Network] = {}
    for stage, productions in stages.items():
        try:
            networks[stage] = Network(productions)
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(tuple(problems))
    return CompiledPack(pack, {rule.id: rule for rule in pack.rules}, **networks)


def place(pack: RulePack, rule: Rule) -> str:
    """Where a rule stands, for its author."""
    return f"{pack.id}/{rule.path or rule.id}:{rule.line}:1"


def is_derived(rule: Rule) -> bool:
    """Whether a rule looks at the conclusions of others."""
    return any(condition.kind in CONCLUDED for conditions in rule.when for condition in conditions)


def name_of(rule_id: str, branch: str | int) -> str:
    """A production's name; :func:`split_name` undoes it."""
    return f"{rule_id}{SEPARATOR}{branch}"


def split_name(name: str) -> tuple[str, str]:
    """Rule id and branch of a production's name."""
    rule_id, _, branch = name.rpartition(SEPARATOR)
    return rule_id, branch


def _problems(pack: RulePack, rule: Rule) -> Iterator[str]:
    where = place(pack, rule)
    if len(rule.when) > MAX_ALTERNATIVES:
        yield f"{where}: {len(rule.when)} alternatives; at most {MAX_ALTERNATIVES} in one rule"
    if rule.kind == "guard" and any(not any(c.kind == "match" for c in one) for one in rule.when):
        yield f"{where}: every condition of a guard needs a fact `match` to say what is guarded"
    if rule.kind in {"pattern", "strength", "counsel", "guard"} and not rule.when:
        yield f"{where}: `when` lists no condition"
    if rule.kind == "absence" and not (rule.options or {}).get("absence"):
        yield f"{where}: an absence says in `absence` what is looked for"


def _productions(pack: RulePack, rule: Rule) -> Iterator[tuple[str, Production]]:
    where = place(pack, rule)
    if rule.kind == "absence":
        yield from _absence_productions(rule, where)
        return
    for branch, conditions in enumerate(rule.when):
        name = name_of(rule.id, branch)
        if rule.kind == "guard":
            joined = tuple(_same_part(condition, conditions) for condition in conditions)
            yield "guards", Production(name, joined, where)
        else:
            yield "derived" if is_derived(rule) else "base", Production(name, conditions, where)


def _absence_productions(rule: Rule, where: str) -> Iterator[tuple[str, Production]]:
    absence = (rule.options or {}).get("absence") or {}
    for side in ("present", "lacking"):
        for index, conditions in enumerate(absence.get(side, ())):
            yield "sections", Production(name_of(rule.id, f"{side}{index}"), conditions, where)
    tests = (
        Test("rule", "eq", (rule.id,)),
        Test("substantial", "eq", (True,)),
        Test("present", "eq", (True,)),
        Test("lacking", "eq", (True,)),
    )
    yield "absences", Production(name_of(rule.id, 0), (Condition("tally", TALLY, tests),), where)


def _same_part(condition: Condition, conditions: Sequence[Condition]) -> Condition:
    """A guard that is joined to a match by its clause is joined by its part too."""
    if condition.kind != "guard":
        return condition
    matches = {one.alias for one in conditions if one.kind == "match"}
    for test in condition.tests:
        if test.op == "join" and test.field == "clause" and test.values[0] in matches:
            joined = Test("part", "join", (test.values[0], "part"))
            return (
                condition
                if joined in condition.tests
                else replace(condition, tests=(*condition.tests, joined))
            )
    return condition


def compile_checked(
    pack: RulePack, remember: Path | None = None, seconds: float = PROBE_SECONDS, mebibytes: int = PROBE_MIB
) -> CompiledPack:
    """Compile a pack that others wrote: once in a child with a time and a memory limit, then here.

    ``remember`` is a folder in which packs that passed are noted by their hash. Raises PackError if the
    child dies.
    """
    compiled = compile_pack(pack)
    stamp = remember / f"{pack.sha256}.compiled" if remember and pack.sha256 else None
    if stamp and stamp.exists():
        return compiled
    stages = [compiled.base, compiled.guards, compiled.derived, compiled.sections, compiled.absences]
    shards = [(network, shard) for network in stages for shard in network.plan.shards]
    done, why = _probe([shard.definition for _, shard in shards], seconds, mebibytes)
    if done < len(shards):
        network, shard = shards[done]
        places = dict.fromkeys(network.plan.productions[index].where for index in shard.productions)
        raise PackError(
            tuple(f"{where}: cannot be compiled safely ({why}); simplify `when`" for where in places)
        )
    if stamp:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text("ok\n", encoding="ascii")
    return compiled


def _probe(definitions: Sequence[str], seconds: float, mebibytes: int) -> tuple[int, str]:
    """How many definitions a child compiled, and why it stopped."""
    command = [sys.executable, "-m", "auditor.engine.probe", str(seconds), str(mebibytes)]
    try:
        child = subprocess.run(
            command,
            input=json.dumps(definitions),
            capture_output=True,
            text=True,
            timeout=seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
        return len(output.split()), f"took longer than {seconds:g} s"
    reason = f"the compiling process ended with {child.returncode}"
    return len(child.stdout.split()), reason


__all__ = [
    "PSEUDO",
    "CompiledPack",
    "compile_checked",
    "compile_pack",
    "is_derived",
    "name_of",
    "place",
    "split_name",
]
