"""A new rule file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

from auditor.errors import ConfigError

_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
_TEMPLATE = """\
id: {id}
kind: pattern
title: {title}
dimension: {dimension}
severity: warning
rationale: >
  Say in one or two sentences why a clause like this stands between people and customers.
source: your own experience
message: "This clause says {{act|something}} that this rule is about"

when:                          # any of these
  - {{fact: approval, polarity: required}}
guards: [legal, ethical, financial, reputation]

rewrite:
  - text: "Say here how the clause could read"
    applicability: idea

examples:                      # at least 6 flagged, 3 guarded and 6 clear
  flagged:
    - "A clause that must be found."
  guarded:
    - {{text: "A clause that is left alone for a law.", guard: legal}}
  clear:
    - "A near miss that must not be found."
"""


def scaffold_rule(path: str | Path, rule_id: str) -> Path:
    """Write a first version of the rule ``dimension/name`` into the pack folder ``path``; its file.

    Raises ConfigError for a malformed id, a folder without a ``pack.yaml``, or a file that exists.
    """
    if not _ID.fullmatch(rule_id):
        raise ConfigError(f"{rule_id!r} is no rule id; write dimension/name in lower case, with hyphens")
    folder = Path(path)
    if not (folder / "pack.yaml").is_file():
        raise ConfigError(f"{folder} is no pack: it has no pack.yaml")
    target = folder / f"{rule_id}.yaml"
    if target.exists():
        raise ConfigError(f"{target} exists; choose another name")
    dimension, _, name = rule_id.partition("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    title = name.replace("-", " ").capitalize()
    target.write_text(_TEMPLATE.format(id=rule_id, title=title, dimension=dimension), encoding="utf-8")
    return target
