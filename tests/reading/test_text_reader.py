"""The plain text reader, and the choice of a reader by name and content."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.clauses import segment
from auditor.errors import ReadingError
from auditor.reading import read as read_any
from auditor.reading.plain import read_text

MEMO = """SHOP MEMO

Returns
=======

Staff may swap goods up to 50
without asking. Keep the slip.

2.1 Exchanges

Staff must:
  - ask kindly,
    and wait
  - log it
      * at once
  - smile

1. First rule.
2. Second rule that
   goes on.
(a) typed one

2.2.1 Nobody leaves before 5 p.m. without telling the shift lead about it.

Matter          Who decides
------          -----------
Refund          Clerk
Late fee        Shop lead
"""


def test_structure_of_a_memo():
    blocks = read_text(MEMO.encode(), "memo.txt").blocks
    assert [(b.kind, b.level, b.number, b.text) for b in blocks] == [
        ("heading", 2, "", "SHOP MEMO"),
        ("heading", 1, "", "Returns"),
        ("paragraph", 0, "", "Staff may swap goods up to 50 without asking. Keep the slip."),
        ("heading", 3, "2.1", "Exchanges"),
        ("paragraph", 0, "", "Staff must:"),
        ("item", 1, "-", "ask kindly, and wait"),
        ("item", 1, "-", "log it"),
        ("item", 2, "*", "at once"),
        ("item", 1, "-", "smile"),
        ("item", 1, "1.", "First rule."),
        ("item", 1, "2.", "Second rule that goes on."),
        ("item", 1, "(a)", "typed one"),
        ("paragraph", 0, "2.2.1", "Nobody leaves before 5 p.m. without telling the shift lead about it."),
        ("row", 0, "", "Refund | Clerk"),
        ("row", 0, "", "Late fee | Shop lead"),
    ]
    assert [c.header for c in blocks[-1].cells] == ["Matter", "Who decides"]


WORDS = st.sampled_from(
    [
        "staff",
        "may",
        "ask",
        "lead",
        "refund",
        "5",
        "(a)",
        "-",
        "•",
        "1.",
        "III",
        "2.1",
        "stop.",
        "RULES",
        "end:",
        "Éclair",
        "and",
    ]
)
LINE = st.tuples(st.integers(0, 6), st.lists(WORDS, min_size=0, max_size=9)).map(
    lambda t: " " * t[0] + " ".join(t[1])
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=14))
def test_every_word_once_and_every_piece_exact(lines):
    text = "\n".join(lines) + "\nend"
    document = read_text(text.encode(), "memo.txt")
    source = text.split("\n")
    for block in document.blocks:
        for piece in block.pieces:
            place = piece.place
            stretch = source[place.line - 1][place.column - 1 : place.end_column - 1]
            assert stretch == block.text[piece.start : piece.end]
    headers = " ".join(d.sample for d in document.coverage.dropped)
    seen = " ".join(f"{b.number} {b.text}" for b in document.blocks) + headers
    assert sorted(re.findall(r"\w+", seen)) == sorted(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("data", "path", "says"),
    [
        (b"", "empty.md", "empty"),
        (b"  \n ", "blank.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture.pdf", "PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture.docx", "JPEG picture"),
        (b"PK\x03\x04 broken", "rules.docx", "broken zip"),
        (bytes(range(256)) * 9, "blob.txt", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old.doc", "save it as .docx"),
        (b"just words", "rules.docx", "not a Word document"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(data, path, says):
    with pytest.raises(ReadingError) as caught:
        read_any(data, path)
    message = str(caught.value)
    assert message.startswith(path)
    assert says in message
    assert "\n" not in message


def test_content_speaks_where_the_name_says_nothing():
    assert read_any(b"<!doctype html><p>Ask.</p>", "page").format == "html"
    assert read_any(b"Ask first.", "notes").format == "text"
    assert read_any("Frag zuerst – £5.".encode("utf-16"), "a.txt").blocks[0].text == "Frag zuerst – £5."
    assert read_any(b"# Title", "-", format="markdown").blocks[0].kind == "heading"


def test_an_unknown_format_is_named():
    with pytest.raises(ReadingError, match="unknown format 'odt'"):
        read_any(b"x", "a.md", format="odt")


MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "</tr",
        "<!--",
        "-->",
        "<![if",
        "&#x;",
        "&amp",
        "<li",
        "<br>",
        "| a |",
        "|---|",
        "# ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "    ",
        "**",
        "`",
        "](",
        "[",
        "~~",
        "> ",
        ":::",
        "!!! x",
        "\t",
        "word",
        "\x0c",
        "\u2028",
        "\x00",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=30).map("".join), st.sampled_from(["markdown", "html", "text"]))
def test_broken_markup_is_read_or_refused(text, kind):
    try:
        tree = segment(read_any(text.encode(), "x", format=kind))
    except ReadingError:
        return
    assert all(clause.text == clause.text.strip() for clause in tree.clauses)


def test_absurd_nesting_is_refused():
    with pytest.raises(ReadingError, match="nested too deeply"):
        read_any(b"<div>" * 5000 + b"x", "a.html")
