"""Claims turned into aims, and fragments told from sentences."""

from __future__ import annotations

from auditor.rewriting.deeds import SUBJECTS, Grammar
from auditor.rewriting.nouns import noun_phrase
from auditor.rewriting.sentence import Sentence, tidy


def aim(s: Sentence, top: int, g: Grammar) -> str:
    """ "We are the leader in …" as "we aim to be the leader in …"; "" where the clause is built otherwise."""
    if not 0 <= top < len(s.tokens):
        return ""
    token = s.tokens[top]
    subject = s.child(top, "nsubj")
    if (
        subject is None
        or token.tag not in ("VBZ", "VBP", "VBD")
        or any(s.tokens[k].dep == "neg" for k in s.kids[top])
    ):
        return ""
    who = noun_phrase(s, [i for i in s.below(subject) if i >= s.own], g.book, g.casing)
    if who is None or s.low(subject) in ("it", "there", "nobody", "this", "that", "what"):
        return ""
    gone = {k for k in s.kids[top] if s.tokens[k].dep in (*SUBJECTS, "aux", "punct") or k < subject}
    rest = [i for i in s.below(top, gone) if i > top]
    if s.lemma(top) == "be" and s.low(min(rest, default=top)) in ("sure", "certain", "proud"):
        inner = next((i for i in rest if s.tokens[i].dep == "xcomp"), None)
        if inner is not None:
            rest = [i for i in rest if i > inner]
            return tidy(f"{who.text} {who.verb('aim')} to {s.lemma(inner)} {s.say(rest)}")
    return tidy(f"{who.text} {who.verb('aim')} to {s.lemma(top)} {s.say(rest)}") if rest else ""


def stands_alone(s: Sentence) -> bool:
    """Whether the clause's own words have a finite verb with its subject, and so make a sentence without a lead-in."""
    own = range(s.own, len(s.tokens))
    return any(
        s.tokens[i].dep in ("nsubj", "nsubjpass", "csubj", "expl")
        and s.tokens[i].head in own
        and _is_finite(s, s.tokens[i].head)
        for i in own
    )


def _is_finite(s: Sentence, verb: int) -> bool:
    tags = (
        s.tokens[verb].tag,
        *(s.tokens[k].tag for k in s.kids[verb] if s.tokens[k].dep in ("aux", "auxpass")),
    )
    return s.tokens[verb].dep not in ("relcl", "acl", "advcl") and any(
        tag in ("VBZ", "VBP", "VBD", "MD") for tag in tags
    )


def is_fragment(s: Sentence) -> bool:
    """Whether the clause has no finite verb of its own."""
    own = range(s.own, len(s.tokens))
    finite = ("VBZ", "VBP", "VBD", "MD")
    return not any(
        s.tokens[i].tag in finite or (s.tokens[i].tag == "VB" and s.tokens[i].dep == "ROOT") for i in own
    )
