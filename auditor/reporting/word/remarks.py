"""What a comment says of a clause: the rule, why it matters to customers, the wording, guard or confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.formats.ooxml.commented import Line
from auditor.model.finding import CounselNote, Strength
from auditor.model.report import DocumentReport, Report, ReportEntry
from auditor.reporting import overview
from auditor.reporting.page.words import APPLICABILITY, GUARDRAILS, REACHES, SEVERITIES, Glossary, plural
from auditor.reporting.text import clean


def headed(title: str, text: str) -> Line:
    """A paragraph with its title in bold."""
    return Line(clean(f"{title}: {text}"), len(clean(title)) + 1)


def of_entry(entry: ReportEntry, words: Glossary, tracked: str = "") -> tuple[Line, ...]:
    """The comment on a finding; ``tracked`` says how its wording stands in the text, if it was asked for."""
    finding = entry.finding
    if finding.guard is not None:
        return tuple(_left_alone(entry, words))
    rule = words.rules.get(finding.rule)
    title = words.rule(finding.rule)
    weight = f"{SEVERITIES[finding.severity].lower()}, confidence {finding.confidence}"
    lines = [headed(title, f"{finding.message} ({finding.rule}, {weight}, {finding.id})")]
    if rule is not None and rule.rationale:
        lines.append(headed("Why it matters to customers", " ".join(rule.rationale.split())))
    if entry.suppression is not None:
        lines.append(headed("Waived", overview.waiver(entry.suppression)))
    if entry.baselined:
        lines.append(headed("Known", "It stands in the baseline."))
    rewrite = entry.rewrite
    if rewrite is not None and rewrite.text:
        lines.append(headed(f"Could read ({APPLICABILITY[rewrite.applicability]})", rewrite.text))
    if rewrite is not None and rewrite.advice:
        lines.append(headed("Advice", rewrite.advice))
    if tracked:
        lines.append(Line(tracked))
    return tuple(lines)


def _left_alone(entry: ReportEntry, words: Glossary) -> Iterator[Line]:
    guard = entry.finding.guard
    assert guard is not None
    kind = GUARDRAILS.get(guard.kind, guard.kind).lower()
    about = f"on its face about {kind} (“{clean(guard.cue)}”, {REACHES[guard.reach]}); not reviewed for lawfulness or need"
    yield headed(
        "Left alone", f"{about}. Otherwise: {words.rule(entry.finding.rule)} ({entry.finding.rule})."
    )
    if entry.rewrite is not None and entry.rewrite.advice:
        yield headed("Advice", entry.rewrite.advice)


def of_strength(strength: Strength, words: Glossary) -> tuple[Line, ...]:
    """The praise of a clause."""
    return (headed("Strength", f"{words.dimension(strength.dimension)}. Keep this."),)


def of_counsel(note: CounselNote) -> tuple[Line, ...]:
    """What counsel should read."""
    return (headed("For counsel", note.text),)


def summary(
    report: Report, document: DocumentReport, words: Glossary, elsewhere: Sequence[str]
) -> tuple[Line, ...]:
    """The comment at the title: what was read, the verdict, the bands, and what could not be anchored."""
    card = document.scorecard
    lines = [
        Line(clean(card.sentence), len(clean(card.sentence))),
        Line(clean(card.caveat)),
        headed("Read", overview.reading(document)),
    ]
    for row in overview.scorecard(card, words):
        counts = f"{plural(row.findings, 'finding')}, {row.guarded} left alone, {plural(row.strengths, 'strength')}"
        lines.append(headed(row.title, f"{row.band} ({counts})"))
    lines += [
        headed("Say and do", f"“{clean(g.value.evidence)}” beside “{clean(g.denial.evidence)}”")
        for g in document.gaps
    ]
    lines += [Line(clean(one)) for one in elsewhere]
    lines.append(
        Line(
            f"Policy Auditor {report.version}; packs {', '.join(f'{p.id} {p.version}' for p in report.packs)}"
        )
    )
    return tuple(line for line in lines if line.text)
