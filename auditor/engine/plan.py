"""Productions turned into rulesets that the inference core can take without harm.

The core (durable_rules) hangs, crashes or answers wrongly outside a small subset of its language, so
nothing that an author or a document writes reaches it. Kinds, fields and values become decimal numerals;
every field that a rule looks at is always asserted, "0" standing for its absence; a test on several values,
on none of them, or on mere presence enters as a *class* of the field, computed beside the fact. So a
pattern is a conjunction of equalities: its kind first, then joins, then literals, then the kind once more
(the core reads out of bounds when a join stands last).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.errors import EngineError, PackError
from auditor.model.fact import Fact, Scalar
from auditor.model.rule import Condition, Test

PSEUDO = ("clause", "part", "section", "document")
"""Fields that every fact has, whatever its kind."""

MAX_CONDITIONS = 8
"""Conditions in one conjunction; the core fails at 17."""
MAX_TESTS = 24
"""Tests on one condition."""
MAX_SHARD = 56
"""Patterns in one ruleset; the core loses activations when a fact satisfies more than 64 siblings."""
MAX_PROPERTIES = 240
"""Properties that the tests of one ruleset may need; the core refuses facts with more than 254."""
MAX_PATTERNS = 20_000
"""Patterns of one network, about 360 rulesets."""
MAX_TEXT = 200
"""Characters of a string value kept as they are; longer ones are compared by their hash."""

ABSENT = "0"
BOOT = "0"


@dataclass(frozen=True, slots=True)
class Production:
    """One conjunction of conditions under the name it concludes; ``where`` locates it for its author."""

    name: str
    conditions: tuple[Condition, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class FieldClass:
    """A set of values of a field; ``values`` None stands for any value at all."""

    field: str
    values: frozenset[str] | None
    name: str


@dataclass(slots=True)
class Projection:
    """What is asserted of facts of one kind: columns (field to property) and classes."""

    kind: str
    columns: dict[str, str] = field(default_factory=dict)
    classes: dict[tuple[str, frozenset[str] | None], FieldClass] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shard:
    """One ruleset: its definition as JSON, what it wants to know of facts of each kind, and its
    productions in order."""

    definition: str
    projections: Mapping[str, Projection]
    productions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything needed to run a set of productions; made by :func:`make_plan`."""

    productions: tuple[Production, ...]
    shards: tuple[Shard, ...]
    symbols: Mapping[str, str]


def tag(value: object) -> str:
    """A string that tells values of different type apart; raises EngineError for anything but str, int and
    bool."""
    if isinstance(value, bool):
        return f"b{int(value)}"
    if isinstance(value, int):
        return (
            f"i{value}"
            if abs(value) < 10**MAX_TEXT
            else f"h{hashlib.sha256(hex(value).encode()).hexdigest()}"
        )
    if isinstance(value, str):
        if len(value) <= MAX_TEXT:
            return f"s{value}"
        return f"h{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
    raise EngineError(
        f"a fact's field holds {value!r}: only text, whole numbers and true/false can be reasoned about"
    )


def values_of(fact: Fact) -> dict[str, Scalar]:
    """A fact's fields with the pseudo fields."""
    values: dict[str, Scalar] = dict(fact.fields)
    values["clause"], values["part"] = fact.clause, fact.part
    values["section"], values["document"] = fact.section, fact.document
    return values


