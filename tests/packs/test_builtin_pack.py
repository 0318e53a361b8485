"""The packs that come with the auditor obey their own rules."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from auditor.packs import builtin_packs, example_shortfalls, load_pack, pack_schema, rule_schema


def test_there_is_a_pack() -> None:
    assert "customer-focus" in builtin_packs()


@pytest.mark.parametrize("name", builtin_packs())
def test_loads_checked_and_alike_with_and_without_examples(name: str) -> None:
    checked, quick = load_pack(name, examples=True), load_pack(name)
    assert [rule.id for rule in checked.rules] == [rule.id for rule in quick.rules]
    assert checked.sha256 == quick.sha256


@pytest.mark.parametrize("name", builtin_packs())
def test_every_rule_has_enough_examples(name: str) -> None:
    pack = load_pack(name, examples=True)
    assert pack.rules
    assert example_shortfalls(pack) == ()


@pytest.mark.parametrize("schema", [rule_schema(), pack_schema()], ids=["rule", "pack"])
def test_schemas_are_sound(schema: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
