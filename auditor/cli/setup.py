"""``auditor init``, ``auditor config``, ``auditor schema``: set-up and contracts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from auditor.cli.options import pack_options
from auditor.errors import ConfigError

TEMPLATES = Path(__file__).with_name("templates")
STARTING_SET = {
    "auditor.toml": "auditor.toml",
    "auditorignore": ".auditorignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
}
"""Template to the file it becomes."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def init(folder: Path, force: bool) -> None:
    """Write a starting set: configuration, ignore file, pre-commit hook."""
    from auditor.cli.output import write_whole

    for template, name in STARTING_SET.items():
        target = folder / name
        if target.exists() and not force:
            click.echo(f"{target}: exists, left as it is", err=True)
            continue
        write_whole(target, (TEMPLATES / template).read_text("utf-8"))
        click.echo(f"{target}: written", err=True)


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command("show")
@click.argument("path", default=".", metavar="[PATH]")
@click.option("--format", "-f", type=click.Choice(["text", "json"]), default="text")
@pack_options
def show(path: str, format: str, packs: tuple[str, ...], config: Path | None) -> None:
    """Print the configuration that holds for PATH, and check it against the packs."""
    from auditor.cli.options import Request
    from auditor.cli.running import cache_folder, settled
    from auditor.pipeline.cache import ResultCache
    from auditor.pipeline.config import ConfigFinder
    from auditor.pipeline.knowledge import knowledge

    finder = ConfigFinder(config)
    found = finder.near(Path(path) if Path(path).is_dir() else Path(path).parent)
    settings = settled(Request(packs=packs), found.for_path(path))
    knowledge(settings, ResultCache(cache_folder()))
    data: dict[str, Any] = {
        "files": [str(file) for file in found.files],
        "fail-on": found.fail_on,
        "paths": list(found.paths),
    }
    data["exclude"] = [pattern for _, patterns in found.exclude for pattern in patterns]
    data |= {"baseline": found.baseline, "waivers": found.waivers}
    plain = asdict(settings)
    data |= {key.replace("_", "-"): plain[key] for key in plain if key != "origins"}
    data |= {key: dict(plain[key]) for key in ("severities", "thresholds", "vocabulary")}
    if format == "json":
        click.echo(json.dumps(data, indent=1))
        return
    for key, value in data.items():
        click.echo(f"{key} = {json.dumps(value)}")


@click.command()
@click.argument("name", type=click.Choice(["report", "config", "pack", "rule"]))
def schema(name: str) -> None:
    """Print a JSON Schema: of the report, the configuration, a pack or a rule file."""
    click.echo(json.dumps(_schema(name), indent=2, ensure_ascii=False))


def _schema(name: str) -> Any:
    from auditor import packs
    from auditor.pipeline import config as configuration

    if name == "config":
        return configuration.schema()
    if name == "report":
        from auditor import reporting

        found = getattr(reporting, "report_schema", None)
        if found is None:
            raise ConfigError("this installation has no schema of the report")
        return found()
    return packs.pack_schema() if name == "pack" else packs.rule_schema()
