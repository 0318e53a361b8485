"""The slots of one finding: from its scene, its clause and its document's register."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from auditor.model.clause import Clause
from auditor.model.fact import Scalar
from auditor.model.finding import Finding
from auditor.rewriting.aims import aim
from auditor.rewriting.cells import cell_slots
from auditor.rewriting.deeds import Deed, Grammar
from auditor.rewriting.features import features_of, finding_field
from auditor.rewriting.forms import Phrase, listed, plural
from auditor.rewriting.keeping import kept_texts
from auditor.rewriting.limits import Limit, capped, find_limit, first_quantity
from auditor.rewriting.nouns import head_of, is_person
from auditor.rewriting.people import named, slot_range, superior, superior_ranges, whole_name
from auditor.rewriting.phrasebook import Phrasebook, Plan
from auditor.rewriting.register import Register, speaker
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence
from auditor.rewriting.softening import soften

_OWNERS = {"you": "your", "we": "our", "they": "their", "it": "their", "he": "his", "she": "her"}
_OWN = re.compile(r"\b(?:his or her|his\s*/\s*her|his|her|your|our|my|their|one's)\b", re.IGNORECASE)
_SINGLE = re.compile(r"\b(?:he|she|mr|ms|mrs)\b", re.IGNORECASE)
_PERSONS = frozenset({"owner", "leader", "unit", "above", "approver"})
"""Roles of facts that name people or departments, which need a determiner."""
_BETTER = frozenset({"matter", "owner"})
"""Roles in which the language stage knows better than the guess made here."""
_ANYBODY = listed("employees employee staff people colleagues crew associates everyone")
_LIGHT = listed("take have get use avail grant obtain request")
_ASKING = listed("whether which how when what who")
_INVERTED = listed("may shall can will should must do does is are")


@dataclass(frozen=True, slots=True)
class Kit:
    """What a wording is filled with (``slots``) and what its conditions look at (``features``)."""

    slots: Mapping[str, Phrase]
    features: Mapping[str, Scalar]
    people: frozenset[int] = frozenset()
    """The tokens that name persons by their titles."""
    kept: tuple[str, ...] = ()
    """The clause without the words that ask, several versions of it: the slot ``kept`` takes each in turn."""


def kit_of(
    finding: Finding, s: Sentence, scene: Scene, plan: Plan, register: Register, g: Grammar, clause: Clause,
    evidence: Collection[int], own: Collection[int],
) -> Kit:  # fmt: skip
    """Slots and features of a finding; ``clause`` has the text, and ``own`` the tokens, that are to be rewritten."""
    deed = scene.deed
    limit = find_limit(s, own, g.book)
    if limit and deed and _limited(deed.base.lower().replace(s.say(limit.tokens).lower(), ""), g.book):
        # "More than $50 but not above $200": a range is no limit below which somebody decides.
        limit = None
    who = _actor(scene, clause, register, finding.scope or str(finding_field(finding, "scope") or ""))
    text = clause.text.removeprefix(s.marker)
    above = _approver(scene, who, clause)
    eased = _eased(soften(text, plan.cut, scene.approver.text if scene.approver else ""), s, g)
    slots: dict[str, Phrase | None] = {
        "actor": who,
        "again": who if who.text.lower() not in eased.lower() else replace(who, text=who.pronoun("they")),
        **_act_slots(deed, limit, scene, who, plan, s),
        "approver": above,
        "limit": _phrase(limit.text if limit else ""),
        "lead": _phrase(f"{scene.lead}, " if scene.lead else ""),
        "notice": _phrase(scene.notice),
        "manner": _phrase(scene.manner),
        "softened": _phrase(soften(text, plan.cut, scene.approver.text if scene.approver else "")),
        "eased": _phrase(eased),
        "aim": _phrase(aim(s, scene.anchor, g)),
        "staff": register.staff,
        "customer": _phrase(register.customer),
        "customers": Phrase(plural(register.customer), plural=True),
        **cell_slots(clause, scene, s, g),
    }
    slots["matter"] = scene.matter or slots["object"]
    slots["owner"] = scene.owner
    slots["quantity"] = _phrase(first_quantity(s, own, g.book))
    slots.setdefault("cell", who)
    _roles(finding, s, slots, g)
    unit, matter = slots.get("unit"), slots["matter"]
    apart = unit is not None and matter is not None and unit.text.removeprefix("the ") not in matter.text
    full = {name: phrase for name, phrase in slots.items() if phrase is not None and phrase.text}
    kept = tuple(dict.fromkeys(kept_texts(s, scene, evidence, own, g)))
    above_ = {i for span in superior_ranges(s, g) for i in whole_name(s, *span, g)}
    doers = {i for i in own if is_person(s, i, g.book)}
    features = features_of(finding, s, scene, plan, g, clause, own, limit, who)
    features = {**features, "matter_apart": apart}
    return Kit(full, features, frozenset(above_ | doers), kept)


def _act_slots(
    deed: Deed | None, limit: Limit | None, scene: Scene, who: Phrase, plan: Plan, s: Sentence
) -> dict[str, Phrase | None]:
    """The act as a verb phrase, as an -ing form, as a thing, and what it is done to."""
    slots: dict[str, Phrase | None] = {
        "act": None,
        "doing": None,
        "object": None,
        "whole": None,
        "decided": None,
    }
    if deed is None:
        return slots
    act = _owned(soften(deed.base, plan.cut), scene.actor, who)
    slots["act"] = _phrase(act)
    slots["object"] = deed.object
    if deed.object is not None and deed.name is not None and deed.name.text in act:
        slots["plain_act"] = _phrase(act.replace(deed.name.text, deed.object.text))
    whole = _thing(deed)
    if whole is not None:
        whole = slots["whole"] = replace(whole, text=soften(whole.text, plan.cut) or whole.text)
    if limit is not None:
        capped_act = capped(act, limit, s)
        slots["capped_act"] = (
            _phrase(capped_act)
            if capped_act != act
            else _phrase(f"{act} of up to [{limit.name}; today {limit.text}]")
        )
    if limit is not None and whole is not None:
        capped_whole = capped(whole.text, limit, s)
        slots["capped"] = replace(whole, text=capped_whole) if capped_whole != whole.text else None
    if whole is not None:
        slots["decided"] = _phrase(_decided(whole.text))
    named_ = scene.actor is not None and scene.actor.person == "they"
    if scene.actor is not None and named_ and scene.actor.text.lower() not in _ANYBODY and not scene.above:
        slots["for_actor"] = Phrase(f" for {scene.actor.text}")
    return slots


def _thing(deed: Deed) -> Phrase | None:
    """The act as a thing that can be agreed: its own noun, its object after a light verb, else its -ing form."""
    if deed.name is not None:
        return deed.name
    if deed.object is not None and deed.verb in ("grant", "give"):
        return deed.object
    if deed.object is not None and deed.verb in _LIGHT and not deed.early:
        late = deed.late.removeprefix("of ")
        return replace(deed.object, text=late) if late.startswith(deed.object.text) else None
    return _phrase(deed.doing)


def _decided(thing: str) -> str:
    """What follows "decides": "on the rota", "whether to close the office", "which cabin to close"."""
    thing = re.sub(r"^(?:determining|deciding|settling|judging|choosing) (?:on )?", "", thing)
    found = re.match(r"(?:the |a )?decision (?:(?:on|about|as to) )?(.*)", thing)
    if found:
        rest = found[1]
        return (
            f"whether {rest}"
            if rest.startswith("to ")
            else rest
            if rest.split(" ", 1)[0] in _ASKING
            else f"on {rest}"
        )
    return thing if thing.split(" ", maxsplit=1)[0] in _ASKING else f"on {thing}"


def _phrase(text: str) -> Phrase | None:
    return Phrase(text, person="it") if text else None


def _limited(text: str, book: Phrasebook) -> bool:
    """Whether a text still states a limit."""
    return any(
        re.search(rf"\b{phrase}\b", text) for phrase in (*book.phrases("limits_before"), "below", "under")
    )


def _actor(scene: Scene, clause: Clause, register: Register, scope: str) -> Phrase:
    """The clause's own actor, else whoever the document addresses; for customers, whoever serves them."""
    if scene.actor is not None and not scene.above:
        return scene.actor
    spoken = speaker(clause, clause.lead_in, register)
    if register.to_customers:
        return register.staff
    if scene.imperative or spoken.person == "you":
        return Phrase("you", person="you")
    if scope == "customer":
        return Phrase(f"whoever serves the {register.customer}", person="they")
    return spoken


