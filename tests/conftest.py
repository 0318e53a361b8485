"""What all tests share: programs that may be missing, and a pack and a language small enough to see through."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, so that a change fails or passes for what it changed;
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_PROGRAMS = {
    "libreoffice": lambda: shutil.which("soffice") or shutil.which("libreoffice"),
    "chromium": lambda: (
        shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    ),
    "precommit": lambda: importlib.util.find_spec("pre_commit"),
}


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden reports instead of comparing"
    )


def pytest_collection_modifyitems(items):
    missing = {name for name, find in _PROGRAMS.items() if not find()}
    for item in items:
        for name in missing & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=f"{name} is not installed"))


def pytest_terminal_summary(terminalreporter):
    reasons = Counter(
        str(report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED {count} test(s): {reason}", yellow=True)


RULE = """\
id: {id}
kind: pattern
title: Somebody has to approve
dimension: empowerment
severity: error
rationale: A customer waits while somebody is looked for.
source: the tests
message: "Somebody has to approve"
when:
  - {{fact: approval, polarity: required}}
guards: []
rewrite:
  - text: "You may decide"
    applicability: idea
examples:
  flagged:
    - "A refund needs approval."
  clear:
    - "A refund needs no form."
"""


@pytest.fixture
def tiny_pack(tmp_path: Path) -> Path:
    """A pack of one rule, which holds for a required approval."""
    folder = tmp_path / "tiny-pack"
    (folder / "empowerment").mkdir(parents=True)
    (folder / "vocabulary").mkdir()
    (folder / "pack.yaml").write_text(
        "id: tiny\nversion: 1.0.0\ntitle: Tiny\ndimensions:\n  - {id: empowerment, title: Empowerment}\n"
        "options: {customer_remedy_limit: 500}\n"
    )
    (folder / "vocabulary" / "words.yaml").write_text("superiors: [manager]\n")
    (folder / "frames").mkdir()
    (folder / "frames" / "approval.yaml").write_text(
        "frame: approval\nkind: approval\nset: {polarity: required}\nforms:\n  - {id: needs, say: [needs approval]}\n"
    )
    (folder / "empowerment" / "needs-approval.yaml").write_text(RULE.format(id="empowerment/needs-approval"))
    return folder


class WordLanguage:
    """A stand-in for the language stage: a clause with "approval" states a required one."""

    def read(self, tree):
        from auditor.model.fact import Fact
        from auditor.model.location import Span
        from auditor.model.reading import Reading

        readings, facts = [], []
        for clause in tree.clauses:
            lead = f"{clause.lead_in} " if clause.lead_in else ""
            readings.append(Reading(clause.id, lead + clause.text, len(lead), (), ()))
            at = clause.text.lower().find("approval")
            if at >= 0:
                facts.append(
                    Fact(
                        id=f"f{clause.index}",
                        kind="approval",
                        clause=clause.id,
                        part=0,
                        section=clause.section,
                        document=tree.document.path,
                        fields=(("polarity", "required"), ("scope", "customer")),
                        evidence=(Span(at, at + 8),),
                        source="test",
                    )
                )
        return tuple(readings), tuple(facts)


@pytest.fixture
def word_language(monkeypatch):
    """The pipeline with :class:`WordLanguage` in the place of the language stage, within this process."""
    from auditor import language
    from auditor.pipeline import stages

    monkeypatch.setattr(language, "load_language", lambda pack: WordLanguage(), raising=False)
    stages.workshop.cache_clear()
    yield
    stages.workshop.cache_clear()
