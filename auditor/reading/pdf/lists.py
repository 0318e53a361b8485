"""Depth of list items from their marker's style and indentation."""

from __future__ import annotations

import re

from auditor.reading.pdf.markers import Marker

_SAME = 4.0
_LETTERS = re.compile(r"[^A-Za-z]")


class Depths:
    """The open lists, outermost first, as (style, x of the marker, letters of the last marker)."""

    def __init__(self) -> None:
        self._open: list[tuple[str, float, str]] = []

    def clear(self) -> None:
        """Forget all lists: a heading stands between."""
        self._open.clear()

    def of(self, marker: Marker, x0: float) -> int:
        """The depth (from 1) of an item, given the items before it."""
        style = f"{marker.style}{marker.depth}" if marker.style == "decimal" else self._settled(marker)
        letters = _LETTERS.sub("", marker.number)
        for index in range(len(self._open) - 1, -1, -1):
            open_style, open_x0, _ = self._open[index]
            if open_style == style and abs(open_x0 - x0) <= 3 * _SAME:
                del self._open[index + 1 :]
                self._open[index] = (style, x0, letters)
                return index + 1
        while self._open and self._open[-1][1] > x0 + _SAME:
            self._open.pop()
        self._open.append((style, x0, letters))
        return len(self._open)

    def _settled(self, marker: Marker) -> str:
        """The style of a marker; "i." after "h." is a letter, else a Roman number."""
        letters = _LETTERS.sub("", marker.number)
        if marker.style.lower() != "roman" or len(letters) != 1:
            return marker.style
        letter = "Letter" if letters.isupper() else "letter"
        follows = any(style == letter and last == chr(ord(letters) - 1) for style, _, last in self._open)
        return letter if follows else marker.style
