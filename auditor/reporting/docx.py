"""Report → Word: comments in the client's own file, or a findings report."""

from __future__ import annotations

from auditor.model.report import Report
from auditor.reporting.sources import Load, from_disk, unchanged_source


def render_docx(
    report: Report,
    *,
    redline: str = "none",
    author: str = "Policy Auditor",
    initials: str = "PA",
    date: str = "",
    load: Load = from_disk,
) -> bytes:
    """A Word file.

    Of one audited Word file it is a copy with comments, and with tracked changes as ``redline`` ("none",
    "ready", "all") asks; of anything else a findings report. ``date`` (ISO) is written into comments and
    changes. Raises RenderError if the source has changed since the audit.
    """
    if len(report.documents) == 1 and report.documents[0].tree.document.format == "docx":
        from auditor.formats.ooxml.revise import Author
        from auditor.reporting.word.annotated import annotate

        (document,) = report.documents
        data = unchanged_source(document.tree.document, load)
        return annotate(report, document, data, Author(author, initials, date), redline)
    from auditor.reporting.word.findings import findings_report

    return findings_report(report)
