"""Joins the conclusions of each document, and all documents, into the one report object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from auditor.analysis.approvals import approval_map
from auditor.analysis.changes import first_changes
from auditor.analysis.gaps import say_do_gaps
from auditor.analysis.questions import questions, requests
from auditor.analysis.scores import scorecard
from auditor.analysis.wordings import Wordings
from auditor.model.clause import ClauseTree
from auditor.model.finding import Conclusions
from auditor.model.report import DocumentReport, GuardCount, Report, ReportEntry, Skipped
from auditor.model.rule import GUARDRAILS, RulePack


def _clauses(tree: ClauseTree) -> int:
    return sum(1 for clause in tree.clauses if clause.kind != "lead-in")


def document_report(
    tree: ClauseTree,
    conclusions: Conclusions,
    entries: Sequence[ReportEntry],
    texts: Mapping[str, str],
    *,
    pack: RulePack,
    wordings: Wordings,
) -> DocumentReport:
    """Everything known of one document, in document order.

    ``entries`` are the conclusions' findings joined with rewrites, suppressions and baseline; ``texts``
    maps clause ids to their ``Reading.text``.
    """
    ordered = tuple(sorted(entries, key=lambda e: (e.finding.clause.index, e.finding.rule, e.finding.id)))
    strengths = tuple(sorted(conclusions.strengths, key=lambda s: (s.clause.index, s.dimension, s.id)))
    counsel = tuple(sorted(conclusions.counsel, key=lambda n: (n.clause.index, n.topic)))
    return DocumentReport(
        tree=tree,
        entries=ordered,
        strengths=strengths,
        counsel=counsel,
        approvals=approval_map(ordered, texts),
        scorecard=scorecard(
            ordered, strengths, conclusions.topics, clauses=_clauses(tree), pack=pack, wordings=wordings
        ),
        gaps=say_do_gaps(ordered, strengths, wordings),
        topics=tuple(sorted(set(conclusions.topics))),
    )


def guard_summary(entries: Iterable[ReportEntry], wordings: Wordings) -> tuple[GuardCount, ...]:
    """How many findings each guardrail spared; guardrails that spared none are left out."""
    counts = Counter(e.finding.guard.kind for e in entries if e.finding.guard)
    kinds = (*GUARDRAILS, *sorted(set(counts) - set(GUARDRAILS)))
    return tuple(
        GuardCount(kind, counts[kind], wordings.guards.get(kind, "")) for kind in kinds if counts[kind]
    )


def assemble(
    version: str,
    packs: Sequence[RulePack],
    documents: Iterable[DocumentReport],
    skipped: Iterable[Skipped],
    wordings: Wordings,
) -> Report:
    """The report of one run, documents in the order of their paths; the first pack gives the dimensions.

    With several documents the overall scorecard is that of all their clauses together.
    """
    ordered = tuple(sorted(documents, key=lambda d: d.tree.document.path))
    entries = [e for d in ordered for e in d.entries]
    scores = scorecard(
        entries,
        [s for d in ordered for s in d.strengths],
        [t for d in ordered for t in d.topics],
        clauses=sum(_clauses(d.tree) for d in ordered),
        pack=packs[0],
        wordings=wordings,
        several=len(ordered) > 1,
    )
    return Report(
        version=version,
        packs=tuple(packs),
        documents=ordered,
        skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.reason))),
        scorecard=scores,
        questions=questions(ordered, scores, wordings),
        requests=requests(ordered, scores, wordings),
        changes=first_changes(ordered, wordings),
        guards=guard_summary(entries, wordings),
        preamble=wordings.preamble,
    )
