"""The writings of a column of dates under either order of day and month, ready for the vote."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.sources.written.stamps import NAT, Stamps, day_number


@dataclass(slots=True)
class Ballot:
    """The writings of a column under either order.

    Attributes
    ----------
    day_first, month_first
        Days since 1970-01-01 under either order, NAT where there is no such day, shape (writings,).
    walls
        The same with the time of day, seconds since 1970-01-01 00:00 on a London wall.
    shape_of
        The way of writing, -1 where the order does not matter, shape (writings,).
    shapes
        The names of the ways, e.g. ``00/00/0000 00:00``.
    codes
        Which writing each row has, shape (rows,).
    settled
        The days as far as they are settled, shape (writings,).
    """

    day_first: np.ndarray
    month_first: np.ndarray
    walls: tuple[np.ndarray, np.ndarray]
    shape_of: np.ndarray
    shapes: list[str]
    codes: np.ndarray
    settled: np.ndarray

    def settle(self, shape: int, day_first: bool, strictly: bool = False) -> None:
        """Read one way of writing in one order; what is no day so is read in the other order, unless `strictly`."""
        chosen, other = (
            (self.day_first, self.month_first) if day_first else (self.month_first, self.day_first)
        )
        days = chosen if strictly else np.where(chosen == NAT, other, chosen)
        self.settled = np.where(self.shape_of == shape, days, self.settled)

    def told(self, shape: int) -> tuple[int, int, int]:
        """Return the rows that can only be day first, only month first, and either with two different days."""
        n_rows = np.bincount(self.codes, minlength=len(self.settled))
        member = self.shape_of == shape
        has_day, has_month = self.day_first != NAT, self.month_first != NAT
        either = has_day & has_month & (self.day_first != self.month_first)
        return (
            int(n_rows[member & has_day & ~has_month].sum()),
            int(n_rows[member & ~has_day & has_month].sum()),
            int(n_rows[member & either].sum()),
        )

    def rows(self, shape: int, day_first: bool) -> np.ndarray:
        """Return the days of all settled rows, and of one way of writing in one order, shape (rows,)."""
        days = self.day_first if day_first else self.month_first
        return np.where(self.shape_of == shape, days, self.settled)[self.codes]

    def different(self, shape: int, day_first: bool) -> np.ndarray:
        """Return the different days of one way of writing in one order."""
        days = self.day_first if day_first else self.month_first
        return np.unique(days[(self.shape_of == shape) & (days != NAT)])


def open_ballot(stamps: Stamps) -> Ballot:
    """Return the writings under either order; those whose order does not matter are settled."""
    by_day, by_month = (
        [day_number(day) for day in days]
        for days in ([head.day_first for head in stamps.heads], [head.month_first for head in stamps.heads])
    )
    wall = stamps.wall(by_day)
    walls = (wall, wall if by_day == by_month else stamps.wall(by_month))
    day_first, month_first = (np.where(wall == NAT, NAT, wall // 86400) for wall in walls)
    shapes, shape_of = _shapes(stamps)
    settled = np.where(shape_of < 0, day_first, NAT)
    return Ballot(day_first, month_first, walls, shape_of, shapes, stamps.codes, settled)


def _shapes(stamps: Stamps) -> tuple[list[str], np.ndarray]:
    """Return the ways of writing day and month in digits, and which of them each writing has."""
    of_head = _head_shapes(stamps)
    of_clock = [clock.shape for clock in stamps.clocks]
    head_shapes, clock_shapes = (list(dict.fromkeys(shapes)) for shapes in (of_head, of_clock))
    head_at, clock_at = ({shape: n for n, shape in enumerate(s)} for s in (head_shapes, clock_shapes))
    pair = np.array([head_at[shape] for shape in of_head], dtype=np.int64)[stamps.head_of] * len(clock_shapes)
    pair += np.array([clock_at[shape] for shape in of_clock], dtype=np.int64)[stamps.clock_of]
    names: list[str] = []
    found = np.full(len(head_shapes) * len(clock_shapes), -1, dtype=np.int64)
    for code in np.unique(pair).tolist():
        head, clock = head_shapes[code // len(clock_shapes)], clock_shapes[code % len(clock_shapes)]
        if head is not None:
            found[code] = len(names)
            names.append(f"{head} {clock}".rstrip())
    return names, found[pair]


def _head_shapes(stamps: Stamps) -> list[str | None]:
    """Return the way of each date; 12/11/2026 goes with 01/02/2026 where there are such, else with 1/2/2026."""
    shapes = [head.shape if head.kind == "numbers" else None for head in stamps.heads]
    padded = {shape for shape in shapes if shape and shape.startswith("00")}
    return [
        _padded(shape) if shape and shape[0] == "?" and _padded(shape) in padded else _bare(shape)
        for shape in shapes
    ]


def _padded(shape: str) -> str:
    return shape.replace("?", "00")


def _bare(shape: str | None) -> str | None:
    return shape.replace("?", "0") if shape else None
