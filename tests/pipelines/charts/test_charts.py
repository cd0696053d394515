"""What may be shown: start-up, baselines, remedies, icons, and what a release allows."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines.charts import Release, chart_series, plan_chart
from pipelines.measures import Measure, Target
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period

MONDAY = dt.date(2025, 1, 6)
COUNT = Measure(
    measure_id="reached", name="People reached", short_name="Reached", domain=Domain.REACH, kind=DataType.COUNT,
    numerator="attended", denominator=None, counts="people", unit="people", period=Period.WEEK, planned_every="week",
    better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",), why="", source="",
)  # fmt: skip
SHARE = dataclasses.replace(
    COUNT, measure_id="yes", kind=DataType.PROPORTION, numerator="yes", denominator="asked"
)

#: Settled around 30, without trend or run: the differences alternate.
SETTLED = [30, 34, 27, 31, 25, 33, 29, 35, 26, 32, 28, 31, 27, 33, 30, 26, 34, 29, 32, 28]


def observation(values, denominators=None):
    starts = [MONDAY + dt.timedelta(weeks=number) for number in range(len(values))]
    numerator = np.array([np.nan if value is None else value for value in values], dtype=float)
    denominator = (
        np.full(len(values), np.nan) if denominators is None else np.array(denominators, dtype=float)
    )
    value = numerator if denominators is None else numerator / denominator
    return pd.DataFrame(
        {
            "series_id": "m@p", "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "n", "period": "week",
            "period_start": starts, "period_end": [start + dt.timedelta(days=6) for start in starts], "session_no": 1,
            "numerator": numerator, "denominator": denominator, "value": value, "n_sessions": 1,
            "is_gap": np.isnan(value), "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


def charted(values, measure=COUNT, denominators=None, **options):
    return chart_series(observation(values, denominators), measure, **options)


def test_an_empty_series_is_a_state_and_not_an_error():
    chart = charted([None, None])
    assert chart.summary["why_no_limits"] == "no_data"
    assert chart.summary["sentence"] == "No test has been logged yet."


def running_chart(values):
    """Return the chart of a series whose last week has not ended."""
    rows = observation(values)
    return chart_series(rows.assign(is_running=rows.index == len(rows) - 1), COUNT)


def test_half_a_week_is_no_low_week():
    chart, before = running_chart([*SETTLED, 3]), charted(SETTLED)
    last = chart.points.iloc[-1]
    assert (last["value"], last["is_running"], last["point_type"], last["rule"]) == (
        3,
        True,
        "common_cause",
        None,
    )
    told = ("n_points", "latest_on", "latest_value", "variation", "sentence", "lower_limit", "baseline_n")
    assert {name: chart.summary[name] for name in told} == {name: before.summary[name] for name in told}


def test_a_week_that_has_ended_is_judged_whatever_it_was_before():
    assert charted([*SETTLED, 3]).summary["variation"] == "concern_low"


def test_the_first_week_is_told_before_it_has_ended():
    chart = running_chart([23])
    assert chart.points["value"].tolist() == [23]
    assert chart.summary["n_points"] == 0
    assert chart.summary["sentence"] == (
        "The first week has not ended yet: what is counted so far is shown, and is no point yet."
    )


def test_one_point_is_start_up():
    chart = charted([30])
    assert chart.summary["why_no_limits"] == "start_up"
    assert chart.summary["variation"] == "too_few"
    assert chart.summary["sentence"] == "Cannot yet tell: 1 of 12 points needed. 30 people so far."


def test_start_up_shows_no_line_at_all():
    points = charted(SETTLED[:9]).points
    assert points[["centre_line", "lower_limit", "upper_limit"]].isna().all(axis=None)
    assert (points["point_type"] == "common_cause").all()


def test_a_steady_climb_from_nothing_never_becomes_its_own_yardstick():
    chart = charted([2 * number + (number % 2) for number in range(14)])
    assert chart.summary["why_no_limits"] == "start_up"
    assert chart.summary["variation"] == "none"


def test_twelve_settled_points_set_a_provisional_range_and_thirteen_bring_an_icon():
    twelve, thirteen = charted(SETTLED[:12]), charted(SETTLED[:13])
    assert twelve.summary["limits_state"] == "provisional"
    assert twelve.summary["variation"] == "too_few"
    assert thirteen.summary["variation"] == "common_cause"


def test_limits_are_the_mean_and_2_66_moving_ranges_of_the_baseline():
    base = np.array(SETTLED[:12], dtype=float)
    summary = charted(SETTLED).summary
    expected = base.mean() + 2.66 * np.abs(np.diff(base)).mean()
    assert summary["baseline_n"] == 12
    assert summary["upper_limit"] == pytest.approx(expected, rel=1e-12)


def test_the_points_before_the_first_cycle_are_the_baseline_where_there_are_twelve():
    start = MONDAY + dt.timedelta(weeks=15)
    chart = charted(SETTLED, cycle_starts=[start, start + dt.timedelta(weeks=3)])
    assert chart.summary["baseline_rule"] == "before_cycle"
    assert chart.summary["baseline_n"] == 15


def test_a_point_outside_is_an_improvement_or_a_concern_by_the_direction():
    values = [*SETTLED, 70]
    assert charted(values).summary["variation"] == "improvement_high"
    down = dataclasses.replace(COUNT, better=Better.DOWN)
    assert charted(values, down).summary["variation"] == "concern_high"
    neither = dataclasses.replace(COUNT, better=Better.NEITHER)
    assert charted(values, neither).summary["variation"] == "neutral_high"


def test_points_inside_the_baseline_are_never_coloured():
    values = [*SETTLED[:6], 80, *SETTLED[6:12], *SETTLED]
    dates = f"{MONDAY}/{MONDAY + dt.timedelta(weeks=13)}"
    points = charted(values, dataclasses.replace(COUNT, baseline=dates)).points
    assert not points.loc[points["is_baseline"], ["beyond_limits", "shift", "trend", "two_of_three"]].any(
        axis=None
    )


def test_a_baseline_declared_by_dates_is_established_from_twenty_points():
    for points, state in ((19, "provisional"), (20, "established")):
        dates = f"{MONDAY}/{MONDAY + dt.timedelta(weeks=points) - dt.timedelta(days=1)}"
        assert (
            charted([*SETTLED, 30, 31], dataclasses.replace(COUNT, baseline=dates)).summary["limits_state"]
            == state
        )


def test_a_baseline_declared_by_number_takes_the_first_points():
    assert charted(SETTLED, dataclasses.replace(COUNT, baseline="first:14")).summary["baseline_n"] == 14


def test_a_measure_that_declares_no_baseline_gets_no_limits():
    assert charted(SETTLED, dataclasses.replace(COUNT, baseline="none")).summary["limits_state"] == "none"


@pytest.mark.parametrize(
    ("arrives", "why"), [("rolling", "rolling"), ("cumulative", "rolling"), ("rounded", "rounded")]
)
def test_series_that_arrive_worked_on_get_dots_and_a_median_only(arrives, why):
    chart = charted([*SETTLED, 90], dataclasses.replace(COUNT, arrives=arrives))
    assert chart.summary["why_no_limits"] == why
    assert chart.summary["variation"] == "none"
    assert chart.points["upper_limit"].isna().all()
    assert (chart.points["point_type"] == "common_cause").all()


def test_small_shares_get_a_wider_period_before_anything_else():
    weeks = 52
    plan = plan_chart(observation(([1, 2, 3, 2, 1, 1, 2] * 8)[:weeks], [8] * weeks), SHARE)
    assert plan.observation["period"].iloc[0] == "4-week"
    assert "a point is four weeks" in str(plan.period_reason)


def test_small_shares_of_a_short_series_are_charted_as_they_are():
    plan = plan_chart(observation([1, 2, 3, 2] * 5, [8] * 20), SHARE)
    assert plan.kind == ChartKind.I
    assert "too small" in plan.kind_reason


def test_mostly_equal_values_end_as_a_run_chart():
    chart = charted([5] * 18 + [6, 4])
    assert chart.summary["kind"] == "run"
    assert chart.summary["variation"] == "none"


TIMES = [20, 31, 8, 44, 17, 12, 26, 39, 12, 50, 22, 35, 28, 41]


def between(kind):
    return dataclasses.replace(COUNT, kind=kind, counts=None)


def test_times_between_events_are_a_t_chart_and_events_are_never_put_together():
    assert charted(TIMES, between(DataType.TIME_BETWEEN)).summary["kind"] == "t"
    chart = charted([*TIMES * 4, 0], dataclasses.replace(between(ChartKind.T), baseline="first:14"))
    assert (chart.summary["kind"], chart.summary["period"]) == ("t", "week")


@pytest.mark.parametrize("values", [[0, *TIMES[1:]] * 4, [0, 0, 5] * 16])
def test_a_t_chart_with_a_time_of_zero_in_its_baseline_is_a_run_chart_of_the_same_events(values):
    chart = charted(values, dataclasses.replace(between(ChartKind.T), baseline="first:14"))
    assert (chart.summary["kind"], chart.summary["period"]) == ("run", "week")
    assert len(chart.points) == len(values)


def test_a_count_that_is_no_poisson_count_is_charted_as_it_is_judged_on_its_baseline():
    poisson = dataclasses.replace(COUNT, kind=ChartKind.C, baseline="first:14")
    assert charted([5, 40] * 8, poisson).summary["kind"] == "i"
    assert charted([*[9, 12, 8, 11, 10, 7, 13] * 2, 60, 70], poisson).summary["kind"] == "c"


def test_an_overdispersed_share_gets_p_prime_and_says_why():
    high_low = [80, 20] * 12
    chart = charted(high_low, SHARE, [100] * 24)
    assert chart.summary["kind"] == "pp"
    assert chart.summary["kind_reason"]


def test_the_target_of_the_latest_day_decides_the_assurance():
    targets = (Target(MONDAY, 5), Target(MONDAY + dt.timedelta(weeks=10), 90))
    chart = charted(SETTLED, dataclasses.replace(COUNT, targets=targets))
    assert chart.summary["assurance"] == "fail"
    assert chart.points["target"].tolist() == [5] * 10 + [90] * 10


def test_a_gap_keeps_its_place_and_has_no_value():
    values = [*SETTLED[:5], None, *SETTLED[5:]]
    chart = charted(values)
    assert chart.summary["n_gaps"] == 1
    assert chart.points["position"].tolist() == list(range(21))
    assert "no value was recorded" in chart.points["words"].iloc[5]


def test_rounding_that_drowns_the_limits_leaves_dots_and_words():
    chart = charted(SETTLED, release=Release(from_rounded=True, too_coarse=lambda _half_width: True))
    assert chart.summary["why_no_limits"] == "rounded"
    assert chart.points["centre_line"].isna().all()
    assert chart.summary["variation"] == "none"


def test_a_series_held_back_says_so_and_shows_no_number():
    rows = observation([None]).assign(is_hidden=True, hidden_reason="series")
    chart = chart_series(rows, COUNT, release=Release(from_rounded=True, hidden_reason="series"))
    assert chart.summary["is_hidden"]
    assert not any(character.isdigit() for character in chart.summary["sentence"])


def test_only_charts_with_an_icon_can_raise_a_false_alarm():
    assert charted(SETTLED[:9]).summary["false_alarm_rate"] == 0
    assert 0 < charted(SETTLED).summary["false_alarm_rate"] < 0.1
