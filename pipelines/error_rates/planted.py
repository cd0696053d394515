"""The planted cycles of the made-up sample, charted and judged as in a build, without writing a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.charts import SeriesChart, chart_series
from pipelines.error_rates.trials import Do
from pipelines.learning import CycleResult, judge_cycle
from pipelines.measures import Measure
from pipelines.sample import Planted
from pipelines.sample.plan import CyclePlan, monday


def judge_planted(planted: Planted, measures: Mapping[str, Measure]) -> CycleResult:
    """Judge one planted cycle; `measures` by id are those that the sample is written for."""
    measure = measures[planted.series.measure_id]
    chart = chart_planted(planted, measure)
    others = [_cycle(planted, plan, f"other_{k}") for k, plan in enumerate(planted.other_plans)]
    one = _cycle(planted, planted.plan, planted.truth.cycle_id)
    return judge_cycle(chart.points, one, measure, chart.summary, others)


def chart_planted(planted: Planted, measure: Measure) -> SeriesChart:
    """Chart one planted series by the rooms of a build: observations in, rows out."""
    series = planted.series
    observation = pd.DataFrame(
        {
            "series_id": f"{series.measure_id}@{series.prototype_id}", "measure_id": series.measure_id,
            "prototype_id": series.prototype_id, "neighbourhood_id": "any", "period": str(measure.period),
            "period_start": series.period_start, "period_end": series.period_end, "session_no": 1,
            "numerator": series.numerator,
            "denominator": np.nan if series.denominator is None else series.denominator,
            "value": series.value, "n_sessions": series.n_sessions, "is_gap": np.isnan(series.value),
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip
    return chart_series(observation, measure, [planted.first_do])


def _cycle(planted: Planted, plan: CyclePlan, cycle_id: str) -> Do:
    """Return the cycle of a plan; its prediction is left out, since it is never an input of the verdict."""
    end = monday(plan.end) - dt.timedelta(days=1)
    prototype_id = planted.series.prototype_id
    return replace(
        Do(monday(plan.start), end), cycle_id=cycle_id, prototype_id=prototype_id, cycle_no=cycle_id, predicted_for=end
    )  # fmt: skip
