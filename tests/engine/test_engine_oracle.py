"""The adapter against naive forward chaining: nothing missing, nothing extra, whatever the order."""

from __future__ import annotations

import itertools
import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.engine.network import Budget, Network
from auditor.engine.plan import Production
from auditor.errors import EngineError
from auditor.model.fact import Fact
from auditor.model.rule import Condition, Test

KINDS = ("approval", "guard", "topic")
FIELDS = ("polarity", "scope", "cue", "levels")
VALUES = ("required", "customer", 0, 1, "0", "1", False, True, "", "None", 'say "yes"\\', "False", "é\u2028")
JOINS = (*FIELDS, "clause", "part", "section", "document")


def fields_of(fact: Fact) -> dict[str, object]:
    pseudo = {"clause": fact.clause, "part": fact.part, "section": fact.section, "document": fact.document}
    return {**dict(fact.fields), **pseudo}


def same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def satisfied(test: Test, values: dict[str, object], bound: dict[str, dict[str, object]]) -> bool:
    present = test.field in values
    if test.op == "has":
        return present
    if test.op == "lacks":
        return not present
    if test.op == "join":
        alias, name = test.values
        other = bound[alias]
        return present and name in other and same(values[test.field], other[name])
    equal = present and any(same(values[test.field], value) for value in test.values)
    return equal if test.op == "eq" else not equal


def oracle(productions: list[Production], facts: list[Fact]) -> set[tuple[Production, tuple[str, ...]]]:
    found = set()
    for production in productions:
        pools = [[fact for fact in facts if fact.kind == c.kind] for c in production.conditions]
        for bound in itertools.product(*pools):
            if len({fact.id for fact in bound}) < len(bound):
                continue
            known: dict[str, dict[str, object]] = {}
            for condition, fact in zip(production.conditions, bound, strict=True):
                values = fields_of(fact)
                if not all(satisfied(test, values, known) for test in condition.tests):
                    break
                known[condition.alias] = values
            else:
                found.add((production, tuple(fact.id for fact in bound)))
    return found


def engine(network: Network, facts: list[Fact]) -> set[tuple[Production, tuple[str, ...]]]:
    firings = network.run(facts)
    found = {(firing.production, tuple(fact.id for fact in firing.facts)) for firing in firings}
    assert len(found) == len(firings)
    return found


def random_tests(rng: random.Random, earlier: list[str]) -> tuple[Test, ...]:
    tests = []
    for _ in range(rng.randrange(4)):
        name = rng.choice(FIELDS)
        op = rng.choice(["eq", "eq", "eq", "ne", "has", "lacks"])
        values = tuple(rng.sample(VALUES, rng.randrange(1, 4))) if op in {"eq", "ne"} else ()
        tests.append(Test(name, op, values))
    for alias in earlier:
        for _ in range(rng.randrange(3)):
            tests.append(Test(rng.choice(JOINS), "join", (alias, rng.choice(JOINS))))
        if rng.random() < 0.5:
            name = rng.choice(JOINS)
            tests.append(Test(name, "join", (alias, name)))
    rng.shuffle(tests)
    return tuple(tests)


def random_production(rng: random.Random, name: str, kinds: tuple[str, ...] = KINDS) -> Production:
    aliases: list[str] = []
    conditions = []
    for index in range(rng.choice([1, 1, 2, 2, 3])):
        conditions.append(Condition(f"a{index}", rng.choice(kinds), random_tests(rng, aliases)))
        aliases.append(f"a{index}")
    return Production(name, tuple(conditions))


def random_facts(rng: random.Random, count: int) -> list[Fact]:
    facts = []
    for index in range(count):
        names = rng.sample(FIELDS, rng.randrange(len(FIELDS) + 1))
        fields = tuple(sorted((name, rng.choice(VALUES)) for name in names))
        clause = f"c{rng.randrange(4)}"
        facts.append(
            Fact(f"x{index}", rng.choice(KINDS), clause, rng.randrange(-1, 2), rng.randrange(3), "d", fields)
        )
    return facts


