"""Wider periods: whole blocks only, sums of counts, shares from sums."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines.periods import ANCHOR, block_starts, coarsen
from pipelines.vocabulary import Period


def weeks(values: list[float | None], denominators: list[float | None] | None = None) -> pd.DataFrame:
    starts = [ANCHOR + dt.timedelta(weeks=number) for number in range(len(values))]
    numerator = np.array([np.nan if value is None else value for value in values])
    denominator = np.array(
        [np.nan if d is None else d for d in denominators or [None] * len(values)], dtype=float
    )
    value = numerator if denominators is None else numerator / denominator
    return pd.DataFrame(
        {
            "series_id": "m@p",
            "measure_id": "m",
            "prototype_id": "p",
            "neighbourhood_id": "n",
            "period": "week",
            "period_start": starts,
            "period_end": [start + dt.timedelta(days=6) for start in starts],
            "session_no": 1,
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "n_sessions": 1,
            "is_gap": np.isnan(value),
            "is_hidden": False,
            "hidden_reason": None,
        }
    )


def test_four_weeks_of_counts_are_summed():
    wide = coarsen(weeks([1, 2, 3, 4, 5, 6, 7, 8]), Period.FOUR_WEEKS, is_mean=False, has_denominator=False)
    assert wide["value"].tolist() == [10, 26]
    assert wide["period_start"].tolist() == [ANCHOR, ANCHOR + dt.timedelta(weeks=4)]
    assert wide["period_end"].tolist() == [ANCHOR + dt.timedelta(days=27), ANCHOR + dt.timedelta(days=55)]


def test_a_share_of_a_block_is_the_sum_over_the_sum_not_the_mean_of_shares():
    rows = weeks([1, 9, 0, 0], [10, 10, 10, 70])
    wide = coarsen(rows, Period.FOUR_WEEKS, is_mean=False, has_denominator=True)
    assert wide["value"].tolist() == [0.1]
    assert wide["denominator"].tolist() == [100]


def test_a_block_that_has_not_ended_is_left_out():
    assert len(coarsen(weeks([1, 2, 3, 4, 5]), Period.FOUR_WEEKS, is_mean=False, has_denominator=False)) == 1


def test_half_a_block_of_counts_is_a_gap_and_not_a_low_block():
    wide = coarsen(weeks([1, None, 3, 4]), Period.FOUR_WEEKS, is_mean=False, has_denominator=False)
    assert wide["is_gap"].tolist() == [True]
    assert wide["value"].isna().all()
    assert wide["numerator"].isna().all()


def test_a_block_that_began_before_the_series_is_a_gap_for_counts_only():
    late = weeks([1, 2, 3, 4, 5, 6, 7, 8], [10] * 8).iloc[2:]
    assert coarsen(late, Period.FOUR_WEEKS, is_mean=False, has_denominator=False)["is_gap"].tolist() == [
        True,
        False,
    ]
    assert coarsen(late, Period.FOUR_WEEKS, is_mean=False, has_denominator=True)["is_gap"].tolist() == [
        False,
        False,
    ]


def test_a_share_and_a_mean_live_with_a_missing_week():
    share = coarsen(
        weeks([1, None, 3, 4], [10, None, 10, 10]), Period.FOUR_WEEKS, is_mean=False, has_denominator=True
    )
    assert share["value"].tolist() == [8 / 30]
    mean = coarsen(weeks([1, None, 3, 5]), Period.FOUR_WEEKS, is_mean=True, has_denominator=False)
    assert mean["value"].tolist() == [3]


@pytest.mark.parametrize(("period", "weeks_wide"), [(Period.FOUR_WEEKS, 4), (Period.THIRTEEN_WEEKS, 13)])
def test_blocks_are_counted_from_the_anchor_also_before_it(period, weeks_wide):
    days = pd.Series(
        pd.to_datetime([ANCHOR - dt.timedelta(days=1), ANCHOR, ANCHOR + dt.timedelta(weeks=weeks_wide)])
    )
    expected = [ANCHOR - dt.timedelta(weeks=weeks_wide), ANCHOR, ANCHOR + dt.timedelta(weeks=weeks_wide)]
    assert block_starts(days, period).dt.date.tolist() == expected


def test_the_whole_prototype_is_one_block():
    wide = coarsen(weeks([1, 2, 3]), Period.WHOLE, is_mean=False, has_denominator=False)
    assert wide["value"].tolist() == [6]
    assert wide["period_end"].tolist() == [ANCHOR + dt.timedelta(days=20)]


def test_the_ends_of_intervals_are_added_up_and_one_unknown_leaves_the_block_without():
    rows = weeks([1, 2, 3, 4, 5, 6, 7, 8])
    rows = rows.assign(
        numerator_low=rows["numerator"] - 1,
        numerator_high=[2, 3, 4, 5, np.nan, 7, 8, 9],
        denominator_low=np.nan,
        denominator_high=np.nan,
    )
    wide = coarsen(rows, Period.FOUR_WEEKS, is_mean=False, has_denominator=False)
    assert wide["numerator_low"].tolist() == [6, 22]
    assert wide["numerator_high"].iloc[0] == 14
    assert np.isnan(wide["numerator_high"].iloc[1])
