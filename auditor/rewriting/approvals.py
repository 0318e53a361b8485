"""Where the act stands in a clause that asks for a superior's yes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from auditor.model.fact import Fact
from auditor.rewriting.deeds import SUBJECTS, Deed, Grammar, noun_deed, verb_deed
from auditor.rewriting.forms import Phrase, listed
from auditor.rewriting.nouns import head_of, is_noun, is_person, noun_phrase
from auditor.rewriting.people import actor, nearest, slot_range, superior, superior_ranges, whole_name
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence

_ADJUNCTS = listed(
    "with without upon on after until till unless pending by before except once only under at in via through provided"
)
_MARKS = listed("unless until till once after if when before provided as except whether that")
_FORWARD = listed("before for to prior in when if where whenever")
_PLAIN = listed("approve authorize authorise sanction permit ratify endorse preapprove pre-approve")
_WISHES = listed("wish want intend need plan like desire have choose")
FORBIDDING = listed("prohibit forbid ban restrict bar disallow exclude")


@dataclass(frozen=True, slots=True)
class Found:
    """An act, the token of its subject, the tokens that ask for the yes, and the verb that carries them."""

    deed: Deed | None
    subject: int | None
    machinery: frozenset[int]
    host: int
    relative: bool = False


def seek_approval(s: Sentence, fact: Fact | None, evidence: Collection[int], g: Grammar) -> Scene:
    """The scene of an approval; ``evidence`` are the tokens on which the finding rests."""
    span = slot_range(s, fact, "approver") if fact else None
    anchor = find_anchor(s, evidence, g)
    outside = anchor is None or (s.own and anchor < s.own)
    found = item_act(s, anchor, g) if outside or anchor is None else search(s, anchor, g)
    if found.deed is None and fact is not None:
        found = replace(found, deed=_told(s, fact, g))
    used = found.deed.used if found.deed else frozenset()
    span = span or _grammatical(s, anchor, g)
    if span is not None and found.subject is not None and found.subject in range(*span):
        others = [one for one in superior_ranges(s, g) if found.subject not in range(*one)]
        span = nearest([one for one in others if one[0] > found.subject], anchor or s.own, used) or span
    if span is None:
        place = anchor if anchor is not None else s.own
        span = nearest(superior_ranges(s, g), place, used | _own_name(s, found.subject))
    approver = superior(s, span, g) if span else None
    above = frozenset(whole_name(s, *span, g)) if span else frozenset()
    doer = None if found.subject in above else actor(s, found.subject, g)
    notice, manner = asides(s, found, above | used, g)
    if span is None and doer is not None and found.subject is not None:
        spans = [a for a in superior_ranges(s, g) if found.subject in range(*a)]
        if spans and found.deed and g.book.has("granting", found.deed.verb):
            approver, doer = superior(s, spans[0], g), None
    return Scene(
        actor=doer,
        deed=found.deed,
        approver=approver,
        matter=None,
        lead=lead_of(s, found.host, used | above, g),
        notice=notice,
        manner=manner,
        anchor=-1 if anchor is None else anchor,
        imperative=is_imperative(s, found.host),
        used=used | above,
        relative=found.relative,
        above=found.subject is not None and any(found.subject in range(*a) for a in superior_ranges(s, g)),
    )


def _told(s: Sentence, fact: Fact, g: Grammar) -> Deed | None:
    """The act as the language stage captured it."""
    span = slot_range(s, fact, "act")
    if span is not None:
        top = head_of(s, range(*span))
        if s.tokens[top].pos in ("VERB", "AUX"):
            return verb_deed(s, top, g)
    span = slot_range(s, fact, "act", "object")
    return noun_deed(s, range(*span), g) if span is not None else None


def _grammatical(s: Sentence, anchor: int | None, g: Grammar) -> tuple[int, int] | None:
    """Who says yes by the grammar alone: the subject, agent or possessor of the yes."""
    if anchor is None:
        return None
    at = s.child(anchor, "nsubj", "poss")
    agent = s.child(anchor, "agent")
    if at is None and agent is not None:
        at = s.child(agent, "pobj")
    if at is None or s.tokens[at].pos not in ("NOUN", "PROPN") or s.tokens[at].dep == "nsubjpass":
        return None
    inside = [i for i in s.below(at) if s.tokens[i].dep not in ("relcl", "case", "punct")]
    return (min(inside), max(inside) + 1) if max(inside) - min(inside) < 7 else (at, at + 1)


def _own_name(s: Sentence, subject: int | None) -> frozenset[int]:
    return frozenset(s.below(subject)) if subject is not None else frozenset()


def find_anchor(s: Sentence, evidence: Collection[int], g: Grammar) -> int | None:
    """The noun or verb of approving on which a finding rests; nouns first."""
    for places in (sorted(evidence), range(s.own), range(s.own, len(s.tokens))):
        nouns = [
            i for i in places if g.book.has("approvals", s.lemma(i)) or g.book.has("approvals", s.low(i))
        ]
        nouns = [i for i in nouns if _is_noun_here(s, i) and not _of_thing(s, i, g)]
        verbs = [i for i in places if g.book.has("approving", s.lemma(i)) and s.tokens[i].pos == "VERB"]
        plain = [i for i in verbs if s.lemma(i) in _PLAIN]
        for found in (nouns, plain, verbs):
            if found:
                return found[0]
    verbs = [i for i in sorted(evidence) if s.tokens[i].pos == "VERB"]
    return verbs[0] if verbs else min(evidence, default=None)


def _is_noun_here(s: Sentence, at: int) -> bool:
    """Whether a word is used as a noun; of "okay" the parser often thinks otherwise."""
    token = s.tokens[at]
    return token.pos not in ("VERB", "AUX", "ADJ") or (
        token.pos == "ADJ" and token.dep in ("dobj", "pobj", *SUBJECTS)
    )


def _of_thing(s: Sentence, at: int, g: Grammar) -> bool:
    """Whether a noun like "agreement" is only part of a thing's name: "the shift agreement"."""
    parts = s.children(at, "compound")
    return any(not is_person(s, k, g.book) and s.low(k) not in ("pre", "sign") for k in parts)


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
    return _from_predicate(s, anchor, g)


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
        if token.dep in SUBJECTS and s.tokens[verb].pos in ("VERB", "AUX"):
            return Found(_noun(s, s.below(host, (machinery,)), g), None, gone, verb)
        return Found(_noun(s, s.below(host, (machinery,)), g), None, gone, host)
    return _from_verb(s, host, machinery, gone, g)


