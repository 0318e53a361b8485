"""One text saved as DOCX, PDF, Markdown, HTML and plain text is cut alike and has the same ids."""

import importlib.util
import io
from html import escape

import pytest

from auditor.clauses import segment
from auditor.reading import read

POLICY = (
    ("h1", "Harbour Lane Stores: Staff Guide"),
    ("h2", "1. Serving customers"),
    ("p", "Everyone on the floor looks after customers. You may swap an item of up to $40 at once, e.g. a kettle. Mr. Lee keeps the log."),
    ("p", "If a customer is upset, you should:"),
    ("li", "listen until they have finished;"),
    ("li", "say what you can do, i.e. a swap, a refund or a repair; and"),
    ("li", "note it in the book. The book is by the till."),
    ("h2", "2. Time off"),
    ("h3", "2.1 Annual leave"),
    ("p", "Leave is agreed with the shift lead. It is asked for two weeks ahead; in an emergency it is asked for by phone."),
    ("ol", "Fill in the form before the end of the month."),
    ("ol", "Tell your team, and agree who covers which day of the week with them."),
    ("h3", "2.2 Sick leave"),
    ("p", "Ring before 9 a.m. on the first day. A note is needed from day four (see 2.1). Nobody is asked why!"),
    ("p", "The following table shows who decides:"),
    ("table", (("Matter", "Who decides", "Answer"), ("Swap of a shift", "Both colleagues", "Same day"), ("Unpaid leave of a month", "Store manager", "One week"))),
    ("h2", "3. Money"),
    ("p", "Nobody may buy stock for more than $500 without the written consent of the store manager. The U.S. Government forms are kept in the office."),
    ("b", ("Keys.", "Whoever closes the shop keeps the keys. They are never lent to anyone who does not work here.")),
)  # fmt: skip


def as_markdown():
    out = []
    for kind, body in POLICY:
        if kind[0] == "h":
            out.append("#" * int(kind[1]) + " " + body)
        elif kind == "table":
            rows = ["| " + " | ".join(row) + " |" for row in body]
            out.append("\n".join([rows[0], "|---|---|---|", *rows[1:]]))
        elif kind == "b":
            out.append(f"**{body[0]}** {body[1]}")
        else:
            out.append({"p": "", "li": "- ", "ol": "1. "}[kind] + body)
    return "\n\n".join(out).encode()


def as_html():
    out = []
    for kind, body in POLICY:
        if kind[0] == "h" or kind == "p":
            out.append(f"<{kind}>{escape(body)}</{kind}>")
        elif kind == "table":
            head = "".join(f"<th>{cell}</th>" for cell in body[0])
            rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body[1:])
            out.append(f"<table><tr>{head}</tr>{rows}</table>")
        elif kind == "b":
            out.append(f"<p><strong>{body[0]}</strong> {body[1]}</p>")
        else:
            tag = "ul" if kind == "li" else "ol"
            out.append(f"<{tag}><li>{escape(body)}</li></{tag}>")
    return "\n".join(out).encode()


def as_docx():
    import docx

    document = docx.Document()
    for kind, body in POLICY:
        if kind[0] == "h":
            document.add_heading(body, int(kind[1]))
        elif kind == "table":
            table = document.add_table(0, 3)
            for row in body:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
                    if row is body[0]:
                        cell.paragraphs[0].runs[0].bold = True
        elif kind == "b":
            paragraph = document.add_paragraph()
            paragraph.add_run(body[0]).bold = True
            paragraph.add_run(" " + body[1])
        else:
            style = {"p": None, "li": "List Bullet", "ol": "List Number"}[kind]
            document.add_paragraph(body, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf():
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    story = []
    counted = 0
    for kind, body in POLICY:
        counted = counted + 1 if kind == "ol" else 0
        if kind[0] == "h":
            story.append(Paragraph(body, styles[f"Heading{kind[1]}"]))
        elif kind == "table":
            story.append(
                Table(
                    [list(row) for row in body],
                    style=[
                        ("GRID", (0, 0), (-1, -1), 1, colors.black),
                        ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
                    ],
                )
            )
        elif kind == "b":
            story.append(Paragraph(f"<b>{body[0]}</b> {body[1]}", styles["BodyText"]))
        elif kind == "p":
            story.append(Paragraph(escape(body), styles["BodyText"]))
        else:
            item = ListItem(Paragraph(escape(body), styles["BodyText"]), value=counted or None)
            story.append(ListFlowable([item], bulletType="1" if counted else "bullet", start=counted or "•"))
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build(story)
    return out.getvalue()


def cut(data, path):
    return [(clause.id, clause.text) for clause in segment(read(data, path)).clauses]


def assert_alike(one, other):
    ids, texts = {i for i, _ in one}, [t for _, t in other]
    shared = sum(1 for i, _ in other if i in ids)
    assert shared >= 0.97 * max(len(one), len(other)), [t for i, t in other if i not in ids] or texts


def test_markdown_and_html():
    assert_alike(cut(as_markdown(), "a.md"), cut(as_html(), "a.html"))
    assert len(cut(as_markdown(), "a.md")) == 22


@pytest.mark.skipif(not importlib.util.find_spec("auditor.reading.docx"), reason="no DOCX reader")
def test_markdown_and_docx():
    assert_alike(cut(as_markdown(), "a.md"), cut(as_docx(), "a.docx"))


def test_markdown_and_pdf():
    assert_alike(cut(as_markdown(), "a.md"), cut(as_pdf(), "a.pdf"))
