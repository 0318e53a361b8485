"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.clauses.lexicon import Lexicon, lexicon
from auditor.model.location import Span
from auditor.text.markers import BULLETS

_STOP = re.compile(r"(?:\.{2,}|…|[.!?]+)[\"'”’»)\]]*(?=\s|$)|(?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s)")
_INLINE_BULLET = re.compile(rf"(?<=\S)\s+(?=[{BULLETS}]\s)")
_OPENING = "\"'“‘«([*_"
_ENUMERATOR = re.compile(r"[\d.]+\.|[ivxlc]+\.")
_FRESH = re.compile(r"(?:^|[.!?:;]\s+)$")
_FAR = 400


def split_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of ``text`` (single spaces assumed); together they hold every non-space."""
    spans = []
    start = 0
    for end in _ends(text):
        span = _trim(text, start, end)
        if span.end > span.start:
            spans.append(span)
        start = end
    return tuple(_merge_markers(text, spans))


def _ends(text: str) -> Iterator[int]:
    words = lexicon()
    closes = _enclosed(text)
    stops = {m.end() for m in _STOP.finditer(text) if _ends_here(text, m, words, closes)}
    stops |= {m.end() for m in _INLINE_BULLET.finditer(text)}
    yield from sorted(stops | {len(text)})


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _merge_markers(text: str, spans: list[Span]) -> Iterator[Span]:
    """Join a span without letters ("1.", "...") to the one after it, or at the end to the one before."""
    held: Span | None = None
    ready: list[Span] = []
    for span in spans:
        whole = Span(held.start, span.end) if held else span
        held = None
        if any(ch.isalpha() for ch in text[span.start : span.end]):
            ready.append(whole)
        else:
            held = whole
    if held:
        ready[-1:] = [Span(ready[-1].start, held.end)] if ready else [held]
    yield from ready


def _enclosed(text: str) -> list[tuple[int, int]]:
    """Ranges inside brackets that close again not too far away."""
    ranges, open_at = [], []
    for at, ch in enumerate(text):
        if ch in "([":
            open_at.append(at)
        elif ch in ")]" and open_at:
            begin = open_at.pop()
            if at - begin <= _FAR:
                ranges.append((begin, at))
    return ranges


def _ends_here(text: str, stop: re.Match[str], words: Lexicon, enclosed: list[tuple[int, int]]) -> bool:
    rest = text[stop.end() :].lstrip()
    if not rest:
        return True
    inside = any(begin < stop.start() < end for begin, end in enclosed)
    if inside and not _closed_whole(text, stop, enclosed):
        return False
    first = rest.lstrip(_OPENING)[:1]
    sign = stop.group()
    if first.islower() or rest.startswith(("--", "–", "—")):
        return False
    if sign[0] in "!?":
        return True
    if not first or first in ",;:.)":
        return False
    return sign.startswith(("..", "…")) or _stop_ends(text[: stop.start() + 1], rest, words)


def _closed_whole(text: str, stop: re.Match[str], enclosed: list[tuple[int, int]]) -> bool:
    """Whether a bracket that began after a stop ends with this one: "(It is kept for a year.) Next"."""
    for begin, end in enclosed:
        if begin < stop.start() < end:
            before = text[:begin].rstrip()
            return end < stop.end() and (not before or before[-1] in ".!?")
    return False


def _stop_ends(before: str, rest: str, words: Lexicon) -> bool:
    """Whether the stop at the end of ``before`` ends a sentence, given the ``rest`` that follows it."""
    found = re.search(r"[^\s(\[\"“‘'/–—]+$", before)
    token = found.group().lower() if found else "."
    follower = re.match(r"[\"'“‘(\[*_]*([\w’'-]*)", rest)
    next_word = follower.group(1) if follower else ""
    starts = next_word.lower() in words.starter
    if token in words.inner:
        return False
    if token in words.number:
        return not next_word[:1].isdigit() and (starts or len(token) > 4)
    if token in words.clock:
        return bool(next_word) and next_word.lower() not in words.after_clock
    if token in words.either or re.fullmatch(r"(?:[a-z]\.){2,}", token):
        return starts
    if re.fullmatch(r"[a-z]\.", token):
        earlier = before[: -len(token)].split()
        return bool(earlier) and (earlier[-1].lower() in words.title or token == "i." or starts)
    return not (_ENUMERATOR.fullmatch(token) and _FRESH.search(before[: -len(token)]))
