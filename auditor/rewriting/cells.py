"""Table rows: the cells around the one that names who stands above, and who acts."""

from __future__ import annotations

import re

from auditor.model.clause import Clause
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.forms import Phrase
from auditor.rewriting.nouns import is_person
from auditor.rewriting.scene import Scene
from auditor.rewriting.sentence import Sentence

_PARTS = re.compile(r",| with | after | subject | and | on ")


def cell_slots(clause: Clause, scene: Scene, s: Sentence, g: Grammar) -> dict[str, Phrase | None]:
    """``before`` and ``after`` the cell that names who stands above; ``cell`` and ``actor`` where a cell names them."""
    if len(clause.cells) < 2 or scene.approver is None:
        return {}
    texts = [clause.text[cell.span.start : cell.span.end].strip() for cell in clause.cells]
    words = scene.approver.text.lower().removeprefix("the ")
    at = next((i for i, text in enumerate(texts) if i and words in text.lower()), None)
    if at is None or not texts[0]:
        return {}
    after = " | ".join(["", *texts[at + 1 :]]) if at + 1 < len(texts) else "\u200b"
    found: dict[str, Phrase | None] = {
        "before": Phrase(" | ".join(texts[:at]) + " | "),
        "after": Phrase(after),
    }
    first = _PARTS.split(texts[at], maxsplit=1)[0].strip()
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
