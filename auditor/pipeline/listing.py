"""Clause trees and facts as plain data, for people and programs that look inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from auditor.model.clause import Clause, ClauseTree
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.reading import Reading


def location_data(location: Location) -> dict[str, Any]:
    """The fields of a location that are set."""
    return {key: value for key, value in asdict(location).items() if value not in (None, ())}


def clause_data(clause: Clause) -> dict[str, Any]:
    """A clause with its context."""
    return {
        "id": clause.id,
        "kind": clause.kind,
        "number": clause.number,
        "heading": list(clause.heading),
        "lead_in": clause.lead_in,
        "text": clause.text,
        "section": clause.section,
        "cells": [
            {"header": cell.header, "text": clause.text[cell.span.start : cell.span.end]}
            for cell in clause.cells
        ],
        "location": location_data(clause.location),
    }


def tree_data(tree: ClauseTree) -> dict[str, Any]:
    """A document's sections and clauses, and how much of it could be read."""
    document = tree.document
    return {
        "path": document.path,
        "format": document.format,
        "sha256": document.sha256,
        "title": document.title,
        "pages": document.pages,
        "coverage": asdict(document.coverage),
        "sections": [
            {
                "index": section.index,
                "heading": list(section.heading),
                "number": section.number,
                "clauses": len(section.clauses),
                "location": location_data(section.location),
            }
            for section in tree.sections
        ],
        "clauses": [clause_data(clause) for clause in tree.clauses],
    }


def tree_lines(tree: ClauseTree) -> Iterator[str]:
    """The clause tree for reading: headings, numbers, kinds and text."""
    for section in tree.sections:
        depth = max(0, len(section.heading) - 1)
        if section.heading:
            yield f"{'  ' * depth}{'#' * (depth + 1)} {section.number} {section.heading[-1]}".replace(
                "  #", "  #"
            )
        for index in section.clauses:
            clause = tree.clauses[index]
            mark = f"{clause.number} " if clause.number else ""
            lead = f"[{clause.lead_in}] " if clause.lead_in else ""
            yield f"{'  ' * (depth + 1)}{clause.id} {clause.kind}: {lead}{mark}{clause.text}"


def fact_data(fact: Fact, text: str) -> dict[str, Any]:
    """A fact with its fields, and its slots as words of the reading's ``text``."""
    return {
        "id": fact.id,
        "kind": fact.kind,
        "clause": fact.clause,
        "part": fact.part,
        "section": fact.section,
        "fields": dict(fact.fields),
        "slots": {slot.role: text[slot.start : slot.end] for slot in fact.slots},
        "evidence": [[span.start, span.end] for span in fact.evidence],
        "source": fact.source,
    }


def fact_lines(tree: ClauseTree, readings: Iterable[Reading], facts: Iterable[Fact]) -> Iterator[str]:
    """Facts for reading, below the clause they are about."""
    texts = {reading.clause: reading.text for reading in readings}
    clauses = {clause.id: clause for clause in tree.clauses}
    last = None
    for fact in facts:
        if fact.clause != last:
            last = fact.clause
            clause = clauses.get(fact.clause)
            yield f"{fact.clause}: {clause.text}" if clause else f"section {fact.section}"
        data = fact_data(
            fact, texts.get(fact.clause, clauses[fact.clause].text if fact.clause in clauses else "")
        )
        fields = " ".join(f"{key}={value}" for key, value in data["fields"].items())
        slots = " ".join(f"{role}={words!r}" for role, words in data["slots"].items())
        yield f"  {fact.kind}[{fact.part}] {fields} {slots}".rstrip()
