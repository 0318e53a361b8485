"""Two editions: what is the same clause, what is edited, and what that means for findings and controls."""

import random
from pathlib import Path

import pytest

from auditor.ledger.compare import compare
from auditor.ledger.pairing import pair_clauses
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source
from auditor.pipeline.stages import read_tree
from auditor.reporting.comparison import render_comparison

SETTINGS = Settings(select=("empowerment/mandatory-approval",))
SAMPLES = Path(__file__).parents[2] / "sample_policies"

OLD = """# Refunds

Every refund has to be approved by the duty manager.

Purchases above $2,000 must be approved by the finance director.

A parcel that is lost is replaced at once.

Exchanges over 30 pounds are subject to the approval of the shop supervisor.
"""
NEW = """# Refunds

A parcel that is lost is replaced at once.

Exchanges over 20 pounds are subject to the approval of the shop supervisor.

You must get your team leader's sign-off before you change a delivery slot.

Every refund has to be approved by the duty manager.
"""


def report(**documents):
    return audit(
        [Source(name.replace("_", "."), data=text.encode()) for name, text in documents.items()], SETTINGS
    )


def changed(old, new):
    return compare(report(**old), report(**new), ("old", "new"), ({}, {}))


def test_what_an_edition_changed():
    (change,) = changed({"a_md": OLD}, {"a_md": NEW}).documents
    assert [c.text[:9] for c in change.added] == ["You must "]
    assert [c.text[:9] for c in change.removed] == ["Purchases"]
    assert [p.new.text[:9] for p in change.edited] == ["Exchanges"]
    assert [p.new.text[:13] for p in change.moved] == ["Every refund "]
    assert [e.finding.evidence[:8] for e in change.new] == ["You must"]
    assert {e.finding.evidence[:9] for e in change.persisting} == {"Every ref", "Exchanges"}
    assert [(t.before, t.after) for t in change.thresholds] == [(("30",), ("20",))]
    assert [a.clause.text[:8] for a in change.approvals_new] == ["You must"]


def test_a_control_that_is_gone_is_told_first():
    (change,) = changed({"a_md": OLD}, {"a_md": NEW}).documents
    assert [(c.kind, c.now) for c in change.controls_lost] == [("financial", "removed")]
    text = render_comparison(changed({"a_md": OLD}, {"a_md": NEW}), "markdown")
    assert text.index("Controls lost") < text.index("New findings")


def test_a_renamed_and_converted_document_is_the_same_one():
    body = "".join(f"<p>{line}</p>" for line in OLD.splitlines()[2:] if line)
    result = changed(
        {"a_md": OLD, "other_md": "# Leave\n\nYou may take leave when you like.\n"},
        {"b_html": f"<h1>Refunds</h1>{body}", "other_md": "# Leave\n\nYou may take leave when you like.\n"},
    )
    assert [(c.old_path, c.new_path) for c in result.documents] == [
        ("a.md", "b.html"),
        ("other.md", "other.md"),
    ]
    assert all(not c.new and not c.resolved and not c.added and not c.removed for c in result.documents)


def test_renumbering_and_reflowing_change_nothing():
    numbered = "# 3. Refunds\n\n" + "\n\n".join(
        f"3.{n} {line[:20]}\n{line[20:]}" if line[20] == " " else f"3.{n} {line}"
        for n, line in enumerate((one for one in OLD.splitlines()[2:] if one), 1)
    )
    (change,) = changed({"a_md": OLD}, {"a_md": numbered}).documents
    assert change.unchanged == len(change.pairs) == 4


@pytest.mark.parametrize("format", ["terminal", "markdown", "json", "html"])
def test_every_format_says_it_and_escapes_what_it_quotes(format):
    nasty = 'You must get your manager\'s approval for <script>alert("x")</script> @team.'
    result = changed({"a_txt": "A parcel that is lost is replaced."}, {"a_txt": nasty})
    text = render_comparison(result, format)
    assert text == render_comparison(result, format)
    assert "empowerment/mandatory-approval" in text
    if format in ("html", "markdown"):
        assert "<script>" not in text
        assert "@team" not in text or format == "html"


def clauses_of(text):
    return read_tree(text.encode(), "a.md", "markdown", Settings()).clauses


def edits(paragraphs, chance):
    """One random edit: the new paragraphs and the indices of those that were left as they are."""
    kind = chance.choice(["insert", "delete", "move", "edit", "renumber"])
    at = chance.randrange(len(paragraphs))
    words = paragraphs[at].split()
    if kind == "insert":
        return [*paragraphs[:at], f"Visitor number {chance.random()} is greeted by name.", *paragraphs[at:]]
    if kind == "delete":
        return paragraphs[:at] + paragraphs[at + 1 :]
    if kind == "move":
        rest = paragraphs[:at] + paragraphs[at + 1 :]
        to = chance.randrange(len(paragraphs))
        return [*rest[:to], paragraphs[at], *rest[to:]]
    if kind == "edit":
        spot = chance.randrange(len(words))
        return [*paragraphs[:at], " ".join([*words[:spot], "gladly", *words[spot:]]), *paragraphs[at + 1 :]]
    return [f"{n}. {p}" if not p.startswith(("#", "-", "|")) else p for n, p in enumerate(paragraphs, 1)]


def test_untouched_clauses_keep_their_identity_under_random_edits():
    paragraphs = [
        p for p in (SAMPLES / "software-company-handbook.md").read_text("utf-8").split("\n\n")
        if p.strip() and not p.lstrip().startswith(("|", "-", "```", ">", "1.", "#", "---"))
    ]  # fmt: skip
    chance = random.Random(7)
    kept = total = wrong = 0
    for _ in range(200):
        after = edits(paragraphs, chance)
        old, new = clauses_of("\n\n".join(paragraphs)), clauses_of("\n\n".join(after))
        pairs, _, _ = pair_clauses(old, new)
        same = {p.old.id.rpartition("-")[0] for p in pairs if not p.edited}
        there = {c.id.rpartition("-")[0] for c in new}
        untouched = {c.id.rpartition("-")[0] for c in old} & there
        total += len(untouched)
        kept += len(untouched & same)
        for pair in pairs:
            if pair.edited:
                shared = set(pair.old.text.split()) & set(pair.new.text.split())
                wrong += len(shared) < len(pair.old.text.split()) / 2
    assert kept / total >= 0.99
    assert wrong == 0
