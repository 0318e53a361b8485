"""The stages in their order, for one document: tree, readings and facts, conclusions, rewrites."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.ledger import Directive
from auditor.model.clause import Clause, ClauseTree
from auditor.model.document import Block, Coverage, Document
from auditor.model.fact import Fact
from auditor.model.finding import Conclusions, Finding, Rewrite
from auditor.model.location import Location, Piece
from auditor.model.reading import Reading
from auditor.model.report import DocumentReport, ReportEntry, Suppression
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import Knowledge, is_built_in, knowledge
from auditor.pipeline.selection import selected, weighed
from auditor.pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Examined:
    """All that is concluded about one document by itself. ``texts`` maps the ids of clauses with findings to
    their readings' text; ``comments`` are the suppressions written into the document, ``weak``
    the number of weak signs that were not counted.
    """

    tree: ClauseTree
    conclusions: Conclusions
    rewrites: tuple[Rewrite, ...]
    texts: Mapping[str, str]
    comments: tuple[Directive, ...] = ()
    weak: int = 0


class Workshop:
    """The knowledge of some settings, ready for use: packs compiled and the language model loaded."""

    def __init__(self, known: Knowledge, settings: Settings, remember: Path | None = None) -> None:
        from auditor.engine import compile_checked, compile_pack
        from auditor.language import load_language
        from auditor.rewriting import phrasebook

        self.known = known
        self.pack = known.pack
        self._settings = settings
        trusted = all(is_built_in(source) for source in settings.packs)
        self._compiled = compile_pack(self.pack) if trusted else compile_checked(self.pack, remember)
        self._language = load_language(self.pack)
        phrasebook(self.pack)

    def read(self, tree: ClauseTree) -> tuple[tuple[Reading, ...], tuple[Fact, ...]]:
        """The readings and the facts of a document's clauses."""
        readings, facts = self._language.read(tree)
        return tuple(readings), tuple(facts)

    def conclude(self, tree: ClauseTree) -> tuple[tuple[Reading, ...], Conclusions]:
        """The readings of a document's clauses and what follows from its facts."""
        from auditor.engine import evaluate

        readings, facts = self.read(tree)
        texts = {reading.clause: reading.text for reading in readings}
        return readings, evaluate(self._compiled, tree, facts, texts=texts)

    def examine(self, tree: ClauseTree) -> Examined:
        """Everything about one document: the selected findings, with rewrites for the active ones."""
        readings, conclusions = self.conclude(tree)
        chosen = tuple(f for f in conclusions.findings if selected(f, self._settings))
        kept, weak = weighed(chosen, tree, self.pack, self._settings)
        conclusions = replace(conclusions, findings=kept)
        quoted = {finding.clause.id for finding in kept}
        texts = {reading.clause: reading.text for reading in readings if reading.clause in quoted}
        return Examined(tree, conclusions, self._rewrites(tree, readings, conclusions), texts, weak=len(weak))

    def _rewrites(
        self, tree: ClauseTree, readings: tuple[Reading, ...], conclusions: Conclusions
    ) -> tuple[Rewrite, ...]:
        from auditor.rewriting import propose

        return propose(tree, readings, conclusions, self.pack, self.check)

    def check(self, trials: Sequence[tuple[str, Clause]]) -> tuple[tuple[Finding, ...], ...]:
        """For each wording the active findings that it would raise in the place of its clause."""
        from auditor.pipeline.trial import trial_tree

        tree, owners = trial_tree(trials)
        _, conclusions = self.conclude(tree)
        raised: list[list[Finding]] = [[] for _ in trials]
        for finding in conclusions.findings:
            owner = owners.get(finding.clause.block)
            alone = all(fact.clause in ("", finding.clause.id) for fact in finding.premises)
            absent = "/missing-" in finding.rule
            if owner is None or finding.guard is not None or absent or not alone:
                continue
            if selected(finding, self._settings):
                raised[owner].append(finding)
        return tuple(tuple(several) for several in raised)


@functools.lru_cache(maxsize=4)
def workshop(settings: Settings, packs: tuple[str, ...], cache: Path | None) -> Workshop:
    """The workshop for these settings and this edition of their packs (hashes); built once in a process."""
    store = ResultCache(cache)
    try:
        return Workshop(knowledge(settings, store), settings, cache / "compiled" if cache else None)
    finally:
        store.close()


def read_tree(data: bytes, path: str, format: str | None, settings: Settings, jobs: int = 1) -> ClauseTree:
    """A document read and cut into clauses. Raises ReadingError."""
    from auditor.clauses import segment
    from auditor.reading import read

    return segment(read(data, path, format=format, revisions=settings.revisions, jobs=jobs))


def clause_tree(
    text: str, heading: Iterable[str] = (), lead_in: str = "", path: str = "<text>"
) -> ClauseTree:
    """One clause by itself, below its headings and its lead-in."""
    from auditor.clauses import segment

    def block(kind: Any, words: str, level: int = 0) -> Block:
        return Block(
            kind, words, (Piece(0, len(words), Location(path, line=1, column=1), exact=False),), level
        )

    blocks = [block("heading", words, level) for level, words in enumerate(heading, 1) if words]
    if lead_in:
        ended = lead_in if lead_in.rstrip().endswith((":", "—", "-")) else f"{lead_in.rstrip('. ')}:"
        blocks += [block("paragraph", ended), block("item", text, 1)]
    else:
        blocks.append(block("paragraph", text))
    return segment(Document(path, "text", "", tuple(blocks), Coverage()))


def document_of(
    examined: Examined,
    known: Knowledge,
    suppressed: Mapping[str, Suppression] | None = None,
    baselined: Container[str] = (),
) -> DocumentReport:
    """A document's part of the report: findings joined with their rewrites, scores, approval map, gaps.

    ``suppressed`` maps ids of findings to why they are suppressed, ``baselined`` holds fingerprints.
    """
    from auditor.analysis import document_report, parse_wordings

    rewrites = {rewrite.finding: rewrite for rewrite in examined.rewrites}
    reasons = suppressed or {}
    entries = tuple(
        ReportEntry(f, rewrites.get(f.id), reasons.get(f.id), f.guard is None and f.fingerprint in baselined)
        for f in examined.conclusions.findings
    )
    report = document_report(
        examined.tree,
        examined.conclusions,
        entries,
        examined.texts,
        pack=known.pack,
        wordings=parse_wordings(known.wordings),
    )
    return replace(report, weak=examined.weak)
