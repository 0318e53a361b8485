"""Packs load into rules; authors' mistakes are all told, each at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import ConfigError, PackError
from auditor.model.rule import Condition, Rule, Test
from auditor.packs import (
    describe_rule,
    example_shortfalls,
    find_rule,
    list_rules,
    load_pack,
    rule_page,
    scaffold_rule,
)
from auditor.packs.source import read_source, without_examples

SMALL = Path(__file__).parent / "data" / "small"


@pytest.fixture
def pack_dir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value.problems


def rule(rule_id: str, **kwargs: bool) -> Rule:
    return find_rule(load_pack(SMALL, **kwargs), rule_id)


def test_a_rule_is_read_whole() -> None:
    found = rule("empowerment/approval")
    tests = (
        Test("polarity", "eq", ("required",)),
        Test("approver_kind", "eq", ("superior", "hr")),
        Test("scope", "ne", ("outside",)),
    )
    assert found.when == ((Condition("m0", "approval", tests),),)
    assert found.severity_by_scope == (("customer", "error"), ("work", "warning"), ("admin", "note"))
    assert found.guardable == ("legal", "ethical", "financial")
    assert found.wordings[0].needs == ("act",)
    assert found.wordings[0].when == (Test("scope", "eq", ("customer",)),)
    assert (found.path, found.line, found.examples) == ("empowerment/approval.yaml", 1, ())


def test_joins_kinds_and_options() -> None:
    second = rule("empowerment/leader-rule").when[0][1]
    assert Test("section", "join", ("exempt", "section")) in second.tests
    assert rule("guards/legal").options == {"guardrail": "legal"}
    assert rule("strengths/empowerment").dimension == "empowerment"
    assert rule("counsel/wages").options == {"counsel_topic": "wage deductions"}
    absence = (rule("hiring/missing-values").options or {})["absence"]
    assert [len(absence[side]) for side in ("present", "lacking")] == [1, 2]


def test_examples_come_with_their_lines_only_when_asked() -> None:
    examples = rule("empowerment/approval", examples=True).examples
    assert [(one.verdict, one.line) for one in examples] == [
        ("flagged", 18),
        ("flagged", 19),
        ("guarded", 21),
        ("clear", 23),
    ]
    assert examples[1].lead_in == "Staff must:"
    assert examples[1].expect == (("approver", "the manager"),)
    assert examples[2].guardrail == "legal"


def test_vocabulary_resolves_includes_and_frames_keep_their_path() -> None:
    pack = load_pack(SMALL)
    assert pack.vocabulary["everyone"] == ("manager", "line manager", "director", "staff")
    assert pack.frames == ({"kind": "approval", "anchor": "approve", "path": "frames/approval.yaml"},)
    assert pack.options["customer_remedy_limit"] == 500


def test_the_hash_follows_the_files_not_the_folder(pack_dir: Path) -> None:
    before = load_pack(pack_dir).sha256
    assert before == load_pack(SMALL).sha256 == load_pack(SMALL, examples=True).sha256
    with (pack_dir / "counsel" / "wages.yaml").open("a") as file:
        file.write("# a word\n")
    assert load_pack(pack_dir).sha256 != before


def test_all_mistakes_of_all_files_are_told_at_once(pack_dir: Path) -> None:
    (pack_dir / "empowerment" / "approval.yaml").write_text(
        "id: empowerment/aproval\n"
        "titel: Permission first\n"
        "title: t\n"
        "severity: eror\n"
        "message: m {Bad slot}\n"
        "guards: [legal, moral]\n"
        "when:\n"
        "  - {fact: approval, polarity: 1.5, scope: {nott: x}}\n"
        "  - {polarity: required}\n"
    )
    (pack_dir / "counsel" / "wages.yaml").write_text("id: counsel/wages\ntitle: [a\n")
    (pack_dir / "vocabulary" / "people.yaml").write_text("a: ['{b}', Upper]\nb: ['{a}', '{cc}', no]\nb: []\n")
    found = "\n".join(problems(pack_dir))
    for expected in (
        "empowerment/approval.yaml:2:1: unknown key 'titel' (did you mean 'title'?)",
        "empowerment/approval.yaml:4:11: severity is 'eror'; allowed: error, warning, note (did you mean 'error'?)",
        "empowerment/approval.yaml:6:17: this is 'moral'; allowed: legal, ethical, financial, reputation",
        "empowerment/approval.yaml:8:32: polarity has to be text or a whole number",
        "empowerment/approval.yaml:8:45: unknown key 'nott' (did you mean 'not'?)",
        "empowerment/approval.yaml:9:5: 'fact' is missing",
        "counsel/wages.yaml:3:1: not valid YAML",
        "vocabulary/people.yaml:3:1: 'b' is given twice",
    ):
        assert expected in found, found


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("empowerment/approval.yaml", "id: empowerment/approval", "id: empowerment/other", ":1:5: id is 'empowerment/other', but its file"),
        ("empowerment/approval.yaml", "dimension: empowerment", "dimension: empowermint", ":3:12: unknown dimension 'empowermint' (did you mean 'empowerment'?)"),
        ("empowerment/approval.yaml", "{act|acting}", "{Act!}", ":8:10: '{Act!}' is no place for a slot"),
        ("empowerment/approval.yaml", "{act|acting}", "{act", ":8:10: a brace is not closed"),
        ("empowerment/leader-rule.yaml", "same: [section]", "same: {section: exmpt.section}", "no condition before this one is called 'exmpt' (did you mean 'exempt'?)"),
        ("empowerment/leader-rule.yaml", "as: exempt", "same: [section]", "there is none"),
        ("guards/legal.yaml", "guardrail: legal\nwhen", "when", ":1:1: 'guardrail' is missing; a rule of kind guard needs it"),
        ("counsel/wages.yaml", "counsel_topic", "councel_topic", ":3:1: unknown key 'councel_topic' (did you mean 'counsel_topic'?)"),
        ("hiring/missing-values.yaml", "  level: section", "  level: sektion", ":8:10: level is 'sektion'; allowed: document, section (did you mean 'section'?)"),
        ("vocabulary/people.yaml", "[manager, line manager]", "['{everyone}']", "in a circle: "),
        ("vocabulary/people.yaml", "{managers}", "{mangers}", ":2:5: no class is called 'mangers' (did you mean 'managers'?)"),
        ("vocabulary/people.yaml", "director", "no", ":3:5: False is no phrase"),
        ("vocabulary/people.yaml", "director", "Director", "has to be in lower case"),
        ("frames/approval.yaml", "kind: approval\nanchor: approve", "just text", ":1:1: a frame file holds a mapping"),
        ("pack.yaml", "id: small", "name: small", "unknown key 'name'"),
        ("pack.yaml", "weight: 3", "weight: three", "weight has to be a whole number, not 'three'"),
    ],
)  # fmt: skip
def test_each_mistake_has_a_place_and_a_hint(
    pack_dir: Path, name: str, old: str, new: str, expected: str
) -> None:
    file = pack_dir / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    found = problems(pack_dir)
    assert any(one.startswith(f"{file.as_posix()}:") and expected in one for one in found), found


def test_files_that_are_no_text_or_too_deep(pack_dir: Path) -> None:
    (pack_dir / "empowerment" / "bad.yaml").write_bytes(b"id: a\ntitle: \xff\n")
    (pack_dir / "empowerment" / "deep").mkdir()
    (pack_dir / "empowerment" / "deep" / "rule.yaml").write_text("id: a/b\n")
    (pack_dir / "empowerment" / "empty.yaml").write_text("")
    found = "\n".join(problems(pack_dir))
    assert "bad.yaml:2:1: is not UTF-8" in found
    assert "deep/rule.yaml:1:1: rules stand in" in found
    assert "empty.yaml:1:1: this has to be a mapping, not nothing" in found


def test_no_pack_at_all(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="neither a built-in pack nor a folder"):
        load_pack(tmp_path)
    with pytest.raises(PackError, match="did you mean 'customer-focus'"):
        load_pack("customer-focused")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-[]{}'\"|>&*!# \n\t0é", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    source = read_source(text, "x.yaml")
    assert all(problem.startswith("x.yaml:") for problem in source.problems)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["id: a", "examples:", "  - x", "- y", "# c", "", "when:", "  examples: 1"])))
def test_leaving_out_examples_keeps_every_other_line(lines: list[str]) -> None:
    kept = without_examples("\n".join(lines)).split("\n")
    assert len(kept) == max(1, len(lines))
    assert all(new in ("", old) for new, old in zip(kept, lines, strict=False))
    assert all(new == old for new, old in zip(kept, lines, strict=False) if old in ("id: a", "when:"))


def test_lists_descriptions_and_pages() -> None:
    pack = load_pack(SMALL, examples=True)
    summaries = list_rules(pack)
    assert [one.id for one in summaries] == sorted(rule.id for rule in pack.rules)
    for found in pack.rules:
        assert found.id in describe_rule(found)
        assert rule_page(found).startswith(f"# {found.title}\n")
    page = rule_page(find_rule(pack, "empowerment/approval"))
    assert "Staff must: ask the manager." in page
    assert "approver_kind is superior or hr; scope is not outside" in page
    with pytest.raises(ConfigError, match="did you mean 'empowerment/approval'"):
        find_rule(pack, "empowerment/aproval")


def test_shortfalls_name_rule_verdict_and_number() -> None:
    found = example_shortfalls(load_pack(SMALL, examples=True))
    assert (
        "small/empowerment/approval.yaml:1:1: empowerment/approval has 2 flagged examples; 6 are needed"
        in found
    )
    assert any("approval has 1 guarded examples; 3" in one for one in found)
    assert not any("leader-rule" in one and "guarded" in one for one in found)


def test_a_scaffold_loads_and_is_never_written_over(pack_dir: Path) -> None:
    target = scaffold_rule(pack_dir, "empowerment/new-rule")
    found = find_rule(load_pack(pack_dir, examples=True), "empowerment/new-rule")
    assert (target, found.title) == (pack_dir / "empowerment" / "new-rule.yaml", "New rule")
    for wrong, message in (
        ("empowerment/new-rule", "exists"),
        ("New Rule", "no rule id"),
        ("../x", "no rule id"),
    ):
        with pytest.raises(ConfigError, match=message):
            scaffold_rule(pack_dir, wrong)
    with pytest.raises(ConfigError, match="no pack"):
        scaffold_rule(pack_dir / "guards", "empowerment/x")
