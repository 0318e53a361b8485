"""What the PDF engines deliver, in plain tuples that travel cheaply between processes.

All coordinates are PDF points on the page as shown (rotation applied), with the origin at the lower left
corner of its media box.
"""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A run of characters without a space, as drawn."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool


class Line(NamedTuple):
    """Words that one engine put on one line; ``size`` is the em height of most of its characters."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float


class Edge(NamedTuple):
    """A ruled stroke or one side of a filled box: horizontal where ``y0 == y1``, else vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageLayout(NamedTuple):
    """One page: lines in the engine's order, ruled edges, and what could not be read.

    ``undecodable`` counts glyphs without a character, ``image_share`` is the part of the page that pictures
    cover (0..1), ``drawn`` says whether anything at all was painted or promised by the content stream, and
    ``problem`` holds the engine's complaint ("" if none).
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    edges: tuple[Edge, ...] = ()
    undecodable: int = 0
    image_share: float = 0.0
    drawn: bool = True
    problem: str = ""


class OutlineEntry(NamedTuple):
    """A bookmark: its title, depth from 1 and page from 1 (0 if it has no target)."""

    title: str
    level: int
    page: int
