"""A run: every source read, remembered or examined, in parallel where it pays, and joined into one report."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import auditor
from auditor.errors import EngineError, ReadingError
from auditor.ledger import directives
from auditor.model.report import DocumentReport, Report, Skipped
from auditor.model.rule import RulePack
from auditor.pipeline import cache as caching
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.keeping import Keeping, keep
from auditor.pipeline.knowledge import Knowledge, digest, knowledge
from auditor.pipeline.settings import Run, Settings, Source
from auditor.pipeline.stages import Examined, document_of, read_tree, workshop

WORTH_A_PROCESS = 300_000
"""Bytes of documents for which another process, which loads the model anew (about a second), pays."""

Result = Examined | Skipped


@dataclass(frozen=True, slots=True)
class _Task:
    source: Source
    settings: Settings
    packs: tuple[str, ...]
    cache: Path | None
    debug: bool
    jobs: int = 1


def _bytes(source: Source) -> bytes:
    if source.data is not None:
        return source.data
    try:
        return Path(source.path).read_bytes()
    except OSError as error:
        raise ReadingError(f"cannot be read: {error.strerror or error}") from error


def _name(task: _Task, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return caching.key("document", digest, task.source.path, task.source.format, task.packs, task.settings)


def _reason(path: str, error: Exception) -> str:
    return str(error).removeprefix(f"{path}: ")


def _examine(task: _Task) -> Result:
    """Examine one document and remember the result; only a defect raises, and only when debugging."""
    path = task.source.path
    store = ResultCache(task.cache)
    try:
        data = _bytes(task.source)
        tools = workshop(task.settings, task.packs, task.cache)
        tree = read_tree(data, path, task.source.format, task.settings, task.jobs)
        examined = replace(tools.examine(tree), comments=directives(data, tree.document.format))
        store.put(_name(task, data), examined)
        return examined
    except (ReadingError, EngineError) as error:
        return Skipped(path, _reason(path, error))
    except MemoryError:
        return Skipped(path, "needs more memory than there is")
    except RecursionError:
        return Skipped(path, "is nested too deeply to be read")
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        ArithmeticError,
        AssertionError,
        AttributeError,
    ) as error:
        if task.debug:
            raise
        return Skipped(
            path,
            f"defect in this program: {type(error).__name__}: {error}; run with --debug for the traceback",
        )
    finally:
        store.close()


def _recall(task: _Task, store: ResultCache) -> Result | None:
    try:
        found = store.get(_name(task, _bytes(task.source)))
    except ReadingError as error:
        return Skipped(task.source.path, _reason(task.source.path, error))
    return found if isinstance(found, Examined) else None


def _processes(tasks: Sequence[_Task], wanted: int) -> int:
    if wanted > 0:
        return min(wanted, len(tasks))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    size = sum(
        len(t.source.data) if t.source.data is not None else Path(t.source.path).stat().st_size
        for t in tasks
        if t.source.data is not None or Path(t.source.path).is_file()
    )
    return max(1, min(cores, len(tasks), 1 + size // WORTH_A_PROCESS))


def _alone(task: _Task, examine: Callable[[_Task], Result]) -> Result:
    """In a process of its own, for what took another process down."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(examine, task).result()
        except BrokenProcessPool:
            return Skipped(
                task.source.path, "the process that audited it died (out of memory?); nothing is known of it"
            )


def _work(
    tasks: Sequence[_Task], processes: int, examine: Callable[[_Task], Result] = _examine
) -> Iterator[tuple[int, Result]]:
    """Index and result of every task, as they come."""
    if processes <= 1:
        for index, task in enumerate(tasks):
            yield index, examine(task)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    left = dict(enumerate(tasks))
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        running = {pool.submit(examine, task): index for index, task in left.items()}
        for future in as_completed(running):
            yield running[future], future.result()
            del left[running[future]]
    except BrokenProcessPool:
        for index, task in left.items():
            yield index, _alone(task, examine)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _doubts(examined: Examined, settings: Settings) -> Iterator[Skipped]:
    """A document of which too little could be read is an error, however little is found in the rest."""
    document = examined.tree.document
    coverage = document.coverage
    if coverage.ratio < settings.min_coverage:
        pages = ", ".join(map(str, coverage.pages_without_text[:8]))
        more = f"; pages without text: {pages}" if pages else ""
        yield Skipped(
            document.path,
            f"only {coverage.ratio:.0%} of its text could be read, "
            f"less than --min-coverage {settings.min_coverage:.0%}{more}",
        )
    elif not examined.tree.clauses:
        yield Skipped(document.path, "holds no clause to audit", error=document.format in ("pdf", "docx"))


def audit(
    sources: Iterable[Source],
    settings: Settings,
    run: Run | None = None,
    skipped: Iterable[Skipped] = (),
    keeping: Keeping | None = None,
) -> Report:
    """Audit documents and report on all of them, in the order of their paths.

    ``skipped`` are inputs already given up, to be reported with the rest; ``keeping`` holds waivers and
    baseline. Documents that cannot be read
    become ``Report.skipped``. Raises ConfigError and PackError for what is wrong with settings and packs.
    """
    run = run or Run()
    store = ResultCache(run.cache)
    try:
        known: dict[Settings, Knowledge] = {settings: knowledge(settings, store)}
        tasks = []
        for source in sorted(sources, key=lambda s: s.path):
            own = source.settings or settings
            if own not in known:
                known[own] = knowledge(own, store)
            marks = tuple(digest(pack) for pack in own.packs)
            tasks.append(_Task(replace(source, settings=None), own, marks, run.cache, run.debug))
        results = _results(tasks, run, store)
    finally:
        store.close()
    passed_over, read = list(skipped), []
    for task, result in zip(tasks, results, strict=True):
        if isinstance(result, Skipped):
            passed_over.append(result)
            continue
        passed_over += _doubts(result, task.settings)
        read.append((result, known[task.settings]))
    kept = keep([result for result, _ in read], keeping or Keeping())
    documents = [
        document_of(result, knows, kept.suppressed[i], kept.baselined[i])
        for i, (result, knows) in enumerate(read)
    ]
    return replace(joined(list(known.values()), documents, passed_over), notices=kept.notices)


def _results(tasks: Sequence[_Task], run: Run, store: ResultCache) -> list[Result]:
    found: list[Result | None] = [_recall(task, store) if run.cache else None for task in tasks]
    open_ = [index for index, result in enumerate(found) if result is None]
    done = len(tasks) - len(open_)
    processes = _processes([tasks[i] for i in open_], run.jobs) if open_ else 1
    cores = run.jobs or os.cpu_count() or 1
    pending = [replace(tasks[i], jobs=cores if len(open_) == 1 else 1) for i in open_]
    for index, result in _work(pending, processes):
        found[open_[index]] = result
        done += 1
        if run.progress:
            run.progress(done, len(tasks), tasks[open_[index]].source.path)
    return [result for result in found if result is not None]


def joined(
    known: Sequence[Knowledge], documents: Sequence[DocumentReport], skipped: Sequence[Skipped]
) -> Report:
    """The report of documents; the first knowledge gives its dimensions and wordings."""
    from auditor.analysis import assemble, parse_wordings

    packs: dict[tuple[str, str], RulePack] = {}
    for one in known:
        for pack in one.packs:
            packs.setdefault((pack.id, pack.sha256), pack)
    wordings = parse_wordings(known[0].wordings)
    return assemble(auditor.__version__, tuple(packs.values()), documents, skipped, wordings)
