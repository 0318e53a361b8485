"""From the yes to the act: by climbing to what it is attached to, else by what the sentence says of it."""

from __future__ import annotations

from auditor.rewriting.deeds import SUBJECTS, Deed, Grammar, verb_deed
from auditor.rewriting.forms import listed
from auditor.rewriting.leads import subject_of, whole_subject
from auditor.rewriting.nouns import is_noun, is_person, noun_phrase
from auditor.rewriting.predicates import WISHES, from_predicate, requested_deed
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence

_ADJUNCTS = listed(
    "with without upon on after until till unless pending by before except once only under at in via through provided"
)
_MARKS = listed("unless until till once after if when before provided as except whether that")
_EMPTY = listed("ensure confirm check verify")
FORBIDDING = listed("prohibit forbid ban restrict bar disallow exclude")


def search(s: Sentence, anchor: int, g: Grammar) -> Found:
    """The act by climbing from the anchor: an adjunct of the act's verb, or the predicate about the act."""
    at = anchor
    for head in s.above(anchor):
        if _is_adjunct(s, at):
            host = head
            while s.tokens[host].dep == "prep" and _is_adjunct(s, host) and s.tokens[host].head != host:
                at, host = host, s.tokens[host].head
            return _from_host(s, host, at, g)
        at = head
    if _is_adjunct(s, at) and s.kids[at]:
        return Found(None, None, frozenset(s.below(at)), at)
    return from_predicate(s, anchor, g)


def _is_adjunct(s: Sentence, at: int) -> bool:
    token, low = s.tokens[at], s.low(at)
    if low == "subject" and token.tag in ("JJ", "NN", "RB", "IN", "VB"):
        return any(s.low(k) == "to" for k in s.kids[at]) and token.dep not in SUBJECTS
    if token.dep in ("prep", "mark", "advmod") and low in _ADJUNCTS:
        return bool(s.kids[at])
    if token.dep in ("advcl", "acl", "ccomp", "conj", "dep") and token.pos in ("VERB", "AUX"):
        return (
            any(s.low(k) in _MARKS and s.tokens[k].dep in ("mark", "advmod") for k in s.kids[at])
            and token.dep != "conj"
        )
    return False


def _from_host(s: Sentence, host: int, machinery: int, g: Grammar) -> Found:
    """The act is what the yes is attached to."""
    gone = frozenset(s.below(machinery))
    token = s.tokens[host]
    if is_noun(s, host):
        verb = token.head
        if token.dep in ("dobj", "pobj", "attr", "oprd") and s.tokens[verb].pos == "VERB" and verb != host:
            return _from_verb(s, verb, machinery, gone, g)
        if token.dep == "pobj" and s.tokens[s.tokens[verb].head].pos == "VERB":
            return _from_verb(s, s.tokens[verb].head, machinery, gone, g)
        if token.dep == "pobj" and is_noun(s, s.tokens[verb].head):
            return _from_host(s, s.tokens[verb].head, machinery, g)
        if token.dep in SUBJECTS and s.tokens[verb].pos in ("VERB", "AUX"):
            return Found(requested_deed(s, s.below(host, (machinery,)), g), None, gone, verb)
        return Found(requested_deed(s, s.below(host, (machinery,)), g), None, gone, host)
    return _from_verb(s, host, machinery, gone, g)


def _from_verb(s: Sentence, host: int, machinery: int, gone: frozenset[int], g: Grammar) -> Found:  # noqa: PLR0911
    token = s.tokens[host]
    subject = subject_of(s, host)
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        above = next((h for h in s.above(host) if s.tokens[h].pos in ("VERB", "AUX")), None)
        if above is None:
            return Found(requested_deed(s, s.below(host, (machinery,)), g), None, gone, host)
        return _from_verb(s, above, machinery, gone, g)
    passive = s.child(host, "auxpass") is not None
    inner = s.child(host, "xcomp")
    if inner is not None and (passive or g.book.has("granting", token.lemma) or token.lemma in WISHES):
        return Found(verb_deed(s, inner, g, (machinery,)), subject, gone, host)
    if token.dep == "conj" and s.tokens[token.head].pos == "VERB" and s.child(host, *SUBJECTS) is None:
        return _from_verb(s, token.head, machinery, gone, g)
    if token.tag == "VBG" and token.dep in ("acl", "relcl"):
        above = next((h for h in s.above(host) if s.tokens[h].pos == "VERB"), None)
        if above is not None:
            return _from_verb(s, above, machinery, gone, g)
    if token.tag == "VBN" and token.dep == "acl" and is_noun(s, token.head):
        deed = _participle(s, host, machinery, g)
        return Found(deed, None, gone, host, relative=True)
    grants = passive and (g.book.has("granting", token.lemma) or token.lemma in FORBIDDING)
    grants = grants or (passive and token.lemma in ("offer", "give") and _taken(s, subject, g))
    copula = token.lemma == "be" or g.book.has("standing", token.lemma)
    if (grants or copula) and subject is not None and not is_person(s, subject, g.book):
        return Found(requested_deed(s, whole_subject(s, subject, host, (machinery,)), g), None, gone, host)
    if token.lemma == "be" and not passive:
        to = s.child(host, "acomp", "xcomp")
        if to is not None and s.child(to, "xcomp") is not None:
            return Found(verb_deed(s, s.child(to, "xcomp") or to, g, (machinery,)), subject, gone, host)
    deed = None if token.lemma in _EMPTY else verb_deed(s, host, g, (machinery,))
    asked = (
        s.child(host, "dobj")
        if g.book.has("asking", token.lemma) or token.lemma in ("file", "raise")
        else None
    )
    if asked is not None and g.book.has("requests", s.lemma(asked)):
        deed = requested_deed(s, s.below(asked), g) or deed
    agent = s.child(host, "agent")
    doer = s.child(agent, "pobj") if agent is not None and agent not in gone else None
    return Found(deed, doer if passive else subject, gone, host)


def _taken(s: Sentence, subject: int | None, g: Grammar) -> bool:
    """Whether something is for staff to take, like leave or a course, not for them to give."""
    if subject is None:
        return False
    verb = g.book.table("support").get(s.lemma(subject), "")
    return s.tokens[subject].tag == "VBG" or verb in ("take", "take up", "attend", "work")


def _participle(s: Sentence, verb: int, machinery: int, g: Grammar) -> Deed | None:
    """ "leave taken without …": the noun is the object of its participle."""
    noun = s.tokens[verb].head
    object_ = noun_phrase(s, s.below(noun, (verb,)), g.book, g.casing)
    inner = verb_deed(s, verb, g, (machinery,))
    if object_ is None or inner is None:
        return None
    used = inner.used | frozenset(s.below(noun, (verb,)))
    return Deed(inner.early, inner.verb, f"{object_.text} {inner.late}".strip(), object_, verb, used)
