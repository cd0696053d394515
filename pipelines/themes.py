"""A theme of prototypes in each neighbourhood: the steps on which people are lost, and its sentences.

A theme whose measures name steps of the cascade is told as a cascade: step by step over the latest quarter. Other
themes have a row a share, over the last weeks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipelines.cascade import Counts, Held, can_be_lost, count_places, in_order, is_after_raised
from pipelines.charts import SeriesChart
from pipelines.measures import Measure
from pipelines.sources import Neighbourhood, Prototype
from pipelines.spc.intervals import wilson
from pipelines.vocabulary import Domain
from pipelines.words import STEP_WEEKS, ThemeChart, leak_sentence, theme_sentences

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
    step: str | None
    share: float | None
    lower_95: float | None
    upper_95: float | None
    n_not_due: float | None
    beyond: str | None
    pooled_share: float | None
    n_more: float | None
    n_more_low: float | None
    n_more_high: float | None
    leak: str | None


def theme_rows(
    charts: Iterable[SeriesChart],
    measures: Mapping[str, Measure],
    prototypes: Sequence[Prototype],
    neighbourhoods: Sequence[Neighbourhood],
    data_until: dt.date | None,
    least_served: Mapping[str, str] | None = None,
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
        Last day of the data; shares that are not steps of the cascade look back from there.
    least_served
        By neighbourhood, who is reached least there, in a sentence; for a theme that is a cascade.
    """
    homes = {row.prototype_id: row for row in prototypes}
    by_theme: dict[str, dict[tuple[str, str], list[SeriesChart]]] = {
        theme: defaultdict(list) for theme in sorted({row.theme for row in prototypes if row.theme})
    }
    for chart in charts:
        home = homes.get(str(chart.summary["prototype_id"]))
        if home is not None and home.theme:
            by_theme[home.theme][home.neighbourhood_id, str(chart.summary["measure_id"])].append(chart)
    rows: dict[str, list[Row]] = {"theme_step": [], "theme_sentence": []}
    for theme, found in by_theme.items():
        counted = count_places(found, measures, STEP_WEEKS, data_until)
        for place in neighbourhoods:
            here = {key[1]: ones for key, ones in found.items() if key[0] == place.neighbourhood_id}
            steps = _steps(theme, place.neighbourhood_id, here, measures, counted, len(neighbourhoods))
            told = theme_sentences(
                _named(here, measures, homes), steps, (least_served or {}).get(place.neighbourhood_id)
            )
            rows["theme_step"] += [asdict(step) for step in steps]
            rows["theme_sentence"] += [
                {"theme": theme, "neighbourhood_id": place.neighbourhood_id, "display_order": at}
                | asdict(one)
                for at, one in enumerate(told, start=1)
            ]
    return rows


def _named(
    here: Mapping[str, list[SeriesChart]], measures: Mapping[str, Measure], homes: Mapping[str, Prototype]
) -> list[ThemeChart]:
    """Return the charts by name, with their prototype's where a measure is counted at several."""
    named = []
    for measure in sorted((measures[measure_id] for measure_id in here), key=_order):
        for chart in here[measure.measure_id]:
            prototype = homes[str(chart.summary["prototype_id"])].name
            is_one_of_many = len(here[measure.measure_id]) > 1
            named.append(
                ThemeChart(
                    chart.summary,
                    f"{measure.short_name} ({prototype})" if is_one_of_many else measure.short_name,
                )
            )
    return named


def _order(measure: Measure) -> tuple[int, int, str]:
    return [*Domain].index(measure.domain), measure.display_order, measure.measure_id


def _steps(
    theme: str,
    place: str,
    here: Mapping[str, list[SeriesChart]],
    measures: Mapping[str, Measure],
    counted: Mapping[tuple[str, str], Held],
    n_places: int,
) -> list[ThemeStep]:
    """Return a step a share, in the order of the cascade, with the largest loss marked."""
    ordered = in_order(measures[measure_id] for measure_id in here if measures[measure_id].is_share)
    steps = [
        _step(theme, place, at, measure, here[measure.measure_id], counted[place, measure.measure_id])
        for at, measure in enumerate(ordered)
    ]
    steps = [
        replace(step, joins_before=bool(at) and ordered[at - 1].numerator == measure.denominator)
        for at, (step, measure) in enumerate(zip(steps, ordered, strict=True))
    ]
    return _with_largest(_with_leaks(steps, counted, n_places), ordered)


def _with_leaks(
    steps: list[ThemeStep], counted: Mapping[tuple[str, str], Held], n_places: int
) -> list[ThemeStep]:
    """Say each leak in words; where places are held back, the pooled rate is that of the others."""
    told = []
    for step in steps:
        leak = counted[step.neighbourhood_id, step.measure_id].leak
        is_leak = leak is not None and leak.more is not None
        n_pooled = leak.n_places if leak is not None and leak.n_places != n_places else None
        told.append(replace(step, leak=leak_sentence(step, n_pooled)) if is_leak else step)
    return told


def _with_largest(steps: list[ThemeStep], measures: Sequence[Measure]) -> list[ThemeStep]:
    """Mark where most are lost: of a cascade the largest share once a reading was raised, else the most people."""
    in_cascade = [is_after_raised(measure) for measure in measures]
    losses = [
        (step.share_lost if is_step else None) if any(in_cascade) else step.n_lost
        for step, is_step in zip(steps, in_cascade, strict=True)
    ]
    worst = max((loss for loss in losses if loss), default=None)
    return [
        replace(step, is_largest=worst is not None and loss == worst)
        for step, loss in zip(steps, losses, strict=True)
    ]


def _step(
    theme: str, place: str, at: int, measure: Measure, charts: Sequence[SeriesChart], counted: Held
) -> ThemeStep:
    counts, leak = counted.counts, counted.leak
    lost = counts.lost if can_be_lost(measure) else None
    low, high = _interval(counts)
    return ThemeStep(
        theme=theme,
        neighbourhood_id=place,
        measure_id=measure.measure_id,
        display_order=at,
        label=measure.short_name,
        of_label=measure.unit.removeprefix("%").strip().removeprefix("of ").strip() or "counted",
        n_reached=counts.reached,
        n_before=counts.before,
        n_lost=lost,
        share_lost=None if lost is None or not counts.due else lost / counts.due,
        first_on=counts.first_on,
        last_on=counts.last_on,
        n_points=counts.n_points,
        n_hidden=counts.n_hidden,
        joins_before=False,
        is_largest=False,
        from_rounded=any(chart.summary["from_rounded"] for chart in charts),
        step=None if measure.cascade_step is None else str(measure.cascade_step),
        share=counts.share,
        lower_95=low,
        upper_95=high,
        n_not_due=counts.not_due,
        beyond=leak.beyond if leak else None,
        pooled_share=leak.pooled if leak else None,
        n_more=leak.more if leak else None,
        n_more_low=leak.more_low if leak else None,
        n_more_high=leak.more_high if leak else None,
        leak=None,
    )


def _interval(counts: Counts) -> tuple[float | None, float | None]:
    """Return Wilson's 95 % interval of the share of those due."""
    if counts.share is None or counts.due is None:
        return None, None
    found = wilson([counts.share * counts.due], [counts.due])
    return float(found.lower[0]), float(found.upper[0])
