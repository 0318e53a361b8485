"""The reports that all tests of renderers share."""

from dataclasses import replace

import pytest
from report_samples import HANDBOOK, MEMO, audited, dressed, hostile, with_entries

from auditor.model.location import Location
from auditor.model.report import Notice, Report, Skipped


@pytest.fixture(scope="session")
def bare_report() -> Report:
    """Two documents as audited: nothing rewritten, waived or known."""
    return audited(handbook=HANDBOOK, memo=MEMO)


@pytest.fixture(scope="session")
def report(bare_report) -> Report:
    """The same with rewrites, a waiver, a baseline, a notice and an input that could not be read."""
    return replace(
        with_entries(bare_report, dressed),
        skipped=(
            Skipped("logo.png", "is no document", error=False),
            Skipped("scan.pdf", "only 12% of its text could be read"),
        ),
        notices=(
            Notice("ledger/expired", "error", "expired on 2020-01-01", Location("waivers.toml", line=9)),
        ),
    )


@pytest.fixture(scope="session")
def hostile_report(report) -> Report:
    """The same with hostile text wherever a document can put text."""
    return hostile(report)
