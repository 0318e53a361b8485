"""Each example that a shipped rule carries comes out as the rule says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import auditor
from auditor.packs import builtin_packs, pack_folder
from auditor.pipeline.examples import run_examples
from auditor.pipeline.settings import DEFAULT_PACK, Settings

CODE = Path(auditor.__file__).parent


@pytest.mark.parametrize("name", builtin_packs())
def test_every_example_comes_out_as_its_rule_says(name: str) -> None:
    packs = tuple(dict.fromkeys((DEFAULT_PACK, name)))  # the others build on the words of the default one
    results = run_examples(Settings(packs=packs))
    failed = [f"{r.place}: {r.rule}: {r.problem}: {r.example.text!r}" for r in results if r.problem]
    assert results
    assert not failed, "\n".join(failed)


def test_no_word_list_stands_unused() -> None:
    """A class that nothing names costs time at every start and misleads whoever reads the pack."""
    folders = [pack_folder(name) for name in builtin_packs()]
    vocabulary = [f for folder in folders for f in folder.glob("vocabulary/*.yaml")]
    others = [f for folder in folders for f in folder.rglob("*.yaml") if f not in vocabulary]
    named = set(re.findall(r"\{([\w-]+)\}", "".join(f.read_text("utf-8") for f in [*vocabulary, *others])))
    named |= set(re.findall(r"[\w-]+", "".join(f.read_text("utf-8") for f in others)))
    named |= set(re.findall(r'"([\w-]+)"', "".join(f.read_text("utf-8") for f in CODE.rglob("*.py"))))
    classes = {name for f in vocabulary for name in yaml.safe_load(f.read_text("utf-8")) or {}}
    assert classes - named == set()
