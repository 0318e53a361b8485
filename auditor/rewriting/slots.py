"""The slots and features of one finding: from its scene, its clause and its document's register."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from auditor.model.clause import Clause
from auditor.model.fact import Scalar
from auditor.model.finding import Finding
from auditor.rewriting.aims import aim, is_fragment
from auditor.rewriting.approvals import FORBIDDING
from auditor.rewriting.deeds import Deed, Grammar
from auditor.rewriting.forms import Phrase, listed, plural
from auditor.rewriting.keeping import kept_texts
from auditor.rewriting.limits import Limit, find_limit
from auditor.rewriting.nouns import is_person
from auditor.rewriting.people import named, slot_range, superior
from auditor.rewriting.phrasebook import Phrasebook, Plan
from auditor.rewriting.register import Register, speaker
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence, tidy
from auditor.rewriting.softening import has_cut, soften

_POSSESSIVES = {"you": "your", "we": "our", "they": "their", "it": "their", "he": "his", "she": "her"}
_PERSONS = frozenset({"owner", "leader", "unit", "above", "approver"})
"""Roles of facts that name people or departments, which need a determiner."""
_BETTER = frozenset({"matter"})
"""Roles in which the language stage knows better than the guess made here."""
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
    deed = scene.deed
    limit = find_limit(s, own, book)
    if limit and deed and _limited(_without(deed.base, s, limit), book):
        # "More than $50 but not above $200": a range is no limit below which somebody decides.
        limit = None
    act = soften(_without(deed.base, s, limit), plan.cut) if deed else ""
    object_ = (
        replace(deed.object, text=_without(deed.object.text, s, limit)) if deed and deed.object else None
    )
    scope = finding.scope or str(_field(finding, "scope") or "")
    who = _actor(scene, clause, register, scope)
    text_ = clause.text.removeprefix(s.marker)
    softened = soften(text_, plan.cut)
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
        "clause": _phrase(text_.rstrip(" .;,")),
        "softened": _phrase(softened),
        "eased": _phrase(_eased(softened, s, g)),
        "aim": _phrase(aim(s, scene.anchor, g)),
        "staff": register.staff,
        "each": _phrase("you" if register.staff.person == "you" else "everyone"),
        "customer": _phrase(register.customer),
        "customers": _phrase(plural(register.customer)),
        "heading": _phrase(clause.heading[-1].strip(" .:0123456789") if clause.heading else ""),
        **_cells(clause, scene, s, g),
    }
    _roles(finding, s, slots, g)
    text = f"{clause.lead_in} {clause.text}".lower()
    mentions = functools.partial(_said, book, text)
    features: dict[str, Scalar] = {
        **{name: value for fact in reversed(finding.premises) for name, value in fact.fields},
        "scope": scope,
        "kind": clause.kind,
        "money": (limit.money if limit else False)
        or _mentions(s, book, "money", (deed is not None and deed.used) or own),
        "shared": _mentions(s, book, "shared", deed.used if deed and deed.used else own)
        or _heading_mentions(clause, book, "shared"),
        "limit_money": limit is not None and limit.money,
        "you": who.person == "you",
        "negated": scene.negated,
        "imperative": scene.imperative,
        "cut": has_cut(text_, plan.cut),
        "names_customer": mentions("customers"),
        "fragment": is_fragment(s),
        "listed": clause.kind == "item"
        or any(_said(book, h.lower(), "offences") for h in clause.heading[-2:]),
        "above": scene.above,
        "actor_known": scene.actor is not None or scene.imperative,
        "condition": scene.lead.lower().startswith(
            ("if ", "when ", "where ", "should ", "in case", "whenever ")
        ),
        "inverted": text.lstrip().startswith(("under no", "in no case", "on no account", "at no time")),
        "forbidden": 0 <= scene.anchor < len(s.tokens) and s.lemma(scene.anchor) in FORBIDDING,
        "exception": bool(re.search(r"\b(?:except|excepting|other than|but not|excluding)\b", text)),
        "unauthorised": bool(re.search(r"\bunauthori[sz]ed|unapproved", text)),
        "idea": mentions("ideas"),
        "appeal": mentions("appeals"),
        "names": "promotion" if mentions("promotions") else "hiring",
    }
    slots["whole"] = _thing(deed) if deed else None
    if scene.actor is not None and scene.actor.person == "they" and scene.actor.text.lower() not in _ANYBODY:
        slots["for_actor"] = Phrase(f" for {scene.actor.text}")
    if clause.cells:
        slots.setdefault("cell", who)
    full = {name: phrase for name, phrase in slots.items() if phrase is not None and phrase.text}
    return Kit(full, features, tuple(dict.fromkeys(kept_texts(s, scene, evidence, g))))


_LIGHT = listed("take make have get give use avail grant do go obtain request")


def _thing(deed: Deed) -> Phrase | None:
    """The act as a thing that can be agreed: its own noun, its object after a light verb, else its -ing form."""
    if deed.name is not None:
        return deed.name
    if deed.object is not None and deed.verb in _LIGHT and not deed.early:
        return deed.object if deed.late.startswith(deed.object.text) else None
    return _phrase(deed.doing)


def _phrase(text: str) -> Phrase | None:
    return Phrase(text, person="it") if text else None


def _field(finding: Finding, name: str) -> Scalar | None:
    return next((v for fact in finding.premises if (v := fact.get(name)) is not None), None)


def _without(text: str, s: Sentence, limit: Limit | None) -> str:
    """Words without the limit stated in them."""
    if limit is None:
        return text
    return tidy(
        re.sub(rf"(?<!\w){re.escape(s.say(limit.tokens))}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)
    )


def _limited(text: str, book: Phrasebook) -> bool:
    """Whether a text still states a limit."""
    return any(
        re.search(rf"\b{phrase}\b", text) for phrase in (*book.phrases("limits_before"), "below", "under")
    )


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


def _roles(finding: Finding, s: Sentence, slots: dict[str, Phrase | None], g: Grammar) -> None:
    """Roles that the language stage captured, under their own names, where nothing better is known."""
    for fact in finding.premises:
        if fact.clause != finding.clause.id:
            continue
        for slot in fact.slots:
            span = slot_range(s, fact, slot.role)
            if span is None or (slots.get(slot.role) is not None and slot.role not in _BETTER):
                continue
            person = slot.role in _PERSONS
            slots[slot.role] = superior(s, span, g) if person else named(s, span, g)


def _eased(text: str, s: Sentence, g: Grammar) -> str:
    """A text that follows "as a rule": its first word in small letters unless it is a name."""
    first = text.split(" ", 1)[0] if text else ""
    if first.lower() in ("may", "shall", "can", "will", "should", "must", "do", "does", "is", "are", "if"):
        return "" if first.lower() != "if" else text[:1].lower() + text[1:]
    token = next((t for t in s.tokens[s.own :] if t.text == first), None)
    return text if g.casing.keeps(first, token.tag if token else "") else text[:1].lower() + text[1:]


def _said(book: Phrasebook, text: str, name: str) -> bool:
    """Whether a text mentions a word or phrase of a list."""
    return any(re.search(rf"\b{re.escape(phrase)}s?\b", text) for phrase in book.phrases(name))


def _cells(clause: Clause, scene: Scene, s: Sentence, g: Grammar) -> dict[str, Phrase | None]:
    """Of a table row: the cells before and after the one that names who stands above, and who acts."""
    if len(clause.cells) < 2 or scene.approver is None:
        return {}
    texts = [clause.text[cell.span.start : cell.span.end] for cell in clause.cells]
    words = scene.approver.text.lower().removeprefix("the ")
    at = next((i for i, text in enumerate(texts) if i and words in text.lower()), None)
    if at is None:
        return {}
    after = " | ".join(["", *texts[at + 1 :]]) if at + 1 < len(texts) else "\u200b"
    found = {"before": _phrase(" | ".join(texts[:at]) + " | "), "after": Phrase(after)}
    first = re.split(r",| with | after | subject | and | on ", texts[at])[0].strip()
    others = [text for i, text in enumerate(texts) if i not in (0, at)]
    doer = next((t for t in (first, *others) if t and words not in t.lower() and _names_staff(t, s, g)), None)
    if doer:
        found["cell"] = Phrase(doer, person="they")
        found["actor"] = Phrase(f"the {doer[:1].lower()}{doer[1:]}", person="they")
    return found


def _names_staff(text: str, s: Sentence, g: Grammar) -> bool:
    """Whether a cell names somebody who does the work."""
    words = text.lower().split()
    if not 0 < len(words) <= 4 or words[-1] in g.book.chiefs or tuple(words) in g.book.superiors:
        return False
    return any(is_person(s, i, g.book) for i in range(len(s.tokens)) if s.low(i) == words[-1])


def _mentions(s: Sentence, book: Phrasebook, name: str, indices: object) -> bool:
    among = sorted(indices) if isinstance(indices, frozenset | range) else range(len(s.tokens))
    return any(
        book.has(name, form) for i in among for form in (s.lemma(i), s.low(i), s.low(i).removesuffix("s"))
    )


def _heading_mentions(clause: Clause, book: Phrasebook, name: str) -> bool:
    words = {w for h in clause.heading[-1:] for w in re.findall(r"[a-z]+", h.lower())}
    words |= {w.removesuffix("s") for w in words}
    return any(book.has(name, word) for word in words)
