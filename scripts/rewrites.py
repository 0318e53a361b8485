"""Measure the rewrites on documents: the table of what a rewrite has to reach.

Usage: rewrites.py [--show] [FOLDER_OR_FILE]...   (default: the labelled policies of the tests and the samples)
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from auditor.model.clause import ClauseTree
from auditor.model.finding import Finding, Rewrite
from auditor.pipeline.accuracy import labelled_tree
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop, read_tree
from auditor.rewriting.bounds import invented, longest, numbers, sentences, words

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = {".docx", ".pdf", ".md", ".html", ".htm", ".txt"}
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
MACHINERY = frozenset(
    word
    for line in (
        "approval approve permission permit authorization authorize authorisation authorise consent sign signature must",
        "obtain require need shall may can prior written subject strictly only never always allow discretion sole",
    )
    for word in line.split()
)
CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+|\b[A-Z]{2,}\b")


@dataclass(frozen=True)
class Case:
    """One active clause finding, its rewrite, and what was measured."""

    document: str
    finding: Finding
    rewrite: Rewrite | None
    share: float
    acts: bool
    raised: tuple[str, ...]
    lost: tuple[str, ...]
    errors: tuple[str, ...]
    long: bool


class Content:
    """Content lemmas of texts, by the parser of the language stage."""

    def __init__(self) -> None:
        from auditor.language.parser import load_model

        self._model = load_model()

    def lemmas(self, text: str) -> dict[str, str]:
        """Lemma → part of speech of the content words."""
        found = {}
        for token in self._model(text):
            lemma = token.lemma_.lower()
            if token.pos_ in CONTENT and not token.is_stop and any(c.isalnum() for c in lemma):
                found[lemma] = token.pos_
        return found


class Grammar:
    """Harper's errors in a text, as kind and words; says so where Harper is not installed."""

    def __init__(self) -> None:
        try:
            from harper import Dialect, Linter
        except ImportError:
            sys.exit("harper-py is not installed; it is in the dev group: make test installs it")
        self._linters = [Linter(Dialect.BRITISH), Linter(Dialect.AMERICAN)]
        for linter in self._linters:
            config = linter.get_default_lint_config()
            linter.set_lint_config({**config, "SpellCheck": False, "LongSentences": False})

    def errors(self, text: str) -> Counter[str]:
        """Errors that both dialects see."""
        found = [
            Counter(
                f"{e.lint_kind}: {e.problem_text!r}: {e.message}"
                for e in linter.lint(text, language="plaintext")
            )
            for linter in self._linters
        ]
        return found[0] & found[1]


def documents(paths: Iterable[Path]) -> Iterator[tuple[str, ClauseTree]]:
    """The clause trees of documents; labelled policies (YAML) are read as their labels say."""
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".yaml" and file.parent.name == "corpus":
                yield file.stem, labelled_tree(yaml.safe_load(file.read_text("utf-8")), file.stem)
            elif file.suffix.lower() in ENDINGS and file.name != "README.md":
                yield file.name, read_tree(file.read_bytes(), str(file), None, Settings())


def cases(name: str, tree: ClauseTree, tools: Workshop, content: Content, grammar: Grammar) -> Iterator[Case]:
    """Measure all active clause findings of one document."""
    examined = tools.examine(tree)
    rewrites = {rewrite.finding: rewrite for rewrite in examined.rewrites}
    active = [f for f in examined.conclusions.findings if f.guard is None and "/missing-" not in f.rule]
    texts = {f.clause.id: rewrites[f.id] for f in active if f.id in rewrites and rewrites[f.id].text}
    clauses = tuple(
        replace(
            c,
            text=texts[c.id].text,
            lead_in="" if texts[c.id].alone else c.lead_in,
            cells=() if texts[c.id].alone else c.cells,
        )
        if c.id in texts
        else c
        for c in tree.clauses
    )
    _, again = tools.conclude(replace(tree, clauses=clauses))
    raised: dict[str, list[str]] = {}
    for one in again.findings:
        if one.guard is None and "/missing-" not in one.rule:
            raised.setdefault(one.clause.id, []).append(one.rule)
    for finding in active:
        rewrite = rewrites.get(finding.id)
        rewrite = rewrite if rewrite and rewrite.text else None
        yield _case(name, finding, rewrite, raised.get(finding.clause.id, []), content, grammar)


