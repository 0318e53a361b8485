"""Wordings put in the places of clauses, all in one document, so that they are read together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.model.clause import Clause, ClauseTree
from auditor.model.document import Block, Cell, Coverage, Document
from auditor.model.location import Location, Piece, Span


def trial_tree(
    trials: Sequence[tuple[str, Clause]], path: str = "<text>"
) -> tuple[ClauseTree, Mapping[int, int]]:
    """The tree of a document that holds each wording below its clause's headings and lead-in, and the index of the
    trial for each of its blocks.

    A wording for a table row stands below the headings of its columns.
    """
    from auditor.clauses import segment

    blocks: list[Block] = []
    owners: dict[int, int] = {}
    # Those without a heading come first: after a heading they would stand under it.
    order = sorted(range(len(trials)), key=lambda i: (bool(trials[i][1].heading), i))
    for index in order:
        text, clause = trials[index]
        blocks += [
            _block("heading", words, path, level) for level, words in enumerate(clause.heading, 1) if words
        ]
        lead = clause.lead_in
        if lead:
            ended = lead if lead.rstrip().endswith((":", "—", "-")) else f"{lead.rstrip('. ')}:"
            blocks.append(_block("paragraph", ended, path))
        owners[len(blocks)] = index
        cells = _cells(text, clause)
        if cells:
            blocks.append(_block("row", text, path, cells=cells))
        else:
            blocks.append(_block("item", text, path, 1) if lead else _block("paragraph", text, path))
    return segment(Document(path, "text", "", tuple(blocks), Coverage())), owners


def _block(kind: Any, words: str, path: str, level: int = 0, cells: tuple[Cell, ...] = ()) -> Block:
    piece = Piece(0, len(words), Location(path, line=1, column=1), exact=False)
    return Block(kind, words, (piece,), level, cells=cells)


def _cells(text: str, clause: Clause) -> tuple[Cell, ...]:
    parts = text.split(" | ")
    if not clause.cells:
        return ()
    if len(parts) != len(clause.cells):
        return (Cell("; ".join(cell.header for cell in clause.cells), Span(0, len(text))),)
    cells, at = [], 0
    for part, cell in zip(parts, clause.cells, strict=True):
        cells.append(Cell(cell.header, Span(at, at + len(part))))
        at += len(part) + 3
    return tuple(cells)
