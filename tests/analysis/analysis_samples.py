"""Findings, strengths and facts in a few words, and the wordings of the built-in pack."""

from functools import cache
from itertools import count
from pathlib import Path

import yaml

from auditor.analysis import Wordings, parse_wordings
from auditor.model.clause import Clause, ClauseTree, Section
from auditor.model.document import Coverage, Document
from auditor.model.fact import Fact, Slot
from auditor.model.finding import Conclusions, Finding, Guard, Rewrite, Strength
from auditor.model.location import Location, Span
from auditor.model.report import ReportEntry, Suppression
from auditor.model.rule import Dimension, RulePack
from auditor.text.identity import clause_hash

ROOT = Path(__file__).parents[2]
NAMES = (
    "empowerment",
    "hiring",
    "training",
    "leadership",
    "people",
    "service",
    "promise",
    "trust",
    "insight",
    "voice",
)
PACK = RulePack(
    "test", "1", "Test", "0" * 64,
    tuple(Dimension(name, name.title(), weight) for name, weight in zip(NAMES, (3, 1, 2, 2, 2, 3, 1, 3, 1, 2), strict=True)),
    (), {}, (), {},
)  # fmt: skip
_numbers = count()


@cache
def wordings() -> Wordings:
    return parse_wordings(yaml.safe_load((ROOT / "rules/customer-focus/report.yaml").read_text("utf-8")))


def clause(text: str, index: int = 0, lead_in: str = "") -> Clause:
    return Clause(
        f"{clause_hash(text)}-1", index, "item" if lead_in else "sentence", text, ("Handbook",), lead_in, "", 0, index,
        Span(0, len(text)), Location("handbook.md", line=index + 1, column=1),
    )  # fmt: skip


def finding(
    text: str = "A refund must be approved.", *, rule: str = "empowerment/mandatory-approval", dimension: str = "",
    severity: str = "error", confidence: str = "high", scope: str | None = "customer", guard: str | None = None,
    index: int = 0, lead_in: str = "", premises: tuple[Fact, ...] = (),
) -> Finding:  # fmt: skip
    number = next(_numbers)
    where = clause(text, index, lead_in)
    return Finding(
        f"{number:010x}", f"{number:064x}", rule, dimension or rule.partition("/")[0], severity, confidence, scope,
        Guard(guard, "by law", "clause", 0) if guard else None, "why", where, text, (), where.location, premises, (),
    )  # fmt: skip


def entry(*arguments, status: str = "active", rewrite: str | None = None, **given) -> ReportEntry:
    """A finding with what was decided of it; ``rewrite`` is the applicability of a wording."""
    if status == "guarded":
        given["guard"] = given.get("guard", "legal")
    one = finding(*arguments, **given)
    return ReportEntry(
        one,
        Rewrite(one.id, "Do it.", rewrite) if rewrite else None,
        Suppression("external", "agreed") if status == "suppressed" else None,
        status == "baselined",
    )


def strength(
    text: str = "Employees may refund at once.", dimension: str = "empowerment", index: int = 9
) -> Strength:
    where = clause(text, index)
    return Strength(f"s{next(_numbers)}", dimension, where, text, (), where.location, ())


def approval(text: str, *, kind: str = "approval", levels: object = None, **words: str) -> tuple[Fact, str]:
    """A fact with the words of its roles as slots of ``text``, and its clause's id."""
    slots = []
    for role, word in words.items():
        start = text.index(word)
        slots.append(Slot(role.removesuffix("_2"), start, start + len(word), 0))
    fields = (("polarity", "required"),) + ((("levels", levels),) if levels is not None else ())
    where = clause(text).id
    return Fact(f"f{next(_numbers)}", kind, where, 0, 0, "handbook.md", fields, tuple(slots)), where


def tree(clauses: int = 30, path: str = "handbook.md") -> ClauseTree:
    texts = tuple(clause(f"Clause {n}.", n) for n in range(clauses))
    section = Section(0, ("Handbook",), "", Location(path, line=1), tuple(range(clauses)))
    return ClauseTree(Document(path, "markdown", "0" * 64, (), Coverage()), (section,), texts)


def nothing() -> Conclusions:
    return Conclusions((), (), (), ())
