"""Suppressions written into the document itself.

Markdown and HTML take them as comments, text as a line of its own in square brackets::

    <!-- auditor: allow empowerment/mandatory-approval -- agreed with the works council; owner: HR; review by 2027-06-30 -->
    [auditor: allow hiring -- see the recruitment guide; owner: HR; review by 2027-06-30]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditor.text.comments import COMMENT, TEXT_LINE, blank_code
from auditor.text.encoding import decode, unify_lines

_FORM = re.compile(r"allow\s+(?P<rules>\S.*?)(?:\s+(?:--+|—|–)\s+(?P<rest>.*))?$", re.S)
_OWNER = re.compile(r"owner\s*[:=]?\s+(.+)", re.I)
_REVIEW = re.compile(r"review[\s-]by\s*[:=]?\s+(.+)", re.I)


@dataclass(frozen=True, slots=True)
class Directive:
    """A suppression comment: where it begins and on which line it ends, the rules it names, and what it says.

    ``problem`` says what is missing or wrong; such a comment suppresses nothing.
    """

    line: int
    column: int
    end_line: int
    rules: tuple[str, ...]
    reason: str = ""
    owner: str = ""
    review_by: str = ""
    problem: str = ""


def directives(data: bytes, format: str) -> tuple[Directive, ...]:
    """The suppression comments of a Markdown, HTML or text file; none for other formats."""
    if format not in ("markdown", "html", "text"):
        return ()
    text = unify_lines(decode(data)[0])
    if "auditor:" not in text:
        return ()
    pattern = TEXT_LINE if format == "text" else COMMENT
    searched = blank_code(text) if format == "markdown" else text
    return tuple(_directives(searched, pattern.finditer(searched)))


def _directives(text: str, found: Iterable[re.Match[str]]) -> Iterator[Directive]:
    for match in found:
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        yield _parse(" ".join(match[1].split()), (line, column, line + match[0].count("\n")))


def _parse(words: str, place: tuple[int, int, int]) -> Directive:
    form = _FORM.match(words)
    if form is None:
        return Directive(
            *place, (), problem='is not of the form "allow RULE -- reason; owner: …; review by …"'
        )
    rules = tuple(part for part in re.split(r"[\s,]+", form["rules"]) if part)
    reason, owner, review = _said(form["rest"] or "")
    missing = [n for n, v in (("reason", reason), ("owner", owner), ("review by", review)) if not v]
    problem = f"lacks {', '.join(missing)}" if missing else date_problem(review)
    return Directive(*place, rules, reason, owner, review, problem)


def _said(rest: str) -> tuple[str, str, str]:
    reason, owner, review = [], "", ""
    for part in (piece.strip() for piece in rest.split(";")):
        if found := _OWNER.fullmatch(part):
            owner = found[1]
        elif found := _REVIEW.fullmatch(part):
            review = found[1]
        elif part:
            reason.append(part)
    return "; ".join(reason), owner, review


def date_problem(text: str) -> str:
    """What is wrong with a review-by date, "" if nothing."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"has the review-by date {text!r}; write it as 2027-06-30"
    return ""
