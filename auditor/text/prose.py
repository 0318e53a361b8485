"""Telling prose from code."""

from __future__ import annotations

import re

_LEAST_WORDS = 8
_PLAIN_SHARE = 0.85


def looks_like_prose(text: str) -> bool:
    """Whether preformatted ``text`` reads as sentences: words without signs, with a stop after some."""
    words = text.split()
    if len(words) < _LEAST_WORDS or not re.search(r"[a-z][.!?:](?:\s|$)", text):
        return False
    plain = sum(1 for word in words if re.fullmatch(r"[(\"'“‘]?[\w’'$£€%,-]+[)\"'”’.,;:!?]*", word))
    return plain >= _PLAIN_SHARE * len(words) and not re.search(r"[{}=<>\\]|\(\)|::|&&", text)
