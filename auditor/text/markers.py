"""Bullets and typed numbers at the start of a line."""

from __future__ import annotations

import re

BULLETS = "•●◦○▪▫■□‣⁃∙·◆◇➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc"

_BULLET = re.compile(rf"[{BULLETS}]\s*|[-*+–—o]\s+")
_ROMAN = r"[ivxlcdm]{1,6}|[IVXLCDM]{1,6}"
_NUMBER = re.compile(
    rf"(?P<paren>\((?:\d{{1,3}}|[A-Za-z]|[a-z]{{2}}|{_ROMAN})\))\s+"
    rf"|(?P<right>(?:\d{{1,3}}|[A-Za-z]|{_ROMAN})\))\s+"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,3}){1,5}\.?\)?)\s+"
    rf"|(?P<dotted>(?:\d{{1,3}}|[A-Za-z]|{_ROMAN})\.)\s+"
    r"|(?P<section>§+\s?\d[\d.]*)\s+"
)


def split_marker(text: str) -> tuple[str, int]:
    """The marker at the start of ``text`` ("•", "(a)", "3.1", "iv.") and the offset of the text behind it.

    ("", 0) if there is none, or nothing but the marker.
    """
    found = _BULLET.match(text) or _NUMBER.match(text)
    if not found or found.end() >= len(text):
        return "", 0
    return found.group().strip(), found.end()


def is_bullet(marker: str) -> bool:
    """Whether ``marker`` counts nothing."""
    return bool(marker) and not any(ch.isalnum() for ch in marker.rstrip("o"))


def scheme(marker: str) -> str:
    """The kind of marker, so that siblings have the same: "(a)" and "(b)", "1." and "2.", but not "(1)"."""
    if is_bullet(marker) or marker == "o":
        return marker
    shape = re.sub(r"\d+", "1", marker)
    shape = re.sub(r"[A-Z]+", "A", shape)
    return re.sub(r"[a-z]+", "a", shape)


def depth(marker: str) -> int:
    """How many levels a decimal number counts: 3 for "3.1.4", 1 for "3.", 0 for anything else."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})*)\.?", marker)
    return found.group(1).count(".") + 1 if found else 0
