"""Configuration: the file nearest to a document, what it extends, and what holds for one path."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from auditor.errors import ConfigError
from auditor.pipeline.settings import FailOn, Settings
from auditor.text.suggest import suggestion

NAMES = (".auditor.toml", "auditor.toml", "pyproject.toml")
"""In the order in which they win within one folder."""
_TABLES = ("severities", "thresholds", "vocabulary")
_WORDS = ("select", "ignore", *_TABLES)
_PATHS = ("paths", "baseline", "waivers")
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Override:
    """Changes to the settings of documents whose path, relative to ``root``, matches one of ``paths``."""

    root: Path
    paths: tuple[str, ...]
    table: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration with all it extends. ``files`` are what it was made of, the last one winning; ``root``
    is the folder of that one, to which ``exclude`` is relative. The other paths are ready to use.
    """

    root: Path
    files: tuple[Path, ...] = ()
    settings: Settings = field(default_factory=Settings)
    fail_on: FailOn = "error"
    paths: tuple[str, ...] = ()
    exclude: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    baseline: str = ""
    waivers: str = ""
    overrides: tuple[Override, ...] = ()

    def for_path(self, path: str) -> Settings:
        """The settings of one document: overrides replace, but ``ignore`` and tables are added to."""
        settings = self.settings
        for override in self.overrides:
            if _covers(override, Path(path).resolve()):
                settings = apply(settings, override.table, add=True)
        return settings


def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("config.schema.json").read_text("utf-8"))
    return loaded


def _covers(override: Override, path: Path) -> bool:
    import pathspec

    if not path.is_relative_to(override.root):
        return False
    spec = pathspec.GitIgnoreSpec.from_lines(override.paths)
    return spec.match_file(path.relative_to(override.root).as_posix())


def apply(settings: Settings, table: Mapping[str, Any], *, add: bool = False) -> Settings:
    """Settings changed by a table of the file. ``add`` keeps what is ignored already."""
    changes: dict[str, Any] = {}
    for key in ("packs", "select", "ignore"):
        if key in table:
            changes[key] = tuple(table[key])
    if add and "ignore" in changes:
        changes["ignore"] = tuple(dict.fromkeys((*settings.ignore, *changes["ignore"])))
    for key in ("min-confidence", "min-coverage", "revisions"):
        if key in table:
            changes[key.replace("-", "_")] = table[key]
    for key in ("severities", "thresholds"):
        if key in table:
            changes[key] = tuple({**dict(getattr(settings, key)), **table[key]}.items())
    if "vocabulary" in table:
        words = dict(settings.vocabulary)
        for name, more in table["vocabulary"].items():
            words[name] = (*words.get(name, ()), *more)
        changes["vocabulary"] = tuple(words.items())
    return replace(settings, **changes)


