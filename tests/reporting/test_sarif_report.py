import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from report_samples import HANDBOOK, MEMO, as_binary, audited, many

from auditor.errors import ConfigError
from auditor.reporting import render

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-schema-2.1.0.json").read_text())
PROFILES = ("github", "spec")


def log(report, **options):
    return json.loads(render(report, "sarif", **options))


def run(report, **options):
    (one,) = log(report, **options)["runs"]
    return one


def by_text(run, text):
    (found,) = [r for r in run["results"] if text in r["message"]["text"]]
    return found


@pytest.fixture(scope="module")
def github(report):
    return run(report, profile="github")


@pytest.fixture(scope="module")
def spec(report):
    return run(report, profile="spec")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", ["plain", "hostile", "docx", "pdf", "empty", "bare"])
def test_it_is_valid_by_the_official_schema(report, hostile_report, bare_report, kind, profile):
    chosen = {
        "plain": report,
        "hostile": hostile_report,
        "docx": as_binary(report, "docx"),
        "pdf": as_binary(report, "pdf"),
        "empty": replace(report, documents=(), notices=()),
        "bare": bare_report,
    }[kind]
    text = render(chosen, "sarif", profile=profile)
    text.encode()
    validator = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(json.loads(text))] == []


def test_levels_go_by_severity(github):
    levels = [(r["kind"], r["level"]) for r in github["results"]]
    assert levels.count(("fail", "error")) == 4
    assert levels.count(("fail", "note")) == 4
    assert levels.count(("fail", "warning")) == 1


def test_text_has_exact_regions_and_snippets(github):
    result = by_text(github, "No refund without")
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "handbook.md", "uriBaseId": "%SRCROOT%", "index": 0}
    region = physical["region"]
    line = HANDBOOK.splitlines()[region["startLine"] - 1]
    assert region["endLine"] == region["startLine"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    assert region["snippet"]["text"] == "approval of the manager"
    assert physical["contextRegion"]["snippet"]["text"] == "No refund without the approval of the manager."
    assert physical["contextRegion"]["startColumn"] <= region["startColumn"]
    (logical,) = location["logicalLocations"]
    assert logical["fullyQualifiedName"] == "Handbook › Refunds › line 9"


def test_a_ready_rewrite_is_a_fix_and_applies(github):
    (fix,) = by_text(github, "No refund without")["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    lines = HANDBOOK.splitlines()
    line = lines[region["startLine"] - 1]
    lines[region["startLine"] - 1] = (
        line[: region["startColumn"] - 1]
        + replacement["insertedContent"]["text"]
        + line[region["endColumn"] - 1 :]
    )
    after = audited(handbook="\n".join(lines))
    assert not [e for e in after.documents[0].entries if e.finding.evidence.startswith("No refund")]
    assert "fixes" not in by_text(github, "A discount must"), "a decision is the client's"


def test_every_result_has_a_file_and_a_line_for_github(report):
    for one in (report, as_binary(report, "docx"), as_binary(report, "pdf")):
        results = run(one, profile="github")["results"]
        assert results
        for result in results:
            (location,) = result["locations"]
            assert location["physicalLocation"]["artifactLocation"]["uri"]
            assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_what_a_line_of_a_binary_file_counts_is_said(report):
    place = by_text(run(as_binary(report, "docx"), profile="github"), "No refund without")["locations"][0]
    assert place["properties"]["lineCounts"] == "paragraph"
    assert place["physicalLocation"]["region"] == {"startLine": place["properties"]["paragraph"] + 1}
    place = by_text(run(as_binary(report, "pdf"), profile="github"), "No refund without")["locations"][0]
    assert place["properties"]["lineCounts"] == "page"
    assert place["message"]["text"] == f"page {place['properties']['page']} of handbook.pdf."


def test_parts_of_word_files_are_nested_artifacts_in_the_spec_profile(report):
    one = run(as_binary(report, "docx"), profile="spec")
    result = by_text(one, "No refund without")
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "handbook.docx", "uriBaseId": "%SRCROOT%", "index": 0}}
    (related,) = result["relatedLocations"]
    artifact = one["artifacts"][related["physicalLocation"]["artifactLocation"]["index"]]
    assert artifact["location"]["uri"] == "/word/document.xml"
    assert artifact["parentIndex"] == 0
    result = by_text(run(as_binary(report, "pdf"), profile="spec"), "No refund")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "handbook.pdf"
    assert "relatedLocations" not in result