class _Builder:
    """The names of one ruleset; ``symbols`` are shared by all of a plan."""

    def __init__(self, symbols: dict[str, str]) -> None:
        self.symbols = symbols
        self.projections: dict[str, Projection] = {}
        self.columns = 0

    def symbol(self, text: str) -> str:
        return self.symbols.setdefault(text, str(len(self.symbols) + 1))

    def projection(self, kind: str) -> Projection:
        if kind not in self.projections:
            self.projections[kind] = Projection(self.symbol(f"k{kind}"))
        return self.projections[kind]

    def column(self, kind: str, name: str) -> str:
        columns = self.projection(kind).columns
        if name not in columns:
            columns[name] = f"f{self.columns}"
            self.columns += 1
        return columns[name]

    def field_class(self, kind: str, name: str, values: frozenset[str] | None) -> str:
        classes = self.projection(kind).classes
        if (name, values) not in classes:
            classes[name, values] = FieldClass(name, values, f"c{self.columns}")
            self.columns += 1
        return classes[name, values].name

    def literal(self, kind: str, test: Test) -> tuple[str, str]:
        if test.op in {"has", "lacks"}:
            return self.field_class(kind, test.field, None), str(int(test.op == "has"))
        tags = frozenset(tag(value) for value in test.values)
        if test.op == "eq" and len(tags) == 1:
            return self.column(kind, test.field), self.symbol(next(iter(tags)))
        return self.field_class(kind, test.field, tags), str(int(test.op == "eq"))

    def pattern(
        self, condition: Condition, aliases: Mapping[str, int], kinds: Sequence[str]
    ) -> dict[str, object]:
        kind = self.projection(condition.kind).kind
        joins: list[dict[str, object]] = []
        literals = set()
        for test in condition.tests:
            if test.op == "join":
                index = aliases[str(test.values[0])]
                other = self.column(kinds[index], str(test.values[1]))
                joins.append({self.column(condition.kind, test.field): {f"m{index}": other}})
                literals.add((self.field_class(condition.kind, test.field, None), "1"))
            else:
                literals.add(self.literal(condition.kind, test))
        tests: list[dict[str, object]] = [{"k": kind}, *joins]
        tests += [{name: value} for name, value in sorted(literals)]
        return {"$and": [*tests, {"$and": [{"k": kind}]}]}

    def rule(self, production: Production) -> dict[str, object]:
        kinds = [condition.kind for condition in production.conditions]
        aliases: dict[str, int] = {}
        patterns = []
        for index, condition in enumerate(production.conditions):
            patterns.append({f"m{index}": self.pattern(condition, aliases, kinds)})
            aliases[condition.alias] = index
        return {"all": patterns}


def problems_of(production: Production) -> tuple[str, ...]:
    """Why a production cannot be compiled safely, each with its place; empty if it can."""
    found = []
    size = len(production.conditions)
    if not 1 <= size <= MAX_CONDITIONS:
        found.append(f"{size} conditions are joined; between 1 and {MAX_CONDITIONS} can be")
    if _weight(production) > MAX_PROPERTIES:
        found.append(f"its conditions have too many tests (a join counts 3, of {MAX_PROPERTIES}); split it")
    known: set[str] = set()
    for condition in production.conditions:
        if condition.alias in known:
            found.append(f"two conditions are called {condition.alias!r}; give each its own `as`")
        if len(condition.tests) > MAX_TESTS:
            found.append(f"a condition on {condition.kind!r} has more than {MAX_TESTS} tests; split it")
        found += [text for test in condition.tests if (text := _test_problem(test, known))]
        known.add(condition.alias)
    where = production.where or production.name
    return tuple(f"{where}: {text}" for text in found)


def _test_problem(test: Test, known: set[str]) -> str:
    if test.op == "join":
        if len(test.values) != 2 or test.values[0] not in known:
            names = ", ".join(sorted(known)) or "none"
            return (
                f"{test.field!r} is compared with {test.values!r}; conditions named before this one: {names}"
            )
        return ""
    if test.op in {"eq", "ne"}:
        if not test.values:
            return f"the test on {test.field!r} lists no value"
        if any(not isinstance(value, str | int) for value in test.values):
            return f"the test on {test.field!r} may only list text, whole numbers and true/false"
    return ""


