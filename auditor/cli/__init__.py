"""The command line: parse options, call one function, map the outcome to an exit code."""

from auditor.cli.group import main

__all__ = ["main"]
