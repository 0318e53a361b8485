import os

from auditor.model.report import Skipped
from auditor.pipeline.auditing import _processes, _Task, _work
from auditor.pipeline.settings import Settings, Source


def tasks(*paths, size=1):
    return [_Task(Source(path, data=b"x" * size), Settings(), (), None, False) for path in paths]


def told(task):
    """Stands for the examination of a document: one of them takes its process down."""
    if task.source.path == "deadly.md":
        os._exit(11)
    return Skipped(task.source.path, "seen")


def test_results_keep_their_place_whatever_ends_first():
    given = tasks(*(f"{n}.md" for n in range(6)))
    results = dict(_work(given, 2, told))
    assert [results[n].path for n in range(6)] == [task.source.path for task in given]


def test_a_document_that_kills_its_process_costs_only_itself():
    results = dict(_work(tasks("a.md", "deadly.md", "b.md"), 2, told))
    assert [results[n].reason == "seen" for n in range(3)] == [True, False, True]
    assert "died" in results[1].reason
    assert results[1].error


def test_processes_are_started_only_where_they_pay():
    assert _processes(tasks("a.md", "b.md"), 0) == 1
    assert _processes(tasks("a.md", "b.md", size=10), 2) == 2
    assert _processes(tasks("a.md", size=10_000_000), 8) == 1