def _from_verb(s: Sentence, host: int, machinery: int, gone: frozenset[int], g: Grammar) -> Found:
    token = s.tokens[host]
    subject = subject_of(s, host)
    if token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB"):
        above = next((h for h in s.above(host) if s.tokens[h].pos in ("VERB", "AUX")), None)
        if above is None:
            return Found(_noun(s, s.below(host, (machinery,)), g), None, gone, host)
        return _from_verb(s, above, machinery, gone, g)
    passive = s.child(host, "auxpass") is not None
    inner = s.child(host, "xcomp")
    if inner is not None and (passive or g.book.has("granting", token.lemma) or token.lemma in _WISHES):
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
    copula = token.lemma == "be" or g.book.has("standing", token.lemma)
    if (grants or copula) and subject is not None and not is_person(s, subject, g.book):
        return Found(_noun(s, s.below(subject, (machinery,)), g), None, gone, host)
    if token.lemma == "be" and not passive:
        to = s.child(host, "acomp", "xcomp")
        if to is not None and s.child(to, "xcomp") is not None:
            return Found(verb_deed(s, s.child(to, "xcomp") or to, g, (machinery,)), subject, gone, host)
    deed = verb_deed(s, host, g, (machinery,))
    agent = s.child(host, "agent")
    doer = s.child(agent, "pobj") if agent is not None and agent not in gone else None
    return Found(deed, doer if passive else subject, gone, host)


def _participle(s: Sentence, verb: int, machinery: int, g: Grammar) -> Deed | None:
    """ "leave taken without …": the noun is the object of its participle."""
    noun = s.tokens[verb].head
    object_ = noun_phrase(s, s.below(noun, (verb,)), g.book, g.casing)
    inner = verb_deed(s, verb, g, (machinery,))
    if object_ is None or inner is None:
        return None
    used = inner.used | frozenset(s.below(noun, (verb,)))
    return Deed(inner.early, inner.verb, f"{object_.text} {inner.late}".strip(), object_, verb, used)


def subject_of(s: Sentence, verb: int) -> int | None:
    """The subject of a verb, of the verb it is joined to, or of the verb that governs it."""
    found = s.child(verb, "nsubj", "nsubjpass", "csubj", "csubjpass")
    if found is None and s.tokens[verb].dep in ("conj", "xcomp") and s.tokens[verb].head != verb:
        return subject_of(s, s.tokens[verb].head)
    return found


