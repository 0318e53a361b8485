"""JUnit, GitHub annotations and GitLab code quality."""

import io
import json
import re
from dataclasses import replace

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from report_samples import HANDBOOK, MEMO, as_binary, audited, many

from auditor.reporting import render
from auditor.reporting.github import SHOWN

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)+)::(.*)")


def junit(report, **options):
    return JUnitXml.fromroot(etree.parse(io.BytesIO(render(report, "junit", **options).encode())).getroot())


def cases(xml):
    return {(suite.name, case.name): case for suite in xml for case in suite}


def test_junit_has_a_case_for_each_document_and_rule(report):
    xml = junit(report)
    assert list(cases(xml)) == [
        ("handbook.md", "empowerment/approval"),
        ("handbook.md", "hiring/missing-values"),
        ("memo.md", "empowerment/approval"),
        ("memo.md", "hiring/missing-values"),
        ("waivers and baseline", "ledger/expired, line 9"),
        ("scan.pdf", "read"),
    ]
    assert (xml.tests, xml.failures, xml.errors, xml.skipped) == (6, 2, 1, 1)


def test_junit_fails_what_fails_the_run_and_tells_the_rest(report):
    found = cases(junit(report))
    case = found["handbook.md", "empowerment/approval"]
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.message == "A superior has to approve: 2 findings"
    assert "“A discount must be approved by the store manager.”" in failure.text
    assert "Instead (needs a decision): Whoever serves" in failure.text
    assert "Annual leave" not in failure.text
    for words in (
        "Annual leave",
        "Left alone: legal, for “by law”",
        "Waived: machines are leased, says facilities",
    ):
        assert words in case.system_out
    assert case._elem.get("file") == "handbook.md"
    assert case._elem.get("line") == "7"
    assert found["handbook.md", "hiring/missing-values"].is_passed
    (error,) = found["scan.pdf", "read"].result
    assert isinstance(error, Error)
    (skipped,) = found["memo.md", "empowerment/approval"].result
    assert isinstance(skipped, Skipped)


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 2), ("note", 3), ("never", 0)])
def test_junit_fails_from_the_severity_that_fails_the_run(report, fail_on, failures):
    assert junit(report, fail_on=fail_on).failures == failures


def test_junit_does_not_fail_what_is_uncertain(bare_report):
    doubtful = many(bare_report, 1)
    document = doubtful.documents[0]
    (entry,) = document.entries
    unsure = replace(entry, finding=replace(entry.finding, confidence="low"))
    changed = replace(doubtful, documents=(replace(document, entries=(unsure,)),))
    assert junit(changed).failures == 0


def test_hostile_text_is_text_in_junit(hostile_report):
    found = junit(hostile_report)
    assert found.failures
    text = render(hostile_report, "junit")
    assert "<script>" not in text
    assert "\x1b" not in text


def annotations(text):
    for line in text.splitlines():
        if line.startswith("::"):
            kind, properties, message = COMMAND.fullmatch(line).groups()
            pairs = dict(pair.split("=", 1) for pair in properties.split(","))
            yield kind, {k: undo(v) for k, v in pairs.items()}, undo(message)


def undo(text):
    for code, sign in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_github_annotates_active_findings_where_they_stand(report):
    found = list(annotations(render(report, "github")))
    kind, properties, message = found[2]
    assert (kind, properties["file"], properties["line"]) == ("error", "handbook.md", "7")
    assert HANDBOOK.splitlines()[6][int(properties["col"]) - 1 : int(properties["endColumn"]) - 1] == (
        "A discount must be approved by the store manager"
    )
    assert properties["title"] == "A superior has to approve (empowerment/approval)"
    assert message.splitlines()[:2] == [
        "“A discount must be approved by the store manager.” (line 7)",
        "This needs the approval of store manager.",
    ]
    assert "To keep it: auditor waive " in message
    said = "\n".join(message for _, _, message in found)
    for absent in ("by law", "New machines", "A replacement"):
        assert absent not in said
    assert [m for _, p, m in found if p["file"] == "scan.pdf"] == ["only 12% of its text could be read"]


def test_github_gets_repeats_once(report):
    notices = [m for kind, _, m in annotations(render(report, "github")) if kind == "notice"]
    assert len(notices) == 2
    assert "2 more like it: line 14; line 15" in notices[0]


def test_github_gets_ten_of_a_level_and_a_count_of_the_rest(bare_report):
    text = render(many(bare_report, 31), "github")
    assert [kind for kind, _, _ in annotations(text)].count("error") == SHOWN == 10
    assert "22 more errors: GitHub shows 10 for a step" in text, "31 and the memo's"


def test_github_columns_only_within_one_line(bare_report):
    one = many(bare_report, 1)
    document = one.documents[0]
    (entry,) = document.entries
    where = replace(entry.finding.location, line=3, end_line=5)
    longer = replace(entry, finding=replace(entry.finding, location=where))
    changed = replace(one, documents=(replace(document, entries=(longer,)),))
    ((_, properties, _),) = annotations(render(changed, "github"))
    assert (properties["line"], properties["endLine"]) == ("3", "5")
    assert "col" not in properties


def test_hostile_text_gives_no_command_of_its_own(hostile_report):
    text = render(hostile_report, "github")
    text.encode()
    found = list(annotations(text))
    plain = [line for line in text.splitlines() if not COMMAND.fullmatch(line)]
    assert len(plain) == 1
    assert plain[0].startswith("2 documents: ")
    assert any("::error file=x::y %0A" in message for _, _, message in found) or "%250A" in text


def test_gitlab_has_what_gitlab_needs(report):
    issues = json.loads(render(report, "gitlab"))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    first = issues[0]
    assert first["check_name"] == "empowerment/approval"
    assert first["location"] == {"path": "handbook.md", "lines": {"begin": 7, "end": 7}}
    assert first["description"].startswith("This needs the approval of store manager. “A discount")
    assert [i["severity"] for i in issues].count("major") == 4
    assert len(issues) == 8, "what was left alone, waived or known is none"


def test_gitlab_fingerprints_are_unique_and_outlive_lines_and_names():
    def prints(**texts):
        return sorted(issue["fingerprint"] for issue in json.loads(render(audited(**texts), "gitlab")))

    before = prints(a=MEMO, b=MEMO)
    assert len(set(before)) == 2
    assert before == prints(c=f"# New\n\nWords.\n\n{MEMO}", d=MEMO)


def test_gitlab_takes_paragraphs_and_pages_for_lines(report):
    issues = json.loads(render(as_binary(report, "pdf"), "gitlab"))
    assert "(page " in issues[0]["description"]
    assert issues[0]["location"]["lines"] == {
        "begin": int(re.search(r"page (\d+)", issues[0]["description"])[1])
    }


@pytest.mark.parametrize("format", ["github", "gitlab", "junit"])
def test_paths_are_relative_to_the_root(report, format):
    document = report.documents[0]
    source = replace(document.tree.document, path="/repo/a/handbook.md")
    entries = tuple(
        replace(e, finding=replace(e.finding, location=replace(e.finding.location, path=source.path)))
        for e in document.entries
    )
    moved = replace(document, tree=replace(document.tree, document=source), entries=entries)
    text = render(replace(report, documents=(moved,)), format, root="/repo")
    assert "a/handbook.md" in text
    assert "/repo" not in text


@pytest.mark.parametrize("format", ["github", "gitlab", "junit"])
def test_the_same_report_gives_the_same_bytes(report, format):
    assert render(report, format) == render(report, format)
