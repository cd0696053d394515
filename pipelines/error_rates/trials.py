"""One series of known truth, charted and judged by the rooms that a build uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from pipelines.charts import SeriesChart, chart_series
from pipelines.error_rates.numbers import Drawn, FloatArray, Numbers, linked
from pipelines.error_rates.truths import Truth
from pipelines.learning import judge_cycle
from pipelines.vocabulary import Verdict

MONDAY = dt.date(2024, 1, 1)
WEEKS_A_YEAR = 52.18


@dataclass(frozen=True)
class Do:
    """A cycle without prediction or decision, as far as judging asks."""

    do_start: dt.date
    do_end: dt.date
    cycle_id: str = "c1"
    prototype_id: str = "p"
    cycle_no: str | None = "1"
    predicted_value: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_for: dt.date | None = None
    decided_on: dt.date | None = None


def course_of(truth: Truth, step: float, weeks: int, random: Generator) -> FloatArray:
    """Return the level of every week, in SD about the usual one, shape (history + weeks,); what can go up can go down."""
    week = np.arange(truth.history + weeks)
    sign, slope = random.choice([-1.0, 1.0], 2)
    course = truth.season * np.sin(2 * np.pi * (week / WEEKS_A_YEAR + random.random()))
    course = course + slope * truth.trend * week / WEEKS_A_YEAR + step * (week >= truth.history)
    course[truth.history + random.integers(weeks)] += sign * truth.spike
    return np.asarray(course, dtype=float)


def draw(truth: Truth, numbers: Numbers, step: float, weeks: int, random: Generator) -> Drawn:
    """Draw one series: numerators and denominators of `history` weeks before Do and `weeks` in it."""
    from scipy.stats import norm

    course = course_of(truth, step, weeks, random)
    chance = np.clip(norm.cdf(linked(random, len(course), truth.phi)), 1e-9, 1 - 1e-9)
    numerator, denominator = numbers.draw(random, chance, course)
    return np.where(random.random(len(course)) < truth.zeros, 0.0, numerator), denominator


def observed(drawn: Drawn) -> pd.DataFrame:
    """Return the rows of the table observation of one series of weeks."""
    numerator, denominator = drawn
    starts = np.datetime64(MONDAY, "s") + np.arange(len(numerator)) * np.timedelta64(7, "D")
    return pd.DataFrame(
        {
            "series_id": "m@p", "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "n", "period": "week",
            "period_start": starts, "period_end": starts + np.timedelta64(6, "D"), "session_no": 1,
            "numerator": numerator, "denominator": np.nan if denominator is None else denominator,
            "value": numerator if denominator is None else numerator / denominator, "n_sessions": 1, "is_gap": False,
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


def charted(drawn: Drawn, numbers: Numbers, weeks: int) -> tuple[SeriesChart, Do]:
    """Chart one series whose last `weeks` are Do, as a build does."""
    first = MONDAY + dt.timedelta(weeks=len(drawn[0]) - weeks)
    do = Do(first, first + dt.timedelta(days=7 * weeks - 1))
    return chart_series(observed(drawn), numbers.measure, [first]), do


def judged(truth: Truth, numbers: Numbers, step: float, weeks: int, random: Generator) -> Verdict:
    """Draw, chart and judge one series; what is higher is better."""
    chart, do = charted(draw(truth, numbers, step, weeks, random), numbers, weeks)
    return judge_cycle(chart.points, do, numbers.measure, chart.summary).verdict
