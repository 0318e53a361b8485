"""``auditor portfolio``: organisations or editions side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import request_of, request_options
from auditor.errors import ConfigError


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False), metavar="DIR")
@click.option(
    "--output", "-o", multiple=True, metavar="FILE", help="Write the page (.html); repeat for more."
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the tables there as Parquet files (needs the extra 'portfolio').",
)
@click.option(
    "--like",
    default="",
    metavar="NAME",
    help="Declare that all are like documents, under this name: percentiles among ten or more.",
)
@request_options
def portfolio(**given: Any) -> int:
    """Set organisations, or editions of one, side by side.

    Every folder and every file directly in DIR is one of them.
    """
    from auditor.cli.audit import exit_code
    from auditor.cli.output import refuse_inputs, write_whole
    from auditor.cli.running import cache_folder, perform, settled, tell_skipped
    from auditor.pipeline.portfolio import portfolio_of
    from auditor.reporting.portfolio import render_portfolio

    request = replace(request_of(given), paths=(given["folder"],))
    check_outputs(given["output"], given["data"])
    report, config = perform(request)
    refuse_inputs(given["output"], [d.tree.document.path for d in report.documents])
    tell_skipped(report, request.quiet)
    if not report.documents:
        return exit_code(report, "never", quiet=request.quiet)
    settings, cache = settled(request, config.settings), cache_folder(request.no_cache)
    found = portfolio_of(report, given["folder"], settings, cache, given["like"].strip())
    if given["data"]:
        from auditor.reporting.tables import render_tables

        for name, content in render_tables(found).items():
            write_whole(given["data"] / f"{name}.parquet", content)
    for output in given["output"]:
        write_whole(Path(output), render_portfolio(found))
    return ExitCode.CLEAN if not any(s.error for s in report.skipped) else ExitCode.ERROR


def check_outputs(outputs: tuple[str, ...], data: Path | None) -> None:
    """Raise ConfigError if there is nothing to write, or a file that is no page."""
    if not outputs and data is None:
        raise ConfigError(
            "nothing to write: name a page with -o FILE.html, or a folder for tables with --data"
        )
    for output in outputs:
        if Path(output).suffix.lower() not in (".html", ".htm"):
            raise ConfigError(
                f"-o {output}: a portfolio is a page and ends in .html; tables go to --data FOLDER"
            )
    if data is not None:
        from auditor.reporting.tables import require

        require()
