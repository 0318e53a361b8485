"""Lines to be filled in: blanks, boxes to tick, places to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.model.document import Dropped
from auditor.reading.pdf.rows import Row

_BLANK = re.compile(r"_{4,}|(?:_ ){4,}|\.{12,}|…{5,}")
_LABEL = re.compile(
    r"^(?:(?:employee|applicant|supervisor|manager|witness|print(?:ed)?|authori[sz]ed|parent|guardian|hr"
    r"|team member)(?:['’]s)?\s*)*(?:name|signature|signed|date|title|position"
    r"|department|initials?|id|phone|address|by)"
    r"(?:\s*(?:/|&|and|of)?\s*(?:name|signature|date|title|print(?:ed)?|employee|representative))*"
    r"\s*(?:\(.{0,30}\))?\s*:?$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\b(?:signature|signed|print(?:ed)? name)\b", re.IGNORECASE)


def without_forms(rows: Sequence[Row]) -> tuple[list[Row], list[Dropped]]:
    """Rows without form lines: blanks with at most a label, and labels beside a place to sign."""
    kept: list[Row] = []
    dropped: list[Dropped] = []
    signing = {row.page for row in rows if len(row.text) < 80 and _SIGN.search(row.text)}
    for row in rows:
        text = row.text
        blank = _BLANK.search(text)
        rest = _BLANK.sub(" ", text).strip(" .,:_")
        form = bool(blank) and (len(rest) < 60 or len(rest) < 0.5 * len(text))
        label = row.page in signing and not row.cells and bool(_LABEL.match(text.strip()))
        if form or label:
            reason = "form line" if form else "place to sign"
            dropped.append(Dropped(reason, len(text.replace(" ", "")), row.page, text[:80]))
        else:
            kept.append(row)
    return kept, dropped
