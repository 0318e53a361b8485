"""Options that several commands share, and the request they make up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from auditor.pipeline.settings import FAIL_ON, MIN_CONFIDENCES

Command = Callable[..., Any]
SPLIT = "comma separated or repeated"


def split_list(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``a,b`` and ``a`` ``b`` alike."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Request:
    """What to audit and how, as asked for on the command line; None and () leave it to the configuration."""

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    min_confidence: str | None = None
    min_coverage: float | None = None
    revisions: str | None = None
    jobs: int = 0
    no_cache: bool = False
    config: Path | None = None
    stdin_filename: str = "<stdin>"
    force_exclude: bool = False
    quiet: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    changed_since: str | None = None


def request_of(given: dict[str, Any]) -> Request:
    """The request among a command's parameters, which are removed from ``given``."""
    return Request(**{field.name: given.pop(field.name) for field in fields(Request) if field.name in given})


def pack_options(command: Command) -> Command:
    """``--packs`` and ``--config``."""
    for option in (
        click.option(
            "--packs", multiple=True, callback=split_list, metavar="NAME|DIR", help=f"Rule packs, {SPLIT}."
        ),
        click.option(
            "--config",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Use this configuration for every document instead of the nearest one.",
        ),
    ):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """What decides how documents are found and read."""
    for option in (
        click.option(
            "--stdin-filename",
            default="<stdin>",
            metavar="NAME",
            help="The name (and by its ending the format) of what comes by '-'.",
        ),
        click.option(
            "--revisions",
            type=click.Choice(["final", "original"]),
            help="Which edition of tracked changes to read (default final).",
        ),
    ):
        command = option(command)
    return command


def request_options(command: Command) -> Command:
    """Everything of a :class:`Request` but the paths."""
    options = (
        click.option(
            "--select", multiple=True, callback=split_list, metavar="RULE", help=f"Only these rules, {SPLIT}."
        ),
        click.option(
            "--ignore", multiple=True, callback=split_list, metavar="RULE", help=f"Not these rules, {SPLIT}."
        ),
        click.option(
            "--min-confidence",
            type=click.Choice(MIN_CONFIDENCES),
            help="Report nothing less sure; auto (default): low only where surer findings are dense.",
        ),
        click.option(
            "--min-coverage",
            type=click.FloatRange(0, 1),
            help="Share of a document's text below which it counts as unread (default 0.9).",
        ),
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(0),
            default=0,
            metavar="N",
            help="Processes; 0 (default) for as many as pay.",
        ),
        click.option("--no-cache", is_flag=True, help="Remember nothing, recall nothing."),
        click.option("--force-exclude", is_flag=True, help="Ignore files hold for named files too."),
        click.option("--quiet", "-q", is_flag=True, help="Only errors on stderr."),
    )
    for option in reversed(options):
        command = option(command)
    return pack_options(reading_options(command))


def keeping_options(command: Command) -> Command:
    """Which findings are known already, and which documents have changed."""
    options = (
        click.option(
            "--baseline", metavar="FILE", help="The baseline, instead of the one beside the configuration."
        ),
        click.option("--no-baseline", is_flag=True, help="Treat every finding as new."),
        click.option(
            "--changed-since", metavar="REV", help="Only documents that changed since a git revision."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


fail_on_option = click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="Lowest severity that exits with 1 (default error)."
)
