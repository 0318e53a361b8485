"""No figure of docs/accuracy.md may fall; `make accuracy` renews the page after a gain."""

import pytest

from auditor.pipeline.accuracy import Tally, accuracy_page, measure, published_figures, wilson
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop


def published(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: float(row[-1]) for row in rows if len(row) == 7 and row[1].isdigit()}


def test_no_published_figure_falls(request):
    root = request.config.rootpath
    settings = Settings()
    workshop = Workshop(knowledge(settings, ResultCache(None)), settings)
    now = {t.name: round(t.f1, 2) for t in measure(root / "tests/accuracy/corpus", workshop)}
    then = published((root / "docs/accuracy.md").read_text("utf-8"))
    assert then, "docs/accuracy.md holds no figures; run make accuracy"
    # A figure on ten clauses moves by several hundredths with one; the parser may differ by processor.
    fallen = {name: (f1, now.get(name, 0.0)) for name, f1 in then.items() if now.get(name, 0.0) < f1 - 0.03}
    assert not fallen, f"published, now: {fallen}"


def test_figures_of_a_tally():
    tally = Tally("x", 8, 2, 8)
    assert (tally.precision, tally.recall) == (0.8, 0.5)
    assert tally.f1 == pytest.approx(2 * 0.8 * 0.5 / 1.3)
    assert published(accuracy_page([tally])) == {"x": 0.62}


def test_bands_and_sentences_of_the_page():
    page = accuracy_page([Tally("hiring/skill-only-criteria", 8, 2, 8), Tally("confidence/high", 9, 1, 0)])
    assert "| high | 10 | 0.90 | 0.60 to 0.98 |" in page
    said = published_figures(page)
    assert list(said) == ["hiring/skill-only-criteria"]
    assert said["hiring/skill-only-criteria"].startswith("Precision 0.80 (0.49 to 0.94), recall 0.50 ")


def test_wilson_interval_matches_the_textbook():
    low, high = wilson(8, 10)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-3), pytest.approx(0.9433, abs=1e-3))
    assert wilson(0, 0) == (0.0, 1.0)
