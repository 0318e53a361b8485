"""Which stretches are headings, and of what level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.formats.pdf.layout import OutlineEntry
from auditor.reading.pdf.rows import Row

_LETTERS = re.compile(r"[^a-z]+")
_END = re.compile(r"[.;,]$")


@dataclass(frozen=True, slots=True)
class Body:
    """The look of running text: em height, whether it is bold, and the usual line distance in em."""

    size: float
    bold: bool
    leading: float


def body_of(rows: Sequence[Row]) -> Body:
    """The commonest look by characters, and the commonest distance between lines that continue each other."""
    looks: Counter[tuple[float, bool]] = Counter()
    steps: Counter[float] = Counter()
    for row in rows:
        looks[row.size, row.bold] += len(row.text)
    for before, after in pairwise(rows):
        if before.page == after.page and before.column == after.column and not after.cells and after.words:
            step = (before.y0 - after.y0) / max(1.0, after.size)
            if 0.8 < step < 3.5 and after.words[0].text[0].islower():
                steps[round(step, 1)] += 1
    if not looks:
        return Body(10.0, False, 1.2)
    sizes: Counter[float] = Counter()
    for (size, _), count in looks.items():
        sizes[size] += count
    size = sizes.most_common(1)[0][0]
    bold = sum(c for (s, b), c in looks.items() if b) > 0.6 * sum(looks.values())
    return Body(size, bold, steps.most_common(1)[0][0] if steps else 1.2)


def is_caps(text: str) -> bool:
    """Whether a text of at least four letters is written in capitals."""
    upper = sum(map(str.isupper, text))
    return upper >= 4 and upper >= 9 * sum(map(str.islower, text))


def looks_like_heading(rows: Sequence[Row], text: str, style: str, body: Body) -> bool:
    """Whether a stretch of rows stands out and is short enough to be a heading; ``style`` is its marker's."""
    if len(rows) > 4 or len(text) > 180 or not any(sign.isalpha() for sign in text):
        return False
    large = max(row.size for row in rows) >= 1.12 * body.size
    words = len(text.split())
    if large:
        return words <= 25 and not (_END.search(text) and words > 8)
    if style.startswith("bullet") or text[0].islower():
        return False
    if is_caps(text):
        return words <= 20 and not text.endswith((",", ";"))
    bold = all(row.bold for row in rows) and not body.bold
    ended = _END.search(text) and not (style and words <= 8)
    return bold and words <= 16 and not ended and not (text.endswith(":") and words > 8)


def is_plain_title(rows: Sequence[Row], text: str, after: Row | None, after_text: str) -> bool:
    """Whether a plain line is a title all the same: short, longer words capital, running text after it."""
    words = text.split()
    if len(rows) > 1 or not 1 <= len(words) <= 8 or after is None or after.cells or len(after_text) < 70:
        return False
    if not text[0].isupper() or not text[-1].isalnum() or any(sign.isdigit() for sign in text):
        return False
    return all(word[0].isupper() for word in words if len(word) > 3) and rows[0].x0 <= after.x0 + 4


def fold(text: str) -> str:
    """Letters only, lower case: how titles are compared."""
    return _LETTERS.sub("", text.lower())


def outline_levels(outline: Iterable[OutlineEntry]) -> dict[str, int]:
    """Levels by folded title."""
    return {key: entry.level for entry in reversed(tuple(outline)) if len(key := fold(entry.title)) >= 3}


def style_levels(looks: Sequence[tuple[float, bool, bool]]) -> dict[tuple[float, bool, bool], int]:
    """Level (from 1, at most 6) by look (size, capitals, bold), largest first."""
    return {look: min(6, rank) for rank, look in enumerate(sorted(set(looks), reverse=True), start=1)}
