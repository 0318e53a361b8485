import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import HOSTILE, many

from auditor.reporting import render
from auditor.reporting.fitting import Line, Part, fitted
from auditor.reporting.marking import JOINER, code, escape, quote

LIVE = re.compile(r"@\w|#\d|://|\bwww\.|GH-\d|:[a-z0-9_+-]+:", re.IGNORECASE)


def parsed(text):
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def leaves(tokens):
    for token in tokens:
        yield token
        yield from token.children or ()


@pytest.fixture(scope="module")
def text(report):
    return render(report, "markdown")


def test_the_verdict_comes_first_and_the_rest_in_order(text):
    lines = text.splitlines()
    assert lines[0] == "## Policy audit"
    assert lines[2].startswith("**As written, these documents together say too little to tell.** Silent on")
    titles = [
        "### Read", "### Change first", "### Dimensions", "### Says one thing", "<summary>Approval map (8)",
        "<summary>Strengths (1)", "<summary>Left alone (1)", "<summary>What the text cannot answer",
        "<summary>Documents to ask for", "### Findings: errors", "<summary>Findings: notes (4)",
        "<summary>Waived (1)", "<summary>Known from the baseline (1)", "### Waivers and baseline",
        "<summary>Method", "<summary>For counsel: a list of its own",
    ]  # fmt: skip
    places = [text.index(title) for title in titles]
    assert places == sorted(places)


def test_before_and_after_stand_in_one_row(text):
    (row,) = [line for line in text.splitlines() if line.startswith("| line 9<br>")]
    assert "“No refund without the <b>approval of the manager</b>.”" in row
    assert (
        "| Employees may refund a customer at once and tell the manager afterwards. *(ready as it stands)* |"
        in row
    )


def test_repeats_are_one_row(text):
    (row,) = [line for line in text.splitlines() if line.startswith("| line 13")]
    assert row.startswith("| line 13 ×3<br>")
    assert "2 more like it: line 14; line 15" in row
    assert "Sick leave must" not in text


def test_reasons_stand_with_what_was_spared_or_waived(text):
    assert "**Law.** On its face about law" in text
    assert "for “by law” in the clause: “Disclosure of records needs" in text
    assert "because: machines are leased, says facilities, until 2030-01-31, waivers.toml:4" in text
    assert "- **not audited**: scan.pdf: only 12% of its text could be read" in text


def test_every_table_row_has_the_cells_of_its_head(report, hostile_report):
    for one in (report, hostile_report):
        sizes = set()
        for line in render(one, "markdown").splitlines():
            if line.startswith("| ---"):
                sizes = {line.count("|")}
            elif not line:
                sizes = set()
            elif line.startswith("|") and sizes:
                assert {line.count("|")} == sizes


def test_it_parses_as_meant(report, text):
    tokens = parsed(text)
    assert sum(t.type == "table_open" for t in tokens) == 6
    html = "".join(t.content for t in leaves(tokens) if t.type in ("html_block", "html_inline"))
    assert set(re.findall(r"</?(\w+)", html)) == {"details", "summary", "code", "b", "br"}
    assert html.count("<details>") == html.count("</details>")


def test_hostile_text_stays_text(hostile_report):
    text = render(hostile_report, "markdown")
    tokens = list(leaves(parsed(text)))
    html = "".join(t.content for t in tokens if t.type in ("html_block", "html_inline"))
    assert set(re.findall(r"</?(\w+)", html)) == {"details", "summary", "code", "b", "br"}
    assert not [t for t in tokens if t.type in ("link_open", "image", "s_open", "hr")]
    said = " ".join(t.content for t in tokens if t.type == "text")
    assert "<script>alert(1)</script>" in said
    assert not LIVE.search(said)
    assert "\x1b" not in text
    text.encode()


@given(st.text(max_size=200))
def test_escaped_text_renders_as_itself(text):
    for shown in (f"a {escape(text)}", f"a {quote(text)}", f"| a | b |\n| - | - |\n| {escape(text)} | b |"):
        tokens = list(leaves(parsed(shown)))
        kinds = {t.type for t in tokens}
        assert kinds <= {
            "paragraph_open", "paragraph_close", "inline", "text", "text_special", "table_open", "table_close",
            "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close",
            "td_open", "td_close",
        }  # fmt: skip
        for token in tokens:
            said = "".join(c.content for c in token.children or () if c.type in ("text", "text_special"))
            assert not LIVE.search(said)


@given(st.text(alphabet="@#:/wGH-0129ab.!", max_size=30))
def test_no_mention_reference_or_address_survives(text):
    assert not LIVE.search(escape(text))
    assert escape(text).replace(JOINER, "").replace("\\", "") == text.strip() or text != text.strip()


def test_code_holds_any_path():
    assert code("a`b|c@d#1<x>.md") == f"<code>a&#96;b&#124;c&#64;{JOINER}d&#35;{JOINER}1&#60;x&#62;.md</code>"


def test_a_long_report_fits_a_comment_and_says_what_is_missing(report):
    text = render(many(report, 2000), "markdown")
    assert len(text) < 65_536
    assert "> **Shortened to fit a comment.** Left out:" in text
    shown = len(re.findall(r"Case \d+ of many", text.split("### Findings: errors")[1]))
    (hidden,) = re.findall(r"\*([\d,]+) findings not shown here\.\*", text)
    assert shown + int(hidden.replace(",", "")) == 2000
    assert shown > 100, "the room is used"
    for title in ("### Change first", "### Dimensions", "### Read"):
        assert title in text


def test_without_a_limit_nothing_is_left_out(report):
    text = render(many(report, 2000), "markdown", limit=0)
    assert len(text) > 65_536
    assert "Shortened" not in text


def test_the_least_worth_is_cut_first():
    def part(title, worth):
        return Part(title, tuple(Line(f"- {title} {n}" + "x" * 50) for n in range(40)), worth, "thing")

    text = fitted("head", (part("first", 2), part("second", 9)), 4000)
    assert len(text) <= 4000
    assert "second 39" in text
    assert "first 39" not in text


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), min_size=1, max_size=6),
    st.integers(2500, 6000),
)
def test_what_is_cut_always_fits(sizes, limit):
    parts = [
        Part(
            f"part {n}", tuple(Line("- " + "x" * 80) for _ in range(size)), worth, "thing", folded=bool(n % 2)
        )
        for n, (size, worth) in enumerate(sizes)
    ]
    assert len(fitted("head", parts, limit)) <= limit


def test_the_same_report_gives_the_same_bytes(report, text):
    assert render(report, "markdown") == text


def test_nothing_read_is_said(report):
    text = render(replace(report, documents=(), changes=()), "markdown")
    assert "**Nothing was read.**" in text
    assert "scan.pdf" in text


def test_no_claim_beyond_the_text(text):
    assert not re.search(
        r"\b(is|are) (lawful|compliant|justified)\b", text.replace("is lawful, compliant or justified", "")
    )
    assert HOSTILE not in text
