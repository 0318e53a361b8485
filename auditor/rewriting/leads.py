"""Around the act: the main clause, what stands before it, and how and when a yes is asked for."""

from __future__ import annotations

from collections.abc import Collection

from auditor.rewriting.deeds import SUBJECTS, Grammar
from auditor.rewriting.forms import listed
from auditor.rewriting.nouns import noun_phrase
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence

_IDLE_LEADS = listed("without unless until")


def main_of(s: Sentence, at: int) -> int:
    """The verb of the main clause in which a token stands."""
    for node in (at, *s.above(at)):
        token = s.tokens[node]
        own = s.child(node, *SUBJECTS) is not None
        if token.dep == "ROOT" or (
            own and token.dep in ("conj", "ccomp", "parataxis") and token.pos in ("VERB", "AUX")
        ):
            return node
        if token.dep == "ccomp" and token.head > node and token.pos in ("VERB", "AUX"):
            return node
    return at


def subject_of(s: Sentence, verb: int) -> int | None:
    """The subject of a verb, of the verb it is joined to, or of the verb that governs it."""
    found = s.child(verb, "nsubj", "nsubjpass", "csubj", "csubjpass")
    if found is None and s.tokens[verb].dep in ("conj", "xcomp") and s.tokens[verb].head != verb:
        return subject_of(s, s.tokens[verb].head)
    return found


def whole_subject(s: Sentence, subject: int, verb: int, without: Collection[int] = ()) -> tuple[int, ...]:
    """A subject with what the parser hung on its verb: "attendance at any course requires …"."""
    inside = set(s.below(subject, without))
    for kid in s.kids[verb]:
        if max(inside) < kid < verb and s.tokens[kid].dep == "prep" and kid not in without:
            inside |= set(s.below(kid, without))
    return tuple(sorted(inside))


def lead_of(s: Sentence, host: int, used: Collection[int], g: Grammar) -> str:
    """What stands before the subject of the main clause, in the clause's own words ("" if it is used already)."""
    top = main_of(s, host)
    subject = s.child(top, *SUBJECTS)
    first = min(s.below(subject)) if subject is not None and subject < top else top
    kids = [
        k
        for k in s.kids[top]
        if k < first
        and k >= s.own
        and s.tokens[k].dep in ("prep", "advcl", "npadvmod")
        and len(s.below(k)) > 1
    ]
    chosen = {i for k in kids for i in s.below(k)}
    if not chosen or chosen & set(used) or max(chosen) >= first or s.low(min(chosen)) in _IDLE_LEADS:
        return ""
    if s.low(min(chosen)) in ("in", "under", "on", "at") and s.low(min(chosen) + 1) == "no":
        return ""
    span = range(min(chosen), max(chosen) + 1)
    phrase = noun_phrase(s, span, g.book, g.casing)
    return phrase.text if phrase else ""


def asides(s: Sentence, found: Found, used: Collection[int], g: Grammar) -> tuple[str, str]:
    """When and how the yes is asked for: what hangs on it beside the act and the approver."""
    notice: list[int] = []
    manner: list[int] = []
    tops = {i for i in found.machinery if s.tokens[i].dep != "case"}
    if any(g.book.has(name, s.lemma(found.host)) for name in ("asking", "approving", "granting")) or not tops:
        tops |= {found.host}
    for top in sorted(tops):
        for kid in s.kids[top]:
            inner = s.below(kid)
            if kid in tops or kid <= s.own or set(inner) & (set(used) | tops):
                continue
            if s.tokens[kid].dep not in ("prep", "npadvmod", "advmod", "advcl") or kid < min(tops):
                continue
            if s.low(kid) in ("from", "of", "by"):
                continue
            if len(inner) == 1 and (
                g.book.has("idle_adverbs", s.low(kid)) or s.tokens[kid].dep != "npadvmod"
            ):
                continue
            timed = any(g.book.has("units", s.lemma(i)) for i in inner)
            (notice if timed else manner).extend(inner)
    return s.say(notice), s.say(manner)


def is_imperative(s: Sentence, host: int) -> bool:
    """Whether the clause tells its reader what to do."""
    top = main_of(s, host)
    token = s.tokens[top]
    return token.tag in ("VB", "VBP") and s.child(top, *SUBJECTS, "aux") is None and token.pos == "VERB"
