import pytest

from auditor.errors import PackError
from auditor.language import load_language
from auditor.model.rule import RulePack
from auditor.packs import load_pack
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import clause_tree, read_tree

FRAME = {
    "frame": "approval",
    "kind": "approval",
    "scope": True,
    "set": {"polarity": "required"},
    "derive": {"approver_kind": {"from": "approver", "classes": {"boss": "superior"}, "else": "unnamed"}},
    "unless": ["no {approval} be? needed"],
    "forms": [
        {"id": "nominal", "say": ["{approval} of|from the? <approver: {boss} >"]},
        {
            "id": "bare",
            "say": ["need|require|needed .. {approval}", "{approval} be needed"],
            "confidence": "medium",
        },
    ],
}
GUARD = {
    "frame": "safety",
    "kind": "guard",
    "on": ["clause", "heading"],
    "set": {"guardrail": "ethical", "cue": "safety"},
    "forms": [{"id": "word", "say": ["{safety}"]}],
}
TOPIC = {
    "frame": "t",
    "kind": "topic",
    "on": ["heading"],
    "forms": [{"id": "x", "say": ["hire|hiring"], "set": {"topic": "hiring"}}],
}


def pack(*frames, **vocabulary):
    words = {"approval": ("approval", "consent"), "boss": ("manager",), "safety": ("safety",), **vocabulary}
    words.setdefault("customer-matter", ("refund",))
    words.setdefault("admin-matter", ("leave",))
    words.setdefault("work-matter", ("tool",))
    return RulePack("p", "1", "P", "", (), (), words, frames or (FRAME, GUARD, TOPIC), {})


def facts(text, heading=(), lead_in=""):
    _, found = load_language(pack()).read(clause_tree(text, heading, lead_in))
    return found


def test_roles_fields_and_scope():
    (fact,) = facts("A refund needs the approval of the manager.")
    assert fact.get("approver_kind") == "superior"
    assert fact.get("scope") == "customer"
    assert fact.get("confidence") == "high"
    assert fact.slots[0].role == "approver"
    (span,) = fact.evidence
    assert "A refund needs the approval of the manager."[span.start : span.end] == "approval of the manager"


def test_a_waiver_voids_the_form_it_overlaps():
    assert facts("No approval is needed for leave.") == ()


@pytest.mark.parametrize("text", ["This needs the manager's yes.", "This needs the manager’s yes."])
def test_the_scan_sees_a_possessive(text):
    own = {**FRAME, "forms": [{"id": "own", "say": ["<approver: {boss} > 's yes"]}]}
    _, found = load_language(pack(own)).read(clause_tree(text, (), ""))
    assert [fact.kind for fact in found] == ["approval"]


def test_the_scan_sees_a_contracted_not():
    own = {**FRAME, "forms": [{"id": "own", "say": ["n't ask <approver: {boss} >"]}]}
    _, found = load_language(pack(own)).read(clause_tree("Don’t ask managers.", (), ""))
    assert [fact.kind for fact in found] == ["approval"]


def test_an_item_is_read_with_its_lead_in():
    (fact,) = facts("leave on a Friday.", lead_in="The consent of the manager is required for:")
    assert (fact.get("scope"), fact.evidence) == ("admin", ())


def test_guards_reach_from_clause_lead_in_and_heading():
    reaches = {
        f.get("reach"): f.part
        for args in (
            ("For safety, tools need approval.", (), ""),
            ("tools need approval.", ("Safety",), ""),
            ("new tools", (), "For safety the following need approval:"),
        )
        for f in facts(*args)
        if f.kind == "guard"
    }
    assert reaches == {"clause": -1, "heading": -1, "lead-in": -1}


def test_headings_make_topics():
    kinds = [(f.kind, f.get("topic"), f.section) for f in facts("We look around.", ("Hiring people",))]
    assert kinds == [("topic", "hiring", 1)]


def test_semicolons_and_second_subjects_make_parts():
    _, found = load_language(pack()).read(
        clause_tree("Tools need the manager's approval; refunds need consent of the manager.")
    )
    assert {f.part for f in found if f.kind == "approval"} == {0, 1}


def test_every_mistake_in_frames_is_named_at_once():
    bad = {"frame": "f", "kind": "k", "colour": "red", "forms": [{"id": "a", "say": ["{nobody}", "( x"]}]}
    with pytest.raises(PackError) as caught:
        load_language(pack(bad))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("name", ["memo-new-counter-rules.txt", "software-company-handbook.md"])
def test_the_scan_before_parsing_loses_nothing(name, request):
    path = request.config.rootpath / "sample_policies" / name
    tree = read_tree(path.read_bytes(), str(path), None, Settings())
    language = load_language(load_pack("customer-focus"))
    some, all_ = language.read(tree), language.read(tree, parse_all=True)
    assert some[1] == all_[1]
    assert len(some[0]) <= len(all_[0])