@pytest.mark.parametrize("seed", range(60))
def test_same_firings_as_naive_chaining_in_any_order(seed: int) -> None:
    rng = random.Random(seed)
    # More than 56 alternatives, so that several rulesets are needed.
    productions = [random_production(rng, f"r{i % 20}#{i}") for i in range(rng.choice([5, 40, 90]))]
    facts = random_facts(rng, rng.randrange(2, 14))
    network = Network(productions)
    expected = oracle(list(network.plan.productions), facts)
    assert engine(network, facts) == expected
    shuffled = facts[:]
    rng.shuffle(shuffled)
    assert network.run(shuffled) == network.run(facts)


@pytest.mark.parametrize("seed", range(20))
def test_chains_through_strata_like_the_oracle(seed: int) -> None:
    rng = random.Random(1000 + seed)
    first = Network([random_production(rng, f"m{i}") for i in range(12)])
    second = Network([random_production(rng, f"n{i}", ("match", "match", "guard")) for i in range(12)])
    facts = random_facts(rng, 8)

    def derive(found: set[tuple[Production, tuple[str, ...]]]) -> list[Fact]:
        by_id = {fact.id: fact for fact in facts}
        derived = []
        for production, bound in sorted(found, key=lambda one: (one[0].name, one[1])):
            head = by_id[bound[0]]
            name = f"m:{production.name}:{'+'.join(bound)}"
            derived.append(Fact(name, "match", head.clause, head.part, head.section, "d", head.fields))
        return derived[:25]

    derived, expected = derive(engine(first, facts)), derive(oracle(list(first.plan.productions), facts))
    assert derived == expected
    assert engine(second, facts + derived) == oracle(list(second.plan.productions), facts + expected)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(), st.integers(), st.booleans()), min_size=1, max_size=6), st.randoms())
def test_values_are_told_apart_by_type_and_content(
    values: list[str | int | bool], rng: random.Random
) -> None:
    wanted = rng.choice(values)
    production = Production("r", (Condition("a", "k", (Test("v", "eq", (wanted,)),)),))
    facts = [Fact(f"x{i}", "k", "c", 0, 0, "d", (("v", value),)) for i, value in enumerate(values)]
    assert engine(Network([production]), facts) == oracle([production], facts)


def test_a_network_gives_the_same_again_and_after_pickling_and_closing() -> None:
    rng = random.Random(7)
    network = Network([random_production(rng, f"r{i}") for i in range(30)])
    facts = random_facts(rng, 12)
    once = network.run(facts)
    assert once
    assert network.run(facts) == once
    network.close()
    assert network.run(facts) == once
    assert pickle.loads(pickle.dumps(network)).run(facts) == once


def test_budgets_fail_loudly_and_leave_the_network_usable() -> None:
    pair = Production("r", (Condition("a", "k"), Condition("b", "k")))
    network = Network([pair])
    facts = [Fact(f"x{i}", "k", "c", 0, 0, "d") for i in range(30)]
    with pytest.raises(EngineError, match="more than 100 ways"):
        network.run(facts, Budget(firings=100))
    with pytest.raises(EngineError, match="30 facts are more than the 10"):
        network.run(facts, Budget(facts=10))
    assert len(network.run(facts)) == 30 * 29


def test_facts_that_cannot_be_reasoned_about_are_refused() -> None:
    network = Network([Production("r", (Condition("a", "k", (Test("v", "has"),)),))])
    with pytest.raises(EngineError, match=r"1e\+22"):
        network.run([Fact("x", "k", "c", 0, 0, "d", (("v", 1e22),))])  # type: ignore[arg-type]
    twin = Fact("x", "k", "c", 0, 0, "d")
    with pytest.raises(EngineError, match="share the id 'x'"):
        network.run([twin, twin])
