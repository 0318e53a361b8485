"""From the paths somebody names to the documents to audit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from auditor.model.report import Skipped
from auditor.pipeline.settings import Source

STDIN = "-"
IGNORE_FILES = (".gitignore", ".auditorignore")
_NEVER = frozenset({"node_modules", "__pycache__"})
_OWN = frozenset({"auditor.toml", "auditor-baseline.json", "auditor-waivers.toml"})
_SAVE_AS = frozenset({".doc", ".odt", ".rtf", ".pages", ".wpd"})


@dataclass(frozen=True, slots=True)
class Collected:
    """The documents found, in the order of their paths, and what was passed over."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Ignore:
    """Patterns in gitignore syntax that hold below ``base``."""

    base: Path
    spec: Any

    def verdict(self, path: Path, folder: bool) -> bool | None:
        try:
            inside = path.relative_to(self.base).as_posix()
        except ValueError:
            return None
        verdict: bool | None = self.spec.check_file(inside + "/" * folder).include
        return verdict


def _patterns(base: Path, lines: Iterable[str]) -> _Ignore:
    import pathspec

    return _Ignore(base, pathspec.GitIgnoreSpec.from_lines(lines))


def _of_folder(folder: Path) -> tuple[_Ignore, ...]:
    found = []
    for name in IGNORE_FILES:
        file = folder / name
        if file.is_file():
            found.append(_patterns(folder, file.read_text("utf-8", "replace").splitlines()))
    return tuple(found)


def _of_parents(folder: Path) -> tuple[_Ignore, ...]:
    """The ignore files above a folder, outermost first, up to the root of its git repository."""
    chain: list[Path] = []
    for parent in folder.parents if not (folder / ".git").exists() else ():
        chain.append(parent)
        if (parent / ".git").exists():
            return tuple(rule for one in reversed(chain) for rule in _of_folder(one))
    return ()


def _ignored(path: Path, folder: bool, rules: Iterable[_Ignore]) -> bool:
    verdict = False
    for rule in rules:
        said = rule.verdict(path, folder)
        verdict = verdict if said is None else said
    return verdict


def _walk(folder: Path, rules: tuple[_Ignore, ...]) -> Iterator[Path]:
    """Absolute paths of the files below a folder that are neither hidden nor ignored, sorted."""
    rules = (*rules, *_of_folder(folder))
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        path = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") or entry.name in _NEVER or _ignored(path, is_folder, rules):
            continue
        if is_folder:
            yield from _walk(path, rules)
        elif entry.is_file():
            yield path


def _unsupported(path: str) -> Skipped:
    ending = PurePath(path).suffix.lower()
    advice = "; save it as .docx or .pdf to have it audited" if ending in _SAVE_AS else ""
    return Skipped(
        path, f"not a kind of document that is audited ({ending or 'no ending'}){advice}", error=False
    )


def collect(
    paths: Iterable[str],
    *,
    endings: Iterable[str],
    stdin: bytes | None = None,
    stdin_name: str = "<stdin>",
    exclude: tuple[tuple[Path, tuple[str, ...]], ...] = (),
    force_exclude: bool = False,
) -> Collected:
    """The documents behind files, folders (all below them, sorted) and ``-``.

    ``endings`` are those audited within folders; a file that is named is always tried. ``exclude`` holds
    patterns in gitignore syntax with the folder they are relative to; like ``.gitignore`` and
    ``.auditorignore`` they hold within folders, and with ``force_exclude`` for named files too. Names that
    lead nowhere come back as errors.
    """
    known = frozenset(endings)
    extra = tuple(_patterns(base.resolve(), lines) for base, lines in exclude if lines)
    sources: dict[str, Source] = {}
    skipped: dict[str, Skipped] = {}
    for name in paths:
        given = Path(name)
        if name == STDIN:
            sources[stdin_name] = Source(stdin_name, data=stdin if stdin is not None else b"")
        elif given.is_dir():
            root = given.resolve()
            for file in _walk(root, (*_of_parents(root), *extra)):
                shown = (given / file.relative_to(root)).as_posix()
                if file.name in _OWN:
                    continue
                if file.suffix.lower() in known:
                    sources[shown] = Source(shown)
                else:
                    skipped[shown] = _unsupported(shown)
        elif given.is_file():
            shown, real = given.as_posix(), given.resolve()
            rules = (*_of_parents(real), *extra) if force_exclude else ()
            if _ignored(real, False, rules):
                skipped[shown] = Skipped(shown, "excluded by configuration or an ignore file", error=False)
            else:
                sources[shown] = Source(shown)
        else:
            reason = "is neither a file nor a folder" if given.exists() else "no such file or folder"
            skipped[name] = Skipped(name, reason)
    return Collected(
        tuple(sources[path] for path in sorted(sources)),
        tuple(skipped[path] for path in sorted(skipped) if path not in sources),
    )
