"""The child process in which rulesets of unknown origin are compiled first; run as ``python -m
auditor.engine.probe``.

Reads a JSON list of ruleset definitions from stdin and prints one number per ruleset compiled. Limits
itself: the core
holds the interpreter's lock while it compiles, so that only the kernel can stop it.
"""

from __future__ import annotations

import json
import signal
import sys


def limit(seconds: float, mebibytes: int) -> None:
    """Set limits on address space and processor time, and an alarm with its default, deadly action."""
    try:
        import resource
    except ImportError:  # pragma: no cover - not on this platform; the parent's time-out remains
        return
    size = mebibytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def main(arguments: list[str]) -> int:
    """Compile every definition, printing its index; the exit code is 0 if all were."""
    definitions = json.load(sys.stdin)
    limit(float(arguments[0]), int(arguments[1]))
    import durable_rules_engine

    for index, definition in enumerate(definitions):
        try:
            handle = durable_rules_engine.create_ruleset(f"probe{index}", definition)
        except durable_rules_engine.error:
            return 1
        durable_rules_engine.delete_ruleset(handle)
        print(index, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
