"""Normalised text of a line, with a piece for every stretch of it that is continuous in a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.formats.ooxml.numbering import visible_bullet
from auditor.formats.ooxml.styles import Look
from auditor.formats.ooxml.walk import Stretch
from auditor.model.location import Location, Piece

#: Characters without width: soft hyphen, joiners, marks of direction, byte order mark.
_NOTHING = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
_SIGNS = {"\u2011": "-", "\u2010": "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """Normalised text; ``origin[i]`` is the stretch, and the index in it, that character ``i`` came from."""

    text: str
    origin: tuple[tuple[Stretch, int], ...]

    def cut(self, start: int) -> Line:
        """What follows the first ``start`` characters, without leading space."""
        while start < len(self.text) and self.text[start] == " ":
            start += 1
        return Line(self.text[start:], self.origin[start:])

    def tabbed(self, at: int) -> bool:
        """Whether the space at ``at`` is a tab, or two and more spaces, in the source."""
        if at >= len(self.text):
            return False
        stretch, index = self.origin[at]
        return "\t" in stretch.text or (
            len(stretch.text) > index + 1 and stretch.text[index : index + 2].isspace()
        )

    def looks(self) -> list[tuple[str, Look]]:
        """The text in parts of one look each."""
        parts: list[tuple[str, Look]] = []
        for ch, (stretch, _) in zip(self.text, self.origin, strict=True):
            if parts and parts[-1][1] == stretch.look:
                parts[-1] = (parts[-1][0] + ch, stretch.look)
            else:
                parts.append((ch, stretch.look))
        return parts

    def pieces(self, part: str, path: str, shift: int = 0) -> tuple[Piece, ...]:
        """The pieces of the text, their offsets moved by ``shift``."""
        out: list[Piece] = []
        begin = 0
        for at in range(1, len(self.text) + 1):
            if at < len(self.text) and _continuous(self.origin[at - 1], self.origin[at]):
                continue
            place, exact = _place(self.origin[begin], self.origin[at - 1], part, path)
            out.append(Piece(begin + shift, at + shift, place, exact))
            begin = at
        return tuple(out)


def _continuous(before: tuple[Stretch, int], after: tuple[Stretch, int]) -> bool:
    (one, i), (two, j) = before, after
    if one is two:
        return j == i + 1 or one.run is None
    return (
        one.run is not None
        and one.run == two.run
        and one.paragraph == two.paragraph
        and one.offset + i + 1 == two.offset + j
    )


def _place(
    first: tuple[Stretch, int], last: tuple[Stretch, int], part: str, path: str
) -> tuple[Location, bool]:
    (one, i), (two, j) = first, last
    if one.run is None:
        return Location(path, part=part, paragraph=one.paragraph, end_paragraph=two.paragraph), False
    place = Location(
        path,
        part=part,
        paragraph=one.paragraph,
        run=one.run,
        offset=one.offset + i,
        end_paragraph=two.paragraph,
        end_run=two.run,
        end_offset=two.offset + j + 1,
    )
    return place, True


def assemble(stretches: Sequence[Stretch]) -> Line:
    """One line of text: white space of every kind becomes one space, characters without width vanish."""
    chars: list[str] = []
    origin: list[tuple[Stretch, int]] = []
    for stretch in stretches:
        for index, ch in enumerate(stretch.text):
            if ch in _NOTHING:
                continue
            if ch.isspace():
                if not chars or chars[-1] == " ":
                    continue
                sign = " "
            elif "\ue000" <= ch <= "\uf8ff":
                sign = visible_bullet(ch)
            else:
                sign = _SIGNS.get(ch, ch)
            chars.append(sign)
            origin.append((stretch, index))
    if chars and chars[-1] == " ":
        chars.pop()
        origin.pop()
    return Line("".join(chars), tuple(origin))


_OPEN_ENDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "by",
        "from",
        "for",
        "with",
        "in",
        "on",
        "at",
        "and",
        "or",
        "as",
        "than",
        "that",
    ]
)


def _splits(before: str, after: str, marker: bool) -> bool:
    """Whether a line break between two non-empty lines parts two paragraphs rather than one sentence."""
    if marker:
        return True
    last = before.rstrip("”\"')’")[-1:]
    if last in ".:;!?":
        return True
    first = after.lstrip("“\"'(‘")[:1]
    if first.islower() or last in ",-–—&/":
        return False
    words = before.split()
    return len(words) <= 12 and words[-1].lower() not in _OPEN_ENDS


def lines(stretches: Sequence[Stretch], has_marker: Callable[[Line], bool]) -> list[Line]:
    """The paragraphs that line breaks make of one ``w:p``; breaks inside a sentence are joined by a space."""
    parts: list[list[Stretch]] = [[]]
    for stretch in stretches:
        if stretch.brk:
            parts.append([stretch])
        else:
            parts[-1].append(stretch)
    groups: list[list[Stretch]] = []
    blank = False
    for part in parts:
        line = assemble(part)
        if not line.text:
            blank = blank or bool(groups)
            continue
        if groups:
            before = assemble(groups[-1]).text
            # Long runs of joined lines would cost quadratic time; only the tail decides.
            if not blank and not _splits(before[-200:], line.text, has_marker(line)):
                groups[-1].extend(part)
                continue
        groups.append(list(part))
        blank = False
    return [assemble(group) for group in groups]
