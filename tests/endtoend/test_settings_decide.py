"""What the configuration says changes what the shipped pack concludes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.errors import ConfigError
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source

ROOT = Path(__file__).parents[2]
REFUND = "Refunds of 750 euros or more need the approval of the area manager."
PURCHASE = "Purchases of 750 euros or more need the approval of the area manager."
TABLE = "# Refunds\n\n| Action | Approved by |\n|---|---|\n| Refund of a parking fee | General manager |\n"


def concluded(text, **thresholds):
    report = audit([Source("a.md", data=text.encode())], Settings(thresholds=tuple(thresholds.items())))
    return [e for e in report.documents[0].entries if e.finding.rule == "empowerment/mandatory-approval"]


@pytest.mark.parametrize(
    ("text", "thresholds", "guarded"),
    [
        (REFUND, {}, True),
        (REFUND, {"customer_remedy_limit": 1000}, False),
        (REFUND, {"main_currency_limit": 1000}, True),
        (REFUND.replace("750", "150"), {}, False),
        (REFUND.replace("750", "150"), {"customer_remedy_limit": 100}, True),
    ],
)
def test_the_limit_of_a_customer_remedy_decides_what_is_spared(text, thresholds, guarded):
    (entry,) = concluded(text, **thresholds)
    assert (entry.status == "guarded") is guarded


def test_it_decides_of_remedies_alone():
    assert [e.status for e in concluded(PURCHASE, customer_remedy_limit=1000)] == ["guarded"]


def test_a_limit_that_is_no_number_is_told():
    with pytest.raises(ConfigError, match='"customer_remedy_limit" takes a number, not "much"'):
        concluded(REFUND, customer_remedy_limit="much")


def test_messages_read_as_sentences():
    told = [concluded(text)[0].finding.message for text in (TABLE, "The manager must approve every refund.")]
    assert [" general manager" in told[0], "The manager" in told[1]] == [True, False], told


def test_several_documents_are_called_so():
    one, two = Source("a.md", data=REFUND.encode()), Source("b.md", data=PURCHASE.encode())
    assert "this handbook" in audit([one], Settings()).scorecard.sentence
    assert "these documents" in audit([one, two], Settings()).scorecard.sentence


def test_added_words_are_heard():
    text = b"Ask the wardmeister before you give a guest a refund."
    plain = audit([Source("a.md", data=text)], Settings())
    added = audit([Source("a.md", data=text)], Settings(vocabulary=(("superior", ("wardmeister",)),)))
    assert [len(report.documents[0].entries) > 0 for report in (plain, added)] == [False, True]


@pytest.mark.parametrize("source", ["docs/configuration.md", "auditor/cli/templates/auditor.toml"])
def test_the_examples_of_configuration_hold_for_the_shipped_packs(source, tmp_path):
    text = (ROOT / source).read_text("utf-8")
    if source.endswith(".md"):
        text = re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1].replace("./our-rules", "practice")
    else:
        text = re.sub(r"^# (?=[\w\"\[-]+(?: =|\]))", "", text, flags=re.MULTILINE)
    (tmp_path / "auditor.toml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "audit", "--no-cache", "--fail-on", "never", "--", "a.md"],
        cwd=tmp_path, capture_output=True, text=True, check=False, input="", timeout=120,
    )  # fmt: skip
    assert "unknown" not in done.stderr, done.stderr
    assert done.stderr.startswith("error: a.md"), done.stderr
