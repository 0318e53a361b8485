"""The command group: commands are imported when they are asked for, errors become one line and a code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from auditor import __version__
from auditor.cli.exits import ExitCode
from auditor.errors import AuditorError

COMMANDS = {
    "audit": "auditor.cli.audit",
    "why": "auditor.cli.why",
    "clauses": "auditor.cli.inspect",
    "facts": "auditor.cli.inspect",
    "rewrite": "auditor.cli.rewrite",
    "rules": "auditor.cli.rules",
    "baseline": "auditor.cli.baseline",
    "waive": "auditor.cli.waive",
    "compare": "auditor.cli.compare",
    "portfolio": "auditor.cli.portfolio",
    "init": "auditor.cli.setup",
    "config": "auditor.cli.setup",
    "schema": "auditor.cli.setup",
}
"""Command name to the module that defines it under that name; the order is that of the help."""


def _debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.find_root().meta["debug"] = context.find_root().meta.get("debug", False) or value


def debugging() -> bool:
    """Whether the command in progress was asked to show tracebacks."""
    return bool(click.get_current_context().find_root().meta.get("debug"))


class LazyGroup(click.Group):
    """A group that imports the module of a command when the command is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, with the options that all share."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name)
        for one in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
            if not any(option.name == "debug" for option in one.params):
                one.params.append(_debug_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for a mistyped one."""
        from auditor.text.suggest import suggestion

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f'no command "{args[0]}"{suggestion(args[0], COMMANDS)}', ctx)
        return super().resolve_command(ctx, args)


def _debug_option() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks."
    )


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "--version", "-V", prog_name="auditor")
@click.option("--debug", is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks.")
def group() -> None:
    """Audit company policies for clauses that keep people from serving customers.

    Reads DOCX, PDF, Markdown, HTML and text; says what it found, why, what was left alone for a good reason,
    and how each clause could read instead.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or configuration or an input that
    could not be read, 3 no inputs.
    """


def _stop(code: int) -> NoReturn:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code; no traceback without ``--debug``."""
    wanted = list(arguments if arguments is not None else sys.argv[1:])
    debug = "--debug" in wanted
    try:
        code = group.main(wanted, prog_name="auditor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = ExitCode.ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.ERROR
    except AuditorError as error:
        if debug:
            raise
        for line in str(error).splitlines():
            click.echo(f"error: {line}", err=True)
        code = ExitCode.ERROR
    except Exception as error:
        if debug:
            raise
        text = f"defect in this program: {type(error).__name__}: {error}"
        click.echo(f"error: {text}; run with --debug for the traceback", err=True)
        code = ExitCode.ERROR
    _stop(int(code or 0))
