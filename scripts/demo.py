"""Audit the sample policies and write the report in every format that does not need one certain input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ENDINGS = ("json", "md", "html", "docx", "pdf", "xlsx", "sarif", "csv", "xml", "gitlab.json")


def main(folder: Path) -> int:
    from auditor.errors import AuditorError
    from auditor.reporting import format_for

    outputs = []
    for ending in ENDINGS:
        try:
            format_for(f"report.{ending}")
        except AuditorError:
            continue
        outputs += ["-o", str(folder / f"report.{ending}")]
    command = [str(Path(sys.executable).with_name("auditor")), "audit", "sample_policies", "--exit-zero"]
    done = subprocess.run(
        [*command, *outputs, "--format", "terminal", "--color", "never"], stdout=subprocess.PIPE, check=False
    )
    (folder / "report.txt").write_bytes(done.stdout)
    sys.stdout.buffer.write(done.stdout)
    sys.stdout.flush()
    print(f"\nThe reports are in {folder}/:")
    for file in sorted(folder.iterdir()):
        print(f"  {file}  ({file.stat().st_size:,} bytes)")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")))
