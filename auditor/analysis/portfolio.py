"""What members of a set share, and where each stands within it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from auditor.analysis.assemble import assemble
from auditor.analysis.wordings import Wordings
from auditor.model.portfolio import Member, Portfolio, SharedPattern, SharedTopic, Standing
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.model.rule import SEVERITIES

LEAST_LIKE = 10
"""Members that a percentile needs: below this it says more about the set than about the member."""


def portfolio(
    report: Report, names: Mapping[str, str], wordings: Wordings, *, name: str, like: str = ""
) -> Portfolio:
    """A report on many documents as a set of members, in the order of their names.

    ``names`` maps the path of each document to its member. Standings are computed only if ``like`` names the
    set as one of like documents, and only among ten members or more that say something.
    """
    grouped: dict[str, list[DocumentReport]] = defaultdict(list)
    for document in report.documents:
        grouped[names[document.tree.document.path]].append(document)
    members = tuple(
        Member(key, tuple(own), assemble(report.version, report.packs, own, (), wordings).scorecard)
        for key, own in sorted(grouped.items())
    )
    return Portfolio(
        version=report.version,
        packs=report.packs,
        name=name,
        like=like,
        members=members,
        skipped=report.skipped,
        patterns=shared_patterns(members),
        strengths=_shared(
            members, lambda member: {s.dimension for d in member.documents for s in d.strengths}
        ),
        silences=_shared(
            members,
            lambda member: {row.dimension for row in member.scorecard.dimensions if row.band == "silent"},
        ),
        standings=standings(members) if like else (),
    )


def _active(member: Member) -> Iterable[tuple[str, ReportEntry]]:
    return (
        (document.tree.document.path, entry)
        for document in member.documents
        for entry in document.entries
        if entry.status in ("active", "baselined")
    )


def shared_patterns(members: Sequence[Member]) -> tuple[SharedPattern, ...]:
    """Rules that hold in two members or more: those of most members first, then the gravest, then by id."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    clauses: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    examples: dict[str, tuple[str, ReportEntry]] = {}
    for member in members:
        for path, entry in _active(member):
            rule = entry.finding.rule
            counts[rule][member.name] += 1
            clauses[rule][entry.finding.clause.id].add(member.name)
            examples.setdefault(rule, (path, entry))
    shared = [
        SharedPattern(
            rule=rule,
            dimension=examples[rule][1].finding.dimension,
            members=tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))),
            findings=found.total(),
            verbatim=0 if "/missing-" in rule else sum(len(names) > 1 for names in clauses[rule].values()),
            document=examples[rule][0],
            entry=examples[rule][1],
        )
        for rule, found in counts.items()
        if len(found) > 1
    ]
    return tuple(
        sorted(
            shared,
            key=lambda p: (-len(p.members), SEVERITIES.index(p.entry.finding.severity), -p.findings, p.rule),
        )
    )


def _shared(members: Sequence[Member], topics: Callable[[Member], set[str]]) -> tuple[SharedTopic, ...]:
    """Dimensions that hold of two members or more, in the order of the scorecard."""
    held = {member.name: topics(member) for member in members}
    order = dict.fromkeys(row.dimension for member in members for row in member.scorecard.dimensions)
    found = ((key, tuple(name for name in held if key in held[name])) for key in order)
    return tuple(SharedTopic(key, names) for key, names in found if len(names) > 1)


def percentile(score: float, scores: Sequence[float]) -> int:
    """The share of ``scores`` (the score's own included) that lie below it, ties counted half, in whole per cent."""
    below = sum(one < score for one in scores)
    equal = sum(one == score for one in scores)
    return round(100 * (below + equal / 2) / len(scores))


def standings(members: Sequence[Member]) -> tuple[Standing, ...]:
    """Percentiles per dimension and over all, each among the members that say enough, if they are ten or more."""
    overall = {m.name: m.scorecard.score for m in members if m.scorecard.verdict != "unclear"}
    found = list(_ranked("", overall))
    for key in dict.fromkeys(row.dimension for m in members for row in m.scorecard.dimensions):
        scores = {
            m.name: row.score
            for m in members
            for row in m.scorecard.dimensions
            if row.dimension == key and row.band != "silent"
        }
        found += _ranked(key, scores)
    return tuple(found)


def _ranked(dimension: str, scores: Mapping[str, float]) -> tuple[Standing, ...]:
    if len(scores) < LEAST_LIKE:
        return ()
    values = tuple(scores.values())
    return tuple(
        Standing(name, dimension, percentile(score, values), len(values)) for name, score in scores.items()
    )
