"""The Word reader on files made here, from raw XML or by python-docx."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import ReadingError
from auditor.formats.ooxml.edit import anchor_comment, isolate
from auditor.formats.ooxml.names import R, w
from auditor.formats.ooxml.numerals import in_format
from auditor.formats.ooxml.package import open_package
from auditor.formats.ooxml.runs import paragraph_at, run_at, run_text
from auditor.model.location import Span, locate
from auditor.reading.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def package(body: str, main_type: str = "document.main+xml", **parts: str) -> bytes:
    """A .docx with a body and optional parts (numbering, styles, footnotes, header, comments)."""
    kinds = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{n}+xml"/>'
        for n in parts
    )
    rels = "".join(
        f'<Relationship Id="r{i}" Type="{REL}/{n}" Target="{n}.xml"/>' for i, n in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.wordprocessingml.{main_type}"/>{kinds}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="d" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{rels}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    }
    roots = {"header": "hdr"}
    for name, content in parts.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{content}</w:{root}>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else r(content)}</w:p>"


def num(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def lvl(level: int, text: str, style: str = "decimal", extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(at: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{at}">{"".join(levels)}</w:abstractNum>'


def instance(at: int, of: int, extra: str = "") -> str:
    return f'<w:num w:numId="{at}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>'


def read(body: str, revisions: str = "final", **parts: str):
    return read_docx(package(body, **parts), "x.docx", revisions=revisions)


def texts(document) -> list[str]:
    return [b.text for b in document.blocks]


def numbers(document) -> list[str]:
    return [b.number for b in document.blocks]


# Numbers


def test_levels_restart_under_their_parent_and_write_its_number():
    numbering = abstract(
        0, lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "(%3)", "lowerLetter"), lvl(3, "(%4)", "lowerRoman")
    ) + instance(1, 0)
    order = [0, 1, 1, 2, 2, 3, 3, 1, 2, 0, 1]
    body = "".join(p(f"Staff act {i} promptly.", num(1, level)) for i, level in enumerate(order))
    assert numbers(read(body, numbering=numbering)) == [
        "1.", "1.1", "1.2", "(a)", "(b)", "(i)", "(ii)", "1.3", "(a)", "2.", "2.1",
    ]  # fmt: skip


def test_instances_share_a_counter_until_a_start_override():
    numbering = (
        abstract(0, lvl(0, "%1)", "upperRoman"))
        + instance(1, 0)
        + instance(2, 0)
        + instance(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    )
    body = "".join(p("Staff act promptly.", num(n)) for n in (1, 1, 2, 3, 3, 1))
    assert numbers(read(body, numbering=numbering)) == ["I)", "II)", "III)", "V)", "VI)", "VII)"]


def test_level_restart_never_and_legal_numbering():
    numbering = abstract(
        0,
        lvl(0, "Article %1", "upperRoman"),
        lvl(1, "%1.%2", "decimal", '<w:lvlRestart w:val="0"/><w:isLgl/>'),
    ) + instance(1, 0)
    body = "".join(p("Staff act promptly.", num(1, level)) for level in (0, 1, 0, 1))
    assert numbers(read(body, numbering=numbering)) == ["Article I", "1.1", "Article II", "2.2"]


def test_override_with_a_level_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "Step %1:", "decimalZero", start=1)}</w:lvlOverride>'
    numbering = abstract(0, lvl(0, "%1.")) + instance(1, 0, own)
    assert numbers(read(p("Ask the guest.", num(1)), numbering=numbering)) == ["Step 01:"]


def test_numbers_by_paragraph_style_and_by_numbering_style_link():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        + abstract(1, lvl(0, "%1."), lvl(1, "%1.%2", "decimal", '<w:pStyle w:val="Sub"/>'))
        + instance(1, 0)
        + instance(2, 1)
    )
    body = p("One.", '<w:pStyle w:val="Clause"/>') + p("Two.", '<w:pStyle w:val="Sub"/>')
    body += p("No number here.", '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert numbers(read(body, numbering=numbering, styles=styles)) == ["1.", "1.1", ""]


def test_empty_numbered_paragraphs_count_and_bullets_are_visible():
    numbering = abstract(0, lvl(0, "%1.")) + abstract(1, lvl(0, "\uf0b7", "bullet"))
    numbering += instance(1, 0) + instance(2, 1)
    body = p("First.", num(1)) + p("", num(1)) + p("Third.", num(1)) + p("Bullet.", num(2))
    document = read(body, numbering=numbering)
    assert numbers(document) == ["1.", "3.", "•"]
    assert [b.kind for b in document.blocks] == ["item"] * 3


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 49, "xlix"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("ordinalText", 21, "Twenty-first"),
        ("cardinalText", 115, "One hundred fifteen"),
        ("decimalZero", 7, "07"),
        ("none", 3, ""),
        ("aiueo", 4, "4"),
    ],
)
def test_number_formats(style, value, shown):
    assert in_format(value, style) == shown


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("3.1 Refunds are paid at once.", "3.1", "Refunds are paid at once."),
        ("3.1.4. Refunds are paid.", "3.1.4.", "Refunds are paid."),
        ("(a) refunds are paid;", "(a)", "refunds are paid;"),
        ("(iv) refunds are paid;", "(iv)", "refunds are paid;"),
        ("b) refunds are paid", "b)", "refunds are paid"),
        ("• refunds are paid", "•", "refunds are paid"),
        ("- refunds are paid", "-", "refunds are paid"),
        ("1. Refunds are paid.", "1.", "Refunds are paid."),
        ("2023 was a good year.", "", "2023 was a good year."),
        ("3.5 hours of leave accrue.", "", "3.5 hours of leave accrue."),
        ("10 days later the claim lapses.", "", "10 days later the claim lapses."),
        ("J. Smith must sign it.", "", "J. Smith must sign it."),
        ("A guest may complain.", "", "A guest may complain."),
        ("I approve refunds.", "", "I approve refunds."),
    ],
)
def test_typed_numbers(text, number, rest):
    (block,) = read(p(text)).blocks
    assert (block.number, block.text) == (number, rest)


def test_typed_letters_follow_their_row():
    document = read(p("A. Returns are free.") + p("B. Refunds are prompt.") + p("J. Smith signs."))
    assert numbers(document) == ["A.", "B.", ""]


# Inline structure


def test_wrappers_are_read_and_instructions_are_not():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _x \\h</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("section 4")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    content = (
        r("See ") + field + f"<w:smartTag>{r(' of the ')}</w:smartTag>"
        f'<w:hyperlink r:id="q">{r("handbook")}</w:hyperlink>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' today')}</w:sdtContent></w:sdt>"
        f'<w:fldSimple w:instr="DATE">{r(" or later.")}</w:fldSimple>'
    )
    body = f"<w:sdt><w:sdtContent>{p(content)}</w:sdtContent></w:sdt>"
    document = read(body)
    assert texts(document) == ["See section 4 of the handbook today or later."]
    assert document.coverage.ratio == 1.0


def test_an_unclosed_field_hides_nothing():
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("Guests come first.")) + p("Always so.")
    assert texts(read(body)) == ["Guests come first.", "Always so."]


def test_contents_are_dropped_with_a_reason():
    toc = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Contents')}{p('Leave 3')}</w:sdtContent></w:sdt>"
    )
    document = read(toc + p("Sickness ........ 12") + p("Leave is agreed in the team."))
    assert texts(document) == ["Leave is agreed in the team."]
    (dropped,) = document.coverage.dropped
    assert dropped.reason == "table of contents"
    assert "Sickness" in dropped.sample


REVISED = p(
    r("Staff ")
    + '<w:del w:id="1"><w:r><w:delText xml:space="preserve">must ask </w:delText></w:r></w:del>'
    + f'<w:ins w:id="2">{r("may decide ")}</w:ins>'
    + r("at once.")
)


def test_revisions_final_and_original():
    final, original = read(REVISED), read(REVISED, "original")
    assert texts(final) == ["Staff may decide at once."]
    assert texts(original) == ["Staff must ask at once."]
    assert [d.reason for d in final.coverage.dropped] == ["deleted by a tracked change"]
    assert [d.reason for d in original.coverage.dropped] == ["inserted by a tracked change"]
    assert final.coverage.ratio == original.coverage.ratio == 1.0


def test_a_deleted_paragraph_mark_joins_its_text_to_the_next():
    body = p("Staff may ", '<w:rPr><w:del w:id="1"/></w:rPr>') + p("decide at once.")
    assert texts(read(body)) == ["Staff may decide at once."]
    assert texts(read(body, "original")) == ["Staff may", "decide at once."]


def test_hidden_and_struck_text_are_dropped_with_reasons():
    body = p(
        r("Seen. ")
        + r("Secret. ", "<w:vanish/>")
        + r("Gone. ", "<w:strike/>")
        + r("Kept.", '<w:strike w:val="0"/>')
    )
    document = read(body)
    assert texts(document) == ["Seen. Kept."]
    assert {d.reason: d.sample for d in document.coverage.dropped} == {
        "hidden text": "Secret.",
        "struck-out text": "Gone.",
    }


def test_a_text_box_is_read_once_after_its_paragraph():
    inner = f"<w:txbxContent>{p('Boxed rule.')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        + inner
        + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + inner + "</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(p(r("Anchor.") + box) + p("After."))
    assert texts(document) == ["Anchor.", "Boxed rule.", "After."]
    assert document.coverage.ratio == 1.0
    assert [b.pieces[0].place.paragraph for b in document.blocks] == [0, 1, 3]


def test_footnotes_stand_after_the_paragraph_that_cites_them():
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("")}</w:footnote>'
        f'<w:footnote w:id="2">{p("As the law asks.")}</w:footnote><w:footnote w:id="3">{p("Uncited.")}</w:footnote>'
    )
    body = p(r("Records are kept.") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("Next.")
    document = read(body, footnotes=notes)
    assert texts(document) == ["Records are kept.", "As the law asks.", "Next.", "Uncited."]
    assert document.blocks[1].pieces[0].place.part == "word/footnotes.xml"


def test_headers_and_comments_are_left_out_with_reasons():
    document = read(p("Body."), header=p("Confidential"), comments=p("Why?"))
    assert texts(document) == ["Body."]
    assert {d.reason for d in document.coverage.dropped} == {"running header", "comment"}


def test_spaces_tabs_and_soft_hyphens_are_normalised_with_exact_places():
    body = p(
        '<w:r><w:tab/><w:t xml:space="preserve">Re\xadfunds  are\u00a0paid</w:t><w:softHyphen/><w:tab/><w:t>at</w:t>'
        '<w:noBreakHyphen/><w:t>once</w:t><w:t xml:space="preserve"> \u200bnow.</w:t></w:r>'
    )
    data = package(body)
    (block,) = read_docx(data, "x.docx").blocks
    assert block.text == "Refunds are paid at-once now."
    place = locate(block.pieces, Span(block.text.index("paid"), block.text.index("paid") + 4), "x.docx")
    run = run_at(paragraph_at(open_package(data, "x.docx").main.root, place.paragraph), place.run)
    assert run_text(run)[place.offset : place.end_offset] == "paid"


# Headings and line breaks

BOLD = "<w:b/>"


def test_headings_by_style_outline_and_look():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>'
    )
    body = (
        p("Leave", '<w:pStyle w:val="H2"/>')
        + p("Staff agree leave in the team.")
        + p("Sickness", '<w:pStyle w:val="Mine"/>')
        + p("Call in when you can.")
        + p("Travel", '<w:outlineLvl w:val="2"/>')
        + p("Book what suits the visit.")
        + p(r("Customer gifts", BOLD))
        + p("Use your own judgement.")
        + p("OTHER MATTERS")
        + p(r("This bold sentence is no heading.", BOLD))
        + p("Plain end.")
    )
    document = read(body, styles=styles)
    headings = [(b.text, b.level) for b in document.blocks if b.kind == "heading"]
    assert headings[:3] == [("Leave", 2), ("Sickness", 2), ("Travel", 3)]
    assert [h[0] for h in headings[3:]] == ["Customer gifts", "OTHER MATTERS"]


def test_a_long_clause_in_a_heading_style_is_no_heading():
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    text = "Every member of staff " + "who serves a guest " * 8 + "may decide at once."
    (block,) = read(p(text, '<w:pStyle w:val="H1"/>'), styles=styles).blocks
    assert block.kind == "paragraph"


def test_a_line_break_parts_heading_from_body():
    body = p(
        r("Statement of intent")
        + "<w:r><w:br/></w:r>"
        + r("We decide close to the guest and at once, every day.")
    )
    document = read(body + p("More."))
    assert [(b.kind, b.text) for b in document.blocks][:2] == [
        ("heading", "Statement of intent"),
        ("paragraph", "We decide close to the guest and at once, every day."),
    ]


def test_a_line_break_inside_a_sentence_joins():
    body = p(r("Refunds are paid by the") + "<w:r><w:br/></w:r>" + r("Service desk at once."))
    assert texts(read(body)) == ["Refunds are paid by the Service desk at once."]


def test_run_in_heading():
    (block,) = read(p(r("Hearing Officer.", BOLD) + r(" The head of service hears it."))).blocks
    assert block.kind == "paragraph"
    assert block.run_in == Span(0, len("Hearing Officer."))


# Tables


def tc(content: str, properties: str = "") -> str:
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<w:p>') else p(content)}</w:tc>"
    )


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_rows_have_headers_across_spans_and_merges():
    table = "<w:tbl>" + tr(tc("Action"), tc("Limit"), tc("Approver"), properties="<w:tblHeader/>")
    table += tr(tc("Refund", "<w:vMerge w:val='restart'/>"), tc("£50"), tc("Nobody"))
    table += tr(tc("", "<w:vMerge/>"), tc("£500"), tc("Duty manager"))
    table += tr(tc("Gift of any kind", '<w:gridSpan w:val="2"/>'), tc("Team"))
    table += tr(tc("£9"), tc("Till"), properties='<w:gridBefore w:val="1"/>') + "</w:tbl>"
    blocks = read(table).blocks
    assert [b.text for b in blocks] == [
        "Action | Limit | Approver",
        "Refund | £50 | Nobody",
        "£500 | Duty manager",
        "Gift of any kind | Team",
        "£9 | Till",
    ]
    heads = [[c.header for c in b.cells] for b in blocks]
    assert heads[1:] == [
        ["Action", "Limit", "Approver"],
        ["Limit", "Approver"],
        ["Action", "Approver"],
        ["Limit", "Approver"],
    ]
    for block in blocks:
        assert block.kind == "row"
        assert " | ".join(block.text[c.span.start : c.span.end] for c in block.cells) == block.text


def test_layout_and_nested_tables_are_read_as_text():
    inner = f"<w:tbl>{tr(tc('Item'), tc('Owner'), tc('Cost'))}{tr(tc('Till'), tc('Team'), tc('£9'))}</w:tbl>"
    table = (
        "<w:tbl>"
        + tr(f"<w:tc><w:tcPr/>{p('Before.')}{inner}{p('After.')}</w:tc>", tc("Beside."))
        + "</w:tbl>"
    )
    document = read(table + f"<w:tbl>{tr(tc('A framed sentence.'))}</w:tbl>")
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", "Before."),
        ("row", "Item | Owner | Cost"),
        ("row", "Till | Team | £9"),
        ("paragraph", "After."),
        ("paragraph", "Beside."),
        ("paragraph", "A framed sentence."),
    ]


# Files


def test_strict_macro_and_wrongly_typed_files_are_read():
    body = p("Guests come first.")
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(body))) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(
                name,
                text.replace(W, STRICT_W).replace(
                    REL, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                ),
            )
    for data in (strict.getvalue(), package(body, main_type="wrong+xml")):
        document = read_docx(data, "x.docx")
        assert texts(document) == ["Guests come first."]
        assert document.coverage.notes


def test_entities_stay_closed_and_broken_xml_is_recovered():
    data = package(p("Guests come first."))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/document.xml":
                text = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + text.replace(
                    "first.", "first.&e;"
                )
                text = text.replace("</w:body>", "")
            new.writestr(name, text)
    document = read_docx(out.getvalue(), "x.docx")
    assert "root:" not in " ".join(texts(document))
    assert texts(document)[0].startswith("Guests come first.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n123", "PNG picture"),
        (b"%PDF-1.7", "PDF file"),
        (b"plain words", "not a Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0 WordDocument", "old binary"),
        (package(p("Text."))[:200], "broken zip"),
        (package(""), "no text"),
    ],
)
def test_unreadable_files_say_why_in_one_line(data, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        read_docx(data, "x.docx")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("x.docx: ")


def test_zip_bombs_and_deep_trees_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
        archive.writestr("word/media/a.bin", b"\0" * 140_000_000)
    with pytest.raises(ReadingError, match="unpacks to"):
        read_docx(out.getvalue(), "x.docx")
    with pytest.raises(ReadingError, match="deep"):
        read("<w:sdt><w:sdtContent>" * 125 + p("x") + "</w:sdtContent></w:sdt>" * 125)


# Properties

WORD = st.text("abcdefgXYZé–’", min_size=1, max_size=8)
GAP = st.sampled_from([" ", "  ", "\t", "\u00a0", " \u200b"])
RUN = st.tuples(st.lists(WORD, min_size=1, max_size=5), GAP, st.booleans())
PARAGRAPHS = st.lists(st.lists(RUN, min_size=1, max_size=5), min_size=1, max_size=5)


def made(paragraphs) -> bytes:
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words, gap, bold in runs:
            paragraph.add_run(gap.join(words)).bold = bold
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS)
def test_pieces_locate_every_word_exactly_and_once(paragraphs):
    data = made(paragraphs)
    document = read_docx(data, "x.docx")
    assert document.coverage.ratio == 1.0
    root = open_package(data, "x.docx").main.root
    used = set()
    for block in document.blocks:
        for piece in block.pieces:
            place = piece.place
            source = run_text(run_at(paragraph_at(root, place.paragraph), place.run))[
                place.offset : place.end_offset
            ]
            assert re.sub(r"\s", " ", source) == block.text[piece.start : piece.end]
            spots = {(place.paragraph, place.run, at) for at in range(place.offset, place.end_offset)}
            assert not spots & used
            used |= spots
        covered = [at for piece in block.pieces for at in range(piece.start, piece.end)]
        assert covered == list(range(len(block.text)))


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, st.data())
def test_comments_sit_on_the_quoted_words_and_change_no_text(paragraphs, data):
    source = made(paragraphs)
    block = data.draw(st.sampled_from(read_docx(source, "x.docx").blocks))
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    place = locate(block.pieces, Span(start, end), "x.docx")
    root = open_package(source, "x.docx").main.root
    before = ["".join(run_text(run) for run in each.iter(R)) for each in root.iter(w("p"))]
    runs = isolate(root, place)
    anchor_comment(runs, "7")
    after = ["".join(run_text(run) for run in each.iter(R)) for each in root.iter(w("p"))]
    assert before == after
    quoted = "".join(run_text(run) for run in runs)
    assert " ".join(re.sub("\u200b", "", quoted).split()) == " ".join(block.text[start:end].split())
    marks = list(root.iter(w("commentRangeStart"), R, w("commentRangeEnd"), w("commentReference")))
    tags = [e.tag for e in marks]
    inside = marks[tags.index(w("commentRangeStart")) + 1 : tags.index(w("commentRangeEnd"))]
    assert inside == runs
    assert tags.count(w("commentReference")) == 1


def test_a_comment_on_inserted_words_outlives_their_rejection():
    root = open_package(package(REVISED), "x.docx").main.root
    (block,) = read_docx(package(REVISED), "x.docx").blocks
    at = block.text.index("decide")
    runs = isolate(root, locate(block.pieces, Span(at, at + len("decide")), "x.docx"))
    anchor_comment(runs, "1")
    for mark in root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")):
        assert not list(mark.iterancestors(w("ins")))
    assert [run_text(run) for run in runs] == ["decide"]
