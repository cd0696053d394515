"""Which changes outlast the number of charts and cycles looked at, for every day to look back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.many import headlines
from pipelines.learning.news import kept_cycles
from pipelines.news.by_chance import new_signal_rates
from pipelines.news.changes import LOOK_BACK
from pipelines.news.happened import change_id
from pipelines.news.signals import Signal
from pipelines.news.windows import Windows
from pipelines.vocabulary import ChangeKind
from pipelines.words.changes import news_sentence

Row = dict[str, Any]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

EPOCH = dt.date(1970, 1, 1)

#: Changes that a cycle's own p-value stands for.
OF_A_CYCLE = (ChangeKind.CYCLE_CLOSED, ChangeKind.PREDICTION_DUE)


@dataclass(frozen=True)
class Watched:
    """A chart with a usual range, as far as the many days to look back to need it.

    Attributes
    ----------
    series_id, windows, signals
        The chart, its p-values and its signals.
    last_day
        Shape (k,): last days of its points, in days since 1970.
    may_signal
        Shape (k,): whether a point may be coloured; those that set the range may not.
    n_base
        Points that set the range.
    family
        Which chance figures its chart has: the `family` of `spc.limits.KINDS`.
    """

    series_id: str
    windows: Windows
    signals: tuple[Signal, ...]
    last_day: FloatArray
    may_signal: BoolArray
    n_base: int
    family: str


def days_offered(until: dt.date) -> list[dt.date]:
    """Return the days that one may look back to: each of the last year of the data but its last."""
    return [until - dt.timedelta(days=back) for back in range(LOOK_BACK.days, 0, -1)]


def news_of_charts(charts: Sequence[Watched], until: dt.date) -> tuple[list[Row], list[Row]]:
    """Return the rows of news_since, and those of news_kept that speak of signals.

    For each day every chart that can be tested has the p-value of its points after that day against those before; a
    chart is kept by Benjamini & Hochberg over all of them. A signal is kept where it first showed after the day, its
    chart is kept, and the chart moved the way that it says.

    Parameters
    ----------
    charts
        Those with a usual range.
    until
        Last day of the data.
    """
    days = days_offered(until)
    numbers = np.array([(day - EPOCH).days for day in days], dtype=float)
    p_value, direction, expected = _by_day(charts, numbers)
    is_kept = _kept(p_value)
    shown = _first_shown(charts, numbers) & np.isfinite(p_value)
    since = [
        _since(day, np.isfinite(p_value[:, at]), shown[:, at], expected[:, at]) for at, day in enumerate(days)
    ]
    kept = [
        {
            "since": day,
            "change_id": change_id(ChangeKind.SIGNAL, chart.series_id, signal.shown_on),
            "p_value": p,
        }
        for row, chart in enumerate(charts)
        for signal in chart.signals
        for day, p in _days_kept(signal, days, is_kept[row], direction[row], p_value[row])
    ]
    return _with_signals_kept(since, kept), kept


def _by_day(charts: Sequence[Watched], days: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return p-values, directions and the chance of a new signal, shape (charts, days); NaN where none can be told."""
    shape = (len(charts), days.size)
    p_value, direction, expected = (np.full(shape, np.nan) for _ in range(3))
    for row, chart in enumerate(charts):
        n_before = np.searchsorted(chart.last_day, days, side="right")
        n_after = np.append(np.cumsum(chart.may_signal[::-1])[::-1], 0)[n_before]
        at = n_before - chart.windows.n_before[0]
        p_value[row] = np.where(n_after, chart.windows.p_value[at], np.nan)
        direction[row] = chart.windows.direction[at]
        expected[row] = new_signal_rates(chart.family, chart.n_base, n_after.astype(float))
    return p_value, direction, expected


def _kept(p_value: FloatArray) -> BoolArray:
    """Return which charts are kept on which days; days that look at the same windows are reckoned once."""
    kept = np.zeros(p_value.shape, dtype=bool)
    known: dict[bytes, BoolArray] = {}
    for at in range(p_value.shape[1]):
        column = np.ascontiguousarray(p_value[:, at])
        key = column.tobytes()
        if key not in known:
            known[key] = headlines(column.tolist())
        kept[:, at] = known[key]
    return kept


def _first_shown(charts: Sequence[Watched], days: FloatArray) -> BoolArray:
    """Return whether any signal of a chart first showed after a day, shape (charts, days)."""
    latest = [
        max(((signal.shown_on - EPOCH).days for signal in chart.signals), default=-1) for chart in charts
    ]
    shown: BoolArray = np.array(latest, dtype=float).reshape(-1, 1) > days
    return shown


def _since(day: dt.date, tested: BoolArray, shown: BoolArray, expected: FloatArray) -> Row:
    n_charts, n_signals, by_chance = int(tested.sum()), int(shown.sum()), float(expected[tested].sum())
    return {
        "since": day,
        "n_charts": n_charts,
        "n_signals": n_signals,
        "by_chance": by_chance,
        "sentence": news_sentence(n_charts, n_signals, by_chance),
    }


def _days_kept(
    signal: Signal, days: Sequence[dt.date], is_kept: BoolArray, direction: FloatArray, p_value: FloatArray
) -> Iterable[tuple[dt.date, float]]:
    side = 1 if signal.is_high else -1
    for at, day in enumerate(days):
        if day >= signal.shown_on:
            return
        if is_kept[at] and direction[at] == side:
            yield day, float(p_value[at])


def _with_signals_kept(since: list[Row], kept: Iterable[Row]) -> list[Row]:
    """Add to each day how many of its charts with a new signal are kept."""
    charts: dict[dt.date, set[str]] = {}
    for row in kept:
        charts.setdefault(row["since"], set()).add(row["change_id"].split(":")[1])
    return [row | {"n_kept": len(charts.get(row["since"], ()))} for row in since]


def news_of_cycles(changes: Iterable[Row], results: Mapping[str, Row], until: dt.date) -> list[Row]:
    """Return the rows of news_kept that speak of cycles: those whose verdict outlasts the number of cycles looked at.

    Parameters
    ----------
    changes
        Rows of change.
    results
        Rows of cycle_result, by cycle.
    until
        Last day of the data.
    """
    of_cycles = [row for row in changes if row["kind"] in OF_A_CYCLE]
    rows = []
    for day in days_offered(until):
        kept = kept_cycles(results.values(), until, day)
        rows += [
            {"since": day, "change_id": row["change_id"], "p_value": kept[row["cycle_id"]]}
            for row in of_cycles
            if row["happened_on"] > day and row["cycle_id"] in kept
        ]
    return rows
