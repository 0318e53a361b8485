"""``auditor baseline``: the findings that were there already, as a ratchet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import Request, request_of, request_options, split_list
from auditor.errors import ConfigError
from auditor.ledger import BaselineEntry, dump_baseline
from auditor.model.report import Report
from auditor.pipeline.keeping import Keeping, shown

file_option = click.option(
    "--baseline", "file", metavar="FILE", help="The baseline, instead of the one beside the configuration."
)


@click.group()
def baseline() -> None:
    """Keep the findings that are known, so that only new ones fail a check.

    The file is auditor-baseline.json beside the configuration; `auditor audit` finds it there.
    """


def _located(name: str | None, request: Request) -> Path:
    from auditor.pipeline.config import ConfigFinder
    from auditor.pipeline.keeping import found_files

    config = ConfigFinder(request.config).near(Path.cwd())
    root = config.root if config.files else Path.cwd()
    return found_files(root, name or config.baseline, "")[0]


def _audited(request: Request, file: Path, entries: tuple[BaselineEntry, ...]) -> tuple[Report, Keeping]:
    """The report under the waivers alone, and the keeping with the baseline at ``file``."""
    from auditor.cli.running import keeping_of, perform, tell_skipped
    from auditor.pipeline.config import ConfigFinder
    from auditor.pipeline.outcome import unread

    bare = keeping_of(replace(request, no_baseline=True), ConfigFinder(request.config).near(Path.cwd()))
    report, _ = perform(request, bare)
    tell_skipped(report, request.quiet)
    if unread(report):
        raise ConfigError("the baseline is left as it is: some inputs could not be read")
    return report, replace(bare, baseline=entries, baseline_file=file)


def _existing(file: Path) -> tuple[BaselineEntry, ...]:
    from auditor.pipeline.keeping import load_baseline

    if not file.is_file():
        raise ConfigError(f"{shown(file)}: no such baseline; `auditor baseline create` makes one")
    return load_baseline(file)


def _write(file: Path, entries: Iterable[BaselineEntry], said: str) -> None:
    from auditor.cli.output import write_whole

    write_whole(file, dump_baseline(entries))
    click.echo(f"{shown(file)}: {said}", err=True)


def _arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("paths", nargs=-1, metavar="[PATH]...")(file_option(request_options(command)))


@baseline.command("create")
@click.option("--force", is_flag=True, help="Replace a baseline that exists.")
@_arguments
def create(force: bool, file: str | None, **given: Any) -> int:
    """Write down every active finding as known."""
    from auditor.pipeline.keeping import grown

    request = request_of(given)
    target = _located(file, request)
    if target.exists() and not force:
        raise ConfigError(
            f"{target}: exists; `auditor baseline update` keeps it up to date, --force replaces it"
        )
    report, keeping = _audited(request, target, ())
    entries, _, _ = grown(report, keeping, ("*",))
    _write(target, entries, f"{len(entries)} finding(s) written down")
    return ExitCode.CLEAN


@baseline.command("update")
@click.option(
    "--add", multiple=True, callback=split_list, metavar="FINDING|RULE",
    help="Let the baseline grow by this finding, or by findings of this rule; repeat for more.",
)  # fmt: skip
@click.option("--reason", default="", help="Why it may grow; kept with the entries added.")
@_arguments
def update(add: tuple[str, ...], reason: str, file: str | None, **given: Any) -> int:
    """Follow moved and renamed clauses, drop what is gone; refuse new findings unless they are named."""
    from auditor.pipeline.keeping import grown

    request = request_of(given)
    target = _located(file, request)
    before = _existing(target)
    if add and not reason:
        raise ConfigError("--add needs a --reason: it stays in the file for those who come after")
    report, keeping = _audited(request, target, before)
    entries, refused, dropped = grown(report, keeping, add, reason)
    added = len(entries) + len(dropped) - len(before)
    _write(target, entries, f"{len(entries)} finding(s) known, {added} added, {len(dropped)} dropped")
    for entry in refused:
        click.echo(
            f"error: {entry.path}: new finding {entry.fingerprint[:10]} of {entry.rule} (clause {entry.clause}) is "
            f"not taken in; change the clause, or name it with --add {entry.fingerprint[:10]} --reason …",
            err=True,
        )
    return ExitCode.FINDINGS if refused else ExitCode.CLEAN


@baseline.command("prune")
@_arguments
def prune(file: str | None, **given: Any) -> int:
    """Drop the entries whose finding is there no more; take in nothing."""
    from auditor.pipeline.keeping import grown

    request = request_of(given)
    target = _located(file, request)
    before = _existing(target)
    report, keeping = _audited(request, target, before)
    entries, _, dropped = grown(report, keeping)
    _write(target, entries, f"{len(entries)} finding(s) known, {len(dropped)} dropped")
    return ExitCode.CLEAN


@baseline.command("show")
@click.option("--format", "-f", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration beside it.",
)
@file_option
def show_entries(format: str, config: Path | None, file: str | None) -> int:
    """Print what the baseline holds, by document and rule."""
    target = _located(file, Request(config=config))
    entries = _existing(target)
    if format == "json":
        click.echo(dump_baseline(entries), nl=False)
        return ExitCode.CLEAN
    counts = Counter((entry.path, entry.rule) for entry in entries)
    for (path, rule), count in sorted(counts.items()):
        click.echo(f"{count:5}  {path}  {rule}")
    click.echo(f"{len(entries):5}  in all ({shown(target)})")
    return ExitCode.CLEAN
