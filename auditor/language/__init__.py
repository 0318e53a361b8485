"""Clause → Reading and Facts: who must do what, ask whom, up to how much, unless when.

The Python here holds mechanisms only. What counts as a superior, how English says that an approval is
needed, what makes a guard: all of that is data in a pack's ``vocabulary/`` and ``frames/``.
"""

from auditor.language.stage import Language, load_language

__all__ = ["Language", "load_language"]
