"""Word: comments on the very words, changes that can be accepted and rejected, all else as it was."""

import dataclasses
import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from auditor.errors import RenderError
from auditor.formats.ooxml.names import P, R, T, w
from auditor.formats.ooxml.revise import Author, can_replace, isolate_all, replace_tracked
from auditor.formats.ooxml.runs import run_text
from auditor.model.finding import Edit, Rewrite
from auditor.model.location import Location
from auditor.pipeline.auditing import audit
from auditor.pipeline.settings import Settings, Source
from auditor.reporting import render

SAMPLES = Path(__file__).parents[2] / "sample_policies"
SETTINGS = Settings(select=("empowerment/mandatory-approval",))
AUTHOR = Author("A", "A", "2026-01-02T00:00:00Z")


def made(*paragraphs):
    """A Word file; a paragraph is a list of (text, bold) runs."""
    file = docx.Document()
    for runs in paragraphs:
        paragraph = file.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
    raw = io.BytesIO()
    file.save(raw)
    return raw.getvalue()


def audited(data, ready=True):
    """A report on a Word file whose findings all have a rewrite of their own."""
    report = audit([Source("a.docx", data=data)], SETTINGS)
    (document,) = report.documents
    entries = []
    for entry in document.entries:
        text = f"Staff decide this themselves (case {entry.finding.clause.index})."
        edits = (Edit(0, len(entry.finding.clause.text), text),)
        rewrite = Rewrite(entry.finding.id, text, "ready" if ready else "decision", edits)
        entries.append(dataclasses.replace(entry, rewrite=rewrite))
    return dataclasses.replace(report, documents=(dataclasses.replace(document, entries=tuple(entries)),))


def word(report, data, **options):
    return render(report, "docx", load=lambda _: data, **options)


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def settle(root, accept):
    """The part with all changes accepted or rejected, as Word does it."""
    keep, drop = ("ins", "del") if accept else ("del", "ins")
    for change in list(root.iter(w(drop))):
        change.getparent().remove(change)
    for change in list(root.iter(w(keep))):
        for child in list(change):
            change.addprevious(child)
        change.getparent().remove(change)
    for written in root.iter(w("delText")):
        written.tag = T
    return root


def texts(root):
    return ["".join(run_text(run) for run in paragraph.iter(R)) for paragraph in root.iter(P)]


APPROVAL = [("Every refund has to be ", None), ("approved", True), (" by the duty manager.", None)]
PLAIN = [("The shop opens at nine.", None)]


def test_the_copy_is_the_source_but_for_comments():
    data = made(PLAIN, APPROVAL)
    annotated = word(audited(data), data)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(annotated)) as new:
        touched = {
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "[Content_Types].xml",
            "word/comments.xml",
        }
        assert set(new.namelist()) == set(old.namelist()) | touched
        for name in set(old.namelist()) - touched:
            assert old.read(name) == new.read(name)
    assert texts(part(annotated)) == texts(part(data))
    assert not list(part(annotated).iter(w("ins"), w("del")))


def test_comments_stand_on_the_quoted_words_and_say_why():
    data = made(PLAIN, APPROVAL)
    report = audited(data)
    annotated = word(report, data, author="Ann Other", initials="AO", date="2026-02-03T00:00:00Z")
    comments = list(docx.Document(io.BytesIO(annotated)).comments)
    assert {(c.author, c.initials) for c in comments} == {("Ann Other", "AO")}
    (finding,) = [e.finding for e in report.documents[0].entries]
    (said,) = [c for c in comments if finding.id in c.text]
    assert "Why it matters to customers" in said.text
    assert "Staff decide this themselves" in said.text
    root = part(annotated)
    start = next(e for e in root.iter(w("commentRangeStart")) if e.get(w("id")) == str(said.comment_id))
    inside = []
    for element in start.itersiblings():
        if element.tag == w("commentRangeEnd") and element.get(w("id")) == str(said.comment_id):
            break
        inside += [run_text(run) for run in element.iter(R)]
    span = finding.spans[0]
    assert "".join(inside) == finding.evidence[span.start : finding.spans[-1].end]


def test_the_summary_stands_at_the_title():
    data = made([("Crew handbook", True)], APPROVAL)
    annotated = word(audited(data), data)
    title = next(part(annotated).iter(P))
    number = next(title.iter(w("commentRangeStart"))).get(w("id"))
    (said,) = [c for c in docx.Document(io.BytesIO(annotated)).comments if str(c.comment_id) == number]
    assert "too little to tell" in said.text


def test_comments_of_the_client_stay():
    file = docx.Document()
    paragraph = file.add_paragraph("Every refund has to be approved by the duty manager.")
    file.add_comment(paragraph.runs, text="Please keep.", author="Client", initials="C")
    raw = io.BytesIO()
    file.save(raw)
    data = raw.getvalue()
    said = [c.text for c in docx.Document(io.BytesIO(word(audited(data), data))).comments]
    assert "Please keep." in said
    assert len(said) == 3


def test_rejecting_gives_the_original_and_accepting_the_rewrite():
    data = made(PLAIN, [("Note: ", True), *APPROVAL], [*APPROVAL[:1], ("approved by the matron.", None)])
    report = audited(data)
    annotated = word(report, data, redline="ready")
    assert texts(settle(part(annotated), accept=False)) == texts(part(data))
    after = texts(settle(part(annotated), accept=True))
    assert after[0] == texts(part(data))[0]
    for entry in report.documents[0].entries:
        assert any(entry.rewrite.text in line for line in after)
        assert not any(entry.finding.evidence in line for line in after)


