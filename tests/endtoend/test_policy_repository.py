"""The whole life of a policy repository: first baseline, a pull request, a waiver and its end, a rename, a conversion."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

AUDITOR = str(Path(sys.executable).with_name("auditor"))
HANDBOOK = """# Refunds and exchanges

Every refund has to be approved by the duty manager.

Exchanges without a receipt are subject to the approval of the shop supervisor.

A parcel that is lost is replaced at once.
"""
ADDED = "\nYou must get your team leader's sign-off before you change a delivery slot.\n"


@pytest.fixture
def repository(tmp_path):
    work = tmp_path / "work"
    (work / "policies").mkdir(parents=True)
    (work / "policies/refunds.md").write_text(HANDBOOK)
    environment = {
        **os.environ,
        "AUDITOR_CACHE_DIR": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{
            f"GIT_{who}_{what}": "t@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def call(*command, **more):
        return subprocess.run(
            command, cwd=work, env={**environment, **more}, capture_output=True, text=True, timeout=200, check=False
        )  # fmt: skip

    call("git", "init", "-q", "-b", "main")
    return work, call


def commit(call, message):
    call("git", "add", "-A")
    done = call("git", "commit", "-q", "-m", message)
    assert done.returncode == 0, done.stderr


def test_the_whole_life_of_a_policy_repository(repository):
    work, call = repository
    assert call(AUDITOR, "init").returncode == 0
    assert call(AUDITOR, "audit").returncode == 1
    assert call(AUDITOR, "baseline", "create").returncode == 0
    assert call(AUDITOR, "baseline", "create").returncode == 2, "a baseline is never replaced in passing"
    assert call(AUDITOR, "audit").returncode == 0
    commit(call, "policies with their baseline")

    # A pull request adds an approval.
    file = work / "policies/refunds.md"
    file.write_text(HANDBOOK + ADDED)
    done = call(AUDITOR, "audit", "--changed-since", "HEAD", "--format", "markdown")
    assert done.returncode == 1
    assert "change a delivery slot" in done.stdout
    comment = call(AUDITOR, "compare", "HEAD", ".", "--format", "markdown")
    assert comment.returncode == 1
    assert "New findings" in comment.stdout
    assert "delivery slot" in comment.stdout
    assert "Could read" in comment.stdout
    refused = call(AUDITOR, "baseline", "update")
    assert refused.returncode == 1
    assert "not taken in" in refused.stderr

    # It is waived until the summer.
    report = json.loads(call(AUDITOR, "audit", "--format", "json").stdout)
    (new,) = [f for f in report["findings"] if f["status"] == "active"]
    given = ("--reason", "Drivers plan the day", "--owner", "Logistics")
    assert call(AUDITOR, "waive", new["id"], *given, "--review-by", "soon").returncode == 2
    done = call(AUDITOR, "waive", new["id"], *given, "--review-by", "2027-06-30")
    assert done.returncode == 0, done.stderr
    spring = {"SOURCE_DATE_EPOCH": "1798761600"}  # 2027-01-01
    assert call(AUDITOR, "audit", **spring).returncode == 0
    assert call(AUDITOR, "compare", "HEAD", ".", **spring).returncode == 0
    commit(call, "an approval, waived")
    autumn = {"SOURCE_DATE_EPOCH": "1822348800"}  # 2027-10-01
    done = call(AUDITOR, "audit", **autumn)
    assert done.returncode == 1
    assert "auditor-waivers.toml:1: This waiver was to be reviewed by 2027-06-30" in done.stderr

    # The file is renamed, then converted: nothing is new, nothing stale.
    call("git", "mv", "policies/refunds.md", "policies/money-back.md")
    assert call(AUDITOR, "audit", **spring).returncode == 0
    page = MarkdownIt().render((work / "policies/money-back.md").read_text())
    (work / "policies/money-back.md").unlink()
    (work / "policies/money-back.html").write_text(f"<html><body>{page}</body></html>")
    done = call(AUDITOR, "audit", **spring)
    assert done.returncode == 0, done.stdout + done.stderr
    done = call(AUDITOR, "baseline", "update", **spring)
    assert done.returncode == 0
    paths = {e["path"] for e in json.loads((work / "auditor-baseline.json").read_text())["entries"]}
    assert paths == {"policies/money-back.html"}

    # A clause is made better: the entry is stale until it is pruned.
    file = work / "policies/money-back.html"
    file.write_text(
        file.read_text().replace("Every refund has to be approved by the duty manager.", "You may refund.")
    )
    done = call(AUDITOR, "audit", **spring)
    assert done.returncode == 1
    assert "baseline prune" in done.stderr
    assert call(AUDITOR, "baseline", "prune", **spring).returncode == 0
    assert call(AUDITOR, "audit", **spring).returncode == 0
    shown = call(AUDITOR, "baseline", "show").stdout
    assert shown.count("empowerment/mandatory-approval") == 1


def test_two_folders_and_two_files_are_compared(repository, tmp_path):
    work, call = repository
    (work / "new").mkdir()
    (work / "new/refunds.md").write_text(HANDBOOK + ADDED)
    outputs = [str(tmp_path / name) for name in ("c.md", "c.json", "c.html")]
    done = call(AUDITOR, "compare", "policies", "new", *(part for o in outputs for part in ("-o", o)))
    assert done.returncode == 1
    data = json.loads(Path(outputs[1]).read_text())
    assert [len(d["findings"]["new"]) for d in data["documents"]] == [1]
    assert "delivery slot" in Path(outputs[0]).read_text()
    same = call(AUDITOR, "compare", "policies/refunds.md", "policies/refunds.md")
    assert same.returncode == 0
    assert "3 as they were" in same.stdout


def test_what_cannot_be_compared_is_said(repository):
    _, call = repository
    done = call(AUDITOR, "compare", "v0", "policies")
    assert done.returncode == 2
    assert "neither a file or folder nor a commit" in done.stderr
    assert call(AUDITOR, "audit", "--changed-since", "v0").returncode == 2
    assert call(AUDITOR, "audit", "--baseline", "none.json").returncode == 2
