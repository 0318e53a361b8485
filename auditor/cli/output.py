"""Where reports go: stdout, or files that are whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from auditor.errors import ConfigError
from auditor.model.report import Report


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file at once: an interrupted run leaves the old one, or none. Raises ConfigError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def to_stdout(content: str | bytes) -> None:
    """Write text or bytes to stdout as they are."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    sys.stdout.buffer.write(data if data.endswith(b"\n") or not isinstance(content, str) else data + b"\n")
    sys.stdout.buffer.flush()


def refuse_inputs(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Raise ConfigError if a report would overwrite a document that is audited."""
    taken = {Path(path).resolve(): path for path in inputs}
    for output in outputs:
        if output != "-" and Path(output).resolve() in taken:
            raise ConfigError(
                f"-o {output}: is one of the documents audited; choose another name for the report"
            )


def coloured(choice: str, environment: Mapping[str, str]) -> bool:
    """Whether stdout gets colours: as chosen, else NO_COLOR, FORCE_COLOR, else on a terminal only."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or sys.stdout.isatty()


def deliver(
    report: Report, outputs: Iterable[str], format: str | None, options: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write the report to every output in the format of its ending, ``-`` being stdout in ``format``.

    ``options`` are the renderer's, by format. Raises RenderError or ConfigError.
    """
    from auditor.reporting import format_for, render

    for output in outputs:
        if output == "-":
            chosen = format or "terminal"
            to_stdout(render(report, chosen, **options.get(chosen, {})))
        else:
            chosen = format_for(output)
            write_whole(Path(output), render(report, chosen, **options.get(chosen, {})))


def add_to_summary(report: Report, environment: Mapping[str, str]) -> None:
    """Append the report as Markdown to the summary of a GitHub job, if this is one. Raises ConfigError."""
    from auditor.reporting import render

    path = environment.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    text = render(report, "markdown")
    try:
        with open(path, "ab") as file:
            file.write(text.encode("utf-8") if isinstance(text, str) else text)
    except OSError as error:
        raise ConfigError(
            f"GITHUB_STEP_SUMMARY: {path} cannot be written: {error.strerror or error}"
        ) from error
