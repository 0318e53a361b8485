"""Documents of a git revision: what changed since one, and the files as they were."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from auditor.errors import ConfigError
from auditor.pipeline.settings import Source


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ConfigError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConfigError(f"git {' '.join(arguments[:2])}: {said[-1] if said else 'failed'}")
    return done.stdout


def _names(output: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name]


def top(folder: Path) -> Path:
    """The root of the repository a folder is in. Raises ConfigError outside of one."""
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))


def is_revision(name: str, folder: Path) -> bool:
    """Whether git knows a commit by this name."""
    if name.startswith("-"):
        return False
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except ConfigError:
        return False
    return True


def changed_since(revision: str, folder: Path) -> frozenset[Path]:
    """Absolute paths of the files that differ from a revision, untracked ones included. Raises ConfigError."""
    if not is_revision(revision, folder):
        top(folder)
        raise ConfigError(f"--changed-since: git knows no commit {revision!r}; fetch it, or name another")
    root = top(folder)
    names = _names(_git(root, "diff", "--name-only", "-z", "--diff-filter=d", revision, "--"))
    names += _names(_git(root, "ls-files", "--others", "--exclude-standard", "-z"))
    return frozenset((root / name).resolve() for name in names)


def sources_at(revision: str, folder: Path, endings: Iterable[str]) -> tuple[Source, ...]:
    """The documents below a folder as they were at a revision, with paths relative to the folder."""
    known = frozenset(endings)
    listed = _names(_git(folder, "ls-tree", "-r", "--name-only", "-z", f"{revision}^{{commit}}", "."))
    wanted = [name for name in listed if PurePosixPath(name).suffix.lower() in known]
    prefix = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n")
    return tuple(
        Source(name, data=_git(folder, "show", f"{revision}:{prefix}{name}")) for name in sorted(wanted)
    )
