"""How a document speaks: to whom, with which words for its people, in which spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.clause import Clause, ClauseTree
from auditor.rewriting.forms import Phrase
from auditor.rewriting.nouns import Casing
from auditor.rewriting.phrasebook import Phrasebook

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_INNER = re.compile(r"(?<=[a-z,] )[A-Za-z][A-Za-z'’-]*")
_CUSTOMERS_OWN = re.compile(
    r"\byour (?:\w+ )?(?:order|purchase|refund|payment|package|parcel|delivery|card|booking|reservation|account|issue)s?\b"
)
_STAFF = re.compile(r"\b(?:employee|team member|staff|crew|colleague|associate)s?\b")
_PEOPLE = re.compile(r"\b([A-Za-z]+(?:er|or|ist|ee|ant|ian))s? (?:who|must|may|shall|should)\b")
_BRITISH = re.compile(
    r"\b(?:colour|favour|behaviour|honour|labour|neighbour|centre|cheque|programme|licence|judgement|rota|whilst|fortnight|"
    r"organisation|[a-z]{2,}(?:yse|yses|ysed)|(?:author|recogn|organ|apolog|priorit|real|summar|final|util|custom|special)"
    r"is(?:e|es|ed|ing|ation))s?\b|£"
)
_AMERICAN = re.compile(
    r"\b(?:color|favor|behavior|honor|labor|neighbor|center|program|judgment|organization|paycheck|vacation|"
    r"(?:author|recogn|organ|apolog|priorit|real|summar|final|util|custom|special)iz(?:e|es|ed|ing|ation))s?\b|\$"
)


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
    to_customers: bool = False
    """Whether "you" are the customers, as in a policy for their eyes."""


def register_of(tree: ClauseTree, book: Phrasebook) -> Register:
    """The register of a document, counted over all its clauses."""
    texts = [clause.text for clause in tree.clauses] + [c.lead_in for c in tree.clauses if c.lead_in]
    counts = Counter(word.lower().replace("’", "'") for text in texts for word in _WORD.findall(text))
    casing = casing_of(texts, book)
    joined = "\n".join(dict.fromkeys(texts))
    low = joined.lower()
    theirs = len(_CUSTOMERS_OWN.findall(low)) > 1 and len(_STAFF.findall(low)) < 3
    return Register(
        Phrase("we", plural=True, person="we") if theirs else _staff(counts, low, book),
        _customer(low, book, casing),
        "shall" if counts["shall"] > 2 * counts["must"] else "must",
        _american(joined),
        casing,
        theirs,
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
        found = counts[name] if " " not in name else text.count(name)
        nouns[name] = found + (counts[singular] if " " not in name and singular != name else 0)
        nouns[name] += text.count(singular) - found if " " in name and singular != name else 0
    best = max(nouns, key=lambda name: nouns[name], default="employees")
    if spoken > 1.2 * nouns.get(best, 0) and spoken:
        return Phrase("you", person="you")
    return Phrase(best if nouns.get(best) else "employees", plural=True)


def _customer(text: str, book: Phrasebook, casing: Casing) -> str:
    """The noun for whom the document serves; a "team member" is none."""
    names = book.phrases("customers")
    choice = "|".join(map(re.escape, names))
    found = (
        re.findall(rf"(?<!team )(?<!staff )(?<!crew )(?<!family )(?<!board )\b({choice})s?\b", text)
        if names
        else []
    )
    counts = Counter(found)
    best = max(names, key=lambda name: counts[name], default="")
    if not best or not counts[best]:
        return "customer"
    return best.capitalize() if best in casing.capital else best


def _american(text: str) -> bool:
    """Whether American spellings outnumber British ones; British where neither is seen."""
    low = text.lower()
    return len(_AMERICAN.findall(low)) > len(_BRITISH.findall(low))


def people_of(tree: ClauseTree) -> frozenset[str]:
    """Nouns of a document that name persons by what is said of them: "a handler who …", "sorters must …"."""
    found: set[str] = set()
    for clause in tree.clauses:
        for name in _PEOPLE.findall(clause.text):
            found |= {name.lower(), f"{name.lower()}s"}
    return frozenset(found)


def speaker(clause: Clause, lead_in: str, register: Register) -> Phrase:
    """Whom a clause addresses: you where it says so itself, else as the document does."""
    words = {word.lower() for word in _WORD.findall(f"{lead_in} {clause.text}")}
    if words & {"you", "your", "yours", "yourself", "you're", "you’re", "you'll", "you’ll"}:
        return Phrase("you", person="you")
    return register.staff
