"""The Markdown reader: structure, and the exact place of every character."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reading.markdown import read_markdown
from auditor.text.encoding import decode, unify_lines


def read(text):
    return read_markdown(text.encode(), "policy.md")


def shape(text):
    return [(b.kind, b.level, b.number, b.text) for b in read(text).blocks]


def assert_exact(data, document):
    lines = unify_lines(decode(data)[0]).split("\n")
    for block in document.blocks:
        for piece in block.pieces:
            place = piece.place
            if piece.exact:
                stretch = lines[place.line - 1][place.column - 1 : place.end_column - 1]
                assert re.sub(r"\s", " ", stretch) == block.text[piece.start : piece.end]


def test_headings_paragraphs_and_lists():
    text = """# Shop rules

## 2. Returns

Staff may swap goods.
They keep the slip.

1. Ask
   kindly.
   - a nested thought
   - another
5. Swap.

* [ ] open task
* [x] done task
"""
    assert shape(text) == [
        ("heading", 1, "", "Shop rules"),
        ("heading", 2, "2.", "Returns"),
        ("paragraph", 0, "", "Staff may swap goods. They keep the slip."),
        ("item", 1, "1.", "Ask kindly."),
        ("item", 2, "•", "a nested thought"),
        ("item", 2, "•", "another"),
        ("item", 1, "2.", "Swap."),
        ("item", 1, "•", "open task"),
        ("item", 1, "•", "done task"),
    ]


def test_inline_markup_keeps_places():
    text = 'Ask **your _lead_** about [the `form`](http://x.test/a_(b) "t"), A\\*B &amp; ~~old~~ <b>new</b> rules.\n'
    document = read(text)
    (block,) = document.blocks
    assert block.text == "Ask your lead about the form, A*B & new rules."
    assert_exact(text.encode(), document)
    assert [d.reason for d in document.coverage.dropped] == ["struck-out text"]


def test_soft_lines_in_quotes_and_lists_have_their_own_lines():
    text = "> Nobody\n> leaves   early.\n\n- First line\n  second line\n"
    document = read(text)
    assert_exact(text.encode(), document)
    assert [(p.place.line, p.place.column) for p in document.blocks[0].pieces] == [(1, 3), (2, 3), (2, 12)]
    assert [(p.place.line, p.place.column) for p in document.blocks[1].pieces] == [(4, 3), (5, 3)]


def test_left_out_with_reasons():
    text = "---\ntitle: x\n---\n\n<!-- hidden -->\n\n```\ncode\n```\n\n![alt](a.png) Kept.\n"
    document = read(text)
    assert [b.text for b in document.blocks] == ["Kept."]
    assert {d.reason for d in document.coverage.dropped} == {
        "front matter",
        "comment",
        "code block",
        "picture",
    }


def test_table_rows_carry_their_headers():
    text = "| Matter | Who decides |\n|---|---|\n| Refund \\| swap | **Clerk** |\n| Late fee | |\n"
    document = read(text)
    rows = [b for b in document.blocks if b.kind == "row"]
    assert [r.text for r in rows] == ["Refund | swap | Clerk", "Late fee"]
    assert [(c.header, rows[0].text[c.span.start : c.span.end]) for c in rows[0].cells] == [
        ("Matter", "Refund | swap"),
        ("Who decides", "Clerk"),
    ]
    clerk = next(p for p in rows[0].pieces if rows[0].text[p.start : p.end] == "Clerk")
    assert (clerk.place.line, clerk.place.column) == (3, 22)


def test_definitions_admonitions_alerts_and_bold_lines():
    text = """Term
: What it means.

!!! note "Mind"
    Lock up.

> [!WARNING]
> Keep out.

**Short heading**

(a) typed item

**Late.** Ring first.
"""
    assert shape(text) == [
        ("item", 1, "", "Term"),
        ("item", 2, "", "What it means."),
        ("heading", 1, "", "Mind"),
        ("paragraph", 0, "", "Lock up."),
        ("paragraph", 0, "", "Keep out."),
        ("heading", 2, "", "Short heading"),
        ("item", 1, "(a)", "typed item"),
        ("paragraph", 0, "", "Late. Ring first."),
    ]
    run_in = read(text).blocks[-1].run_in
    assert (run_in.start, run_in.end) == (0, 5)


def test_indented_prose_is_read_and_indented_code_is_not():
    text = "Note.\n\n    Staff may always swap goods at once.\n    They need nobody's word.\n\n---\n\n    def f(x): return {x: 1}; # a b c d e.\n"
    document = read(text)
    assert [b.text for b in document.blocks] == [
        "Note.",
        "Staff may always swap goods at once. They need nobody's word.",
    ]
    assert [d.reason for d in document.coverage.dropped] == ["code block"]
    assert_exact(text.encode(), document)


def test_html_inside_keeps_its_lines():
    text = (
        "Before.\n\n<table><tr><th>A</th><th>B</th></tr>\n<tr><td>x</td><td>y</td></tr></table>\n\nAfter.\n"
    )
    document = read(text)
    assert [b.text for b in document.blocks] == ["Before.", "x | y", "After."]
    assert document.blocks[1].pieces[0].place.line == 4
    assert_exact(text.encode(), document)


def test_windows_text_is_read_and_noted():
    document = read_markdown("Pay £5 – the manager’s call.".encode("cp1252"), "a.md")
    assert document.blocks[0].text == "Pay £5 – the manager’s call."
    assert any("Windows-1252" in note for note in document.coverage.notes)
    assert read_markdown("\ufeffHello there.\r\n".encode(), "a.md").blocks[0].pieces[0].place.column == 1


WORDS = st.sampled_from(
    [
        "staff",
        "may",
        "ask",
        "**lead**",
        "_refund_",
        "`code`",
        "[form](http://x.test)",
        "&amp;",
        "£5",
        "a\\*b",
        "stop.",
        "Éclair",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
PIECE = st.one_of(
    PARAGRAPH,
    LINE.map(lambda x: "## " + x),
    st.lists(LINE, min_size=1, max_size=4).map(lambda xs: "\n".join("- " + x for x in xs)),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda xs: "\n".join(f"{i}. {x}" for i, x in enumerate(xs, 1))
    ),
    LINE.map(lambda x: "> " + x),
    st.tuples(LINE, LINE).map(lambda t: f"| A | B |\n|---|---|\n| {t[0]} | {t[1]} |"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECE, min_size=1, max_size=6))
def test_every_word_once_and_every_piece_exact(pieces):
    text = "\n\n".join(pieces) + "\n"
    document = read(text)
    assert_exact(text.encode(), document)
    plain = re.sub(r"\]\([^)]*\)", "", text).replace("&amp;", "&").replace("\\", "")
    plain = re.sub(r"\| A \| B \|\n\|---\|---\|", "", plain)
    words = re.findall(r"[^\W\d_]+", re.sub(r"^\d+\. ", "", plain, flags=re.M))
    seen = re.findall(r"[^\W\d_]+", "\n".join(b.text for b in document.blocks))
    assert seen == words
