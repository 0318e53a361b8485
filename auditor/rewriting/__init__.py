"""Findings → rewrites: the clause's own words in sentences that grant first, limit second, route third.

The Python here takes clauses apart and puts sentences together. The sentences themselves, and the words they
need, are data: a pack's ``rewriting/`` folder and the ``rewrite`` entries of its rules.
"""

from auditor.rewriting.phrasebook import phrasebook
from auditor.rewriting.propose import propose

__all__ = ["phrasebook", "propose"]
