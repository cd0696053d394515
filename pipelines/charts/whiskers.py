"""Between what the value of a point lies, where a number behind it was written as an interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.periods import ENDS

Column = NDArray[Any]


def whiskers(rows: pd.DataFrame, is_share: bool) -> dict[str, Column]:
    """Return the columns value_low, value_high and note of chart_point.

    Parameters
    ----------
    rows
        Observations of one series in time order; the ends of intervals may be missing.
    is_share
        Whether values are shares of 0 to 1.

    Returns
    -------
    dict
        NaN and None where nothing is in doubt; `value_high` NaN beside a `value_low`: no upper end. The ends of a
        ratio are those of its parts taken apart, so that they are never too narrow.
    """
    size = len(rows)
    nothing: dict[str, Column] = {
        "value_low": np.full(size, np.nan),
        "value_high": np.full(size, np.nan),
        "note": np.full(size, None, object),
    }
    if not set(ENDS) <= set(rows.columns):
        return nothing
    value, top, bottom, *ends = (
        rows[name].to_numpy(float) for name in ("value", "numerator", "denominator", *ENDS)
    )
    low, high, below_low, below_high = ends
    is_open = np.isnan(high) | (~np.isnan(bottom) & np.isnan(below_high))
    in_doubt = ~np.isnan(value) & ~np.isnan(low)
    in_doubt &= is_open | (low < top) | (high > top) | (below_low < bottom) | (below_high > bottom)
    if not in_doubt.any():
        return nothing
    is_ratio = ~np.isnan(bottom)
    scale = np.divide(value, top, out=np.ones(size), where=~np.isnan(top) & (top != 0))
    least = np.where(is_ratio, _divided(low, below_high, 0.0), low * scale)
    most = np.where(is_ratio, _divided(high, below_low, np.nan), high * scale)
    if is_share:
        most = np.where(np.isnan(most), 1.0, np.minimum(most, 1.0))
    least, most = np.where(in_doubt, least, np.nan), np.where(in_doubt, most, np.nan)
    notes = [
        _note(start, end, is_share) if doubt else None
        for start, end, doubt in zip(least, most, in_doubt, strict=True)
    ]
    return {"value_low": least, "value_high": most, "note": np.array(notes, object)}


def _divided(top: Column, bottom: Column, otherwise: float) -> Column:
    """Divide; where there is nothing to divide by, or no end to it, return something else."""
    return np.divide(top, bottom, out=np.full(len(top), otherwise), where=~np.isnan(bottom) & (bottom != 0))


def _note(low: float, high: float, is_share: bool) -> str:
    ends = [f"{100 * end:.0f}%" if is_share else f"{end:.4g}" for end in (low, high)]
    if np.isnan(high):
        return f"{ends[0]} or more: a number was written without an upper end."
    return f"Between {ends[0]} and {ends[1]}: a number was written as a range."
