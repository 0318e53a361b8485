"""Between the page as shown and the page's own coordinates (which highlights and notes use)."""

from __future__ import annotations

Rectangle = tuple[float, float, float, float]


def to_user_space(box: Rectangle, media: Rectangle, rotate: int) -> Rectangle:
    """A rectangle of a shown page (origin at its lower left) in the coordinates of its content.

    ``media`` is the page's MediaBox and ``rotate`` its Rotate entry in degrees.
    """
    left, bottom, right, top = media
    x0, y0, x1, y1 = box
    turned = {
        0: (x0 + left, y0 + bottom, x1 + left, y1 + bottom),
        90: (right - y1, x0 + bottom, right - y0, x1 + bottom),
        180: (right - x1, top - y1, right - x0, top - y0),
        270: (y0 + left, top - x1, y1 + left, top - x0),
    }
    return turned[rotate % 360 if rotate % 90 == 0 else 0]


def to_shown_page(box: Rectangle, media: Rectangle, rotate: int) -> Rectangle:
    """The inverse of :func:`to_user_space`."""
    left, bottom, right, top = media
    x0, y0, x1, y1 = box
    turned = {
        0: (x0 - left, y0 - bottom, x1 - left, y1 - bottom),
        90: (y0 - bottom, right - x1, y1 - bottom, right - x0),
        180: (right - x1, top - y1, right - x0, top - y0),
        270: (top - y1, x0 - left, top - y0, x1 - left),
    }
    return turned[rotate % 360 if rotate % 90 == 0 else 0]
