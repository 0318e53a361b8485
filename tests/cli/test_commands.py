import json
import os
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.cli.exits import ExitCode

pytestmark = pytest.mark.usefixtures("word_language")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, tiny_pack):
    """A folder of policies with the tiny pack, and a renderer that tells what it was asked."""
    from auditor import reporting
    from auditor.errors import RenderError

    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("AUDITOR_CACHE_DIR", str(tmp_path / "cache"))
    (work / "auditor.toml").write_text('packs = ["../tiny-pack"]\n')
    (work / "bad.md").write_text("A refund needs approval.\n")
    (work / "good.md").write_text("You may refund.\n")

    def render(report, format, **options):
        rules = [e.finding.rule for d in report.documents for e in d.entries]
        if format == "json":
            findings = [
                {
                    "id": e.finding.id,
                    "rule": e.finding.rule,
                    "severity": "error",
                    "confidence": "high",
                    "status": "active",
                    "message": e.finding.message,
                    "evidence": {"text": e.finding.evidence, "spans": []},
                    "location": {"path": d.tree.document.path, "line": 1},
                    "trace": [{"stratum": "clauses", "name": "n", "premises": ["f0"], "text": "said so"}],
                    "guard": {"kind": "legal", "cue": "law", "reach": "clause", "part": 0},
                    "rewrite": {"text": "Do it.", "applicability": "ready"},
                }
                for d in report.documents
                for e in d.entries
            ]
            return json.dumps({"findings": findings, "skipped": [s.path for s in report.skipped]})
        return f"{format}: {' '.join(rules)}\n"

    def format_for(path):
        ending = str(path).rpartition(".")[2]
        if ending not in ("json", "md"):
            raise RenderError(f"{path}: no format has this ending")
        return {"json": "json", "md": "markdown"}[ending]

    monkeypatch.setattr(reporting, "FORMATS", ("terminal", "json", "markdown"), raising=False)
    monkeypatch.setattr(reporting, "render", render, raising=False)
    monkeypatch.setattr(reporting, "format_for", format_for, raising=False)
    return work


def run(*arguments):
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return stop.value.code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["audit", "good.md"], ExitCode.CLEAN),
        (["audit", "bad.md"], ExitCode.FINDINGS),
        (["audit"], ExitCode.FINDINGS),
        (["audit", "bad.md", "--exit-zero"], ExitCode.CLEAN),
        (["audit", "bad.md", "--fail-on", "never"], ExitCode.CLEAN),
        (["audit", "bad.md", "--ignore", "empowerment"], ExitCode.CLEAN),
        (["audit", "bad.md", "missing.md"], ExitCode.ERROR),
        (["audit", "good.md", "--select", "no/such"], ExitCode.ERROR),
        (["audit", "good.md", "--format", "jsn"], ExitCode.ERROR),
        (["audit", "good.md", "--packs", "nowhere"], ExitCode.ERROR),
        (["audit", "good.md", "--no-such-option"], ExitCode.ERROR),
        (["audti"], ExitCode.ERROR),
        (["audit", "empty"], ExitCode.NO_INPUTS),
        (["rules", "test"], ExitCode.CLEAN),
        (["rules", "test", "no/such"], ExitCode.ERROR),
    ],
)
def test_exit_codes(here, arguments, code):
    (here / "empty").mkdir()
    assert run(*arguments) == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["audti"], 'no command "audti" (did you mean "audit"?)'),
        (["audit", "good.md", "--format", "jsn"], 'did you mean "json"'),
        (
            ["audit", "good.md", "--select", "empowerment/need-approval"],
            'did you mean "empowerment/needs-approval"',
        ),
        (["audit", "missing.md"], "missing.md: no such file or folder"),
        (["audit", "good.md", "-o", "x.abc"], "x.abc: no format has this ending"),
        (["why", "ffff", "bad.md"], "no finding ffff"),
    ],
)
def test_one_clear_line_on_stderr_and_no_traceback(capfd, arguments, says):
    assert run(*arguments) == ExitCode.ERROR
    out, err = capfd.readouterr()
    assert says in err
    assert "Traceback" not in out + err


def test_data_goes_to_stdout_alone(capfd):
    run("audit", "--format", "json", "missing.md", "bad.md")
    out, err = capfd.readouterr()
    assert json.loads(out)["skipped"] == ["missing.md"]
    assert "missing.md" in err


def test_several_reports_in_one_run(here, capfd):
    assert run("audit", "bad.md", "-o", "out/r.json", "-o", "r.md") == ExitCode.FINDINGS
    assert json.loads((here / "out/r.json").read_text())["findings"]
    assert (here / "r.md").read_text().startswith("markdown: empowerment/needs-approval")
    assert capfd.readouterr().out == ""
    assert not [name for name in os.listdir(here) if name.startswith(".r.md")]


def test_a_report_never_overwrites_an_input(here, capfd):
    assert run("audit", "bad.md", "-o", "./bad.md") == ExitCode.ERROR
    assert run("audit", ".", "-o", "good.md") == ExitCode.ERROR
    assert (here / "bad.md").read_text() == "A refund needs approval.\n"
    assert (here / "good.md").read_text() == "You may refund.\n"
    assert "choose another name" in capfd.readouterr().err


