"""The client's own PDF with highlights over the very words; its content streams stay as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.errors import RenderError
from auditor.formats.pdf.geometry import to_user_space
from auditor.model.location import Box, Location
from auditor.model.report import DocumentReport, Report
from auditor.reporting.page.words import Glossary, glossary
from auditor.reporting.sheet.colours import LEFT_ALONE, Colour, colours
from auditor.reporting.text import shortened
from auditor.reporting.word import remarks

_PRINT = 4
"""The annotation flag that lets highlights be printed."""


@dataclass(frozen=True, slots=True)
class _Mark:
    group: str
    title: str
    text: str
    boxes: tuple[Box, ...]
    colour: Colour
    name: str


def annotate(report: Report, document: DocumentReport, data: bytes, author: str, date: str) -> bytes:
    """A copy of ``data`` with a highlight, a note and an outline entry for each finding and strength.

    Raises RenderError for a file that cannot be opened or must not be changed.
    """
    import pikepdf

    words = glossary(report)
    path = document.tree.document.path
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise RenderError(f"{path}: is protected by a password; annotate a copy without it") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise RenderError(f"{path}: cannot be opened to annotate it: {error}") from error
    with pdf:
        if not pdf.allow.modify_annotation:
            raise RenderError(f"{path}: does not allow annotations; annotate a copy without that restriction")
        marks = list(_marks(document, words))
        for mark in marks:
            _highlight(pdf, mark, author, date)
        lines = remarks.summary(report, document, words, [_told(m) for m in marks if not m.boxes])
        _summary(pdf, "\n".join(line.text for line in lines), author, date)
        _outline(pdf, marks)
        target = io.BytesIO()
        none = pikepdf.StreamDecodeLevel.none
        pdf.save(target, deterministic_id=True, compress_streams=False, stream_decode_level=none)
        return target.getvalue()


def _marks(document: DocumentReport, words: Glossary) -> Iterator[_Mark]:
    shades = colours(words.dimensions)
    for entry in document.entries:
        finding = entry.finding
        group = {"active": "Findings", "guarded": "Left alone"}.get(entry.status, "Waived or known")
        shade = LEFT_ALONE if entry.status != "active" else shades.get(finding.dimension, LEFT_ALONE)
        text = "\n".join(line.text for line in remarks.of_entry(entry, words))
        yield _Mark(
            group,
            words.rule(finding.rule),
            text,
            _boxes(finding.location, finding.clause.location),
            shade,
            finding.id,
        )
    for strength in document.strengths:
        text = remarks.of_strength(strength, words)[0].text
        title = words.dimension(strength.dimension)
        boxes = _boxes(strength.location, strength.clause.location)
        yield _Mark("Strengths", title, text, boxes, shades.get(strength.dimension, LEFT_ALONE), strength.id)
    for note in document.counsel:
        text = remarks.of_counsel(note)[0].text
        yield _Mark(
            "For counsel", note.topic, text, _boxes(note.location, note.clause.location), LEFT_ALONE, ""
        )


def _boxes(words: Location, clause: Location) -> tuple[Box, ...]:
    """The boxes of the words, those that follow each other on a line joined."""
    joined: list[Box] = []
    for box in words.boxes or clause.boxes:
        last = joined[-1] if joined else None
        if last is not None and _follows(last, box):
            joined[-1] = Box(
                box.page, last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1)
            )
        else:
            joined.append(box)
    return tuple(joined)


def _follows(last: Box, box: Box) -> bool:
    height = min(last.y1 - last.y0, box.y1 - box.y0)
    level = min(last.y1, box.y1) - max(last.y0, box.y0) > height / 2
    return last.page == box.page and level and -height < box.x0 - last.x1 < height


def _told(mark: _Mark) -> str:
    return f"Without a place on a page: {mark.title}: {shortened(mark.text, 300)}"


def _rectangle(page: Any, box: Box) -> tuple[float, float, float, float]:
    media = tuple(float(v) for v in page.mediabox)
    rotate = int(page.obj.get("/Rotate", 0) or 0)
    x0, y0, x1, y1 = to_user_space(
        (box.x0, box.y0, box.x1, box.y1), (media[0], media[1], media[2], media[3]), rotate
    )
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _highlight(pdf: Any, mark: _Mark, author: str, date: str) -> None:
    """One annotation on each page that the words stand on; the first carries the note."""
    from pikepdf import Array, Dictionary, Name, String

    for at, number in enumerate(dict.fromkeys(box.page for box in mark.boxes)):
        page = pdf.pages[number - 1]
        boxes = [_rectangle(page, box) for box in mark.boxes if box.page == number]
        quads = [v for x0, y0, x1, y1 in boxes for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
        hull = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Highlight,
            Rect=Array(_rounded(hull)),
            QuadPoints=Array(_rounded(quads)),
            C=Array(_rounded(mark.colour)),
            F=_PRINT,
            T=String(author),
            Subj=String(f"{mark.group}: {mark.title}"),
            NM=String(f"{mark.name}-{number}"),
            P=page.obj,
            Contents=String(mark.text if at == 0 else f"{mark.title} (begins on page {mark.boxes[0].page})"),
            AP=Dictionary(N=_appearance(pdf, hull, boxes, mark.colour)),
        )
        if date:
            annotation.M = String(_pdf_date(date))
        _append(pdf, page, annotation)


def _appearance(pdf: Any, hull: Sequence[float], boxes: Sequence[Sequence[float]], colour: Colour) -> Any:
    """What viewers draw: the boxes, multiplied with the page so that the words stay readable."""
    from pikepdf import Array, Dictionary, Name

    fill = " ".join(f"{v:.3f}" for v in colour)
    drawn = [f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re" for x0, y0, x1, y1 in boxes]
    stream = pdf.make_stream(f"/G gs {fill} rg {' '.join(drawn)} f".encode())
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array(_rounded(hull))
    blend = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
    stream.Resources = Dictionary(ExtGState=Dictionary(G=blend))
    stream.Group = Dictionary(S=Name.Transparency)
    return stream


def _summary(pdf: Any, text: str, author: str, date: str) -> None:
    """A note at the upper left of the first page."""
    from pikepdf import Array, Dictionary, Name, String

    page = pdf.pages[0]
    media = [float(v) for v in page.mediabox]
    x, y = media[0] + 12, media[3] - 12
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array(_rounded((x, y - 20, x + 20, y))),
        Name=Name.Comment,
        F=_PRINT,
        C=Array(_rounded((0.467, 0.667, 0.867))),
        T=String(author),
        Subj=String("Policy audit"),
        P=page.obj,
        Contents=String(text),
    )
    if date:
        note.M = String(_pdf_date(date))
    _append(pdf, page, note)


def _append(pdf: Any, page: Any, annotation: Any) -> None:
    from pikepdf import Array

    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(pdf.make_indirect(annotation))


def _outline(pdf: Any, marks: Sequence[_Mark]) -> None:
    """An outline of findings behind the document's own."""
    from pikepdf import OutlineItem

    with pdf.open_outline() as outline:
        for group in dict.fromkeys(mark.group for mark in marks):
            own = [mark for mark in marks if mark.group == group and mark.boxes]
            if not own:
                continue
            parent = OutlineItem(f"{group} ({len(own)})", own[0].boxes[0].page - 1)
            for mark in own:
                box = mark.boxes[0]
                top = _rectangle(pdf.pages[box.page - 1], box)[3]
                title = shortened(f"{mark.title}: {mark.text.partition(': ')[2]}", 90)
                parent.children.append(
                    OutlineItem(title, box.page - 1, "XYZ", left=0, top=round(top + 20), zoom=0)
                )
            outline.root.append(parent)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(float(v), 3) for v in values]


def _pdf_date(date: str) -> str:
    digits = "".join(ch for ch in date if ch.isdigit())[:14]
    return f"D:{digits.ljust(14, '0') if len(digits) > 8 else digits}Z"
