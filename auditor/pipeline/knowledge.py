"""Packs by name or folder, joined into one and fitted to the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import auditor
from auditor.errors import ConfigError
from auditor.model.rule import Phrasing, Rule, RulePack
from auditor.packs import load_pack, pack_folder
from auditor.pipeline import cache as caching
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.joining import check_needs, joined_frames
from auditor.pipeline.selection import matches, problem, split
from auditor.pipeline.settings import DEFAULT_PACK, Settings
from auditor.text.suggest import suggestion

BUILT_IN = Path(auditor.__file__).parent / "_packs"
WORDINGS = "report.yaml"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The packs as loaded, their union as the settings want it, and the wordings of reports (plain data)."""

    packs: tuple[RulePack, ...]
    pack: RulePack
    wordings: Mapping[str, Any]


def is_built_in(source: str) -> bool:
    """Whether a pack comes with the program and is trusted to compile."""
    return pack_folder(source).resolve().is_relative_to(BUILT_IN.resolve())


def digest(source: str) -> str:
    """A hash over every file of a pack."""
    folder = pack_folder(source)
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*.y*ml")):
        total.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _wordings(source: str) -> Mapping[str, Any]:
    import yaml

    for folder in (pack_folder(source), BUILT_IN / DEFAULT_PACK):
        file = folder / WORDINGS
        if file.is_file():
            loaded = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
            return loaded if isinstance(loaded, dict) else {}
    return {}


def load(source: str, store: ResultCache, *, examples: bool = False) -> RulePack:
    """A pack, from the cache where its files have not changed. Raises ConfigError or PackError."""
    name = caching.key("pack", digest(source), str(pack_folder(source)), examples)
    found = store.get(name)
    if isinstance(found, RulePack):
        return found
    pack = load_pack(source, examples=examples)
    store.put(name, pack)
    return pack


def union(packs: tuple[RulePack, ...]) -> RulePack:
    """Several packs as one; rules of a later pack replace those of the same id, word lists are added up, frames
    that extend another are joined with it.
    """
    if len(packs) == 1 and not any("extends" in frame for frame in packs[0].frames):
        return packs[0]
    rules: dict[str, Rule] = {rule.id: rule for pack in packs for rule in pack.rules}
    vocabulary: dict[str, tuple[str, ...]] = {}
    for pack in packs:
        for name, words in pack.vocabulary.items():
            vocabulary[name] = tuple(dict.fromkeys((*vocabulary.get(name, ()), *words)))
    dimensions = {d.id: d for pack in reversed(packs) for d in pack.dimensions}
    order = dict.fromkeys(d.id for pack in packs for d in pack.dimensions)
    return replace(
        packs[0],
        id="+".join(pack.id for pack in packs),
        version="+".join(pack.version for pack in packs),
        sha256=hashlib.sha256("".join(pack.sha256 for pack in packs).encode()).hexdigest(),
        dimensions=tuple(dimensions[name] for name in order),
        rules=tuple(rules.values()),
        vocabulary=vocabulary,
        frames=joined_frames(packs),
        options={key: value for pack in reversed(packs) for key, value in pack.options.items()},
        phrasing=_phrasings([pack.phrasing for pack in packs]),
    )


def _phrasings(several: Sequence[Phrasing]) -> Phrasing:
    """Guides of a later pack replace those of the same rule; word lists are added up; the first fallbacks hold."""
    words: dict[str, tuple[str, ...]] = {}
    for name, entries in (pair for one in several for pair in one.words.items()):
        words[name] = tuple(dict.fromkeys((*words.get(name, ()), *entries)))
    tables: dict[str, dict[str, str]] = {}
    for name, pairs in (pair for one in several for pair in one.tables.items()):
        tables.setdefault(name, {}).update(pairs)
    guides = {rule: guide for one in several for rule, guide in one.guides.items()}
    return Phrasing(guides, next((o.fallback for o in several if o.fallback), ()), words, tables)


def problems(settings: Settings, pack: RulePack) -> tuple[tuple[str, str], ...]:
    """Pairs of the offending word and what is wrong with it: selectors, thresholds and word lists the pack
    does not know.
    """
    selectors = (*settings.select, *settings.ignore, *(name for name, _ in settings.severities))
    found = [(selector, text) for selector in selectors if (text := problem(selector, pack))]
    for kind, names, known in (
        ("threshold", settings.thresholds, pack.options),
        ("word list", settings.vocabulary, pack.vocabulary),
    ):
        found += [
            (name, f'unknown {kind} "{name}"{suggestion(name, known)}')
            for name, _ in names
            if name not in known
        ]
    found += [
        (name, f'threshold "{name}" takes a number, not "{value}"')
        for name, value in settings.thresholds
        if isinstance(pack.options.get(name), int | float) and not isinstance(value, int | float)
    ]
    return tuple(found)


def _severed(rule: Rule, settings: Settings) -> Rule:
    for selector, severity in settings.severities:
        if not matches(split(selector)[0], rule.id):
            continue
        scope = split(selector)[1]
        if scope:
            by_scope = (*(pair for pair in rule.severity_by_scope if pair[0] != scope), (scope, severity))
            rule = replace(rule, severity_by_scope=by_scope)
        else:
            rule = replace(rule, severity=severity, severity_by_scope=())
    return rule


def fitted(pack: RulePack, settings: Settings) -> RulePack:
    """The pack with the settings' severities, thresholds and additions to its word lists."""
    vocabulary = dict(pack.vocabulary)
    for name, words in settings.vocabulary:
        vocabulary[name] = tuple(dict.fromkeys((*vocabulary.get(name, ()), *(w.lower() for w in words))))
    return replace(
        pack,
        rules=tuple(_severed(rule, settings) for rule in pack.rules) if settings.severities else pack.rules,
        vocabulary=vocabulary if settings.vocabulary else pack.vocabulary,
        options={**pack.options, **dict(settings.thresholds)} if settings.thresholds else pack.options,
    )


def knowledge(settings: Settings, store: ResultCache) -> Knowledge:
    """What the settings' packs say. Raises ConfigError for words the packs do not know, PackError for broken
    packs.
    """
    packs = tuple(load(source, store) for source in settings.packs)
    pack = union(packs)
    check_needs(packs, pack.frames)
    wrong = problems(settings, pack)
    if wrong:
        raise ConfigError("\n".join(f"{settings.origin(word)}{text}" for word, text in wrong))
    return Knowledge(packs, fitted(pack, settings), _wordings(settings.packs[0]))
