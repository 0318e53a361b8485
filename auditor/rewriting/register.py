"""How a document speaks: to whom, with which words for its people, in which spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.clause import Clause, ClauseTree
from auditor.rewriting.forms import Phrase, listed
from auditor.rewriting.nouns import Casing
from auditor.rewriting.phrasebook import Phrasebook

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_INNER = re.compile(r"(?<=[a-z,] )[A-Za-z][A-Za-z'’-]*")
_BRITISH = re.compile(r"(?i)[a-z]{3,}(?:is(?:e|ed|es|ing|ation)|our|ours|oured|ogue)\b")
_AMERICAN = re.compile(r"(?i)[a-z]{3,}(?:iz(?:e|ed|es|ing|ation)|or|ors|ored)\b")
_EITHER = listed(
    "exercise advise advised advises supervise supervised supervises otherwise raise raised promise promised four hour "
    "hours your our promise premises rise arise likewise enterprise expertise practise revise revised surprise disguise "
    "compromise tour tours size sized seize prize dialogue catalogue"
)
_PAIRS = (("colour", "color"), ("favour", "favor"), ("behaviour", "behavior"), ("honour", "honor"), ("labour", "labor"),
          ("centre", "center"), ("cheque", "check"), ("programme", "program"), ("licence", "license"),
          ("organisation", "organization"), ("authoris", "authoriz"), ("recognis", "recogniz"), ("rota", "roster"),
          ("judgement", "judgment"), ("fortnight", "vacation"), ("£", "$"), ("whilst", "paycheck"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """The words a document prefers: its people (``staff``), its customer in the singular, must or shall, the
    spelling, and how it writes words inside sentences.
    """

    staff: Phrase
    customer: str
    obliges: str
    american: bool
    casing: Casing


def register_of(tree: ClauseTree, book: Phrasebook) -> Register:
    """The register of a document, counted over all its clauses."""
    texts = [clause.text for clause in tree.clauses] + [c.lead_in for c in tree.clauses if c.lead_in]
    counts = Counter(word.lower().replace("’", "'") for text in texts for word in _WORD.findall(text))
    joined = "\n".join(dict.fromkeys(texts))
    return Register(
        _staff(counts, joined.lower(), book),
        _customer(counts, book),
        "shall" if counts["shall"] > 2 * counts["must"] else "must",
        _american(joined),
        casing_of(texts, book),
    )


def casing_of(texts: Iterable[str], book: Phrasebook) -> Casing:
    """How words are written where no sentence begins."""
    inner = {word for text in texts for word in _INNER.findall(text)}
    small = frozenset(word for word in inner if word[0].islower())
    capital = frozenset(word.lower() for word in inner if word[0].isupper()) - small
    return Casing(small, capital, book.known)


def _staff(counts: Counter[str], text: str, book: Phrasebook) -> Phrase:
    """You, we, or the noun that stands most often for those who do the work."""
    spoken = counts["you"] + counts["your"] + counts["you'll"] + counts["you're"]
    nouns = {}
    for name in book.phrases("registers"):
        singular = name.removesuffix("s") if name.endswith("s") else name
        found = len(re.findall(rf"\b{name}\b", text))
        nouns[name] = found + (len(re.findall(rf"\b{singular}\b", text)) if singular != name else 0)
    best = max(nouns, key=lambda name: nouns[name], default="employees")
    if spoken > 1.2 * nouns.get(best, 0) and spoken:
        return Phrase("you", person="you")
    return Phrase(best if nouns.get(best) else "employees", plural=True)


def _customer(counts: Counter[str], book: Phrasebook) -> str:
    names = book.phrases("customers")
    best = max(names, key=lambda name: counts[name] + counts[f"{name}s"], default="customer")
    return best if counts[best] + counts[f"{best}s"] else "customer"


def _american(text: str) -> bool:
    """Whether American spellings outnumber British ones; British where neither is seen."""
    low = text.lower()
    british = sum(low.count(b) for b, _ in _PAIRS)
    american = sum(low.count(a) for _, a in _PAIRS)
    british += sum(
        w not in _EITHER
        for w in map(str.lower, _BRITISH.findall(text))
        if w.endswith(("ise", "ised", "ising"))
    )
    american += len(re.findall(r"(?i)\b[a-z]{3,}(?:ize|ized|izing|ization)s?\b", text))
    return american > british


def speaker(clause: Clause, lead_in: str, register: Register) -> Phrase:
    """Whom a clause addresses: you where it says so itself, else as the document does."""
    words = {word.lower() for word in _WORD.findall(f"{lead_in} {clause.text}")}
    if words & {"you", "your", "yours", "yourself", "you're", "you’re", "you'll", "you’ll"}:
        return Phrase("you", person="you")
    return register.staff
