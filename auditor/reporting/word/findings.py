"""The findings report as a Word file in Word's own styles, so that a consultant can go on writing in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from auditor.model.report import Report
from auditor.reporting.printed import Bars, Grid, Heading, Item, Words, printed

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)
_STYLES = {
    "body": "Body Text",
    "quote": "Quote",
    "wording": "Intense Quote",
    "small": "Caption",
    "bullet": "List Bullet",
}
_CELLS = 21
"""Cells of a bar's axis; odd, so that it has a middle."""


def findings_report(report: Report) -> bytes:
    """The report as .docx; the same report gives the same bytes."""
    import docx
    from docx.shared import Cm, Pt, RGBColor

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin"):
        setattr(section, side, Cm(2.3))
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
    styles["Caption"].font.bold, styles["Caption"].font.size = False, Pt(9)
    styles["Caption"].font.color.rgb = RGBColor(0x55, 0x5B, 0x63)
    styles["Quote"].paragraph_format.left_indent = Cm(0.7)
    styles["Quote"].paragraph_format.space_after = Pt(4)
    wording = styles["Intense Quote"]
    wording.font.italic, wording.font.bold = False, False
    wording.font.color.rgb = RGBColor(0x1B, 0x4F, 0x8A)
    wording.paragraph_format.left_indent, wording.paragraph_format.right_indent = Cm(0.7), Cm(0)
    wording.paragraph_format.space_before, wording.paragraph_format.space_after = Pt(2), Pt(6)
    for item in printed(report):
        _set(document, item)
    properties = document.core_properties
    properties.author, properties.title = "Policy Auditor", "Policy audit"
    properties.created = properties.modified = _FIXED
    raw = io.BytesIO()
    document.save(raw)
    return _without_clock(raw.getvalue())


def _without_clock(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return target.getvalue()


def _set(document: Any, item: Item) -> None:
    if isinstance(item, Heading):
        document.add_heading(item.text, item.level)
    elif isinstance(item, Words):
        paragraph = document.add_paragraph(style=_STYLES[item.kind])
        for text, marked in item.runs:
            paragraph.add_run(text).bold = True if marked else None
    elif isinstance(item, Grid):
        _grid(document, item)
    else:
        _bars(document, item)


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    table.autofit = False
    width = (
        document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    )
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = int(width * share)
    for row in (grid.header, *grid.rows):
        cells = table.rows[0].cells if row is grid.header else table.add_row().cells
        for cell, text, share in zip(cells, row, grid.widths, strict=True):
            cell.width = int(width * share)
            run = cell.paragraphs[0].add_run(text)
            run.bold = True if row is grid.header else None
            run.font.size = _points(9)
            cell.paragraphs[0].paragraph_format.space_after = _points(2)
            if set(text) & {"█"}:
                run.font.color.rgb = _shade(text)
    _repeat_header(table)
    document.add_paragraph()


def _shade(drawn: str) -> Any:
    """Warm to the left of the middle, cool to the right."""
    from docx.shared import RGBColor

    cool = drawn.rindex("█") > _CELLS // 2
    return RGBColor(0x1D, 0x6F, 0xB8) if cool else RGBColor(0xB4, 0x53, 0x09)


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _repeat_header(table: Any) -> None:
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _bars(document: Any, bars: Bars) -> None:
    """A table whose third column draws the axis in block characters: it stays editable and prints anywhere."""
    header = ("Dimension", "", "operations ← → customers", "findings / left alone / strengths")
    rows = tuple((bar.title, bar.band, _drawn(bar.score), bar.counts) for bar in bars.rows)
    _grid(document, Grid(header, rows, (0.21, 0.22, 0.33, 0.24)))


def _drawn(score: float | None) -> str:
    if score is None:
        return ""
    middle = _CELLS // 2
    at = middle + round(max(-1.0, min(1.0, score)) * middle)
    low, high = min(at, middle), max(at, middle)
    return "".join("█" if low <= i <= high else "·" for i in range(_CELLS))
