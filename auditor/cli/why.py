"""``auditor why``: from a conclusion down to the words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import Request, request_of, request_options
from auditor.errors import ConfigError


@click.command()
@click.argument("finding")
@click.argument("paths", nargs=-1, metavar="[PATH|REPORT.json]...")
@request_options
def why(finding: str, **given: Any) -> int:
    """Print the whole proof of a FINDING, the guards that were tried included.

    FINDING is the id that reports print (its beginning is enough). It is looked for in the documents or the
    JSON report named; without one, in what the configuration names.
    """
    found = [one for one in _findings(request_of(given)) if _is(one, finding)]
    if not found:
        raise ConfigError(f"no finding {finding} there; reports print the ids of findings")
    for index, one in enumerate(found):
        click.echo("\n" * bool(index) + "\n".join(proof(one)))
    return ExitCode.CLEAN


def _is(finding: Mapping[str, Any], name: str) -> bool:
    return any(str(finding.get(key, "")).startswith(name) for key in ("id", "fingerprint"))


def _findings(request: Request) -> list[Mapping[str, Any]]:
    if len(request.paths) == 1 and request.paths[0].endswith(".json"):
        path = request.paths[0]
        try:
            return list(json.loads(Path(path).read_text("utf-8"))["findings"])
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{path}: is not a JSON report of this program") from error
    from auditor.cli.running import perform, tell_skipped
    from auditor.reporting import render

    report, _ = perform(request)
    tell_skipped(report, quiet=True)
    return list(json.loads(render(report, "json"))["findings"])


def _place(location: Mapping[str, Any]) -> str:
    numbers = ("page", "paragraph", "line", "column")
    return ", ".join(
        [
            str(location.get("path", "")),
            *(f"{n} {location[n]}" for n in numbers if location.get(n) is not None),
        ]
    )


def proof(finding: Mapping[str, Any]) -> Iterator[str]:
    """A finding of a JSON report in words, line by line."""
    clause = finding.get("clause") or {}
    how = f"{finding['severity']}, confidence {finding['confidence']}, {finding['status']}"
    yield f"{finding['id']}  {finding['rule']}  {how}"
    yield finding["message"]
    yield f"  at {_place(finding.get('location') or {})}"
    for name, value in (
        ("under", " > ".join(clause.get("heading") or ())),
        ("lead-in", clause.get("lead_in")),
        ("clause", " ".join(filter(None, (clause.get("number"), finding["evidence"]["text"])))),
    ):
        if value:
            yield f"  {name}: {value}"
    for span in finding["evidence"].get("spans") or ():
        start, end = (span["start"], span["end"]) if isinstance(span, Mapping) else span
        yield f"  words: {finding['evidence']['text'][start:end]!r}"
    guard = finding.get("guard")
    if guard:
        yield f"  left alone: {guard['kind']}, for {guard['cue']!r} in the {guard['reach']}"
    yield "because"
    for step in finding.get("trace") or ():
        if isinstance(step, Mapping):
            premises = ", ".join(step.get("premises") or ())
            yield f"  {step.get('stratum')}: {step.get('text') or step.get('name')}" + (
                f"  [{premises}]" if premises else ""
            )
        else:
            yield f"  {step}"
    rewrite = finding.get("rewrite")
    if rewrite:
        yield f"instead ({rewrite['applicability']}): {rewrite.get('text') or rewrite.get('advice', '')}"
