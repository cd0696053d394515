"""When a signal first showed: by each rule, across gaps, and against somebody who watches the chart grow."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.charts.decided import Moved, SeriesDecisions, Signed
from pipelines.news.signals import signals_of


def found(made, after, **options):
    """Return (points after the range at which it showed, rule, what it says, points, whether it holds)."""
    columns = made.charted([*made.settled, *after], **options).columns
    return [
        (one.at - len(made.settled), str(one.rule), str(one.point_type), one.n_points, one.holds)
        for one in signals_of(columns)
    ]


@pytest.mark.parametrize(
    ("after", "signals"),
    [
        pytest.param([50, 49, 51], [], id="nothing unusual"),
        pytest.param([50, 90, 49], [(1, "beyond_limits", "improvement", 1, False)], id="one point outside, and back"),
        pytest.param([50, 10], [(1, "beyond_limits", "concern", 1, True)], id="the latest point outside"),
        pytest.param([52, 53, 51, 52, 54, 51], [], id="six above are no run"),
        pytest.param([52, 53, 51, 52, 54, 51, 53], [(6, "shift", "improvement", 7, True)], id="seven above"),
        pytest.param([48, *[52, 51] * 4, 49], [(7, "shift", "improvement", 8, False)], id="a run that ended"),
        pytest.param([58, 58, 49], [], id="two far points whose third lies on the other side"),
        pytest.param([49, 58, 51, 58, 50], [(3, "two_of_three", "improvement", 1, False)] , id="two of three"),
        pytest.param([49, 58, 58, 51], [(3, "two_of_three", "improvement", 2, False)], id="two far points wait for their third"),
        pytest.param([44, 46, 48, 50, 52, 54, 56], [(6, "trend", "improvement", 7, True)], id="seven that climb"),
        pytest.param([50, 41, None, 41, 49], [], id="a gap breaks two of three"),
        pytest.param([52, 53, None, 51, 52, 54, 51, 53], [], id="a gap breaks a run"),
        pytest.param([70, None, 71, 50], [(0, "beyond_limits", "improvement", 2, False)], id="a gap does not end a signal"),
        pytest.param(
            [70, 30],
            [(0, "beyond_limits", "improvement", 1, False), (1, "beyond_limits", "concern", 1, True)],
            id="up, then down",
        ),
    ],
)  # fmt: skip
def test_a_signal_shows_with_the_point_that_completes_it(made, after, signals):
    assert found(made, after) == signals


def test_the_range_itself_never_signals_but_its_last_points_count_towards_a_run(made):
    """50, 53 and 47 end the range: a run after them begins anew, one after two high points needs five more."""
    values = [*made.settled[:10], 52, 53, 52, 51, 53, 52, 54]
    columns = made.charted(values).columns
    (one,) = signals_of(columns)
    assert (one.first, one.at, str(one.rule)) == (12, 16, "shift")
    assert not columns["shift"][:12].any()


def test_without_a_usual_range_there_is_no_signal(made):
    assert signals_of(made.charted([50, 90, 10]).columns) == ()
    assert signals_of(made.charted([None, None]).columns) == ()


def test_it_shows_on_the_last_day_of_its_period(made):
    (one,) = signals_of(made.charted([*made.settled, 90]).columns)
    assert one.shown_on == made.monday + dt.timedelta(weeks=12, days=6)


def test_a_signal_ends_where_the_range_is_moved(made):
    """Ten weeks at 70 are one signal; moved to them, the range has no signal in it, and what came before stays told."""
    values = [*made.settled, *([70, 72, 68] * 4), 70]
    signed = Signed("r", "group", dt.date(2025, 6, 1), "a new room")
    decided = SeriesDecisions((), (Moved(signed, made.monday + dt.timedelta(weeks=15), 10),))
    (before,) = signals_of(made.charted(values).columns)
    (after,) = signals_of(made.charted(values, decided=decided).columns)
    assert (before.first, before.n_points, before.holds) == (12, 13, True)
    assert (after.first, after.n_points, after.holds) == (12, 3, False)


def test_somebody_who_watches_a_chart_grow_sees_each_signal_on_its_day(made):
    """Charts that wander are drawn anew after each point: the first on which a point of a signal is coloured is its day."""
    rules = set()
    for seed in range(20):
        draws = np.random.default_rng(seed)
        level = np.cumsum(draws.normal(0, 1.5, 40))
        values = [
            *made.settled,
            *np.round(50 + level - level[0] + draws.normal(0, (3, 0.1)[seed % 2], 40), 1),
        ]
        types = [made.charted(values[:size]).columns["point_type"] for size in range(13, len(values) + 1)]
        for one in signals_of(made.charted(values).columns):
            assert one.at == first_seen(one, types), (seed, one)
            rules.add(one.rule)
    assert len(rules) == 4


def first_seen(signal, types):
    """Return the position of the latest point of the first chart on which a point of a signal said the same."""
    points = range(signal.first, signal.last + 1)
    return min(
        len(said) - 1
        for said in types
        if any(at < len(said) and said[at] == signal.point_type for at in points)
    )