def _from_predicate(s: Sentence, anchor: int, g: Grammar) -> Found:
    """The yes is what the sentence is about: its act is a complement, else the subject."""
    token = s.tokens[anchor]
    verb = anchor
    if token.pos not in ("VERB", "AUX"):
        verb = next((h for h in s.above(anchor) if s.tokens[h].pos in ("VERB", "AUX")), anchor)
    subject = subject_of(s, verb)
    gone = frozenset({anchor, verb})
    wish = _wished(s, subject, g)
    if wish:
        return Found(wish[0], wish[1], gone, verb)
    if token.dep == "amod" and is_noun(s, token.head):
        return Found(_noun(s, s.below(token.head, (anchor,)), g), subject, gone, verb)
    is_verb = token.pos == "VERB"
    passive = s.child(verb, "auxpass") is not None or (is_verb and s.child(anchor, "agent") is not None)
    if is_verb and passive and subject is not None and not is_person(s, subject, g.book):
        return Found(_noun(s, s.below(subject), g), None, gone, verb)
    if is_verb and not passive:
        target = s.child(anchor, "dobj", "obj")
        if target is not None and s.tokens[target].pos != "PRON":
            return Found(_noun(s, s.below(target), g), None, gone, verb)
        for deed, doer in _complements(s, anchor, verb, g):
            return Found(deed, doer, gone, verb)
        if target is not None and s.low(target) in ("it", "this", "that", "them"):
            words = Phrase(s.low(target), plural=s.low(target) == "them", person="it")
            return Found(
                Deed("", "decide", f"on {words.text}", words, target, frozenset({target})),
                None,
                gone,
                verb,
            )
    for deed, doer in _complements(s, anchor, verb, g):
        own = subject if subject is not None and subject not in s.below(anchor) and not passive else None
        return Found(deed, doer if doer is not None else own, gone, verb)
    if subject is not None and subject != anchor and anchor not in s.below(subject):
        if not is_person(s, subject, g.book):
            return Found(_noun(s, s.below(subject), g), None, gone, verb)
        return Found(None, subject, gone, verb)
    fragment = _fragment(s, anchor, g)
    return Found(fragment, None, gone, verb)


def _wished(s: Sentence, subject: int | None, g: Grammar) -> tuple[Deed | None, int] | None:
    """ "An employee who wishes to leave early …": the act is what is wished."""
    if subject is None:
        return None
    for kid in s.children(subject, "relcl", "acl"):
        inner = s.child(kid, "xcomp")
        if s.lemma(kid) not in _WISHES or inner is None:
            continue
        deed = verb_deed(s, inner, g)
        if deed is None or (is_person(s, subject, g.book) and s.low(subject) != "anything"):
            return deed, subject
        object_ = noun_phrase(s, s.below(subject, (kid,)), g.book, g.casing)
        if object_ is not None:
            used = deed.used | frozenset(s.below(subject))
            deed = Deed(
                deed.early, deed.verb, f"{object_.text} {deed.late}".strip(), object_, deed.head, used
            )
        doer = s.child(kid, "nsubj")
        return deed, doer if doer is not None else subject
    return None


def _complements(s: Sentence, anchor: int, verb: int, g: Grammar) -> Iterator[tuple[Deed, int | None]]:
    """Acts that hang on the anchor or its verb as "before …", "for …", "to …", "if …", the surest first."""
    tops = [k for top in dict.fromkeys((anchor, verb)) for k in s.kids[top]]
    prior = [k for t in tops if s.low(t) == "prior" for k in s.kids[t]]
    deeper = [i for i in s.below(verb) if s.low(i) == "for" and i not in tops and i > anchor]
    joined = [k for k in s.kids[verb] if s.tokens[k].dep == "conj" and verb != anchor and k > anchor]
    for rank in (
        ("before", "prior"),
        ("to",),
        ("for",),
        ("of",),
        ("and",),
        ("if", "when", "where", "whenever", "in"),
    ):
        if rank == ("and",):
            for kid in joined:
                deed = verb_deed(s, kid, g)
                if deed is not None and s.child(kid, *SUBJECTS) is None:
                    yield deed, None
        for top in (*tops, *prior, *(deeper if rank == ("for",) else ())):
            found = _complement(s, top, rank, g)
            if found is not None:
                yield found


