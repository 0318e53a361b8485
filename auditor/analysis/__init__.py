"""Pure functions from conclusions to a report: scores, approval map, gaps, first changes, questions."""

from auditor.analysis.approvals import approval_map
from auditor.analysis.assemble import assemble, document_report, guard_summary
from auditor.analysis.changes import first_changes
from auditor.analysis.gaps import say_do_gaps
from auditor.analysis.questions import questions, requests
from auditor.analysis.scores import scorecard
from auditor.analysis.wordings import Wordings, parse_wordings

__all__ = [
    "Wordings",
    "approval_map",
    "assemble",
    "document_report",
    "first_changes",
    "guard_summary",
    "parse_wordings",
    "questions",
    "requests",
    "say_do_gaps",
    "scorecard",
]
