"""Clauses: sections, lead-ins, sentences, rows, identity."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.clauses import segment
from auditor.clauses.sentences import split_sentences
from auditor.model.document import Block, Coverage, Document
from auditor.model.location import Span
from auditor.reading import read
from auditor.text.identity import clause_hash


def tree(text, path="policy.md"):
    return segment(read(text.encode(), path))


def clauses(text):
    return [(c.kind, c.lead_in, c.text) for c in tree(text).clauses]


def sentences(text):
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "Ask the lead.| Then wait.",
        "See Sec. 4 of the Act (e.g. the U.S. Code, No. 12) first.| It binds.",
        "Mr. J. B. Lee of Lee & Co. Ltd. signs.| Dr. Oh reads.",
        "Pay is $4.50 an hour, i.e. little.| The rest, etc. comes later.",
        "Bring tools, gloves, etc.| The desk has more.",
        "The desk opens at 9 a.m.| Staff come at 8 a.m. Monday.",
        "We sell in the U.S.| The shops are small.",
        "The U.S. Department decides.",
        'He said "Go home."| She went.',
        "Why ask?| Because!| Fine.",
        "Keep it (the slip. Not the box.) for a year.",
        "Keep it.| (The slip is kept for a year.)| Then burn it.",
        "Wait… then ring.| Then…| Go.",
        "1. Ask the lead.| 2. Wait.",
        "VII. Unpaid leave is rare.| It is asked for.",
        "Tell the clerk.|The clerk knows all.",
        "Version 2.1 applies; see www.example.com. for more.",
        "It happened in 2019.| The rule is new.",
        "Use Appendix B.| Employees sign it.",
        "Email a.b@c.org now.| Or call 555.1234.",
        "“We are sorry.”| That is what we say.",
        "He asked “Why?” and left.",
        "Take| • gloves.",
    ],
)
def test_sentence_ends(marked):
    parts = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == parts


def test_lead_ins_of_paragraphs_items_and_nested_lists():
    text = """Stay calm. Be kind. Staff must:

- ask
- obtain from the lead, unless they are away:
  - a form
  - a stamp
- wait. Then go home.

