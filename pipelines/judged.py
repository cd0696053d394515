"""One cycle judged for one audience: the row of cycle_result with its words, and a second opinion beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines import words
from pipelines.charts import SeriesChart
from pipelines.learning import CycleResult, judge_cycle, second_opinion
from pipelines.learning.due import is_due, reach_of
from pipelines.learning.segments import segments_of
from pipelines.measures import Measure
from pipelines.recorded.scoring import beside_naive
from pipelines.sources import Cycle

Row = dict[str, Any]

#: Columns of second_opinion as the statistics name them.
OPINION = (
    "step", "step_low", "step_high", "scale", "p_value", "slope", "slope_low", "slope_high", "newey_west_low",
    "newey_west_high", "n_before", "n_during",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a cycle is judged on: its chart as one audience may see it, and the last day that the data speak of."""

    chart: SeriesChart
    is_released: bool
    data_until: dt.date | None


def cycle_rows(seen: Seen, cycle: Cycle, measure: Measure, others: Sequence[Cycle]) -> tuple[Row, Row | None]:
    """Judge a cycle on its primary measure.

    Parameters
    ----------
    seen
        What it is judged on.
    cycle
        The cycle.
    measure
        Its primary measure.
    others
        The prototype's other cycles.

    Returns
    -------
    tuple
        The row of cycle_result, with `is_due` and the columns of `beside_naive`, and the row of second_opinion where
        there are points enough for one.
    """
    chart = seen.chart
    result = judge_cycle(chart.points, cycle, measure, chart.summary, others, seen.data_until)
    naive = beside_naive(chart.points, result)
    told = words.cycle_sentences(result, measure, is_released=seen.is_released)
    row = (
        result.to_row()
        | naive
        | {
            "is_due": is_due(cycle, reach_of(chart.points, seen.data_until)),
            "is_released": seen.is_released,
            "sentence": told.resident,
            "sentence_resident": told.resident,
            "sentence_clinician": told.clinician,
            "sentence_board": told.board,
            "prediction_sentence": words.prediction_sentence(result, measure, naive["skill"]),
            "receipt": words.receipt_json(result),
        }
    )
    return row, _opinion(seen, cycle, measure, result)


def _opinion(seen: Seen, cycle: Cycle, measure: Measure, result: CycleResult) -> Row | None:
    """Return the second opinion on the points that the verdict saw; None where they are too few."""
    found = second_opinion(segments_of(seen.chart.points, cycle, measure, seen.data_until), measure)
    if found is None:
        return None
    return {name: getattr(found, name) for name in OPINION} | {
        "cycle_id": cycle.cycle_id,
        "autocorrelation": found.phi,
        "sentence": words.second_opinion_sentence(found, measure, result),
    }
