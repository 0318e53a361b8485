"""``auditor audit``: the main job."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import Request, fail_on_option, keeping_options, request_of, request_options
from auditor.errors import ConfigError
from auditor.model.report import Report
from auditor.pipeline.config import Config
from auditor.pipeline.settings import FailOn


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output",
    "-o",
    multiple=True,
    metavar="FILE",
    help="Write a report, its format by its ending; repeat for more.",
)
@click.option(
    "--format", "-f", metavar="NAME", help="Format on stdout: terminal, json, markdown, html, sarif ..."
)
@fail_on_option
@click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of findings.")
@click.option("--after", is_flag=True, help="Also rescore the same text with its ready rewrites taken.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours on stdout."
)
@click.option(
    "--redline",
    type=click.Choice(["none", "ready", "all"]),
    default="none",
    help="In an annotated Word file, track rewrites as changes: those that are ready, or all.",
)
@click.option("--author", default="Policy Auditor", help="Who comments in Word and PDF files.")
@click.option("--initials", default="PA", help="The author's initials in Word comments.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="The date of comments and changes (default SOURCE_DATE_EPOCH, else none).",
)
@click.option(
    "--sarif-profile",
    type=click.Choice(["github", "spec"]),
    default="github",
    help="SARIF for GitHub (a line for everything), or by the letter of the standard.",
)
@keeping_options
@request_options
def audit(**given: Any) -> int:
    """Audit documents: files, folders, or - for stdin.

    Without a PATH, what the configuration names, or the working folder.
    """
    from auditor.cli.output import add_to_summary, deliver, refuse_inputs
    from auditor.cli.running import perform, tell_notices, tell_skipped

    request = request_of(given)
    check_format(given["format"])
    refuse_inputs(given["output"], request.paths)
    report, config = perform(request)
    refuse_inputs(given["output"], [d.tree.document.path for d in report.documents])
    tell_skipped(report, request.quiet)
    tell_notices(report)
    options = report_options(given, given["fail_on"] or config.fail_on)
    outputs = given["output"] + (
        ("-",) if (given["format"] or not given["output"]) and "-" not in given["output"] else ()
    )
    if report.documents or report.skipped:
        deliver(report, outputs, given["format"], options)
        if given["format"] == "github":
            add_to_summary(report, os.environ)
    if given["after"]:
        tell_after(report, request, config)
    return exit_code(
        report, given["fail_on"] or config.fail_on, exit_zero=given["exit_zero"], quiet=request.quiet
    )


def report_options(given: dict[str, Any], fail_on: FailOn) -> dict[str, dict[str, Any]]:
    """What each format is told beside the report."""
    from auditor.cli.output import coloured
    from auditor.cli.running import stamp

    date = given["date"].strftime("%Y-%m-%dT%H:%M:%SZ") if given["date"] else stamp()
    beneath = {"root": str(Path.cwd())}
    signed = {"author": given["author"], "date": date}
    return {
        "terminal": {
            "color": coloured(given["color"], os.environ),
            "width": shutil.get_terminal_size().columns,
        },
        "docx": {**signed, "initials": given["initials"], "redline": given["redline"]},
        "pdf": signed,
        "sarif": {**beneath, "profile": given["sarif_profile"]},
        "junit": {**beneath, "fail_on": fail_on},
        "github": beneath,
        "gitlab": beneath,
    }


def check_format(name: str | None) -> None:
    """Raise ConfigError for a format that does not exist."""
    if name is None:
        return
    from auditor.reporting import FORMATS
    from auditor.text.suggest import suggestion

    if name not in FORMATS:
        raise ConfigError(
            f'--format: no format "{name}"{suggestion(name, FORMATS)}; formats are {", ".join(FORMATS)}'
        )


def tell_after(report: Report, request: Request, config: Config) -> None:
    """The scorecard of the same text with its ready rewrites taken, on stderr."""
    from auditor.cli.running import cache_folder, settled
    from auditor.pipeline.after import rescored

    after, taken = rescored(report, cache_folder(request.no_cache), settled(request, config.settings))
    click.echo(f"The same text, rescored with {taken} ready rewrite(s) taken: {after.sentence}", err=True)
    before = {one.dimension: one for one in report.scorecard.dimensions}
    for one in after.dimensions:
        was = before[one.dimension]
        if was.findings != one.findings:
            click.echo(
                f"  {one.dimension}: findings {was.findings} -> {one.findings}, {was.band} -> {one.band}",
                err=True,
            )


def exit_code(report: Report, fail_on: FailOn, *, exit_zero: bool = False, quiet: bool = False) -> int:
    """The exit code of an audit; says on stderr when there was nothing to audit."""
    from auditor.pipeline.outcome import failing, failing_notices, unread

    if unread(report):
        return ExitCode.ERROR
    if not report.documents:
        if not quiet:
            click.echo("no documents to audit", err=True)
        return ExitCode.NO_INPUTS
    fails = failing(report, fail_on) or failing_notices(report, fail_on)
    return ExitCode.FINDINGS if fails and not exit_zero else ExitCode.CLEAN
