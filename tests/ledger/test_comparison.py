"""Two editions: what is the same clause, what is edited, and what that means for findings and controls."""

import random
import textwrap
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from auditor.ledger.compare import compare
from auditor.ledger.pairing import pair_clauses
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source
from auditor.pipeline.stages import read_tree
from auditor.reporting.comparison import render_comparison
from auditor.text.identity import letters

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


def clauses_of(text, format="markdown"):
    return read_tree(text.encode(), f"a.{format}", format, Settings()).clauses


def edits(paragraphs, chance):
    """One random edit: the text that it makes, and its format."""
    kind = chance.choice(["insert", "delete", "move", "edit", "renumber", "reflow", "convert"])
    at = chance.randrange(len(paragraphs))
    words = paragraphs[at].split()
    after = list(paragraphs)
    if kind == "insert":
        after.insert(at, f"Visitor number {chance.random()} is greeted by name.")
    elif kind == "delete":
        del after[at]
    elif kind == "move":
        after.insert(chance.randrange(len(paragraphs)), after.pop(at))
    elif kind == "edit":
        spot = chance.randrange(len(words))
        after[at] = " ".join([*words[:spot], "gladly", *words[spot:]])
    elif kind == "renumber":
        after = [f"{n}. {p}" if not p.startswith(("#", "-", "|")) else p for n, p in enumerate(after, 1)]
    elif kind == "reflow":
        after = [textwrap.fill(p, chance.randrange(30, 120), break_long_words=False) for p in after]
    text = "\n\n".join(after)
    return (MarkdownIt().render(text), "html") if kind == "convert" else (text, "markdown")


def standing(clauses):
    """Own words and lead-in of clauses: what is as it was if both are."""
    return {(c.id.rpartition("-")[0], letters(c.lead_in)) for c in clauses}


def test_untouched_clauses_keep_their_identity_under_random_edits():
    paragraphs = [
        p for p in (SAMPLES / "software-company-handbook.md").read_text("utf-8").split("\n\n")
        if p.strip() and not p.lstrip().startswith(("|", "-", "```", ">", "1.", "#", "---"))
    ]  # fmt: skip
    chance = random.Random(7)
    kept = total = wrong = 0
    for _ in range(200):
        old, new = clauses_of("\n\n".join(paragraphs)), clauses_of(*edits(paragraphs, chance))
        pairs, _, _ = pair_clauses(old, new)
        same = standing(p.old for p in pairs if not p.edited)
        untouched = standing(old) & standing(new)
        total += len(untouched)
        kept += len(untouched & same)
        for pair in pairs:
            if pair.edited:
                shared = set(pair.old.text.split()) & set(pair.new.text.split())
                wrong += len(shared) < len(pair.old.text.split()) / 2
    assert total > 190 * len(standing(old)) * 0.9  # nothing that was left alone is lost in the cutting
    assert kept / total >= 0.99
    assert wrong == 0
