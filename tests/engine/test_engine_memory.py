"""Memory does not grow with the number of documents."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os
from auditor.engine.network import Network
from auditor.engine.plan import Production
from auditor.model.fact import Fact
from auditor.model.rule import Condition, Test

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

rules = [Production(f"r{i}", (Condition("a", "k", (Test("v", "eq", (i % 7, "x")),)),)) for i in range(60)]
rules += [
    Production(f"j{i}", (Condition("a", "k"), Condition("b", "q", (Test("clause", "join", ("a", "clause")),))))
    for i in range(20)
]
network = Network(rules)

def documents(count, offset):
    for n in range(count):
        facts = [Fact(f"x{i}", "kq"[i % 2], f"c{i // 4}", 0, 0, f"d{offset + n}", (("v", i % 9),)) for i in range(12)]
        assert network.run(facts)

documents(300, 0)
start = resident()
documents(1000, 300)
middle = resident()
documents(1000, 1300)
end = resident()
print(middle - start, end - middle)
"""


def test_the_second_thousand_documents_cost_no_more_memory_than_the_first() -> None:
    child = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120, check=True
    )
    first, second = map(int, child.stdout.split())
    assert second <= max(first, 0) + 512 * 1024
