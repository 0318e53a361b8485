"""Building the text of a block while remembering where every character came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.model.location import Location, Piece

_RUN = re.compile(r"[^\s\u00ad\u200b\u2060\ufeff]+|\s+|[\u00ad\u200b\u2060\ufeff]+")


@dataclass(slots=True)
class _Stretch:
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    exact: bool


@dataclass(slots=True)
class Flow:
    """Text with single spaces, grown from stretches of source lines; invisible characters are left out.

    Lines and columns count from 1. White space between words becomes one space; it stays part of an exact
    piece where the source has exactly one character there.
    """

    path: str
    _parts: list[str] = field(default_factory=list)
    _stretches: list[_Stretch] = field(default_factory=list)
    _length: int = 0
    _gap: tuple[int, int] | None = None

    @property
    def length(self) -> int:
        """Characters so far, without the white space that waits for a word to follow."""
        return self._length

    @property
    def next_offset(self) -> int:
        """Where the next word will start."""
        return self._length + (1 if self._gap and self._length else 0)

    def gap(self) -> None:
        """White space with no single source character of its own."""
        self._gap = (0, 0)

    def add(self, text: str, line: int, column: int) -> None:
        """Append ``text`` that stands exactly so in one source line."""
        for found in _RUN.finditer(text):
            run, at = found.group(), column + found.start()
            if run.isspace():
                single = len(run) == 1 and run != "\n" and self._gap is None
                self._gap = (line, at) if single else (0, 0)
            elif run[0] not in "\u00ad\u200b\u2060\ufeff":
                self._word(run, line, at)

    def add_inexact(self, text: str, line: int, column: int, end_line: int, end_column: int) -> None:
        """Append ``text`` that stands for other source characters (an entity, an escape)."""
        if text.isspace():
            self._gap = (0, 0)
            return
        self._space()
        self._append(text, _Stretch(0, 0, line, column, end_line, end_column, False))

    def add_literal(self, text: str) -> None:
        """Append ``text`` that does not stand in the source (a cell separator)."""
        self._parts.append(text)
        self._length += len(text)
        self._gap = None

    def _space(self) -> tuple[int, int] | None:
        gap, self._gap = self._gap, None
        if gap is None or not self._length or self._parts[-1].endswith(" "):
            return None
        self._parts.append(" ")
        self._length += 1
        return gap

    def _word(self, word: str, line: int, column: int) -> None:
        gap = self._space()
        last = self._stretches[-1] if self._stretches else None
        if last and last.exact and last.end_line == line:
            joined = last.end == self._length and last.end_column == column
            spaced = (
                gap == (line, column - 1) and last.end == self._length - 1 and last.end_column == column - 1
            )
            if joined or spaced:
                self._parts.append(word)
                self._length += len(word)
                last.end, last.end_column = self._length, column + len(word)
                return
        self._append(word, _Stretch(0, 0, line, column, line, column + len(word), True))

    def _append(self, text: str, stretch: _Stretch) -> None:
        stretch.start = self._length
        self._parts.append(text)
        self._length += len(text)
        stretch.end = self._length
        self._stretches.append(stretch)

    def build(self) -> tuple[str, tuple[Piece, ...]]:
        """The text and its pieces."""
        return "".join(self._parts), tuple(
            Piece(
                s.start,
                s.end,
                Location(
                    self.path, line=s.line, column=s.column, end_line=s.end_line, end_column=s.end_column
                ),
                s.exact,
            )
            for s in self._stretches
        )


@dataclass(slots=True)
class BoldPrefix:
    """How many characters at the start of a text are set in bold."""

    length: int = 0
    _over: bool = False

    def see(self, text: str, *, bold: bool, length: int) -> None:
        """Take note of ``text``, with which the flow has reached ``length``."""
        if bold and not self._over:
            self.length = length
        elif text.strip():
            self._over = True


def cut_front(text: str, pieces: tuple[Piece, ...], offset: int) -> tuple[str, tuple[Piece, ...]]:
    """``text`` and its pieces without the first ``offset`` characters (a marker)."""
    kept = []
    for piece in pieces:
        if piece.end <= offset:
            continue
        place, start = piece.place, piece.start
        if start < offset:
            if piece.exact and place.column is not None:
                place = Location(
                    place.path,
                    line=place.line,
                    column=place.column + offset - start,
                    end_line=place.end_line,
                    end_column=place.end_column,
                )
            start = offset
        kept.append(Piece(start - offset, piece.end - offset, place, piece.exact))
    return text[offset:], tuple(kept)
