"""Thresholds and wordings of the report, from a pack's ``report.yaml``, checked once and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.errors import PackError


@dataclass(frozen=True, slots=True)
class Scoring:
    """Weights and thresholds of the scorecard; the figures and their reasons stand in ``report.yaml``."""

    finding: Mapping[str, float]
    strength: float
    weightless_scopes: tuple[str, ...]
    prior: float
    mixed_within: float
    minimum_clauses: int
    minimum_dimensions: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question or a document to ask for, and what must have been found or missed to choose it."""

    text: str
    always: bool = False
    found: tuple[str, ...] = ()
    dimension: str = ""
    bands: tuple[str, ...] = ()
    approvals: str = ""


@dataclass(frozen=True, slots=True)
class Wordings:
    """All of ``report.yaml``. ``gaps`` maps the dimension of a stated value to those that can deny it."""

    scoring: Scoring
    verdicts: Mapping[str, str]
    verdicts_of_several: Mapping[str, str]
    caveat: str
    guards: Mapping[str, str]
    preamble: str
    felt_by_scope: Mapping[str, str]
    felt_by_dimension: Mapping[str, str]
    decisions: Mapping[str, str]
    gaps: Mapping[str, tuple[str, ...]]
    gap_limit: int
    questions: tuple[Ask, ...]
    requests: tuple[Ask, ...]


def _ask(raw: Mapping[str, Any]) -> Ask:
    when = raw["when"]
    return Ask(
        str(raw["text"]),
        bool(when.get("always", False)),
        tuple(when.get("found", ())),
        str(when.get("dimension", "")),
        tuple(when.get("bands", ())),
        str(when.get("approvals", "")),
    )


def _scoring(raw: Mapping[str, Any]) -> Scoring:
    return Scoring(
        {key: float(value) for key, value in raw["finding"].items()},
        float(raw["strength"]),
        tuple(raw["weightless_scopes"]),
        float(raw["prior"]),
        float(raw["mixed_within"]),
        int(raw["minimum_clauses"]),
        int(raw["minimum_dimensions"]),
    )


_VERDICTS = ("operations", "mixed", "customers", "unclear")


def parse_wordings(data: Mapping[str, Any], path: str = "report.yaml") -> Wordings:
    """Wordings from the plain mapping of a ``report.yaml``.

    Raises :class:`PackError` naming ``path`` and the key when one is missing or of the wrong shape.
    """
    try:
        return Wordings(
            scoring=_scoring(data["scoring"]),
            verdicts={key: data["verdicts"][key] for key in _VERDICTS},
            verdicts_of_several={key: data["verdicts_of_several"][key] for key in _VERDICTS},
            caveat=str(data["caveat"]),
            guards=dict(data["guards"]),
            preamble=str(data["preamble"]).strip(),
            felt_by_scope=dict(data["felt_by"]["scope"]),
            felt_by_dimension=dict(data["felt_by"]["dimension"]),
            decisions={key: data["decisions"][key] for key in ("ready", "decision", "idea", "none")},
            gaps={key: tuple(value["denied_by"]) for key, value in data["gaps"].items()},
            gap_limit=int(data["gap_limit"]),
            questions=tuple(_ask(raw) for raw in data["questions"]),
            requests=tuple(_ask(raw) for raw in data["requests"]),
        )
    except KeyError as error:
        raise PackError(
            (f"{path}:1:1: the key {error} is missing; see rules/customer-focus/report.yaml",)
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise PackError((f"{path}:1:1: a value has the wrong shape ({error})",)) from error
