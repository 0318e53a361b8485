"""A small report, audited from inline Markdown with a small pack, and ways to change it."""

from dataclasses import replace
from pathlib import Path

from auditor.model.finding import Rewrite
from auditor.model.location import Location, Span
from auditor.model.report import DocumentReport, Report, ReportEntry, Suppression

PACK = Path(__file__).parent / "pack"

HANDBOOK = """# Handbook

## 2 Refunds

Employees may refund a customer at once.

A discount must be approved by the store manager.

No refund without the approval of the manager.

Staff:

- Annual leave must be approved by the line manager.
- Sick leave must be approved by the line manager.
- Parental leave must be approved by the director.

Disclosure of records needs the approval of the director by law.

The cost of lost keys is deducted from the wages.

## Tools

New machines must be approved by the director.

## Hiring

Applicants need two years of experience and a diploma.
"""

MEMO = "A replacement must be approved by the supervisor.\n"

HOSTILE = (
    '=HYPERLINK("http://evil.example") | a `tick` <script>alert(1)</script> @team #123 GH-9 [x](http://evil.example) '
    "*bold* _em_ ::error file=x::y %0A \x1b[31mred\x1b[0m \x07\x9b32m \u202eright ]]> &amp; $a$ :smile: ;=1+1 \ud800"
)
"""Text that would do something on some surface if it got there as it is."""


def audited(**texts: str) -> Report:
    """The report on Markdown texts by file stem."""
    from auditor.pipeline.auditing import audit
    from auditor.pipeline.settings import Settings, Source

    sources = [Source(f"{stem}.md", data=text.encode(), format="markdown") for stem, text in texts.items()]
    return audit(sources, Settings(packs=(str(PACK),)))


def with_entries(report: Report, change) -> Report:
    """The report with every entry of every document changed."""
    documents = tuple(
        replace(document, entries=tuple(change(entry) for entry in document.entries))
        for document in report.documents
    )
    changed = {e.finding.id: e for d in documents for e in d.entries}
    changes = tuple(replace(c, entry=changed.get(c.entry.finding.id, c.entry)) for c in report.changes)
    return replace(report, documents=documents, changes=changes)


def dressed(entry: ReportEntry) -> ReportEntry:
    """An entry with what later stages would have added to it."""
    entry = replace(entry, rewrite=None)
    finding = entry.finding
    text = finding.evidence
    if text.startswith("A discount"):
        wording = "Whoever serves the customer may give a discount of up to [amount]."
        return replace(entry, rewrite=Rewrite(finding.id, wording, "decision"))
    if text.startswith("No refund"):
        wording = "Employees may refund a customer at once and tell the manager afterwards."
        return replace(entry, rewrite=Rewrite(finding.id, wording, "ready"))
    if text.startswith("New machines"):
        reason = Suppression("external", "machines are leased", "facilities", "2030-01-31", "waivers.toml:4")
        return replace(entry, suppression=reason)
    if text.startswith("A replacement"):
        return replace(entry, baselined=True)
    if finding.guard:
        return replace(
            entry, rewrite=Rewrite(finding.id, "", "idea", advice="Say who decides in their absence.")
        )
    return entry


def hostile(report: Report) -> Report:
    """The report with :data:`HOSTILE` wherever a document, or somebody who wrote one, can put text."""

    def place(location: Location) -> Location:
        return replace(location, path=f"a b/{HOSTILE}.md")

    def clause(one):
        return replace(
            one,
            text=HOSTILE,
            lead_in=HOSTILE,
            heading=(HOSTILE, HOSTILE),
            number=HOSTILE,
            location=place(one.location),
        )

    def entry(one: ReportEntry) -> ReportEntry:
        finding = one.finding
        guard = finding.guard and replace(finding.guard, cue=HOSTILE)
        return replace(
            one,
            finding=replace(
                finding, evidence=HOSTILE, message=HOSTILE, spans=(Span(3, 30),), guard=guard,
                clause=clause(finding.clause), location=place(finding.location),
            ),
            rewrite=one.rewrite and replace(one.rewrite, text=HOSTILE, advice=HOSTILE),
            suppression=one.suppression and Suppression("inSource", HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        )  # fmt: skip

    def document(one: DocumentReport) -> DocumentReport:
        source = replace(one.tree.document, path=f"a b/{HOSTILE}.md", title=HOSTILE)
        tree = replace(
            one.tree,
            document=source,
            sections=tuple(replace(s, heading=(HOSTILE,) if s.heading else ()) for s in one.tree.sections),
        )
        return replace(
            one,
            tree=tree,
            strengths=tuple(replace(s, evidence=HOSTILE, clause=clause(s.clause)) for s in one.strengths),
            counsel=tuple(
                replace(c, evidence=HOSTILE, text=HOSTILE, clause=clause(c.clause)) for c in one.counsel
            ),
            approvals=tuple(
                replace(
                    a, actor=HOSTILE, act=HOSTILE, approver=HOSTILE, limit=HOSTILE, clause=clause(a.clause)
                )
                for a in one.approvals
            ),
            gaps=tuple(
                replace(
                    g, value=replace(g.value, evidence=HOSTILE), denial=replace(g.denial, evidence=HOSTILE)
                )
                for g in one.gaps
            ),
        )

    changed = with_entries(report, entry)
    return replace(
        changed,
        documents=tuple(document(one) for one in changed.documents),
        changes=tuple(replace(c, document=f"a b/{HOSTILE}.md") for c in changed.changes),
        skipped=tuple(replace(s, path=HOSTILE, reason=HOSTILE) for s in changed.skipped),
        notices=tuple(replace(n, message=HOSTILE, location=place(n.location)) for n in changed.notices),
    )


def many(report: Report, count: int) -> Report:
    """The report with its first document's first active entry ``count`` times, each with an id of its own."""
    document = report.documents[0]
    entry = next(e for e in document.entries if e.status == "active")
    finding = entry.finding
    entries = tuple(
        replace(
            entry,
            finding=replace(
                finding,
                id=f"{n:010x}",
                fingerprint=f"{n:064x}",
                evidence=f"{finding.evidence} Case {n} of many.",
                location=replace(finding.location, line=n + 1, end_line=n + 1),
            ),
        )
        for n in range(count)
    )
    return replace(
        report, documents=(replace(document, entries=entries, approvals=()), *report.documents[1:])
    )


def as_binary(report: Report, format: str) -> Report:
    """The report as if its documents were Word (``docx``) or PDF files: no lines, but paragraphs or pages."""

    def place(location: Location, number: int) -> Location:
        path = location.path.replace(".md", f".{format}")
        if format == "docx":
            return Location(path, part="word/document.xml", paragraph=number, run=0, offset=0)
        return Location(path, page=number + 1)

    def document(one: DocumentReport) -> DocumentReport:
        path = one.tree.document.path.replace(".md", f".{format}")
        entries = []
        for entry in one.entries:
            where = place(entry.finding.location, entry.finding.clause.index)
            finding = replace(
                entry.finding, location=where, clause=replace(entry.finding.clause, location=where)
            )
            entries.append(replace(entry, finding=finding))
        source = replace(one.tree.document, path=path, format=format)
        return replace(one, tree=replace(one.tree, document=source), entries=tuple(entries))

    return replace(report, documents=tuple(document(one) for one in report.documents))
