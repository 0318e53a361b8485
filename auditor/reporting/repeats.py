"""Repeats: thirty approvals of leave are one matter with a count, not thirty alarms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model.report import DocumentReport, ReportEntry
from auditor.text.identity import letters

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLES = "a all an any each every his her its my our such that the their these this those your"
_BOUNDARIES = (
    "about above after against and as at because before below beyond by during for from if in into of off on or "
    "outside over per than through to towards under until unless upon when where which while who with within without"
)
_LEADING, _NARROWING = frozenset(_ARTICLES.split()), frozenset(_BOUNDARIES.split())


@dataclass(frozen=True, slots=True)
class Repeat:
    """Entries of one document that say the same of the same act; ``act`` is "" where none is known."""

    rule: str
    act: str
    entries: tuple[ReportEntry, ...]

    @property
    def first(self) -> ReportEntry:
        """The entry that stands for all."""
        return self.entries[0]

    @property
    def others(self) -> tuple[ReportEntry, ...]:
        """The rest, in document order."""
        return self.entries[1:]


def head(act: str) -> str:
    """The last word of an act before anything that narrows it: "leave" of "annual leave for carers"."""
    words: list[str] = []
    for match in _WORD.finditer(act.casefold()):
        if match[0] in _NARROWING and words:
            break
        if match[0] not in _LEADING and match[0] not in _NARROWING:
            words.append(match[0])
    last = words[-1] if words else ""
    return last[:-1] if len(last) > 3 and last.endswith("s") and not last.endswith("ss") else last


def _key(entry: ReportEntry, acts: Mapping[str, str]) -> tuple[str, ...]:
    finding = entry.finding
    act = acts.get(finding.id, "")
    same = (finding.rule, entry.status, finding.severity, finding.scope or "")
    if finding.scope != "admin":
        # Elsewhere each act is a decision of its own: only the same act, or the same words, repeat it.
        return (*same, letters(act) or letters(finding.evidence), "act" if act else "words")
    return (*same, head(act), "head")


def repeats(entries: Iterable[ReportEntry], document: DocumentReport) -> tuple[Repeat, ...]:
    """``entries`` of ``document`` with repeats gathered, each where its first entry stands.

    Entries repeat each other if rule, status, severity and scope agree and so does the act: for personal
    administration its head word ("annual leave", "sick leave"), elsewhere the whole act, or the clause's own
    words where no act is known.
    """
    acts = {row.finding: row.act for row in document.approvals}
    groups: dict[tuple[str, ...], list[ReportEntry]] = {}
    for entry in entries:
        groups.setdefault(_key(entry, acts), []).append(entry)
    return tuple(
        Repeat(found[0].finding.rule, acts.get(found[0].finding.id, ""), tuple(found))
        for found in groups.values()
    )
