"""Facts and a rule pack in, conclusions out: durable_rules in the subset in which it is sound.

The strata, each complete before the next begins: facts of clauses → matches → guarded or active → rules over
matches → tallies of sections → absences → findings, strengths and counsel notes.
"""

from auditor.engine.compiled import CompiledPack, compile_checked, compile_pack
from auditor.engine.evaluate import evaluate
from auditor.engine.network import Budget

__all__ = ["Budget", "CompiledPack", "compile_checked", "compile_pack", "evaluate"]
