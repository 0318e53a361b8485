"""``auditor clauses`` and ``auditor facts``: what the audit rests on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from auditor.cli.options import pack_options, reading_options
from auditor.model.clause import ClauseTree
from auditor.pipeline.config import ConfigFinder
from auditor.pipeline.settings import Settings

_format = click.option("--format", "-f", type=click.Choice(["text", "json"]), default="text")


def _tree(path: str, stdin_filename: str, settings: Settings) -> ClauseTree:
    from auditor.errors import ReadingError
    from auditor.pipeline.stages import read_tree

    if path == "-":
        return read_tree(sys.stdin.buffer.read(), stdin_filename, None, settings)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadingError(f"{path}: {error.strerror or error}") from error
    return read_tree(data, path, None, settings)


def _settings(path: str, config: Path | None, packs: tuple[str, ...], revisions: str | None) -> Settings:
    from auditor.cli.options import Request
    from auditor.cli.running import settled

    return settled(Request(packs=packs, revisions=revisions), ConfigFinder(config).for_path(path))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


@click.command()
@click.argument("path")
@_format
@reading_options
def clauses(path: str, format: str, stdin_filename: str, revisions: str | None) -> None:
    """Print the clause tree of a document: numbers, headings, lead-ins, places."""
    from auditor.pipeline.listing import tree_data, tree_lines

    tree = _tree(path, stdin_filename, _settings(path, None, (), revisions))
    if format == "json":
        click.echo(json.dumps(tree_data(tree), ensure_ascii=False, indent=1))
    else:
        _print(tree_lines(tree))


@click.command()
@click.argument("path")
@_format
@pack_options
@reading_options
def facts(
    *,
    path: str,
    format: str,
    stdin_filename: str,
    revisions: str | None,
    packs: tuple[str, ...],
    config: Path | None,
) -> None:
    """Print what was understood of each clause: the facts from which the engine reasons."""
    from auditor.cli.running import cache_folder
    from auditor.pipeline.knowledge import digest
    from auditor.pipeline.listing import fact_data, fact_lines
    from auditor.pipeline.stages import workshop

    settings = _settings(path, config, packs, revisions)
    tree = _tree(path, stdin_filename, settings)
    tools = workshop(settings, tuple(digest(pack) for pack in settings.packs), cache_folder())
    readings, found = tools.read(tree)
    if format == "text":
        _print(fact_lines(tree, readings, found))
        return
    texts = {reading.clause: reading.text for reading in readings}
    data = {
        "path": tree.document.path,
        "facts": [fact_data(fact, texts.get(fact.clause, "")) for fact in found],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
