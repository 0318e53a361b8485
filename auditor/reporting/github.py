"""Annotations for GitHub: workflow commands on stdout, as many as GitHub shows.

GitHub shows ten annotations of each level for a step. The rest is counted in a plain line; the command line
writes the whole report to the job's summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.location import Location
from auditor.model.report import Report
from auditor.reporting import overview
from auditor.reporting.page.words import APPLICABILITY, glossary, place, plural
from auditor.reporting.repeats import Repeat, repeats
from auditor.reporting.text import clean, relative

SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    severity: str
    title: str
    message: str
    location: Location


def render_github(report: Report, *, root: str = "") -> str:
    """Workflow commands for inputs that were not read, notices and active findings (repeats once), the gravest
    first; paths below ``root`` are relative to it. Ends with the counts."""
    annotations = [*_annotations(report)]
    lines = []
    for severity, command in _COMMANDS.items():
        own = [one for one in annotations if one.severity == severity]
        lines += [_command(command, one, root) for one in own[:SHOWN]]
        if len(own) > SHOWN:
            lines.append(
                f"{plural(len(own) - SHOWN, f'more {severity}')}: GitHub shows {SHOWN} for a step; the job's summary "
                "and the other reports have them all."
            )
    return "\n".join([*lines, overview.summary(report)]) + "\n"


def _annotations(report: Report) -> Iterator[_Annotation]:
    for skipped in report.skipped:
        if skipped.error:
            yield _Annotation("error", "Not audited", skipped.reason, Location(skipped.path))
    for notice in report.notices:
        yield _Annotation(notice.severity, notice.rule, notice.message, notice.location)
    words = glossary(report)
    for document in report.documents:
        active = [entry for entry in document.entries if entry.status == "active"]
        for repeat in repeats(active, document):
            finding = repeat.first.finding
            title = f"{words.rule(finding.rule)} ({finding.rule})"
            yield _Annotation(finding.severity, title, _message(repeat), finding.location)


def _message(repeat: Repeat) -> str:
    finding, rewrite = repeat.first.finding, repeat.first.rewrite
    where = overview.where(finding.clause.number, place(finding.location))
    lines = [f"“{clean(finding.evidence)}” ({where})", clean(finding.message)]
    if rewrite and rewrite.text:
        state = APPLICABILITY.get(rewrite.applicability, rewrite.applicability)
        lines.append(f"Instead ({state}): {clean(rewrite.text)}")
    if repeat.others:
        places = "; ".join(place(entry.finding.location) for entry in repeat.others[:SHOWN])
        lines.append(
            f"{len(repeat.others)} more like it: {places}{' …' if len(repeat.others) > SHOWN else ''}"
        )
    lines.append(f"To keep it: auditor waive {finding.id} --reason WHY --owner WHO --review-by DATE")
    return "\n".join(lines)


def _command(command: str, one: _Annotation, root: str) -> str:
    where = one.location
    places: dict[str, object] = {"file": relative(clean(where.path), root)}
    if where.line is not None:
        places["line"] = where.line
        if where.end_line is not None and where.end_line > where.line:
            places["endLine"] = where.end_line
        elif where.column is not None:  # columns are refused where the lines differ
            places["col"] = where.column
            if where.end_column is not None:
                places["endColumn"] = where.end_column
    places["title"] = clean(one.title)
    told = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    message = "\n".join(clean(line) for line in one.message.split("\n"))
    return f"::{command} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
