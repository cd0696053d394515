"""What the rows of a column tell about the order of day and month, where no part above 12 does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.sources.written.stamps import NAT

#: Fewer different days than this prove nothing by their weekday or by their day of the month.
FEWEST_DAYS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which order the rows speak for, and a sentence that says why.

    `is_clean` where so read no row steps back in time; `is_strong` where it holds against the rest of the column.
    """

    day_first: bool
    sentence: str
    is_clean: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class _Walk:
    """How a column walks through time: steps against its general direction, all steps, and days walked altogether."""

    n_breaks: int
    n_steps: int
    length: int


def word(day_first: bool) -> str:
    """Return which part comes first."""
    return "day" if day_first else "month"


def walk(days: np.ndarray) -> _Walk:
    """Return how the rows walk through time; those without a day are passed over."""
    steps = np.diff(days[days != NAT])
    forward, back = int((steps > 0).sum()), int((steps < 0).sum())
    return _Walk(min(forward, back), forward + back, int(np.abs(steps).sum()))


def by_walk(as_day: np.ndarray, as_month: np.ndarray, n_either: int) -> Evidence | None:
    """Speak for the order in which the rows walk through time with fewer breaks, and not further unless with none.

    Parameters
    ----------
    as_day, as_month
        Days of the rows under either order, NAT where there is none, shape (rows,).
    n_either
        Rows that could be read both ways.

    Returns
    -------
    Evidence or None
        None where the two walks do not differ enough.
    """
    day, month = walk(as_day), walk(as_month)
    fewer = day.n_breaks - month.n_breaks
    never_back = min(day.n_breaks, month.n_breaks) == 0 and min(day.n_steps, month.n_steps) >= FEWEST_DAYS
    if fewer and (never_back or (fewer < 0) == (day.length < month.length)):
        day_first = fewer < 0
    elif not fewer and day.n_breaks and max(day.length, month.length) >= 2 * min(day.length, month.length):
        day_first = day.length < month.length
    else:
        return None
    chosen, other = (day, month) if day_first else (month, day)
    sentence = (
        f"Read with the {word(day_first)} first, the dates {_in_words(chosen)}; with the {word(not day_first)} first they "
        f"{_in_words(other, chosen)}."
    )
    is_strong = n_either >= 5 and other.n_breaks - chosen.n_breaks >= 3 and other.length >= 2 * chosen.length
    return Evidence(day_first, sentence, chosen.n_breaks == 0, is_strong)


def _in_words(one: _Walk, beside: _Walk | None = None) -> str:
    """Return how a walk goes, told beside the one that was chosen."""
    if not one.n_breaks:
        return "run in order"
    if beside is not None and one.n_breaks == beside.n_breaks:
        return "jump about more widely"
    times = {1: "once", 2: "twice"}.get(one.n_breaks, f"{one.n_breaks:,} times")
    return f"jump back {times}" if beside is None or beside.n_breaks == 0 else f"do so {times}"


def by_weekday(as_day: np.ndarray, as_month: np.ndarray) -> Evidence | None:
    """Speak for the order that puts nearly all different days on one weekday, where the other does not."""
    if min(len(as_day), len(as_month)) < FEWEST_DAYS:
        return None
    shares = [
        float(np.bincount((days + 3) % 7, minlength=7).max()) / len(days) for days in (as_day, as_month)
    ]
    if max(shares) < 0.9 or min(shares) > 0.5:
        return None
    day_first = shares[0] > shares[1]
    return Evidence(
        day_first, f"The {word(day_first)} comes first: so read, nearly all dates fall on one weekday."
    )


def by_day_of_month(as_day: np.ndarray, as_month: np.ndarray) -> Evidence | None:
    """Speak against the order that puts every date on the same day of different months, at uneven distances.

    4/2, 4/5, 4/9, 4/12 are days of one April, not the fourth of February, May, September and December. A true series
    of month beginnings goes on evenly, and is left to other evidence.
    """
    uneven = [_is_one_day_of_uneven_months(days) for days in (as_day, as_month)]
    if uneven[0] == uneven[1]:
        return None
    day_first = uneven[1]
    sentence = (
        f"The {word(day_first)} comes first: the other way every date would fall on the same day of the month, at uneven "
        "distances."
    )
    return Evidence(day_first, sentence)


def _is_one_day_of_uneven_months(days: np.ndarray) -> bool:
    if len(days) < FEWEST_DAYS:
        return False
    dates = np.sort(days).view("datetime64[D]")
    months = dates.astype("datetime64[M]")
    is_one_day = len(np.unique((dates - months.astype("datetime64[D]")).astype(np.int64))) == 1
    return bool(is_one_day and len(np.unique(np.diff(months.astype(np.int64)))) > 1)
