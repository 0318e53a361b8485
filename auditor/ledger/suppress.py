"""Which findings of one document are suppressed, by whose word, and what is wrong with the word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.ledger.comments import Directive
from auditor.ledger.waivers import Waiver
from auditor.model.clause import Clause, ClauseTree
from auditor.model.finding import Finding
from auditor.model.location import Location
from auditor.model.report import Notice, Suppression
from auditor.text.selectors import matches


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The suppressions of one document by finding id, what there is to say, and the waivers that were used.

    A waiver counts as used if it would suppress a finding, expired or not.
    """

    by_finding: Mapping[str, Suppression]
    notices: tuple[Notice, ...]
    used: frozenset[Waiver]


def suppress(
    tree: ClauseTree,
    findings: Sequence[Finding],
    comments: Sequence[Directive],
    waivers: Sequence[Waiver],
    today: str,
) -> Suppressed:
    """Suppress findings of a document.

    ``waivers`` are those whose path (if they name one) is this document; ``today`` is an ISO date: what was
    to be reviewed by an earlier day has expired and suppresses nothing. Guarded findings need no suppression
    and are left as they are.
    """
    path = tree.document.path
    open_findings = [finding for finding in findings if finding.guard is None]
    by_finding: dict[str, Suppression] = {}
    notices: list[Notice] = []
    used: set[Waiver] = set()
    for comment in comments:
        place = Location(path, line=comment.line, column=comment.column, end_line=comment.end_line)
        if comment.problem:
            notices.append(_incomplete(comment, place))
            continue
        covered = _covered(tree, comment)
        hit = [f for f in open_findings if _means(comment.rules, f) and _stands_in(f, covered)]
        notices += _verdict("comment", hit, comment.review_by, today, place, comment.owner)
        if not _expired(comment.review_by, today):
            said = Suppression(
                "inSource", comment.reason, comment.owner, comment.review_by, f"{path}:{comment.line}"
            )
            by_finding |= {f.id: said for f in hit}
    for waiver in waivers:
        hit = [f for f in open_findings if _means((waiver.rule,), f) and waiver.clause in ("", f.clause.id)]
        if hit:
            used.add(waiver)
        if not _expired(waiver.review_by, today):
            place_of = f"{waiver.source}:{waiver.line}"
            said = Suppression("external", waiver.reason, waiver.owner, waiver.review_by, place_of)
            by_finding = {**{f.id: said for f in hit}, **by_finding}
    return Suppressed(by_finding, tuple(notices), frozenset(used))


def waiver_notices(
    waivers: Sequence[Waiver], used: frozenset[Waiver], today: str, *, whole: bool
) -> Iterator[Notice]:
    """What there is to say of a waiver file; unused ones are told only of a ``whole`` audit, which has seen
    every document that they could be about."""
    for waiver in waivers:
        place = Location(waiver.source, line=waiver.line, column=1)
        if waiver in used:
            yield from _verdict("waiver", [waiver], waiver.review_by, today, place, waiver.owner)
        elif whole:
            yield from _verdict("waiver", [], waiver.review_by, today, place, waiver.owner)


def _verdict(
    what: str, hit: Sequence[object], review_by: str, today: str, place: Location, owner: str
) -> Iterator[Notice]:
    if not hit:
        message = f"This {what} suppresses nothing: no such finding is left. Remove it."
        yield Notice("ledger/unused", "warning", message, place)
    elif _expired(review_by, today):
        message = (
            f"This {what} was to be reviewed by {review_by} and no longer holds. {owner} decides: "
            f"renew the date, or change the clause."
        )
        yield Notice("ledger/expired", "error", message, place)


def _incomplete(comment: Directive, place: Location) -> Notice:
    message = f"This suppression comment {comment.problem}; it suppresses nothing."
    return Notice("ledger/incomplete", "error", message, place)


def _expired(review_by: str, today: str) -> bool:
    return review_by < today


def _means(selectors: Sequence[str], finding: Finding) -> bool:
    return any(matches(one, finding.rule, finding.scope) for one in selectors)


def _stands_in(finding: Finding, covered: frozenset[int]) -> bool:
    if "/missing-" in finding.rule:
        return (finding.location.line or 0) in {-one for one in covered if one < 0}
    return finding.clause.index in covered


def _covered(tree: ClauseTree, comment: Directive) -> frozenset[int]:
    """The indices of the clauses a comment covers, and the line of a heading it stands over, negated.

    A comment within a block, or at the end of its last line, covers that block. One between blocks covers
    the next: a heading only for what is said of the heading itself (an absence), a lead-in with its items, a
    table with all its rows.
    """
    blocks = [
        (_reach(b.pieces[0].place, b.pieces[-1].place), i)
        for i, b in enumerate(tree.document.blocks)
        if b.pieces
    ]
    here = (comment.line, comment.column)
    beside = [i for ((first, _), i) in blocks if first > here and first[0] == comment.end_line]
    inside = [i for ((first, last), i) in blocks if first <= here and comment.line <= last]
    following = [i for ((first, _), i) in blocks if first[0] > comment.end_line]
    chosen = beside[:1] or inside or following[:1]
    if not chosen:
        return frozenset()
    block = tree.document.blocks[chosen[0]]
    if block.kind == "heading":
        return frozenset({-(block.pieces[0].place.line or 0)})
    own = [clause for clause in tree.clauses if clause.block in chosen]
    return frozenset(clause.index for clause in (*own, *_with_it(tree, own, chosen)))


def _reach(first: Location, last: Location) -> tuple[tuple[int, int], int]:
    """Line and column of a block's beginning, and the last line it stands on."""
    start = first.line or 0
    return (start, first.column or 0), max(start, last.end_line or last.line or start)


def _with_it(tree: ClauseTree, own: Sequence[Clause], chosen: Sequence[int]) -> Iterator[Clause]:
    """The items of a covered lead-in, and the other rows of a covered table."""
    leads = [clause.text for clause in own if clause.kind == "lead-in"]
    after = [clause for clause in tree.clauses if clause.block > max(chosen)]
    if leads:
        for clause in after:
            if not any(lead in clause.lead_in for lead in leads):
                break
            yield clause
    elif own and own[0].kind == "row":
        for clause in after:
            if clause.kind != "row" or clause.section != own[0].section:
                break
            yield clause
