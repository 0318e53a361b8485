"""The clause itself without the words that ask for a yes, in several depths."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.rewriting.aims import stands_alone
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.forms import listed, third_person
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence, tidy

_CUTTABLE = listed("acl relcl prep advcl conj amod advmod appos mark dep pcomp npadvmod acomp oprd")
_OPENERS = listed(
    "upon with without subject after only on as by until unless except once provided pending under through"
)
_HANGING = listed(
    "has have is are be been must shall can may will to subject obtaining getting seeking provided the a an of on by"
)
_SWALLOWED = listed("provided only and , but except just & or duly also even strictly")


def kept_texts(
    s: Sentence, scene: Scene, evidence: Collection[int], own: Collection[int], g: Grammar
) -> Iterator[str]:
    """Versions of the clause's own text in which the anchor, with what hangs on it, is cut: the least first."""
    if scene.anchor < s.own and stands_alone(s):
        # The lead-in asks for the yes; the item itself may stand.
        yield tidy(s.say(own)).rstrip(" .;,")
    if scene.anchor in own:
        for text in (reaching(s, scene, g), asked(s, scene, own, g)):
            if text:
                yield text
        for gone in _depths(s, scene.anchor, g):
            text = _text(s, own, gone)
            if text:
                yield text
    cut = _from_evidence(s, evidence)
    if cut:
        text = _text(s, own, cut)
        if text:
            yield text


def asked(s: Sentence, scene: Scene, own: Collection[int], g: Grammar) -> str:
    """ "Members get approval from the manager a month before …" with "ask" for "get approval from"."""
    at = scene.anchor
    verb = s.tokens[at].head
    source = next((k for k in (*s.kids[at], *s.kids[verb]) if s.low(k) == "from" and k > at), None)
    if s.tokens[at].dep not in ("dobj", "obj") or source is None or not g.book.has("asking", s.lemma(verb)):
        return ""
    subject = s.child(verb, "nsubj")
    bare = s.tokens[verb].tag in ("VB", "VBP")
    word = "ask" if bare or subject is None else third_person("ask")
    inner = [i for i in s.below(at) if i < source and i != verb]
    change = {verb: word, source: "", **dict.fromkeys(inner, "")}
    return tidy(s.say(own, change).rstrip(" ."))


def _depths(s: Sentence, anchor: int, g: Grammar) -> Iterator[frozenset[int]]:
    """What to cut: at the anchor and at each head above it that can be left out of a sentence."""
    at = anchor
    for head in (*s.above(anchor), -1):
        token = s.tokens[at]
        joined = token.dep == "conj" or any(
            s.tokens[k].dep == "conj" and s.tokens[k].pos == token.pos for k in s.kids[at]
        )
        held = s.low(token.head) == "subject" or s.lemma(token.head) in ("have", "get", "need")
        held = held or token.dep == "pcomp" or (token.dep == "prep" and s.low(at) == "of")
        if token.dep == "acl" and token.pos == "VERB":
            # "an email seeking approval to the manager": whom it goes to may stay.
            beyond = {j for i in s.below(at) for j in s.kids[i] if s.low(j) in ("to", "with") and j > anchor}
            if beyond:
                yield frozenset(s.below(at, beyond))
        wide = (
            token.dep == "conj"
            and at != anchor
            and not g.book.has("approving", token.lemma)
            and not g.book.has("asking", token.lemma)
        )
        if token.dep in _CUTTABLE and not held and not wide:
            yield frozenset(s.below(at))
        elif token.pos == "VERB" and joined:
            partner = [k for k in s.kids[at] if s.tokens[k].dep == "conj"]
            if partner and s.tokens[partner[0]].tag == token.tag:
                # "approved and submitted to HR": what hangs on both stays.
                yield frozenset({at, *(k for k in s.kids[at] if s.tokens[k].dep == "cc")})
        if head < 0 or (token.pos in ("VERB", "AUX") and token.dep in ("ROOT", "relcl")):
            return
        at = head


def _from_evidence(s: Sentence, evidence: Collection[int]) -> frozenset[int]:
    """The flagged words themselves where they begin like an adjunct."""
    places = sorted(evidence)
    start = next((i for i in places if s.low(i) in _OPENERS), None)
    if start is None or not places or places[-1] - start < 1:
        return frozenset()
    return frozenset(range(start, places[-1] + 1))


def _text(s: Sentence, own: Collection[int], gone: Collection[int]) -> str:
    """The own text without some tokens, and without the small words that led to them."""
    cut = set(gone) & set(own)
    if not cut or len(cut) >= len(own) - 2:
        return ""
    first = min(cut)
    while first - 1 in own and s.low(first - 1) in _SWALLOWED:
        first -= 1
        cut.add(first)
    last = max(cut)
    while last + 2 in own and s.tokens[last + 1].text in "/&" and s.tokens[last + 2].pos == "PROPN":
        cut |= {last + 1, last + 2}
        last += 2
    left = [i for i in sorted(own) if i not in cut]
    if not left:
        return ""
    if s.tokens[left[0]].tag == "MD":
        return ""
    text = tidy(s.say(left))
    if text.rsplit(" ", 1)[-1].lower() in _HANGING:
        return ""
    return text.rstrip(" .;,") if len(text.split()) > 3 else ""


def reaching(s: Sentence, scene: Scene, g: Grammar) -> str:
    """ "The request must be approved by the manager two days before" with "reach" for "be approved by"."""
    at = scene.anchor
    token = s.tokens[at]
    agent, subject = s.child(at, "agent"), s.child(at, "nsubjpass", "nsubj")
    if token.tag != "VBN" or agent is None or subject is None or s.child(at, "conj") is not None:
        return ""
    if s.lemma(subject) not in ("request", "application", "form"):
        return ""
    modal = any(s.tokens[k].tag == "MD" for k in s.kids[at])
    change = {
        k: ""
        for k in s.kids[at]
        if s.tokens[k].dep == "auxpass" or s.low(k) in ("be", "been", "duly", "only")
    }
    change |= {agent: "", at: "reach" if modal or s.tokens[subject].tag == "NNS" else third_person("reach")}
    between = [k for k in s.kids[at] if at < k < agent]
    for kid in between:
        change |= dict.fromkeys(s.below(kid), "")
    own = [i for i in range(s.own, len(s.tokens)) if i not in change or change[i]]
    tail = "" if not between else f" {s.say([i for k in between for i in s.below(k)])}"
    return tidy(s.say(own, change).rstrip(" .") + tail)
