"""A sheet of terminal text: titles, paragraphs, items with a hanging indent, quotes with marked words.

Lines are wrapped here and styled by rich in one go: a rich table for each of a thousand items takes seconds.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from auditor.model.location import Span
from auditor.reporting.text import pieces

LEAST_WIDTH = 40
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


class Sheet:
    """Collects lines of at most ``width`` columns; with ``color`` they carry ANSI styles."""

    def __init__(self, color: bool, width: int) -> None:
        self._out = io.StringIO()
        self._color = color
        self._width = max(width, LEAST_WIDTH)
        self._lines: list[Text] = []
        self._console = Console(
            file=self._out, width=self._width, force_terminal=color, no_color=not color,
            color_system="standard" if color else None, highlight=False, markup=False, emoji=False,
            legacy_windows=False,
        )  # fmt: skip

    def text(self) -> str:
        """Everything so far, without spaces at the ends of lines."""
        for line in self._lines:
            line.rstrip()
        self._console.print(Text("\n").join(self._lines), soft_wrap=True)
        self._lines = []
        return self._out.getvalue()

    def title(self, text: str, indent: int = 0) -> None:
        """A heading below an empty line."""
        self.line()
        self.line(text, indent, "bold")

    def rule(self, text: str) -> None:
        """A heading with a rule to the right margin, below an empty line."""
        self.line()
        room = self._width - cell_len(text) - 1
        self.line(f"{text} {'─' * room}" if room > 0 else text, style="bold")

    def line(self, text: str = "", indent: int = 0, style: str = "") -> None:
        """A paragraph, indented as a whole."""
        self._put(Text(" " * indent), Text(text, style))

    def item(self, marker: str, text: str, indent: int = 0, style: str = "") -> None:
        """A paragraph behind a marker, its further lines below its beginning."""
        self._put(Text(f"{' ' * indent}{marker} ", style), Text(text, style))

    def quote(self, text: str, spans: Iterable[Span], indent: int = 0) -> None:
        """A quoted text; ``spans`` of it are bold and underlined, or between « and » where there is no colour."""
        quoted = Text()
        for piece, marked in pieces(text, spans):
            shown = f"«{piece}»" if marked and not self._color else piece
            quoted.append(shown, "bold underline" if marked and self._color else "")
        self._put(Text(f"{' ' * indent}“"), quoted.append("”"))

    def _put(self, before: Text, text: Text) -> None:
        room = self._width - before.cell_len
        wrapped = [text] if text.cell_len <= room else text.wrap(self._console, room)
        for number, line in enumerate(wrapped):
            self._lines.append((before if not number else Text(" " * before.cell_len)) + line)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> None:
        """A table without lines; the last ``numbers`` columns are aligned to the right."""
        lines = [tuple(heads), *map(tuple, rows)]
        widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        first_number = len(widths) - numbers
        for at, line in enumerate(lines):
            cells = (
                " " * (width - cell_len(cell)) + cell
                if place >= first_number
                else cell + " " * (width - cell_len(cell))
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            self.line(" ".join(cells), style="" if at else "dim")