def test_a_failed_write_leaves_the_old_report(here, monkeypatch):
    from auditor.cli import output

    (here / "r.json").write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.os, "replace", full)
    assert run("audit", "good.md", "-o", "r.json") == ExitCode.ERROR
    assert (here / "r.json").read_text() == "old"
    assert sorted(p.name for p in here.iterdir() if p.name.startswith(".r")) == []


def test_stdin_by_name(monkeypatch, capfd):
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"A refund needs approval.\n")))
    assert run("audit", "-", "--stdin-filename", "memo.md", "--format", "json") == ExitCode.FINDINGS
    assert json.loads(capfd.readouterr().out)["findings"][0]["location"]["path"] == "memo.md"


def test_a_defect_is_one_line_and_a_traceback_only_with_debug(monkeypatch, capfd):
    from auditor.pipeline import collecting

    def defect(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(collecting, "collect", defect)
    assert run("audit", "good.md") == ExitCode.ERROR
    assert "defect in this program: RuntimeError: boom" in capfd.readouterr().err
    with pytest.raises(RuntimeError, match="boom"):
        main(["audit", "good.md", "--debug"])


def test_an_interrupt_is_no_traceback(monkeypatch, capfd):
    from auditor.pipeline import collecting

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(collecting, "collect", stop)
    assert run("audit", "good.md") == ExitCode.INTERRUPTED
    assert capfd.readouterr().err.strip() == "interrupted"


def test_why_tells_the_proof_from_documents_and_from_a_report(here, capfd):
    run("audit", "bad.md", "-o", "r.json")
    name = json.loads((here / "r.json").read_text())["findings"][0]["id"]
    capfd.readouterr()
    assert run("why", name[:6], "bad.md") == ExitCode.CLEAN
    first = capfd.readouterr().out
    for words in (
        "said so",
        "[f0]",
        "legal, for 'law' in the clause",
        "instead (ready): Do it.",
        "bad.md, line 1",
    ):
        assert words in first
    assert run("why", name, "r.json") == ExitCode.CLEAN
    assert capfd.readouterr().out == first


def test_clauses_and_facts_as_text_and_json(capfd):
    assert run("clauses", "bad.md") == ExitCode.CLEAN
    assert "A refund needs approval." in capfd.readouterr().out
    run("clauses", "bad.md", "--format", "json")
    assert json.loads(capfd.readouterr().out)["clauses"][0]["location"]["line"] == 1
    run("facts", "bad.md", "--format", "json")
    assert json.loads(capfd.readouterr().out)["facts"][0]["fields"]["polarity"] == "required"
    run("facts", "bad.md")
    assert "approval[0] polarity=required" in capfd.readouterr().out


def test_rewrite_of_one_clause(capfd):
    assert run("rewrite", "A refund needs approval.") == ExitCode.CLEAN
    assert "empowerment/needs-approval" in capfd.readouterr().out
    run("rewrite", "Smile.")
    assert "nothing found" in capfd.readouterr().out
    assert run("rewrite") == ExitCode.ERROR


def test_rules_are_listed_shown_begun_and_documented(here, tiny_pack, capfd):
    run("rules", "list")
    assert "empowerment/needs-approval" in capfd.readouterr().out
    run("rules", "show", "empowerment/needs-approval")
    assert "A customer waits" in capfd.readouterr().out
    assert run("rules", "docs") == ExitCode.CLEAN
    assert "A refund needs approval." in (here / "docs/rules/empowerment/needs-approval.md").read_text()
    assert run("rules", "docs", "--check") == ExitCode.CLEAN
    assert run("rules", "new", "voice/silence", "--pack", str(tiny_pack)) == ExitCode.CLEAN
    assert (tiny_pack / "voice/silence.yaml").exists()
    assert run("rules", "new", "voice/silence", "--pack", str(tiny_pack)) == ExitCode.ERROR


def test_stale_rule_pages_are_told(here):
    run("rules", "docs")
    (here / "docs/rules/index.md").write_text("old")
    assert run("rules", "docs", "--check") == ExitCode.FINDINGS


def test_init_writes_a_starting_set_and_overwrites_nothing(here, capfd):
    assert run("init", "new") == ExitCode.CLEAN
    assert {p.name for p in (here / "new").iterdir()} == {
        "auditor.toml",
        ".auditorignore",
        ".pre-commit-config.yaml",
    }
    assert run("init", ".") == ExitCode.CLEAN
    assert (here / "auditor.toml").read_text() == 'packs = ["../tiny-pack"]\n'
    assert "left as it is" in capfd.readouterr().err


def test_config_show_prints_what_holds(capfd):
    assert run("config", "show", "--format", "json") == ExitCode.CLEAN
    shown = json.loads(capfd.readouterr().out)
    assert [Path(pack).name for pack in shown["packs"]] == ["tiny-pack"]
    assert shown["fail-on"] == "error"


@pytest.mark.parametrize("name", ["config", "pack", "rule"])
def test_schemas_are_schemas(capfd, name):
    import jsonschema

    run("schema", name)
    jsonschema.Draft202012Validator.check_schema(json.loads(capfd.readouterr().out))


def test_after_says_that_the_text_is_the_same_rescored(capfd):
    assert run("audit", "bad.md", "--after", "--exit-zero") == ExitCode.CLEAN
    assert "The same text, rescored with 0 ready rewrite(s) taken" in capfd.readouterr().err
