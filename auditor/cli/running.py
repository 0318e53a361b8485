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
from auditor.errors import ConfigError
from auditor.model.report import Report
from auditor.pipeline.config import Config, ConfigFinder
from auditor.pipeline.keeping import Keeping
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


def today() -> str:
    """The date by which suppressions expire: SOURCE_DATE_EPOCH if set, else the day of the run (UTC)."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def stamp() -> str:
    """The moment to write into comments: SOURCE_DATE_EPOCH, "" if it is not set."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if epoch.isdigit() else ""


def keeping_of(request: Request, config: Config) -> Keeping:
    """Waivers and baseline of the configuration, changed by what the command line says.

    Raises LedgerError for a file that is wrong, ConfigError for one that is named and not there.
    """
    from auditor.pipeline.keeping import Keeping, found_files, load_baseline, load_waivers

    root = config.root if config.files else Path.cwd()
    baseline, waivers = found_files(root, request.baseline or config.baseline, config.waivers)
    for named, file in ((request.baseline, baseline), (config.waivers, waivers)):
        if named and not file.is_file():
            raise ConfigError(
                f"{named}: no such file; `auditor baseline create` and `auditor waive` make them"
            )
    use_baseline = baseline.is_file() and not request.no_baseline
    here = {Path(path).resolve() for path in request.paths}
    return Keeping(
        waivers=load_waivers(waivers) if waivers.is_file() else (),
        waivers_file=waivers,
        baseline=load_baseline(baseline) if use_baseline else (),
        baseline_file=baseline if use_baseline else None,
        today=today(),
        whole=not request.changed_since and (not here or root.resolve() in here),
        narrowed=bool(request.select or request.ignore or request.packs or request.min_confidence),
    )


def perform(request: Request, keeping: Keeping | None = None) -> tuple[Report, Config]:
    """Audit what a request names; the report, and the configuration of the working folder.

    ``keeping`` replaces the waivers and the baseline that the request would find.
    """
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
    found = collected.sources
    if request.changed_since:
        from auditor.pipeline.revisions import changed_since

        changed = changed_since(request.changed_since, Path.cwd())
        found = tuple(source for source in found if Path(source.path).resolve() in changed)
    sources = [replace(source, settings=settled(request, finder.for_path(source.path))) for source in found]
    keeping = keeping or keeping_of(request, config)
    with progress_bar(request.quiet) as progress:
        run = Run(request.jobs, cache_folder(request.no_cache), progress, debugging())
        report = audit(sources, settled(request, config.settings), run, collected.skipped, keeping)
    return report, config


def tell_notices(report: Report) -> None:
    """One line on stderr for each word of the ledger: expired, unused, stale."""
    for notice in report.notices:
        place = f"{notice.location.path}:{notice.location.line}"
        click.echo(f"{notice.severity}: {place}: {notice.message} ({notice.rule})", err=True)


def tell_skipped(report: Report, quiet: bool) -> None:
    """One line on stderr for each input that was not audited; those passed over on purpose only in number."""
    for skipped in report.skipped:
        if skipped.error:
            click.echo(f"error: {skipped.path}: {skipped.reason}", err=True)
    passed = sum(not skipped.error for skipped in report.skipped)
    if passed and not quiet:
        click.echo(f"{passed} other file(s) passed over; the JSON report lists them", err=True)
