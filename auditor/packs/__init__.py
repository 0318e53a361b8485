"""Rule packs: YAML in, a checked :class:`~auditor.model.rule.RulePack` out, and pages about its rules."""

from auditor.packs.examples import example_shortfalls
from auditor.packs.load import builtin_packs, load_pack, pack_folder
from auditor.packs.pages import RuleSummary, describe_rule, find_rule, list_rules, rule_page
from auditor.packs.scaffold import scaffold_rule
from auditor.packs.schema import pack_schema, rule_schema

__all__ = [
    "RuleSummary",
    "builtin_packs",
    "describe_rule",
    "example_shortfalls",
    "find_rule",
    "list_rules",
    "load_pack",
    "pack_folder",
    "pack_schema",
    "rule_page",
    "rule_schema",
    "scaffold_rule",
]