def _case(
    name: str,
    finding: Finding,
    rewrite: Rewrite | None,
    raised: list[str],
    content: Content,
    grammar: Grammar,
) -> Case:
    old, new = finding.clause.text, rewrite.text if rewrite else ""
    own = {k: v for k, v in content.lemmas(old).items() if k not in MACHINERY}
    have = content.lemmas(new)
    low = new.lower()
    kept = {k for k in own if k in have or re.search(rf"\b{re.escape(k[: max(4, len(k) - 2)])}", low)}
    acts = sum(own[k] in ("VERB", "NOUN", "PROPN", "ADJ") for k in kept) >= min(2, len(own)) and any(
        own[k] in ("NOUN", "PROPN") for k in kept
    )
    lost = [n for n, count in numbers(old).items() if not numbers(new)[n]] if new else []
    lost += [c for c in dict.fromkeys(CAPITAL.findall(old)) if c.lower() not in low] if new else []
    context = f"{finding.clause.lead_in} {' '.join(finding.clause.heading)}"
    lost += [f"+{n}" for n in invented(old, context, new)]
    errors = grammar.errors(new) - grammar.errors(old) if new else Counter[str]()
    long = words(new) > longest(old) or sentences(new) > 2
    share = len(kept) / len(own) if own else 1.0
    return Case(name, finding, rewrite, share, acts, tuple(raised), tuple(lost), tuple(errors), long)


def table(found: list[Case]) -> str:
    """The table, one row per demand."""
    written = [c for c in found if c.rewrite]
    texts = {(c.finding.clause.text, c.rewrite.text) for c in written if c.rewrite}
    total, n = max(1, len(found)), max(1, len(written))
    kinds = Counter(c.rewrite.applicability for c in written if c.rewrite)
    rows = [
        (
            "findings with a rewrite that uses the clause's own action and object",
            sum(c.acts for c in written) / total,
            "0.90",
        ),
        (
            "rewrites that raise no active finding in their place",
            sum(not c.raised for c in written) / n,
            "all",
        ),
        (
            "share of the clause's own content lemmas in its rewrite, on average",
            sum(c.share for c in written) / n,
            "0.60",
        ),
        ("different rewrites for different clauses", len({t for _, t in texts}) / max(1, len(texts)), "0.90"),
        (
            "numbers, addresses and names kept, no number invented",
            sum(not c.lost for c in written) / n,
            "all",
        ),
        ("no new error by Harper", sum(not c.errors for c in written) / n, "0.97"),
        ("within the length and two sentences", sum(not c.long for c in written) / n, "all"),
    ]
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    lines = [f"{len(found)} active clause findings, {len(written)} with a rewrite ({told})", ""]
    lines += ["| | reached | at least |", "|---|---|---|"]
    lines += [f"| {name} | {value:.3f} | {least} |" for name, value, least in rows]
    return "\n".join(lines)


def shown(case: Case) -> str:
    """One case for reading cold."""
    rewrite = case.rewrite
    lead = f"{case.finding.clause.lead_in} » " if case.finding.clause.lead_in else ""
    marks = [f"RAISES {','.join(case.raised)}"] if case.raised and rewrite else []
    marks += [f"LOST {', '.join(case.lost)}"] if case.lost else []
    marks += [f"ERROR {'; '.join(case.errors)}"] if case.errors else []
    marks += ["LONG"] if case.long else []
    marks += ["NOT ITS OWN"] if rewrite and not case.acts else []
    kind = (
        f"({rewrite.applicability}{', alone' if rewrite.alone else ''}) {rewrite.text}" if rewrite else "NONE"
    )
    return "\n".join(
        [
            f"[{case.finding.rule}|{case.finding.scope}|{case.document}] {lead}{case.finding.clause.text}",
            f"   => {kind}",
            *(f"   !! {m}" for m in marks),
        ]
    )


def main() -> None:
    """Print the table, and with --show each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="print each clause with its rewrite")
    parser.add_argument("--pack", default="customer-focus")
    given = parser.parse_args()
    settings = Settings(packs=(given.pack,))
    tools = Workshop(knowledge(settings, ResultCache(None)), settings)
    content, grammar = Content(), Grammar()
    found: list[Case] = []
    for name, tree in documents(given.paths or [ROOT / "tests/accuracy/corpus", ROOT / "sample_policies"]):
        found += cases(name, tree, tools, content, grammar)
    if given.show:
        print("\n".join(shown(case) for case in found), end="\n\n")
    print(table(found))


if __name__ == "__main__":
    main()
