"""When will we know? Before a cycle: what so many more points could show, and how far the series moves by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipelines.learning.power import PERIODS, Outlook, when_will_we_know
from pipelines.measures import Measure
from pipelines.words import outlook_sentence

#: Fewest steps from one point to the next whose mean says anything.
FEWEST_STEPS = 5


@dataclass(frozen=True)
class When:
    """What a cycle could show, before it begins.

    Attributes
    ----------
    outlook
        The smallest change that each length of Do could show, and the length needed for the predicted one.
    sentence
        The same in words; where nothing can be said, why.
    usual_step
        By how much a point usually differs from the one before it (mean moving range), in the stored unit; None where
        too few points follow one another.
    """

    outlook: Outlook
    sentence: str
    usual_step: float | None


def when(
    points: pd.DataFrame,
    measure: Measure,
    summary: Mapping[str, Any],
    *,
    predicted: float | None = None,
    people: float | None = None,
    do_start: dt.date | None = None,
    periods: tuple[int, ...] = PERIODS,
) -> When:
    """Say what a cycle on one series could show.

    Parameters
    ----------
    points, summary
        Rows of chart_point and the row of chart_summary of the series, as published.
    measure
        Its definition.
    predicted
        What the group expects of Do, in the stored unit; None before there is a prediction.
    people
        How many are counted a period in Do; None: as many as before.
    do_start
        First day of Do; None: the period after the last one charted.
    periods
        Lengths of Do to try, rising.
    """
    outlook = when_will_we_know(
        points, measure, summary, predicted=predicted, people=people, do_start=do_start, periods=periods
    )
    told = outlook if outlook.smallest_value else replace(outlook, periods=())
    return When(outlook, outlook_sentence(told, measure, str(summary["period"])), usual_step(points))


def usual_step(points: pd.DataFrame) -> float | None:
    """Return the mean moving range of the points that set the usual range; of all points where none are set.

    Steps do not bridge a gap, as on the chart (docs/method.md, Charts 2).
    """
    baseline = points["is_baseline"].astype(bool)
    rows = points[baseline] if baseline.any() else points
    known = rows["value"].where(~rows["is_hidden"].astype(bool)).astype(float)
    steps = known.diff().abs().where(rows["position"].diff() == 1).dropna()
    return float(steps.mean()) if len(steps) >= FEWEST_STEPS else None
