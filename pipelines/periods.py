"""Periods: the blocks of time that points stand for, and how a series is made coarser.

The same blocks as sql/observation.sql, so that a coarser series is what the SQL would have made.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from pipelines.vocabulary import Period

#: Blocks of four and thirteen weeks are counted from this Monday, for every series alike.
ANCHOR = dt.date(2024, 1, 1)

#: From fine to coarse; a month never becomes four weeks, since their borders cross.
COARSER = {
    Period.SESSION: (Period.FOUR_WEEKS, Period.THIRTEEN_WEEKS),
    Period.WEEK: (Period.FOUR_WEEKS, Period.THIRTEEN_WEEKS),
    Period.FOUR_WEEKS: (Period.THIRTEEN_WEEKS,),
    Period.MONTH: (Period.THIRTEEN_WEEKS,),
    Period.THIRTEEN_WEEKS: (),
    Period.WHOLE: (),
}

NO_VALUE = {"numerator": np.nan, "denominator": np.nan, "value": np.nan, "is_gap": True}

#: The ends of intervals; added up like the figures they belong to, unknown where one of them is.
ENDS = ("numerator_low", "numerator_high", "denominator_low", "denominator_high")

BLOCK_WEEKS = {Period.FOUR_WEEKS: 4, Period.THIRTEEN_WEEKS: 13}


def block_starts(starts: pd.Series, period: Period) -> pd.Series:
    """Return the first day of the block that each day falls in.

    Parameters
    ----------
    starts
        Days (datetime64); no missing values.
    period
        FOUR_WEEKS, THIRTEEN_WEEKS or WHOLE.
    """
    if period == Period.WHOLE:
        return pd.Series(starts.min(), index=starts.index)
    days = BLOCK_WEEKS[period] * 7
    anchor = pd.Timestamp(ANCHOR)
    number = np.floor((starts - anchor).dt.days / days)
    return pd.Series(anchor + pd.to_timedelta(number * days, unit="D"), index=starts.index)


def coarsen(
    observation: pd.DataFrame, period: Period, *, is_mean: bool, has_denominator: bool
) -> pd.DataFrame:
    """Return the same series with wider periods; only blocks that have ended within the series are kept.

    Parameters
    ----------
    observation
        Rows of one series, columns of the table observation, in time order.
    period
        The wider period.
    is_mean
        Whether the value of a block is the mean of its values (single measurements) rather than their sum.
    has_denominator
        Whether the value is numerator / denominator.

    Returns
    -------
    DataFrame
        The same columns, one row a block. A block without a value is a gap. A count is summed over the periods
        that have a value, so a block with a gap in it is a gap too, and so is one that began before the series
        did: half a block is not a low block.
    """
    rows = observation.assign(block=block_starts(pd.to_datetime(observation["period_start"]), period))
    last_day = pd.to_datetime(observation["period_end"]).max()
    first_day = pd.to_datetime(observation["period_start"]).min()
    is_sum = not (is_mean or has_denominator)
    out = []
    for start, block in rows.groupby("block", sort=True):
        block_start = pd.Timestamp(str(start))
        end = _block_end(block_start, period, last_day)
        if end > last_day:
            continue
        row = _block_row(block, block_start, end, period, is_mean=is_mean, has_denominator=has_denominator)
        nothing = NO_VALUE | {name: np.nan for name in ENDS if name in row}
        out.append(row | nothing if is_sum and block_start < first_day else row)
    return pd.DataFrame(out, columns=observation.columns)


def _block_end(start: pd.Timestamp, period: Period, last_day: pd.Timestamp) -> pd.Timestamp:
    if period == Period.WHOLE:
        return last_day
    return start + pd.Timedelta(days=BLOCK_WEEKS[period] * 7 - 1)


def _block_row(
    block: pd.DataFrame,
    start: pd.Timestamp,
    end: pd.Timestamp,
    period: Period,
    *,
    is_mean: bool,
    has_denominator: bool,
) -> dict[str, Any]:
    valued = block[block["value"].notna()]
    numerator = valued["numerator"].sum(min_count=1)
    denominator = valued["denominator"].sum(min_count=1)
    if has_denominator:
        value = numerator / denominator if denominator else np.nan
    elif is_mean:
        value = valued["value"].mean() if len(valued) else np.nan
    else:
        value = valued["value"].sum() if len(valued) == len(block) else np.nan
    if np.isnan(value):
        numerator = denominator = np.nan
    ends = {
        name: valued[name].astype(float).sum(skipna=False) if len(valued) and not np.isnan(value) else np.nan
        for name in ENDS
        if name in block
    }
    first = block.iloc[0]
    return {
        **{str(name): cell for name, cell in first.drop("block").items()},
        **ends,
        "period": period,
        "period_start": start.date(),
        "period_end": end.date(),
        "session_no": 1,
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "n_sessions": int(block["n_sessions"].sum()),
        "is_gap": bool(np.isnan(value)),
        "is_running": bool(block["is_running"].any()) if "is_running" in block else False,
        "note": None,  # what was told of one of its periods does not hold for all of them
    }
