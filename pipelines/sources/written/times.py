"""Dates with a time of day, as forms write them: to what a London clock showed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipelines.sources.written.date_ballot import open_ballot
from pipelines.sources.written.date_order import AS_WRITTEN, DateOrder, vote
from pipelines.sources.written.stamps import NAT, read_stamps


def read_times(column: pa.StringArray | pa.DictionaryArray, orders: Sequence[DateOrder] = ()) -> np.ndarray:
    """Read a column of time stamps.

    Parameters
    ----------
    column
        The cells, '' where nothing is written.
    orders
        What another column of the sheet told about the order of day and month; used where this one tells nothing.

    Returns
    -------
    numpy.ndarray
        datetime64[s], London wall time, summer time included; NaT where there is none. A date without a time is its
        midnight. Stamps without a zone are taken to be London's.
    """
    stamps = read_stamps(column)
    ballot = open_ballot(stamps)
    vote(ballot, AS_WRITTEN, orders)
    wall = np.where(ballot.settled == ballot.day_first, *ballot.walls)
    is_wrong = np.array([clock.is_wrong for clock in stamps.clocks], dtype=bool)[stamps.clock_of]
    return np.where((ballot.settled == NAT) | is_wrong, NAT, wall)[stamps.codes].view("datetime64[s]")