def test_wordings_that_await_a_decision_are_tracked_only_on_request():
    data = made(APPROVAL)
    report = audited(data, ready=False)
    assert not list(part(word(report, data, redline="ready")).iter(w("ins")))
    assert list(part(word(report, data, redline="all")).iter(w("ins")))


def test_formatting_is_kept():
    data = made([("Every refund has to be approved by the duty manager.", True)])
    (inserted,) = part(word(audited(data), data, redline="ready")).iter(w("ins"))
    assert inserted.find(f"{R}/{w('rPr')}/{w('b')}") is not None


def test_a_field_is_left_alone_and_the_comment_says_so():
    file = docx.Document()
    paragraph = file.add_paragraph("Every refund has to be approved by the ")
    for kind in ("begin", "separate"):
        run = paragraph.add_run()
        run._r.append(etree.SubElement(run._r, w("fldChar"), {w("fldCharType"): kind}))
    paragraph.add_run("duty manager")
    run = paragraph.add_run()
    run._r.append(etree.SubElement(run._r, w("fldChar"), {w("fldCharType"): "end"}))
    paragraph.add_run(".")
    raw = io.BytesIO()
    file.save(raw)
    data = raw.getvalue()
    annotated = word(audited(data), data, redline="ready")
    assert not list(part(annotated).iter(w("ins"), w("del")))
    assert any("by hand" in c.text for c in docx.Document(io.BytesIO(annotated)).comments)


def test_the_same_report_gives_the_same_bytes():
    data = made(PLAIN, APPROVAL)
    report = audited(data)
    assert word(report, data, redline="all") == word(report, data, redline="all")


def test_a_source_that_changed_is_refused():
    data = made(APPROVAL)
    with pytest.raises(RenderError, match="has changed since the audit"):
        render(audited(data), "docx", load=lambda _: data + b" ")

    def gone(path):
        raise FileNotFoundError(2, "No such file or directory")

    with pytest.raises(RenderError, match="cannot be opened again"):
        render(audited(data), "docx", load=gone)


words = st.text("abc é", min_size=0, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, st.sampled_from([True, None])), min_size=1, max_size=5), st.data())
def test_any_stretch_can_be_replaced_and_taken_back(runs, data):
    root = part(made(runs))
    before = texts(root)
    lengths = [len(text) for text, _ in runs]
    first = data.draw(st.integers(0, len(runs) - 1))
    last = data.draw(st.integers(first, len(runs) - 1))
    start = data.draw(st.integers(0, lengths[first]))
    end = data.draw(st.integers(start if first == last else 0, lengths[last]))
    place = Location("a", paragraph=0, run=first, offset=start, end_paragraph=0, end_run=last, end_offset=end)
    (chosen,) = isolate_all(root, [place])
    flat = before[0]
    a = sum(lengths[:first]) + start
    b = sum(lengths[:last]) + end
    assert "".join(map(run_text, chosen)) == flat[a:b]
    if not can_replace(chosen):
        assert a == b
        return
    replace_tracked(chosen, "NEW", AUTHOR, 1)
    copy = etree.fromstring(etree.tostring(root))
    assert texts(settle(copy, accept=False)) == before
    assert texts(settle(root, accept=True)) == [flat[:a] + "NEW" + flat[b:]]


@pytest.mark.parametrize("name", ["retail-handbook.docx", "contact-centre-procedures.docx"])
def test_the_samples_survive_a_full_redline(name):
    data = (SAMPLES / name).read_bytes()
    report = audited(data)
    assert report.documents[0].tree.document.sha256 == hashlib.sha256(data).hexdigest()
    annotated = word(report, data, redline="all")
    assert texts(settle(part(annotated), accept=False)) == texts(part(data))
    accepted = settle(part(annotated), accept=True)
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(annotated)) as old, zipfile.ZipFile(again, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, etree.tostring(accepted) if entry == "word/document.xml" else old.read(entry))
    left = audit([Source("a.docx", data=again.getvalue())], SETTINGS).documents[0].entries
    # A row's text is that of several paragraphs, which no single change can replace.
    replaced = {
        e.finding.clause.id
        for e in report.documents[0].entries
        if e.status == "active" and e.finding.clause.kind != "row"
    }
    tracked = [c for c in docx.Document(io.BytesIO(annotated)).comments if "as a tracked change" in c.text]
    assert len(tracked) >= 0.9 * len(replaced)
    assert sum(e.finding.clause.id in replaced for e in left) <= len(replaced) - len(tracked)


def test_other_inputs_get_a_findings_report_in_word_styles():
    text = b"# Refunds\n\nEvery refund has to be approved by the duty manager.\n"
    report = audit([Source("a.md", data=text)], SETTINGS)
    first, second = render(report, "docx"), render(report, "docx")
    assert first == second
    file = docx.Document(io.BytesIO(first))
    assert {"Title", "Heading 1", "Quote"} <= {p.style.name for p in file.paragraphs}
    assert any("Every refund has to be approved" in p.text for p in file.paragraphs)
    assert file.tables


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_keeps_comments_and_changes(tmp_path):
    data = made(PLAIN, APPROVAL)
    (tmp_path / "a.docx").write_bytes(word(audited(data), data, redline="ready"))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.odt") as file:
        content = file.read("content.xml").decode()
    assert content.count("<office:annotation ") == 2
    assert "text:tracked-changes" in content
    assert "Staff decide this themselves" in content
