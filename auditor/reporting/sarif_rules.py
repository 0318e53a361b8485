"""The driver of a SARIF run: its rules with their help, and the taxonomies of dimensions and guardrails."""

from __future__ import annotations

import uuid
from typing import Any

from auditor.model.finding import Finding
from auditor.model.report import Report
from auditor.model.rule import GUARDRAILS, Rule
from auditor.reporting.marking import escape
from auditor.reporting.page.words import GUARDRAILS as GUARDRAIL_TITLES
from auditor.reporting.page.words import glossary
from auditor.reporting.text import clean, shortened

_DIMENSIONS, _GUARDRAILS = 0, 1
"""Indices of the two taxonomies in the run."""
_LONGEST = 1000
_LEDGER = {
    "ledger/expired": ("A suppression has expired", "A suppression past its review date suppresses nothing."),
    "ledger/unused": ("A suppression suppresses nothing", "What is no longer needed should be taken away."),
    "ledger/incomplete": (
        "A suppression is incomplete",
        "A suppression names rules, a reason, an owner and a date.",
    ),
    "ledger/stale": (
        "The baseline is out of date",
        "An entry that nothing matches would hide a new finding.",
    ),
}


class Driver:
    """Rules of all packs by index: those that found nothing too, so that an alert can be told to be fixed."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._words = glossary(report)
        rules = [rule for rule in self._words.rules.values() if rule.kind in ("pattern", "absence")]
        said = {entry.finding.rule for d in report.documents for entry in d.entries}
        others = {notice.rule for notice in report.notices} | said - {rule.id for rule in rules}
        self._rules = {rule.id: self._descriptor(rule) for rule in sorted(rules, key=lambda rule: rule.id)}
        self._rules |= {name: _plain(name) for name in sorted(others)}
        self._indices = {name: index for index, name in enumerate(self._rules)}

    def index(self, rule: str) -> int:
        """The index of a rule's descriptor."""
        return self._indices[rule]

    def component(self) -> dict[str, Any]:
        """The driver."""
        return {
            "name": "Policy Auditor",
            "version": self._report.version,
            "semanticVersion": self._report.version,
            "shortDescription": {
                "text": "Finds clauses of company policies that keep people from serving customers."
            },
            "rules": list(self._rules.values()),
            "supportedTaxonomies": [
                {"name": one["name"], "index": index, "guid": one["guid"]}
                for index, one in enumerate(self.taxonomies())
            ],
        }

    def taxonomies(self) -> list[dict[str, Any]]:
        """Dimensions and guardrails."""
        packs = "+".join(pack.id for pack in self._report.packs)
        dimensions = [
            {
                "id": name,
                "name": _pascal(name),
                "shortDescription": {"text": f"{one.title}."},
                "fullDescription": {"text": one.question or f"{one.title}."},
            }
            for name, one in self._words.dimensions.items()
        ]
        meanings = {count.kind: count.meaning for count in self._report.guards}
        guardrails = [
            {
                "id": kind,
                "name": _pascal(kind),
                "shortDescription": {"text": f"{GUARDRAIL_TITLES[kind]}."},
                "fullDescription": {
                    "text": meanings.get(kind) or f"On its face about {GUARDRAIL_TITLES[kind].lower()}."
                },
            }
            for kind in GUARDRAILS
        ]
        return [
            _taxonomy(f"{packs}/dimensions", "What a policy says to customers and people.", dimensions),
            _taxonomy("guardrails", "Why a clause is left alone.", guardrails),
        ]

    def taxa(self, finding: Finding) -> list[dict[str, Any]]:
        """References to a finding's dimension and, if it is guarded, its guardrail."""
        taxa = self._reference(finding.dimension)
        if finding.guard and finding.guard.kind in GUARDRAILS:
            index = GUARDRAILS.index(finding.guard.kind)
            component = {"name": "guardrails", "index": _GUARDRAILS}
            taxa.append({"id": finding.guard.kind, "index": index, "toolComponent": component})
        return taxa

    def _reference(self, dimension: str) -> list[dict[str, Any]]:
        dimensions = list(self._words.dimensions)
        if dimension not in dimensions:
            return []
        packs = "+".join(pack.id for pack in self._report.packs)
        component = {"name": f"{packs}/dimensions", "index": _DIMENSIONS}
        return [{"id": dimension, "index": dimensions.index(dimension), "toolComponent": component}]

    def _descriptor(self, rule: Rule) -> dict[str, Any]:
        title, reason = clean(rule.title), clean(rule.rationale) or clean(rule.title)
        text, markdown = _help(rule)
        return {
            "id": rule.id,
            "name": _pascal(rule.id.rpartition("/")[2]),
            "shortDescription": {"text": f"{shortened(title, _LONGEST)}."},
            "fullDescription": {"text": shortened(reason, _LONGEST)},
            "help": {"text": text, "markdown": markdown},
            "defaultConfiguration": {"level": rule.severity},
            "relationships": [
                {"target": target, "kinds": ["relevant"]} for target in self._reference(rule.dimension)
            ],
            "properties": {
                "tags": [*filter(None, (rule.dimension, rule.kind, "policy"))],
                "problem.severity": {"error": "error", "warning": "warning"}.get(
                    rule.severity, "recommendation"
                ),
            },
        }


def _taxonomy(name: str, says: str, taxa: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"policy-auditor/taxonomy/{name}")),
        "organization": "Policy Auditor",
        "shortDescription": {"text": says},
        "isComprehensive": True,
        "taxa": taxa,
    }


def _plain(name: str) -> dict[str, Any]:
    title, says = _LEDGER.get(name, (name, f"{name}."))
    return {
        "id": name,
        "name": _pascal(name.rpartition("/")[2]),
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": says},
        "help": {"text": says, "markdown": says},
        "properties": {"tags": ["policy"]},
    }


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.replace("_", "-").split("-"))


def _help(rule: Rule) -> tuple[str, str]:
    guards = ", ".join(GUARDRAIL_TITLES.get(kind, kind).lower() for kind in rule.guardable)
    facts = [
        ("Why it matters", clean(rule.rationale)),
        ("Left alone where it guards", guards),
        ("Advice", " ".join(clean(wording.text) for wording in rule.advice)),
        ("Source", clean(rule.source)),
        ("More", f"auditor rules show {rule.id}"),
    ]
    told = [(label, words) for label, words in facts if words]
    text = "\n".join(f"{label}: {words}" for label, words in told)
    head = f"**{escape(rule.title)}**"
    markdown = "\n\n".join([head, *(f"**{label}.** {escape(words)}" for label, words in told)])
    return text, markdown
