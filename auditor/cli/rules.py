"""``auditor rules``: the packs, told and tested."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import ExitCode
from auditor.cli.options import Request, pack_options
from auditor.errors import ConfigError
from auditor.model.rule import RulePack
from auditor.pipeline.config import ConfigFinder
from auditor.pipeline.settings import Settings


def _settings(packs: tuple[str, ...], config: Path | None) -> Settings:
    from auditor.cli.running import settled

    return settled(Request(packs=packs), ConfigFinder(config).near(Path.cwd()).settings)


def _packs(settings: Settings) -> tuple[RulePack, ...]:
    from auditor.cli.running import cache_folder
    from auditor.pipeline.cache import ResultCache
    from auditor.pipeline.examples import example_packs

    return example_packs(settings, ResultCache(cache_folder()))


@click.group()
def rules() -> None:
    """List, show, test, begin and document rules."""


@rules.command("list")
@pack_options
def list_(packs: tuple[str, ...], config: Path | None) -> None:
    """List the rules of the packs."""
    from auditor.packs import list_rules

    for pack in _packs(_settings(packs, config)):
        click.echo(f"{pack.id} {pack.version}: {pack.title}")
        for rule in list_rules(pack):
            click.echo(
                f"  {rule.id:38} {rule.kind:9} {rule.severity:8} {rule.title} ({rule.examples} examples)"
            )


@rules.command()
@click.argument("rule")
@pack_options
def show(rule: str, packs: tuple[str, ...], config: Path | None) -> None:
    """Show one rule: what it means, when it holds, its examples."""
    from auditor.packs import describe_rule, find_rule
    from auditor.pipeline.knowledge import union

    click.echo(describe_rule(find_rule(union(_packs(_settings(packs, config))), rule)), nl=False)


@rules.command()
@click.argument("selectors", nargs=-1, metavar="[RULE|PACK DIR]...")
@click.option("--list", "list_all", is_flag=True, help="Print the examples that pass, too.")
@pack_options
def test(selectors: tuple[str, ...], list_all: bool, packs: tuple[str, ...], config: Path | None) -> int:
    """Run the examples of the rules; a RULE may be an id, a dimension or a glob."""
    from auditor.cli.running import cache_folder
    from auditor.pipeline.cache import ResultCache
    from auditor.pipeline.examples import run_examples

    folders = tuple(s for s in selectors if (Path(s) / "pack.yaml").is_file())
    settings = _settings(packs + folders, config)
    chosen = [s for s in selectors if s not in folders]
    results = run_examples(settings, chosen, cache=ResultCache(cache_folder()))
    if not results:
        raise ConfigError("no example is chosen by that; `auditor rules list` prints the rules")
    failed = [result for result in results if result.problem]
    for result in results if list_all else failed:
        verdict = f"{result.problem}" if result.problem else "ok"
        click.echo(
            f"{result.place}: {result.rule}: {result.example.verdict}: {verdict}: {result.example.text!r}"
        )
    click.echo(f"{len(results) - len(failed)} of {len(results)} examples pass")
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


@rules.command()
@click.argument("rule")
@click.option(
    "--pack", type=click.Path(path_type=Path), default=Path(), help="The pack's folder (default: here)."
)
def new(rule: str, pack: Path) -> None:
    """Begin a rule: writes DIMENSION/NAME.yaml into a pack."""
    from auditor.packs import scaffold_rule

    path = scaffold_rule(pack, rule)
    click.echo(f"{path} written; now `auditor rules test --packs {pack} {rule}`", err=True)


@rules.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("docs/rules"), help="The folder of the pages."
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a page is out of date.")
@pack_options
def docs(out: Path, check: bool, packs: tuple[str, ...], config: Path | None) -> int:
    """Write a page for every rule, and an index; figures come from an accuracy.md beside the folder."""
    from auditor.cli.output import write_whole
    from auditor.pipeline.pages import pages

    measured = out.parent / "accuracy.md"
    accuracy = measured.read_text("utf-8") if measured.is_file() else ""
    made = pages(_packs(_settings(packs, config)), accuracy)
    wanted = {out / name: text for name, text in made.items()}
    have = {file: file.read_text("utf-8") for file in out.rglob("*.md")} if out.is_dir() else {}
    stale = sorted(path for path in {*wanted, *have} if wanted.get(path) != have.get(path))
    for path in stale:
        if check:
            click.echo(f"{path}: out of date; run `auditor rules docs`", err=True)
        elif path in wanted:
            write_whole(path, wanted[path])
        else:
            path.unlink()
    if not check:
        click.echo(f"{len(wanted)} pages in {out}, {len(stale)} changed", err=True)
    return ExitCode.FINDINGS if check and stale else ExitCode.CLEAN
