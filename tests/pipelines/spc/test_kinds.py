"""The chart follows the data type, and says why."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.errors import ChartError
from pipelines.spc import chart, choose_kind, why_plain_limits_fail

DRAWS = np.random.default_rng(11)
TRIALS = np.full(24, 60.0)
CLEAN = DRAWS.binomial(60, 0.4, 24).astype(float)
WILD = DRAWS.binomial(60, np.tile([0.2, 0.6], 12)).astype(float)


@pytest.mark.parametrize(
    ("data_type", "n", "kind"),
    [("count", None, "i"), ("measurement", None, "i"), ("proportion", TRIALS, "p")],
)
def test_each_data_type_has_its_chart(data_type, n, kind):
    chosen, reason = choose_kind(data_type, CLEAN, n)
    assert chosen == kind
    assert reason


def test_rates_get_u_and_u_prime_when_they_vary_more_than_chance_or_are_large():
    steady, restless = DRAWS.poisson(12, 24).astype(float), DRAWS.poisson(np.tile([4, 40], 12)).astype(float)
    assert choose_kind("rate", steady, TRIALS)[0] == "u"
    assert choose_kind("rate", restless, TRIALS)[0] == "up"
    assert choose_kind("rate", steady * 30, TRIALS * 30)[0] == "up"
    assert choose_kind("rate", steady)[0] == "i"


def test_samples_of_five_values_or_more_get_a_chart_of_their_means():
    values = DRAWS.normal(50, 5, 24)
    assert choose_kind("measurement", values, size=np.full(24, 5))[0] == "xbar"
    assert choose_kind("measurement", values, size=np.r_[np.full(23, 5), 4])[0] == "i"
    x = np.repeat(np.arange(24), 6)
    assert chart(DRAWS.normal(50, 5, 144), x=x, kind="measurement").kind == "xbar"


def test_rare_events_get_t_or_g_and_times_of_zero_a_run_chart():
    times = DRAWS.exponential(30, 24)
    assert choose_kind("time_between", times)[0] == "t"
    kind, reason = choose_kind("time_between", np.r_[times[:-1], 0.0])
    assert (kind, "zero" in reason) == ("run", True)
    assert choose_kind("opportunities_between", np.floor(times))[0] == "g"


def test_shares_that_vary_more_than_chance_and_large_ones_get_p_prime():
    assert choose_kind("proportion", WILD, TRIALS)[0] == "pp"
    kind, reason = choose_kind("proportion", CLEAN * 30, TRIALS * 30)
    assert kind == "pp"
    assert "1,000" in reason


def test_only_the_baseline_is_judged():
    events = np.r_[CLEAN[:12], WILD[:12]]
    assert choose_kind("proportion", events, TRIALS, np.arange(24) < 12)[0] == "p"
    assert choose_kind("proportion", events, TRIALS, 12)[0] == "p"


def test_a_short_series_is_a_run_chart():
    assert choose_kind("proportion", CLEAN[:11], TRIALS[:11])[0] == "run"


def test_a_chart_made_by_data_type_says_why():
    drawn = chart(WILD, TRIALS, kind="proportion")
    assert drawn.kind == "pp"
    assert "chance" in drawn.kind_reason
    assert chart(WILD, TRIALS, kind="p").kind_reason == ""


def test_an_unknown_data_type_is_refused():
    with pytest.raises(ChartError, match="proportion"):
        choose_kind("colour", CLEAN)


@pytest.mark.parametrize(
    ("kind", "value", "events", "trials", "remedy"),
    [
        ("p", [0.05] * 12, [1.0] * 12, [20.0] * 12, "coarsen_period"),
        ("p", list(np.arange(8, 20) / 26), list(range(8, 20)), [26.0] * 12, None),
        ("p", [0.5] * 12, [10.0] * 12, [20.0] * 12, "coarsen_period"),
        ("u", [0.1] * 12, [1.0] * 12, [10.0] * 12, "coarsen_period"),
        ("i", [3.0] * 7 + [1.0, 2, 4, 5, 6], [0.0] * 12, [np.nan] * 12, "run_chart"),
        ("i", list(range(12)), [0.0] * 12, [np.nan] * 12, None),
        ("t", [0.0, *range(1, 12)], [0.0] * 12, [np.nan] * 12, "run_chart"),
        ("c", [1.0, 30, 2, 31, 3, 32, 4, 33, 5, 34, 6, 35], [0.0] * 12, [np.nan] * 12, "i"),
        ("run", [3.0] * 12, [0.0] * 12, [np.nan] * 12, None),
    ],
)
def test_where_plain_limits_would_not_hold_the_next_remedy_is_named(kind, value, events, trials, remedy):
    assert why_plain_limits_fail(kind, value, events, trials) == remedy
