"""``auditor waive``: add a waiver to the waiver file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import request_of, request_options
from auditor.errors import ConfigError
from auditor.ledger.comments import date_problem


@click.command()
@click.argument("finding")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--reason", required=True, help="Why the clause may stay.")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--review-by", required=True, metavar="DATE", help="The day (2027-06-30) until which it holds.")
@request_options
def waive(finding: str, reason: str, owner: str, review_by: str, **given: Any) -> int:
    """Waive a FINDING (its id, or the beginning): it stays in the reports, and fails no check.

    The waiver is added to auditor-waivers.toml beside the configuration, keyed by the clause's own words, so
    that it holds in every format and edition until its review date.
    """
    from auditor.cli.output import write_whole
    from auditor.cli.running import perform
    from auditor.pipeline.keeping import found_files, load_waivers, relative, shown

    if problem := date_problem(review_by):
        raise ConfigError(f"--review-by {problem}")
    request = request_of(given)
    report, config = perform(request)
    found = [
        (document.tree.document.path, entry.finding)
        for document in report.documents
        for entry in document.entries
        if entry.finding.id.startswith(finding) and entry.finding.guard is None
    ]
    if not found:
        raise ConfigError(f"no finding {finding} there; reports print the ids of findings")
    if len({one.fingerprint for _, one in found}) > 1:
        raise ConfigError(f"{len(found)} findings begin with {finding}; write more of the id")
    path, one = found[0]
    _, file = found_files(config.root if config.files else Path.cwd(), "", config.waivers)
    before = file.read_text("utf-8") if file.is_file() else ""
    if before:
        load_waivers(file)
    absence = "/missing-" in one.rule
    key = ("path", relative(path, file)) if absence else ("clause", one.clause.id)
    quoted = one.evidence if len(one.evidence) <= 100 else f"{one.evidence[:99]}…"
    entry = "\n".join(
        (
            "[[waiver]]",
            f"# {' '.join(quoted.split())}",
            f"rule = {json.dumps(one.rule)}",
            f"{key[0]} = {json.dumps(key[1], ensure_ascii=False)}",
            f"reason = {json.dumps(reason, ensure_ascii=False)}",
            f"owner = {json.dumps(owner, ensure_ascii=False)}",
            f"review-by = {review_by}",
            "",
        )
    )
    write_whole(file, f"{before.rstrip()}\n\n{entry}" if before.strip() else entry)
    click.echo(f"{shown(file)}: {one.rule} waived for clause {one.clause.id} until {review_by}", err=True)
    return ExitCode.CLEAN
