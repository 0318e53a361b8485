"""How suppression comments look in text formats: shared by the readers, which drop them, and the ledger."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--\s*auditor:\s*(.*?)\s*-->", re.S)
"""In Markdown and HTML."""
TEXT_LINE = re.compile(r"^[ \t]*\[auditor:\s*(.*?)\][ \t]*$", re.M)
"""In plain text: a line of its own."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def blank_code(markdown: str) -> str:
    """``markdown`` with its fenced code blocks blanked out, line for line and column for column."""
    out, fence = [], ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line)
        if fence:
            out.append(" " * len(line))
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence = found[1]
            out.append(" " * len(line))
        else:
            out.append(line)
    return "\n".join(out)
