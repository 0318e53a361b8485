"""The printed report as PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

from auditor.model.report import Report
from auditor.reporting.printed import Bars, Grid, Heading, Item, Words, printed

_TEXT, _SMALL, _INK, _SOFT, _WORDING = 10, 8.5, "#1c2126", "#555b63", "#1b4f8a"
_OPERATIONS, _CUSTOMERS = "#b45309", "#1d6fb8"
_WIDTH, _HEIGHT = 595.28, 841.89
_MARGIN = 60.0


def printed_report(report: Report) -> bytes:
    """The report on A4 pages; the same report gives the same bytes."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    fonts = _fonts()
    styles = {
        "body": ParagraphStyle(
            "body", fontName=fonts, fontSize=_TEXT, leading=14, textColor=_INK, spaceAfter=5
        ),
    }
    base = styles["body"]
    styles["small"] = ParagraphStyle("small", base, fontSize=_SMALL, leading=11.5, textColor=_SOFT)
    styles["quote"] = ParagraphStyle("quote", base, leftIndent=12, borderPadding=(0, 0, 0, 8), spaceBefore=2)
    styles["wording"] = ParagraphStyle("wording", base, leftIndent=12, textColor=_WORDING)
    styles["bullet"] = ParagraphStyle("bullet", base, leftIndent=14, bulletIndent=3, spaceAfter=3)
    styles["cell"] = ParagraphStyle("cell", base, fontSize=_SMALL, leading=11, spaceAfter=0)
    for level, size in ((0, 20), (1, 14), (2, 12), (3, 10.5)):
        styles[f"h{level}"] = ParagraphStyle(
            f"h{level}", base, fontName=f"{fonts}-Bold", fontSize=size, leading=size * 1.25,
            spaceBefore=size * (0 if level == 0 else 0.9), spaceAfter=size * 0.35, keepWithNext=1,
        )  # fmt: skip
    target = io.BytesIO()
    template = BaseDocTemplate(
        target, pagesize=(_WIDTH, _HEIGHT), title="Policy audit", author="Policy Auditor", invariant=1
    )
    frame = Frame(_MARGIN, _MARGIN, _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate("page", [frame], onPage=_footer))
    template.build([flowable for item in printed(report) for flowable in _set(item, styles)])
    return target.getvalue()


def _fonts() -> str:
    """A family with Latin, Greek and Cyrillic letters, which comes with reportlab."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = "Vera"
    if name not in pdfmetrics.getRegisteredFontNames():
        for face, file in (("", "Vera"), ("-Bold", "VeraBd"), ("-Italic", "VeraIt")):
            pdfmetrics.registerFont(TTFont(f"{name}{face}", f"{file}.ttf"))
        addMapping(name, 0, 0, name)
        addMapping(name, 1, 0, f"{name}-Bold")
        addMapping(name, 0, 1, f"{name}-Italic")
    return name


def _footer(canvas: Any, template: Any) -> None:
    canvas.saveState()
    canvas.setFont("Vera", 8)
    canvas.setFillColor(_SOFT)
    canvas.drawRightString(_WIDTH - _MARGIN, _MARGIN / 2, str(canvas.getPageNumber()))
    canvas.restoreState()


def _set(item: Item, styles: Any) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    if isinstance(item, Heading):
        yield Paragraph(escape(item.text), styles[f"h{item.level}"])
    elif isinstance(item, Words):
        text = "".join(f"<b>{escape(t)}</b>" if marked else escape(t) for t, marked in item.runs)
        if item.kind == "bullet":
            yield Paragraph(text, styles["bullet"], bulletText="•")
        else:
            yield Paragraph(text, styles[item.kind])
    elif isinstance(item, Grid):
        yield _grid(item, styles)
    else:
        yield _bars(item, styles)


def _grid(grid: Grid, styles: Any) -> Any:
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    width = _WIDTH - 2 * _MARGIN
    rows = [[Paragraph(f"<b>{escape(cell)}</b>", styles["cell"]) for cell in grid.header]]
    rows += [[Paragraph(escape(cell), styles["cell"]) for cell in row] for row in grid.rows]
    style = TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#c9cdd2"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return LongTable(
        rows,
        colWidths=[width * share for share in grid.widths],
        repeatRows=1,
        style=style,
        spaceAfter=10,
        splitInRow=1,
    )


def _bars(bars: Bars, styles: Any) -> Any:
    from reportlab.graphics.shapes import Drawing, Line, Rect, String

    width, line = _WIDTH - 2 * _MARGIN, 19
    height = line * len(bars.rows) + 22
    left, axis = 150.0, 170.0
    drawing = Drawing(width, height)
    middle = left + axis / 2
    for text, x, anchor in (
        ("operations", left, "start"),
        ("customers", left + axis, "end"),
        ("findings / left alone / strengths", width, "end"),
    ):
        drawing.add(
            String(
                x,
                height - 9,
                text,
                fontName="Vera",
                fontSize=7.5,
                fillColor=_colour(_SOFT),
                textAnchor=anchor,
            )
        )
    drawing.add(Line(middle, 2, middle, height - 16, strokeColor=_colour("#9aa0a6"), strokeWidth=0.6))
    for at, bar in enumerate(bars.rows):
        y = height - 22 - line * (at + 1) + 8
        drawing.add(String(0, y, bar.title, fontName="Vera", fontSize=9, fillColor=_colour(_INK)))
        if bar.score is not None:
            reach = bar.score * axis / 2
            shade = _CUSTOMERS if reach > 0 else _OPERATIONS
            drawing.add(
                Rect(
                    min(middle, middle + reach) - 1,
                    y - 2,
                    abs(reach) + 2,
                    10,
                    fillColor=_colour(shade),
                    strokeColor=None,
                )
            )
        drawing.add(
            String(left + axis + 12, y, bar.band, fontName="Vera", fontSize=8, fillColor=_colour(_SOFT))
        )
        drawing.add(
            String(
                width, y, bar.counts, fontName="Vera", fontSize=8, fillColor=_colour(_SOFT), textAnchor="end"
            )
        )
    return drawing


def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(name)
