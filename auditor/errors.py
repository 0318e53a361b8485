"""Everything this package raises on purpose.

The command line turns an :class:`AuditorError` into one line on stderr and an exit code; any other
exception is a defect. A message says what is wrong, where, and what to do next.
"""

from __future__ import annotations


class AuditorError(Exception):
    """Base of all deliberate errors."""


class ReadingError(AuditorError):
    """A document could not be read; the audit goes on with the others."""


class PackError(AuditorError):
    """A rule pack is wrong; ``problems`` holds every located mistake (``path:line:column: text``)."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class EngineError(AuditorError):
    """The inference core refused or exceeded a budget; the document is reported as failed."""


class ConfigError(AuditorError):
    """The configuration or the command line asks for something that does not exist."""


class LedgerError(AuditorError):
    """A baseline or waiver file is wrong."""


class RenderError(AuditorError):
    """A report could not be written, for example because its source has changed since the audit."""
