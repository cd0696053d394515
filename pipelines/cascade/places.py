"""Every share of a theme counted in every place over the same time, and held against all places pooled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.cascade.leaks import Leak, find_leaks
from pipelines.cascade.quarter import Counts, Quarter, count_step, count_weeks, quarter_of
from pipelines.cascade.steps import can_leak, in_order
from pipelines.charts import SeriesChart
from pipelines.measures import Measure
from pipelines.vocabulary import Period


@dataclass(frozen=True)
class Held:
    """A share in one place, held against all places."""

    counts: Counts
    leak: Leak | None


def count_places(
    charts: Mapping[tuple[str, str], list[SeriesChart]],
    measures: Mapping[str, Measure],
    weeks: int,
    data_until: dt.date | None,
) -> dict[tuple[str, str], Held]:
    """Count every share in every place over the same time, and hold each against all places pooled.

    Parameters
    ----------
    charts
        Of one theme, by place and measure, as they are shown.
    measures
        By id. Where one names a step of the cascade, shares by the month are counted over their latest quarter.
    weeks, data_until
        Other shares are counted over so many weeks up to this day.

    Returns
    -------
    dict
        By place and measure.
    """
    shares = in_order(measures[name] for name in {key[1] for key in charts} if measures[name].is_share)
    is_cascade = any(measure.cascade_step for measure in shares)
    before = {measure.numerator: measure.measure_id for measure in reversed(shares)}
    found: dict[tuple[str, str], Held] = {}
    for measure in shares:
        places = {key[0]: ones for key, ones in charts.items() if key[1] == measure.measure_id}
        quarter = _quarter(measure, places) if is_cascade else None
        above = before.get(measure.denominator or "", "")
        counts = {
            place: count_step(ones, measure, quarter, charts.get((place, above), []))
            if quarter is not None
            else count_weeks(ones, weeks, data_until)
            for place, ones in places.items()
        }
        leaks = find_leaks(counts, can_leak=can_leak(measure))
        found |= {(place, measure.measure_id): Held(one, leaks.get(place)) for place, one in counts.items()}
    return found


def _quarter(measure: Measure, places: Mapping[str, list[SeriesChart]]) -> Quarter | None:
    """Return the latest quarter of a share that is counted by the month; None for others."""
    if measure.period != Period.MONTH:
        return None
    return quarter_of([chart for ones in places.values() for chart in ones])
