import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.pipeline import cache as caching
from auditor.pipeline.auditing import audit
from auditor.pipeline.cache import ResultCache, default_folder
from auditor.pipeline.settings import Run, Settings, Source


def test_what_is_put_is_found_by_another_run(tmp_path):
    ResultCache(tmp_path).put("k", {"a": (1, 2)})
    assert ResultCache(tmp_path).get("k") == {"a": (1, 2)}
    assert ResultCache(tmp_path).get("other") is None


def test_without_a_folder_nothing_is_remembered():
    store = ResultCache(None)
    store.put("k", 1)
    assert store.get("k") is None


def test_a_damaged_entry_counts_as_not_found(tmp_path):
    store = ResultCache(tmp_path)
    store.put("k", 1)
    store._store.set("k", b"no pickle")
    assert store.get("k") is None


def test_a_folder_that_cannot_be_used_is_no_reason_to_fail(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = ResultCache(tmp_path / "file")
    store.put("k", 1)
    assert store.get("k") is None


def test_a_damaged_store_is_no_reason_to_fail(tmp_path):
    ResultCache(tmp_path).close()
    (tmp_path / "cache.db").write_bytes(os.urandom(4096))
    store = ResultCache(tmp_path)
    store.put("k", 1)
    assert store.get("k") in (None, 1)


def test_the_size_stays_bounded(tmp_path):
    limit = 2**20
    store = ResultCache(tmp_path, limit=limit)
    for number in range(120):
        store.put(f"k{number}", os.urandom(40_000))
    assert store._store.volume() <= 1.3 * limit
    assert store.get("k119") is not None
    assert store.get("k0") is None


def _fill(folder, worker):
    store = ResultCache(Path(folder))
    for number in range(40):
        store.put(f"shared{number}", number)
        store.put(f"own{worker}-{number}", (worker, number))
    return all(store.get(f"own{worker}-{n}") == (worker, n) for n in range(40))


def test_parallel_runs_share_it_safely(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert all(pool.map(_fill, [str(tmp_path)] * 4, range(4)))
    store = ResultCache(tmp_path)
    assert [store.get(f"shared{n}") for n in range(40)] == list(range(40))


def test_the_key_changes_with_every_part():
    keys = {
        caching.key(*parts)
        for parts in (("a", "b"), ("ab",), ("a", ("b",)), ("a", Settings()), ("a", Settings(ignore=("x",))))
    }
    assert len(keys) == 5


def test_the_folder_follows_the_environment(tmp_path):
    assert default_folder({"AUDITOR_CACHE_DIR": "/x"}, tmp_path) == Path("/x")
    assert default_folder({"XDG_CACHE_HOME": "/c"}, tmp_path) == Path("/c/policy-auditor")
    assert default_folder({"XDG_CACHE_HOME": "relative"}, tmp_path) == tmp_path / ".cache/policy-auditor"
    assert default_folder({}, tmp_path) == tmp_path / ".cache/policy-auditor"


sentences = st.sampled_from(
    ["A refund needs approval.", "Greet the guest.", "Approval is needed for leave.", "Close the till."]
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["a.md", "b.md"]),
        st.lists(sentences, min_size=1, max_size=3),
        st.sampled_from([(), ("empowerment",), ("empowerment/*:work",)]),
        st.sampled_from(["error", "note"]),
    ),
    min_size=1,
    max_size=6,
)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("word_language")
def test_what_is_recalled_is_what_would_be_concluded(tiny_pack, steps):
    with tempfile.TemporaryDirectory() as folder:
        for path, text, ignore, severity in steps:
            wanted = Settings(packs=(str(tiny_pack),), ignore=ignore, severities=(("empowerment", severity),))
            source = Source(path, data="\n\n".join(text).encode())
            fresh = audit([source], wanted)
            assert audit([source], wanted, Run(cache=Path(folder))) == fresh
            assert audit([source], wanted, Run(cache=Path(folder))) == fresh


@pytest.mark.usefixtures("word_language")
def test_a_changed_rule_is_not_served_from_memory(tiny_pack, tmp_path):
    source, wanted, run = (
        Source("a.md", data=b"A refund needs approval."),
        Settings(packs=(str(tiny_pack),)),
        Run(cache=tmp_path / "c"),
    )
    assert audit([source], wanted, run).documents[0].entries[0].finding.severity == "error"
    rule = tiny_pack / "empowerment/needs-approval.yaml"
    rule.write_text(rule.read_text().replace("severity: error", "severity: note"))
    assert audit([source], wanted, run).documents[0].entries[0].finding.severity == "note"
