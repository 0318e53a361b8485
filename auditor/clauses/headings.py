"""The path of headings above a clause."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.document import Block
from auditor.text.markers import depth, scheme


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on the way from the title to the clause."""

    text: str
    number: str
    level: int


def descend(path: tuple[Heading, ...], block: Block) -> tuple[Heading, ...]:
    """The path after ``block``, a heading: numbers decide where they speak, levels otherwise."""
    new = Heading(block.text, block.number, max(1, block.level))
    counted = depth(block.number)
    if counted > 1:
        prefix = block.number.rstrip(".").rpartition(".")[0]
        for at in range(len(path) - 1, -1, -1):
            if path[at].number.rstrip(".") == prefix:
                return (*path[: at + 1], Heading(new.text, new.number, max(new.level, path[at].level + 1)))
    for at in range(len(path) - 1, -1, -1):
        same = (
            block.number
            and depth(path[at].number) == counted
            and scheme(path[at].number) == scheme(block.number)
        )
        if same and (counted or path[at].level == new.level):
            return (*path[:at], Heading(new.text, new.number, path[at].level))
    kept = tuple(h for h in path if h.level < new.level)
    return (*kept, new)
