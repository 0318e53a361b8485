"""Report → workbook: findings with status and owner to fill in, left alone, strengths, approval map, scores."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from auditor.model.report import Report
from auditor.reporting.page.words import glossary
from auditor.reporting.rows import Table, tables

_TO_FILL = (("Decision", 14), ("Owner", 16), ("Due", 12), ("Remark", 30))
_DECISIONS = ("open", "adopt", "adapt", "keep", "waive", "counsel", "done")
_FIXED = datetime(2000, 1, 1)
_LONGEST = 32_767
"""Characters that a cell can hold."""


def render_xlsx(report: Report) -> bytes:
    """The workbook; the same report gives the same bytes. No cell is a formula, whatever a clause says."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "Policy audit", "author": "Policy Auditor", "created": _FIXED})
        looks = _looks(book)
        for table in tables(report):
            if table.rows or table.name in ("Findings", "Scores", "Read"):
                _sheet(book, table, looks)
        _about(book, report, looks)
    return target.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10}
    return {
        "text": book.add_format(wrap),
        "head": book.add_format({**wrap, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        "fill": book.add_format({**wrap, "bg_color": "#FFF8E1", "border": 1, "border_color": "#E5D9B0"}),
        "number": book.add_format({**wrap, "num_format": "0.00"}),
        "link": book.add_format({**wrap, "font_color": "#1B4F8A", "underline": 1}),
        "error": book.add_format({**wrap, "bg_color": "#F6C7B3"}),
        "warning": book.add_format({**wrap, "bg_color": "#FBE7C2"}),
    }


def _sheet(book: Any, table: Table, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    to_fill = _TO_FILL if table.name == "Findings" else ()
    columns = (*table.columns, *to_fill)
    for at, (title, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, looks["head"])
    for line, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            _write(sheet, line, at, value, table, looks)
        for at in range(len(table.columns), len(columns)):
            sheet.write_string(line, at, "open" if columns[at][0] == "Decision" else "", looks["fill"])
    last = max(1, len(table.rows))
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if to_fill:
        at = len(table.columns)
        sheet.data_validation(1, at, last, at, {"validate": "list", "source": list(_DECISIONS)})
        severity = next(i for i, (title, _) in enumerate(columns) if title == "Severity")
        for word in ("error", "warning"):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks[word]}
            sheet.conditional_format(1, severity, last, severity, rule)


def _write(sheet: Any, line: int, at: int, value: str | float, table: Table, looks: dict[str, Any]) -> None:
    if isinstance(value, int | float):
        look = looks["number"] if isinstance(value, float) else looks["text"]
        sheet.write_number(line, at, value, look)
        return
    text = value[:_LONGEST]
    if table.columns[at][0] == "Document" and _linkable(text):
        sheet.write_url(line, at, f"external:{text}", looks["link"], text)
    else:
        sheet.write_string(line, at, text, looks["text"])


def _linkable(path: str) -> bool:
    """Whether a path can be a link to a file beside the workbook: relative, without signs that links give a meaning."""
    return (
        bool(PurePath(path).suffix)
        and not PurePath(path).is_absolute()
        and not set(path) & set('<>:"|?*#%\\')
    )


def _about(book: Any, report: Report, looks: dict[str, Any]) -> None:
    words = glossary(report)
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    lines: Sequence[tuple[str, str]] = (
        ("Verdict", report.scorecard.sentence),
        ("", report.scorecard.caveat),
        ("Scores", "They compare editions or like documents, nothing else."),
        ("Left alone", "On its face about law, ethics, company money or reputation; not reviewed for lawfulness or need."),
        ("Made by", f"Policy Auditor {report.version}"),
        *(("Rule pack", f"{pack.id} {pack.version}, sha256 {pack.sha256}") for pack in report.packs),
        *(("Question", question) for question in report.questions),
        *(("Ask for", request) for request in report.requests),
        *((f"Rule {name}", rule.title) for name, rule in sorted(words.rules.items()) if rule.kind in ("pattern", "absence")),
    )  # fmt: skip
    for at, (name, text) in enumerate(lines):
        sheet.write_string(at, 0, name, looks["text"])
        sheet.write_string(at, 1, text[:_LONGEST], looks["text"])
