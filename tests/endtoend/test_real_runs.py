"""The command as people use it, all stages real, in processes of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor import language, reporting

ROOT = Path(__file__).parents[2]
AUDITOR = str(Path(sys.executable).with_name("auditor"))

pytestmark = pytest.mark.skipif(
    not hasattr(language, "load_language") or not hasattr(reporting, "render"),
    reason="a stage is not there yet",
)


@pytest.fixture
def policies(tmp_path):
    """A folder with the sample policies."""
    folder = tmp_path / "policies"
    shutil.copytree(ROOT / "sample_policies", folder)
    (folder / "README.md").unlink()
    return folder


@pytest.fixture
def run(tmp_path):
    def call(*arguments, cwd=tmp_path, **environment):
        env = {**os.environ, "AUDITOR_CACHE_DIR": str(tmp_path / "cache"), **environment}
        return subprocess.run(
            [AUDITOR, *arguments], cwd=cwd, env=env, capture_output=True, timeout=300, check=False
        )

    return call


def test_every_way_of_running_gives_the_same_bytes(policies, run):
    alone = run("audit", "policies", "--format", "json", "--no-cache", "--jobs", "1")
    assert json.loads(alone.stdout)["documents"]
    together = run("audit", "policies", "--format", "json", "--jobs", "2")
    recalled = run("audit", "policies", "--format", "json", "--jobs", "2")
    assert together.stdout == alone.stdout
    assert recalled.stdout == alone.stdout
    assert {together.returncode, recalled.returncode} == {alone.returncode}


def test_bad_inputs_cost_one_line_each_and_nothing_else(policies, run):
    (policies / "empty.md").write_bytes(b"")
    (policies / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (policies / "broken.docx").write_bytes(b"PK\x03\x04" + bytes(50))
    done = run("audit", "policies", "missing.md", "--format", "json")
    assert done.returncode == 2
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("error:")]
    assert len(lines) == 4
    assert b"Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert len(report["documents"]) == len(
        [p for p in (ROOT / "sample_policies").iterdir() if p.name not in ("README.md", ".auditorignore")]
    )
    assert {"missing.md", "policies/broken.docx"} <= {s["path"] for s in report["skipped"]}


def test_a_pack_that_is_wrong_is_refused_with_its_place(run, tmp_path):
    (tmp_path / "pack/empowerment").mkdir(parents=True)
    (tmp_path / "pack/pack.yaml").write_text("id: p\nversion: 1.0.0\ntitle: P\ndimensions: []\nsurprise: 1\n")
    (tmp_path / "a.md").write_text("Text.")
    done = run("audit", "a.md", "--packs", "./pack")
    assert done.returncode == 2
    assert b"pack/pack.yaml:5" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_whole_proof_of_a_finding(policies, run):
    found = json.loads(run("audit", "policies/memo-new-counter-rules.txt", "--format", "json").stdout)[
        "findings"
    ]
    assert found
    done = run("why", found[0]["id"], "policies/memo-new-counter-rules.txt")
    assert done.returncode == 0
    assert found[0]["rule"].encode() in done.stdout


@pytest.mark.precommit
def test_the_hook_of_the_starting_set_stops_a_commit(run, tmp_path):
    work = tmp_path / "repo"
    work.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "AUDITOR_CACHE_DIR": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{
            f"GIT_{who}_{what}": "t@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def call(*command):
        return subprocess.run(
            command, cwd=work, env=environment, capture_output=True, text=True, timeout=200, check=False
        )

    call("git", "init", "-q")
    assert run("init", cwd=work).returncode == 0
    assert call("pre-commit", "install").returncode == 0
    (work / "good.md").write_text("# Service\n\nYou may refund any customer on your own judgement.\n")
    call("git", "add", ".")
    done = call("git", "commit", "-m", "good")
    assert done.returncode == 0, done.stdout + done.stderr
    (work / "bad.md").write_text(
        "# Refunds\n\nEmployees must obtain approval from their manager before giving a customer a refund.\n"
    )
    call("git", "add", ".")
    done = call("git", "commit", "-m", "bad")
    assert done.returncode == 1
    assert "empowerment/mandatory-approval" in done.stdout + done.stderr
