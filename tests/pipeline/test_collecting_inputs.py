import os
from pathlib import Path

import pytest

from auditor.pipeline.collecting import collect

ENDINGS = (".md", ".txt", ".docx", ".pdf", ".html")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Text.")


def paths(collected):
    return [source.path for source in collected.sources]


def test_folders_are_walked_in_order_without_hidden_files(here):
    put(here, "p/b.md", "p/a/z.txt", "p/.hidden.md", "p/.git/x.md", "p/node_modules/y.md", "p/C.MD")
    assert paths(collect(["p"], endings=ENDINGS)) == ["p/C.MD", "p/a/z.txt", "p/b.md"]


def test_unsupported_files_in_folders_are_listed_and_no_error(here):
    put(here, "p/a.md", "p/logo.png", "p/old.doc")
    skipped = collect(["p"], endings=ENDINGS).skipped
    assert [(s.path, s.error) for s in skipped] == [("p/logo.png", False), ("p/old.doc", False)]
    assert "save it as .docx" in skipped[1].reason


def test_ignore_files_hold_below_their_folder_and_the_nearer_one_wins(here):
    put(here, "p/a.md", "p/drafts/b.md", "p/drafts/keep.md", "p/old/c.md", "p/old/sub/c2.md")
    (here / "p/.gitignore").write_text("drafts/*.md\n")
    (here / "p/drafts/.auditorignore").write_text("!keep.md\n")
    (here / "p/.auditorignore").write_text("old/\n")
    assert paths(collect(["p"], endings=ENDINGS)) == ["p/a.md", "p/drafts/keep.md"]


def test_ignore_files_above_count_up_to_the_root_of_the_repository(here):
    put(here, "repo/p/a.md", "repo/p/b.md")
    (here / "repo/.git").mkdir()
    (here / "repo/.gitignore").write_text("b.md\n")
    (here / ".gitignore").write_text("a.md\n")
    assert paths(collect(["repo/p"], endings=ENDINGS)) == ["repo/p/a.md"]


def test_a_named_file_is_audited_though_ignored_unless_exclusion_is_forced(here):
    put(here, "a.md")
    (here / ".git").mkdir()
    (here / ".gitignore").write_text("a.md\n")
    assert paths(collect(["a.md"], endings=ENDINGS)) == ["a.md"]
    forced = collect(["a.md"], endings=ENDINGS, force_exclude=True)
    assert not forced.sources
    assert [(s.path, s.error) for s in forced.skipped] == [("a.md", False)]


def test_configured_exclusion_is_relative_to_its_folder(here):
    put(here, "p/a.md", "p/q/a.md")
    found = collect(["p"], endings=ENDINGS, exclude=((here / "p", ("/a.md",)),))
    assert paths(found) == ["p/q/a.md"]


def test_names_that_lead_nowhere_are_errors(here):
    put(here, "a.md")
    found = collect(["a.md", "missing.md"], endings=ENDINGS)
    assert paths(found) == ["a.md"]
    assert [(s.path, s.error) for s in found.skipped] == [("missing.md", True)]


def test_stdin_has_the_name_it_is_given(here):
    found = collect(["-"], endings=ENDINGS, stdin=b"Text.", stdin_name="memo.md")
    assert [(s.path, s.data) for s in found.sources] == [("memo.md", b"Text.")]


def test_a_file_named_twice_is_audited_once(here):
    put(here, "p/a.md")
    assert paths(collect(["p/a.md", "p", "./p"], endings=ENDINGS)) == ["p/a.md"]


def test_links_that_go_round_end(here):
    put(here, "p/a.md")
    os.symlink(here / "p", here / "p/again")
    assert paths(collect(["p"], endings=ENDINGS)) == ["p/a.md"]
