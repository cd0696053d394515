"""Which comes first, the day or the month? Decided by the whole column, and said.

A part above 12 decides; else the order in which the rows follow one another in time; else what another column of the
sheet told; else the day comes first, as is usual in Britain, and that is said to be an assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.sources.stamps import NAT, Stamps, day_number

AS_WRITTEN, DAY_FIRST, MONTH_FIRST = "as-written", "day-first", "month-first"


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How one way of writing dates was read.

    Attributes
    ----------
    shape
        The way of writing, e.g. ``0/0/0000 00:00``.
    day_first
        Whether 03/04/2026 is 3 April.
    n_telling, n_either
        Rows that can only be read one way; rows that could be read both ways.
    evidence
        A sentence for the Data page.
    is_sure
        False where nothing tells and the order is assumed.
    """

    shape: str
    day_first: bool
    n_telling: int
    n_either: int
    evidence: str
    is_sure: bool = True


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
        The names of the ways.
    codes
        Which writing each row has.
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


def open_ballot(stamps: Stamps) -> Ballot:
    """Return the writings under either order; those whose order does not matter are settled."""
    by_day, by_month = (
        [day_number(day) for day in days]
        for days in ([head.day_first for head in stamps.heads], [head.month_first for head in stamps.heads])
    )
    wall = stamps.wall(by_day)
    walls = (wall, wall if by_day == by_month else stamps.wall(by_month))
    day_first, month_first = (_days(wall) for wall in walls)
    shapes, shape_of = _shapes(stamps)
    settled = np.where(shape_of < 0, day_first, NAT)
    return Ballot(day_first, month_first, walls, shape_of, shapes, stamps.codes, settled)


def _shapes(stamps: Stamps) -> tuple[list[str], np.ndarray]:
    """Return the ways of writing day and month in digits, and which of them each writing has."""
    of_head = [head.shape if head.kind == "numbers" else None for head in stamps.heads]
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


