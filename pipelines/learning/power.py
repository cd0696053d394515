"""When will we know? What so many more periods could show, told before a cycle begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.learning.evidence import FEWEST_BASELINE, slope_of
from pipelines.learning.spread import Base, Spread
from pipelines.learning.trials import FloatArray, Lines, changes_needed, is_moving
from pipelines.measures import Measure
from pipelines.vocabulary import Better, ChartKind, WhyNoLimits

#: The chance with which a change is to be found.
POWER = 0.8
#: Lengths of Do that are tried, in periods.
PERIODS = tuple(range(4, 27, 2))
MOVING_ALREADY = (
    "the points before may already have been moving this way, so the verdict asks for a larger change, and the more so "
    "the longer ago they were"
)
#: Charts whose usual range is that of chance alone, and charts of events that are too rare for a normal approximation.
BY_CHANCE = (ChartKind.P, ChartKind.U, ChartKind.C)
RARE_EVENTS = (ChartKind.T, ChartKind.G)


@dataclass(frozen=True)
class Outlook:
    """What so many more periods could show, found with a chance of 80 % by the verdict itself.

    `smallest_change` and `smallest_value` have an entry a length in `periods`, in the measure's stored unit: the change
    is signed, the value is what Do would have to be at; NaN where no possible value would show. `power` is the chance
    that the predicted change would be found, empty without a prediction; `periods_needed` the first length at which it
    is 80 % or more. `reason` says in a clause why there is nothing to say, or why `periods_needed` is None although a
    value was predicted; `note` what makes the verdict ask for more than usual. `people` is a period's denominator in
    Do, None where the measure has none.
    """

    periods: tuple[int, ...]
    smallest_change: tuple[float, ...] = ()
    smallest_value: tuple[float, ...] = ()
    power: tuple[float, ...] = ()
    periods_needed: int | None = None
    before: float | None = None
    predicted: float | None = None
    direction: int = 0
    n_baseline: int = 0
    people: float | None = None
    dispersion: float | None = None
    phi: float | None = None
    reason: str | None = None
    note: str | None = None


def when_will_we_know(
    points: pd.DataFrame,
    measure: Measure,
    summary: Mapping[str, Any],
    *,
    predicted: float | None = None,
    people: float | None = None,
    direction: int | None = None,
    do_start: dt.date | None = None,
    periods: tuple[int, ...] = PERIODS,
) -> Outlook:
    """Say before a cycle what it could show.

    The verdict itself is tried on 2,000 made series like this one: its interval with the spread, the link between
    neighbours and the season that it allows for, its signal, and its second trial without the most extreme point. The
    series are normal on the scale on which the measure's spread does not depend on its level: as it is for values, the
    square root for counts and rates, the arcsine of the square root for shares.

    Parameters
    ----------
    points
        Rows of chart_point of the series; its baseline tells level, spread and link.
    measure
        What kind of number it is, and which way is better.
    summary
        The row of chart_summary: `kind`, `limits_state`, `why_no_limits`, `is_hidden`.
    predicted
        The value that the group expects of Do, in the stored unit; None: no prediction yet.
    people
        Denominator of one period of Do; None: as in the baseline.
    direction
        +1 or -1; None: that of the prediction, or else the better one (up where neither is).
    do_start
        First day of Do; None: the period after the last one charted.
    periods
        Lengths of Do to try, 4 or more, rising.

    Returns
    -------
    Outlook
        With a `reason` and nothing else where there is no baseline to go by.

    Raises
    ------
    ValueError
        Where `people` is not above 0, or a length below 1.
    """
    if (people is not None and not people > 0) or min(periods) < 1:
        raise ValueError("A period of Do has somebody in it, and Do at least one period.")
    base = Base.of(points, measure)
    if reason := _nothing_to_say(base, measure, summary):
        return Outlook(periods, n_baseline=len(base.value), predicted=predicted, reason=reason)
    spread = Spread.of(base, measure, people)
    way = direction or _way(predicted, spread.level, measure.better)
    days = _do_days(points, do_start, max(periods))
    plan = spread.plan(days, _lines(summary), drift=way * slope_of(base.first_day, base.value))
    needed = changes_needed(plan, periods)
    smallest = tuple(
        spread.moved(way * float(one)) for one in np.quantile(needed, POWER, axis=1, method="higher")
    )
    found = _found(needed, spread, predicted, way)
    first = next((n for n, chance in zip(periods, found, strict=False) if chance >= POWER), None)
    return Outlook(
        periods=periods,
        smallest_change=tuple(value - spread.level for value in smallest),
        smallest_value=smallest,
        power=found,
        periods_needed=first,
        before=spread.level,
        predicted=predicted,
        direction=way,
        n_baseline=len(base.value),
        people=spread.people,
        dispersion=None if spread.family == "gaussian" else spread.dispersion,
        phi=spread.phi,
        reason=_why_not_known(predicted, spread.level, first, way, periods),
        note=MOVING_ALREADY if is_moving(plan, max(periods)) else None,
    )


def _nothing_to_say(base: Base, measure: Measure, summary: Mapping[str, Any]) -> str | None:
    if summary["is_hidden"]:
        return "small numbers are held back here"
    if summary["why_no_limits"] == WhyNoLimits.START_UP or len(base.value) < FEWEST_BASELINE:
        return f"{FEWEST_BASELINE} settled points are needed to know the usual spread; there are {len(base.value)}"
    if summary["limits_state"] == "none" and summary["why_no_limits"] != WhyNoLimits.RUN_CHART:
        return "this series has no usual range to judge by"
    if summary["kind"] in RARE_EVENTS:
        return "events this rare are judged one by one"
    if (measure.is_share and base.value.max() > 1) or (measure.is_never_negative and base.value.min() < 0):
        return "a value of the baseline cannot be"
    if np.ptp(base.value) == 0:
        return "no value of the baseline differs from any other, so there is no spread to go by"
    return None


def _way(predicted: float | None, level: float, better: Better) -> int:
    if predicted is not None and predicted != level:
        return 1 if predicted > level else -1
    return -1 if better == Better.DOWN else 1


def _do_days(points: pd.DataFrame, do_start: dt.date | None, size: int) -> FloatArray:
    start = points["period_start"].to_numpy("datetime64[D]").astype(float)
    step = max(float(np.median(np.diff(start))), 1.0)
    first = start.max() + step if do_start is None else float(np.datetime64(do_start, "D").astype(int))
    return first + step * np.arange(size, dtype=np.float64)


def _lines(summary: Mapping[str, Any]) -> Lines:
    if summary["limits_state"] == "none":
        return "none"
    return "known" if summary["kind"] in BY_CHANCE else "moving_range"


def _found(needed: FloatArray, spread: Spread, predicted: float | None, way: int) -> tuple[float, ...]:
    if predicted is None:
        return ()
    return tuple(float(share) for share in (needed <= way * spread.distance(predicted)).mean(axis=1))


def _why_not_known(
    predicted: float | None, level: float, first: int | None, way: int, periods: tuple[int, ...]
) -> str | None:
    if predicted is None or first is not None:
        return None
    if (predicted - level) * way <= 0:
        return "no change in this direction is predicted, so there is none to show"
    return f"{max(periods)} more points are too few to show a change as small as predicted"