def _owned(text: str, own: Phrase | None, who: Phrase) -> str:
    """An act whose "your" becomes "their" where its actor changes."""
    if not text or own is not None or who.person in ("you", "we"):
        return text
    return _OWN.sub(lambda m: _OWNERS[who.person] if m[0].lower() == "your" else m[0], text)


def _approver(scene: Scene, who: Phrase, clause: Clause) -> Phrase | None:
    """Who stands above, "their supervisor" said to whom the sentence speaks."""
    if scene.approver is None:
        return None
    text = scene.approver.text
    found = _OWN.match(text)
    kept = found and (
        found[0].lower() == "our" or (_SINGLE.search(clause.text) and found[0].lower() in ("his", "her"))
    )
    if found and not kept:
        text = _OWNERS[who.person] + text[found.end() :]
    return replace(scene.approver, text=text.replace(" respective ", " "))


def _roles(finding: Finding, s: Sentence, slots: dict[str, Phrase | None], g: Grammar) -> None:
    """Roles that the language stage captured, under their own names, where nothing better is known.

    A role may also be had ``whole``: with the clauses that hang on it.
    """
    for fact in finding.premises:
        if fact.clause != finding.clause.id:
            continue
        for slot in fact.slots:
            span = slot_range(s, fact, slot.role)
            if span is None or (slots.get(slot.role) is not None and slot.role not in _BETTER):
                continue
            if slot.role == "matter" and _names_people(s, span, g):
                continue
            slots[slot.role] = superior(s, span, g) if slot.role in _PERSONS else named(s, span, g)
            slots[f"{slot.role}_whole"] = named(s, span, g, whole=True)


def _names_people(s: Sentence, span: tuple[int, int], g: Grammar) -> bool:
    """Whether a range names customers or staff, and so no matter."""
    head = head_of(s, range(*span))
    return is_person(s, head, g.book) or s.lemma(head) in g.book.phrases("customers")


def _eased(text: str, s: Sentence, g: Grammar) -> str:
    """A text that follows "as a rule": its first word in small letters unless it is a name; "" after an inversion."""
    first = text.split(" ", 1)[0] if text else ""
    if first.lower() in _INVERTED:
        return ""
    token = next((t for t in s.tokens[s.own :] if t.text == first), None)
    return text if g.casing.keeps(first, token.tag if token else "") else text[:1].lower() + text[1:]
