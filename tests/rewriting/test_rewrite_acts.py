"""The act, its actor and who stands above, in the many ways in which English asks for a yes or denies one."""

import pytest

from auditor.rewriting.nouns import noun_phrase

# clause, act in its base form, who stands above
APPROVALS = [
    ("Employees must obtain written approval from their supervisor before offering a guest any discount.", "offer a guest a discount", "their supervisor"),
    ("You need your team leader's sign-off before you change a delivery slot.", "change a delivery slot", "your team leader"),
    ("No voucher may be given without the duty manager's consent.", "give a voucher", "the duty manager"),
    ("Staff may not swap a faulty kettle unless the shop manager agrees.", "swap a faulty kettle", "the shop manager"),
    ("Repairs may be offered only after the supervisor has approved them.", "offer repairs", "the supervisor"),
    ("Every refund has to be approved by the duty manager.", "give a refund", "the duty manager"),
    ("Any change to the rota requires the approval of the head of operations.", "make a change to the rota", "the head of operations"),
    ("The use of private phones is subject to the consent of the line manager.", "use private phones", "the line manager"),
    ("Attendance at any course requires prior agreement from the training manager.", "attend a course", "the training manager"),
    ("The manager must approve all overtime.", "work overtime", "the manager"),
    ("A technician who wishes to order parts obtains the approval of the workshop manager.", "order parts", "the workshop manager"),
    ("Permission from the director is required to work from home.", "work from home", "the director"),
    ("Sending an apology takes the manager's okay.", "send an apology", "the manager"),
    ("Get the supervisor's approval before waiving a fee.", "waive a fee", "the supervisor"),
    ("With the manager's permission only may an agent extend a deadline.", "extend a deadline", "the manager"),
    ("Requests for an early checkout must be approved by the front office manager.", "decide on an early checkout", "the front office manager"),
    ("Any request to change rooms must first be approved by the duty manager.", "change rooms", "the duty manager"),
    ("No dish may be altered until the head chef has given permission.", "alter a dish", "the head chef"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "above"), APPROVALS, ids=[a for _, a, _ in APPROVALS])
def test_act_and_approver(scene, text, act, above):
    found = scene(text)
    assert found.deed is not None
    assert found.deed.base == act
    assert found.approver is not None
    assert found.approver.text == above


ACTORS = [
    ("Employees must obtain approval from their supervisor before leaving early.", "employees"),
    ("A clerk may not reverse a charge without the manager's approval.", "a clerk"),
    ("No agent may waive a fee without the manager's approval.", "an agent"),
    ("The Handlers shall obtain the consent of the manager before replying.", "the Handlers"),
]


@pytest.mark.parametrize(("text", "actor"), ACTORS, ids=[a for _, a in ACTORS])
def test_actor(scene, text, actor):
    found = scene(text)
    assert found.actor is not None
    assert found.actor.text == actor


def test_a_passive_names_no_actor(scene):
    assert scene("Refunds must be approved by the manager.").actor is None


DENIALS = [
    ("Agents have no authority to waive a baggage charge.", "waive a baggage charge"),
    ("Cashiers are not authorised to change a price.", "change a price"),
    ("Nurses may not decide on visiting hours.", "decide on visiting hours"),
    (
        "Whether a late form is accepted is not for the clerk to determine.",
        "decide whether a late form is accepted",
    ),
    (
        "The decision on which pool to close first is not one that an attendant takes.",
        "decide which pool to close first",
    ),
]


@pytest.mark.parametrize(("text", "act"), DENIALS, ids=[a for _, a in DENIALS])
def test_denied_act(scene, text, act):
    found = scene(text, kind="authority")
    assert found.deed is not None
    assert found.deed.base == act


PUNISHED = [
    ("A waiter who gives away a dessert will be warned.", "", "give away a dessert"),
    ("Any departure from the script leads to a warning.", "", "depart from the script"),
    ("Changing a recipe gets you a final warning.", "", "change a recipe"),
    ("Release a parcel early and you lose your round.", "", "release a parcel early"),
    ("Going off the list to help a guest brings a written warning.", "What gets you into trouble:", "go off the list to help a guest"),
    ("Failure to follow the checklist will lead to a warning.", "", "depart from the checklist"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead_in", "act"), PUNISHED, ids=[a for _, _, a in PUNISHED])
def test_punished_act(scene, text, lead_in, act):
    found = scene(text, lead_in, kind="sanction")
    assert found.deed is not None
    assert found.deed.base == act


@pytest.mark.parametrize(
    ("item", "act"),
    [
        ("handing out gift cards", "hand out gift cards"),
        ("swap a round with another driver", "swap a round with another driver"),
        ("a refund in cash", "give a refund in cash"),
    ],
)
def test_items_whose_lead_in_asks(scene, item, act):
    found = scene(item, "The approval of the branch manager is required for:")
    assert found.deed is not None
    assert found.deed.base == act


def test_row(scene):
    found = scene("Table held for a guest on a Saturday | Manager on duty | By noon")
    assert found.deed is not None
    assert found.deed.base == "hold a table for a guest on a Saturday"


def test_notice_and_lead(scene):
    found = scene(
        "For leave of two weeks, the request must be approved by the manager at least a month before."
    )
    assert found.notice == "at least a month before"
    assert found.deed is not None
    assert found.deed.base == "take leave of two weeks"


def test_a_clause_inside_a_phrase_keeps_its_no(sentence, grammar):
    s = sentence("Any country for which we have no licence needs the manager's approval.")
    inside = s.below(1)
    assert (
        noun_phrase(s, inside, grammar.book, grammar.casing).text == "a country for which we have no licence"
    )
