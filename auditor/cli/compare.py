"""``auditor compare``: what an edition changed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import Request, fail_on_option, request_of, request_options
from auditor.errors import ConfigError
from auditor.model.report import Report, Skipped
from auditor.pipeline.settings import Source

FORMATS = ("terminal", "markdown", "json", "html")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--output", "-o", multiple=True, metavar="FILE",
    help="Write the comparison, its format by its ending (.md, .json, .html); repeat for more.",
)  # fmt: skip
@click.option("--format", "-f", type=click.Choice(FORMATS), help="Format on stdout.")
@fail_on_option
@click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of new findings.")
@request_options
def compare(
    old: str,
    new: str,
    output: tuple[str, ...],
    format: str | None,
    fail_on: str | None,
    exit_zero: bool,
    **given: Any,
) -> int:
    """Compare two editions: files, folders, or git revisions (auditor compare HEAD .).

    Clauses added, removed, moved and edited; findings new, resolved and persisting; controls lost, thresholds
    changed, approvals newly required. Exits with 1 if a new finding is at or above --fail-on.
    """
    from auditor.cli.output import refuse_inputs, to_stdout, write_whole
    from auditor.ledger.compare import compare as compared
    from auditor.pipeline.outcome import failing_entries
    from auditor.reporting.comparison import ENDINGS, render_comparison

    request = request_of(given)
    for name in output:
        if name != "-" and PurePath(name).suffix.lower() not in ENDINGS:
            raise ConfigError(f"{name}: a comparison is written as {', '.join(ENDINGS)}")
    before, names_before = _edition(old, new, request)
    after, names_after = _edition(new, old, request)
    refuse_inputs(output, [d.tree.document.path for d in (*before.documents, *after.documents)])
    failed = [one for one in (*before.skipped, *after.skipped) if one.error]
    for skipped in failed:
        click.echo(f"error: {skipped.path}: {skipped.reason}", err=True)
    if not before.documents and not after.documents:
        return ExitCode.ERROR if failed else ExitCode.NO_INPUTS
    result = compared(before, after, (old, new), (names_before, names_after))
    for name in output:
        if name != "-":
            write_whole(Path(name), render_comparison(result, ENDINGS[PurePath(name).suffix.lower()]))
    if format or not output or "-" in output:
        to_stdout(render_comparison(result, format or "terminal"))
    if failed:
        return ExitCode.ERROR
    fresh = [entry for change in result.documents for entry in change.new]
    level: Any = fail_on or _configured(request)
    return ExitCode.FINDINGS if failing_entries(fresh, level) and not exit_zero else ExitCode.CLEAN


def _configured(request: Request) -> str:
    from auditor.pipeline.config import ConfigFinder

    return ConfigFinder(request.config).near(Path.cwd()).fail_on


def _edition(name: str, other: str, request: Request) -> tuple[Report, Mapping[str, str]]:
    """The audit of one edition, and the name by which each of its documents is paired."""
    from auditor.pipeline.revisions import is_revision

    path = Path(name)
    if path.exists():
        sources, skipped = _here(path, request)
        root = path if path.is_dir() else path.parent
        names: Mapping[str, str] = {s.path: Path(s.path).relative_to(root).as_posix() for s in sources}
    elif is_revision(name, Path.cwd()):
        sources, names = _there(name, Path(other) if Path(other).exists() else Path())
        skipped = ()
    else:
        raise ConfigError(f"{name}: neither a file or folder nor a commit that git knows")
    return _audited(sources, skipped, request), names


def _here(path: Path, request: Request) -> tuple[tuple[Source, ...], tuple[Skipped, ...]]:
    from auditor.pipeline.collecting import collect
    from auditor.pipeline.config import ConfigFinder
    from auditor.reading import EXTENSIONS

    config = ConfigFinder(request.config).near(path if path.is_dir() else path.parent)
    found = collect(
        [path.as_posix()],
        endings=EXTENSIONS,
        exclude=config.exclude,
        force_exclude=request.force_exclude,
    )
    return found.sources, found.skipped


def _there(revision: str, place: Path) -> tuple[tuple[Source, ...], Mapping[str, str]]:
    """The documents of a revision, below the place that the other edition is."""
    from auditor.pipeline.revisions import sources_at
    from auditor.reading import EXTENSIONS

    folder = place if place.is_dir() else place.parent
    found = sources_at(revision, folder, EXTENSIONS)
    if place.is_file():
        found = tuple(source for source in found if source.path == place.name)
    shown = tuple(replace(source, path=f"{revision}:{source.path}") for source in found)
    return shown, {one.path: source.path for one, source in zip(shown, found, strict=True)}


def _audited(sources: tuple[Source, ...], skipped: tuple[Skipped, ...], request: Request) -> Report:
    from auditor.cli.group import debugging
    from auditor.cli.running import cache_folder, keeping_of, progress_bar, settled
    from auditor.pipeline.auditing import audit
    from auditor.pipeline.config import ConfigFinder
    from auditor.pipeline.settings import Run

    sys.stdout.flush()
    finder = ConfigFinder(request.config)
    config = finder.near(Path.cwd())
    keeping = keeping_of(replace(request, no_baseline=True), config)
    placed = [
        replace(source, settings=settled(request, finder.for_path(source.path.rpartition(":")[2])))
        for source in sources
    ]
    with progress_bar(request.quiet) as progress:
        run = Run(request.jobs, cache_folder(request.no_cache), progress, debugging())
        return audit(placed, settled(request, config.settings), run, skipped, keeping)
