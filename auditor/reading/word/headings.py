"""Headings that are only set like headings, judged against the rest of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from auditor.reading.word.drafts import Draft

_MODAL = re.compile(r"\b(must|shall|will|should|may|can|cannot|are|is|to)\b", re.IGNORECASE)
#: More lines in a row that look alike than this are a list or a cover, not headings.
MOST_IN_A_ROW = 4


def _body_size(drafts: Sequence[Draft]) -> int:
    sizes: Counter[int] = Counter()
    for draft in drafts:
        if draft.size and draft.kind != "row":
            sizes[draft.size] += draft.words
    return sizes.most_common(1)[0][0] if sizes else 0


def _mostly(drafts: Sequence[Draft], name: str) -> bool:
    words = sum(d.words for d in drafts if d.kind != "row")
    return sum(d.words for d in drafts if d.kind != "row" and getattr(d, name)) > 0.5 * words


def _short_line(draft: Draft) -> bool:
    text = draft.text
    if draft.kind not in ("paragraph", "item") or draft.note or draft.bullet or not 0 < draft.words <= 12:
        return False
    if len(text) > 100 or not any(ch.isalpha() for ch in text):
        return False
    first = next(ch for ch in text if ch.isalnum())
    if first.islower() or text[-1] in ",;" or "__" in text:
        return False
    if text[-1] == ":":
        return draft.words <= 5 and not _MODAL.search(text)
    return text[-1] not in ".!" or (draft.words <= 6 and draft.caps)


def _candidates(drafts: Sequence[Draft]) -> list[bool]:
    size = _body_size(drafts)
    bold_body, caps_body = _mostly(drafts, "bold"), _mostly(drafts, "caps")
    marks = []
    for draft in drafts:
        stands_out = (
            (draft.bold and not bold_body)
            or (draft.caps and not caps_body)
            or (draft.underlined and not draft.number)
            or (size and draft.size >= size + 4)
        )
        marks.append(bool(_short_line(draft) and stands_out))
    return marks


def _split_opening(draft: Draft, following: Draft | None) -> bool:
    """A short first line of a paragraph cut by a line break, before a full sentence."""
    if not draft.breaks or following is None or draft.kind == "row" or draft.bullet:
        return False
    return _short_line(draft) and draft.words <= 8 and draft.text[-1] not in ":" and following.words >= 8


def mark_headings(drafts: Sequence[Draft]) -> None:
    """Makes headings of the drafts that are set like one, with levels below those that styles give."""
    marks = _candidates(drafts)
    at = 0
    while at < len(drafts):
        end = at
        while end < len(drafts) and marks[end]:
            end += 1
        if end > at and (end - at > MOST_IN_A_ROW or end == len(drafts)):
            marks[at:end] = [False] * (end - at)
        at = max(end, at + 1)
    for at, draft in enumerate(drafts):
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        if not marks[at] and _split_opening(draft, following):
            marks[at] = True
    _set_levels(drafts, marks)


def _depth(draft: Draft) -> int:
    """Parts of a decimal number ("3.1" has two), 9 where there is none."""
    decimal = re.fullmatch(r"\d+(?:\.\d+)*\.?", draft.number)
    return len(re.findall(r"\d+", draft.number)) if decimal else 9


def _set_levels(drafts: Sequence[Draft], marks: Sequence[bool]) -> None:
    def rank(draft: Draft) -> tuple[int, bool, int, bool]:
        return (-draft.size, not draft.caps, _depth(draft), not draft.bold)

    ranks = sorted({rank(d) for d, marked in zip(drafts, marks, strict=True) if marked})
    # A few stray heading styles say nothing about the rest of a document that sets headings by hand.
    trusted = sum(d.kind == "heading" for d in drafts) >= sum(marks)
    styled = 0
    for draft, marked in zip(drafts, marks, strict=True):
        if draft.kind == "heading":
            styled = draft.level if trusted else 0
        elif marked:
            draft.kind, draft.run_in = "heading", None
            draft.level = min(styled + ranks.index(rank(draft)) + 1, 9)
