"""The page as a document: its parts, its order, what it escapes, what it never asks for."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from report_samples import HOSTILE, many

from auditor.model.location import Span
from auditor.model.report import Report
from auditor.reporting import render
from auditor.reporting.html import render_html
from auditor.reporting.page.bars import extent
from auditor.reporting.page.text import Mark, cued, stretches, visible

ORDER = [
    "read",
    "verdict",
    "first",
    "dimensions",
    "documents",
    "gaps",
    "approvals",
    "strengths",
    "left-alone",
    "questions",
    "text",
    "wordings",
    "counsel",
    "unread",
    "method",
]
LOADING = ("src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "xlink:href")


@pytest.fixture(scope="module")
def page(report):
    return BeautifulSoup(render_html(report), "lxml")


def words(element) -> str:
    return " ".join(element.get_text().split())


def test_parts_come_in_the_order_of_a_report(page):
    found = [one["id"] for one in page.select("section[id], div[id]") if one["id"] in ORDER]
    assert found == ORDER


def test_ids_are_unique_and_every_link_inside_leads_somewhere(page):
    names = [one["id"] for one in page.select("[id]")]
    assert len(names) == len(set(names))
    targets = {a["href"][1:] for a in page.select("a[href]")}
    assert targets
    assert targets <= set(names)


def test_every_finding_has_a_note_beside_its_clause(page, report):
    for document in report.documents:
        for entry in document.entries:
            finding = entry.finding
            note = page.find(id=finding.id)
            assert note.name == "details"
            assert note["data-status"] == entry.status
            line = note.find_parent(class_="b")
            if finding.evidence == finding.clause.text:
                assert finding.evidence in words(line.find(class_="w"))
            else:
                assert "heading" in line["class"]


def test_marks_stand_on_the_triggering_words(page, report):
    for document in report.documents:
        for entry in document.entries:
            finding = entry.finding
            if entry.status != "active" or not finding.spans:
                continue
            marks = page.select(f'.b mark.active:not(.whole)[data-for~="{finding.id}"]')
            shown = "".join(m.get_text() for m in marks)
            assert shown == "".join(finding.evidence[s.start : s.end] for s in finding.spans)


def test_the_text_is_whole(page, report):
    for at, document in enumerate(report.documents):
        shown = [words(one) for one in page.select(f"#d{at} .b .w")]
        assert len(shown) == len(document.tree.document.blocks)
        for block, line in zip(document.tree.document.blocks, shown, strict=True):
            assert " ".join(block.text.split()) in line


def test_first_changes_say_who_feels_them_and_what_to_decide(page, report):
    items = page.select("#first .changes > li")
    assert len(items) == len(report.changes) > 0
    for item, change in zip(items, report.changes, strict=True):
        assert change.felt_by in words(item)
        assert change.decision in words(item)
        assert change.entry.finding.evidence in words(item)
        if change.entry.rewrite:
            assert change.entry.rewrite.text in words(item)


def test_silent_dimensions_have_no_bar(page, report):
    rows = {words(tr.find("b")) for tr in page.select("#dimensions tbody tr")}
    silent = {words(li.find("b")) for li in page.select("#dimensions .silent li")}
    titles = {d.id: d.title for d in report.packs[0].dimensions}
    assert silent == {titles[d.dimension] for d in report.scorecard.dimensions if d.band == "silent"}
    assert rows == set(titles.values()) - silent
    for tr in page.select("#dimensions tbody tr"):
        assert tr.find("svg")["aria-label"].startswith(words(tr.find("b")))


def test_approvals_name_what_is_missing(page, report):
    shown = page.select("#approvals tbody tr")
    assert len(shown) == sum(len(d.approvals) for d in report.documents)
    unguarded = [a for d in report.documents for a in d.approvals if a.guardrail is None]
    lacking = sum(int(words(b)) for b in page.select("#approvals .summary span:first-child b"))
    assert lacking == sum(not a.limit for a in unguarded)


def test_what_was_left_alone_says_why(page, report):
    guarded = [e for d in report.documents for e in d.entries if e.status == "guarded"]
    shown = words(page.find(id="left-alone"))
    for entry in guarded:
        assert entry.finding.evidence in shown
        assert entry.finding.guard.cue in shown
        if entry.rewrite:
            assert entry.rewrite.advice in shown
    for count in report.guards:
        assert count.meaning in shown
    assert "machines are leased" in shown
    assert "facilities" in shown
    assert "expired on 2020-01-01" in shown


def test_counsel_notes_stand_apart(page, report):
    notes = [n for d in report.documents for n in d.counsel]
    counsel = page.find(id="counsel")
    assert notes
    assert all(note.text in words(counsel) for note in notes)
    counsel.extract()
    assert not any(note.text in words(page) for note in notes)
    page.find(id="unread").insert_before(counsel)


def test_inputs_that_were_not_read_are_named_twice(page):
    assert "scan.pdf" in words(page.find(id="unread"))
    assert "1 input was not read" in words(page.find(id="read"))


def test_nothing_is_claimed_that_a_report_must_not_claim(page):
    text = words(page.body).lower()
    for word in ("violates", "benchmark", "revenue", "loyalty", "improvement", "well justified"):
        assert word not in text
    assert "does not say that a clause is lawful, compliant or justified" in text


def test_the_page_can_ask_for_nothing(page):
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for name, kind in (("style", "style-src"), ("script", "script-src")):
        (element,) = page.find_all(name)
        digest = base64.b64encode(hashlib.sha256(element.string.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert not page.select("link, iframe, object, embed, img, audio, video, base")
    assert not page.select("[style]")
    for element in page.find_all(True):
        assert not set(LOADING) & set(element.attrs), element
        assert not [name for name in element.attrs if name.startswith("on")]
        assert element.get("href", "#").startswith("#")
    css = page.style.string
    assert "url(" not in css
    assert "@import" not in css


def test_hostile_text_is_only_text(hostile_report):
    source = render_html(hostile_report)
    page = BeautifulSoup(source, "lxml")
    assert len(page.find_all("script")) == 1
    assert "alert" not in page.script.string
    assert "<script>alert" not in source
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", source)
    assert source.encode("utf-8")
    assert visible(HOSTILE) in page.find(id="first").get_text() or visible(HOSTILE) in page.body.get_text()
    for element in page.find_all(True):
        assert element.get("href", "#").startswith("#")
    names = [one["id"] for one in page.select("[id]")]
    assert len(names) == len(set(names))


def test_right_to_left_quotations_do_not_turn_what_surrounds_them(report):
    document = report.documents[0]
    hebrew = replace(document.tree.document, title="מדיניות")
    changed = replace(report, documents=(replace(document, tree=replace(document.tree, document=hebrew)),))
    page = BeautifulSoup(render_html(changed), "lxml")
    assert all(one.name == "bdi" or one.name in ("title", "optgroup", "option")
               for one in (text.parent for text in page.find_all(string="מדיניות")))  # fmt: skip


def test_same_report_same_bytes(report):
    assert render_html(report) == render_html(report) == render(report, "html")


def test_two_documents_with_the_same_clause_have_notes_of_their_own(report):
    document = report.documents[0]
    other = replace(document.tree.document, path="other.md")
    twice = replace(
        report, documents=(document, replace(document, tree=replace(document.tree, document=other)))
    )
    page = BeautifulSoup(render_html(twice), "lxml")
    first = next(e.finding.id for e in document.entries)
    assert page.find(id=first).find_parent("section")["id"] == "d0"
    assert page.find(id=f"{first}-2").find_parent("section")["id"] == "d1"


def test_three_hundred_findings_stay_light(report):
    assert len(render_html(many(report, 300)).encode()) < 1_000_000


def test_a_report_on_nothing_still_makes_a_page(report):
    card = replace(report.scorecard, verdict="unclear", clauses=0)
    page = BeautifulSoup(render_html(Report(report.version, report.packs, (), report.skipped, card)), "lxml")
    assert "No document could be audited" in words(page)
    assert "scan.pdf" in words(page)


def test_marks_may_overlap_and_overhang():
    text = "abcdefghij"
    marks = [
        Mark(Span(0, 10), "active", "a", whole=True),
        Mark(Span(2, 5), "active", "a"),
        Mark(Span(4, 99), "strength", "b"),
    ]
    cut = stretches(text, marks, 1, 9)
    assert [(s.text, s.kind, s.targets, s.whole) for s in cut] == [
        ("b", "active", ("a",), True),
        ("cd", "active", ("a",), False),
        ("e", "active", ("a", "b"), False),
        ("fghi", "strength", ("a", "b"), False),
    ]
    assert "".join(s.text for s in stretches(text, [])) == text


def test_a_guard_marks_its_words_where_they_stand():
    assert [s.text for s in cued("Required by Law here", "by law") if s.kind] == ["by Law"]
    assert [s.kind for s in cued("Nothing", "by law")] == [""]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (-1.0, (0.0, 50.0, 0.0)),
        (0.0, (50.0, 0.6, 50.0)),
        (0.5, (50.0, 25.0, 75.0)),
        (9.0, (50.0, 50.0, 100.0)),
    ],
)
def test_bars_start_in_the_middle(score, expected):
    assert extent(score) == expected
