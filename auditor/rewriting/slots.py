"""The slots and features of one finding: from its scene, its clause and its document's register."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from auditor.model.clause import Clause
from auditor.model.fact import Fact, Scalar
from auditor.model.finding import Finding
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.forms import Phrase, article, listed, plural
from auditor.rewriting.keeping import kept_texts
from auditor.rewriting.limits import Limit, find_limit
from auditor.rewriting.phrasebook import Phrasebook, Plan
from auditor.rewriting.register import Register, speaker
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence, tidy
from auditor.rewriting.softening import has_cut, soften

_POSSESSIVES = {"you": "your", "we": "our", "they": "their", "it": "their", "he": "his", "she": "her"}
_ANYBODY = listed("employees employee staff people colleagues crew associates everyone")
_OWN = re.compile(r"\b(?:his or her|his\s*/\s*her|his|her|your|our|my|their|one's)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kit:
    """What a wording is filled with (``slots``) and what its conditions look at (``features``)."""

    slots: Mapping[str, Phrase]
    features: Mapping[str, Scalar]
    kept: tuple[str, ...] = ()
    """The clause without the words that ask, several versions of it: the slot ``kept`` takes each in turn."""


def kit_of(
    finding: Finding,
    s: Sentence,
    scene: Scene,
    plan: Plan,
    register: Register,
    g: Grammar,
    clause: Clause,
    evidence: Collection[int],
) -> Kit:
    """Slots and features of a finding; ``clause`` is the part of its clause that is to be rewritten."""
    book = g.book
    own = range(s.own, len(s.tokens))
    limit = find_limit(s, own, book)
    deed = scene.deed
    act = _without(deed.base, s, limit) if deed else ""
    object_ = (
        replace(deed.object, text=_without(deed.object.text, s, limit)) if deed and deed.object else None
    )
    scope = finding.scope or str(_field(finding, "scope") or "")
    who = _actor(scene, clause, register, scope)
    slots: dict[str, Phrase | None] = {
        "actor": who,
        "act": _phrase(_owned(act, scene.actor, who)),
        "doing": _phrase(_owned(_without(deed.doing, s, limit), scene.actor, who)) if deed else None,
        "object": object_,
        "matter": scene.matter or object_,
        "approver": _approver(scene, who),
        "limit": _phrase(limit.text if limit else ""),
        "lead": _phrase(f"{scene.lead}, " if scene.lead else ""),
        "notice": _phrase(scene.notice),
        "manner": _phrase(scene.manner),
        "clause": _phrase(clause.text.rstrip(" .;,")),
        "softened": _phrase(soften(clause.text, plan.cut)),
        "staff": register.staff,
        "each": _phrase("you" if register.staff.person == "you" else "everyone"),
        "customer": _phrase(register.customer),
        "customers": _phrase(plural(register.customer)),
        "heading": _phrase(clause.heading[-1].strip(" .:0123456789") if clause.heading else ""),
        **_cells(clause, scene),
    }
    for fact in finding.premises:
        _roles(fact, s, slots)
    text = s.text.lower()
    features: dict[str, Scalar] = {
        **{name: value for fact in reversed(finding.premises) for name, value in fact.fields},
        "scope": scope,
        "kind": clause.kind,
        "money": (limit.money if limit else False)
        or _mentions(s, book, "money", (deed is not None and deed.used) or own),
        "shared": _mentions(s, book, "shared", deed.used if deed and deed.used else own)
        or _heading_mentions(clause, book, "shared"),
        "you": who.person == "you",
        "negated": scene.negated,
        "imperative": scene.imperative,
        "cut": has_cut(clause.text, plan.cut),
        "names_customer": any(re.search(rf"\b{name}s?\b", text) for name in book.phrases("customers")),
    }
    slots["whole"] = deed.object if deed else None
    if scene.actor is not None and scene.actor.person == "they" and scene.actor.text.lower() not in _ANYBODY:
        slots["for_actor"] = Phrase(f" for {scene.actor.text}")
    full = {name: phrase for name, phrase in slots.items() if phrase is not None and phrase.text}
    return Kit(full, features, tuple(dict.fromkeys(kept_texts(s, scene, evidence, g))))


def _phrase(text: str) -> Phrase | None:
    return Phrase(text, person="it") if text else None


def _field(finding: Finding, name: str) -> Scalar | None:
    return next((v for fact in finding.premises if (v := fact.get(name)) is not None), None)


def _without(text: str, s: Sentence, limit: Limit | None) -> str:
    """Words without the limit stated in them."""
    if limit is None:
        return text
    said = s.say(limit.tokens)
    return tidy(text.replace(said, " ")) if said in text else text


def _actor(scene: Scene, clause: Clause, register: Register, scope: str) -> Phrase:
    """The clause's own actor, else whoever the document addresses; for customers, whoever serves them."""
    if scene.actor is not None:
        return scene.actor
    spoken = speaker(clause, clause.lead_in, register)
    if scene.imperative or spoken.person == "you":
        return Phrase("you", person="you")
    if scope == "customer":
        return Phrase(f"whoever serves the {register.customer}", person="they")
    return spoken


def _owned(text: str, own: Phrase | None, who: Phrase) -> str:
    """An act whose "your" becomes "their" where its actor changes."""
    if not text or own is not None:
        return text
    wanted = _POSSESSIVES[who.person]
    return _OWN.sub(
        lambda m: wanted if m[0].lower() in ("your", "our") and wanted not in ("our",) else m[0], text
    )


def _approver(scene: Scene, who: Phrase) -> Phrase | None:
    """Who stands above, "their supervisor" said to whom the sentence speaks."""
    if scene.approver is None:
        return None
    text = scene.approver.text
    found = _OWN.match(text)
    if found and not (found[0].lower() == "our" and who.person != "we"):
        text = _POSSESSIVES[who.person] + text[found.end() :]
    return replace(scene.approver, text=text.replace(" respective ", " "))


def _roles(fact: Fact, s: Sentence, slots: dict[str, Phrase | None]) -> None:
    """Roles that the language stage captured, under their own names, where nothing better is known."""
    for slot in fact.slots:
        if slot.end <= len(s.text) and slots.get(slot.role) is None:
            slots[slot.role] = Phrase(tidy(s.text[slot.start : slot.end]))


def _cells(clause: Clause, scene: Scene) -> dict[str, Phrase | None]:
    """Of a table row: the cells before and after the one that names who stands above."""
    if len(clause.cells) < 2 or scene.approver is None:
        return {}
    texts = [clause.text[cell.span.start : cell.span.end] for cell in clause.cells]
    words = scene.approver.text.lower().removeprefix("the ")
    at = next((i for i, text in enumerate(texts) if i and words in text.lower()), None)
    if at is None:
        return {}
    after = " | ".join(["", *texts[at + 1 :]]) if at + 1 < len(texts) else ""
    return {
        "before": _phrase(" | ".join(texts[:at]) + " | "),
        "after": Phrase(after) if after else Phrase("\u200b"),
    }


def _mentions(s: Sentence, book: Phrasebook, name: str, indices: object) -> bool:
    among = sorted(indices) if isinstance(indices, frozenset | range) else range(len(s.tokens))
    return any(
        book.has(name, form) for i in among for form in (s.lemma(i), s.low(i), s.low(i).removesuffix("s"))
    )


def _heading_mentions(clause: Clause, book: Phrasebook, name: str) -> bool:
    words = {w for h in clause.heading[-1:] for w in re.findall(r"[a-z]+", h.lower())}
    words |= {w.removesuffix("s") for w in words}
    return any(book.has(name, word) for word in words)


__all__ = ["Kit", "article", "kit_of"]
