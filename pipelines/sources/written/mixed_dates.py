"""Columns that write dates in both orders: row by row, and every row that is doubtful is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.sources.written.date_ballot import Ballot
from pipelines.sources.written.date_evidence import word
from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.row_texts import RowTexts
from pipelines.sources.written.stamps import NAT, neighbours


def settle_rows(days: np.ndarray, ballot: Ballot, orders: Sequence[DateOrder], notes: RowTexts) -> np.ndarray:
    """Settle mixed columns: what could be read both ways follows the certain rows round it.

    Parameters
    ----------
    days
        Days since 1970-01-01 by the vote, NAT where there is none, shape (rows,).
    ballot
        The writings under either order.
    orders
        How the vote went.
    notes
        Rows that go against the vote, and rows of mixed columns that could be read both ways, are told; added to.

    Returns
    -------
    numpy.ndarray
        The days, shape (rows,).
    """
    as_day, as_month = ballot.day_first[ballot.codes], ballot.month_first[ballot.codes]
    for order in orders:
        if not order.n_telling:
            continue
        member = ballot.shape_of[ballot.codes] == ballot.shapes.index(order.shape)
        chosen, other = (as_day, as_month) if order.day_first else (as_month, as_day)
        for n in np.flatnonzero(member & (chosen == NAT) & (other != NAT)).tolist():
            notes[n] = (
                f"This date only makes sense with the {word(not order.day_first)} first, unlike others of the column."
            )
        either = member & (chosen != NAT) & (other != NAT) & (chosen != other)
        if order.is_sure or not either.any():
            continue
        before, after = neighbours(np.where(either, NAT, days))
        is_nearer = either & (_outside(other, before, after) < _outside(chosen, before, after))
        days = np.where(is_nearer, other, days)
        for n in np.flatnonzero(either).tolist():
            notes[n] = (
                "This column writes dates both ways. Read as the rows round it suggest; check the date."
            )
    return days


def _outside(days: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return how far days lie outside the days round them, 0 inside or where there are none."""
    low = np.where(before == NAT, after, np.where(after == NAT, before, np.minimum(before, after)))
    high = np.where(before == NAT, after, np.where(after == NAT, before, np.maximum(before, after)))
    outside = np.maximum(0, np.maximum(low - days, days - high))
    return np.where((low == NAT) | (days == NAT), 0, outside)
