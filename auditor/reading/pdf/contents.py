"""Tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from auditor.model.document import Dropped
from auditor.reading.pdf.rows import Row

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:…\s?){2,}|_{4,}|·{4,}|-{6,}")
_LEADER_END = re.compile(
    r"(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}|·{4,}|-{6,})[\s.…_]*(?:\d{1,4}|[ivxlc]{1,6})?\s*$"
)
_PAGE_END = re.compile(r"\s(\d{1,4}|[ivxl]{1,5})$")
_TITLE = re.compile(r"^\W*(?:table\s+of\s+)?contents?\W*(?:page)?\W*$|^\W*index\W*$", re.IGNORECASE)
_LETTERS = re.compile(r"[^a-z]+")


def without_contents(rows: Sequence[Row], pages: int) -> tuple[list[Row], list[Dropped]]:
    """Rows without tables of contents: led by dots, ending in page numbers, or titles that come again."""
    marks = [_leads(row) for row in rows]
    drop = {i for i, lead in enumerate(marks) if lead and _company(marks, i)}
    drop |= _after_title(rows, pages)
    drop |= _numbered_runs(rows, pages)
    dropped: Counter[int] = Counter()
    samples: dict[int, str] = {}
    for i in sorted(drop):
        dropped[rows[i].page] += len(rows[i].text.replace(" ", ""))
        samples.setdefault(rows[i].page, rows[i].text[:80])
    kept = [row for i, row in enumerate(rows) if i not in drop]
    return kept, [
        Dropped("table of contents", size, page, samples[page]) for page, size in sorted(dropped.items())
    ]


def _leads(row: Row) -> bool:
    text = row.text
    if not _LEADER.search(text):
        return False
    found = _LEADER_END.search(text)
    return bool(found and re.search(r"\d|[ivxlc]$", found[0]))


def _company(marks: Sequence[bool], index: int) -> bool:
    return sum(marks[max(0, index - 3) : index + 4]) >= 3


def _letters(text: str) -> str:
    return _LETTERS.sub("", _PAGE_END.sub("", text).lower())


def _after_title(rows: Sequence[Row], pages: int) -> set[int]:
    drop: set[int] = set()
    later = Counter(_letters(row.text) for row in rows)
    for start, row in enumerate(rows):
        if not _TITLE.match(row.text) or start in drop:
            continue
        found = _entries(rows, start, later, pages)
        if len(found) >= 3:
            drop |= {start, *found}
    return drop


def _entries(rows: Sequence[Row], start: int, later: Counter[str], pages: int) -> set[int]:
    found: set[int] = set()
    misses: list[int] = []
    last = 0
    ended = 0
    for i in range(start + 1, len(rows)):
        text = rows[i].text
        key = _letters(text)
        page = _PAGE_END.search(text)
        value = int(page[1]) if page and page[1].isdigit() else 0
        if _leads(rows[i]) or (value and last <= value <= pages + 30):
            last = value or last
            ended += 1
        elif not key or (later[key] >= 2 and len(text) <= 120 and not (found and later[key] == 1)):
            pass
        else:
            misses.append(i)
            if len(misses) > 2:
                break
            continue
        if key and key in {_letters(rows[k].text) for k in found} and not value and not _leads(rows[i]):
            break
        found |= {i, *misses}
        misses = []
    return found


def _numbered_runs(rows: Sequence[Row], pages: int) -> set[int]:
    """Four or more rows in a row that end in ascending page numbers and whose titles come again."""
    later = Counter(_letters(row.text) for row in rows)
    drop: set[int] = set()
    run: list[int] = []
    last = 0
    for i, row in enumerate(rows):
        page = _PAGE_END.search(row.text)
        value = int(page[1]) if page and page[1].isdigit() else 0
        if value and last <= value <= pages + 30 and not row.cells:
            run.append(i)
            last = value
            continue
        drop |= _told_again(rows, run, later)
        run, last = ([i], value) if 0 < value <= pages + 30 and not row.cells else ([], 0)
    return drop | _told_again(rows, run, later)


def _told_again(rows: Sequence[Row], run: Sequence[int], later: Counter[str]) -> set[int]:
    again = sum(1 for i in run if later[_letters(rows[i].text)] >= 2)
    return set(run) if len(run) >= 4 and again >= 0.5 * len(run) else set()