def test_left_alone_are_not_applicable_or_listed(github, spec):
    result = by_text(spec, "Disclosure of records")
    assert (result["kind"], result["level"]) == ("notApplicable", "none")
    assert result["message"]["text"].startswith("Left alone (legal, for “by law” in the clause).\n")
    names = [
        spec["taxonomies"][t["toolComponent"]["index"]]["taxa"][t["index"]]["id"] for t in result["taxa"]
    ]
    assert names == ["empowerment", "legal"] == [t["id"] for t in result["taxa"]]
    assert not [r for r in github["results"] if r["kind"] != "fail"]
    (listed,) = github["properties"]["leftAlone"]
    assert (listed["ruleId"], listed["guardrail"], listed["cue"]) == (
        "empowerment/approval",
        "legal",
        "by law",
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_suppressions_stay_with_their_justification(report, profile):
    (suppression,) = by_text(run(report, profile=profile), "New machines")["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "machines are leased",
        "properties": {"owner": "facilities", "reviewBy": "2030-01-31", "source": "waivers.toml:4"},
    }


def test_suppressions_in_the_source_are_called_so(hostile_report):
    kinds = [s["kind"] for r in run(hostile_report)["results"] for s in r.get("suppressions", ())]
    assert kinds == ["inSource"]


def test_every_result_has_a_baseline_state_where_there_is_a_baseline(github, bare_report):
    assert by_text(github, "A replacement must")["baselineState"] == "unchanged"
    assert by_text(github, "A discount must")["baselineState"] == "new"
    assert all("baselineState" in result for result in github["results"])
    assert github["baselineGuid"]
    bare = run(bare_report)
    assert "baselineGuid" not in bare
    assert not [r for r in bare["results"] if "baselineState" in r]


def test_fingerprints_outlive_lines_and_files(report):
    before = run(report)
    moved = run(audited(renamed="# Moved\n\nNew words.\n\n" + HANDBOOK))
    for text in ("No refund without", "A discount must", "Sick leave"):
        assert by_text(before, text)["partialFingerprints"] == by_text(moved, text)["partialFingerprints"]
    prints = [json.dumps(r["partialFingerprints"]) for r in before["results"]]
    assert len(set(prints)) == len(prints)
    assert not [r for r in before["results"] if "fingerprints" in r]


def test_rules_bring_help_and_tags_and_no_security_severity(github):
    rules = github["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "empowerment/approval",
        "hiring/missing-values",
        "ledger/expired",
    ]
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["properties"]["tags"]
        assert "security-severity" not in rule["properties"]
    assert "A customer waits while somebody is looked for." in rules[0]["help"]["text"]
    for result in github["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (target,) = rules[0]["relationships"]
    assert target["target"]["id"] == "empowerment"


def test_unread_inputs_are_notifications(github):
    (invocation,) = github["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "scan.pdf was not audited: only 12% of its text could be read"


def test_paths_are_relative_to_the_root_and_escaped(report, hostile_report):
    def uris(root, path):
        document = report.documents[0]
        source = replace(document.tree.document, path=path)
        one = replace(report, documents=(replace(document, tree=replace(document.tree, document=source)),))
        return run(one, root=root)["artifacts"][0]["location"]

    assert uris("", "./a/b c.md") == {"uri": "a/b%20c.md", "uriBaseId": "%SRCROOT%"}
    assert uris("/repo", "/repo/a.md") == {"uri": "a.md", "uriBaseId": "%SRCROOT%"}
    assert uris("/repo", "/elsewhere/a.md") == {"uri": "file:///elsewhere/a.md"}
    assert uris("", "a\\b.md")["uri"] == "a/b.md"
    assert uris("", "<stdin>")["uri"] == "%3Cstdin%3E"
    uri = run(hostile_report)["artifacts"][0]["location"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set('<>"`|\\^{} \n\x1b')
    assert "@team" in unquote(uri)


def test_messages_hold_no_link_of_the_documents_making(hostile_report):
    for result in run(hostile_report)["results"]:
        assert "](" not in result["message"]["text"]
        assert "\x1b" not in result["message"]["text"]


def test_github_gets_no_more_results_than_it_takes_the_gravest_first(bare_report, monkeypatch):
    from auditor.reporting import sarif

    monkeypatch.setattr(sarif, "GITHUB_RESULTS", 5)
    one = run(many(bare_report, 20))
    assert len(one["results"]) == 5
    assert {r["level"] for r in one["results"]} == {"error"}
    assert one["properties"]["leftOut"] == 16
    assert len(run(many(bare_report, 20), profile="spec")["results"]) == 21


def test_an_unknown_profile_is_refused(report):
    with pytest.raises(ConfigError, match="profiles are github, spec"):
        render(report, "sarif", profile="gitlab")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_report_gives_the_same_bytes(report, profile):
    assert render(report, "sarif", profile=profile) == render(report, "sarif", profile=profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", ["md", "docx", "pdf"])
def test_sarif_tools_reads_it(report, tmp_path, kind, profile):
    from sarif.loader import load_sarif_files

    chosen = report if kind == "md" else as_binary(report, kind)
    file = tmp_path / "findings.sarif"
    file.write_text(render(chosen, "sarif", profile=profile))
    found = load_sarif_files(str(file))
    counts = {s: found.get_report().get_issue_count_for_severity(s) for s in ("error", "warning", "note")}
    assert counts == {"error": 4, "warning": 1, "note": 4}
    records = found.get_records()
    assert {r["Code"].split(" ")[0] for r in records} == {
        "empowerment/approval", "hiring/missing-values", "ledger/expired"
    }  # fmt: skip
    if profile == "github":
        assert all(int(r["Line"]) >= 1 for r in records)


def test_sarif_tools_tells_what_a_new_edition_brought(bare_report, tmp_path):
    old, new = tmp_path / "old.sarif", tmp_path / "new.sarif"
    old.write_text(render(bare_report, "sarif"))
    edition = audited(
        handbook=f"{HANDBOOK}\nNo discount without the permission of the director.\n", memo=MEMO
    )
    new.write_text(render(edition, "sarif"))
    program = str(Path(sys.executable).with_name("sarif"))
    for second, told in ((new, "(+1)"), (old, "no changes")):
        done = subprocess.run(
            [program, "diff", str(old), str(second)], capture_output=True, text=True, check=False
        )
        assert told in done.stdout, done.stderr
        assert ("handbook.md:29" in done.stdout) == (second is new)
