"""Findings and strengths as notes: one each, with a name of its own to link to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.clause import Clause, ClauseTree
from auditor.model.finding import Finding, Strength
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting.page.text import Stretch, cued, marked
from auditor.reporting.page.words import SEVERITIES, STATUSES, Glossary, place


@dataclass(frozen=True, slots=True)
class Note:
    """One finding or strength as the page shows it. ``anchor`` is its element, ``line`` that of its clause.

    ``severity`` is "" and ``entry`` None for a strength. ``section`` is the index of the section the note is
    filed under, ``quote`` the clause with its triggering words marked.
    """

    anchor: str
    line: str
    document: int
    dimension: str
    severity: str
    status: str
    section: int
    title: str
    where: str
    quote: tuple[Stretch, ...]
    lead_in: str
    clause: Clause
    entry: ReportEntry | None = None
    strength: Strength | None = None
    absence: bool = False

    @property
    def severity_name(self) -> str:
        """The severity in words, "" for a strength."""
        return SEVERITIES.get(self.severity, "")

    @property
    def confidence(self) -> str:
        """The band of confidence, "" for a strength."""
        return self.entry.finding.confidence if self.entry else ""

    @property
    def status_name(self) -> str:
        """The status in words."""
        return STATUSES[self.status]


def whereabouts(clause: Clause, where: str) -> str:
    """Number, nearest heading and place of a clause, what there is of them."""
    number = clause.number if any(c.isalnum() for c in clause.number) else ""
    heading = clause.heading[-1] if clause.heading else ""
    return " · ".join(part for part in (heading, number, where) if part)


def is_absence(finding: Finding) -> bool:
    """Whether a finding speaks of what a section lacks, not of its clause's own words."""
    return finding.evidence != finding.clause.text


def heading_block(tree: ClauseTree, finding: Finding) -> int | None:
    """The index of the heading block at which an absence is reported; None if no heading stands there."""
    headings = [index for index, block in enumerate(tree.document.blocks) if block.kind == "heading"]
    for section, block in zip(tree.sections[1:], headings, strict=False):
        if section.location == finding.location:
            return block
    return None


class Namer:
    """Gives every note a name that is unique in the page, the finding's own id wherever it is free."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """``wanted``, or with a number behind it if another note has it already."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name


def notes(report: Report, words: Glossary) -> tuple[tuple[Note, ...], ...]:
    """The notes of each document, in document order: at one clause, findings before strengths."""
    namer = Namer()
    return tuple(
        tuple(sorted(_of_document(at, document, words, namer), key=lambda note: note.clause.index))
        for at, document in enumerate(report.documents)
    )


def _of_document(at: int, document: DocumentReport, words: Glossary, namer: Namer) -> Iterator[Note]:
    for entry in document.entries:
        yield _finding(at, document.tree, entry, words, namer)
    for strength in document.strengths:
        clause = strength.clause
        yield Note(
            anchor=namer.name(strength.id),
            line=line_name(at, clause.block),
            document=at,
            dimension=strength.dimension,
            severity="",
            status="strength",
            section=clause.section,
            title=words.dimension(strength.dimension),
            where=whereabouts(clause, place(strength.location)),
            quote=marked(strength.evidence, strength.spans, "strength"),
            lead_in=clause.lead_in,
            clause=clause,
            strength=strength,
        )


def _finding(at: int, tree: ClauseTree, entry: ReportEntry, words: Glossary, namer: Namer) -> Note:
    finding, clause = entry.finding, entry.finding.clause
    absence = is_absence(finding)
    heading = heading_block(tree, finding) if absence else None
    block = clause.block if heading is None else heading
    quote = (
        cued(finding.evidence, finding.guard.cue)
        if finding.guard
        else marked(finding.evidence, finding.spans, entry.status)
    )
    return Note(
        anchor=namer.name(finding.id),
        line=line_name(at, block),
        document=at,
        dimension=finding.dimension,
        severity=finding.severity,
        status=entry.status,
        section=clause.section,
        title=words.rule(finding.rule),
        where=whereabouts(clause, place(finding.location)),
        quote=quote,
        lead_in="" if absence else clause.lead_in,
        clause=clause,
        entry=entry,
        absence=absence,
    )


def line_name(document: int, block: int) -> str:
    """The name of a block's element in the text."""
    return f"t{document}-{block}"
