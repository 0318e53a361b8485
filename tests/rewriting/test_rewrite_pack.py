"""The wordings of the built-in pack, and what is said of wrong ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.errors import PackError
from auditor.packs import load_pack
from auditor.rewriting.phrasebook import phrasebook

FAIR = re.compile(
    r"\b(?:lawful|compliant|justified|violates?|culture fit|personality|attitude)\b", re.IGNORECASE
)


def test_every_pattern_has_several_wordings(tools):
    book = phrasebook(tools.pack)
    for rule in tools.pack.rules:
        if rule.kind == "pattern":
            assert len(book.plans[rule.id].wordings) >= 3, rule.id


def test_every_absence_proposes_a_section(tools):
    guides = tools.pack.phrasing.guides
    for rule in tools.pack.rules:
        if rule.kind == "absence":
            assert guides[rule.id].wordings or rule.wordings, rule.id


def test_guides_are_for_rules_of_the_pack_or_of_its_plan(tools):
    folders = {dimension.id for dimension in tools.pack.dimensions}
    assert {rule.split("/")[0] for rule in tools.pack.phrasing.guides} <= folders


def test_wordings_promise_nothing_that_only_a_lawyer_could(tools):
    for rule, guide in tools.pack.phrasing.guides.items():
        for wording in (*guide.wordings, *guide.advice):
            assert not FAIR.search(wording.text), (rule, wording.text)


def test_a_bracket_makes_a_decision(tools):
    for guide in tools.pack.phrasing.guides.values():
        for wording in guide.wordings:
            if "[" in wording.text:
                assert wording.applicability != "ready", wording.text


def folder(tiny_pack: Path, text: str) -> Path:
    (tiny_pack / "rewriting").mkdir()
    (tiny_pack / "rewriting" / "words.yaml").write_text(text)
    return tiny_pack


def test_a_pack_brings_guides(tiny_pack):
    pack = load_pack(
        folder(
            tiny_pack,
            "guides:\n  empowerment/needs-approval:\n    seek: approval\n    wordings:\n      - text: '{actor} may {act}.'\n",
        ),
        examples=True,
    )
    plan = phrasebook(pack).plans["empowerment/needs-approval"]
    assert plan.seek == "approval"
    assert plan.wordings[0].needs == {"actor", "act"}
    assert len(plan.wordings) == 2, "the rule's own wording comes after the guide's"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "guides:\n  a/b:\n    wordings:\n      - text: '{Not a slot}'\n",
            "words.yaml:4:15: {Not a slot} is no slot",
        ),
        ("guide: {}\n", "words.yaml:1:1: unknown key 'guide' (did you mean 'guides'?)"),
        ("words: {mass: leave}\n", "words.yaml:1:15: has to be a list"),
        ("guides:\n  a/b: {cut: [{say: x}]}\n", "has to be a phrase, or a mapping of `say` and `instead`"),
        ("guides:\n  a/b: {wordings: [{needs: [act]}]}\n", "'text' is missing"),
        (
            "guides:\n  a/b: {wordings: [{text: x, applicability: soon}]}\n",
            "'soon' is none of ready, decision, idea",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tiny_pack, text, message):
    with pytest.raises(PackError) as error:
        load_pack(folder(tiny_pack, text), examples=True)
    assert message in "\n".join(
        error.value.problems if hasattr(error.value, "problems") else [str(error.value)]
    )


def test_a_brace_that_is_never_closed(tiny_pack):
    pack = load_pack(
        folder(
            tiny_pack, "guides:\n  empowerment/needs-approval:\n    wordings:\n      - text: 'You may {act'\n"
        ),
        examples=True,
    )
    with pytest.raises(PackError) as error:
        phrasebook(pack)
    assert "empowerment/needs-approval" in str(error.value)
