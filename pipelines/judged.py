"""Cycles judged for one audience: the rows of cycle_result with their words, and a second opinion beside each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import words
from pipelines.charted import Charted
from pipelines.charts import SeriesChart
from pipelines.inputs import Inputs
from pipelines.learning import CycleResult, judge_cycle, second_opinion
from pipelines.learning.due import is_due, reach_of
from pipelines.learning.news import headline_cycles
from pipelines.learning.segments import segments_of
from pipelines.measures import Measure
from pipelines.memory import Memory, name_of
from pipelines.recorded.places import as_judged
from pipelines.recorded.scoring import beside_naive
from pipelines.rows import Row
from pipelines.shown import Shown
from pipelines.sources import Cycle

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


def judged_cycles(
    charted: Charted, shown: Shown, inputs: Inputs, memory: Memory
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Judge every cycle on its primary measure and word the result; one without such a series has no row.

    Returns
    -------
    tuple
        Rows of cycle_result and of second_opinion, by cycle.
    """
    cycles: dict[str, Row] = {}
    opinions: dict[str, Row] = {}
    for cycle in inputs.checked.cycles:
        if f"{cycle.primary_measure}@{cycle.prototype_id}" not in charted.charts:
            continue
        row, opinion = _judged(cycle, charted, shown, inputs, memory)
        cycles[cycle.cycle_id] = row | _of_the_records(cycle, inputs)
        if opinion is not None:
            opinions[cycle.cycle_id] = opinion
    news = headline_cycles(cycles.values(), shown.data_until)
    return {name: row | {"is_headline": name in news} for name, row in cycles.items()}, opinions


def _judged(
    cycle: Cycle, charted: Charted, shown: Shown, inputs: Inputs, memory: Memory
) -> tuple[Row, Row | None]:
    """Judge a cycle on the chart that stood when its Do began, or remember how it was judged."""
    series_id = f"{cycle.primary_measure}@{cycle.prototype_id}"
    chart, name = charted.frozen(series_id, cycle.do_start)
    of_the_prototype = [one for one in inputs.checked.cycles if one.prototype_id == cycle.prototype_id]
    others = [as_judged(one) for one in of_the_prototype if one != cycle]
    seen = Seen(chart, shown.how[series_id].from_rounded, _until(cycle, shown.data_until))
    judged = as_judged(cycle)
    measure = next(one for one in inputs.measures if one.measure_id == judged.primary_measure)
    return memory.recall(
        name_of("judged", name, judged, others, seen.is_released, seen.data_until),
        lambda: cycle_rows(seen, judged, measure, others),
    )


def _until(cycle: Cycle, data_until: dt.date | None) -> dt.date | None:
    """Return how far the data need to speak for a cycle: beyond the end of Do nothing about it changes any more."""
    if data_until is None or cycle.do_end is None:
        return data_until
    return min(data_until, cycle.do_end)


def _of_the_records(cycle: Cycle, inputs: Inputs) -> Row:
    """Return what only the records say of a cycle: where it is, and whether its prediction was sealed."""
    homes = {prototype.prototype_id: prototype.neighbourhood_id for prototype in inputs.checked.prototypes}
    versions = inputs.together.versions.get(cycle.cycle_id, ())
    sealed = any(version.is_sealed and version.is_scored_one for version in versions)
    return {"neighbourhood_id": homes[cycle.prototype_id], "is_sealed": sealed}
