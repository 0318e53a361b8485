"""How well the rules agree with labelled policies: precision, recall and F1, by rule.

A corpus is a folder of YAML files as ``tests/accuracy/corpus/README.md`` describes them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from auditor.clauses import segment
from auditor.model.clause import ClauseTree
from auditor.model.document import Block, Cell, Coverage, Document
from auditor.model.location import Location, Piece, Span
from auditor.pipeline.settings import CONFIDENCES
from auditor.pipeline.stages import Workshop


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one rule, guardrail or strength: claimed and labelled, claimed only, labelled only."""

    name: str
    hit: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the claims that the labels confirm; 1.0 where nothing was claimed."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of the labels that were claimed; 1.0 where nothing was labelled."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.hit + self.extra + self.missed
        return 2 * self.hit / total if total else 1.0


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (Wilson 1927); (0, 1) for no trials."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def measure(folder: Path, workshop: Workshop) -> tuple[Tally, ...]:
    """A tally for all active flags (``any``), each rule, each strength (``strength/…``), and each band of
    confidence (``confidence/…``, claims only: nothing is labelled with a band)."""
    said: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    bands: dict[str, Counter[str]] = {band: Counter() for band in CONFIDENCES}
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        labels = [(s.get("heading", ""), c) for s in data["sections"] for c in s["clauses"]]
        found = _claims(labels, path.stem, workshop)
        for number, (_, label) in enumerate(labels):
            key = f"{path.stem}#{number}"
            wanted |= {(key, name) for name in _wanted(label)}
            said |= {(key, name) for name in found.get(number, {})}
            for name, band in found.get(number, {}).items():
                if band:
                    bands[band].update(["hit" if (key, name) in wanted else "extra"])
    sure = (Tally(f"confidence/{b}", bands[b]["hit"], bands[b]["extra"], 0) for b in CONFIDENCES if bands[b])
    return (*_tallies(said, wanted), *sure)


def _wanted(label: Mapping[str, Any]) -> set[str]:
    flags = set(label.get("flags") or ()) if not label.get("guardrail") else set()
    return flags | ({"any"} if flags else set()) | {f"strength/{s}" for s in label.get("strengths") or ()}


def _claims(
    labels: Iterable[tuple[str, Mapping[str, Any]]], name: str, workshop: Workshop
) -> Mapping[int, dict[str, str]]:
    """What is claimed of each label, with the confidence ("" for ``any`` and strengths)."""
    tree, block_of = _tree(labels, name)
    _, conclusions = workshop.conclude(tree)
    found: dict[int, dict[str, str]] = {}
    for finding in conclusions.findings:
        if finding.guard is None and "/missing-" not in finding.rule:
            claims = found.setdefault(block_of[finding.clause.block], {})
            claims |= {finding.rule: finding.confidence, "any": ""}
    for strength in conclusions.strengths:
        found.setdefault(block_of[strength.clause.block], {})[f"strength/{strength.dimension}"] = ""
    return found


def labelled_tree(data: Mapping[str, Any], name: str) -> ClauseTree:
    """A labelled policy (the data of its YAML file) as a clause tree."""
    return _tree([(s.get("heading", ""), c) for s in data["sections"] for c in s["clauses"]], name)[0]


def _tree(labels: Iterable[tuple[str, Mapping[str, Any]]], name: str) -> tuple[ClauseTree, Mapping[int, int]]:
    blocks: list[Block] = []
    block_of: dict[int, int] = {}
    heading = lead = ""
    for number, (above, label) in enumerate(labels):
        if above != heading:
            heading, lead = above, ""
            blocks.append(_block("heading", above, name, level=1))
        if label.get("lead_in", "") != lead:
            lead = label.get("lead_in", "")
            if lead:
                blocks.append(_block("paragraph", lead if lead.endswith(":") else f"{lead}:", name))
        block_of[len(blocks)] = number
        blocks.append(_labelled(label, name))
    return segment(Document(name, "text", "", tuple(blocks), Coverage())), block_of


def _labelled(label: Mapping[str, Any], name: str) -> Block:
    text = str(label["text"])
    if label.get("header"):
        return _block("row", text, name, cells=_cells(text, str(label["header"])))
    return _block("item" if label.get("lead_in") else "paragraph", text, name, level=1)


def _cells(text: str, header: str) -> tuple[Cell, ...]:
    cells, at = [], 0
    for title, cell in zip(header.split(" | "), text.split(" | "), strict=False):
        cells.append(Cell(title, Span(at, at + len(cell))))
        at += len(cell) + 3
    return tuple(cells)


def _block(kind: Any, text: str, name: str, level: int = 0, cells: tuple[Cell, ...] = ()) -> Block:
    place = Location(name, line=1, column=1)
    return Block(kind, text, (Piece(0, len(text), place, exact=False),), level, cells=cells)


def _tallies(said: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> Iterable[Tally]:
    hit = Counter(name for _, name in said & wanted)
    extra = Counter(name for _, name in said - wanted)
    missed = Counter(name for _, name in wanted - said)
    for name in sorted({*hit, *extra, *missed}, key=lambda n: (n != "any", n.startswith("strength/"), n)):
        yield Tally(name, hit[name], extra[name], missed[name])


def accuracy_page(tallies: Iterable[Tally]) -> str:
    """The figures as a Markdown page."""
    every = list(tallies)
    rows = [
        "# Accuracy",
        "",
        "Measured by `make accuracy` on the labelled policies of `tests/accuracy/corpus`: invented texts by one",
        "author, labelled by the meaning of the rules, far denser than real handbooks. Intervals are 95 % Wilson",
        "intervals. `any` is: some active flag on the clause. This page is generated.",
        "",
        "| rule | labelled | precision | interval | recall | interval | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [f"| {t.name} | {_figures(t)} |" for t in every if not t.name.startswith("confidence/")]
    bands = [t for t in every if t.name.startswith("confidence/")]
    if bands:
        rows += [
            "",
            "## Confidence",
            "",
            "How often a finding of each band is right. Findings of low confidence never fail a check, and count only",
            "where surer ones are dense (docs/configuration.md); `--min-confidence` leaves bands out or lets all in.",
            "",
            "| band | findings | precision | interval |",
            "|---|---|---|---|",
        ]
    for t in bands:
        low, high = wilson(t.hit, t.hit + t.extra)
        band = t.name.partition("/")[2]
        rows.append(f"| {band} | {t.hit + t.extra} | {t.precision:.2f} | {low:.2f} to {high:.2f} |")
    return "\n".join(rows) + "\n"


def _figures(t: Tally) -> str:
    low, high = wilson(t.hit, t.hit + t.extra)
    least, most = wilson(t.hit, t.hit + t.missed)
    precision = f"{t.precision:.2f} | {low:.2f} to {high:.2f}"
    return f"{t.hit + t.missed} | {precision} | {t.recall:.2f} | {least:.2f} to {most:.2f} | {t.f1:.2f}"


def published_figures(page: str) -> Mapping[str, str]:
    """What a page of :func:`accuracy_page` says of each rule, in one sentence."""
    found = {}
    for line in page.partition("## Confidence")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) == 7 and cells[1].isdigit():
            name, labelled, precision, between, recall, and_, _ = cells
            found[name.replace("strength/", "strengths/")] = (
                f"Precision {precision} ({between}), recall {recall} ({and_}) on {labelled} labelled clauses of the "
                "project's own accuracy corpus; see [accuracy](../../accuracy.md)."
            )
    return found
