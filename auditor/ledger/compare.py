"""Two editions side by side: clauses, findings, controls, thresholds, approvals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from auditor.ledger.pairing import pair_clauses
from auditor.model.clause import Clause
from auditor.model.comparison import (
    ClausePair,
    Comparison,
    ControlLost,
    DocumentChange,
    ThresholdChange,
)
from auditor.model.report import DocumentReport, Report, ReportEntry

_NUMBER = re.compile(r"(?:[$£€¥]\s?|(?:USD|EUR|GBP|CHF)\s?)?\d(?:[\d,.]*\d)?(?:\s?%)?")
RELATED = 0.3
"""Share of equal clauses from which two documents of different names are the same one, renamed or converted."""

Named = Mapping[str, DocumentReport]


def compare(
    old: Report, new: Report, names: tuple[str, str], paths: tuple[Mapping[str, str], Mapping[str, str]]
) -> Comparison:
    """What changed from ``old`` to ``new``.

    ``paths`` map each edition's document paths to the names by which documents are paired; those left over
    are paired by their clauses, so that a renamed or converted document is recognised.
    """
    before = {paths[0].get(_path(d), _path(d)): d for d in old.documents}
    after = {paths[1].get(_path(d), _path(d)): d for d in new.documents}
    changes = [_document(one, other) for one, other in _pairs(before, after)]
    changes.sort(key=lambda change: (change.new_path or change.old_path, change.old_path))
    return Comparison(*names, new.version, tuple(changes), old.scorecard, new.scorecard)


def _path(document: DocumentReport) -> str:
    return document.tree.document.path


def _pairs(before: Named, after: Named) -> Iterable[tuple[DocumentReport | None, DocumentReport | None]]:
    if len(before) == len(after) == 1:
        yield next(iter(before.values())), next(iter(after.values()))
        return
    both = [name for name in before if name in after]
    yield from ((before[name], after[name]) for name in both)
    rest_old = {name: one for name, one in before.items() if name not in after}
    rest_new = {name: one for name, one in after.items() if name not in before}
    ranked = sorted(
        (-_shared(one, other), name, another)
        for name, one in rest_old.items()
        for another, other in rest_new.items()
        if _shared(one, other) >= RELATED
    )
    for _, name, another in ranked:
        if name in rest_old and another in rest_new:
            yield rest_old.pop(name), rest_new.pop(another)
    yield from ((one, None) for one in rest_old.values())
    yield from ((None, other) for other in rest_new.values())


def _shared(one: DocumentReport, other: DocumentReport) -> float:
    ours = {clause.id for clause in one.tree.clauses}
    theirs = {clause.id for clause in other.tree.clauses}
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _clauses(document: DocumentReport | None) -> tuple[Clause, ...]:
    return () if document is None else document.tree.clauses


def _document(old: DocumentReport | None, new: DocumentReport | None) -> DocumentChange:
    pairs, removed, added = pair_clauses(_clauses(old), _clauses(new))
    forth = {pair.old.index: pair.new.index for pair in pairs}
    ours, theirs = (old.entries if old else ()), (new.entries if new else ())
    then = {_key(e, forth) for e in ours if e.finding.guard is None}
    now = {_key(e, None) for e in theirs if e.finding.guard is None}
    flagged = [e for e in theirs if e.finding.guard is None]
    asked = {forth.get(a.clause.index, -1) for a in (old.approvals if old else ())}
    asks = {a.clause.index for a in (new.approvals if new else ())}
    said = {(s.dimension, forth.get(s.clause.index, -1)) for s in (old.strengths if old else ())}
    says = {(s.dimension, s.clause.index) for s in (new.strengths if new else ())}
    return DocumentChange(
        old_path=_path(old) if old else "",
        new_path=_path(new) if new else "",
        added=_read(added),
        removed=_read(removed),
        pairs=pairs,
        new=tuple(e for e in flagged if _key(e, None) not in then),
        resolved=tuple(e for e in ours if e.finding.guard is None and _key(e, forth) not in now),
        persisting=tuple(e for e in flagged if _key(e, None) in then),
        controls_lost=tuple(_lost(ours, theirs, pairs)),
        thresholds=tuple(_thresholds(pairs, old, new)),
        approvals_new=tuple(a for a in (new.approvals if new else ()) if a.clause.index not in asked),
        approvals_gone=tuple(
            a for a in (old.approvals if old else ()) if forth.get(a.clause.index, -1) not in asks
        ),
        strengths_new=tuple(s for s in (new.strengths if new else ()) if (s.dimension, s.clause.index) not in said),
        strengths_gone=tuple(
            s for s in (old.strengths if old else ()) if (s.dimension, forth.get(s.clause.index, -1)) not in says
        ),
    )  # fmt: skip


def _read(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(clause for clause in clauses if clause.kind != "lead-in")


def _key(entry: ReportEntry, forth: Mapping[int, int] | None) -> tuple[str, int]:
    """Rule and clause in the numbering of the new edition; absences have no clause of their own."""
    finding = entry.finding
    if "/missing-" in finding.rule:
        return finding.rule, -1
    index = finding.clause.index
    return finding.rule, index if forth is None else forth.get(index, -2)


def _lost(
    ours: Sequence[ReportEntry], theirs: Sequence[ReportEntry], pairs: Sequence[ClausePair]
) -> Iterable[ControlLost]:
    to_new = {pair.old.index: pair.new for pair in pairs}
    status = {(e.finding.rule, e.finding.clause.index): e.finding.guard is not None for e in theirs}
    for entry in ours:
        guard = entry.finding.guard
        if guard is None:
            continue
        new = to_new.get(entry.finding.clause.index)
        if new is None:
            yield ControlLost(guard.kind, entry.finding, "removed", None)
            continue
        still = status.get((entry.finding.rule, new.index))
        if still is not True:
            yield ControlLost(guard.kind, entry.finding, "changed" if still is None else "flagged", new)


def _thresholds(
    pairs: Sequence[ClausePair], old: DocumentReport | None, new: DocumentReport | None
) -> Iterable[ThresholdChange]:
    weighty_old, weighty_new = _weighty(old), _weighty(new)
    for pair in pairs:
        if not pair.edited or not (pair.old.index in weighty_old or pair.new.index in weighty_new):
            continue
        before, after = tuple(_NUMBER.findall(pair.old.text)), tuple(_NUMBER.findall(pair.new.text))
        if before != after and (before or after):
            yield ThresholdChange(pair, before, after)


def _weighty(document: DocumentReport | None) -> frozenset[int]:
    if document is None:
        return frozenset()
    clauses = [one.clause for one in document.approvals]
    clauses += [one.clause for one in document.strengths]
    clauses += [entry.finding.clause for entry in document.entries]
    return frozenset(clause.index for clause in clauses)
