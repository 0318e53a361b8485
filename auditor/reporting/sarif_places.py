"""Where SARIF results stand: artifacts, regions, logical locations, and fixes of text files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from auditor.model.finding import Finding
from auditor.model.location import Location
from auditor.model.report import Report, ReportEntry
from auditor.reporting.json import location_of
from auditor.reporting.page.words import APPLICABILITY, place
from auditor.reporting.text import clean, line_of, relative

_TYPES = {
    "markdown": "text/markdown",
    "html": "text/html",
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FIXABLE = ("markdown", "text")


class Places:
    """The artifacts of a run, and the locations of its results in them."""

    def __init__(self, report: Report, root: str, *, github: bool) -> None:
        self._report, self._root, self._github = report, root, github
        self._formats = {d.tree.document.path: d.tree.document.format for d in report.documents}
        self._indices = {path: index for index, path in enumerate(self._formats)}
        self._parts: dict[tuple[str, str], int] = {}
        if not github:
            for document in report.documents:
                for entry in document.entries:
                    self._part(entry.finding.location)

    def _part(self, location: Location) -> int | None:
        if location.part is None or location.path not in self._indices:
            return None
        return self._parts.setdefault((location.path, location.part), len(self._indices) + len(self._parts))

    def artifacts(self) -> list[dict[str, Any]]:
        """Documents, then the parts of Word files that hold a result."""
        found = []
        for document in self._report.documents:
            source = document.tree.document
            one: dict[str, Any] = {
                "location": self.file(source.path, index=False),
                "roles": ["analysisTarget"],
            }
            if source.format in _TYPES:
                one["mimeType"] = _TYPES[source.format]
            if source.sha256:
                one["hashes"] = {"sha-256": source.sha256}
            one["properties"] = {"coverage": round(source.coverage.ratio, 4)}
            found.append(one)
        for path, part in self._parts:
            uri = quote("/" + part.lstrip("/"))
            found.append(
                {"location": {"uri": uri}, "parentIndex": self._indices[path], "mimeType": "application/xml"}
            )
        return found

    def file(self, path: str, *, index: bool = True) -> dict[str, Any]:
        """The artifact location of a file: relative to the root, or absolute where it stands elsewhere."""
        plain = relative(path, self._root)
        uri = quote(plain.encode("utf-8", "surrogatepass"))
        if plain.startswith("/"):
            found: dict[str, Any] = {"uri": f"file://{uri}"}
        elif len(plain) > 1 and plain[1] == ":":
            found = {"uri": f"file:///{uri}"}
        else:
            found = {"uri": uri, "uriBaseId": "%SRCROOT%"}
        if index and path in self._indices:
            found["index"] = self._indices[path]
        return found

    def location(self, finding: Finding) -> dict[str, Any]:
        """The location of a finding: the triggering words within their clause, the clause within its headings,
        and what the format knows."""
        where = finding.location
        physical = self._physical(where, _triggers(finding))
        clause = finding.clause.location
        if _surrounds(clause, where):
            physical["contextRegion"] = _region(clause, finding.clause.text)
        headings = [clean(name) for name in finding.clause.heading]
        number = clean(finding.clause.number)
        named = number if any(c.isalnum() for c in number) else place(where) or finding.clause.id
        told: dict[str, Any] = {
            "physicalLocation": physical,
            "logicalLocations": [
                {"name": named, "fullyQualifiedName": " › ".join([*headings, named]), "kind": "clause"}
            ],
            "properties": {name: value for name, value in location_of(where).items() if name != "path"},
        }
        if where.line is None:
            told["message"] = {"text": f"{place(where) or 'the whole document'} of {clean(where.path)}."}
            if self._github:
                told["properties"]["lineCounts"] = line_of(where)[1] or "nothing"
        return told

    def related(self, where: Location) -> list[dict[str, Any]]:
        """The part of a Word file that holds the words, a nested artifact, where parts are told."""
        part = None if self._github else self._part(where)
        if part is None:
            return []
        said = f"The part of the file that holds these words: {where.part}."
        return [{"physicalLocation": {"artifactLocation": {"index": part}}, "message": {"text": clean(said)}}]

    def plain(self, where: Location) -> dict[str, Any]:
        """The location of something that is no clause."""
        return {"physicalLocation": self._physical(where, "")}

    def _physical(self, where: Location, text: str) -> dict[str, Any]:
        if where.line is None and not self._github:
            return {"artifactLocation": self.file(where.path)}
        return {"artifactLocation": self.file(where.path), "region": _region(where, text)}

    def fixes(self, entry: ReportEntry) -> list[dict[str, Any]]:
        """The rewrite as a replacement, where it is ready and the region is the clause's own words and no more."""
        finding, rewrite = entry.finding, entry.rewrite
        if (
            rewrite is None
            or not rewrite.text
            or rewrite.applicability != "ready"
            or entry.status == "guarded"
            or self._formats.get(finding.location.path) not in _FIXABLE
            or finding.clause.kind == "row"
            or not _exact(finding.clause.location, finding.clause.text)
        ):
            return []
        replacement = {
            "deletedRegion": _region(finding.clause.location, ""),
            "insertedContent": {"text": clean(rewrite.text)},
        }
        change = {"artifactLocation": self.file(finding.location.path), "replacements": [replacement]}
        said = f"A wording to adopt or refuse ({APPLICABILITY['ready']})."
        return [{"description": {"text": said}, "artifactChanges": [change]}]


def _triggers(finding: Finding) -> str:
    """The words from the first triggering one to the last, as far as they are known."""
    spans = finding.spans
    return finding.evidence[spans[0].start : spans[-1].end] if spans else finding.evidence


def _surrounds(outer: Location, inner: Location) -> bool:
    """Whether a region of lines and columns holds another and more."""
    if None in (outer.line, outer.column, outer.end_line, outer.end_column) or outer.path != inner.path:
        return False
    if None in (inner.line, inner.column, inner.end_line, inner.end_column):
        return False
    first, last = _bounds(outer)
    begin, end = _bounds(inner)
    return first <= begin and end <= last and (first, last) != (begin, end)


def _bounds(where: Location) -> tuple[tuple[int, int], tuple[int, int]]:
    return (where.line or 0, where.column or 0), (where.end_line or 0, where.end_column or 0)


def _exact(where: Location, text: str) -> bool:
    """Whether the region holds exactly ``text``: one line, as many columns as characters."""
    return (
        where.column is not None
        and where.end_column is not None
        and where.line == where.end_line
        and where.end_column - where.column == len(text)
    )


def _region(where: Location, text: str) -> dict[str, Any]:
    line, _ = line_of(where)
    if where.line is None:
        return {"startLine": line}
    found: dict[str, Any] = {"startLine": line}
    if where.column is not None:
        found["startColumn"] = where.column
    if where.end_line is not None:
        found["endLine"] = max(where.end_line, line)
        if where.end_column is not None:
            found["endColumn"] = where.end_column
    if text and _exact(where, text) and clean(text) == text:
        found["snippet"] = {"text": text}
    return found