def _days(wall: np.ndarray) -> np.ndarray:
    return np.where(wall == NAT, NAT, wall // 86400)


def vote(ballot: Ballot, order: str, others: Sequence[DateOrder]) -> list[DateOrder]:
    """Settle every way of writing in `ballot` and say how.

    Parameters
    ----------
    ballot
        Changed: `settled` is filled.
    order
        ``as-written`` to vote, else the order that somebody has said.
    others
        What another column of the same sheet told.
    """
    n_rows = np.bincount(ballot.codes, minlength=len(ballot.settled))
    found: dict[int, DateOrder] = {}
    quiet: list[tuple[int, int]] = []
    for shape in range(len(ballot.shapes)):
        n_day, n_month, n_either = _told(ballot, shape, n_rows)
        if order != AS_WRITTEN:
            found[shape] = _said(ballot, shape, order == DAY_FIRST, n_day, n_month, n_either)
        elif n_day or n_month:
            found[shape] = _by_parts(ballot, shape, n_day, n_month, n_either)
        else:
            quiet.append((-n_either, shape))
    for n, shape in sorted(quiet):
        found[shape] = _by_rows(ballot, shape, -n) or _by_others(ballot, shape, -n, others)
    return [found[shape] for shape in sorted(found) if found[shape].n_telling or found[shape].n_either]


def _told(ballot: Ballot, shape: int, n_rows: np.ndarray) -> tuple[int, int, int]:
    """Return the rows that can only be day first, only month first, and either with two different days."""
    member = ballot.shape_of == shape
    has_day, has_month = ballot.day_first != NAT, ballot.month_first != NAT
    either = has_day & has_month & (ballot.day_first != ballot.month_first)
    return (
        int(n_rows[member & has_day & ~has_month].sum()),
        int(n_rows[member & ~has_day & has_month].sum()),
        int(n_rows[member & either].sum()),
    )


def _settle(ballot: Ballot, shape: int, day_first: bool, strictly: bool = False) -> None:
    """Read one way of writing in one order; cells that have no such day are read in the other unless `strictly`."""
    chosen, other = ballot.day_first, ballot.month_first
    if not day_first:
        chosen, other = other, chosen
    days = chosen if strictly else np.where(chosen == NAT, other, chosen)
    ballot.settled = np.where(ballot.shape_of == shape, days, ballot.settled)


def _word(day_first: bool) -> str:
    return "day" if day_first else "month"


def _said(ballot: Ballot, shape: int, day_first: bool, n_day: int, n_month: int, n_either: int) -> DateOrder:
    _settle(ballot, shape, day_first, strictly=True)
    against = n_month if day_first else n_day
    evidence = f"The mapping says that the {_word(day_first)} comes first."
    if against:
        evidence += f" {against} {'row' if against == 1 else 'rows'} cannot be read so and have no date."
    return DateOrder(ballot.shapes[shape], day_first, n_day + n_month, n_either, evidence)


def _by_parts(ballot: Ballot, shape: int, n_day: int, n_month: int, n_either: int) -> DateOrder:
    day_first = n_day >= n_month
    _settle(ballot, shape, day_first)
    most, least = max(n_day, n_month), min(n_day, n_month)
    evidence = (
        f"The {_word(day_first)} comes first: in {most} {'row' if most == 1 else 'rows'} nothing else makes a date, "
        f"and {n_either} could be read both ways."
    )
    if least:
        evidence = (
            f"The column is mixed: {n_day} rows can only be read with the day first, {n_month} only with the month first. "
            f"The {n_either} that could be read both ways follow the rows round them, else the {_word(day_first)} comes first."
        )
    return DateOrder(ballot.shapes[shape], day_first, n_day + n_month, n_either, evidence, is_sure=not least)


@dataclass(frozen=True, slots=True)
class _Walk:
    """How a column walks through time: steps against its general direction, and days walked altogether."""

    n_breaks: int
    length: int


def _walk(days: np.ndarray) -> _Walk:
    steps = np.diff(days[days != NAT])
    return _Walk(int(min((steps > 0).sum(), (steps < 0).sum())), int(np.abs(steps).sum()))


def _by_rows(ballot: Ballot, shape: int, n_either: int) -> DateOrder | None:
    """Decide by the order of the rows: the true reading walks through time with fewer breaks, and not further."""
    shape_of_row, settled = ballot.shape_of[ballot.codes], ballot.settled[ballot.codes]
    member = shape_of_row == shape
    as_day, as_month = (
        _walk(np.where(member, days[ballot.codes], settled))
        for days in (ballot.day_first, ballot.month_first)
    )
    day_first = _shorter(as_day, as_month)
    if day_first is None:
        return None
    _settle(ballot, shape, day_first)
    chosen, other = (as_day, as_month) if day_first else (as_month, as_day)
    evidence = (
        f"The {_word(day_first)} comes first: so read, the rows go back in time {chosen.n_breaks} times over "
        f"{chosen.length} days; the other way {other.n_breaks} times over {other.length} days."
    )
    return DateOrder(ballot.shapes[shape], day_first, 0, n_either, evidence)


def _shorter(as_day: _Walk, as_month: _Walk) -> bool | None:
    """Return whether day first is the better walk; None where the two do not differ enough."""
    fewer = as_day.n_breaks - as_month.n_breaks
    if fewer and (fewer < 0) == (as_day.length < as_month.length):
        return fewer < 0
    longest, shortest = max(as_day.length, as_month.length), min(as_day.length, as_month.length)
    if not fewer and as_day.n_breaks and longest >= 2 * shortest:
        return as_day.length < as_month.length
    return None


def _by_others(ballot: Ballot, shape: int, n_either: int, others: Sequence[DateOrder]) -> DateOrder:
    """Decide by another column of the sheet, else assume the day first."""
    told = {other.day_first for other in others if other.is_sure}
    day_first = told.pop() if len(told) == 1 else True
    is_sure = bool(others) and any(other.is_sure and other.day_first == day_first for other in others)
    _settle(ballot, shape, day_first)
    evidence = (
        f"Nothing in this column tells; another column of the sheet has the {_word(day_first)} first."
        if is_sure
        else "Nothing tells whether the day or the month comes first; the day is taken to, as is usual in Britain."
    )
    return DateOrder(ballot.shapes[shape], day_first, 0, n_either, evidence, is_sure)
