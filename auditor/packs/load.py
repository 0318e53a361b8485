"""Pack folders loaded, checked and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from auditor.errors import PackError
from auditor.model.rule import Rule, RulePack
from auditor.packs.check import check_pack, check_rule
from auditor.packs.convert import to_dimensions, to_rule
from auditor.packs.rewriting import read_phrasing
from auditor.packs.source import Source, read_source, suggest, without_examples
from auditor.packs.vocabulary import read_vocabulary

_VOCABULARY = "vocabulary"
_FRAMES = "frames"
_REWRITING = "rewriting"


def _builtin_root() -> Path:
    return Path(str(resources.files("auditor"))) / "_packs"


def builtin_packs() -> tuple[str, ...]:
    """Names of the packs that come with this package."""
    root = _builtin_root()
    return tuple(sorted(path.parent.name for path in root.glob("*/pack.yaml")))


def pack_folder(source: str | Path) -> Path:
    """The folder of a built-in pack's name or of a path; raises PackError if it holds no ``pack.yaml``."""
    if isinstance(source, str) and source in builtin_packs():
        return _builtin_root() / source
    folder = Path(source)
    if folder.name == "pack.yaml" and folder.is_file():
        folder = folder.parent
    if not (folder / "pack.yaml").is_file():
        known = suggest(str(source), builtin_packs())
        raise PackError(
            (f"{source}:1:1: no pack here: neither a built-in pack nor a folder with a pack.yaml{known}",)
        )
    return folder


def load_pack(source: str | Path, *, examples: bool = False) -> RulePack:
    """Load a pack by built-in name or folder; raises PackError with every located mistake.

    Examples are parsed only when asked for. Built-in packs, which the tests have checked, skip the schemas
    then,
    unless they do not convert.
    """
    folder = pack_folder(source)
    files = _files(folder)
    trusted = isinstance(source, str) and source in builtin_packs() and not examples
    if trusted:
        try:
            return _load(folder, files, examples, checked=False)
        except (PackError, KeyError, TypeError, ValueError, AttributeError):
            pass
    return _load(folder, files, examples, checked=True)


def _files(folder: Path) -> Mapping[str, bytes]:
    """The pack's YAML files by their path within it, sorted."""
    paths = sorted(folder.rglob("*.yaml"), key=lambda path: path.relative_to(folder).as_posix())
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    except OSError as error:
        raise PackError((f"{error.filename}:1:1: cannot be read: {error.strerror}",)) from error


def _sha256(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _source(folder: Path, name: str, content: bytes, examples: bool = True) -> Source:
    path = (folder / name).as_posix()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Source(path, problems=[f"{path}:{line}:1: is not UTF-8"])
    return read_source(text if examples else without_examples(text), path)


def _load(folder: Path, files: Mapping[str, bytes], examples: bool, checked: bool) -> RulePack:
    head = _source(folder, "pack.yaml", files["pack.yaml"])
    sources: list[Source] = [head]
    if checked and not head.problems:
        check_pack(head)
    if head.problems:
        raise PackError(tuple(head.problems))
    dimensions = to_dimensions(head.data)
    names = _sorted_names(files)
    vocabulary = [_source(folder, name, files[name]) for name in names[_VOCABULARY]]
    words = read_vocabulary(source for source in vocabulary if not source.problems)
    frames = [_source(folder, name, files[name]) for name in names[_FRAMES]]
    mappings = [
        one for name, source in zip(names[_FRAMES], frames, strict=True) for one in _frames(source, name)
    ]
    rules, rule_sources = _rules(
        folder, files, names["rules"], [one.id for one in dimensions], examples=examples, checked=checked
    )
    rewriting = [_source(folder, name, files[name]) for name in names[_REWRITING]]
    phrasing = read_phrasing(source for source in rewriting if not source.problems)
    sources += [*vocabulary, *frames, *rewriting, *rule_sources]
    problems = tuple(problem for source in sources for problem in source.problems)
    if problems:
        raise PackError(problems)
    data = head.data
    return RulePack(
        id=data["id"],
        version=str(data["version"]),
        title=data["title"],
        sha256=_sha256(files),
        dimensions=dimensions,
        rules=tuple(rules),
        vocabulary=words,
        frames=tuple(mappings),
        options={"source": data.get("source", ""), **data.get("options", {})},
        phrasing=phrasing,
    )


def _sorted_names(files: Mapping[str, bytes]) -> Mapping[str, Sequence[str]]:
    """Names of vocabulary, frame, rewriting and rule files; other files at the root belong to other stages."""
    sorted_: dict[str, list[str]] = {_VOCABULARY: [], _FRAMES: [], _REWRITING: [], "rules": []}
    for name in files:
        top, _, rest = name.partition("/")
        if rest:
            sorted_[top if top in sorted_ and top != "rules" else "rules"].append(name)
    return sorted_


def _frames(source: Source, name: str) -> Sequence[Mapping[str, Any]]:
    data = source.data if isinstance(source.data, list) else [source.data]
    mappings = []
    for index, one in enumerate(data):
        if isinstance(one, Mapping):
            mappings.append({**one, "path": name})
        elif one is not None:
            source.problem((index,), "a frame file holds a mapping or a list of mappings")
    return mappings


def _rules(
    folder: Path,
    files: Mapping[str, bytes],
    names: Sequence[str],
    dimensions: Sequence[str],
    *,
    examples: bool,
    checked: bool,
) -> tuple[list[Rule], list[Source]]:
    rules, sources = [], []
    for name in names:
        source = _source(folder, name, files[name], examples)
        sources.append(source)
        if name.count("/") != 1:
            source.problems.append(f"{source.path}:1:1: rules stand in <dimension>/<rule>.yaml, no deeper")
        elif checked and not source.problems:
            check_rule(source)
        if not source.problems:
            rules.append(to_rule(source, name, dimensions, examples))
    return rules, sources
