"""What a clause says, taken apart for its rewrite."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.rewriting.deeds import Deed
from auditor.rewriting.forms import Phrase


@dataclass(frozen=True, slots=True)
class Scene:
    """The roles of a clause: who does what, who stands above, under which circumstances.

    ``lead`` is what stands before the main clause ("for two days of leave"), ``notice`` and ``manner`` when and how
    the person above is asked. ``anchor`` is the token on which the finding rests.
    """

    actor: Phrase | None = None
    deed: Deed | None = None
    approver: Phrase | None = None
    matter: Phrase | None = None
    owner: Phrase | None = None
    lead: str = ""
    notice: str = ""
    manner: str = ""
    anchor: int = -1
    negated: bool = False
    imperative: bool = False
    relative: bool = False
    """Whether the act is only spoken of, as in "leave taken without approval is …"."""
    above: bool = False
    """Whether the clause's subject is itself somebody above."""
    used: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Found:
    """An act, the token of its subject, the tokens that ask for the yes, and the verb that carries them."""

    deed: Deed | None
    subject: int | None
    machinery: frozenset[int]
    host: int
    relative: bool = False
