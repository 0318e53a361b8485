"""PDF: highlights over the very words, the pages as they were, and a printed report of everything else."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from auditor.errors import RenderError
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source
from auditor.reporting import render

SAMPLES = Path(__file__).parents[2] / "sample_policies"
SETTINGS = Settings(select=("empowerment/mandatory-approval",))
APPROVAL = "Every refund has to be approved by the duty manager."


def drawn(rotate=0):
    """A page that is shown 400 wide and 300 high, whatever its rotation."""
    raw = io.BytesIO()
    page = Canvas(raw, pagesize=(300, 400) if rotate in (90, 270) else (400, 300), invariant=1)
    away = {0: (0, 0), 90: (300, 0), 180: (400, 300), 270: (0, 400)}[rotate]
    page.translate(*away)
    page.rotate(rotate)
    page.setFont("Helvetica", 11)
    page.drawString(40, 200, "The shop opens at nine and closes at six.")
    page.drawString(40, 170, APPROVAL)
    page.showPage()
    page.save()
    with pikepdf.open(raw) as pdf:
        pdf.pages[0].obj.Rotate = rotate
        turned = io.BytesIO()
        pdf.save(turned, deterministic_id=True)
    return turned.getvalue()


def annotated(data, **options):
    report = audit([Source("a.pdf", data=data)], SETTINGS)
    return report, render(report, "pdf", load=lambda _: data, **options)


def pixels(data):
    image = pypdfium2.PdfDocument(data)[0].render(scale=2, draw_annots=True).to_pil().convert("RGB")
    return image


def coloured(image):
    """The hull of all pixels that are neither grey, black nor white, as (left, top, right, bottom)."""
    found = [
        (x, y) for x in range(image.width) for y in range(image.height)
        if max(image.getpixel((x, y))) - min(image.getpixel((x, y))) > 40
    ]  # fmt: skip
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_coloured_pixels_lie_on_the_words(rotate):
    data = drawn(rotate)
    report, marked = annotated(data)
    (entry,) = report.documents[0].entries
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        note = next(a for a in pdf.pages[0].Annots if a.Subtype == "/Text")
        pdf.pages[0].Annots = pikepdf.Array([a for a in pdf.pages[0].Annots if a.Subtype == "/Highlight"])
        assert "too little to tell" in str(note.Contents)
        bare = io.BytesIO()
        pdf.save(bare)
    left, top, right, bottom = coloured(pixels(bare.getvalue()))
    boxes = entry.finding.location.boxes
    wanted = (
        min(b.x0 for b in boxes) * 2,
        (300 - max(b.y1 for b in boxes)) * 2,
        max(b.x1 for b in boxes) * 2,
        (300 - min(b.y0 for b in boxes)) * 2,
    )
    assert all(abs(a - b) <= 3 for a, b in zip((left, top, right, bottom), wanted, strict=True))
    assert (300 - 170 - 14) * 2 < top < bottom < (300 - 170 + 6) * 2


def test_the_pages_own_content_is_untouched():
    data = drawn()
    _, marked = annotated(data)
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.open(io.BytesIO(marked)) as new:
        assert old.pages[0].Contents.read_raw_bytes() == new.pages[0].Contents.read_raw_bytes()


def test_notes_and_outline_name_the_findings():
    data = drawn()
    report, marked = annotated(data, author="Ann Other", date="2026-02-03T00:00:00Z")
    (entry,) = report.documents[0].entries
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        (mark,) = [a for a in pdf.pages[0].Annots if a.Subtype == "/Highlight"]
        assert str(mark.T) == "Ann Other"
        assert str(mark.M).startswith("D:20260203")
        assert entry.finding.id in str(mark.Contents)
        with pdf.open_outline() as outline:
            (group,) = [item for item in outline.root if item.title.startswith("Findings")]
            assert len(group.children) == 1


def test_the_same_report_gives_the_same_bytes():
    data = drawn()
    assert annotated(data)[1] == annotated(data)[1]


def test_a_source_that_changed_is_refused():
    report = audit([Source("a.pdf", data=drawn())], SETTINGS)
    with pytest.raises(RenderError, match="has changed since the audit"):
        render(report, "pdf", load=lambda _: drawn(90))


@pytest.mark.parametrize("name", ["hospital-staff-policy.pdf", "hotel-operations-manual.pdf"])
def test_every_finding_of_the_samples_has_its_highlight(name):
    data = (SAMPLES / name).read_bytes()
    report, marked = annotated(data)
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        said = " ".join(str(a.Contents) for page in pdf.pages for a in page.get("/Annots", ()))
    for entry in report.documents[0].entries:
        if entry.status == "active":
            assert entry.finding.id in said


def test_other_inputs_get_a_printed_report():
    text = f"# Refunds\n\n{APPROVAL} <b>& more</b>\n".encode()
    report = audit([Source("a.md", data=text)], SETTINGS)
    first = render(report, "pdf")
    assert first == render(report, "pdf")
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(first))
    assert "Every refund has to be" in words
    assert "The verdict" in words
