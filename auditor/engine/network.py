"""The inference core behind a narrow door: sessions, a bounded drain loop, and budgets.

``durable_rules_engine`` is the C module of durable_rules. Its Python host is not used: it starts timer
threads, re-asserts a state fact after each action (which can match for ever) and swallows exceptions. A
session is opened by a boot event (deleting a session in which no action ever ran frees an uninitialised
pointer) and deleted in ``finally``; a ruleset has one live session at a time (the core corrupts memory at
the 1025th).
"""

from __future__ import annotations

import itertools
import json
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.engine.plan import BOOT, Encoder, Plan, Production, make_plan
from auditor.errors import EngineError
from auditor.model.fact import Fact

MAX_FACTS = 200_000
"""Facts of one run; decimal ids are free of collisions in the core's 32-bit hash below 797186."""
MAX_FIRINGS = 100_000
"""Firings of one run, some 26 kB of memory each in the worst (cross product) case."""

_HANDLED = 0
_UNMATCHED = 1


@dataclass(frozen=True, slots=True)
class Firing:
    """A production that holds, with the facts bound to its conditions in their order."""

    production: Production
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one run; exceeding one raises EngineError."""

    facts: int = MAX_FACTS
    firings: int = MAX_FIRINGS


class Network:
    """Productions compiled into the core's rulesets, made on first use; picklable, safe to share between
    threads."""

    def __init__(self, productions: Iterable[Production]) -> None:
        self.plan: Plan = make_plan(productions)
        self._handles: list[int] = []
        self._lock = threading.Lock()
        self._sessions = itertools.count(1)

    def __reduce__(self) -> tuple[Callable[..., Network], tuple[tuple[Production, ...]]]:
        return Network, (self.plan.productions,)

    def __del__(self) -> None:
        # The interpreter may be half gone, its modules too: the core's memory then goes with the process.
        if getattr(self, "_handles", None) and sys is not None and not sys.is_finalizing():
            self.close()

    def close(self) -> None:
        """Give the core's memory back; the next run compiles again."""
        handles, self._handles = self._handles, []
        if handles:
            core = _core()
            for handle in handles:
                core.delete_ruleset(handle)

    def run(self, facts: Iterable[Fact], budget: Budget | None = None) -> tuple[Firing, ...]:
        """All firings over ``facts``, independent of their order, sorted by production and facts' ids.

        One fact fills at most one condition of a firing. Raises EngineError if the core refuses or a
        budget is exceeded.
        """
        limits = budget or Budget()
        ordered = _ordered(facts, limits)
        encoder = Encoder(self.plan, ordered)
        found: set[tuple[int, tuple[int, ...]]] = set()
        with self._lock:
            try:
                self._open()
                for shard, handle in zip(self.plan.shards, self._handles, strict=True):
                    asserts = list(encoder.bodies(shard))
                    if asserts:
                        room = limits.firings - len(found)
                        for rule, bound in _session(handle, f"s{next(self._sessions)}", asserts, room):
                            found.add((shard.productions[rule], bound))
            except EngineError:
                self.close()
                raise
        return tuple(
            Firing(self.plan.productions[index], tuple(ordered[i] for i in bound))
            for index, bound in sorted(found)
        )

    def _open(self) -> None:
        if self._handles:
            return
        core = _core()
        try:
            for index, shard in enumerate(self.plan.shards):
                self._handles.append(core.create_ruleset(f"auditor{index}", shard.definition))
        except (core.error, MemoryError, ValueError) as error:
            raise EngineError(f"the inference core refused the rules: {error}") from error


def _core() -> Any:
    import durable_rules_engine

    return durable_rules_engine


def _ordered(facts: Iterable[Fact], limits: Budget) -> Sequence[Fact]:
    ordered = sorted(facts, key=lambda fact: fact.id)
    if len(ordered) > limits.facts:
        raise EngineError(f"{len(ordered)} facts are more than the {limits.facts} that one document may have")
    for one, other in itertools.pairwise(ordered):
        if one.id == other.id:
            raise EngineError(f"two facts share the id {one.id!r}")
    return ordered


def _session(
    handle: int, sid: str, asserts: Sequence[tuple[int, str]], room: int
) -> list[tuple[int, tuple[int, ...]]]:
    """Firings as (rule of the shard, indices of the facts bound) of one session over ``asserts``."""
    core = _core()
    firings: list[tuple[int, tuple[int, ...]]] = []
    opened = False
    try:
        _, state = core.assert_event(handle, f'{{"sid":"{sid}","id":"0","k":"{BOOT}"}}')
        opened = _drain(core, handle, state, firings, room) == 1
        if not opened:
            raise EngineError("the inference core did not open a session")
        for index, body in asserts:
            code, state = core.assert_fact(handle, f'{{"sid":"{sid}","id":"{index + 1}",{body}}}')
            if code == _HANDLED:
                _drain(core, handle, state, firings, room)
            elif code != _UNMATCHED:
                raise EngineError(f"the inference core did not take a fact (code {code})")
    except (core.error, MemoryError, ValueError) as error:
        raise EngineError(f"the inference core failed: {error}") from error
    finally:
        # Where even the boot event failed no action ran, and deleting would free an uninitialised pointer.
        if opened:
            core.delete_state(handle, sid)
    return firings


def _drain(core: Any, handle: int, state: int, firings: list[tuple[int, tuple[int, ...]]], room: int) -> int:
    """Take every pending activation; the number taken."""
    taken = 0
    started = core.start_action_for_state(handle, state)
    message = started[1] if started else None
    while message:
        taken += 1
        for name, bound in json.loads(message).items():
            if name != "boot":
                aliases = sorted(bound, key=lambda alias: int(alias[1:]))
                firings.append((int(name[1:]), tuple(int(bound[alias]["id"]) - 1 for alias in aliases)))
        if len(firings) > room:
            raise EngineError(
                f"the rules hold in more than {room} ways here; join their conditions more closely"
            )
        message = core.complete_and_start_action(handle, state)
    return taken
