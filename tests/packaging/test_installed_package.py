"""The package as somebody else gets it: a wheel, and an editable install, each used from another folder."""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The sources alone, so that nothing of this checkout helps."""
    folder = tmp_path_factory.mktemp("sources") / "policy-auditor"
    folder.mkdir()
    for name in ("auditor", "rules"):
        shutil.copytree(
            ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def environment(folder: Path) -> Path:
    """A fresh environment that sees the libraries of this one, but not its installation of the package."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    inside = next((folder / "lib").glob("python*")) / "site-packages"
    (inside / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def install(binaries: Path, *what: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(binaries / "python"),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run(
        [*command, "--ignore-installed", "--no-build-isolation", *what], check=True, capture_output=True
    )


def works(binaries: Path, away: Path, home: Path) -> None:
    def run(*command: str) -> str:
        done = subprocess.run(
            [str(binaries / command[0]), *command[1:]], cwd=away, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    found = Path(run("python", "-c", "import auditor; print(auditor.__file__)").strip())
    assert found.is_relative_to(home)
    assert "customer-focus" in run("auditor", "rules", "list")
    assert '"properties"' in run("auditor", "schema", "config")
    run("auditor", "init", "new")
    assert (away / "new/auditor.toml").exists()


def test_the_wheel_works_elsewhere_with_its_rules_inside(copy, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    rules = [path.relative_to(copy / "rules").as_posix() for path in (copy / "rules").rglob("*.yaml")]
    assert rules
    assert not {f"auditor/_packs/{name}" for name in rules} - set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    binaries = environment(tmp_path / "venv")
    install(binaries, str(wheel))
    works(binaries, tmp_path, tmp_path / "venv")


def test_an_editable_install_works_elsewhere(copy, tmp_path):
    binaries = environment(tmp_path / "venv")
    install(binaries, "-e", str(copy))
    works(binaries, tmp_path, copy)
