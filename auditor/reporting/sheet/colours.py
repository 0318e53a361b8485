"""A colour for each dimension, told apart by colour-blind readers too, and always beside a name in words."""

from __future__ import annotations

from collections.abc import Mapping

Colour = tuple[float, float, float]

# Paul Tol's "light" scheme, made for fills behind text, and two more of the same lightness.
_PALETTE: tuple[Colour, ...] = (
    (0.933, 0.533, 0.400),
    (0.933, 0.867, 0.533),
    (0.467, 0.667, 0.867),
    (1.000, 0.667, 0.733),
    (0.600, 0.867, 1.000),
    (0.267, 0.733, 0.600),
    (0.733, 0.800, 0.200),
    (0.667, 0.667, 0.000),
    (0.800, 0.700, 0.900),
    (0.867, 0.867, 0.867),
)
LEFT_ALONE: Colour = (0.85, 0.85, 0.85)


def colours(dimensions: Mapping[str, object]) -> Mapping[str, Colour]:
    """The colour of each dimension, in their order."""
    return {name: _PALETTE[at % len(_PALETTE)] for at, name in enumerate(dimensions)}
