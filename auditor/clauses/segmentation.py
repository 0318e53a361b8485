"""From blocks to clauses: sections, lead-ins, sentences, rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.clauses.headings import Heading, descend
from auditor.clauses.leads import dangles, enumeration, introduces
from auditor.clauses.sentences import split_sentences
from auditor.model.clause import Clause, ClauseKind, ClauseTree, Section
from auditor.model.document import Block, Cell, Document
from auditor.model.location import Location, Span, locate
from auditor.text.identity import clause_ids
from auditor.text.markers import scheme

_LONG_ITEM_WORDS = 25


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: ClauseKind
    span: Span
    block: int
    heading: tuple[str, ...]
    lead_in: str
    number: str
    section: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lead:
    """A lead-in that holds for the items deeper than ``level`` (or of another marker at that level)."""

    level: int
    text: str
    marker: str = ""


@dataclass(slots=True)
class _State:
    headings: tuple[Heading, ...] = ()
    section: int = 0
    leads: list[_Lead] = field(default_factory=list)
    sections: list[tuple[tuple[str, ...], str, Location]] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(h.text for h in self.headings)


def segment(document: Document) -> ClauseTree:
    """Cut ``document`` into clauses.

    Every word of a paragraph, item or row stands in exactly one clause (run-in headings that are cut off
    stand in the heading path instead); headings are no clauses. Clauses come in reading order.
    """
    state = _State()
    state.sections.append(((), "", Location(document.path)))
    blocks = document.blocks
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind == "heading":
            _open_section(state, block, document.path)
            if following and following.kind == "item" and dangles(block.text):
                state.leads.append(_Lead(0, block.text))
        elif block.kind == "row":
            state.leads = [lead for lead in state.leads if lead.level == 0][:1]
            _add(state, "row", Span(0, len(block.text)), at, block, cells=block.cells)
        else:
            _cut_block(state, at, block, following)
    return _finish(document, state)


def _open_section(state: _State, block: Block, path: str) -> None:
    state.headings = descend(state.headings, block)
    state.section = len(state.sections)
    state.leads = []
    place = locate(block.pieces, Span(0, len(block.text)), path)
    state.sections.append((state.path, block.number, place))


def _add(
    state: _State,
    kind: ClauseKind,
    span: Span,
    at: int,
    block: Block,
    *,
    heading: tuple[str, ...] | None = None,
    lead_in: str | None = None,
    number: str | None = None,
    cells: tuple[Cell, ...] = (),
) -> None:
    if span.end <= span.start:
        return
    lead = " ".join(lead.text for lead in state.leads) if lead_in is None else lead_in
    path = state.path if heading is None else heading
    shown = block.number if number is None else number
    state.drafts.append(_Draft(kind, span, at, path, lead, shown, state.section, cells))


def _cut_block(state: _State, at: int, block: Block, following: Block | None) -> None:
    item = block.kind == "item"
    _leave_leads(state, block)
    heading, start = _run_in(state.path, block)
    text = block.text
    sentences = [Span(s.start + start, s.end + start) for s in split_sentences(text[start:])]
    lead = _lead_of(block, sentences, following)
    body = sentences[:-1] if lead else sentences
    if item and body and len(text[start : body[-1].end].split()) <= _LONG_ITEM_WORDS:
        body = [Span(body[0].start, body[-1].end)]
    for span in body:
        _add_sentence(state, "item" if item else "sentence", span, at, block, heading)
    if lead:
        _add(state, "lead-in", lead, at, block, heading=heading)
        state.leads.append(
            _Lead(
                block.level if item else 0, text[lead.start : lead.end], scheme(block.number) if item else ""
            )
        )
    elif not item and not (following and following.kind == "item"):
        state.leads = []


def _leave_leads(state: _State, block: Block) -> None:
    """Drop the lead-ins that do not reach ``block``."""
    if block.kind != "item":
        state.leads = []
        return
    level = max(1, block.level)
    for at, lead in enumerate(state.leads):
        if lead.level > level or (lead.level == level and lead.marker == scheme(block.number)):
            del state.leads[at:]
            return


def _run_in(path: tuple[str, ...], block: Block) -> tuple[tuple[str, ...], int]:
    """The heading path with a run-in heading, and where the text behind it begins.

    A run-in heading that is the subject of its sentence stays in the text.
    """
    if not block.run_in or block.run_in.start > 1:
        return path, 0
    end = block.run_in.end
    while end < len(block.text) and block.text[end] in ".:–—- ":
        end += 1
    between = block.text[block.run_in.end - 1 : end]
    if end >= len(block.text) or not any(ch in ".:–—" for ch in between):
        return path, 0
    title = block.text[: block.run_in.end].rstrip(".:–—- ")
    return (*path, title), end


def _lead_of(block: Block, sentences: list[Span], following: Block | None) -> Span | None:
    """The span of the lead-in that ends ``block``, if one does and items follow."""
    if not sentences or following is None or following.kind not in ("item", "row"):
        return None
    last = block.text[sentences[-1].start : sentences[-1].end]
    if block.kind == "item":
        deeper = following.kind == "item" and following.level > block.level
        aside = (
            following.kind == "item"
            and following.level == block.level
            and scheme(following.number) != scheme(block.number)
            and dangles(last)
        )
        return sentences[-1] if (deeper and introduces(last, item=True)) or aside else None
    if following.kind == "row" and not (
        dangles(last) or "following" in last.lower() or "below" in last.lower()
    ):
        return None
    return sentences[-1] if introduces(last, item=False) else None


def _add_sentence(
    state: _State, kind: ClauseKind, span: Span, at: int, block: Block, heading: tuple[str, ...]
) -> None:
    """One clause, or a lead-in and a clause for each counted part of a long sentence."""
    text = block.text[span.start : span.end]
    parts = enumeration(text)
    if parts is None:
        _add(state, kind, span, at, block, heading=heading)
        return
    lead, items = parts
    _add(state, "lead-in", Span(span.start + lead.start, span.start + lead.end), at, block, heading=heading)
    above = [entry.text for entry in state.leads]
    joined = " ".join([*above, text[lead.start : lead.end]])
    for number, part in items:
        shifted = Span(span.start + part.start, span.start + part.end)
        _add(state, "item", shifted, at, block, heading=heading, lead_in=joined, number=number)


def _finish(document: Document, state: _State) -> ClauseTree:
    blocks = document.blocks
    texts = [blocks[d.block].text[d.span.start : d.span.end] for d in state.drafts]
    ids = clause_ids(texts)
    clauses = tuple(
        Clause(
            id=ids[index],
            index=index,
            kind=draft.kind,
            text=texts[index],
            heading=draft.heading,
            lead_in=draft.lead_in,
            number=draft.number,
            section=draft.section,
            block=draft.block,
            span=draft.span,
            location=locate(blocks[draft.block].pieces, draft.span, document.path),
            cells=draft.cells,
        )
        for index, draft in enumerate(state.drafts)
    )
    return ClauseTree(document, tuple(_sections(state, clauses)), clauses)


def _sections(state: _State, clauses: tuple[Clause, ...]) -> Iterator[Section]:
    members: dict[int, list[int]] = {}
    for clause in clauses:
        members.setdefault(clause.section, []).append(clause.index)
    for index, (heading, number, place) in enumerate(state.sections):
        yield Section(index, heading, number, place, tuple(members.get(index, ())))
