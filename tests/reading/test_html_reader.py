"""The HTML reader: what is read, what is left out, and where it stands."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reading.html import read_html


def read(text):
    return read_html(text.encode(), "policy.html")


def shape(text):
    return [(b.kind, b.level, b.number, b.text) for b in read(text).blocks]


def assert_exact(text, document):
    lines = text.split("\n")
    for block in document.blocks:
        for piece in block.pieces:
            if piece.exact:
                stretch = lines[piece.place.line - 1][piece.place.column - 1 : piece.place.end_column - 1]
                assert re.sub(r"\s", " ", stretch) == block.text[piece.start : piece.end]


def test_site_chrome_is_left_out_with_reasons():
    text = """<!doctype html><html><head><title>Leave</title><style>p{}</style></head><body>
<header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
<main><h1>Leave</h1><p>Take it.</p><p hidden>No.</p><p style="display: none">No.</p><aside>See also</aside></main>
<footer>Imprint</footer><script>var a = "<p>x</p>";</script></body></html>"""
    document = read(text)
    assert document.title == "Leave"
    assert [b.text for b in document.blocks] == ["Leave", "Take it."]
    reasons = {d.reason for d in document.coverage.dropped}
    assert {
        "site header",
        "navigation",
        "hidden",
        "side matter",
        "site footer",
        "script",
        "page head",
    } <= reasons


def test_without_a_main_part_the_body_is_read():
    text = "<body><header><h1>Rules</h1></header><div id=sidebar>Links</div><p>One.<p>Two.<footer>F</footer></body>"
    assert [b.text for b in read(text).blocks] == ["Rules", "One.", "Two."]


def test_lists_definitions_and_details():
    text = """<ol type="a" start="2"><li>Ask<ul><li>kindly</ul><li><p>Swap.</p><p>Log it.</p></ol>
<dl><dt>Clerk<dd>Who serves.</dl><details><summary>More</summary>Text <b>here</b>.</details>
<p><strong>Late.</strong> Ring.</p>"""
    assert shape(text) == [
        ("item", 1, "b.", "Ask"),
        ("item", 2, "•", "kindly"),
        ("item", 1, "c.", "Swap."),
        ("item", 1, "", "Log it."),
        ("item", 1, "", "Clerk"),
        ("item", 2, "", "Who serves."),
        ("heading", 1, "", "More"),
        ("paragraph", 0, "", "Text here."),
        ("paragraph", 0, "", "Late. Ring."),
    ]
    assert read(text).blocks[-1].run_in.end == 5


def test_rows_entities_and_layout_tables():
    text = """<table><caption>Who decides:</caption><tr><th>Matter<th>Who</tr>
<tr><td>Swap &amp; refund<td>Clerk</tr></table><table><tr><td><p>Only one cell.</p></td></tr></table>"""
    document = read(text)
    assert [b.text for b in document.blocks] == ["Who decides:", "Swap & refund | Clerk", "Only one cell."]
    assert [c.header for c in document.blocks[1].cells] == ["Matter", "Who"]
    assert_exact(text, document)


def test_names_of_topics_are_not_navigation_and_a_wrapping_form_is_read():
    words = "Staff may post what they like in their own name. " * 10
    text = f"<form><div id='social-media'><p>{words}</p></div><ul class='nav menu'><li>Home</ul><input value=x></form>"
    document = read(text)
    assert [b.text for b in document.blocks] == [words.strip()]
    assert [d.reason for d in document.coverage.dropped] == ["navigation"]


def test_two_breaks_make_two_paragraphs():
    assert [b.text for b in read("<p>One<br>line.<br><br>Two.</p>").blocks] == ["One line.", "Two."]


WORDS = st.sampled_from(
    [
        "staff",
        "may",
        "<b>ask</b>",
        "<a href='x'>form</a>",
        "&pound;5",
        "&#8217;",
        "é",
        "stop.",
        "a<br>b",
        "<i>c</i>",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=8).map(
    lambda ws: "\n ".join([" ".join(ws[:4]), " ".join(ws[4:])])
)
PIECE = st.one_of(
    LINE.map(lambda x: f"<p>{x}</p>"),
    LINE.map(lambda x: f"<h2>{x}</h2>"),
    LINE.map(lambda x: f"<ul><li>{x}<li>{x}</ul>"),
    LINE.map(lambda x: f"<div>{x}<p>{x}</div>"),
    LINE.map(lambda x: f"<table><tr><td>{x}<td>{x}</table>"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECE, min_size=1, max_size=5))
def test_every_word_once_and_every_piece_exact(pieces):
    text = "\n".join(pieces)
    document = read(text)
    assert_exact(text, document)
    plain = re.sub(r"<[^>]+>", " ", text).replace("&pound;", "£").replace("&#8217;", "’")
    assert re.findall(r"\w+", " ".join(b.text for b in document.blocks)) == re.findall(r"\w+", plain)
