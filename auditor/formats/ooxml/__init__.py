"""Mechanics shared by everything that touches Word files: packages, runs, styles, numbering, edits."""
