"""Who does what to what: roles filled, fields read from places, and lead-ins that speak for their items."""

from dataclasses import replace

import pytest

from auditor.language import load_language
from auditor.model.clause import Cell
from auditor.model.rule import RulePack
from auditor.pipeline.stages import clause_tree

FRAME = {
    "frame": "approval",
    "kind": "approval",
    "scope": True,
    "derive": {
        "levels": {"from": "approver", "classes": {"two": 2}, "else": 1},
        "deviation": {"from": "clause", "classes": {"odd": True}, "else": False},
    },
    "fill": [
        "over <limit: £ @NUM >",
        "before you <act: ..9 > $",
        "^ <object: ( !( need|be ) )+ > need|be",
    ],
    "where": {"reach": {"is_not": ["beside"]}},
    "forms": [
        {
            "id": "row",
            "where": {"kind": {"in": ["row"]}},
            "say": ["<act: ( !\\| )+ > \\| <approver: {boss} >"],
        },
        {"id": "of", "say": ["okay of the? <approver: {boss} ( and {boss} )? >", "okay"]},
    ],
}


def pack():
    words = {
        "boss": ("manager", "lead", "i.t. team"),
        "two": ("{boss} and {boss}",),
        "odd": ("exception",),
        "customer-matter": ("refund",),
        "admin-matter": ("leave",),
        "work-matter": ("tool", "schedule"),
    }
    return RulePack("p", "1", "P", "", (), (), words, (FRAME,), {})


def read(text, heading=(), lead_in="", **changed):
    tree = clause_tree(text, heading, lead_in)
    tree = replace(tree, clauses=tuple(replace(c, **changed) for c in tree.clauses))
    readings, facts = load_language(pack()).read(tree)
    return [({s.role: readings[0].text[s.start : s.end] for s in f.slots}, f) for f in facts]


def test_roles_that_a_form_leaves_empty_are_filled_from_the_clause():
    ((roles, _),) = read("A refund over £ 20 needs the okay of the manager.")
    assert roles == {"approver": "manager", "limit": "£ 20", "object": "A refund over £ 20"}


def test_a_captured_role_is_not_overwritten_and_the_other_half_of_a_sentence_gives_none():
    found = read("Leave needs the okay of the manager; refunds over £ 20 need the okay of the lead.")
    assert [roles.get("limit") for roles, _ in found] == [None, "£ 20"]
    assert [roles["approver"] for roles, _ in found] == ["manager", "lead"]


@pytest.mark.parametrize(
    ("text", "levels", "deviation"),
    [
        ("Leave needs the okay of the manager.", 1, False),
        ("Leave needs the okay of the manager and lead.", 2, False),
        ("An exception needs the okay of the manager.", 1, True),
    ],
)
def test_fields_are_read_from_roles_and_from_the_whole_clause(text, levels, deviation):
    ((_, fact),) = read(text)
    assert (fact.get("levels"), fact.get("deviation")) == (levels, deviation)


def test_an_item_under_a_lead_in_that_says_it_all_is_the_act():
    ((roles, fact),) = read("a refund for a friend", lead_in="Get the okay of the manager for:")
    assert roles["act"] == "a refund for a friend"
    assert fact.get("scope") == "customer"


def test_a_lead_in_does_not_speak_for_an_item_that_is_a_sentence_by_itself():
    lead_in = "The form goes to the queue for the okay of the manager as follows:"
    assert read("The clerk scans the form twice.", lead_in=lead_in) == []
    assert len(read("scanning the form twice.", lead_in=lead_in)) == 1


def test_a_row_begins_after_the_heads_of_its_columns_and_these_say_nothing_of_it():
    cells = (Cell("What", "Refund"), Cell("Whose okay", "Manager"))
    ((roles, fact),) = read("Refund | Manager", kind="row", cells=cells)
    assert roles == {"act": "Refund", "approver": "Manager"}
    assert fact.source == "approval/row"


def test_the_nearest_words_tell_the_scope_and_the_approver_none():
    ((_, fact),) = read("Leave needs the okay of the manager, whatever the tool.")
    assert fact.get("scope") == "admin"
    ((_, fact),) = read("Swaps need the okay of the manager.", heading=("Refunds",))
    assert fact.get("scope") == "customer"
    ((_, fact),) = read("A schedule needs the okay of the manager.", heading=("Leave",))
    assert fact.get("scope") == "work"


def test_the_department_in_capitals_is_no_pronoun():
    ((roles, _),) = read("A tool needs the okay of the IT team.")
    assert roles["approver"] == "IT team"
    assert "approver" not in read("The okay, and with it team spirit, comes first.")[0][0]
