"""What packs take from each other: frames that one pack extends for another, and facts that a rule needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditor.errors import PackError
from auditor.model.rule import Condition, Rule, RulePack
from auditor.packs import builtin_packs, load_pack
from auditor.text.suggest import suggestion

Frame = Mapping[str, Any]
CONCLUDED = frozenset({"match", "strength", "tally"})
"""Kinds of facts that the engine concludes itself; all others are made by frames."""


def joined_frames(packs: Sequence[RulePack]) -> tuple[Frame, ...]:
    """The frames of several packs; a frame that ``extends`` another adds its ``derive``, ``fill`` and ``forms``
    to it and is none of its own. One that extends an unknown frame stays, for :func:`check_needs` to tell.
    """
    frames = [frame for pack in packs for frame in pack.frames]
    own = {frame["frame"]: dict(frame) for frame in frames if "extends" not in frame and "frame" in frame}
    for frame in frames:
        target = own.get(frame.get("extends", ""))
        if target is not None:
            target["derive"] = {**(target.get("derive") or {}), **(frame.get("derive") or {})}
            for key in ("fill", "forms"):
                added = frame.get(key) or ()
                target[key] = [*(target.get(key) or ()), *added]
    return tuple(
        own.get(frame.get("frame", ""), frame) for frame in frames if frame.get("extends", "") not in own
    )


def check_needs(packs: Sequence[RulePack], frames: Sequence[Frame]) -> None:
    """Raise PackError for every rule that needs a fact, and every frame that extends one, which no pack has."""
    kinds = {str(frame.get("kind")) for frame in frames if frame.get("kind")} | CONCLUDED
    lost = [
        (pack, frame) for pack in packs for frame in pack.frames if frame in frames and "extends" in frame
    ]
    unmet = [(pack, rule, kind) for pack in packs for rule in pack.rules for kind in _kinds(rule) - kinds]
    if not lost and not unmet:
        return
    makers = _makers(packs)
    names = [pack.id for pack in packs]
    problems = []
    for pack, frame in lost:
        name = str(frame["extends"])
        where = f"{pack.id}/{frame.get('path', 'frames')}:1:1"
        told = _advice(makers["frame"].get(name), names) or suggestion(name, _names(frames))
        problems.append(f"{where}: extends the frame {name!r}, which no loaded pack has{told}")
    for pack, rule, kind in sorted(unmet, key=lambda one: (one[0].id, one[1].path, one[2])):
        where = f"{pack.id}/{rule.path or rule.id}:{rule.line}:1"
        told = _advice(makers["kind"].get(kind), names) or suggestion(kind, kinds)
        problems.append(f"{where}: {rule.id} needs the fact {kind!r}, which no loaded pack makes{told}")
    raise PackError(tuple(dict.fromkeys(problems)))


def _names(frames: Sequence[Frame]) -> set[str]:
    return {str(frame["frame"]) for frame in frames if "frame" in frame}


def _kinds(rule: Rule) -> set[str]:
    return {condition.kind for condition in _conditions(rule)}


def _conditions(rule: Rule) -> Iterator[Condition]:
    for conditions in rule.when:
        yield from conditions
    absence = (rule.options or {}).get("absence") or {}
    for side in ("present", "lacking"):
        for conditions in absence.get(side, ()):
            yield from conditions


def _makers(packs: Sequence[RulePack]) -> Mapping[str, Mapping[str, str]]:
    """Which built-in pack that is not loaded has a frame, by ``kind`` of its facts and by its name (``frame``)."""
    found: dict[str, dict[str, str]] = {"kind": {}, "frame": {}}
    for name in set(builtin_packs()) - {pack.id for pack in packs}:
        for frame in load_pack(name).frames:
            for key, known in found.items():
                if frame.get(key):
                    known.setdefault(str(frame[key]), name)
    return found


def _advice(maker: str | None, names: Sequence[str]) -> str:
    return f"; {maker} does, so load both: --packs {','.join((maker, *names))}" if maker else ""
