"""The PDF reader on files drawn for the purpose: every sample is made here, at known places."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from auditor.errors import ReadingError
from auditor.formats.pdf.geometry import to_shown_page, to_user_space
from auditor.formats.pdf.miner import PARALLEL_FROM
from auditor.formats.pdf.pdfium import pdfium_pages
from auditor.model.document import Block, Document
from auditor.reading.pdf import read_pdf

WIDTH, HEIGHT = A4
LOREM = (
    "Every member of the team looks after the guests of the house and answers their questions on the spot "
    "whenever that can be done without calling anybody else, and writes down afterwards what was promised. "
)


def varied(number: int) -> str:
    """Running text that differs from page to page."""
    words = LOREM.split()
    return " ".join([f"Case {'abcdefgh'[number % 8]} goes on:", *words[number:], *words[:number]])


def make(draw: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return out.getvalue()


def lines(canvas: Canvas, x: float, y: float, texts: list[str], size: float = 10, *font: str) -> float:
    canvas.setFont(*(font or ("Helvetica",)), size)
    for text in texts:
        canvas.drawString(x, y, text)
        y -= 1.2 * size
    return y


def wrap(text: str, width: float, size: float = 10, font: str = "Helvetica") -> list[str]:
    from reportlab.lib.utils import simpleSplit

    return simpleSplit(text, font, size, width)


def read(draw: Callable[[Canvas], None], **options: object) -> Document:
    return read_pdf(make(draw, **options), "sample.pdf")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def find(document: Document, start: str) -> Block:
    return next(block for block in document.blocks if block.text.startswith(start))


def reasons(document: Document) -> set[str]:
    return {item.reason for item in document.coverage.dropped}


def test_lines_are_joined_and_every_word_lies_in_its_box() -> None:
    document = read(lambda c: lines(c, 72, 700, wrap(LOREM, 400)) and None)
    (block,) = document.blocks
    assert block.text == LOREM.strip()
    assert block.kind == "paragraph"
    assert [block.text[p.start : p.end] for p in block.pieces] == LOREM.split()
    first = block.pieces[0].place
    assert first.page == 1
    (box,) = first.boxes
    assert box.x0 == pytest.approx(72, abs=0.5)
    assert box.y0 < 700 < box.y1
    assert box.x1 - box.x0 == pytest.approx(
        Canvas(io.BytesIO()).stringWidth("Every", "Helvetica", 10), abs=0.5
    )


def test_boxes_lie_on_the_ink() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    data = make(lambda c: lines(c, 72, 700, wrap(LOREM, 400)) and None)
    page = pdfium.PdfDocument(data)[0]
    image = page.render(scale=2).to_pil().convert("L")
    for piece in read_pdf(data, "x.pdf").blocks[0].pieces:
        (box,) = piece.place.boxes
        crop = image.crop(
            (int(box.x0 * 2), int((HEIGHT - box.y1) * 2), int(box.x1 * 2), int((HEIGHT - box.y0) * 2))
        )
        assert crop.getextrema()[0] < 100


def two_columns(canvas: Canvas) -> None:
    left = [f"{i}.{j} " for i in (1, 2) for j in (1, 2, 3)]
    right = [f"{i}.{j} " for i in (3, 4) for j in (1, 2, 3)]
    y = other = 720.0
    for a, b in zip(left, right, strict=True):
        y = lines(canvas, 60, y, wrap(a + LOREM, 220)) - 8
        other = lines(canvas, 320, other, wrap(b + LOREM, 220)) - 8


def test_columns_are_read_one_after_the_other() -> None:
    document = read(two_columns)
    assert [block.number for block in document.blocks] == [
        f"{i}.{j}" for i in (1, 2, 3, 4) for j in (1, 2, 3)
    ]
    assert all(block.text == LOREM.strip() for block in document.blocks)


def test_running_headers_footers_and_page_numbers_are_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(1, 6):
            lines(canvas, 72, 800, ["Harbour House Staff Guide"], 8)
            lines(canvas, 72, 110, ["Edition of last year"], 8)
            lines(canvas, 280, 30, [f"Page {number} of 5"], 8)
            lines(canvas, 72, 700, wrap(varied(number), 400))
            canvas.showPage()

    document = read(draw)
    assert len(document.blocks) == 5
    assert "running header or footer" in reasons(document)
    assert not any("Harbour" in text or "Edition" in text or "Page" in text for text in texts(document))
    assert document.coverage.ratio > 0.99


def test_a_sentence_goes_on_over_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        body = wrap(LOREM * 3, 420)
        lines(canvas, 72, 200, body[:3])
        canvas.showPage()
        lines(canvas, 72, 760, body[3:])

    document = read(draw)
    assert texts(document) == [(LOREM * 3).strip()]
    assert {piece.place.page for piece in document.blocks[0].pieces} == {1, 2}


def test_hyphens_are_joined_or_kept() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        rows = [
            "The government grants leave for reasons of self-care whenever asked, and the gov-",
            "ernment pays for it, since it is self-",
            "care that keeps people well, and a well-known long-",
            "term plan of thirty-",
            "two pages says so in writ-",
            "ing.",
        ]
        for index, row in enumerate(rows):
            canvas.drawRightString(500, 700 - 12 * index, row)

    text = " ".join(texts(read(draw)))
    for word in ("government pays", "self-care that", "long-term", "thirty-two", "writing."):
        assert word in text


def test_bullets_and_numbers_of_their_own_join_their_text() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 740, ["Staff at the desk must:"])
        lines(canvas, 110, 720, ["greet every guest by name;"])
        lines(canvas, 110, 705, ["offer help with the luggage."])
        lines(canvas, 90, 720, ["\u2022"])
        lines(canvas, 90, 705, ["\u2022"])
        lines(canvas, 110, 680, ["Keep the register up to date."])
        lines(canvas, 72, 680, ["(a)"])
        lines(canvas, 140, 665, ["Close it at midnight."])
        lines(canvas, 110, 665, ["(i)"])

    got = [(b.kind, b.number, b.text, b.level) for b in read(draw).blocks]
    assert got == [
        ("paragraph", "", "Staff at the desk must:", 0),
        ("item", "•", "greet every guest by name;", 1),
        ("item", "•", "offer help with the luggage.", 1),
        ("item", "(a)", "Keep the register up to date.", 1),
        ("item", "(i)", "Close it at midnight.", 2),
    ]


def test_headings_by_size_weight_capitals_and_run_in() -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, 72, 760, ["House Rules"], 20) - 10
        y = lines(canvas, 72, y, ["1. Arrival"], 14, "Helvetica-Bold") - 6
        y = lines(canvas, 72, y, wrap(LOREM, 420)) - 8
        y = lines(canvas, 72, y, ["Early guests"], 10, "Helvetica-Bold") - 4
        y = lines(canvas, 72, y, wrap(LOREM, 420)) - 8
        y = lines(canvas, 72, y, ["LOST PROPERTY"]) - 4
        y = lines(canvas, 72, y, wrap(LOREM, 420)) - 8
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, y, "Night desk.")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(134, y, "The night desk opens at ten and closes at six.")

    document = read(draw)
    heads = [(b.text, b.number) for b in document.blocks if b.kind == "heading"]
    assert heads == [("House Rules", ""), ("Arrival", "1."), ("Early guests", ""), ("LOST PROPERTY", "")]
    assert document.title == "House Rules"
    levels = {b.text: b.level for b in document.blocks if b.kind == "heading"}
    assert levels["House Rules"] < levels["Arrival"] < levels["Early guests"]
    last = document.blocks[-1]
    assert last.run_in is not None
    assert last.text[last.run_in.start : last.run_in.end] == "Night desk."


def test_the_outline_makes_headings_and_levels() -> None:
    def draw(canvas: Canvas) -> None:
        for title, level in (("Opening hours", 0), ("On feast days", 1)):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)
            y = lines(canvas, 72, 700 - 200 * level, [title]) - 4
            lines(canvas, 72, y, wrap(LOREM, 420))

    heads = [(b.text, b.level) for b in read(draw).blocks if b.kind == "heading"]
    assert heads == [("Opening hours", 1), ("On feast days", 2)]


def test_a_ruled_table_is_read_by_row_with_its_header() -> None:
    def draw(canvas: Canvas) -> None:
        xs, ys = [72, 200, 340, 480], [700, 680, 650, 620]
        canvas.grid(xs, ys)
        cells = [
            ("Action", "Approver", "Limit"),
            ("Refund to a guest", "Shift lead", "50 euros"),
            ("Upgrade", "", "none"),
        ]
        for row, y in zip(cells, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                lines(canvas, x + 4, y - 12, [text])
        lines(canvas, 72, 740, ["The following table says who decides what at the desk."])

    document = read(draw)
    rows = [block for block in document.blocks if block.kind == "row"]
    assert [row.text for row in rows] == [
        "Action | Approver | Limit",
        "Refund to a guest | Shift lead | 50 euros",
        "Upgrade | | none",
    ]
    cells = [(cell.header, rows[1].text[cell.span.start : cell.span.end]) for cell in rows[1].cells]
    assert cells == [("Action", "Refund to a guest"), ("Approver", "Shift lead"), ("Limit", "50 euros")]
    assert document.blocks[0].text.startswith("The following table")


@pytest.mark.parametrize("leader", [" ........................ ", " ________________ ", " … … … … … … ", " "])
def test_a_table_of_contents_is_dropped(leader: str) -> None:
    titles = ["Welcome to the house", "Hours of work", "Leave and rest", "Parting ways"]

    def draw(canvas: Canvas) -> None:
        y = lines(canvas, 72, 760, ["Contents"], 16) - 6
        lines(canvas, 72, y, [f"{title}{leader}{page}" for page, title in enumerate(titles, start=2)])
        canvas.showPage()
        for number, title in enumerate(titles):
            y = lines(canvas, 72, 760, [title], 14) - 4
            lines(canvas, 72, y, wrap(varied(number), 420))
            canvas.showPage()

    document = read(draw)
    assert [b.text for b in document.blocks if b.kind == "heading"] == titles
    assert "table of contents" in reasons(document)


def test_form_lines_are_set_aside_and_prose_stays() -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, 72, 700, wrap("I have read the guide and will follow it. " + LOREM, 420)) - 30
        for label in ("Signature: ______________________", "Date: ____________"):
            y = lines(canvas, 72, y, [label]) - 20

    document = read(draw)
    assert len(document.blocks) == 1
    assert "form line" in reasons(document)


def test_margin_line_numbers_are_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        body = wrap(LOREM * 8, 400)
        lines(canvas, 100, 740, body)
        for index in range(4, len(body), 5):
            canvas.drawString(60, 740 - 12 * index, str(index + 1))

    document = read(draw)
    assert texts(document) == [(LOREM * 8).strip()]
    assert "margin line numbers" in reasons(document)


def test_text_drawn_twice_is_read_once_and_spaced_letters_close_up() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 760, ["P O L I C Y   O N E"], 14)
        lines(canvas, 72, 720, ["Pizza dough"], 12)
        lines(canvas, 72.4, 720.2, ["Pizza dough"], 12)
        lines(canvas, 72, 680, wrap(LOREM, 420))

    document = read(draw)
    assert " ".join(texts(document)).count("Pizza") == 1
    assert "POLICY ONE" in texts(document)


def test_text_in_a_form_object_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("box")
        lines(canvas, 72, 700, wrap(LOREM, 420))
        canvas.endForm()
        canvas.doForm("box")

    assert texts(read(draw)) == [LOREM.strip()]


def test_a_scan_never_looks_like_a_clean_policy() -> None:
    from PIL import Image

    picture = ImageReader(Image.new("L", (60, 80), 200))

    def scan(canvas: Canvas) -> None:
        for _ in range(3):
            canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
            canvas.showPage()

    document = read(scan)
    assert document.coverage.ratio == 0
    assert document.coverage.pages_without_text == (1, 2, 3)

    def half(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
        lines(canvas, 72, 700, wrap(LOREM, 420))

    assert read(half).coverage.pages_without_text == (1,)
    assert read(half).coverage.ratio <= 0.5


def test_a_corrupt_stream_is_unread() -> None:
    data = make(lambda c: lines(c, 72, 700, wrap(LOREM * 4, 420)) and None, pageCompression=1)
    start = data.index(b"stream\n") + 7
    broken = data[:start] + b"\x00" * 60 + data[start + 60 :]
    assert read_pdf(broken, "broken.pdf").coverage.ratio < 0.1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "PNG picture"),
        (b"hello world", "not a PDF"),
        (make(lambda c: lines(c, 72, 700, ["Secret"]) and None, encrypt=StandardEncryption("pw")), "password"),
        (make(lambda c: lines(c, 72, 700, ["Cut"]) and None)[:200], "damaged"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
         b"trailer<</Root 1 0 R>>\n%%EOF", "no pages"),
    ],
    ids=["empty", "picture", "text", "encrypted", "truncated", "zero pages"],
)  # fmt: skip
def test_unreadable_files_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(reason)) as caught:
        read_pdf(data, "bad.pdf")
    assert str(caught.value).startswith("bad.pdf: ")


def turned_page(rotate: int) -> bytes:
    import pikepdf

    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(rotate)
        lines(canvas, 0, 0, wrap(LOREM, 200))

    with pikepdf.open(io.BytesIO(make(draw))) as pdf:
        pdf.pages[0].MediaBox = [20, 30, 560, 800]
        pdf.pages[0].Rotate = rotate
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_of_turned_pages_lead_back_to_the_content(rotate: int) -> None:
    media = (20.0, 30.0, 560.0, 800.0)
    data = turned_page(rotate)
    box = next(
        piece.place.boxes[0]
        for block in read_pdf(data, "turned.pdf").blocks
        for piece in block.pieces
        if block.text[piece.start : piece.end] == "Every"
    )
    shown = (box.x0, box.y0, box.x1, box.y1)
    x0, y0, x1, y1 = to_user_space(shown, media, rotate)
    assert x0 - 0.5 <= 300 <= x1 + 0.5
    assert y0 - 0.5 <= 400 <= y1 + 0.5
    assert max(x1 - x0, y1 - y0) < 30
    assert to_shown_page((x0, y0, x1, y1), media, rotate) == pytest.approx(shown)
    fallback = next(
        w for page in pdfium_pages(data) for line in page.lines for w in line.words if w.text == "Every"
    )
    assert fallback[1:5] == pytest.approx(shown, abs=4)


def test_pages_shared_among_processes_read_the_same() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(PARALLEL_FROM):
            lines(canvas, 72, 700, [f"{number // 10 + 1}.{number % 10 + 1} Rule of this page."])
            canvas.showPage()

    data = make(draw)
    assert read_pdf(data, "long.pdf", jobs=2) == read_pdf(data, "long.pdf", jobs=1)
