"""Print, and keep in docs/accuracy.md, how well the built-in pack agrees with the labelled policies."""

from pathlib import Path

from auditor.pipeline.accuracy import accuracy_page, measure
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Workshop

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    settings = Settings()
    workshop = Workshop(knowledge(settings, ResultCache(None)), settings)
    page = accuracy_page(measure(ROOT / "tests/accuracy/corpus", workshop))
    (ROOT / "docs/accuracy.md").write_text(page, "utf-8")
    print(page)


if __name__ == "__main__":
    main()
