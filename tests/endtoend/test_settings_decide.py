"""What the configuration says changes what the shipped pack concludes."""

import pytest

from auditor.errors import ConfigError
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source

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