def _complement(s: Sentence, top: int, rank: Collection[str], g: Grammar) -> tuple[Deed, int | None] | None:
    token, low = s.tokens[top], s.low(top)
    deed: Deed | None = None
    if token.dep == "prep" and (
        low in rank or (low == "to" and "before" in rank and s.low(token.head) == "prior")
    ):
        inner = s.child(top, "pcomp")
        if inner is not None:
            deed = verb_deed(s, inner, g)
        elif (noun := s.child(top, "pobj")) is not None and not is_person(s, noun, g.book):
            deed = _noun(s, s.below(noun), g)
        return (deed, None) if deed else None
    if token.pos not in ("VERB", "AUX"):
        return None
    marks = {s.low(k) for k in s.kids[top] if s.tokens[k].dep in ("mark", "advmod", "aux")}
    if token.dep in ("advcl", "xcomp", "acl", "relcl", "ccomp") and marks & set(rank) and (marks & _FORWARD):
        inner = s.child(top, "xcomp") if token.lemma in _WISHES else None
        deed = verb_deed(s, inner if inner is not None else top, g)
        passive = s.child(top, "auxpass") is not None
        return (deed, None if passive else s.child(top, "nsubj")) if deed else None
    return None


def _noun(s: Sentence, indices: Collection[int], g: Grammar) -> Deed | None:
    """The act of a noun phrase; of a request, the act of what is requested."""
    chosen = sorted(set(indices))
    if not chosen:
        return None
    head = head_of(s, chosen)
    if g.book.has("requests", s.lemma(head)):
        for kid in s.kids[head]:
            if kid in chosen and s.low(kid) in ("for", "to") and s.tokens[kid].dep == "prep":
                return noun_deed(s, [i for i in s.below(kid) if i != kid], g)
            if kid in chosen and s.tokens[kid].dep in ("acl", "relcl") and s.tokens[kid].tag == "VB":
                return verb_deed(s, kid, g)
        inner = [i for i in chosen if i < head and s.tokens[i].dep not in ("det", "poss", "case")]
        if inner and is_noun(s, inner[-1]):
            return _noun(s, inner, g)
        return _requested(s, g)
    return noun_deed(s, chosen, g)


def _requested(s: Sentence, g: Grammar) -> Deed | None:
    """ "For two days of leave, the request …": what stands before the comma is requested."""
    for at in range(s.own, min(len(s.tokens), s.own + 25)):
        if s.low(at) in ("for", "in", "under") and at <= s.own + 2:
            end = next((i for i in range(at + 1, len(s.tokens)) if s.tokens[i].text in ",;:"), None)
            if end is not None and end > at + 1:
                return noun_deed(s, range(at + 1, end), g)
    return None


def _fragment(s: Sentence, anchor: int, g: Grammar) -> Deed | None:
    """ "Leave of five days – approval by the manager": what stands before the dash."""
    for at in range(anchor - 1, s.own, -1):
        if s.tokens[at].text in "–—:-|":
            return noun_deed(s, range(s.own, at), g)
    return None


def item_act(s: Sentence, anchor: int | None, g: Grammar) -> Found:
    """The yes stands in the lead-in: the whole item is the act."""
    own = range(s.own, len(s.tokens))
    if not own:
        return Found(None, None, frozenset(), 0)
    top = head_of(s, own)
    host = anchor if anchor is not None else top
    lead_subject = next(
        (i for i in range(s.own) if s.tokens[i].dep in ("nsubj",) and s.tokens[i].head >= s.own), None
    )
    if s.tokens[top].pos in ("VERB", "AUX"):
        return Found(verb_deed(s, top, g), lead_subject, frozenset(), host)
    cells = next((i for i in own if s.tokens[i].text == "|"), None)
    chosen = range(s.own, cells) if cells else own
    return Found(_noun(s, chosen, g), lead_subject, frozenset(), host)


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
    if not chosen or chosen & set(used) or max(chosen) >= first:
        return ""
    span = range(min(chosen), max(chosen) + 1)
    phrase = noun_phrase(s, span, g.book, g.casing)
    return phrase.text if phrase else ""


def asides(s: Sentence, found: Found, used: Collection[int], g: Grammar) -> tuple[str, str]:
    """When and how the yes is asked for: what hangs on it beside the act and the approver."""
    notice: list[int] = []
    manner: list[int] = []
    tops = {found.host, *(i for i in found.machinery if s.tokens[i].dep not in ("case",))}
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


def approver_near(s: Sentence, place: int, used: Collection[int], g: Grammar) -> Phrase | None:
    """The phrase for a superior nearest to a token."""
    span = nearest(superior_ranges(s, g), place, used)
    return superior(s, span, g) if span else None
