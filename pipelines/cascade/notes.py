"""Worked notes: what misleads a clinician, with the numbers of the place where they may be seen.

Each note stands once for everywhere (place 'borough'), with a worked case, and again for each place that has numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

import numpy as np

from pipelines.cascade.regression import FirstReading, expected_fall, fall_spread
from pipelines.cascade.shown import Counted, Point, ShownCharts, in_quarter, latest_and_year_before
from pipelines.cascade.thresholds import THRESHOLDS, Purpose, Source
from pipelines.charts import SeriesChart
from pipelines.measures import Measure
from pipelines.sources import Neighbourhood, Prototype
from pipelines.spc.intervals import wilson
from pipelines.words import worked_notes as words
from pipelines.words.cascade import span
from pipelines.words.parts import capital

Row = dict[str, Any]
EVERYWHERE = "borough"

FIRST: Counted = ("cascade_first_systolic_total", "cascade_first_systolic_readings")
LATER: Counted = ("cascade_later_systolic_total", "cascade_later_systolic_readings")
SYSTOLIC: Counted = ("cascade_systolic_total", "cascade_systolic_readings")
ENDS_IN_ZERO: Counted = ("cascade_ends_in_zero", "cascade_readings")
READ: Counted = ("cascade_read_in_12_months", "cascade_on_register")
TO_TARGET: Counted = ("cascade_to_target", "cascade_on_register")
AFTER_A_YEAR: Counted = ("cascade_to_target_12_months", "cascade_on_register_12_months")

#: Two standard normal deviations, of a 95 % interval.
Z_95 = 1.959964


@dataclass(frozen=True)
class Figure:
    """A number that a note draws; low and high are the ends of its 95 % interval."""

    label: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Note:
    """One note in one place."""

    place_id: str
    note: str
    title: str
    body: str
    figures: tuple[Figure, ...] = ()


def note_rows(
    charts: Iterable[SeriesChart],
    measures: Mapping[str, Measure],
    prototypes: Sequence[Prototype],
    neighbourhoods: Sequence[Neighbourhood],
) -> dict[str, list[Row]]:
    """Return the rows of worked_note and worked_figure; none where no measure is a step of the cascade.

    Parameters
    ----------
    charts
        Of one audience, as it may see them: no other number stands in a note.
    measures
        By id.
    prototypes, neighbourhoods
        As read.
    """
    rows: dict[str, list[Row]] = {"worked_note": [], "worked_figure": []}
    if not any(measure.cascade_step for measure in measures.values()):
        return rows
    homes = {row.prototype_id: row.neighbourhood_id for row in prototypes}
    placed = [(homes.get(str(chart.summary["prototype_id"]), ""), chart) for chart in charts]
    shown = ShownCharts.of(placed, measures)
    places = [place.neighbourhood_id for place in neighbourhoods]
    for at, notes in enumerate(_all(shown, places), start=1):
        for note in notes:
            key = {"place_id": note.place_id, "note": note.note}
            rows["worked_note"].append(key | {"display_order": at, "title": note.title, "body": note.body})
            rows["worked_figure"] += [
                key | {"display_order": number} | asdict(figure)
                for number, figure in enumerate(note.figures, start=1)
            ]
    return rows


def _all(shown: ShownCharts, places: Sequence[str]) -> list[list[Note]]:
    """Return the notes in their order, each for everywhere and for the places with numbers."""
    made = (_regression, _no_reading, _finding_more, _winter, _thresholds, _ends_in_zero, _rolling)
    return [
        [note for note in chain([one(shown, EVERYWHERE)], (one(shown, place) for place in places)) if note]
        for one in made
    ]


def _regression(shown: ShownCharts, place: str) -> Note | None:
    falls = {readings: expected_fall(FirstReading(readings=readings)) for readings in (1, 2, 3)}
    expected = [
        Figure(f"Expected with no help, {words.READINGS[readings]}", fall, "mmHg")
        for readings, fall in falls.items()
    ]
    body = words.regression(FirstReading(), list(falls.values()))
    if place == EVERYWHERE:
        return Note(place, "regression_to_the_mean", words.REGRESSION, body, tuple(expected))
    quarter = shown.quarter(LATER)
    first, later = (in_quarter(shown.points(place, counted), quarter) for counted in (FIRST, LATER))
    if first is None or later is None or (first.start, first.end) != (later.start, later.end):
        return None
    fall = first.value - later.value
    half = Z_95 * fall_spread() / float(np.sqrt(later.denominator))
    observed = Figure("Observed here", fall, "mmHg", fall - half, fall + half)
    told = words.regression_here(
        span(first.start, first.end), first.value, later.value, (fall, fall - half, fall + half), falls[1]
    )
    return Note(place, "regression_to_the_mean", words.REGRESSION, f"{told}\n{body}", (observed, *expected))


def _no_reading(shown: ShownCharts, place: str) -> Note | None:
    if place == EVERYWHERE:
        return Note(place, "no_reading", words.NO_READING, words.no_reading())
    read, target = (_last(shown, place, counted) for counted in (READ, TO_TARGET))
    if read is None or target is None or (read.start, read.denominator) != (target.start, target.denominator):
        return None
    parts = register_parts(read.denominator, read.numerator, target.numerator)
    told = words.no_reading_here(span(read.start, read.end), read.denominator, parts)
    figures = [Figure(name, share, "%") for name, share in zip(words.REGISTER_PARTS, parts, strict=True)]
    return Note(place, "no_reading", words.NO_READING, f"{told}\n{words.no_reading()}", tuple(figures))


def register_parts(on_register: float, read: float, to_target: float) -> tuple[float, float, float]:
    """Return the per cent of a register to target, above target and without a reading, to one decimal; 100 in all.

    What rounding leaves over goes to the part that lost most by it.
    """
    counts = np.array([to_target, max(read - to_target, 0.0), max(on_register - read, 0.0)])
    exact = counts / counts.sum() * 1000
    tenths = np.floor(exact)
    tenths[np.argsort(tenths - exact, kind="stable")[: round(1000 - float(tenths.sum()))]] += 1
    one, two, three = (float(part) / 10 for part in tenths)
    return one, two, three


def _finding_more(shown: ShownCharts, place: str) -> Note | None:
    if place == EVERYWHERE:
        worked = (
            Figure("To target before", 100 * 650 / 1000, "%"),
            Figure("To target after 100 are found", 100 * 680 / 1100, "%"),
            Figure("Controlled before", 650, "people"),
            Figure("Controlled after", 680, "people"),
        )
        return Note(place, "finding_more", words.FINDING_MORE, words.finding_more(), worked)
    now, before = latest_and_year_before(shown.points(place, TO_TARGET))
    if now is None or before is None:
        return None
    year = _last(shown, place, AFTER_A_YEAR)
    told = words.finding_more_here(
        now, before, year if year is not None and year.start == now.start else None
    )
    figures = tuple(
        Figure(f"{name}, {point.start:%B %Y}", value, unit)
        for name, unit, of in (
            ("To target", "%", lambda point: 100 * point.value),
            ("On the register", "people", lambda point: point.denominator),
            ("Controlled", "people", lambda point: point.numerator),
        )
        for point in (before, now)
        for value in [float(of(point))]
    )
    return Note(place, "finding_more", words.FINDING_MORE, f"{told}\n{words.finding_more()}", figures)


def _winter(shown: ShownCharts, place: str) -> Note | None:
    if place == EVERYWHERE:
        return Note(place, "winter", words.WINTER, words.winter())
    now, before = latest_and_year_before(shown.points(place, SYSTOLIC))
    if now is None or before is None:
        return None
    told = words.winter_here(now, before)
    figures = tuple(Figure(f"{point.start:%B %Y}", point.value, "mmHg") for point in (before, now))
    return Note(place, "winter", words.WINTER, f"{told}\n{words.winter()}", figures)


def _thresholds(_: ShownCharts, place: str) -> Note | None:
    if place != EVERYWHERE:
        return None
    targets = [one for one in THRESHOLDS if one.purpose == Purpose.TO_TARGET]
    nice = [one for one in targets if one.source == Source.NICE]
    qof = [one for one in targets if one.source == Source.QOF]
    body = words.thresholds(
        [(words.setting(one), one.words, other.words) for one, other in zip(nice, qof, strict=True)]
    )
    figures = tuple(Figure(capital(words.setting(one)), one.systolic, "mmHg systolic") for one in nice)
    return Note(place, "thresholds", words.THRESHOLDS, body, figures)


def _ends_in_zero(shown: ShownCharts, place: str) -> Note | None:
    expected = (
        Figure("Expected, read by a machine", 10, "%"),
        Figure("Expected, read by ear to the nearest 2", 20, "%"),
    )
    if place == EVERYWHERE:
        return Note(place, "ends_in_zero", words.ENDS_IN_ZERO, words.ends_in_zero(), expected)
    found = in_quarter(shown.points(place, ENDS_IN_ZERO), shown.quarter(ENDS_IN_ZERO))
    if found is None:
        return None
    ends = wilson([min(found.numerator, found.denominator)], [found.denominator])
    low, high = 100 * float(ends.lower[0]), 100 * float(ends.upper[0])
    told = words.ends_in_zero_here(span(found.start, found.end), found, low, high)
    observed = Figure("Observed here", 100 * found.value, "%", low, high)
    body = f"{told}\n{words.ends_in_zero()}"
    return Note(place, "ends_in_zero", words.ENDS_IN_ZERO, body, (observed, *expected))


def _rolling(_: ShownCharts, place: str) -> Note | None:
    if place != EVERYWHERE:
        return None
    figures = (Figure("Rolling 12 months", 96, "%"), Figure("Each month by itself", 13, "%"))
    return Note(place, "rolling", words.ROLLING, words.rolling(), figures)


def _last(shown: ShownCharts, place: str, counted: Counted) -> Point | None:
    points = shown.points(place, counted)
    return points[-1] if points else None
