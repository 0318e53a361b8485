import json
import subprocess
import sys

import pytest

HEAVY = (
    "spacy",
    "pdfminer",
    "docx",
    "durable",
    "durable_rules_engine",
    "lxml",
    "pikepdf",
    "reportlab",
    "xlsxwriter",
    "jsonschema",
    "rich",
)


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["rules", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys, json\nfrom auditor.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as stop:\n    assert stop.code == 0\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr)}
    assert not loaded & set(HEAVY)
    assert "click" in loaded
