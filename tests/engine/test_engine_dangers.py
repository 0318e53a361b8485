"""Inputs that hang or crash the inference core when it is used bare: the adapter refuses or survives them.

Each case runs in a child with a time limit and freed memory overwritten, because a hang or a crash in the core cannot be
caught in the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

PRELUDE = """
from auditor.engine.network import Budget, Network
from auditor.engine.plan import Production
from auditor.errors import EngineError, PackError
from auditor.model.fact import Fact
from auditor.model.rule import Condition, Test

def fact(id="x", kind="k", clause="c", part=0, section=0, **fields):
    return Fact(id, kind, clause, part, section, "d", tuple(sorted(fields.items())))

def rule(*conditions, name="r"):
    return Production(name, tuple(conditions))

def cond(*tests, kind="k", alias="a"):
    return Condition(alias, kind, tests)

def run(productions, facts):
    return Network(productions).run(facts)
"""

CASES = {
    "only presence and absence is tested": """
        assert len(run([rule(cond(Test("v", "has"))), rule(cond(Test("w", "lacks")), name="s")], [fact(v=1)])) == 2
    """,
    "absence of the core's own fields": """
        tests = [Test(name, "lacks") for name in ("sid", "id", "$s", "$time")]
        assert len(run([rule(cond(*tests))], [fact(v=1)])) == 1
        assert len(run([rule(cond(Test("sid", "eq", ("7",))))], [fact(sid="7", id="9")])) == 1
    """,
    "no test at all": """
        assert len(run([rule(cond())], [fact()])) == 1
    """,
    "the last test of a condition is a join that fails": """
        pair = rule(cond(kind="p"), cond(Test("n", "join", ("a", "n")), kind="q", alias="b"))
        facts = [fact(f"p{i}", "p", n=i) for i in range(40)] + [fact(f"q{i}", "q", n=i + 20) for i in range(40)]
        assert len(run([pair], facts)) == 20
    """,
    "a join written after alternatives": """
        second = cond(Test("m", "eq", ("x", "y")), Test("section", "join", ("a", "section")), kind="q", alias="b")
        facts = [fact("p", "p", section=1), fact("q1", "q", section=1, m="x"), fact("q2", "q", section=2, m="x")]
        assert [f.facts[1].id for f in run([rule(cond(kind="p"), second)], facts)] == ["q1"]
    """,
    "a session in which nothing holds is deleted": """
        network = Network([rule(cond(Test("v", "eq", ("never",))))])
        for _ in range(300):
            assert network.run([fact(v="other")]) == ()
    """,
    "more sessions than the core can hold": """
        network = Network([rule(cond())])
        for _ in range(2500):
            assert len(network.run([fact()])) == 1
    """,
    "more than 512 literals of one field": """
        rules = [rule(cond(Test("n", "eq", (i,))), name=f"r{i}") for i in range(1500)]
        assert [f.production.name for f in run(rules, [fact(n=1234)])] == ["r1234"]
    """,
    "more than 64 siblings hold for one fact": """
        rules = [rule(cond(Test(f"f{i % 12}", "has"), Test("n", "ne", (i,))), name=f"r{i}") for i in range(600)]
        assert len(run(rules, [fact(n=-1, **{f"f{i}": i for i in range(12)})])) == 600
    """,
    "more than 64 joins with one prefix": """
        rules = [
            rule(cond(kind="p"), cond(Test("n", "join", ("a", f"n{i}")), kind="q", alias="b"), name=f"r{i}")
            for i in range(120)
        ]
        first = fact("p", "p", **{f"n{i}": 5 for i in range(120)})
        assert len(run(rules, [first, fact("q", "q", n=5)])) == 120
    """,
    "more than 255 rules with the very same test": """
        assert len(run([rule(cond(Test("v", "eq", (1,))), name=f"r{i}") for i in range(700)], [fact(v=1)])) == 700
    """,
    "more than 128 absences under one parent": """
        rules = [rule(cond(Test(f"f{i}", "lacks")), name=f"r{i}") for i in range(400)]
        assert len(run(rules, [fact(f7=1)])) == 399
    """,
    "more than 4096 rules": """
        rules = [rule(cond(Test("n", "eq", (i % 50,))), name=f"r{i}") for i in range(5000)]
        assert len(run(rules, [fact(n=3)])) == 100
    """,
    "alternatives that would explode": """
        tests = [Test(f"f{i}", "eq", tuple(f"v{j}" for j in range(30))) for i in range(12)]
        assert len(run([rule(cond(*tests))], [fact(**{f"f{i}": "v3" for i in range(12)})])) == 1
    """,
    "too many conditions and tests": """
        many = [cond(alias=f"a{i}") for i in range(17)]
        wide = cond(*[Test(f"f{i}", "has") for i in range(300)])
        try:
            run([Production("r", tuple(many), "p/r.yaml:3:1"), Production("s", (wide,), "p/s.yaml:4:1")], [fact()])
        except PackError as error:
            assert error.problems[0].startswith("p/r.yaml:3:1: 17 conditions"), error
            assert error.problems[1].startswith("p/s.yaml:4:1: "), error
        else:
            raise SystemExit("not refused")
    """,
    "more patterns than the budget": """
        try:
            Network([rule(cond(Test("n", "eq", (i,))), name=f"r{i}") for i in range(20_001)])
        except PackError as error:
            assert "20001 conditions" in str(error)
        else:
            raise SystemExit("not refused")
    """,
    "a join to nowhere": """
        try:
            run([rule(cond(Test("n", "join", ("later", "n"))))], [fact(n=1)])
        except PackError as error:
            assert "'n' is compared with" in str(error)
        else:
            raise SystemExit("not refused")
    """,
    "two conditions of one name": """
        try:
            run([rule(cond(), cond())], [fact()])
        except PackError as error:
            assert "two conditions are called 'a'" in str(error)
        else:
            raise SystemExit("not refused")
    """,
    "long and odd ids, kinds, fields and rule names": """
        odd = ['x' * 9_000_000, 'a"b', "a\\\\b", "", "\\x00", "\\ud800", "\\u2028", "$all", "m$not", "0", "boot"]
        for word in odd:
            conditions = [Condition(word, word, (Test(word, "eq", (word,)),))]
            got = run([Production(word, tuple(conditions))], [Fact(word, word, word, 0, 0, word, ((word, word),))])
            assert len(got) == 1, word[:10]
    """,
    "values of 64 KiB and more": """
        base = "must"
        wanted = Test("v", "eq", (base,))
        assert run([rule(cond(wanted))], [fact(v=base + "x" * 65536), fact("y", v="m" * 20_000_000)]) == ()
        long = "y" * 70_000
        assert len(run([rule(cond(Test("v", "eq", (long,))))], [fact(v=long), fact("z", v=long + "y")])) == 1
    """,
    "huge integers": """
        big = 2**63
        got = run([rule(cond(Test("v", "eq", (big,))))], [fact(v=big), fact("y", v=big + 1), fact("z", v=10**5000)])
        assert [f.facts[0].id for f in got] == ["x"]
    """,
    "numbers with an exponent, infinity and nan": """
        for value in (1e-07, 1e22, float("inf"), float("nan"), None, [1], {"a": 1}):
            try:
                run([rule(cond(Test("v", "has")))], [fact(v=value)])
            except EngineError:
                continue
            raise SystemExit(f"{value} was not refused")
    """,
    "zero, its text and false are three things": """
        for wanted in (0, "0", False, 1, "1", True):
            facts = [fact(f"x{i}", v=v) for i, v in enumerate((0, "0", False, 1, "1", True))]
            got = [f.facts[0].get("v") for f in run([rule(cond(Test("v", "eq", (wanted,))))], facts)]
            assert [(type(v), v) for v in got] == [(type(wanted), wanted)], got
    """,
    "ids that collide in the core's hash": """
        facts = [fact(str(i), n=i % 3) for i in (40189, 797186)]
        facts += [fact(f"y{i}", n=0) for i in range(3000)]
        assert len(run([rule(cond())], facts)) == 3002
    """,
    "a cross product": """
        pair = rule(cond(kind="p"), cond(kind="p", alias="b"), cond(kind="p", alias="c"))
        try:
            Network([pair]).run([fact(f"p{i}", "p") for i in range(400)], Budget(firings=20_000))
        except EngineError as error:
            assert "20000 ways" in str(error)
        else:
            raise SystemExit("not refused")
    """,
    "rulesets made and freed again and again": """
        for _ in range(150):
            network = Network([rule(cond(Test("n", "eq", (i,))), name=f"r{i}") for i in range(60)])
            assert len(network.run([fact(n=5)])) == 1
            network.close()
    """,
    "threads share a network": """
        import threading
        network = Network([rule(cond(Test("section", "eq", (3,))))])
        facts = [fact(f"x{i}", section=i % 5) for i in range(50)]
        counts = []
        threads = [threading.Thread(target=lambda: counts.extend(len(network.run(facts)) for _ in range(50))) for _ in range(4)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        assert counts == [10] * 200
    """,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "-"))
def test_survives(case: str) -> None:
    code = PRELUDE + textwrap.dedent(CASES[case])
    child = subprocess.run(
        [sys.executable, "-"],
        input=code,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "MALLOC_PERTURB_": "165"},
        check=False,
    )
    assert child.returncode == 0, f"ended with {child.returncode}: {child.stderr[-2000:]}"


def test_the_bare_core_is_as_dangerous_as_believed() -> None:
    """If this fails the core has changed for the better, and the adapter may be simplified."""
    code = """
        import json, durable_rules_engine as core
        h = core.create_ruleset("x", json.dumps({"r": {"all": [{"m": {"$nex": {"foo": 1}}}]}}))
        _, state = core.assert_event(h, '{"sid":"1","id":"1","k":"a"}')
        core.start_action_for_state(h, state)
        for n in range(10):
            core.update_state(h, '{"sid":"1","id":"sid-1","$s":1}')
            if not core.complete_and_start_action(h, state):
                raise SystemExit("drained")
    """
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], timeout=60, check=False, capture_output=True
    )
    assert child.returncode == 0, child.stderr
