"""From findings to rewrites: candidates tried in rounds until one raises no active finding in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.model.clause import Clause, ClauseTree
from auditor.model.fact import Fact
from auditor.model.finding import Conclusions, Finding, Rewrite
from auditor.model.reading import Reading
from auditor.model.rule import SEVERITIES, RulePack
from auditor.rewriting.candidates import Candidate, Frame, candidates
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.edits import edits_between
from auditor.rewriting.notes import absence_text, advice_text
from auditor.rewriting.parts import frame_of, words_of
from auditor.rewriting.phrasebook import Phrasebook, phrasebook
from auditor.rewriting.register import Register, people_of, register_of
from auditor.rewriting.seeks import seek
from auditor.rewriting.sentence import Sentence, sentence_of
from auditor.rewriting.slots import kit_of

Check = Callable[[Sequence[tuple[str, Clause]]], Sequence[tuple[Finding, ...]]]
"""The active findings of wordings that would stand in the places of clauses, for each pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What all rewrites of a document share."""

    book: Phrasebook
    register: Register
    grammar: Grammar
    spelling: Mapping[str, str]


def propose(
    tree: ClauseTree, readings: Sequence[Reading], conclusions: Conclusions, pack: RulePack, check: Check
) -> tuple[Rewrite, ...]:
    """A rewrite for each active finding, advice for guarded ones that lack a limit, a deadline or a stand-in.

    Findings of one clause share a rewrite, for a clause can be replaced only once. Raises PackError for a
    wording that cannot be read.
    """
    if not conclusions.findings:
        return ()
    book = phrasebook(pack)
    book = replace(book, people=book.people | people_of(tree))
    register = register_of(tree, book)
    spelling = book.table("spelling") if register.american else {}
    desk = Desk(book, register, Grammar(book, register.casing), spelling)
    found_in = {finding.clause.id for finding in conclusions.findings}
    parsed = {
        reading.clause: reading for reading in readings if reading.tokens and reading.clause in found_in
    }
    read = {clause: sentence_of(reading) for clause, reading in parsed.items()}
    absences = {rule.id for rule in pack.rules if rule.kind == "absence"}
    found: dict[str, Rewrite] = {}
    groups: dict[str, list[Finding]] = {}
    for finding in conclusions.findings:
        if finding.guard is not None:
            note = advice_text(finding, read.get(finding.clause.id), desk.grammar)
            if note:
                found[finding.id] = Rewrite(finding.id, "", "idea", advice=note)
        elif finding.rule in absences:
            text = absence_text(finding, desk.book, register, spelling)
            if text:
                found[finding.id] = Rewrite(finding.id, text, "idea")
        elif finding.clause.id in read:
            groups.setdefault(finding.clause.id, []).append(finding)
    options = [
        (several, _options(several, conclusions.findings, read[clause], parsed[clause], desk))
        for clause, several in groups.items()
    ]
    for several, chosen in zip((o[0] for o in options), settle(options, check), strict=True):
        if chosen is not None:
            for finding in several:
                found[finding.id] = _rewrite(finding, chosen)
    return tuple(found[f.id] for f in conclusions.findings if f.id in found)


def _rewrite(finding: Finding, chosen: Candidate) -> Rewrite:
    edits = edits_between(finding.clause.text, chosen.text)
    return Rewrite(finding.id, chosen.text, chosen.applicability, edits, alone=chosen.alone)


def _options(
    several: Sequence[Finding], every: Iterable[Finding], s: Sentence, reading: Reading, desk: Desk
) -> list[Candidate]:
    """The candidates of all findings of a clause, the gravest finding's first."""
    found: dict[str, Candidate] = {}
    clause = several[0].clause
    order = list(desk.book.plans)
    for finding in sorted(
        several,
        key=lambda f: (
            f.scope == "admin" and f.rule.endswith("punished-initiative"),
            SEVERITIES.index(f.severity),
            order.index(f.rule) if f.rule in order else 0,
        ),
    ):
        plan = desk.book.plans.get(finding.rule)
        if plan is None:
            continue
        evidence = evidence_of(finding, s)
        frame, inner = frame_of(finding, every, reading, s, evidence)
        scene = seek(plan.seek, s, main_fact(finding), evidence, desk.grammar)
        whole = tuple(range(s.own, len(s.tokens)))
        tried: list[tuple[tuple[int, bool], Candidate]] = []
        for kept, own in (
            ((frame, inner),) if frame.guarded else dict.fromkeys(((frame, inner), (Frame(), whole)))
        ):
            text = clause.text if own == whole else words_of(s, own, closed=False)
            kit = kit_of(
                finding,
                s,
                scene,
                plan,
                desk.register,
                desk.grammar,
                replace(clause, text=text),
                evidence,
                own,
            )
            # What quotes the clause does so whole where it can; what words the act anew keeps the other parts.
            tried += [
                ((one.rank, one.quotes == (own != whole)), one)
                for one in candidates(s, clause, plan.wordings, kit, desk.register, kept, desk.spelling)
            ]
        for _, one in sorted(tried, key=lambda pair: pair[0]):
            found.setdefault(one.text, one)
    texts = sorted(found.values(), key=lambda one: one.applicability == "idea")
    if not clause.lead_in and not clause.cells:
        return texts
    # Where the lead-in or a column's heading asks for the yes, only a text without it can stand.
    return [one for text in texts for one in (text, replace(text, alone=True))]


def evidence_of(finding: Finding, s: Sentence) -> frozenset[int]:
    """The clause's own tokens on which a finding rests."""
    spans = [
        (span.start + s.start, span.end + s.start)
        for fact in finding.premises
        if fact.clause == finding.clause.id
        for span in fact.evidence
    ]
    return frozenset(i for i, t in enumerate(s.tokens) if any(t.start < b and a < t.end for a, b in spans))


def main_fact(finding: Finding) -> Fact | None:
    """The premise that says most of the finding's own clause."""
    own = [fact for fact in finding.premises if fact.clause == finding.clause.id]
    return max(own, key=lambda fact: len(fact.slots), default=None)


def settle(
    options: Sequence[tuple[Sequence[Finding], Sequence[Candidate]]], check: Check
) -> list[Candidate | None]:
    """For each group the first candidate that raises no active finding in its place.

    Each round asks for one candidate of every group that is still open, so that all are parsed together.
    """
    chosen: list[Candidate | None] = [None] * len(options)
    waiting = [(index, 0) for index, (_, several) in enumerate(options) if several]
    while waiting:
        pairs = []
        for index, place in waiting:
            candidate, clause = options[index][1][place], options[index][0][0].clause
            pairs.append(
                (candidate.text, replace(clause, lead_in="", cells=()) if candidate.alone else clause)
            )
        again = []
        for (index, place), raised in zip(waiting, check(pairs), strict=True):
            if not raised:
                chosen[index] = options[index][1][place]
            elif place + 1 < len(options[index][1]):
                again.append((index, place + 1))
        waiting = again
    return chosen
