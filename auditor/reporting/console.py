"""A sheet of terminal text: titles, paragraphs, items with a hanging indent, quotes with marked words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from auditor.model.location import Span
from auditor.reporting.text import pieces

LEAST_WIDTH = 40
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


class Sheet:
    """Collects lines of at most ``width`` columns; with ``color`` they carry ANSI styles."""

    def __init__(self, color: bool, width: int) -> None:
        from rich.console import Console

        self._out = io.StringIO()
        self._color = color
        self._console = Console(
            file=self._out, width=max(width, LEAST_WIDTH), force_terminal=color, no_color=not color,
            color_system="standard" if color else None, highlight=False, markup=False, emoji=False,
            legacy_windows=False,
        )  # fmt: skip

    def text(self) -> str:
        """Everything so far, without spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._out.getvalue().split("\n"))

    def title(self, text: str, indent: int = 0) -> None:
        """A heading below an empty line."""
        self.line()
        self.line(text, indent, "bold")

    def rule(self, text: str) -> None:
        """A heading with a rule to the right margin, below an empty line."""
        self.line()
        self._console.rule(text, style="bold", align="left")

    def line(self, text: str = "", indent: int = 0, style: str = "") -> None:
        """A paragraph, indented as a whole."""
        from rich.padding import Padding
        from rich.text import Text

        said = Text(text, style)
        self._console.print(Padding(said, (0, 0, 0, indent), expand=False) if indent else said)

    def item(self, marker: str, text: str, indent: int = 0, style: str = "") -> None:
        """A paragraph behind a marker, its further lines below its beginning."""
        from rich.text import Text

        self._beside(marker, Text(text, style), indent, style)

    def quote(self, text: str, spans: Iterable[Span], indent: int = 0) -> None:
        """A quoted text; ``spans`` of it are bold and underlined, or between « and » where there is no colour."""
        from rich.text import Text

        quoted = Text()
        for piece, marked in pieces(text, spans):
            shown = f"«{piece}»" if marked and not self._color else piece
            quoted.append(shown, "bold underline" if marked and self._color else "")
        quoted.append("”")
        self._beside("“", quoted, indent, "", gap=0)

    def _beside(self, marker: str, text: Any, indent: int, style: str, gap: int = 1) -> None:
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=0)
        grid.add_column(width=indent + len(marker) + gap)
        grid.add_column()
        grid.add_row(Text(" " * indent + marker, style), text)
        self._console.print(grid)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> None:
        """A table without lines; the last ``numbers`` columns are aligned to the right."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
        for at, head in enumerate(heads):
            table.add_column(Text(head), justify="right" if at >= len(heads) - numbers else "left")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table)
