"""Dates that a spreadsheet has swapped by itself, put right where the rest of the column proves it.

Month-first dates typed or pasted into a British spreadsheet: 4/13/2026 stays a text, for there is no month 13, but
4/2/2026 becomes a true date, 4 February. Such a column holds texts that can only be read in one order, and true dates
that are all of day 12 or before and run to and fro in time. (The other way round it happens in American spreadsheets.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.sources.written.date_evidence import walk, word
from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.row_texts import RowTexts
from pipelines.sources.written.stamps import NAT, Stamps
from pipelines.sources.written.written_dates import YEAR_FIRST

#: Fewer texts that tell, or fewer different true dates, prove nothing.
FEWEST = 3


def swap_back(
    days: np.ndarray, stamps: Stamps, orders: Sequence[DateOrder], notes: RowTexts
) -> DateOrder | None:
    """Put swapped dates right, in place.

    Parameters
    ----------
    days
        Days since 1970-01-01, NAT where there is none; changed.
    stamps
        The column.
    orders
        How its texts were read.
    notes
        Every row that is changed is told; added to.

    Returns
    -------
    DateOrder or None
        What was done and why; None where nothing proves a swap.
    """
    if not _texts_tell(orders):
        return None
    of_head = np.array([head.shape == YEAR_FIRST for head in stamps.heads], dtype=bool)
    member = of_head[stamps.head_of][stamps.codes] & (days != NAT)
    swapped = np.where(member, _swapped(days), days)
    changed = member & (swapped != days)
    if (swapped[member] == NAT).any() or len(np.unique(days[changed])) < FEWEST:
        return None
    before, after = walk(days), walk(swapped)
    if after.n_breaks >= before.n_breaks or 2 * after.length > before.length:
        return None
    days[changed] = swapped[changed]
    for n in np.flatnonzero(changed).tolist():
        notes[n] = (
            "A spreadsheet seems to have swapped day and month here; they are swapped back. Check the date."
        )
    first = word(orders[0].day_first)
    evidence = (
        f"A spreadsheet seems to have swapped day and month in {changed.sum()} dates: the texts beside them have the {first} "
        f"first, none of the dates has a day above 12, and swapped back the dates go out of order less often ({after.n_breaks:,} "
        f"instead of {before.n_breaks:,} times)."
    )
    return DateOrder(YEAR_FIRST, orders[0].day_first, 0, int(changed.sum()), evidence, is_sure=False)


def _texts_tell(orders: Sequence[DateOrder]) -> bool:
    """Whether all texts can only be read in one order, and the same one; enough of them to prove something."""
    is_open = any(order.n_either or not order.is_sure for order in orders)
    is_one = len({order.day_first for order in orders}) == 1
    return is_one and not is_open and sum(order.n_telling for order in orders) >= FEWEST


def _swapped(days: np.ndarray) -> np.ndarray:
    """Return each day with its day and month exchanged; NAT where there is no such day."""
    dates = np.where(days == NAT, 0, days).view("datetime64[D]")
    years, months = dates.astype("datetime64[Y]"), dates.astype("datetime64[M]")
    day = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    month = (months - years.astype("datetime64[M]")).astype(np.int64) + 1
    meant = years.astype("datetime64[M]") + (day - 1)
    found = (meant.astype("datetime64[D]") + (month - 1)).astype(np.int64)
    return np.where((days == NAT) | (day > 12), NAT, found)
