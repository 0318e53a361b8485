"""Where the yes is what the sentence is about, its act is a complement or the subject."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.rewriting.deeds import SUBJECTS, Deed, Grammar, verb_deed
from auditor.rewriting.forms import Phrase, listed
from auditor.rewriting.leads import subject_of, whole_subject
from auditor.rewriting.nominals import noun_deed
from auditor.rewriting.nouns import head_of, is_noun, is_person, noun_phrase
from auditor.rewriting.scene import Found
from auditor.rewriting.sentence import Sentence

WISHES = listed("wish want intend need plan like desire have choose")
_FORWARD = listed("before for to prior in when if where whenever")


def from_predicate(s: Sentence, anchor: int, g: Grammar) -> Found:  # noqa: PLR0911
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
        return Found(requested_deed(s, s.below(token.head, (anchor,)), g), subject, gone, verb)
    is_verb = token.pos == "VERB"
    passive = s.child(verb, "auxpass") is not None or (is_verb and s.child(anchor, "agent") is not None)
    if is_verb and passive and subject is not None and not is_person(s, subject, g.book):
        return Found(requested_deed(s, whole_subject(s, subject, verb), g), None, gone, verb)
    if is_verb and not passive:
        target = s.child(anchor, "dobj", "obj")
        if target is not None and s.tokens[target].pos != "PRON":
            return Found(requested_deed(s, s.below(target), g), None, gone, verb)
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
            return Found(requested_deed(s, whole_subject(s, subject, verb), g), None, gone, verb)
        return Found(None, subject, gone, verb)
    fragment = _fragment(s, anchor, g)
    return Found(fragment, None, gone, verb)


def _wished(s: Sentence, subject: int | None, g: Grammar) -> tuple[Deed | None, int] | None:
    """ "An employee who wishes to leave early …": the act is what is wished."""
    if subject is None:
        return None
    for kid in s.children(subject, "relcl", "acl"):
        inner = s.child(kid, "xcomp")
        if s.lemma(kid) not in WISHES or inner is None:
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
            deed = requested_deed(s, s.below(noun), g)
        return (deed, None) if deed else None
    if token.pos not in ("VERB", "AUX"):
        return None
    marks = {s.low(k) for k in s.kids[top] if s.tokens[k].dep in ("mark", "advmod", "aux")}
    if token.dep in ("advcl", "xcomp", "acl", "relcl", "ccomp") and marks & set(rank) and (marks & _FORWARD):
        inner = s.child(top, "xcomp") if token.lemma in WISHES else None
        deed = verb_deed(s, inner if inner is not None else top, g)
        passive = s.child(top, "auxpass") is not None
        return (deed, None if passive else s.child(top, "nsubj")) if deed else None
    return None


def requested_deed(s: Sentence, indices: Collection[int], g: Grammar) -> Deed | None:
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
            return requested_deed(s, inner, g)
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
