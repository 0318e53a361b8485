import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reporting import render
from auditor.reporting.csv import COLUMNS, cell


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture(scope="module")
def table(report):
    return rows(render(report, "csv"))


def test_every_entry_has_a_row(report, table):
    entries = [e for d in report.documents for e in d.entries]
    kinds = [row["kind"] for row in table]
    assert kinds.count("finding") == len(entries) == 9
    assert (kinds.count("strength"), kinds.count("counsel"), kinds.count("notice"), kinds.count("input")) == (
        1,
        1,
        1,
        2,
    )
    assert {row["status"] for row in table if row["kind"] == "finding"} == {
        "active", "guarded", "suppressed", "baselined"
    }  # fmt: skip


def test_a_finding_tells_everything(table):
    (row,) = [row for row in table if row["text"].startswith("A discount")]
    assert {key: value for key, value in row.items() if value} == {
        "kind": "finding", "status": "active", "path": "handbook.md", "line": "7", "section": "Handbook › Refunds",
        "dimension": "empowerment", "rule": "empowerment/approval", "title": "A superior has to approve",
        "severity": "error", "confidence": "high", "scope": "customer",
        "text": "A discount must be approved by the store manager.",
        "why": "This needs the approval of store manager.",
        "instead": "Whoever serves the customer may give a discount of up to [amount].",
        "applicability": "decision", "asks_whom": "store manager", "for_what": "A discount", "id": row["id"],
    }  # fmt: skip


def test_guards_and_waivers_bring_their_reasons(table):
    (guarded,) = [row for row in table if row["status"] == "guarded"]
    assert (guarded["guardrail"], guarded["guarded_by"]) == ("legal", "by law")
    (waived,) = [row for row in table if row["status"] == "suppressed"]
    assert (waived["waiver_reason"], waived["waiver_owner"]) == ("machines are leased", "facilities")
    assert waived["waiver_until"] == "2030-01-31"


def test_it_keeps_to_the_standard(report):
    data = render(report, "csv").encode()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert lines[0] == ",".join(f'"{name}"' for name in COLUMNS)
    assert not any("\n" in line or "\r" in line for line in lines)
    assert {len(row) for row in csv.reader(lines[:-1], strict=True)} == {len(COLUMNS)}


def test_no_hostile_text_becomes_a_formula(hostile_report):
    text = render(hostile_report, "csv")
    text.encode()
    for separator in ",;\t|":
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator):
            assert not [one for one in row if re.match(r"[=+\-@]", one)]
    assert "'=HYPERLINK" in text


@given(st.text(max_size=30))
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\n@", "＝", " =", "\x00="])
def test_nothing_that_begins_like_a_formula_stays_one(sign, text):
    assert not re.match(r"\s*[=+\-@＝＋－＠]", cell(sign + text))


def test_the_same_report_gives_the_same_bytes(report):
    assert render(report, "csv") == render(report, "csv")
