"""A portfolio as tables, for people who query: Parquet files, which need the optional pyarrow."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.errors import RenderError
from auditor.model.portfolio import Member, Portfolio
from auditor.reporting.page.words import place

EXTRA = "policy-auditor[portfolio]"
_TYPES: Mapping[str, Mapping[str, str]] = {
    "members": {
        "member": "string", "documents": "int32", "words": "int64", "clauses": "int32", "verdict": "string",
        "score": "float64", "silent": "int32", "percentile": "int32", "among": "int32",
    },
    "scores": {
        "member": "string", "dimension": "string", "band": "string", "score": "float64", "findings": "int32",
        "guarded": "int32", "strengths": "int32", "absent": "bool", "percentile": "int32", "among": "int32",
    },
    "findings": {
        "member": "string", "document": "string", "id": "string", "fingerprint": "string", "rule": "string",
        "dimension": "string", "severity": "string", "confidence": "string", "scope": "string", "status": "string",
        "guardrail": "string", "clause": "string", "heading": "string", "number": "string", "place": "string",
        "text": "string", "rewrite": "string", "applicability": "string",
    },
    "strengths": {
        "member": "string", "document": "string", "id": "string", "dimension": "string", "clause": "string",
        "heading": "string", "place": "string", "text": "string",
    },
    "approvals": {
        "member": "string", "document": "string", "finding": "string", "actor": "string", "act": "string",
        "approver": "string", "scope": "string", "limit": "string", "deadline": "string", "stand_in": "string",
        "levels": "int32", "guardrail": "string",
    },
}  # fmt: skip
TABLES = tuple(_TYPES)
"""Names of the tables."""


def rows(portfolio: Portfolio) -> dict[str, list[dict[str, Any]]]:
    """Every table as a list of rows; None where there is nothing to say."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    standing = {(s.member, s.dimension): s for s in portfolio.standings}

    def placed(member: str, dimension: str) -> dict[str, Any]:
        one = standing.get((member, dimension))
        return {"percentile": one and one.percentile, "among": one and one.among}

    for member in portfolio.members:
        card = member.scorecard
        found["members"].append(
            {
                "member": member.name,
                "documents": len(member.documents),
                "words": _words(member),
                "clauses": card.clauses,
                "verdict": card.verdict,
                "score": card.score,
                "silent": card.silent,
                **placed(member.name, ""),
            }
        )
        found["scores"] += [
            {
                "member": member.name, "dimension": row.dimension, "band": row.band,
                "score": None if row.band == "silent" else row.score, "findings": row.findings,
                "guarded": row.guarded, "strengths": row.strengths, "absent": row.absent,
                **placed(member.name, row.dimension),
            }
            for row in card.dimensions
        ]  # fmt: skip
        found["findings"] += _findings(member)
        found["strengths"] += _strengths(member)
        found["approvals"] += _approvals(member)
    return found


def _words(member: Member) -> int:
    return sum(len(block.text.split()) for d in member.documents for block in d.tree.document.blocks)


def _findings(member: Member) -> Iterator[dict[str, Any]]:
    for document in member.documents:
        for entry in document.entries:
            finding, rewrite = entry.finding, entry.rewrite
            yield {
                "member": member.name, "document": document.tree.document.path, "id": finding.id,
                "fingerprint": finding.fingerprint, "rule": finding.rule, "dimension": finding.dimension,
                "severity": finding.severity, "confidence": finding.confidence, "scope": finding.scope,
                "status": entry.status, "guardrail": finding.guard.kind if finding.guard else None,
                "clause": finding.clause.id, "heading": " > ".join(finding.clause.heading),
                "number": finding.clause.number, "place": place(finding.location), "text": finding.evidence,
                "rewrite": rewrite.text if rewrite else None,
                "applicability": rewrite.applicability if rewrite else None,
            }  # fmt: skip


def _strengths(member: Member) -> Iterator[dict[str, Any]]:
    for document in member.documents:
        for one in document.strengths:
            yield {
                "member": member.name, "document": document.tree.document.path, "id": one.id,
                "dimension": one.dimension, "clause": one.clause.id, "heading": " > ".join(one.clause.heading),
                "place": place(one.location), "text": one.evidence,
            }  # fmt: skip


def _approvals(member: Member) -> Iterator[dict[str, Any]]:
    for document in member.documents:
        for one in document.approvals:
            yield {
                "member": member.name, "document": document.tree.document.path, "finding": one.finding,
                "actor": one.actor, "act": one.act, "approver": one.approver, "scope": one.scope,
                "limit": one.limit, "deadline": one.deadline, "stand_in": one.stand_in, "levels": one.levels,
                "guardrail": one.guardrail,
            }  # fmt: skip


def _storable(value: Any) -> Any:
    """A lone surrogate, which no file can hold, becomes a question mark."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def require() -> Any:
    """The pyarrow package. Raises RenderError naming the extra to install where it is missing."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise RenderError(f'Parquet tables need pyarrow: pip install "{EXTRA}"') from error
    return pyarrow


def render_tables(portfolio: Portfolio) -> dict[str, bytes]:
    """Every table as a Parquet file, by name; the same portfolio gives the same bytes with the same pyarrow.

    Raises RenderError where pyarrow is missing.
    """
    arrow = require()
    files = {}
    for name, found in rows(portfolio).items():
        fields = [
            (key, getattr(arrow, {"bool": "bool_"}.get(kind, kind))()) for key, kind in _TYPES[name].items()
        ]
        plain = [{key: _storable(value) for key, value in row.items()} for row in found]
        out = io.BytesIO()
        table = arrow.Table.from_pylist(plain, schema=arrow.schema(fields))
        arrow.parquet.write_table(table, out, compression="zstd")
        files[name] = out.getvalue()
    return files
