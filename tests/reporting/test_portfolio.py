"""Portfolios: who is a member, where each stands, what they share; the page and the tables."""

import io
import sys
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from report_samples import HANDBOOK, HOSTILE, MEMO, PACK

from auditor.analysis.portfolio import LEAST_LIKE, percentile, shared_patterns, standings
from auditor.cli.group import group
from auditor.errors import RenderError
from auditor.model.portfolio import Member
from auditor.model.report import DimensionScore, Scorecard
from auditor.pipeline.auditing import audit
from auditor.pipeline.portfolio import member_names, portfolio_of
from auditor.pipeline.settings import Settings, Source
from auditor.reporting.portfolio import render_portfolio
from auditor.reporting.tables import TABLES, render_tables, rows

SETTINGS = Settings(packs=(str(PACK),))


def made(texts: dict[str, str], like: str = ""):
    sources = [Source(f"set/{name}", data=text.encode(), format="markdown") for name, text in texts.items()]
    return portfolio_of(audit(sources, SETTINGS), "set", SETTINGS, None, like)


@pytest.fixture(scope="module")
def trio():
    """Three members: a folder of two documents, and two files."""
    return made({"acme/handbook.md": HANDBOOK, "acme/memo.md": MEMO, "bolt.md": MEMO, "corp.md": HANDBOOK})


def card(score: float, verdict: str = "mixed", **bands: str) -> Scorecard:
    dimensions = tuple(DimensionScore(key, 1, 0, 1, False, score, band) for key, band in bands.items())
    return Scorecard(verdict, "", dimensions, 0, 50, score)


def members(count: int, **bands: str) -> list[Member]:
    return [Member(f"m{n:02}", (), card(n / 20, **bands)) for n in range(count)]


def test_folders_and_files_are_members():
    paths = ("set/acme/a.md", "set/acme/deep/b.docx", "set/bolt.pdf", "set/corp.md", "set/corp.docx")
    assert member_names(paths, "set/") == {
        "set/acme/a.md": "acme",
        "set/acme/deep/b.docx": "acme",
        "set/bolt.pdf": "bolt",
        "set/corp.md": "corp.md",
        "set/corp.docx": "corp.docx",
    }
    assert member_names(("acme/x.md", "acme.md"), ".") == {"acme/x.md": "acme", "acme.md": "acme.md"}


@given(st.lists(st.floats(-1, 1), min_size=1), st.floats(0.01, 1))
def test_percentiles_rise_with_the_score(scores, step):
    ranks = {one: percentile(one, scores) for one in scores}
    assert all(0 <= rank <= 100 for rank in ranks.values())
    ordered = sorted(ranks)
    assert [ranks[one] for one in ordered] == sorted(ranks.values())
    moved = [one + step for one in scores]
    if len(set(moved)) == len(set(scores)):
        assert [percentile(one, moved) for one in moved] == [percentile(one, scores) for one in scores]


def test_percentiles_by_hand():
    assert percentile(0.3, [0.1, 0.3, 0.3, 0.9]) == 50
    assert percentile(0.9, [0.1, 0.3, 0.3, 0.9]) == 88
    assert percentile(0.5, [0.5] * 12) == 50


def test_no_percentile_below_ten_that_say_enough():
    assert standings(members(LEAST_LIKE - 1, trust="mixed")) == ()
    ten = standings(members(LEAST_LIKE, trust="mixed"))
    assert {(s.dimension, s.among) for s in ten} == {("", 10), ("trust", 10)}
    quiet = [*members(9, trust="mixed"), Member("quiet", (), card(0.0, "unclear", trust="silent"))]
    assert standings(quiet) == ()


def test_percentiles_only_in_a_set_declared_alike():
    texts = {f"m{n}.md": HANDBOOK + MEMO * n for n in range(LEAST_LIKE)}
    assert made(texts).standings == ()
    named = made(texts, like="Ten shops")
    assert {s.dimension for s in named.standings} >= {"empowerment"}
    page = BeautifulSoup(render_portfolio(named), "lxml")
    assert page.h1.get_text() == "Ten shops"
    assert "Percentiles are within “Ten shops” and nothing else" in page.get_text()
    assert "No percentiles: this is no named set" in render_portfolio(made(texts))


