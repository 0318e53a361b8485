"""Names that the page gives to the model's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model.location import Location
from auditor.model.portfolio import Portfolio
from auditor.model.report import Report
from auditor.model.rule import Dimension, Rule

BANDS: Mapping[str, str] = {
    "operations": "leans to operations",
    "mixed": "mixed",
    "customers": "leans to customers",
    "silent": "not covered",
}
VERDICTS: Mapping[str, str] = {**BANDS, "unclear": "says too little to tell"}
SEVERITIES: Mapping[str, str] = {"error": "Error", "warning": "Warning", "note": "Note"}
STATUSES: Mapping[str, str] = {
    "active": "Active",
    "guarded": "Left alone",
    "suppressed": "Waived",
    "baselined": "In the baseline",
    "strength": "Strength",
}
APPLICABILITY: Mapping[str, str] = {
    "ready": "ready as it stands",
    "decision": "needs a decision",
    "idea": "an idea",
}
SCOPES: Mapping[str, str] = {
    "customer": "Decisions for a customer",
    "work": "How people do their work",
    "admin": "Personal administration",
    "": "Other matters",
}
GUARDRAILS: Mapping[str, str] = {
    "legal": "Law",
    "ethical": "Ethics",
    "financial": "Money",
    "reputation": "Reputation",
}
REACHES: Mapping[str, str] = {
    "clause": "in the clause",
    "lead-in": "in its lead-in",
    "heading": "in its heading",
}


@dataclass(frozen=True, slots=True)
class Glossary:
    """Dimensions and rules of the report's packs, by id; ids without an entry name themselves."""

    dimensions: Mapping[str, Dimension]
    rules: Mapping[str, Rule]

    def dimension(self, name: str) -> str:
        """The title of a dimension."""
        return self.dimensions[name].title if name in self.dimensions else name

    def question(self, name: str) -> str:
        """What a dimension asks, "" if unknown."""
        return self.dimensions[name].question if name in self.dimensions else ""

    def rule(self, name: str) -> str:
        """The title of a rule."""
        return self.rules[name].title if name in self.rules else name


def glossary(report: Report | Portfolio) -> Glossary:
    """The names in a report; the first pack that defines an id wins."""
    dimensions: dict[str, Dimension] = {}
    rules: dict[str, Rule] = {}
    for pack in report.packs:
        for dimension in pack.dimensions:
            dimensions.setdefault(dimension.id, dimension)
        for rule in pack.rules:
            rules.setdefault(rule.id, rule)
    return Glossary(dimensions, rules)


def place(location: Location) -> str:
    """A location in few words: page, line or paragraph."""
    if location.page is not None:
        return f"page {location.page}"
    if location.line is not None:
        return f"line {location.line}"
    return f"paragraph {location.paragraph + 1}" if location.paragraph is not None else ""


def plural(count: int, one: str, many: str = "") -> str:
    """``1 clause``, ``2 clauses``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
