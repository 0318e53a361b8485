"""Make the binary samples in sample_policies/ from the texts in scripts/samples/.

Run `python scripts/make_samples.py [OUTPUT_FOLDER]`. Every run writes the same bytes: dates are fixed
and the entries of a DOCX carry one timestamp. A text is YAML: `format` (docx | pdf), `title`, layout
options, and `blocks`, each a map of one key: h1, h2, h3, p, bullets, items (numbered), table, columns.
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).parent
DATE = datetime.datetime(2025, 1, 15, 9, 0, 0)
ZIP_DATE = (2025, 1, 15, 9, 0, 0)
HEADINGS = ("h1", "h2", "h3")
LEVELS = (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("lowerLetter", "(%4)"))
Block = dict[str, Any]


def main() -> None:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "sample_policies"
    output.mkdir(parents=True, exist_ok=True)
    for source in sorted((HERE / "samples").glob("*.yaml")):
        text = yaml.safe_load(source.read_text(encoding="utf-8"))
        make = {"docx": make_docx, "pdf": make_pdf}[text["format"]]
        path = output / f"{source.stem}.{text['format']}"
        path.write_bytes(make(text))
        print(path)


# Word ------------------------------------------------------------------------------------------------


def make_docx(text: dict[str, Any]) -> bytes:
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = text["owner"], text["title"]
    properties.created = properties.modified = DATE
    section = document.sections[0]
    section.header.paragraphs[0].text = text.get("header", "")
    section.footer.paragraphs[0].text = text.get("footer", "")
    document.add_heading(text["title"], level=0)
    multilevel = add_multilevel_list(document) if text.get("numbered_headings") else None
    for block in text["blocks"]:
        add_word_block(document, block, multilevel)
    buffer = io.BytesIO()
    document.save(buffer)
    return with_fixed_dates(buffer.getvalue())


def add_multilevel_list(document: WordDocument) -> int:
    """Define a four-level list of Word's own (1. / 1.1 / 1.1.1 / (a)); returns its number."""
    numbering = document.part.numbering_part.element
    number = max(int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))) + 1
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 + 360 * level}" w:hanging="360"/></w:pPr></w:lvl>'
        for level, (style, shown) in enumerate(LEVELS)
    )
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )
    # The schema wants every abstractNum before the first num.
    numbering.findall(qn("w:num"))[0].addprevious(definition)
    return int(numbering.add_num(number).numId)


def number_paragraph(paragraph: WordParagraph, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    marks = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", list_id)):
        child = OxmlElement(name)
        child.set(qn("w:val"), str(value))
        marks.append(child)
    properties._insert_numPr(marks)


def add_word_block(document: WordDocument, block: Block, multilevel: int | None) -> None:
    ((kind, value),) = block.items()
    if kind in HEADINGS:
        level = HEADINGS.index(kind)
        heading = document.add_heading(value, level=level + 1)
        if multilevel is not None and level < 2:
            number_paragraph(heading, multilevel, level)
    elif kind == "p":
        document.add_paragraph(value)
    elif kind == "bullets":
        for item in value:
            document.add_paragraph(item, style="List Bullet")
    elif kind == "items":
        for item in value:
            if multilevel is None:
                document.add_paragraph(item, style="List Number")
            else:
                add_numbered(document, item, multilevel)
    elif kind == "table":
        add_word_table(document, value)
    else:
        raise ValueError(f"unknown block {kind!r}")


def add_numbered(document: WordDocument, item: str | Block, list_id: int) -> None:
    """A third-level clause; a map {lead-in: [items]} puts its items one level below."""
    lead, below = (item, ()) if isinstance(item, str) else next(iter(item.items()))
    number_paragraph(document.add_paragraph(lead), list_id, 2)
    for sub in below:
        number_paragraph(document.add_paragraph(sub), list_id, 3)


def add_word_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(words)
            run.bold = number == 0
    document.add_paragraph()


def with_fixed_dates(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# PDF -------------------------------------------------------------------------------------------------


def make_pdf(text: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=text["title"],
        author=text["owner"],
        invariant=1,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=26 * mm,
        bottomMargin=24 * mm,
    )

    def chrome(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(22 * mm, A4[1] - 15 * mm, text["header"])
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Page {canvas.getPageNumber()}")
        canvas.drawString(22 * mm, 12 * mm, text["footer"])
        canvas.restoreState()

    document.addPageTemplates(
        [
            PageTemplate("one", [frame(document, 0, 1)], onPage=chrome),
            PageTemplate("two", [frame(document, 0, 2), frame(document, 1, 2)], onPage=chrome),
        ]
    )
    styles = pdf_styles(text.get("font", "Helvetica"))
    story: list[Flowable] = [Paragraph(text["title"], styles["title"])]
    for block in text["blocks"]:
        story.extend(pdf_block(block, styles, document.width))
    document.build(story)
    return buffer.getvalue()


def frame(document: BaseDocTemplate, number: int, count: int) -> Frame:
    gap = 8 * mm
    width = (document.width - gap * (count - 1)) / count
    left = document.leftMargin + number * (width + gap)
    return Frame(left, document.bottomMargin, width, document.height, 0, 0, 0, 0, id=f"{count}-{number}")


def pdf_styles(font: str) -> dict[str, ParagraphStyle]:
    bold = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}[font]
    base = getSampleStyleSheet()["Normal"]

    def style(name: str, size: float, before: float = 0, **more: Any) -> ParagraphStyle:
        return ParagraphStyle(
            name, base, fontSize=size, leading=size * 1.3, spaceBefore=before, spaceAfter=size * 0.45, **more
        )

    return {
        "title": style("title", 20, fontName=bold),
        "h1": style("h1", 15, 12, fontName=bold, keepWithNext=1),
        "h2": style("h2", 12, 8, fontName=bold, keepWithNext=1),
        "h3": style("h3", 10.5, 5, fontName=bold, keepWithNext=1),
        "p": style("p", 10, fontName=font),
        "cell": style("cell", 9, fontName=font),
        "head": style("head", 9, fontName=bold),
    }


def pdf_block(block: Block, styles: dict[str, ParagraphStyle], width: float) -> Iterator[Flowable]:
    ((kind, value),) = block.items()
    if kind in HEADINGS or kind == "p":
        yield Paragraph(value, styles[kind])
    elif kind == "bullets":
        yield pdf_list(value, styles, bulletType="bullet", start="•")
    elif kind == "items":
        yield pdf_list(value, styles, bulletType="1", bulletFormat="%s.")
    elif kind == "table":
        cells = [
            [Paragraph(words, styles["head" if number == 0 else "cell"]) for words in row]
            for number, row in enumerate(value)
        ]
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        yield Table(cells, colWidths=[width / len(value[0])] * len(value[0]), repeatRows=1, style=grid)
        yield Spacer(1, 8)
    elif kind == "columns":
        yield NextPageTemplate({1: "one", 2: "two"}[value])
        yield PageBreak()
    else:
        raise ValueError(f"unknown block {kind!r}")


def pdf_list(items: list[str], styles: dict[str, ParagraphStyle], **options: Any) -> ListFlowable:
    entries = [ListItem(Paragraph(item, styles["p"])) for item in items]
    return ListFlowable(entries, leftIndent=16, bulletFontSize=9, **options)


if __name__ == "__main__":
    main()
