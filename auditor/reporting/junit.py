"""The report as JUnit XML: a suite for each document, a test case for each rule, so that histories make sense."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.report import DocumentReport, Notice, Report, ReportEntry
from auditor.model.rule import SEVERITIES
from auditor.reporting import overview
from auditor.reporting.page.words import APPLICABILITY, Glossary, glossary, place, plural
from auditor.reporting.text import clean, line_of, relative

_COUNTED = ("tests", "failures", "errors", "skipped")


def render_junit(report: Report, *, fail_on: str = "error", root: str = "") -> str:
    """The report as JUnit XML.

    A rule fails in a document if it has an active finding at or above ``fail_on`` (``never`` for none) of at
    least medium confidence; it is skipped if all that would fail is waived or in the baseline. Whatever
    else was found stands in the case's output. An input that could not be read is an error.
    """
    words = glossary(report)
    gravest = SEVERITIES.index(fail_on) if fail_on in SEVERITIES else -1
    suites = [_document(document, words, gravest, root) for document in report.documents]
    if report.notices:
        suites.append(_ledger(report.notices, gravest, root))
    suites += [_unread(relative(s.path, root), s.reason) for s in report.skipped if s.error]
    top = ET.Element("testsuites", {"name": "Policy Auditor"})
    for suite in suites:
        _count(suite, suite.findall("testcase"))
        top.append(suite)
    _count(top, top.findall("testsuite/testcase"))
    ET.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def _count(element: ET.Element, cases: Sequence[ET.Element]) -> None:
    found = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    for name in _COUNTED:
        element.set(name, str(found[name]))


def _suite(name: str) -> ET.Element:
    return ET.Element("testsuite", {"name": clean(name)})


def _case(suite: ET.Element, name: str, path: str, line: int | None = None) -> ET.Element:
    # Consumers take the part behind the last dot of a class name for the class itself.
    names = {"name": clean(name), "classname": clean(path).replace(".", "_"), "file": clean(path)}
    if line is not None:
        names["line"] = str(line)
    return ET.SubElement(suite, "testcase", names | {"time": "0"})


def _fails(entry: ReportEntry, gravest: int) -> bool:
    finding = entry.finding
    return SEVERITIES.index(finding.severity) <= gravest and finding.confidence != "low"


def _document(document: DocumentReport, words: Glossary, gravest: int, root: str) -> ET.Element:
    path = relative(document.tree.document.path, root)
    suite = _suite(path)
    properties = ET.SubElement(suite, "properties")
    for name, value in (("verdict", document.scorecard.verdict), ("sha256", document.tree.document.sha256)):
        ET.SubElement(properties, "property", {"name": name, "value": value})
    found: dict[str, list[ReportEntry]] = {
        rule.id: [] for rule in words.rules.values() if rule.kind in ("pattern", "absence")
    }
    for entry in document.entries:
        found.setdefault(entry.finding.rule, []).append(entry)
    for rule in sorted(found):
        _rule(suite, path, rule, found[rule], words, gravest)
    return suite


def _rule(
    suite: ET.Element, path: str, rule: str, entries: Sequence[ReportEntry], words: Glossary, gravest: int
) -> None:
    grave = [e for e in entries if e.finding.guard is None and _fails(e, gravest)]
    failing = [e for e in grave if e.status == "active"]
    first = failing[0] if failing else None
    case = _case(suite, rule, path, line_of(first.finding.location)[0] if first else None)
    if failing:
        severity = min((e.finding.severity for e in failing), key=SEVERITIES.index)
        message = f"{words.rule(rule)}: {plural(len(failing), 'finding')}"
        ET.SubElement(case, "failure", {"type": severity, "message": clean(message)}).text = _told(failing)
    elif grave:
        reasons = dict.fromkeys(
            clean(e.suppression.reason) if e.suppression else "in the baseline" for e in grave
        )
        ET.SubElement(case, "skipped", {"message": "; ".join(reasons)})
    told = {id(entry) for entry in failing}
    others = [entry for entry in entries if id(entry) not in told]
    if others:
        ET.SubElement(case, "system-out").text = _told(others)


def _told(entries: Iterable[ReportEntry]) -> str:
    return "\n" + "\n\n".join("\n".join(_lines(entry)) for entry in entries) + "\n"


def _lines(entry: ReportEntry) -> Iterator[str]:
    finding, guard, rewrite = entry.finding, entry.finding.guard, entry.rewrite
    where = overview.where(clean(finding.clause.number), place(finding.location))
    yield f"{finding.id} {entry.status} {finding.severity}, {finding.confidence} confidence, {where}"
    yield f"  “{clean(finding.evidence)}”"
    yield f"  Why: {clean(finding.message)}"
    if guard:
        yield f"  Left alone: {guard.kind}, for “{clean(guard.cue)}” in the {guard.reach}"
    if entry.suppression:
        yield f"  Waived: {overview.waiver(entry.suppression)}"
    if rewrite and rewrite.text:
        state = APPLICABILITY.get(rewrite.applicability, rewrite.applicability)
        yield f"  Instead ({state}): {clean(rewrite.text)}"
    if rewrite and rewrite.advice:
        yield f"  Advice: {clean(rewrite.advice)}"


def _ledger(notices: Sequence[Notice], gravest: int, root: str) -> ET.Element:
    suite = _suite("waivers and baseline")
    for notice in notices:
        path, line = relative(notice.location.path, root), line_of(notice.location)[0]
        case = _case(suite, f"{notice.rule}, line {line}", path, line)
        if SEVERITIES.index(notice.severity) <= gravest:
            ET.SubElement(case, "failure", {"type": notice.severity, "message": clean(notice.message)})
        else:
            ET.SubElement(case, "system-out").text = clean(notice.message)
    return suite


def _unread(path: str, reason: str) -> ET.Element:
    suite = _suite(path)
    ET.SubElement(_case(suite, "read", path), "error", {"type": "unread", "message": clean(reason)})
    return suite
