"""The report as SARIF 2.1.0.

Written as plain JSON objects and held to the OASIS schema by the tests: of the Python object models, sarif-om has
rested since 2019, and sarif-pydantic knows neither taxa, nor baseline states, nor the plural of suppressions.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any, Literal

from auditor.errors import ConfigError
from auditor.model.report import Notice, Report, ReportEntry
from auditor.reporting.sarif_places import Places
from auditor.reporting.sarif_rules import Driver
from auditor.reporting.sarif_words import message_of, properties_of, sentence, suppression_of
from auditor.reporting.text import clean

Profile = Literal["github", "spec"]
PROFILES: tuple[Profile, ...] = ("github", "spec")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
GITHUB_RESULTS = 25_000
"""GitHub refuses a run with more results."""
_RANK = {"high": 90.0, "medium": 60.0, "low": 30.0}
_LEVELS = ("error", "warning", "note", "none")


def render_sarif(report: Report, *, profile: Profile = "github", root: str = "") -> str:
    """The report as SARIF text; paths below ``root`` are given relative to it.

    ``github``: every result has a file and a line (for Word and PDF the number of the paragraph or page, and
    says so), and what was left alone is listed in the run's properties only, since GitHub shows every result
    as an alert. ``spec``: binary documents have no lines, parts of a Word file are nested artifacts, and
    what was left alone are results of kind notApplicable. Raises ConfigError for another profile.
    """
    if profile not in PROFILES:
        raise ConfigError(f"no SARIF profile {profile!r}; profiles are {', '.join(PROFILES)}")
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report, profile, root).run()]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


class _Run:
    """Builds the one run of a log."""

    def __init__(self, report: Report, profile: Profile, root: str) -> None:
        self._report, self._github = report, profile == "github"
        self._driver = Driver(report)
        self._places = Places(report, root, github=self._github)
        self._ratchet = any(e.baselined for d in report.documents for e in d.entries)

    def run(self) -> dict[str, Any]:
        """The run object."""
        results = [*self._results()]
        properties: dict[str, Any] = {"packs": {pack.id: pack.sha256 for pack in self._report.packs}}
        if self._github:
            properties["leftAlone"] = [*self._left_alone()]
            if len(results) > GITHUB_RESULTS:
                properties["leftOut"] = len(results) - GITHUB_RESULTS
                results = sorted(results, key=lambda one: _LEVELS.index(one["level"]))[:GITHUB_RESULTS]
        run: dict[str, Any] = {
            "tool": {"driver": self._driver.component()},
            "automationDetails": {"id": "policy-auditor/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "%SRCROOT%": {"description": {"text": "The folder that was audited from."}}
            },
            "invocations": [self._invocation()],
            "artifacts": self._places.artifacts(),
            "taxonomies": self._driver.taxonomies(),
            "results": results,
            "properties": properties,
        }
        if self._ratchet:
            run["baselineGuid"] = self._baseline()
        return run

    def _baseline(self) -> str:
        known = sorted(
            e.finding.fingerprint for d in self._report.documents for e in d.entries if e.baselined
        )
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "policy-auditor/baseline/" + "/".join(known)))

    def _invocation(self) -> dict[str, Any]:
        wrong = [skipped for skipped in self._report.skipped if skipped.error]
        notes = [
            {
                "level": "error",
                "message": {"text": f"{clean(skipped.path)} was not audited: {clean(skipped.reason)}"},
                "locations": [{"physicalLocation": {"artifactLocation": self._places.file(skipped.path)}}],
            }
            for skipped in wrong
        ]
        return {"executionSuccessful": not wrong, "toolExecutionNotifications": notes}

    def _entries(self) -> Iterator[ReportEntry]:
        return (entry for document in self._report.documents for entry in document.entries)

    def _results(self) -> Iterator[dict[str, Any]]:
        for entry in self._entries():
            if not (self._github and entry.status == "guarded"):
                yield self._result(entry)
        for notice in self._report.notices:
            yield self._notice(notice)

    def _left_alone(self) -> Iterator[dict[str, Any]]:
        for entry in self._entries():
            guard = entry.finding.guard
            if guard:
                yield {
                    "id": entry.finding.id, "ruleId": entry.finding.rule,
                    "uri": self._places.file(entry.finding.location.path)["uri"],
                    "guardrail": guard.kind, "cue": clean(guard.cue),
                }  # fmt: skip

    def _result(self, entry: ReportEntry) -> dict[str, Any]:
        finding = entry.finding
        guarded = finding.guard is not None
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self._driver.index(finding.rule),
            "kind": "notApplicable" if guarded else "fail",
            "level": "none" if guarded else finding.severity,
            "message": {"text": message_of(entry)},
            "locations": [self._places.location(finding)],
            "partialFingerprints": _fingerprints(finding.fingerprint),
            "rank": _RANK[finding.confidence],
            "taxa": self._driver.taxa(finding),
        }
        if related := self._places.related(finding.location):
            result["relatedLocations"] = related
        if self._ratchet:
            result["baselineState"] = "unchanged" if entry.baselined else "new"
        if entry.suppression:
            result["suppressions"] = [suppression_of(entry.suppression)]
        if fixes := self._places.fixes(entry):
            result["fixes"] = fixes
        result["properties"] = properties_of(entry)
        return result

    def _notice(self, notice: Notice) -> dict[str, Any]:
        name = f"{notice.rule}\n{notice.location.path}\n{notice.message}".encode("utf-8", "replace")
        result: dict[str, Any] = {
            "ruleId": notice.rule,
            "ruleIndex": self._driver.index(notice.rule),
            "kind": "fail",
            "level": notice.severity,
            "message": {"text": sentence(clean(notice.message))},
            "locations": [self._places.plain(notice.location)],
            "partialFingerprints": _fingerprints(hashlib.sha256(name).hexdigest()),
        }
        if self._ratchet:
            result["baselineState"] = "new"
        return result


def _fingerprints(fingerprint: str) -> dict[str, str]:
    # Made of rule and clause alone, so it outlives lines; the second key is the one that GitHub combines with
    # path and rule.
    return {"clauseIdentity/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint[:16]}:1"}