Alone again.
"""
    assert clauses(text) == [
        ("sentence", "", "Stay calm."),
        ("sentence", "", "Be kind."),
        ("lead-in", "", "Staff must:"),
        ("item", "Staff must:", "ask"),
        ("lead-in", "Staff must:", "obtain from the lead, unless they are away:"),
        ("item", "Staff must: obtain from the lead, unless they are away:", "a form"),
        ("item", "Staff must: obtain from the lead, unless they are away:", "a stamp"),
        ("item", "Staff must:", "wait."),
        ("item", "Staff must:", "Then go home."),
        ("sentence", "", "Alone again."),
    ]


def test_text_that_is_no_lead_in_leaves_items_alone():
    text = "We value people.\n\n- Ask first.\n- Wait.\n"
    assert clauses(text) == [
        ("sentence", "", "We value people."),
        ("item", "", "Ask first."),
        ("item", "", "Wait."),
    ]


def test_sentences_that_announce_and_lines_that_stop_short_are_lead_ins():
    assert clauses("The following words are used here.\n\n- Clerk\n")[0][0] == "lead-in"
    assert clauses("Employees may not\n\n- smoke\n")[1] == ("item", "Employees may not", "smoke")


def test_a_whole_sentence_without_its_stop_is_a_clause_of_its_own():
    text = "- Get the approval of the manager first\n  - by phone\n- Duty lead\n  - runs the floor\n"
    assert clauses(text) == [
        ("item", "", "Get the approval of the manager first"),
        ("item", "", "by phone"),
        ("lead-in", "", "Duty lead"),
        ("item", "Duty lead", "runs the floor"),
    ]


def test_a_colon_before_smaller_headings_reaches_the_items_under_them():
    text = "## Returns\n\nNone of these may be returned:\n\n### Food\n\n- bread\n\n### Drinks\n\n- milk\n\n## Pay\n\n- monthly\n"
    assert clauses(text) == [
        ("lead-in", "", "None of these may be returned:"),
        ("item", "None of these may be returned:", "bread"),
        ("item", "None of these may be returned:", "milk"),
        ("item", "", "monthly"),
    ]


def test_typed_letters_under_a_numbered_lead_in_are_its_items():
    text = "1) Staff must:\n\n(a) ask;\n\n(b) wait.\n\n2) Leads decide.\n"
    found = clauses(text)
    assert found[1] == ("item", "Staff must:", "ask;")
    assert found[-1] == ("item", "", "Leads decide.")


def test_long_items_become_a_clause_per_sentence_and_answers_stay_with_questions():
    text = "Rules:\n\n- Ask the lead. Then wait.\n- A broken phone? Swap it.\n"
    assert [t for _, _, t in clauses(text)] == [
        "Rules:",
        "Ask the lead.",
        "Then wait.",
        "A broken phone? Swap it.",
    ]


def test_counted_parts_of_a_long_sentence_are_items():
    text = (
        "An employee who wants to swap a shift must: (1) find a colleague who has the same training and who agrees in "
        "writing; (2) tell the shift lead of both teams at least two days before; or (3) ask the office for help."
    )
    found = tree(text).clauses
    assert [(c.kind, c.number) for c in found] == [
        ("lead-in", ""),
        ("item", "(1)"),
        ("item", "(2)"),
        ("item", "(3)"),
    ]
    assert found[3].lead_in == "An employee who wants to swap a shift must:"
    assert [c.kind for c in tree("Bring (1) a pen; (2) a form.").clauses] == ["sentence"]


def test_heading_paths_follow_numbers_before_levels():
    text = "# Handbook\n\n## 3 Leave\n\n## 3.1 Annual\n\nA.\n\n#### 3.1.2 Carry over\n\nB.\n\n## 3.2 Sick\n\nC.\n\n## 4 Pay\n\nD.\n"
    assert [c.heading for c in tree(text).clauses] == [
        ("Handbook", "Leave", "Annual"),
        ("Handbook", "Leave", "Annual", "Carry over"),
        ("Handbook", "Leave", "Sick"),
        ("Handbook", "Pay"),
    ]
    sections = tree(text).sections
    assert [(s.heading[-1] if s.heading else "", s.number) for s in sections[2:]] == [
        ("Leave", "3"),
        ("Annual", "3.1"),
        ("Carry over", "3.1.2"),
        ("Sick", "3.2"),
        ("Pay", "4"),
    ]
    assert sections[0].heading == ()


def test_run_in_headings():
    found = tree(
        "**Hearing officer.** The head decides. Nobody else does.\n\n**Repairs over 50:** ask first.\n"
    ).clauses
    assert [(c.heading, c.text) for c in found] == [
        (("Hearing officer",), "The head decides."),
        (("Hearing officer",), "Nobody else does."),
        (("Repairs over 50",), "Repairs over 50: ask first."),
    ]


def test_run_in_heading_of_an_item_reaches_its_children_only():
    found = tree("1. **Build context.** You do this by:\n   - reading\n2. Go on.\n").clauses
    assert [(c.heading, c.text) for c in found] == [
        (("Build context",), "You do this by:"),
        (("Build context",), "reading"),
        ((), "Go on."),
    ]


def test_rows_keep_cells_and_lead_in():
    (lead, row) = tree("Who decides is as follows:\n\n| What | Who |\n|---|---|\n| Swap | Clerk |\n").clauses
    assert (lead.kind, row.kind, row.lead_in) == ("lead-in", "row", "Who decides is as follows:")
    assert [(c.header, row.text[c.span.start : c.span.end]) for c in row.cells] == [
        ("What", "Swap"),
        ("Who", "Clerk"),
    ]


def test_same_text_in_markdown_html_and_text_has_the_same_ids():
    markdown = "# Rules\n\nAsk **first**. Wait.\n\nStaff must:\n\n- smile\n- ask\n"
    html = "<h1>Rules</h1><p>Ask <b>first</b>. Wait.</p><p>Staff must:</p><ul><li>smile<li>ask</ul>"
    plain = "RULES\n\nAsk first.\nWait.\n\nStaff must:\n\n* smile\n* ask\n"
    ids = [
        [c.id for c in tree(t, p).clauses]
        for t, p in ((markdown, "a.md"), (html, "a.html"), (plain, "a.txt"))
    ]
    assert ids[0] == ids[1] == ids[2]


WORD = st.sampled_from(
    [
        "staff",
        "may",
        "ask",
        "the",
        "lead",
        "refund",
        "e.g.",
        "U.S.",
        "No.",
        "4",
        "five",
        "3.5",
        "(form)",
        "“quote”",
        "wait",
        "etc.",
        "Mr.",
        "X.",
        "now,",
        "then;",
        "a",
    ]
)
SENTENCE = st.tuples(
    st.lists(WORD, min_size=1, max_size=12), st.sampled_from([".", "?", "!", ":", "", "…", ".)"])
).map(lambda t: " ".join(t[0]).capitalize() + t[1])
TEXT = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    st.builds(lambda t, n: Block("heading", t, (), level=n), TEXT, st.integers(1, 5)),
    st.builds(lambda t: Block("paragraph", t, ()), TEXT),
    st.builds(
        lambda t, n, m: Block("item", t, (), level=n, number=m),
        TEXT,
        st.integers(1, 3),
        st.sampled_from(["•", "(a)", "1.", ""]),
    ),
    st.builds(lambda t: Block("row", t, ()), TEXT),
    st.builds(
        lambda t, n: Block("paragraph", t, (), run_in=Span(0, min(n, len(t)))), TEXT, st.integers(1, 9)
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, max_size=8))
def test_every_word_stands_in_exactly_one_clause_or_heading(blocks):
    document = Document("x", "text", "", tuple(blocks), Coverage())
    found = segment(document)
    for at, block in enumerate(blocks):
        own = [c for c in found.clauses if c.block == at]
        if block.kind == "heading":
            assert not own
            continue
        cut = block.text[: own[0].span.start] if block.run_in and own else ""
        seen = cut + " ".join(
            c.text if not c.number or c.number == block.number else c.number + c.text for c in own
        )
        assert re.sub(r"\W", "", seen) == re.sub(r"\W", "", block.text)
        spans = [c.span for c in own]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(block.text[c.span.start : c.span.end] == c.text for c in own)
    assert [c.index for c in found.clauses] == list(range(len(found.clauses)))
    assert sorted(i for s in found.sections for i in s.clauses) == [c.index for c in found.clauses]
    assert len({c.id for c in found.clauses}) == len(found.clauses)


PLAIN = st.lists(
    st.lists(
        st.sampled_from(["staff", "may", "ask", "their", "lead", "about", "every", "refund", "and", "swap"]),
        min_size=3,
        max_size=14,
    ).map(lambda ws: " ".join(ws).capitalize() + "."),
    min_size=2,
    max_size=8,
    unique=True,
)


@settings(max_examples=100, deadline=None)
@given(PLAIN, st.integers(10, 60), st.integers(1, 90), st.randoms())
def test_ids_survive_renumbering_moving_and_reflowing(lines, width, first, random):
    base = "\n\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    moved = list(lines)
    random.shuffle(moved)
    reflowed = "\n\n".join(
        f"({chr(97 + i)}) " + re.sub(rf"(.{{{width}}}\S*) ", r"\1\n", m) for i, m in enumerate(moved)
    )
    renumbered = "\n\n".join(f"## {first}. Part\n\n{first}.{i} {line}" for i, line in enumerate(lines, 1))
    expected = sorted(clause_hash(line) for line in lines)
    for text in (base, reflowed, renumbered):
        assert sorted(c.id.rpartition("-")[0] for c in tree(text).clauses) == expected


@settings(max_examples=100, deadline=None)
@given(PLAIN, st.integers(8, 50), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_the_place_of_a_clause_gives_back_its_source(lines, width, path):
    body = re.sub(rf"(.{{{width}}}\S*) ", r"\1\n", " ".join(lines))
    text = f"<p>{body}</p>" if path.endswith("html") else body
    source = text.split("\n")
    for clause in tree(text, path).clauses:
        place = clause.location
        cut = source[place.line - 1 : place.end_line]
        cut[-1] = cut[-1][: place.end_column - 1]
        cut[0] = cut[0][place.column - 1 :]
        assert " ".join(cut) == clause.text
