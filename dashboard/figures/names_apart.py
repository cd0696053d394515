"""On which side of its mark each name stands, so that names cover neither each other nor a mark."""

from __future__ import annotations

from collections.abc import Sequence

#: Plotly's words for the sides, in the order in which they are tried.
SIDES = ("top center", "bottom center", "middle right", "middle left")

#: Size of a letter and half the size of a mark, px: what a name and a mark take up.
LETTER, LINE, MARK = 7.0, 15.0, 8.0

Box = tuple[float, float, float, float]


def sides(names: Sequence[str], spots: Sequence[tuple[float, float]]) -> list[str]:
    """Return the side of each name; where every side is taken, above.

    Parameters
    ----------
    names
        As drawn.
    spots
        Where each mark stands, px from the left and from the top.
    """
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in spots]
    taken: list[Box] = []
    chosen = []
    for at, (name, spot) in enumerate(zip(names, spots, strict=True)):
        others = [*taken, *(mark for other, mark in enumerate(marks) if other != at)]
        boxes = {side: _box(name, spot, side) for side in SIDES}
        free = [side for side in SIDES if not any(_overlap(boxes[side], other) for other in others)]
        side = free[0] if free else SIDES[0]
        taken.append(boxes[side])
        chosen.append(side)
    return chosen


def _box(name: str, spot: tuple[float, float], side: str) -> Box:
    width, (x, y) = LETTER * len(name), spot
    if side == "middle right":
        return x + MARK, y - LINE / 2, x + MARK + width, y + LINE / 2
    if side == "middle left":
        return x - MARK - width, y - LINE / 2, x - MARK, y + LINE / 2
    top = y - MARK - LINE if side == "top center" else y + MARK
    return x - width / 2, top, x + width / 2, top + LINE


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
