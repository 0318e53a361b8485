"""Report → terminal, JSON, page, office files: one explicit table, imported only when asked for."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from auditor.errors import ConfigError
from auditor.model.report import Report

_TABLE: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "terminal": ("terminal", "render_terminal", ()),
    "json": ("json", "render_json", ("json",)),
    "markdown": ("markdown", "render_markdown", ("md", "markdown")),
    "html": ("html", "render_html", ("html", "htm")),
    "sarif": ("sarif", "render_sarif", ("sarif", "sarif.json")),
    "junit": ("junit", "render_junit", ("xml",)),
    "github": ("github", "render_github", ()),
    "gitlab": ("gitlab", "render_gitlab", ("gitlab.json",)),
    "csv": ("csv", "render_csv", ("csv",)),
    "xlsx": ("xlsx", "render_xlsx", ("xlsx",)),
    "docx": ("docx", "render_docx", ("docx",)),
    "pdf": ("pdf", "render_pdf", ("pdf",)),
}
FORMATS: tuple[str, ...] = tuple(_TABLE)
"""Names of all formats."""
_ENDINGS: Mapping[str, str] = {ending: name for name, (_, _, endings) in _TABLE.items() for ending in endings}


def format_for(path: str) -> str:
    """The format that a file name's ending asks for, the longest known one; raises ConfigError for an unknown."""
    name = PurePath(path).name.lower()
    found = [ending for ending in _ENDINGS if name.endswith(f".{ending}")]
    if not found:
        endings = ", ".join(f".{ending}" for ending in _ENDINGS)
        raise ConfigError(f"{path}: no report format has this ending; known are {endings}")
    return _ENDINGS[max(found, key=len)]


def render(report: Report, format: str, **options: Any) -> str | bytes:
    """The report in ``format``; ``options`` are the renderer's own. Raises ConfigError for an unknown format."""
    if format not in _TABLE:
        raise ConfigError(f"unknown format {format!r}; known are {', '.join(FORMATS)}")
    module, function, _ = _TABLE[format]
    rendered: str | bytes = getattr(importlib.import_module(f"auditor.reporting.{module}"), function)(
        report, **options
    )
    return rendered


def report_schema() -> Mapping[str, Any]:
    """The JSON Schema of the JSON report."""
    text = files("auditor.reporting").joinpath("schema/report-1.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema
