"""What an audit is asked to do, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from auditor.model.finding import Confidence
from auditor.model.rule import Severity

FailOn = Literal["error", "warning", "note", "never"]
MinConfidence = Literal["auto", "high", "medium", "low"]
Revisions = Literal["final", "original"]
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
MIN_CONFIDENCES: tuple[MinConfidence, ...] = ("auto", *CONFIDENCES)
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "note", "never")
SCOPES = ("customer", "work", "admin")
DEFAULT_PACK = "customer-focus"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes what is concluded about one document.

    ``select``, ``ignore`` and the keys of ``severities`` are selectors: a rule id, a dimension or a glob,
    optionally followed by ``:scope``; an empty ``select`` means all rules. ``thresholds`` replace options of
    the pack, ``vocabulary`` adds entries to its word lists. ``min_coverage`` (0..1) is the share of a
    document's text below which it counts as unread. ``min_confidence`` "auto" reports findings of low confidence
    only of documents whose surer findings are dense (see ``selection.weighed``).
    """

    packs: tuple[str, ...] = (DEFAULT_PACK,)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    min_confidence: MinConfidence = "auto"
    min_coverage: float = 0.9
    revisions: Revisions = "final"
    thresholds: tuple[tuple[str, int | str], ...] = ()
    vocabulary: tuple[tuple[str, tuple[str, ...]], ...] = ()
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    """Where configuration says a word, for messages: pairs of the word and ``file:line``."""

    def origin(self, word: str) -> str:
        """``file:line: `` of a configured word, "" if it comes from elsewhere."""
        return next((f"{place}: " for said, place in self.origins if said == word), "")


@dataclass(frozen=True, slots=True)
class Source:
    """One document to audit: a file, or ``data`` for what came from elsewhere, under the ``path`` to report.

    ``settings`` are those of the configuration nearest to it; None means those of the run.
    """

    path: str
    data: bytes | None = None
    format: str | None = None
    settings: Settings | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is carried out; nothing here changes what is concluded.

    ``jobs`` is the number of processes, 0 for as many as pay. ``cache`` is the folder of remembered results,
    None for none. ``progress`` is called with the number of documents done, the number of all, and the path
    just done. ``debug`` lets defects through as tracebacks.
    """

    jobs: int = 1
    cache: Path | None = None
    progress: Callable[[int, int, str], None] | None = None
    debug: bool = False
