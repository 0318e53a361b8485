"""Characters as PDF fonts give them, made readable."""

from __future__ import annotations

import re

_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "ĳ": "ij", "Ĳ": "IJ",
}  # fmt: skip
BULLET = "•"
_BULLET_CODES = (0xA7, 0xB7, 0xD8, 0xFC, 0x76, 0x6E, 0x71, 0x75, 0xA8, 0x2D, 0x6F, 0x77, 0x3F, 0x9F, 0xD2)
_PRIVATE = {0xF000 + code: BULLET for code in _BULLET_CODES} | {
    0xF020: " ",
    0x2010: "-",
    0x2011: "-",
    0xA0: " ",
}
_INVISIBLE = (*range(32), *range(0x7F, 0xA0), 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060)
_TABLE = str.maketrans(_LIGATURES) | _PRIVATE | {code: None for code in _INVISIBLE if code not in (9, 10, 13)}
_CID = re.compile(r"\(cid:\d+\)")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
REPLACEMENT = "\ufffd"


def readable(text: str) -> str:
    """``text`` with ligatures spelt out, symbol-font bullets as "•", and no invisible characters."""
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def settle(word: str) -> tuple[str, int]:
    """``word`` with unmapped glyphs as U+FFFD, and their count; a lone one is taken as a bullet."""
    if "(cid:" not in word and word.isascii():
        return word, 0
    marked = _CID.sub(REPLACEMENT, word)
    marked = _PRIVATE_USE.sub(REPLACEMENT, marked)
    if len(marked) == 1 and marked == REPLACEMENT:
        return BULLET, 0
    return marked, marked.count(REPLACEMENT)


def plausible(text: str) -> bool:
    """Whether a text's letters are mixed as in a written language: shifted or scrambled codes lack vowels."""
    letters = [sign for sign in text.lower() if sign.isalpha()]
    if len(letters) < 10:
        return False
    vowels = sum(sign in "aeiouyàáâäãåèéêëìíîïòóôöõùúûü" for sign in letters)
    return 0.25 <= vowels / len(letters) <= 0.6 and len(letters) > 0.5 * len(text)
