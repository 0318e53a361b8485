"""Report → PDF: highlights in the client's own file, or a printed report."""

from __future__ import annotations

from auditor.model.report import Report
from auditor.reporting.sources import Load, from_disk, unchanged_source


def render_pdf(
    report: Report, *, author: str = "Policy Auditor", date: str = "", load: Load = from_disk
) -> bytes:
    """A PDF file.

    Of one audited PDF file it is a copy with highlights, notes and an outline of findings; of anything else a
    printed report. Raises RenderError if the source has changed since the audit.
    """
    if len(report.documents) == 1 and report.documents[0].tree.document.format == "pdf":
        from auditor.reporting.sheet.annotated import annotate

        (document,) = report.documents
        return annotate(report, document, unchanged_source(document.tree.document, load), author, date)
    from auditor.reporting.sheet.printed import printed_report

    return printed_report(report)
