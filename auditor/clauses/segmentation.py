"""From blocks to clauses: sections, lead-ins, sentences, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditor.clauses.headings import Heading, descend
from auditor.clauses.leads import dangles, enumeration, introduces
from auditor.clauses.sentences import split_sentences
from auditor.model.clause import Clause, ClauseKind, ClauseTree, Section
from auditor.model.document import Block, Cell, Document
from auditor.model.location import Location, Span, locate
from auditor.text.identity import clause_ids
from auditor.text.markers import scheme

_ANSWERED_WORDS = 25


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
    run_ins: list[tuple[int, str]] = field(default_factory=list)
    bridge: tuple[int, str] | None = None
    sections: list[tuple[tuple[str, ...], str, Location]] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Headings, then the run-in headings of the items around."""
        return (*(h.text for h in self.headings), *(title for _, title in self.run_ins))


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
        elif block.kind == "row" and _heads(block, following):
            continue
        elif block.kind == "row":
            state.leads = [lead for lead in state.leads if lead.level == 0][:1]
            _add(state, "row", Span(0, len(block.text)), at, block, cells=block.cells)
        else:
            _cut_block(state, at, block, following)
            if following and following.kind == "heading":
                _bridge(state, block, blocks[at + 1 :])
    return _finish(document, state)


def _heads(block: Block, following: Block | None) -> bool:
    """Whether a row is the header of the row below it: no clause, its words stand in the cells' headers."""
    if following is None or following.kind != "row" or any(c.header for c in block.cells):
        return False
    titles = {block.text[c.span.start : c.span.end].strip() for c in block.cells} - {""}
    named = {c.header.strip() for c in following.cells} - {""}
    return bool(named) and named <= titles


def _open_section(state: _State, block: Block, path: str) -> None:
    state.headings = descend(state.headings, block)
    state.section = len(state.sections)
    state.leads, state.run_ins = [], []
    if state.bridge and len(state.headings) <= state.bridge[0]:
        state.bridge = None
    place = locate(block.pieces, Span(0, len(block.text)), path)
    state.sections.append((state.path, block.number, place))


def _bridge(state: _State, block: Block, rest: Sequence[Block]) -> None:
    """Let "None of these may be returned:" reach the items under the smaller headings that follow it."""
    if block.kind != "paragraph" or not block.text.endswith(":") or not state.drafts:
        return
    beyond = next((b for b in rest if b.kind != "heading"), None)
    if beyond and beyond.kind == "item" and len(descend(state.headings, rest[0])) > len(state.headings):
        last = state.drafts[-1]
        state.drafts[-1] = replace(last, kind="lead-in")
        state.bridge = (len(state.headings), block.text[last.span.start : last.span.end])


def _lead_text(state: _State, kind: ClauseKind) -> str:
    bridged = [state.bridge[1]] if state.bridge and (kind == "item" or state.leads) else []
    return " ".join([*bridged, *(lead.text for lead in state.leads)])


def _add(
    state: _State,
    kind: ClauseKind,
    span: Span,
    at: int,
    block: Block,
    *,
    lead_in: str | None = None,
    number: str | None = None,
    cells: tuple[Cell, ...] = (),
) -> None:
    if span.end <= span.start:
        return
    lead = _lead_text(state, kind) if lead_in is None else lead_in
    shown = block.number if number is None else number
    state.drafts.append(_Draft(kind, span, at, state.path, lead, shown, state.section, cells))


def _cut_block(state: _State, at: int, block: Block, following: Block | None) -> None:
    item = block.kind == "item"
    _leave(state, block)
    start = _enter_run_in(state, block)
    text = block.text
    sentences = [Span(s.start + start, s.end + start) for s in split_sentences(text[start:])]
    lead = _lead_of(block, sentences, following)
    body = sentences[:-1] if lead else sentences
    if item and body and _is_answered(text[start : body[-1].end]):
        body = [Span(body[0].start, body[-1].end)]
    for span in body:
        _add_sentence(state, "item" if item else "sentence", span, at, block)
    if lead:
        _add(state, "lead-in", lead, at, block)
        marker = scheme(block.number) if item else ""
        state.leads.append(_Lead(block.level if item else 0, text[lead.start : lead.end], marker))


def _is_answered(text: str) -> bool:
    """Whether a short item asks and answers ("A broken handset? Swap it."): neither half says it alone."""
    question = text.find("? ")
    return 0 < question < len(text) - 2 and len(text.split()) <= _ANSWERED_WORDS


def _leave(state: _State, block: Block) -> None:
    """Drop the lead-ins and run-in headings that do not reach ``block``."""
    if block.kind != "item":
        state.leads, state.run_ins = [], []
        return
    level = max(1, block.level)
    ends = level if block.number else level + 1
    state.run_ins = [entry for entry in state.run_ins if entry[0] < ends]
    for at, lead in enumerate(state.leads):
        if lead.level > level or (lead.level == level and lead.marker == scheme(block.number)):
            del state.leads[at:]
            return


def _enter_run_in(state: _State, block: Block) -> int:
    """Put a run-in heading on the path; gives where the clauses of the block begin.

    "Hearing officer. The head ..." begins behind the heading. A colon joins ("Repairs over 50: ask first")
    and a heading that is the subject of its sentence is part of it: both stay in the text.
    """
    if not block.run_in or block.run_in.start > 1:
        return 0
    title = block.text[: block.run_in.end].rstrip(".:–—- ")
    rest = block.text[len(title) :].lstrip()
    behind = len(block.text) - len(rest.lstrip(".:–—- "))
    if behind >= len(block.text) or rest[:1] not in (".", ":", "–", "—", "-"):
        return 0
    if rest[0] == "." and not block.text[behind].isupper():
        return 0
    state.run_ins.append((block.level if block.kind == "item" else 0, title))
    return behind if rest[0] == "." else 0


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
        return sentences[-1] if (deeper and introduces(last)) or aside else None
    if following.kind == "row" and not (
        dangles(last) or "following" in last.lower() or "below" in last.lower()
    ):
        return None
    return sentences[-1] if introduces(last) else None


def _add_sentence(state: _State, kind: ClauseKind, span: Span, at: int, block: Block) -> None:
    """One clause, or a lead-in and a clause for each counted part of a long sentence."""
    text = block.text[span.start : span.end]
    parts = enumeration(text)
    if parts is None:
        _add(state, kind, span, at, block)
        return
    lead, items = parts
    _add(state, "lead-in", Span(span.start + lead.start, span.start + lead.end), at, block)
    joined = f"{_lead_text(state, kind)} {text[lead.start : lead.end]}".lstrip()
    for number, part in items:
        shifted = Span(span.start + part.start, span.start + part.end)
        _add(state, "item", shifted, at, block, lead_in=joined, number=number)


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
