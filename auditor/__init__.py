"""Audit company policies for operations-focused clauses."""

__version__ = "0.1.0"
