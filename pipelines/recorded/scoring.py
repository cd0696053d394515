"""A prediction beside what anybody could have said: that things stay as they were."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from pipelines.learning import CycleResult, naive_prediction, score_against_naive, score_prediction

#: Columns of prediction that come of the comparison.
NOTHING: dict[str, float | None] = dict.fromkeys(
    ("naive_value", "naive_low", "naive_high", "naive_score", "skill")
)


def beside_naive(points: pd.DataFrame, result: CycleResult) -> dict[str, float | None]:
    """Return what the mean of the last six points before Do would have predicted, and how it scored.

    Parameters
    ----------
    points
        Rows of chart_point of the series, in time order, as this audience may see them.
    result
        The judged cycle.

    Returns
    -------
    dict
        Columns naive_* and skill of the table prediction; None where there is nothing to compare.
    """
    naive = naive_prediction(values_before(points, result.do_start), max(result.n_do_points, 1))
    if naive is None:
        return dict(NOTHING)
    told = NOTHING | {"naive_value": naive.value, "naive_low": naive.low, "naive_high": naive.high}
    low, high, seen = result.predicted_low, result.predicted_high, result.observed
    if result.prediction_inside is None or low is None or high is None or seen is None:
        return told
    against = score_against_naive(score_prediction(result.predicted_value, low, high, seen), naive, seen)
    return told | {"naive_score": against.naive_score, "skill": against.skill}


def values_before(points: pd.DataFrame, do_start: dt.date | None) -> list[float]:
    """Return the values of the points that ended before Do, in time order."""
    if do_start is None:
        return []
    value = points["value"].to_numpy(float)
    is_before = points["period_end"].to_numpy("datetime64[D]") < np.datetime64(do_start, "D")
    kept: list[Any] = value[is_before & np.isfinite(value)].tolist()
    return [float(one) for one in kept]