def test_scores_of_a_member_are_those_of_its_documents_together(trio):
    acme, bolt, corp = trio.members
    assert [m.name for m in trio.members] == ["acme", "bolt", "corp"]
    assert acme.scorecard.clauses == bolt.scorecard.clauses + corp.scorecard.clauses
    found = {m.name: {d.dimension: d.findings for d in m.scorecard.dimensions} for m in trio.members}
    assert found["acme"]["empowerment"] == found["bolt"]["empowerment"] + found["corp"]["empowerment"]


def test_shared_patterns_count_members_findings_and_verbatim_clauses(trio):
    (pattern, *rest) = trio.patterns
    assert pattern.rule == "empowerment/approval"
    assert {name for name, _ in pattern.members} == {"acme", "bolt", "corp"}
    assert pattern.findings == sum(times for _, times in pattern.members)
    assert pattern.verbatim == dict(pattern.members)["acme"]
    assert all(len(one.members) > 1 for one in rest)
    alone = shared_patterns(trio.members[:1])
    assert alone == ()


def test_what_all_are_silent_on(trio):
    silent = {one.dimension: one.members for one in trio.silences}
    assert silent["trust"] == ("acme", "bolt", "corp")
    assert {one.dimension for one in trio.strengths} == {"empowerment"}


def test_the_page_names_members_in_order_and_claims_little(trio):
    page = BeautifulSoup(render_portfolio(trio), "lxml")
    assert [b.get_text() for b in page.select("#members tbody b")] == ["acme", "bolt", "corp"]
    assert len(page.select("#dimensions tbody tr")) == 3
    text = " ".join(page.get_text().split())
    assert "no ranking" in text
    assert "practice was not observed" in text
    names = [one["id"] for one in page.select("[id]")]
    assert len(names) == len(set(names))
    assert {a["href"][1:] for a in page.select("a[href]")} <= set(names)
    assert render_portfolio(trio) == render_portfolio(trio)


def test_hostile_names_are_only_text(trio):
    first, *others = trio.members
    page = render_portfolio(
        replace(trio, name=HOSTILE, like=HOSTILE, members=(replace(first, name=HOSTILE), *others))
    )
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(BeautifulSoup(page, "lxml").find_all("script")) == 1


def test_tables_hold_what_the_portfolio_holds(trio):
    parquet = pytest.importorskip("pyarrow.parquet")
    files = render_tables(trio)
    assert tuple(files) == TABLES
    read = {name: parquet.read_table(io.BytesIO(content)).to_pylist() for name, content in files.items()}
    assert read == rows(trio)
    assert {row["member"] for row in read["members"]} == {"acme", "bolt", "corp"}
    assert len(read["findings"]) == sum(len(d.entries) for m in trio.members for d in m.documents)
    assert len(read["scores"]) == 3 * len(trio.members[0].scorecard.dimensions)
    silent = [row for row in read["scores"] if row["band"] == "silent"]
    assert silent
    assert all(row["score"] is None for row in silent)
    assert files == render_tables(trio)


def test_a_missing_pyarrow_is_named_with_its_extra(trio, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(RenderError, match=r"policy-auditor\[portfolio\]"):
        render_tables(trio)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "set" / "acme").mkdir(parents=True)
    (tmp_path / "set" / "acme" / "handbook.md").write_text(HANDBOOK)
    (tmp_path / "set" / "bolt.md").write_text(MEMO)
    return tmp_path


def run(*arguments):
    options = ["--packs", str(PACK), "--no-cache", "--quiet"]
    return CliRunner().invoke(group, ["portfolio", *arguments, *options], standalone_mode=False)


def test_the_command_writes_page_and_tables(folder):
    pytest.importorskip("pyarrow")
    done = run("set", "-o", "out/portfolio.html", "--data", "out/data", "--like", "Two shops")
    assert done.exception is None
    assert done.return_value == 0
    page = (folder / "out/portfolio.html").read_text("utf-8")
    assert "Two shops" in page
    assert "acme" in page
    assert {f.stem for f in (folder / "out/data").iterdir()} == set(TABLES)


def test_the_command_says_what_is_wrong(folder):
    assert "nothing to write" in str(run("set").exception)
    assert "ends in .html" in str(run("set", "-o", "x.docx").exception)
    (folder / "set" / "page.html").write_text("<p>Staff may decide.</p>")
    assert "is one of the documents" in str(run("set", "-o", "set/page.html").exception)
    (folder / "set" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = run("set", "-o", "p.html")
    assert done.return_value == 2
    assert "broken.pdf" in (folder / "p.html").read_text("utf-8")
    (folder / "empty").mkdir()
    assert run("empty", "-o", "q.html").return_value == 3
