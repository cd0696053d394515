"""How many charts chance alone gives a new signal in so many points: read off a simulated table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.false_alarms import between

FloatArray = NDArray[np.float64]


def new_signal_rates(family: str, n_base: int, n_after: FloatArray) -> FloatArray:
    """Return the share of stable charts that give a new signal in so many points.

    Charts whose limits come about alike share their figures, simulated on data of their own kind
    (`simulate_by_chance`): independent, so that autocorrelation raises them, and without the skew of small counts.

    Parameters
    ----------
    family
        Which charts: the `family` of `limits.KINDS`.
    n_base
        Points that set the lines.
    n_after
        Points in which a signal is new, shape (m,).

    Returns
    -------
    FloatArray
        Shape (m,), 0 to 1; linear between the places of the table and constant beyond, 0 where there is no point.
    """
    import pipelines.news.by_chance_table as table

    size = np.asarray(n_after, dtype=float)
    by_base = np.array([np.interp(size, (0, *table.AFTER), (0.0, *row)) for row in table.NEW[family]])
    return between(np.full(size.shape, float(n_base)), np.array(table.BASES, dtype=float), by_base)