def make_plan(productions: Iterable[Production]) -> Plan:
    """Compile productions; raises PackError with every located problem if any of them is outside the safe
    subset."""
    kept = tuple(dict.fromkeys(productions))
    problems = [text for production in kept for text in problems_of(production)]
    total = sum(len(production.conditions) for production in kept)
    if total > MAX_PATTERNS:
        problems.append(f"{kept[0].where}: the pack has {total} conditions; {MAX_PATTERNS} are allowed")
    if problems:
        raise PackError(tuple(problems))
    symbols: dict[str, str] = {}
    shards = tuple(_shard(batch, kept, symbols) for batch in _batches(kept))
    return Plan(kept, shards, symbols)


def _batches(productions: Sequence[Production]) -> list[list[int]]:
    """Productions that look at like kinds together, so that a fact visits few rulesets."""
    order = sorted(range(len(productions)), key=lambda i: ([c.kind for c in productions[i].conditions], i))
    batches: list[list[int]] = []
    patterns = properties = 0
    for index in order:
        size, weight = len(productions[index].conditions), _weight(productions[index])
        if not batches or patterns + size > MAX_SHARD or properties + weight > MAX_PROPERTIES:
            batches.append([])
            patterns = properties = 0
        batches[-1].append(index)
        patterns += size
        properties += weight
    return batches


def _weight(production: Production) -> int:
    """Properties that a production may add: a join needs the field here and there, and whether it is
    present."""
    return sum(
        3 if test.op == "join" else 1 for condition in production.conditions for test in condition.tests
    )


def _shard(batch: Sequence[int], productions: Sequence[Production], symbols: dict[str, str]) -> Shard:
    builder = _Builder(symbols)
    boot = {"all": [{"m0": {"$and": [{"k": BOOT}, {"$and": [{"k": BOOT}]}]}}]}
    rules = {f"r{place}": builder.rule(productions[index]) for place, index in enumerate(batch)}
    return Shard(json.dumps({"boot": boot, **rules}), builder.projections, tuple(batch))


class Encoder:
    """Facts as the core sees them; one per run, because values that no rule names get numerals as they
    come.
    """

    def __init__(self, plan: Plan, facts: Sequence[Fact]) -> None:
        self._symbols = dict(plan.symbols)
        self._kinds: dict[str, list[tuple[int, dict[str, str]]]] = {}
        wanted = _wanted(plan)
        for index, fact in enumerate(facts):
            if fact.kind in wanted:
                names = wanted[fact.kind]
                tags = {name: tag(value) for name, value in values_of(fact).items() if name in names}
                self._kinds.setdefault(fact.kind, []).append((index, tags))

    def bodies(self, shard: Shard) -> Iterator[tuple[int, str]]:
        """Index and properties, as JSON members, of each fact whose kind a shard looks at, in order."""
        listed = [
            (index, tags, projection)
            for kind, projection in shard.projections.items()
            for index, tags in self._kinds.get(kind, ())
        ]
        for index, tags, projection in sorted(listed, key=lambda one: one[0]):
            yield index, self._body(tags, projection)

    def _body(self, tags: Mapping[str, str], projection: Projection) -> str:
        members = [f'"k":"{projection.kind}"']
        for name, out in projection.columns.items():
            members.append(f'"{out}":"{self._symbol(tags[name]) if name in tags else ABSENT}"')
        for item in projection.classes.values():
            held = item.field in tags and (item.values is None or tags[item.field] in item.values)
            members.append(f'"{item.name}":"{1 if held else 0}"')
        return ",".join(members)

    def _symbol(self, text: str) -> str:
        return self._symbols.setdefault(text, str(len(self._symbols) + 1))


def _wanted(plan: Plan) -> dict[str, set[str]]:
    """The fields that any shard looks at, by kind."""
    wanted: dict[str, set[str]] = {}
    for shard in plan.shards:
        for kind, projection in shard.projections.items():
            names = wanted.setdefault(kind, set())
            names.update(projection.columns)
            names.update(name for name, _ in projection.classes)
    return wanted
