"""The reports of the sample policies, whole; ``make golden`` renews them."""

from pathlib import Path

import pytest

from auditor import language, reporting
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(
    p for p in (ROOT / "sample_policies").iterdir() if p.name != "README.md" and p.suffix != ".yaml"
)
HERE = Path(__file__).parent / "reports"

pytestmark = pytest.mark.skipif(
    not hasattr(language, "load_language") or not hasattr(reporting, "render"),
    reason="a stage is not there yet",
)


@pytest.fixture(scope="module")
def report():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield audit([Source(p.relative_to(ROOT).as_posix()) for p in SAMPLES], Settings())


def compare(name: str, content: str, renew: bool) -> None:
    file = HERE / name
    if renew:
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, "utf-8")
    assert file.exists(), "no golden report; run `make golden`"
    assert content == file.read_text("utf-8"), (
        "differs from the golden report; if that is right, run `make golden`"
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_terminal_report(report, sample, request):
    from dataclasses import replace

    wanted = sample.relative_to(ROOT).as_posix()
    one = [d for d in report.documents if d.tree.document.path == wanted]
    assert one, [s.reason for s in report.skipped]
    text = reporting.render(
        replace(report, documents=tuple(one), scorecard=one[0].scorecard), "terminal", color=False, width=100
    )
    compare(f"{sample.name}.txt", text, request.config.getoption("--renew-golden"))


def test_the_exemplary_handbook_comes_out_clean(report):
    one = next(d for d in report.documents if "customer-focused-handbook" in d.tree.document.path)
    assert [(e.finding.rule, e.finding.evidence) for e in one.entries if e.status != "guarded"] == []
    assert one.scorecard.verdict == "customers"


@pytest.mark.parametrize("format", ["markdown", "json"])
def test_report_of_all(report, format, request):
    text = reporting.render(report, format)
    compare(f"all.{format}", text, request.config.getoption("--renew-golden"))
