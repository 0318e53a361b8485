"""The formats of CI through the command line: endings, profiles, paths, the job's summary."""

import json
import re
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.cli.exits import ExitCode
from auditor.errors import ConfigError
from auditor.reporting import FORMATS, format_for

PACK = Path(__file__).parents[1] / "reporting/pack"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDITOR_CACHE_DIR", str(tmp_path / ".cache"))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "auditor.toml").write_text(f'packs = ["{PACK}"]\n')
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/refunds.md").write_text("A refund must be approved by the manager.\n")
    return tmp_path


def run(*arguments):
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return stop.value.code


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a/report.html", "html"), ("REPORT.HTM", "html"), ("r.md", "markdown"), ("r.json", "json"),
        ("gl-code-quality.gitlab.json", "gitlab"), ("x.sarif", "sarif"), ("x.sarif.json", "sarif"),
        ("x.xml", "junit"), ("x.csv", "csv"), ("x.json.pdf", "pdf"),
    ],
)  # fmt: skip
def test_the_format_follows_the_longest_known_ending(name, format):
    assert format_for(name) == format
    assert format in FORMATS


@pytest.mark.parametrize("name", ["report", "report.abc", "json", ".github"])
def test_an_unknown_ending_names_the_known_ones(name):
    with pytest.raises(ConfigError, match=r"known are \.json, \.md"):
        format_for(name)


def test_several_formats_in_one_run(here):
    names = ("a.sarif", "b.xml", "c.gitlab.json", "d.csv", "e.md")
    arguments = [part for name in names for part in ("-o", name)]
    assert run("audit", "policies", *arguments) == ExitCode.FINDINGS
    assert all((here / name).stat().st_size for name in names)
    assert json.loads((here / "c.gitlab.json").read_text())[0]["location"]["path"] == "policies/refunds.md"


@pytest.mark.parametrize("given", ["policies/refunds.md", "absolute"])
def test_paths_in_sarif_are_relative_to_the_working_folder(here, given, capfd):
    path = str(here / "policies/refunds.md") if given == "absolute" else given
    run("audit", path, "--format", "sarif")
    (one,) = json.loads(capfd.readouterr().out)["runs"]
    (result,) = one["results"]
    where = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "policies/refunds.md", "uriBaseId": "%SRCROOT%", "index": 0}


def test_the_sarif_profile_is_chosen(here, capfd):
    (here / "policies/refunds.md").write_text("A refund must be approved by the manager, by law.\n")
    for profile, results in (("github", 0), ("spec", 1)):
        assert run("audit", "policies", "--format", "sarif", "--sarif-profile", profile) == ExitCode.CLEAN
        (one,) = json.loads(capfd.readouterr().out)["runs"]
        assert len(one["results"]) == results
    assert run("audit", "policies", "--sarif-profile", "gitlab") == ExitCode.ERROR


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("never", 0)])
def test_junit_fails_as_the_run_does(here, capfd, fail_on, failures):
    code = run("audit", "policies", "--format", "junit", "--fail-on", fail_on)
    assert code == (ExitCode.FINDINGS if failures else ExitCode.CLEAN)
    assert f'failures="{failures}"' in capfd.readouterr().out


def test_annotations_come_with_a_summary_in_a_github_job(here, monkeypatch, capfd):
    summary = here / "summary.md"
    summary.write_text("# Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run("audit", "policies", "--format", "github") == ExitCode.FINDINGS
    out = capfd.readouterr().out
    assert out.startswith("::error file=policies/refunds.md,line=1,")
    text = summary.read_text()
    assert text.startswith("# Before\n## Policy audit\n")
    assert "A refund must be approved by the manager" in text


def test_other_formats_write_no_summary(here, monkeypatch, capfd):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    run("audit", "policies", "--format", "markdown")
    assert not (here / "summary.md").exists()
    run("audit", "policies", "--format", "github")
    assert (here / "summary.md").exists()


def test_a_summary_that_cannot_be_written_is_one_clear_line(here, monkeypatch, capfd):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "nowhere/summary.md"))
    assert run("audit", "policies", "--format", "github") == ExitCode.ERROR
    assert "GITHUB_STEP_SUMMARY" in capfd.readouterr().err


def test_the_page_on_reports_lists_every_format_with_its_endings():
    page = (Path(__file__).parents[2] / "docs/reports.md").read_text("utf-8")
    for format in FORMATS:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{format}` |")]
        for ending in re.findall(r"`\.([\w.]+)`", line.split("|")[2]):
            assert format_for(f"report.{ending}") == format
