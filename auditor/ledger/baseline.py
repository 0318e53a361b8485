"""The baseline: findings that were there already, as a ratchet that only tightens.

An entry is keyed by the finding's fingerprint (rule, clause identity, ordinal), so that renumbering, moving,
reflowing or converting a document changes nothing. The path is context: it decides between equal clauses
and says where an entry came from, but a renamed document keeps its entries.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.errors import LedgerError

SCHEMA = "policy-auditor/baseline/1"
FILE_NAME = "auditor-baseline.json"


@dataclass(frozen=True, slots=True, order=True)
class BaselineEntry:
    """A known finding. ``path`` is relative to the baseline file's folder."""

    path: str
    rule: str
    clause: str
    fingerprint: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ratchet:
    """Entries matched with findings one to one, and the rest on either side.

    ``known`` pairs entries with the index of their finding, None where the entry was not put to the test;
    ``new`` are the indices of findings that no entry covers.
    """

    known: tuple[tuple[BaselineEntry, int | None], ...]
    new: tuple[int, ...]
    stale: tuple[BaselineEntry, ...]

    @property
    def covered(self) -> frozenset[int]:
        """The indices of the findings that an entry covers."""
        return frozenset(index for _, index in self.known if index is not None)


def dump_baseline(entries: Iterable[BaselineEntry]) -> str:
    """The file's text: sorted, one entry a line, so that git merges it well."""
    lines = [json.dumps(_row(entry), ensure_ascii=False) for entry in sorted(entries)]
    body = ",\n".join(lines)
    return (
        f'{{"schema": "{SCHEMA}", "entries": [\n{body}\n]}}\n'
        if lines
        else f'{{"schema": "{SCHEMA}", "entries": []}}\n'
    )


def _row(entry: BaselineEntry) -> Mapping[str, str]:
    row = {name: getattr(entry, name) for name in ("path", "rule", "clause", "fingerprint")}
    return row | ({"reason": entry.reason} if entry.reason else {})


def parse_baseline(text: str, source: str) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline file. Raises LedgerError."""
    advice = "restore it from version control, or make it anew with `auditor baseline create --force`"
    try:
        data: Any = json.loads(text)
    except ValueError as error:
        raise LedgerError(f"{source}: is not valid JSON ({error}); {advice}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise LedgerError(f"{source}: is no baseline of this program (schema {SCHEMA}); {advice}")
    try:
        return tuple(
            sorted(
                BaselineEntry(
                    str(one["path"]), str(one["rule"]), str(one["clause"]), str(one["fingerprint"]),
                    str(one.get("reason", "")),
                )
                for one in data["entries"]
            )
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise LedgerError(f"{source}: an entry is incomplete ({error}); {advice}") from error


def ratchet(
    entries: Sequence[BaselineEntry],
    findings: Sequence[tuple[str, str]],
    audited: Iterable[str],
    gone: Iterable[str] = (),
) -> Ratchet:
    """Match ``entries`` with ``findings`` (pairs of path and fingerprint).

    ``audited`` are the paths that were audited, ``gone`` those of entries whose document is there no more.
    Entries of other paths were not put to the test and are kept as they are. An entry whose finding is gone
    from its document covers the same finding in another one, for clauses move; an absence does so only if
    its document is gone, for every document can lack the same thing.
    """
    by_print: defaultdict[str, list[int]] = defaultdict(list)
    for position, (_, fingerprint) in enumerate(findings):
        by_print[fingerprint].append(position)
    taken: set[int] = set()
    known: list[tuple[BaselineEntry, int | None]] = []
    waiting: list[BaselineEntry] = []
    index: int | None
    for entry in entries:
        here = (i for i in by_print[entry.fingerprint] if findings[i][0] == entry.path and i not in taken)
        index = next(here, None)
        if index is None:
            waiting.append(entry)
        else:
            known.append((entry, index))
            taken.add(index)
    tested, missing = frozenset(audited), frozenset(gone)
    stale: list[BaselineEntry] = []
    for entry in waiting:
        if entry.path not in tested | missing:
            known.append((entry, None))
            continue
        may_move = entry.path in missing or "/missing-" not in entry.rule
        index = next((i for i in by_print[entry.fingerprint] if i not in taken and may_move), None)
        if index is None:
            stale.append(entry)
        else:
            taken.add(index)
            known.append((entry, index))
    new = tuple(i for i in range(len(findings)) if i not in taken)
    return Ratchet(tuple(known), new, tuple(stale))
