"""Quoted text in Markdown: nothing that a document says becomes markup, a link, a mention or a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.model.location import Span
from auditor.reporting.text import clean, pieces, shortened

JOINER = "\u2060"
"""Word joiner: invisible and no place for a line break, but no name or number follows the sign before it."""
LONGEST = 1500
"""Characters of one quotation; what is longer ends in an ellipsis."""
_SIGNS = re.compile(r"[\\`*_\[\]~<>&|$]")
_NOT_PLAIN = re.compile(r"[!-'*+:-@\[-`{-~]")  # ASCII signs but ( ) , - . /
_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "<>&|$"}
_LIVE = re.compile(
    r"(@)(?=\w)"  # mentions, mail addresses
    r"|(\#|GH-|!)(?=\d)"  # issues and merge requests
    r"|(:)(?=//|[a-z0-9_+-]+:)"  # addresses, emoji
    r"|(\bwww)(?=\.)"
    r"|(\b(?:mailto|xmpp):)(?=\S)",
    re.IGNORECASE,
)


def _still(text: str) -> str:
    return _LIVE.sub(lambda found: found[0] + JOINER, text)


def escape(text: str) -> str:
    """``text`` for running Markdown and table cells, inside a line (not at its beginning)."""
    still = _still(shortened(clean(text), LONGEST))
    return _SIGNS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), still)


def code(text: str) -> str:
    """``text`` in a fixed-width face, where names of people and numbers of issues stay what they are."""
    entities = _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", _still(shortened(clean(text), LONGEST)))
    return f"<code>{entities}</code>"


def quote(text: str, spans: Iterable[Span] = ()) -> str:
    """A quotation with ``spans`` of it in bold."""
    cut = shortened(text, LONGEST)
    marked = (f"<b>{escape(piece)}</b>" if told else escape(piece) for piece, told in pieces(cut, spans))
    return f"“{''.join(marked)}”"


def table(heads: Iterable[str]) -> str:
    """The two first lines of a table; heads that end in ``:`` are aligned to the right."""
    names = list(heads)
    rule = " | ".join("---:" if name.endswith(":") else "---" for name in names)
    return f"| {' | '.join(name.removesuffix(':') for name in names)} |\n| {rule} |"


def row(cells: Iterable[str]) -> str:
    """A table row of cells that are escaped already."""
    return f"| {' | '.join(cell or ' ' for cell in cells)} |"
