"""``auditor rewrite``: one clause in, its findings and wordings out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import pack_options
from auditor.errors import ConfigError
from auditor.model.report import DocumentReport
from auditor.pipeline.config import ConfigFinder


def _text(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise click.UsageError("give the clause as TEXT, or --file, or - for stdin")
    if file is not None:
        try:
            return file.read_text("utf-8", "replace").strip()
        except OSError as error:
            raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    return sys.stdin.read().strip() if text == "-" else (text or "").strip()


def _print(document: DocumentReport) -> None:
    for entry in document.entries:
        finding, rewrite = entry.finding, entry.rewrite
        guard = f" ({finding.guard.kind}: {finding.guard.cue!r})" if finding.guard else ""
        click.echo(f"{finding.rule}  {finding.severity}  {entry.status}{guard}: {finding.message}")
        if rewrite and rewrite.text:
            alone = ", without the line that introduces it" if rewrite.alone else ""
            click.echo(f"  instead ({rewrite.applicability}{alone}): {rewrite.text}")
        elif rewrite:
            click.echo(f"  advice: {rewrite.advice}")
    if not document.entries:
        click.echo("nothing found in this clause")


@click.command()
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Read the clause from a file.")
@click.option("--heading", default="", help="The heading it stands under.")
@click.option("--lead-in", default="", help="The line that introduces it, for a list item.")
@click.option("--format", "-f", type=click.Choice(["text", "json"]), default="text")
@pack_options
def rewrite(
    *,
    text: str | None,
    file: Path | None,
    heading: str,
    lead_in: str,
    format: str,
    packs: tuple[str, ...],
    config: Path | None,
) -> int:
    """Print what is found in one clause, and how it could read instead."""
    from auditor.cli.options import Request
    from auditor.cli.running import cache_folder, settled
    from auditor.pipeline.knowledge import digest
    from auditor.pipeline.stages import clause_tree, document_of, workshop

    settings = settled(Request(packs=packs), ConfigFinder(config).near(Path.cwd()).settings)
    clause = _text(text, file)
    if not clause:
        raise ConfigError("the clause is empty")
    tools = workshop(settings, tuple(digest(pack) for pack in settings.packs), cache_folder())
    tree = clause_tree(clause, (heading,) if heading else (), lead_in)
    document = document_of(tools.examine(tree), tools.known)
    if format == "text":
        _print(document)
        return ExitCode.CLEAN
    from auditor.pipeline.auditing import joined
    from auditor.reporting import render

    report = json.loads(render(joined([tools.known], [document], ()), "json"))
    click.echo(json.dumps(report["findings"], ensure_ascii=False, indent=1))
    return ExitCode.CLEAN
