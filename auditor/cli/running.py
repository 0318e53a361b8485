"""From a request to a report, with progress on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from auditor.cli.group import debugging
from auditor.cli.options import Request
from auditor.model.report import Report
from auditor.pipeline.config import Config, ConfigFinder
from auditor.pipeline.settings import Run, Settings

Progress = Callable[[int, int, str], None]


def cache_folder(no_cache: bool = False) -> Path | None:
    """Where results are remembered; None for nowhere."""
    from auditor.pipeline.cache import default_folder

    return None if no_cache else default_folder(os.environ, Path.home())


def settled(request: Request, settings: Settings) -> Settings:
    """Settings of the configuration, changed by what the command line says."""
    changes: dict[str, Any] = {
        name: value
        for name in ("select", "packs", "min_confidence", "min_coverage", "revisions")
        if (value := getattr(request, name)) not in (None, ())
    }
    return replace(settings, ignore=(*settings.ignore, *request.ignore), **changes)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress | None]:
    """A bar on stderr if that is a terminal, otherwise nothing."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("auditing", total=None)
        yield lambda done, total, path: bar.update(task, completed=done, total=total, description=path)


def perform(request: Request) -> tuple[Report, Config]:
    """Audit what a request names; the report, and the configuration of the working folder."""
    from auditor.pipeline.auditing import audit
    from auditor.pipeline.collecting import STDIN, collect
    from auditor.reading import EXTENSIONS

    finder = ConfigFinder(request.config)
    config = finder.near(Path.cwd())
    paths = request.paths or config.paths or (".",)
    collected = collect(
        paths,
        endings=EXTENSIONS,
        stdin=sys.stdin.buffer.read() if STDIN in paths else None,
        stdin_name=request.stdin_filename,
        exclude=config.exclude,
        force_exclude=request.force_exclude,
    )
    sources = [
        replace(source, settings=settled(request, finder.for_path(source.path)))
        for source in collected.sources
    ]
    with progress_bar(request.quiet) as progress:
        run = Run(request.jobs, cache_folder(request.no_cache), progress, debugging())
        report = audit(sources, settled(request, config.settings), run, collected.skipped)
    return report, config


def tell_skipped(report: Report, quiet: bool) -> None:
    """One line on stderr for each input that was not audited; those passed over on purpose only in number."""
    for skipped in report.skipped:
        if skipped.error:
            click.echo(f"error: {skipped.path}: {skipped.reason}", err=True)
    passed = sum(not skipped.error for skipped in report.skipped)
    if passed and not quiet:
        click.echo(f"{passed} other file(s) passed over; the JSON report lists them", err=True)
