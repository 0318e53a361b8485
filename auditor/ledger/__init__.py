"""What an organisation has said of its findings: suppressions, waivers, a baseline; and what an edition changed."""

from auditor.ledger.baseline import BaselineEntry, Ratchet, dump_baseline, parse_baseline, ratchet
from auditor.ledger.comments import Directive, directives
from auditor.ledger.suppress import Suppressed, suppress, waiver_notices
from auditor.ledger.waivers import Waiver, parse_waivers, waiver_schema

__all__ = [
    "BaselineEntry",
    "Directive",
    "Ratchet",
    "Suppressed",
    "Waiver",
    "directives",
    "dump_baseline",
    "parse_baseline",
    "parse_waivers",
    "ratchet",
    "suppress",
    "waiver_notices",
    "waiver_schema",
]
