"""The workbook: what it holds, what is there to fill in, and that no cell computes."""

import io

import openpyxl
import pytest

from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source
from auditor.reporting import render

NASTY = (
    "# Refunds\n\n=cmd has to be approved by the duty manager.\n\n"
    "+1 refund has to be approved by the duty manager.\n\n@SUM(A1) must be approved by the branch manager.\n\n"
    "Every refund has to be approved by the duty manager; see https://example.org/a.\n"
)


@pytest.fixture(scope="module")
def report():
    return audit(
        [Source("policies/a.md", data=NASTY.encode())], Settings(select=("empowerment/mandatory-approval",))
    )


@pytest.fixture(scope="module")
def book(report):
    return openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))


def rows(sheet):
    head = [cell.value for cell in sheet[1]]
    return [dict(zip(head, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_the_sheets(book):
    assert book.sheetnames == ["Findings", "Approval map", "Scores", "Read", "About"]


def test_every_finding_has_a_row_to_work_on(book, report):
    found = rows(book["Findings"])
    assert [row["Id"] for row in found] == [e.finding.id for e in report.documents[0].entries]
    assert all(row["Decision"] == "open" and "Owner" in row for row in found)


def test_header_filter_and_choice(book):
    sheet = book["Findings"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    (choice,) = sheet.data_validations.dataValidation
    assert "adopt" in choice.formula1


def test_no_cell_is_a_formula_and_no_clause_a_link(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink:
                    assert sheet.cell(1, cell.column).value == "Document"


def test_documents_are_linked(book):
    (link, *_) = [cell.hyperlink for cell in book["Findings"]["A"] if cell.hyperlink]
    assert link.target.replace("\\", "/") == "policies/a.md"


def test_the_same_report_gives_the_same_bytes(report):
    assert render(report, "xlsx") == render(report, "xlsx")
