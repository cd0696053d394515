"""A theme of prototypes in each neighbourhood: the steps on which people are lost, and three sentences about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pipelines.charts import SeriesChart
from pipelines.measures import Measure
from pipelines.sources import Neighbourhood, Prototype
from pipelines.vocabulary import Domain
from pipelines.words import STEP_WEEKS, ThemeChart, theme_sentences

Row = dict[str, Any]


@dataclass(frozen=True)
class ThemeStep:
    """One share of a theme in one place: the columns of theme_step. Counts are None where nothing was counted."""

    theme: str
    neighbourhood_id: str
    measure_id: str
    display_order: int
    label: str
    of_label: str
    n_reached: float | None
    n_before: float | None
    n_lost: float | None
    share_lost: float | None
    first_on: dt.date | None
    last_on: dt.date | None
    n_points: int
    n_hidden: int
    joins_before: bool
    is_largest: bool
    from_rounded: bool


def theme_rows(
    charts: Iterable[SeriesChart],
    measures: Mapping[str, Measure],
    prototypes: Sequence[Prototype],
    neighbourhoods: Sequence[Neighbourhood],
    data_until: dt.date | None,
) -> dict[str, list[Row]]:
    """Return the rows of theme_step and theme_sentence, for every theme in every neighbourhood.

    Parameters
    ----------
    charts
        Of one audience, as it may see them: nothing is summed that is not shown.
    measures
        By id.
    prototypes, neighbourhoods
        As read, what was recorded among them.
    data_until
        Last day of the data; the steps look back from there.
    """
    homes = {row.prototype_id: row for row in prototypes}
    here: dict[tuple[str, str], list[SeriesChart]] = defaultdict(list)
    for chart in charts:
        home = homes.get(str(chart.summary["prototype_id"]))
        if home is not None and home.theme:
            here[home.theme, home.neighbourhood_id].append(chart)
    rows: dict[str, list[Row]] = {"theme_step": [], "theme_sentence": []}
    for theme in sorted({row.theme for row in prototypes if row.theme}):
        for place in neighbourhoods:
            found = here[theme, place.neighbourhood_id]
            steps = _steps(theme, place.neighbourhood_id, found, measures, data_until)
            told = theme_sentences(_named(found, measures, homes), steps)
            rows["theme_step"] += [asdict(step) for step in steps]
            rows["theme_sentence"] += [
                {"theme": theme, "neighbourhood_id": place.neighbourhood_id, "display_order": at}
                | asdict(one)
                for at, one in enumerate(told, start=1)
            ]
    return rows


def _named(
    charts: Sequence[SeriesChart], measures: Mapping[str, Measure], homes: Mapping[str, Prototype]
) -> list[ThemeChart]:
    """Return the charts by name, with their prototype's where a measure is counted at several."""
    ids = [str(chart.summary["measure_id"]) for chart in charts]
    named = []
    for chart, measure_id in zip(charts, ids, strict=True):
        name = measures[measure_id].short_name
        prototype = homes[str(chart.summary["prototype_id"])].name
        named.append(
            ThemeChart(chart.summary, f"{name} ({prototype})" if ids.count(measure_id) > 1 else name)
        )
    return sorted(named, key=lambda one: _order(measures[str(one.summary["measure_id"])]))


def _order(measure: Measure) -> tuple[int, int, str]:
    return [*Domain].index(measure.domain), measure.display_order, measure.measure_id


def _steps(
    theme: str,
    neighbourhood_id: str,
    charts: Sequence[SeriesChart],
    measures: Mapping[str, Measure],
    data_until: dt.date | None,
) -> list[ThemeStep]:
    """Return a step a share, in the order of its domain, with the largest loss marked."""
    by_measure: dict[str, list[SeriesChart]] = defaultdict(list)
    for chart in charts:
        if measures[str(chart.summary["measure_id"])].is_share:
            by_measure[str(chart.summary["measure_id"])].append(chart)
    ordered = sorted((measures[measure_id] for measure_id in by_measure), key=_order)
    counts = [_counted(by_measure[measure.measure_id], data_until) for measure in ordered]
    worst = max((row["n_lost"] for row in counts if row["n_lost"] is not None), default=0)
    return [
        ThemeStep(
            theme=theme,
            neighbourhood_id=neighbourhood_id,
            measure_id=measure.measure_id,
            display_order=at,
            label=measure.short_name,
            of_label=measure.unit.removeprefix("%").strip().removeprefix("of ").strip() or "counted",
            joins_before=bool(at) and ordered[at - 1].numerator == measure.denominator,
            is_largest=bool(row["n_lost"]) and row["n_lost"] == worst,
            from_rounded=any(chart.summary["from_rounded"] for chart in by_measure[measure.measure_id]),
            **row,
        )
        for at, (measure, row) in enumerate(zip(ordered, counts, strict=True))
    ]


def _counted(charts: Sequence[SeriesChart], data_until: dt.date | None) -> Row:
    """Sum what is shown of the points that began in the last weeks; one held back is counted as such and left out."""
    names = ("period_start", "period_end", "numerator", "denominator", "is_hidden")
    start, end, x, n, is_hidden = (
        np.concatenate([chart.columns[name] for chart in charts]) for name in names
    )
    is_late = np.zeros(start.shape, dtype=bool)
    if data_until is not None:
        is_late = start > data_until - dt.timedelta(weeks=STEP_WEEKS)
    is_shown = is_late & ~is_hidden & np.isfinite(x) & np.isfinite(n)
    known = {"n_points": int(is_shown.sum()), "n_hidden": int((is_late & is_hidden).sum())}
    before, reached = float(n[is_shown].sum()), float(x[is_shown].sum())
    if not before:
        empty = ("n_reached", "n_before", "n_lost", "share_lost", "first_on", "last_on")
        return dict.fromkeys(empty) | known
    return known | {
        "n_reached": reached,
        "n_before": before,
        "n_lost": before - reached,
        "share_lost": (before - reached) / before,
        "first_on": start[is_shown].min(),
        "last_on": end[is_shown].max(),
    }
