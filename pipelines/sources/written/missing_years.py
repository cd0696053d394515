"""The year of a date without one: that of the dates round it, else the one in the sheet's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import numpy as np

from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.row_texts import RowTexts
from pipelines.sources.written.stamps import NAT, Stamps, day_number, neighbours
from pipelines.sources.written.written_dates import WRITE, Written

#: Farther from its neighbours than this, a date may as well lie in another year.
FARTHEST = 120
#: Feb 26 may also be a month: believed as a day only as near as this.
FARTHEST_MONTH_LED = 31

_FOUR = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)
_TWO = re.compile(r"(?:[a-z]|q[1-4]|['’]) ?'?(\d{2})(?!\d)\s*$", re.ASCII | re.I)
_OPEN = f"The year is missing, and the dates round it leave it open. {WRITE}"


def year_of(sheet: str | None) -> int | None:
    """Return the one year that a sheet's name holds: 2026 of ``Jan-Mar 26``; None where there is none or several."""
    if not sheet:
        return None
    four = {int(year) for year in _FOUR.findall(sheet)}
    if four:
        return four.pop() if len(four) == 1 else None
    two = _TWO.search(sheet)
    return 2000 + int(two[1]) if two else None


def fill_years(
    days: np.ndarray,
    stamps: Stamps,
    orders: Sequence[DateOrder],
    sheet: str | None,
    notes: RowTexts,
    reasons: RowTexts,
) -> None:
    """Give dates without a year their year, in place.

    Parameters
    ----------
    days
        Days since 1970-01-01, NAT where there is none; changed.
    stamps
        The column.
    orders
        How its other dates were read: 4/2 without a year follows them.
    sheet
        The sheet's name.
    notes, reasons
        What is told; added to.
    """
    heads = stamps.head_of[stamps.codes]
    yearless = np.array([head.kind == "yearless" for head in stamps.heads], dtype=bool)[heads]
    if not yearless.any():
        return
    above, below = neighbours(days)
    day_first = _order([stamps.heads[head] for head in set(heads[yearless].tolist())], orders)
    for n in np.flatnonzero(yearless).tolist():
        round_it = [int(day) for day in (above[n], below[n]) if day != NAT]
        found = _fill(stamps.heads[heads[n]], day_first, round_it, year_of(sheet))
        if found is None:
            reasons[n] = _OPEN if round_it else f"The year is missing. {WRITE}"
            continue
        days[n] = found
        source = "the dates round it" if round_it else "the name of the sheet"
        year = (dt.date(1970, 1, 1) + dt.timedelta(days=found)).year
        notes[n] = f"Written without a year; {year} is taken from {source}."


def _fill(head: Written, day_first: bool, round_it: list[int], fallback: int | None) -> int | None:
    part = head.parts[0 if day_first else 1] or head.parts[1 if day_first else 0]
    assert part is not None
    if not round_it:
        return None if head.is_month_led else _in_year(part, fallback)
    return _nearest(part, round_it, head.weekday, FARTHEST_MONTH_LED if head.is_month_led else FARTHEST)


def _order(written: Sequence[Written], orders: Sequence[DateOrder]) -> bool:
    """Return whether the day comes first in dates like 4/2: by a part above 12, else as in the other dates."""
    only_day = sum(head.parts[1] is None for head in written)
    only_month = sum(head.parts[0] is None for head in written)
    if only_day != only_month:
        return only_day > only_month
    return not any(order.is_sure and not order.day_first for order in orders)


def _in_year(part: tuple[int, int], year: int | None) -> int | None:
    try:
        return day_number(dt.date(year, *part)) if year else None
    except ValueError:  # 29 February
        return None


def _nearest(part: tuple[int, int], round_it: list[int], weekday: int | None, farthest: int) -> int | None:
    """Return the day nearest to the days round it, or None where two years would do, or none is near."""
    low, high = min(round_it), max(round_it)
    first, last = ((dt.date(1970, 1, 1) + dt.timedelta(days=end)).year for end in (low, high))
    days = [day for year in range(first - 1, last + 2) if (day := _in_year(part, year)) is not None]
    near = sorted((max(0, low - day, day - high), day) for day in days)
    near = [(far, day) for far, day in near if far <= farthest]
    if weekday is not None:
        near = [(far, day) for far, day in near if (day + 3) % 7 == weekday] or near
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]
