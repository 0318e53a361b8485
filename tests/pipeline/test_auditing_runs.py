import pytest

from auditor.errors import ConfigError
from auditor.model.report import Skipped
from auditor.pipeline.auditing import audit
from auditor.pipeline.outcome import failing, unread
from auditor.pipeline.settings import Run, Settings, Source

pytestmark = pytest.mark.usefixtures("word_language")


@pytest.fixture
def wanted(tiny_pack):
    return Settings(packs=(str(tiny_pack),))


def doc(path, text="A refund needs approval."):
    return Source(path, data=text.encode())


def test_documents_stand_in_the_order_of_their_paths(wanted):
    report = audit([doc("b.md"), doc("a.md")], wanted)
    assert [d.tree.document.path for d in report.documents] == ["a.md", "b.md"]
    assert [len(d.entries) for d in report.documents] == [1, 1]


def test_what_cannot_be_read_is_told_and_the_rest_audited(wanted, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    sources = [Source(str(broken)), doc("empty.md", " "), Source("missing.md"), doc("ok.md")]
    report = audit(sources, wanted, skipped=[Skipped("x.png", "no", error=False)])
    assert [d.tree.document.path for d in report.documents] == ["ok.md"]
    assert {s.path: s.error for s in report.skipped} == {
        str(broken): True,
        "empty.md": True,
        "missing.md": True,
        "x.png": False,
    }
    assert unread(report)
    assert not any("\n" in s.reason for s in report.skipped)


def test_a_defect_names_the_document_and_is_raised_only_when_debugging(wanted, monkeypatch):
    from auditor.pipeline import stages

    def defect(*_):
        raise ValueError("boom")

    monkeypatch.setattr(stages.Workshop, "examine", defect)
    report = audit([doc("a.md")], wanted)
    assert "ValueError: boom" in report.skipped[0].reason
    with pytest.raises(ValueError, match="boom"):
        audit([doc("a.md")], wanted, Run(debug=True))


def test_a_document_read_in_part_is_an_error_and_still_reported(wanted, monkeypatch):
    from dataclasses import replace

    from auditor.pipeline import auditing

    whole = auditing.read_tree

    def half(*given, **named):
        tree = whole(*given, **named)
        coverage = replace(tree.document.coverage, ratio=0.5, pages_without_text=(2, 3))
        return replace(tree, document=replace(tree.document, coverage=coverage))

    monkeypatch.setattr(auditing, "read_tree", half)
    report = audit([doc("a.md")], wanted)
    assert len(report.documents) == 1
    assert report.skipped[0].error
    assert "50%" in report.skipped[0].reason
    assert "2, 3" in report.skipped[0].reason
    assert not audit([doc("a.md")], Settings(packs=wanted.packs, min_coverage=0.4)).skipped


def test_selectors_choose_by_rule_dimension_glob_and_scope(wanted):
    def count(**changes):
        report = audit([doc("a.md")], Settings(packs=wanted.packs, **changes))
        return len(report.documents[0].entries)

    assert count(select=("empowerment/needs-approval",)) == 1
    assert count(select=("empowerment",)) == 1
    assert count(select=("*/needs-*:customer",)) == 1
    assert count(select=("empowerment:work",)) == 0
    assert count(ignore=("*approval",)) == 0


def test_settings_of_a_document_hold_for_it_alone(wanted):
    other = Settings(packs=wanted.packs, severities=(("empowerment", "note"),))
    report = audit([doc("a.md"), Source("b.md", data=b"A refund needs approval.", settings=other)], wanted)
    assert [d.entries[0].finding.severity for d in report.documents] == ["error", "note"]


def test_an_unknown_rule_ends_the_run_before_anything_is_read(wanted):
    with pytest.raises(ConfigError, match="needs-approval"):
        audit([Source("missing.md")], Settings(packs=wanted.packs, select=("empowerment/need-approval",)))


@pytest.mark.parametrize(
    ("severity", "fail_on", "fails"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("note", "note", 1),
        ("error", "never", 0),
    ],
)
def test_what_fails_a_check(wanted, severity, fail_on, fails):
    changed = Settings(packs=wanted.packs, severities=(("empowerment", severity),))
    assert len(failing(audit([doc("a.md")], changed), fail_on)) == fails


def test_progress_counts_every_document(wanted):
    seen = []
    audit([doc("a.md"), doc("b.md")], wanted, Run(progress=lambda *step: seen.append(step)))
    assert seen == [(1, 2, "a.md"), (2, 2, "b.md")]


def test_examples_of_a_pack_are_run_and_failures_located(tiny_pack):
    from auditor.pipeline.examples import run_examples

    rule = tiny_pack / "empowerment/needs-approval.yaml"
    rule.write_text(rule.read_text().replace("needs no form", "needs approval, too"))
    flagged, clear = run_examples(Settings(packs=(str(tiny_pack),)))
    assert not flagged.problem
    assert clear.problem == "expected no finding; 1 found"
    line = rule.read_text().splitlines().index('    - "A refund needs approval, too."') + 1
    assert clear.place == f"{rule}:{line}"
