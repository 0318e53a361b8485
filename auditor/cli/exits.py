"""The exit codes, by name."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the caller learns without reading; an unread input wins over findings."""

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2
    NO_INPUTS = 3
    INTERRUPTED = 130
