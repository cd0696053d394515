"""Dates with a time of day, as forms write them: to London wall time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipelines.sources.date_order import DateOrder


def read_times(column: pa.StringArray, orders: Sequence[DateOrder] = ()) -> np.ndarray:
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
        datetime64[s], London wall time; NaT where there is none.
    """
    raise NotImplementedError
