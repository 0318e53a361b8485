"""Quoted text made fit for other surfaces: no control character or escape sequence of a source ever gets out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from auditor.model.location import Location, Span

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS: titles, links
    r"|\x1b[ -/]*[0-~]"
)
_SPACES = re.compile(r"\s+")
_KEPT_FORMATS = "\u00ad\u200c\u200d"
"""Soft hyphens and joiners that spell words; every other format character (direction overrides, say) goes."""


def _harmless(character: str) -> str:
    code, kind = ord(character), unicodedata.category(character)
    if character.isspace():
        return " "
    if kind == "Cs":
        return "\ufffd"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:  # never characters, and refused by XML
        return ""
    return "" if kind in ("Cc", "Cf") and character not in _KEPT_FORMATS else character


def clean(text: str) -> str:
    """``text`` on one line, without control characters, escape sequences and direction overrides.

    Lone surrogates become U+FFFD, so that the result can always be encoded.
    """
    plain = _ESCAPES.sub("", text)
    if not plain.isprintable():
        plain = "".join(map(_harmless, plain))
    return _SPACES.sub(" ", plain)


def pieces(text: str, spans: Iterable[Span]) -> tuple[tuple[str, bool], ...]:
    """``text`` cut at the bounds of ``spans``: pairs of a clean piece and whether a span covers it."""
    marked = [False] * len(text)
    for span in spans:
        for at in range(max(0, span.start), min(len(text), span.end)):
            marked[at] = True
    found: list[tuple[str, bool]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            piece = clean(text[start:at])
            if piece:
                found.append((piece, marked[start]))
            start = at
    return tuple(found)


def shortened(text: str, limit: int) -> str:
    """``text`` cut at a space so that it has at most ``limit`` characters, an ellipsis included."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return cut[: cut.rfind(" ") if cut.rfind(" ") > limit // 2 else len(cut)].rstrip() + "…"


def relative(path: str, root: str = "") -> str:
    """``path`` with forward slashes, below ``root`` where it is absolute and stands there, never beginning with ``./``."""
    plain = path.replace("\\", "/")
    base = root.replace("\\", "/").rstrip("/")
    if base and plain.startswith(base + "/"):
        plain = plain[len(base) + 1 :]
    return str(PurePosixPath(plain)) if plain else plain


def line_of(location: Location) -> tuple[int, str]:
    """A line for formats that insist on one, and what it counts: line, paragraph or page ("" for a stopgap)."""
    if location.line is not None:
        return location.line, "line"
    if location.paragraph is not None:
        return location.paragraph + 1, "paragraph"
    return (location.page, "page") if location.page is not None else (1, "")
