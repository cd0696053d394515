"""Lines, hatches and marks as SVG paths, as the drawing library of the screens draws them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Place = tuple[float, float]

#: How far a mark reaches from its middle, over half its size, so that all seem equally large.
DIAMOND_REACH, TRIANGLE_REACH, STAR_REACH, STAR_WAIST = 1.3, 2 / math.sqrt(3), 1.4, 0.55


def number(value: float) -> str:
    """Write a length in px with one decimal at most; the same on every machine."""
    return f"{round(float(value), 1) + 0.0:.1f}".removesuffix(".0")


def line_path(places: Sequence[Place | None], shape: str = "linear") -> str:
    """Return a line through places; a missing one breaks it.

    Parameters
    ----------
    places
        In px; None breaks the line.
    shape
        ``linear``; ``hv``: across, then up or down; ``hvh``: across to the middle, up or down, and across.
    """
    path: list[str] = []
    pen: Place | None = None
    for place in places:
        if place is None:
            pen = None
            continue
        corners = [place] if pen is None else [*_corners(pen, place, shape), place]
        path += [
            f"{'M' if pen is None and at == 0 else 'L'}{number(x)} {number(y)}"
            for at, (x, y) in enumerate(corners)
        ]
        pen = place
    return "".join(path)


def _corners(first: Place, last: Place, shape: str) -> list[Place]:
    if shape == "hv":
        return [(last[0], first[1])]
    if shape == "hvh":
        middle = (first[0] + last[0]) / 2
        return [(middle, first[1]), (middle, last[1])]
    return []


def hatch(corners: Sequence[Place], apart: float) -> str:
    """Return rising lines that fill the box round some corners, `apart` px from each other."""
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    path = []
    for start in _from(left - (bottom - top), right, apart * math.sqrt(2)):
        x0, x1 = max(start, left), min(start + bottom - top, right)
        if x1 > x0:
            path.append(
                f"M{number(x0)} {number(bottom - (x0 - start))}L{number(x1)} {number(bottom - (x1 - start))}"
            )
    return "".join(path)


def _from(first: float, last: float, step: float) -> Iterator[float]:
    at = first + step
    while at < last:
        yield at
        at += step


def mark_svg(symbol: str, place: Place, size: float, inks: str) -> str:
    """Return a mark of a chart.

    Parameters
    ----------
    symbol
        ``circle``, ``diamond``, ``square``, ``triangle-up``, ``triangle-down`` or ``star``.
    place
        Its middle, px.
    size
        Its diameter, px.
    inks
        Attributes of fill and edge.

    Raises
    ------
    KeyError
        Where the symbol is none of these: a mark that the screen shows must not be missing on paper.
    """
    x, y, half = *place, size / 2
    if symbol == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {inks}/>'
    corners = OUTLINES[symbol]
    points = " ".join(f"{number(x + dx * half)},{number(y + dy * half)}" for dx, dy in corners)
    return f'<polygon points="{points}" {inks}/>'


def _star() -> list[Place]:
    reach = [STAR_REACH, STAR_WAIST] * 5
    angles = [math.pi * step / 5 for step in range(10)]
    return [(far * math.sin(angle), -far * math.cos(angle)) for far, angle in zip(reach, angles, strict=True)]


OUTLINES: dict[str, list[Place]] = {
    "diamond": [(0, -DIAMOND_REACH), (DIAMOND_REACH, 0), (0, DIAMOND_REACH), (-DIAMOND_REACH, 0)],
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "triangle-up": [(-TRIANGLE_REACH, 0.5), (TRIANGLE_REACH, 0.5), (0, -1)],
    "triangle-down": [(-TRIANGLE_REACH, -0.5), (TRIANGLE_REACH, -0.5), (0, 1)],
    "star": _star(),
}
