"""How long an audit takes, beside what it stands on; every figure is the median of fresh processes.

1. A handbook of about 10,000 words in Markdown, against spaCy alone over the same text (the audit may take a
second more). 2. The same again, remembered, against importing click (0.3 s more). 3. The engine's share of
the audit (under a tenth).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = 10_000
SPACY = """
import sys
from auditor.language.parser import load_model
nlp = load_model()
for text in open(sys.argv[1], encoding="utf-8").read().split("\\n\\n"):
    nlp(text)
"""
SHARE = """
import sys, time
from pathlib import Path
import auditor.engine as engine
from auditor.pipeline.knowledge import digest
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import read_tree, workshop
spent = 0.0
whole = engine.evaluate
def timed(*given, **named):
    global spent
    start = time.perf_counter()
    try:
        return whole(*given, **named)
    finally:
        spent += time.perf_counter() - start
engine.evaluate = timed
settings = Settings()
tools = workshop(settings, tuple(digest(p) for p in settings.packs), None)
start = time.perf_counter()
tools.examine(read_tree(Path(sys.argv[1]).read_bytes(), sys.argv[1], None, settings))
print(spent / (time.perf_counter() - start))
"""


def handbook(folder: Path) -> Path:
    """About 10,000 words from the Markdown samples, each round in other words so that nothing repeats."""
    text = "\n\n".join(
        p.read_text("utf-8") for p in sorted((ROOT / "sample_policies").glob("*.md")) if p.name != "README.md"
    )
    rounds, words = [], 0
    while words < WORDS:
        rounds.append(
            text.replace("customer", ("customer", "guest", "client", "buyer", "member")[len(rounds) % 5])
        )
        words += len(text.split())
    file = folder / "handbook.md"
    file.write_text("\n\n".join(rounds), "utf-8")
    return file


def seconds(command: list[str], folder: Path, times: int = 3) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "AUDITOR_CACHE_DIR": str(folder / "cache")},
        )
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def main() -> int:
    auditor = str(Path(sys.executable).with_name("auditor"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = str(handbook(folder))
        audit = [auditor, "audit", file, "--format", "json", "--exit-zero", "-q"]
        first = seconds([*audit, "--no-cache"], folder)
        parse = seconds([sys.executable, "-c", SPACY, file], folder)
        seconds(audit, folder, 1)
        again = seconds(audit, folder)
        click = seconds([sys.executable, "-c", "import click"], folder)
        share = subprocess.run(
            [sys.executable, "-c", SHARE, file], capture_output=True, text=True, check=False
        ).stdout
    for name, spent, beside, figure in (
        (f"audit of {WORDS} words", first, "spaCy alone", parse),
        ("the same, remembered", again, "import click", click),
    ):
        print(f"{name:24} {spent:6.2f} s   {beside:12} {figure:6.2f} s   difference {spent - figure:5.2f} s")
    print(f"the engine's share       {float(share or 'nan'):6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