def line_of(text: str, keys: Iterable[str | int], prefix: tuple[str, ...] = ()) -> int:
    """The line (from 1) of a key, or of a word in a list, of a TOML text; the nearest enclosing line
    otherwise.
    """
    wanted = [*prefix, *(str(key) for key in keys if not isinstance(key, int))]
    best, depth, table = 1, 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = [part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|[^.]+', header.group(1))]
            here = table
        else:
            key = re.match(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", line)
            here = [*table, key.group(1).strip("\"'")] if key else []
        common = 0
        while common < min(len(here), len(wanted)) and here[common] == wanted[common]:
            common += 1
        if here and common == len(here) and common > depth:
            best, depth = number, common
    if depth < len(wanted):
        for number, line in enumerate(text.splitlines()[best - 1 :], best):
            if re.search(rf"""["']?{re.escape(wanted[-1])}["']?""", line):
                return number
    return best


def _complaints(table: Mapping[str, Any], text: str, where: str, prefix: tuple[str, ...]) -> Iterator[str]:
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema()).iter_errors(dict(table))
    for error in sorted(errors, key=lambda e: [str(part) for part in e.absolute_path]):
        path = list(error.absolute_path)
        if error.validator == "additionalProperties" and error.schema.get("additionalProperties") is False:
            known = error.schema["properties"]
            for key in (k for k in error.instance if k not in known):
                line = line_of(text, [*path, key], prefix)
                yield f'{where}:{line}: unknown key "{key}"{suggestion(key, known)}'
            continue
        name = ".".join(str(part) for part in path) or "the configuration"
        hint = (
            suggestion(str(error.instance), map(str, error.validator_value))
            if error.validator == "enum"
            else ""
        )
        yield f"{where}:{line_of(text, path, prefix)}: {name}: {error.message}{hint}"


def _table(file: Path) -> tuple[Mapping[str, Any], str, tuple[str, ...]]:
    """The configuration in a file, its text, and the keys above it."""
    try:
        text = file.read_text("utf-8")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{_shown(file)}: is not valid TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{_shown(file)}: cannot be read: {error}") from error
    if file.name == "pyproject.toml":
        return data.get("tool", {}).get("auditor", {}), text, ("tool", "auditor")
    return data, text, ()


def _shown(file: Path) -> str:
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _origins(
    table: Mapping[str, Any], text: str, where: str, prefix: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for key in _WORDS:
        for word in table.get(key, ()):
            yield word, f"{where}:{line_of(text, (key, word), prefix)}"
    for one in table.get("overrides", ()):
        for key in _WORDS:
            for word in one.get(key, ()):
                yield word, f"{where}:{line_of(text, ('overrides', key, word), prefix)}"


def load_config(file: Path, above: tuple[Path, ...] = (), start: Config | None = None) -> Config:
    """A configuration file with all it extends, over ``start``. Raises ConfigError with every located
    mistake.
    """
    file = file.resolve()
    where = _shown(file)
    if file in above:
        raise ConfigError(f"{where}: extends itself, by way of {', '.join(_shown(one) for one in above)}")
    table, text, prefix = _table(file)
    wrong = tuple(_complaints(table, text, where, prefix))
    if wrong:
        raise ConfigError("\n".join(wrong))
    extended = table.get("extend", ())
    config = start or Config(root=file.parent)
    for name in (extended,) if isinstance(extended, str) else extended:
        base = file.parent / name
        if not base.is_file():
            line = line_of(text, ("extend",), prefix)
            raise ConfigError(f"{where}:{line}: extends {name}, which does not exist")
        config = load_config(base, (*above, file), config)
    return _with(config, file, _rooted(table, file.parent), tuple(_origins(table, text, where, prefix)))


def _rooted(table: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
    """The table with its paths made relative to the working folder, packs that are folders included."""

    def placed(name: str) -> str:
        return _shown((folder / name).resolve())

    changed = dict(table)
    if "packs" in table:
        changed["packs"] = [
            placed(p) if "/" in p or (folder / p / "pack.yaml").is_file() else p for p in table["packs"]
        ]
    for key in _PATHS:
        if key in table:
            changed[key] = [placed(p) for p in table[key]] if key == "paths" else placed(table[key])
    return changed


def _with(
    config: Config, file: Path, table: Mapping[str, Any], origins: tuple[tuple[str, str], ...]
) -> Config:
    settings = apply(config.settings, table)
    own = tuple(
        Override(
            file.parent,
            tuple(one["paths"]),
            _rooted({key: value for key, value in one.items() if key != "paths"}, file.parent),
        )
        for one in table.get("overrides", ())
    )
    exclude = ((file.parent, tuple(table["exclude"])),) if "exclude" in table else ()
    return replace(
        config,
        root=file.parent,
        files=(*config.files, file),
        settings=replace(settings, origins=(*origins, *settings.origins)),
        fail_on=table.get("fail-on", config.fail_on),
        paths=tuple(table.get("paths", config.paths)),
        exclude=(*config.exclude, *exclude),
        baseline=table.get("baseline", config.baseline),
        waivers=table.get("waivers", config.waivers),
        overrides=(*config.overrides, *own),
    )


class ConfigFinder:
    """The configuration of each document: the nearest file upward, remembered by folder."""

    def __init__(self, fixed: Path | None = None) -> None:
        self._fixed = load_config(fixed) if fixed else None
        self._known: dict[Path, Config] = {}

    def near(self, folder: Path) -> Config:
        """The configuration for a folder. Raises ConfigError."""
        if self._fixed:
            return self._fixed
        folder = folder.resolve()
        if folder not in self._known:
            self._known[folder] = self._find(folder)
        return self._known[folder]

    def for_path(self, path: str) -> Settings:
        """The settings of one document. Raises ConfigError."""
        return self.near(Path(path).parent).for_path(path)

    def _find(self, folder: Path) -> Config:
        for name in NAMES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or _table(file)[0]):
                return load_config(file)
        return Config(root=folder) if folder.parent == folder else self.near(folder.parent)
