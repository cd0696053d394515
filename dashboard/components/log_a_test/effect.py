"""What a test that was just saved did to the charts, a sentence a chart, read from the rows that draw them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import context
from dashboard.components.plain_text import shown
from dashboard.components.wording import date, missing, rows_of
from dashboard.store import Store
from pipelines.measures import Measure
from pipelines.vocabulary import Period

#: Charts that are told about; the rest is one tap away.
MOST = 3

LATER = {
    Period.SESSION: "counted as a test of its own",
    Period.WEEK: "counted in the week that ends on Sunday {end}",
    Period.MONTH: "counted in the month that ends on {end}",
    Period.FOUR_WEEKS: "counted in its four weeks, which are not over yet",
    Period.THIRTEEN_WEEKS: "counted in its quarter, which is not over yet",
}


@dataclass(frozen=True)
class Effect:
    """What became of one chart: its name, what happened, and its address."""

    name: str
    words: str
    address: str


def effects_of(
    store: Store, measures: Sequence[Measure], prototype_id: str, day: dt.date, items: Sequence[str]
) -> list[Effect]:
    """Return what a test on a day with some items did, for up to `MOST` charts in the order of the measures.

    Parameters
    ----------
    measures
        Those of the prototype, the running cycle's own first.
    items
        What was counted.
    """
    counted = [measure for measure in measures if set(measure.items) & set(items)][:MOST]
    rows = {row["measure_id"]: row for row in rows_of(store.summaries(prototype_id=prototype_id))}
    points = store.points_of([str(row["series_id"]) for row in rows.values()])
    return [_effect(measure, rows.get(measure.measure_id), points, day) for measure in counted]


def _effect(
    measure: Measure, summary: Mapping[str, Any] | None, points: Mapping[str, pd.DataFrame], day: dt.date
) -> Effect:
    name = shown(measure.short_name)
    if summary is None:
        return Effect(name, f"{name}: {later(measure.period, day)}.", context.link("neighbourhood"))
    address = context.link(
        "neighbourhood",
        neighbourhood=str(summary["neighbourhood_id"]),
        prototype=str(summary["prototype_id"]),
        measure=measure.measure_id,
    )
    rows = points.get(str(summary["series_id"]))
    point = None if rows is None else _point_of(rows, day)
    return Effect(name, f"{name}: {_words(point, Period(str(summary['period'])), day)}", address)


def _point_of(rows: pd.DataFrame, day: dt.date) -> Mapping[str, Any] | None:
    """Return the last point, gap or hidden place whose days a day lies in; sessions of one day stand in their order."""
    inside = [row for row in rows_of(rows) if _from(row) <= day <= _to(row)]
    return inside[-1] if inside else None


def _from(row: Mapping[str, Any]) -> dt.date:
    return date(row["period_start"]) or dt.date.max


def _to(row: Mapping[str, Any]) -> dt.date:
    return date(row["period_end"]) or dt.date.min


def _words(point: Mapping[str, Any] | None, period: Period, day: dt.date) -> str:
    if point is None:
        return f"{later(period, day)}."
    if point["is_hidden"]:
        return "counted. The number is small, so it is held back on this chart."
    told = f"{_text(point['words'])} {_note(point)}".strip()
    if point["is_gap"]:
        return f"a gap, not a zero. {told}"
    what = "a new point" if int(point["n_sessions"]) == 1 else "counted with the other tests of those days"
    return f"{what}. {told}"


def _note(point: Mapping[str, Any]) -> str:
    """Return what is noted at a point, e.g. that its week is still running, where its words do not say so themselves."""
    note = point.get("note")
    return "" if missing(note) or str(note) in str(point["words"]) else _text(note)


def _text(words: Any) -> str:
    return shown(words, 200)


def later(period: Period, day: dt.date) -> str:
    """Return where a day counts while its period is not on the chart yet, e.g. the week that ends on Sunday 29 November."""
    ends = {Period.WEEK: day + dt.timedelta(days=6 - day.weekday()), Period.MONTH: _month_end(day)}
    end = ends.get(period)
    return LATER.get(period, "counted").format(end=f"{end.day} {end:%B}" if end else "")


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
