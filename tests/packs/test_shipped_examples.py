"""Each example that a shipped rule carries comes out as the rule says."""

from __future__ import annotations

import pytest

from auditor.packs import builtin_packs
from auditor.pipeline.examples import run_examples
from auditor.pipeline.settings import DEFAULT_PACK, Settings


@pytest.mark.parametrize("name", builtin_packs())
def test_every_example_comes_out_as_its_rule_says(name: str) -> None:
    packs = tuple(dict.fromkeys((DEFAULT_PACK, name)))  # the others build on the words of the default one
    results = run_examples(Settings(packs=packs))
    failed = [f"{r.place}: {r.rule}: {r.problem}: {r.example.text!r}" for r in results if r.problem]
    assert results
    assert not failed, "\n".join(failed)
