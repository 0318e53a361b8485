"""A folder of organisations or editions as a portfolio."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath

from auditor.model.portfolio import Portfolio
from auditor.model.report import Report
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings


def member_names(paths: tuple[str, ...], folder: str) -> dict[str, str]:
    """Each document's member: the folder it lies in, directly below ``folder``, or the file itself.

    A file goes by its name without the ending, unless another member has that name too.
    """
    root = PurePosixPath(Path(folder).as_posix())
    tops = {path: PurePosixPath(path).relative_to(root).parts for path in paths}
    entries = {(parts[0], len(parts) > 1) for parts in tops.values()}
    stems = Counter(name if nested else PurePosixPath(name).stem for name, nested in entries)
    names = {}
    for path, parts in tops.items():
        stem = PurePosixPath(parts[0]).stem
        names[path] = parts[0] if len(parts) > 1 or stems[stem] > 1 else stem
    return names


def portfolio_of(
    report: Report, folder: str, settings: Settings, cache: Path | None, like: str = ""
) -> Portfolio:
    """The report on all documents of ``folder`` as a portfolio; ``like`` names a set of like documents.

    Raises ConfigError and PackError for what is wrong with settings and packs.
    """
    from auditor.analysis import parse_wordings
    from auditor.analysis.portfolio import portfolio

    store = ResultCache(cache)
    try:
        wordings = parse_wordings(knowledge(settings, store).wordings)
    finally:
        store.close()
    names = member_names(tuple(d.tree.document.path for d in report.documents), folder)
    return portfolio(report, names, wordings, name=Path(folder).resolve().name, like=like)
