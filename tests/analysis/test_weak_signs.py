"""Weak signs count where surer ones are dense, are never lost in silence, and may be asked for."""

from dataclasses import replace

import pytest
from analysis_samples import PACK as BARE
from analysis_samples import finding, tree

from auditor.pipeline.auditing import audit
from auditor.pipeline.selection import weighed
from auditor.pipeline.settings import Settings, Source
from auditor.reporting.overview import reading

PACK = replace(BARE, options={"weak_signs_percent": 8, "weak_signs_rules": 4})
RULES = ("empowerment/rigid-rule", "voice/top-down", "service/siloed-work", "trust/trust-eroding")


def sure(number, rules=RULES, **given):
    """Findings in ``number`` clauses, of each of ``rules`` in turn."""
    return [finding(f"Clause {n}.", rule=rules[n % len(rules)], index=n, **given) for n in range(number)]


WEAK = finding("Clause 29.", rule="people/output-only-measures", confidence="low", index=29)


def test_weak_signs_count_beside_many_sure_ones_of_many_kinds():
    enough = sure(4)
    assert weighed([*enough, WEAK], tree(50), PACK, Settings()) == ((*enough, WEAK), ())


@pytest.mark.parametrize(
    "others",
    [
        [],
        sure(3),
        sure(20, rules=RULES[:1]),
        sure(20, guard="legal"),
        sure(20, confidence="low"),
        [finding(f"Clause {n}.", rule=f"{r}/missing-{r}", index=n) for n in range(20) for r in ("voice", "trust")],
    ],
    ids=["none", "few", "one kind", "guarded", "as weak", "absences"],
)  # fmt: skip
def test_weak_signs_do_not_count_beside(others):
    kept, weak = weighed([*others, WEAK], tree(50), PACK, Settings())
    assert WEAK in weak
    assert WEAK not in kept
    assert {f.confidence for f in kept if "/missing-" not in f.rule} <= {"high", "medium"}


def test_a_pack_that_sets_no_mark_counts_every_sign():
    assert weighed([WEAK], tree(50), BARE, Settings()) == ((WEAK,), ())


def test_absences_and_what_was_asked_for_always_count():
    absence = finding("Heading", rule="voice/missing-frontline-voice", confidence="low")
    assert weighed([absence, WEAK], tree(50), PACK, Settings()) == ((absence,), (WEAK,))
    assert weighed([absence, WEAK], tree(50), PACK, Settings(min_confidence="low")) == ((absence, WEAK), ())


def test_what_does_not_count_is_told(tiny_pack):
    """The same document, with its one finding as a weak sign."""
    frame = tiny_pack / "frames/approval.yaml"
    frame.write_text(frame.read_text().replace("{id: needs, ", "{id: needs, confidence: low, "))
    pack = tiny_pack / "pack.yaml"
    pack.write_text(
        pack.read_text().replace("limit: 500}", "limit: 500, weak_signs_percent: 8, weak_signs_rules: 4}")
    )
    source = [Source("a.md", data=b"A refund needs approval.")]
    silent = audit(source, Settings(packs=(str(tiny_pack),))).documents[0]
    assert (silent.entries, silent.weak) == ((), 1)
    assert reading(silent).endswith("; 1 weak sign not counted")
    asked = audit(source, Settings(packs=(str(tiny_pack),), min_confidence="low")).documents[0]
    assert (len(asked.entries), asked.weak) == (1, 0)
    assert "weak" not in reading(asked)
