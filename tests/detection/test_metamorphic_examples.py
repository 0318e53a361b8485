"""What may change in a clause without changing what is found, and what has to change it.

The clauses are the examples of all shipped rules, changed by tables; nothing here knows how a rule finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from detection_outcomes import Outcome, Policy, examples, outcomes, policy

APPROVAL = "empowerment/mandatory-approval"
ALL = tuple(dict.fromkeys(policy(example) for _, example in examples()))
FLAGGED = tuple(
    (rule, policy(one)) for rule, one in examples() if rule.kind == "pattern" and one.verdict == "flagged"
)
SUPERIORS = {
    "manager": "supervisor|director|department head|team leader",
    "supervisor": "manager|team leader|director",
    "director": "manager|supervisor|principal",
    "team leader": "supervisor|manager",
    "shift leader": "supervisor|duty manager",
}
AMERICAN = {
    "authorise": "authorize", "authorised": "authorized", "authorises": "authorizes", "authorisation": "authorization",
    "organisation": "organization", "apologise": "apologize", "recognised": "recognized", "penalised": "penalized",
    "behaviour": "behavior", "colour": "color", "honour": "honor", "favour": "favor", "labour": "labor",
    "centre": "center", "programme": "program", "judgement": "judgment", "fulfil": "fulfill", "licence": "license",
    "cheque": "check", "neighbour": "neighbor", "theatre": "theater", "catalogue": "catalog", "counselling": "counseling",
    "cancelling": "canceling", "cancelled": "canceled", "prioritise": "prioritize", "criticise": "criticize",
    "defence": "defense", "harbour": "harbor", "metres": "meters", "travelling": "traveling",
}  # fmt: skip
BRITISH = {
    american: british
    for british, american in AMERICAN.items()
    if american not in ("check", "license", "program")
}
SUPERIOR = r"\b(?:the|a|your|their|his|her)?(?: (?:[a-z]+))? (?:manager|supervisor|director|team leader|head of department|foreman)\b"


@pytest.fixture(scope="module")
def known() -> dict[Policy, Outcome]:
    return outcomes(ALL)


def nothing(lines: list[str]) -> None:
    """Fails with all ``lines`` if there are any."""
    if lines:
        pytest.fail("\n".join((f"{len(lines)} differ:", *lines)), pytrace=False)


def swapped(text: str, table: dict[str, str]) -> str:
    def other(match: re.Match[str]) -> str:
        word = table.get(match[0].lower(), match[0])
        return word.capitalize() if match[0][0].isupper() and word != match[0] else word

    return re.sub(r"[A-Za-z]+", other, text)


def changed(change: Callable[[str], str], among: Iterable[Policy] = ALL) -> list[tuple[Policy, Policy]]:
    """Pairs of a policy and the changed one, with its lead-in, where the change does anything."""
    pairs = [(one, replace(one, text=change(one.text), lead_in=change(one.lead_in))) for one in among]
    return [(before, after) for before, after in pairs if before != after]


def approvals(known: dict[Policy, Outcome]) -> tuple[Policy, ...]:
    return tuple(one for one, said in known.items() if APPROVAL in said.active | said.guarded)


def rewritten(pattern: str, new: str, among: Iterable[Policy]) -> list[tuple[Policy, Policy]]:
    def change(text: str) -> str:
        text, count = re.subn(pattern, new, text, count=1)
        return text[:1].upper() + text[1:] if count else text

    pairs = [(one, replace(one, text=change(one.text))) for one in among]
    return [(before, after) for before, after in pairs if before != after]


def same(known: dict[Policy, Outcome], pairs: list[tuple[Policy, Policy]]) -> list[str]:
    found = outcomes(after for _, after in pairs)
    return [
        f"{after}: was {known[before]}, is {found[after]}"
        for before, after in pairs
        if found[after] != known[before]
    ]


def test_the_examples_come_out_alike_one_by_one_and_in_one_document(known: dict[Policy, Outcome]) -> None:
    missed = [f"{rule.id}: {one}" for rule, one in FLAGGED if rule.id not in known[one].active]
    nothing(missed)


def test_numbering_changes_nothing(known: dict[Policy, Outcome]) -> None:
    pairs = [(one, replace(one, text=f"4.2 {one.text}")) for one in ALL if "|" not in one.text]
    assert len(pairs) > 600
    nothing(same(known, pairs))


@pytest.mark.parametrize("table", [AMERICAN, BRITISH], ids=["american", "british"])
def test_spelling_changes_nothing(known: dict[Policy, Outcome], table: dict[str, str]) -> None:
    pairs = changed(lambda text: swapped(text, table))
    assert pairs
    nothing(same(known, pairs))


@pytest.mark.parametrize("title", SUPERIORS)
def test_titles_of_superiors_change_nothing(known: dict[Policy, Outcome], title: str) -> None:
    wanted = re.compile(rf"\b(the|your|a|their|his|her) {title}\b(?! of)")
    pairs = [
        pair
        for other in SUPERIORS[title].split("|")
        for pair in changed(lambda text, other=other: wanted.sub(rf"\1 {other}", text))
    ]
    assert pairs
    nothing(same(known, pairs))


def test_names_of_people_change_nothing(known: dict[Policy, Outcome]) -> None:
    """A superior is named beside the title; who it is does not matter, nor that a name stands there."""
    pairs = []
    for name in ("Ms Adeyemi", "Jan Kowalski", "Dr Lindqvist", "Mrs O'Hara"):
        pairs += [
            (one, replace(one, text=re.sub(r"\bby the ((?:\w+ )?(?:manager|director|supervisor))\b(?=\.)", rf"by {name}, the \1", one.text)))
            for one in approvals(known)
        ]  # fmt: skip
    pairs = [(before, after) for before, after in pairs if before != after]
    assert len(pairs) > 20
    nothing(same(known, pairs))


@pytest.mark.parametrize("sum_", ["12", "35", "120"])
def test_amounts_below_the_limit_change_nothing(known: dict[Policy, Outcome], sum_: str) -> None:
    few = re.compile(r"([$£€])\d{1,3}\b(?![,.]\d)|\b\d{1,3}(?= (?:dollars|euros|pounds)\b)")
    low = [one for one in ALL if any(float(m[0].strip("$£€")) < 500 for m in few.finditer(one.text))]
    pairs = [(one, replace(one, text=few.sub(rf"\g<1>{sum_}", one.text))) for one in low]
    pairs = [(before, after) for before, after in pairs if before != after]
    assert pairs
    nothing(same(known, pairs))


NEGATIONS = {
    "need not be": (r"\b(?:must|has to|have to|needs? to) be (?=\w*(?:approved|authori|signed|cleared|countersigned))", "need not be "),
    "do not require": (r"\b(?:requires?|needs?)\b(?= (?:the|a|an|prior|your|their|his|written|approval|consent|permission))", "do not require"),
    "not subject to": (r"\b(is|are) subject to\b", r"\1 not subject to"),
    "even without": (r"\bonly with\b", "even without"),
    "even before": (r"\bonly after\b", "even before"),
}  # fmt: skip
WAIVERS = {
    "of the approved": (r"^(?:The |A |An |Every |Each |Any )?(.+?) (?:must|has to|have to|needs? to|is to|are to) be (?:approved|authori[sz]ed|signed|cleared|countersigned)\b.*", r"No approval is needed for \1."),
    "of the needed": (r"^(.+?) (?:requires?|needs?|is subject to|are subject to) (?=.*(?:approval|permission|consent)).*", r"No approval is needed for \1."),
    "nobody's": (r"^(.+?) (?:requires?|needs?|is subject to|are subject to) (?=.*(?:approval|permission|consent)).*", r"\1 needs nobody's permission."),
    "waived": (r"^(.+?) (?:requires?|needs?|is subject to|are subject to) (?=.*(?:approval|permission|consent)).*", r"The approval of the manager is waived: \1."),
}  # fmt: skip
PEERS = {
    "a colleague": (SUPERIOR, " a colleague"),
    "a peer": (SUPERIOR, " a peer"),
    "a teammate": (SUPERIOR, " a teammate"),
}


@pytest.mark.parametrize("change", [NEGATIONS, WAIVERS, PEERS], ids=["negated", "waived", "peer"])
def test_without_a_superior_there_is_no_approval(
    known: dict[Policy, Outcome], change: dict[str, tuple[str, str]]
) -> None:
    pairs = []
    for name, (pattern, new) in change.items():
        some = rewritten(pattern, new, (one for one in approvals(known) if not one.lead_in))
        assert some, name
        pairs += some
    found = outcomes(after for _, after in pairs)
    left = [
        f"{after} (from {before})"
        for before, after in pairs
        if APPROVAL in found[after].active | found[after].guarded
    ]
    nothing(left)


REASONS = {
    "law": ("legal", "By law, {}"),
    "act": ("legal", "Under the data protection act, {}"),
    "regulation": ("legal", "As the regulations require, {}"),
    "safety": ("ethical", "For safety reasons, {}"),
    "fraud": ("ethical", "To prevent fraud, {}"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_good_reason_spares_the_clause(known: dict[Policy, Outcome], reason: str) -> None:
    """Whatever the rule, and most are listed as left alone rather than not found at all."""
    guardrail, words = REASONS[reason]
    tried = [
        (rule, one, replace(one, text=words.format(one.text[0].lower() + one.text[1:])))
        for rule, one in FLAGGED
        if guardrail in rule.guardable
        and not re.search(r"[;:|]|, (?:and|but|even)\b", one.text)
        and not one.lead_in
    ]
    found = outcomes(after for *_, after in tried)
    assert len(tried) > 60
    nothing([f"{rule.id}: {after}" for rule, _, after in tried if rule.id in found[after].active])
    seen = sum(rule.id in found[after].guarded for rule, _, after in tried)
    assert seen >= 0.9 * len(tried)


def test_a_large_amount_guards_an_approval(known: dict[Policy, Outcome]) -> None:
    things = r"^((?:Every |Each |An? |No |Any )?(?:refund|exchange|discount|credit|purchase|claim|order|gift card)s?)\b"
    some = [one for rule, one in FLAGGED if rule.id == APPROVAL and not one.lead_in]
    pairs = [pair for sum_ in ("$5,000", "9000 euros") for pair in rewritten(things, rf"\1 of {sum_}", some)]
    found = outcomes(after for _, after in pairs)
    assert len(pairs) >= 6
    nothing([str(after) for _, after in pairs if APPROVAL not in found[after].guarded])


SPLITS = (
    r"^((?:[A-Z][\w'-]*)(?: [\w'-]+){0,4} (?:must|may not|must not|shall not|are not allowed to|is not allowed to|do not|have to|has to|needs?|requires?|is subject to|are subject to)) (?!be\b|not\b)(.+)$",
    r"^((?:Do not|Never|Always|Only [\w' -]{3,30}? may|Nobody may|No one may)) (.+)$",
)  # fmt: skip


def test_a_lead_in_with_its_items_says_what_the_sentence_said(known: dict[Policy, Outcome]) -> None:
    pairs = []
    for _, one in FLAGGED:
        if one.lead_in or re.search(r"[;:|]", one.text):
            continue
        for pattern in SPLITS:
            if parts := re.match(pattern, one.text):
                pairs.append((one, replace(one, lead_in=f"{parts[1]}:", text=parts[2])))
    found = outcomes(after for _, after in pairs)
    assert len(pairs) > 12
    lost = [
        f"{after}: {known[before]} became {found[after]}"
        for before, after in pairs
        if not (known[before].active <= found[after].active | found[after].guarded)
    ]
    nothing(lost)
