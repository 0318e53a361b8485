"""A document cut into sections and clauses."""

from auditor.clauses.segmentation import segment

__all__ = ["segment"]
