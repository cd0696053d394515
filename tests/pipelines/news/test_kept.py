"""Which changes outlast the number of charts looked at, for every day of a year; and how many chance alone would give."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.learning.many import headlines
from pipelines.news.by_chance import new_signal_rates
from pipelines.news.happened import change_id
from pipelines.news.kept import EPOCH, Watched, days_offered, news_of_charts, news_of_cycles
from pipelines.news.signals import Signal
from pipelines.news.windows import Windows
from pipelines.vocabulary import ChangeKind, PointType, Rule

UNTIL = dt.date(2026, 11, 22)
WEEKS = 60


def day_of(week):
    """Return the last day of a week counted back from the end of the data."""
    return UNTIL - dt.timedelta(weeks=WEEKS - 1 - week)


def signal(week, *, is_high=True):
    return Signal(
        at=week, first=week, last=week, n_points=1, shown_on=day_of(week), point_type=PointType.IMPROVEMENT,
        rule=Rule.BEYOND_LIMITS, run_length=1, is_high=is_high, holds=False,
    )  # fmt: skip


def watched(name, p_value, *, signals=(), direction=1, n_base=20, last_base=0, family="i"):
    """Return a chart of sixty weeks whose p-value is the same for whatever day is looked back to."""
    n_before = np.arange(8, WEEKS + 1)
    p_values = np.where(n_before < WEEKS, float(p_value), np.nan)
    windows = Windows(n_before, p_values, np.full(n_before.shape, direction))
    last_day = np.array([(day_of(week) - EPOCH).days for week in range(WEEKS)], dtype=float)
    may_signal = np.arange(WEEKS) >= (last_base or n_base)
    return Watched(name, windows, tuple(signals), last_day, may_signal, n_base, family)


def on(rows, day):
    return [row for row in rows if row["since"] == day]


def test_each_day_of_the_last_year_can_be_looked_back_to_but_the_last():
    days = days_offered(UNTIL)
    assert (days[0], days[-1], len(days)) == (dt.date(2025, 11, 22), dt.date(2026, 11, 21), 365)


def test_a_signal_is_kept_where_it_is_new_and_its_chart_outlasts_the_number_of_charts():
    charts = [
        watched("kept", 0.001, signals=[signal(50)]),
        watched("quiet", 0.5, signals=[signal(50)]),
        watched("moved", 0.002),
    ]
    since, kept = news_of_charts(charts, UNTIL)
    before, after = day_of(50) - dt.timedelta(days=1), day_of(50)
    assert on(kept, before) == [
        {"since": before, "change_id": change_id(ChangeKind.SIGNAL, "kept", day_of(50)), "p_value": 0.001}
    ]
    assert not on(kept, after)
    (row,) = on(since, before)
    assert (row["n_charts"], row["n_signals"], row["n_kept"]) == (3, 2, 1)
    assert row["sentence"].startswith("Two of 3 charts show a new signal.")
    assert on(since, after)[0]["n_signals"] == 0


def test_a_chart_that_moved_the_other_way_keeps_no_signal():
    assert not news_of_charts([watched("a", 0.001, signals=[signal(50, is_high=False)])], UNTIL)[1]
    assert news_of_charts([watched("a", 0.001, signals=[signal(50)])], UNTIL)[1]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_benjamini_and_hochberg_keep_of_all_charts(seed):
    draws = np.random.default_rng(seed)
    p_values = np.concatenate([draws.uniform(size=30), draws.uniform(size=8) / 300])
    charts = [watched(f"m{at}", p, signals=[signal(55)]) for at, p in enumerate(p_values)]
    kept = on(news_of_charts(charts, UNTIL)[1], day_of(52))
    expected = [f"m{at}" for at in np.flatnonzero(headlines(p_values.tolist()))]
    assert [row["change_id"].split(":")[1] for row in kept] == expected
    assert expected


def test_a_chart_without_a_new_point_that_may_signal_is_not_looked_at():
    since, _ = news_of_charts([watched("a", 0.001, n_base=55), watched("b", np.nan)], UNTIL)
    early, late = on(since, day_of(40))[0], on(since, day_of(57))[0]
    assert (early["n_charts"], late["n_charts"]) == (1, 1)
    assert on(news_of_charts([watched("a", 0.001, n_base=WEEKS)], UNTIL)[0], day_of(40))[0]["n_charts"] == 0


def test_chance_is_that_of_each_chart_by_its_own_range_and_its_own_new_points():
    charts = [watched("a", 0.5, n_base=14), watched("b", 0.5, n_base=52, family="p"), watched("c", np.nan)]
    (row,) = on(news_of_charts(charts, UNTIL)[0], day_of(WEEKS - 5))
    expected = new_signal_rates("i", 14, np.array([4.0])) + new_signal_rates("p", 52, np.array([4.0]))
    assert row["by_chance"] == pytest.approx(float(expected[0]))
    (row,) = on(news_of_charts(charts, UNTIL)[0], day_of(45))
    of_the_second = new_signal_rates("p", 52, np.array([8.0]))
    assert row["by_chance"] == pytest.approx(
        float((new_signal_rates("i", 14, np.array([14.0])) + of_the_second)[0])
    )


def test_without_charts_every_day_is_told_and_nothing_is_kept():
    since, kept = news_of_charts([], UNTIL)
    assert len(since) == 365
    assert {row["sentence"] for row in since} == {"No chart has a new point that could show a signal."}
    assert kept == []


def result(cycle_id, p_value, end, verdict="improved"):
    start = end - dt.timedelta(weeks=8)
    return {"cycle_id": cycle_id, "p_value": p_value, "verdict": verdict, "do_start": start, "do_end": end}


def test_a_cycle_is_kept_by_its_own_p_value_among_the_cycles_of_that_time():
    end = dt.date(2026, 10, 18)
    results = {
        "a": result("a", 0.02, end),
        "b": result("b", 0.9, end),
        "c": result("c", 0.9, end - dt.timedelta(days=90)),
        "d": result("d", 0.9, end - dt.timedelta(days=90)),
        "e": result("e", 0.9, end - dt.timedelta(days=90)),
        "f": result("f", 0.9, end - dt.timedelta(days=90)),
    }
    changes = [
        {"kind": kind, "change_id": f"{kind}:a", "cycle_id": "a", "happened_on": end}
        for kind in (ChangeKind.CYCLE_CLOSED, ChangeKind.PREDICTION_DUE, ChangeKind.DECISION)
    ]
    kept = news_of_cycles(changes, results, UNTIL)
    day = end - dt.timedelta(days=1)
    assert [row["change_id"] for row in on(kept, day)] == ["cycle closed:a", "prediction due:a"]
    assert {row["p_value"] for row in on(kept, day)} == {0.02}
    assert not on(kept, end), "what happened on the day itself is not after it"
    assert not on(kept, end - dt.timedelta(days=100)), "further back it is one of six"
