"""Make docs/images/page.png: the page of a sample report, as Chromium shows it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = "sample_policies/retail-handbook.docx"
WIDTH, HEIGHT = 1200, 950
LARGEST = 250_000


def main(target: Path) -> int:
    from playwright.sync_api import sync_playwright

    from auditor.pipeline.auditing import audit
    from auditor.pipeline.settings import Settings, Source
    from auditor.reporting.html import render_html

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        print("no Chromium found; install one and try again", file=sys.stderr)
        return 2
    page_text = render_html(audit([Source(SAMPLE)], Settings()))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "report.html"
        file.write_text(page_text, "utf-8")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(file.as_uri())
        page.screenshot(path=target)
        browser.close()
    size = target.stat().st_size
    print(f"{target}: {size:,} bytes")
    return 0 if size <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images/page.png"))
