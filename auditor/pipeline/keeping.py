"""Suppressions and baseline over all documents of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import LedgerError
from auditor.ledger import (
    BaselineEntry,
    Ratchet,
    Waiver,
    parse_baseline,
    parse_waivers,
    ratchet,
    suppress,
    waiver_notices,
)
from auditor.ledger.baseline import FILE_NAME as BASELINE_NAME
from auditor.model.finding import Finding
from auditor.model.location import Location
from auditor.model.report import Notice, Report, Suppression
from auditor.pipeline.stages import Examined

WAIVERS_NAME = "auditor-waivers.toml"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What an organisation has said of its findings.

    ``today`` (an ISO date; "" for a run in which nothing expires) decides what has expired. ``whole`` says
    that the run covers all documents that waivers can be about, ``narrowed`` that it leaves out rules, so
    that a missing finding proves no entry of the baseline stale.
    """

    waivers: tuple[Waiver, ...] = ()
    waivers_file: Path | None = None
    baseline: tuple[BaselineEntry, ...] = ()
    baseline_file: Path | None = None
    today: str = ""
    whole: bool = False
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """By document: suppressions by finding id, and fingerprints in the baseline; and what there is to say."""

    suppressed: tuple[Mapping[str, Suppression], ...]
    baselined: tuple[frozenset[str], ...]
    notices: tuple[Notice, ...]


def load_waivers(file: Path) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises LedgerError."""
    return parse_waivers(_text(file), shown(file))


def load_baseline(file: Path) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline. Raises LedgerError."""
    return parse_baseline(_text(file), shown(file))


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{shown(file)}: cannot be read: {error}") from error


def shown(file: Path) -> str:
    """A file as people see it from the working folder."""
    return Path(os.path.relpath(file)).as_posix()


def relative(path: str, file: Path) -> str:
    """A document's path as a ledger file beside it says it: relative to the file's folder."""
    return Path(os.path.relpath(Path(path).resolve(), file.resolve().parent)).as_posix()


def keep(examined: Sequence[Examined], keeping: Keeping) -> Kept:
    """Apply comments, waivers and baseline to the documents of a run, in their order."""
    notices: list[Notice] = []
    suppressed: list[Mapping[str, Suppression]] = []
    used: set[Waiver] = set()
    met: set[Waiver] = set()
    for one in examined:
        waivers = tuple(_about(keeping, one.tree.document.path))
        met |= {waiver for waiver in waivers if waiver.path}
        found = suppress(one.tree, one.conclusions.findings, one.comments, waivers, keeping.today)
        suppressed.append(found.by_finding)
        notices += found.notices
        used |= found.used
    for waiver in keeping.waivers:
        whole = (keeping.whole or waiver in met) and not keeping.narrowed
        notices += waiver_notices((waiver,), frozenset(used), keeping.today, whole=whole)
    if keeping.narrowed:
        notices = [one for one in notices if one.rule != "ledger/unused"]
    baselined, stale = _against(examined, suppressed, keeping)
    return Kept(tuple(suppressed), baselined, (*notices, *stale))


def _about(keeping: Keeping, path: str) -> Iterable[Waiver]:
    import pathspec

    for waiver in keeping.waivers:
        if not waiver.path or keeping.waivers_file is None:
            yield waiver
            continue
        spec = pathspec.GitIgnoreSpec.from_lines([waiver.path])
        if spec.match_file(relative(path, keeping.waivers_file)):
            yield waiver


def _against(
    examined: Sequence[Examined], suppressed: Sequence[Mapping[str, Suppression]], keeping: Keeping
) -> tuple[tuple[frozenset[str], ...], list[Notice]]:
    if keeping.baseline_file is None:
        return tuple(frozenset() for _ in examined), []
    findings = [
        (index, finding)
        for index, one in enumerate(examined)
        for finding in one.conclusions.findings
        if finding.guard is None and finding.id not in suppressed[index]
    ]
    paths = [relative(one.tree.document.path, keeping.baseline_file) for one in examined]
    result = measured(keeping, [(paths[i], finding.fingerprint) for i, finding in findings], paths)
    known: list[set[str]] = [set() for _ in examined]
    for at in result.covered:
        index, finding = findings[at]
        known[index].add(finding.fingerprint)
    stale = [] if keeping.narrowed else [_stale(entry, keeping.baseline_file) for entry in result.stale]
    return tuple(frozenset(one) for one in known), stale


def measured(keeping: Keeping, findings: Sequence[tuple[str, str]], audited: Sequence[str]) -> Ratchet:
    """The baseline against findings (path relative to the baseline, fingerprint) of the ``audited`` paths."""
    assert keeping.baseline_file is not None
    folder = keeping.baseline_file.resolve().parent
    gone = {entry.path for entry in keeping.baseline if not (folder / entry.path).exists()}
    return ratchet(keeping.baseline, findings, audited, gone - set(audited))


def _stale(entry: BaselineEntry, file: Path) -> Notice:
    message = (
        f"The baseline names a finding of {entry.rule} in {entry.path} (clause {entry.clause}) that is there "
        f"no more. Run `auditor baseline prune` so that it cannot come back unseen."
    )
    return Notice("ledger/stale", "error", message, Location(shown(file), line=1, column=1))


def entry_of(finding: Finding, path: str, reason: str = "") -> BaselineEntry:
    """The line of the baseline for a finding of a document at ``path`` (relative to the baseline)."""
    return BaselineEntry(path, finding.rule, finding.clause.id, finding.fingerprint, reason)


def grown(
    report: Report, keeping: Keeping, allowed: Iterable[str] = (), reason: str = ""
) -> tuple[tuple[BaselineEntry, ...], tuple[BaselineEntry, ...], tuple[BaselineEntry, ...]]:
    """The baseline brought up to date with a report: (entries, refused, dropped).

    ``refused`` are findings that are new and not ``allowed`` (by id, its beginning, or a selector of rules);
    ``dropped`` are entries whose finding is gone. Known entries take the path where their finding is now.
    """
    from auditor.text.selectors import matches

    assert keeping.baseline_file is not None
    file = keeping.baseline_file
    pairs = [
        (relative(document.tree.document.path, file), entry.finding)
        for document in report.documents
        for entry in document.entries
        if entry.status in ("active", "baselined")
    ]
    audited = [relative(document.tree.document.path, file) for document in report.documents]
    result = measured(keeping, [(path, finding.fingerprint) for path, finding in pairs], audited)
    entries = [
        old if index is None else entry_of(pairs[index][1], pairs[index][0], old.reason)
        for old, index in result.known
    ]
    wanted = tuple(allowed)
    refused: list[BaselineEntry] = []
    for index in result.new:
        path, finding = pairs[index]
        named = any(finding.id.startswith(one) or matches(one, finding.rule, finding.scope) for one in wanted)
        (entries if named else refused).append(entry_of(finding, path, reason if named else ""))
    return tuple(sorted(entries)), tuple(sorted(refused)), result.stale


def found_files(root: Path, baseline: str, waivers: str) -> tuple[Path, Path]:
    """Where baseline and waivers are, as configured or beside the configuration in ``root``."""
    return (
        Path(baseline) if baseline else root / BASELINE_NAME,
        Path(waivers) if waivers else root / WAIVERS_NAME,
    )
