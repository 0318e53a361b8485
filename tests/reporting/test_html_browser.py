"""The page at work: in a headless Chromium, on a desk and on a phone, from a file."""

import re
import shutil

import pytest
from report_samples import PACK, many

from auditor.pipeline.portfolio import portfolio_of
from auditor.pipeline.settings import Settings
from auditor.reporting.html import render_html
from auditor.reporting.portfolio import render_portfolio

pytestmark = pytest.mark.chromium

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SHOWN = ".note:not([hidden])"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(report, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(render_html(report), "utf-8")
    return file.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page; gives it back with ``requests`` and ``errors``, both without what they must not hold."""
    contexts = []

    def go(size=DESK, hash="", url=address, scripts=True, **options):
        context = browser.new_context(
            viewport=size, java_script_enabled=scripts, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda r: page.asked.append(r.url))
        page.on("pageerror", lambda e: page.wrong.append(str(e)))
        page.on("console", lambda m: page.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(url + hash)
        return page

    yield go
    for context in contexts:
        context.close()


def says(page, total) -> None:
    """Wait until the page counts so many notes."""
    from playwright.sync_api import expect

    expect(page.locator("#total")).to_have_text(total)


def count(page, facet: str, value: str) -> int:
    box = page.locator(f'[data-facet={facet}] label:has(input[value="{value}"]) .count')
    return int(box.inner_text())


def check(page, facet: str, value: str) -> None:
    page.locator(f'[data-facet={facet}] input[value="{value}"]').check()


def open_filters(page) -> None:
    page.evaluate("document.querySelector('.filters details').open = true")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_filters_change_counts_notes_and_text(visit, size):
    page = visit(size)
    open_filters(page)
    every, errors = page.locator(SHOWN).count(), count(page, "severity", "error")
    says(page, f"{every} notes")
    assert 0 < errors < every
    lines = page.locator(".b:visible").count()
    check(page, "severity", "error")
    says(page, f"{errors} of {every} notes")
    assert page.locator(SHOWN).count() == errors
    assert page.locator(".b:visible").count() < lines
    assert count(page, "status", "strength") == 0
    assert count(page, "severity", "note") > 0  # a facet does not narrow itself
    assert page.locator(".pair.row:visible").count() <= errors
    active = count(page, "status", "active")
    check(page, "status", "active")
    assert page.locator(SHOWN).count() == active
    page.locator("#filters .clear").click()
    says(page, f"{every} notes")
    assert page.locator(".b:visible").count() == lines
    assert not page.wrong


def test_sections_and_tabs_narrow_too(visit):
    page = visit()
    every = page.locator(SHOWN).count()
    option = page.locator("#section option[data-title]").first
    inside = int(option.inner_text().rpartition("(")[2].rstrip(")"))
    page.locator("#section").select_option(option.get_attribute("value"))
    says(page, f"{inside} of {every} notes")
    page.locator("#filters .clear").click()
    memo = page.get_by_role("tab", name="memo.md")
    memo.click()
    assert page.locator(".document:visible").count() == 1
    assert memo.get_attribute("aria-selected") == "true"
    inside = page.locator("#d1 .note").count()
    says(page, ("1 note" if inside == 1 else f"{inside} notes"))
    memo.press("ArrowLeft")
    assert page.locator("#d0").is_visible()
    assert page.locator("#d1").is_hidden()


def test_a_filtered_mark_is_a_mark_no_more(visit):
    page = visit()
    on = page.locator(".b mark.active:not(.off)")
    assert on.count() > 0
    check(page, "status", "strength")
    assert on.count() == 0
    assert page.locator(".b mark.strength:not(.off)").count() > 0


def test_an_open_note_points_at_its_own_words(visit, report):
    entry = next(e for e in report.documents[0].entries if e.status == "active" and e.finding.spans)
    page = visit(hash=f"#{entry.finding.id}")
    lit = page.locator(".b mark.lit:not(.whole)")
    lit.first.wait_for()
    words = "".join(lit.all_inner_texts())
    assert words == "".join(entry.finding.evidence[s.start : s.end] for s in entry.finding.spans)
    page.locator(f"[id='{entry.finding.id}'] summary").first.click()
    page.locator(".b mark.lit").first.wait_for(state="detached")


def test_search_finds_text_and_says_how_much(visit):
    page = visit()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("LEAVE")
    says(page, re.compile(r"^3 of \d+ notes, in 3 paragraphs$"))
    shown = page.locator(".b:visible:not(.heading)").all_inner_texts()
    assert len(shown) == 3
    assert all("leave" in one.lower() for one in shown)
    assert page.evaluate("CSS.highlights.get('found').size") == 3
    headings = page.locator(".b.heading:visible").all_inner_texts()
    assert any("Refunds" in one for one in headings)
    assert not any("Hiring" in one for one in headings)
    page.keyboard.type(" nowhere")
    page.locator("#nothing").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.locator("#nothing").is_hidden()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_deep_link_opens_its_finding(visit, report, size):
    for document in report.documents:
        wanted = document.entries[-1].finding.id
        page = visit(size, f"#{wanted}")
        note = page.locator(f"[id='{wanted}']")
        assert note.get_attribute("open") is not None
        assert note.locator(".body").first.is_visible()
        box = note.bounding_box()
        assert 0 <= box["y"] < size["height"]


def test_a_link_leads_to_a_note_that_a_filter_hides(visit, report):
    page = visit()
    check(page, "status", "strength")
    wanted = report.documents[0].entries[0].finding.id
    page.evaluate(f"location.hash = '{wanted}'")
    page.locator(f"[id='{wanted}'] .body").first.wait_for(state="visible")


def test_keys_walk_through_the_notes(visit):
    page = visit()
    names = page.locator(SHOWN).evaluate_all("all => all.map(one => one.id)")
    page.keyboard.press("j")
    page.keyboard.press("j")
    opened = page.locator(".note[open]").evaluate_all("all => all.map(one => one.id)")
    assert opened == [names[1]]
    assert page.url.endswith("#" + names[1])
    assert page.evaluate("document.activeElement.parentElement.id") == names[1]
    page.keyboard.press("k")
    assert page.locator(".note[open]").evaluate_all("all => all.map(one => one.id)") == [names[0]]
    for _ in range(len(names) + 2):
        page.keyboard.press("j")
    assert page.locator(".note[open]").evaluate_all("all => all.map(one => one.id)") == [names[-1]]


def test_help_opens_and_single_keys_can_be_turned_off(visit):
    page = visit()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    page.keyboard.press("j")
    assert page.locator(".note[open]").count() == 0


def test_dark_by_the_system_and_by_choice(visit):
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(), visit(color_scheme="dark")
    assert light.evaluate(ground) != dark.evaluate(ground)
    night = f"{ground} === '{dark.evaluate(ground)}'"
    light.locator("#theme").click()
    light.wait_for_function(night)
    assert light.locator("#theme").get_attribute("aria-pressed") == "true"
    light.reload()
    light.wait_for_function(night)
    dark.keyboard.press("d")
    dark.wait_for_function(f"{ground} === 'rgb(253, 252, 250)'")


def test_nothing_is_requested_but_the_file(visit, address):
    page = visit()
    for key in "jj?":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.asked == [address]
    assert not page.wrong


def test_nothing_hostile_runs(browser, visit, hostile_report, tmp_path):
    file = tmp_path / "hostile.html"
    file.write_text(render_html(hostile_report), "utf-8")
    page = visit(url=file.as_uri())
    said = []
    page.on("dialog", lambda d: (said.append(d.message), d.dismiss()))
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert not said
    assert page.asked == [file.as_uri()]
    assert not page.wrong
    blocked = page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); return window.ran === undefined; }"
    )
    assert blocked


def test_it_reads_without_scripts(visit, report):
    page = visit(scripts=False)
    assert page.locator(".filters").is_hidden()
    assert page.locator(".b:visible").count() == sum(len(d.tree.document.blocks) for d in report.documents)
    note = page.locator(".note").first
    note.locator("summary").first.click()
    assert note.locator(".body").first.is_visible()
    assert page.locator("#first").is_visible()


@pytest.mark.parametrize(
    "size", [DESK, PHONE, {"width": 800, "height": 900}], ids=["desk", "phone", "tablet"]
)
def test_nothing_sticks_out(visit, size):
    page = visit(size)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(visit, size, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(size, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    grave = [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")
    ]
    assert not grave
    page.locator("#keys").click()
    again = Axe().run(page, context="#help").response["violations"]
    assert not [v["id"] for v in again if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_a_portfolio(visit, bare_report, tmp_path, size):
    from axe_playwright_python.sync_playwright import Axe

    portfolio = portfolio_of(bare_report, ".", Settings(packs=(str(PACK),)), None)
    file = tmp_path / "portfolio.html"
    file.write_text(render_portfolio(portfolio), "utf-8")
    for scheme in ("light", "dark"):
        page = visit(size, url=file.as_uri(), color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        found = Axe().run(page).response["violations"]
        assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")]
        page.locator("#theme").click()
        assert page.asked == [file.as_uri()]
        assert not page.wrong


def test_it_prints_what_is_folded(visit):
    page = visit()
    folded = page.locator("details.group:not([open])").count()
    assert folded > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details.group:not([open])").count() == 0
    assert page.locator(".bar").is_hidden()
    assert page.locator(".filters").is_hidden()
    assert page.locator("#text").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.group:not([open])").count() == folded


def test_counsel_notes_can_be_detached(visit):
    page = visit()
    page.evaluate("window.print = () => {}")
    page.emulate_media(media="print")
    page.evaluate("document.getElementById('print-counsel').click()")
    assert page.locator("#counsel").is_visible()
    assert page.locator("#verdict").is_hidden()
    assert page.locator("#text").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.evaluate("document.getElementById('print-rest').click()")
    assert page.locator("#counsel").is_hidden()
    assert page.locator("#verdict").is_visible()


def test_copying_a_wording(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("#first .copy").first
    wording = page.locator("#first .after").first.inner_text()
    button.click()
    page.locator("#first .copy", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == wording


def test_many_findings_can_be_filtered(visit, report, tmp_path):
    file = tmp_path / "many.html"
    file.write_text(render_html(many(report, 300)), "utf-8")
    page = visit(url=file.as_uri())
    says(page, re.compile("^3.. notes$"))
    check(page, "status", "active")
    assert page.locator(SHOWN).count() >= 300
