"""When will we know? What a plan says, and that the verdict keeps to it."""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pipelines.charts import chart_series
from pipelines.learning import judge_cycle, when_will_we_know
from pipelines.learning.model import lag_one
from pipelines.learning.trials import Plan, _Model
from pipelines.vocabulary import Better, Verdict

MONTH = 30


def summary_of(**changes):
    facts = {"kind": "i", "limits_state": "provisional", "why_no_limits": None, "is_hidden": False}
    return facts | changes


@pytest.fixture
def baseline(made):
    """Return rows of chart_point, all of them baseline."""

    def baseline(values, **table):
        return made.table(values, [], **table)

    return baseline


@pytest.fixture
def shares(baseline):
    """Return twenty months in which 40 were asked and six in ten said yes, scattered as chance has it and not linked."""
    yes = binom.ppf((np.arange(20) + 0.5) / 20, 40, 0.6)
    return baseline(yes[np.random.default_rng(3).permutation(20)], denominator=40, step=MONTH)


def test_with_forty_people_a_month_six_months_show_a_rise_from_60_to_about_75_but_not_to_65(shares, share):
    """The worked sentence of docs/method.md, Power."""
    found = when_will_we_know(shares, share, summary_of(kind="p"), predicted=0.65)
    six = found.periods.index(6)
    assert found.before == pytest.approx(0.60)
    assert found.smallest_value[six] == pytest.approx(0.75, abs=0.03)
    assert found.smallest_change[six] == pytest.approx(found.smallest_value[six] - 0.60)
    assert found.power[six] < 0.3
    assert found.people == 40


def test_what_is_needed_is_the_first_length_with_four_chances_in_five(shares, share):
    found = when_will_we_know(shares, share, summary_of(kind="p"), predicted=0.75)
    by_length = dict(zip(found.periods, found.power, strict=True))
    assert by_length[found.periods_needed] >= 0.8
    assert all(power < 0.8 for n, power in by_length.items() if n < found.periods_needed)
    assert found.reason is None


def test_the_smallest_change_is_what_is_found_four_times_in_five(shares, share):
    for place, value in enumerate(when_will_we_know(shares, share, summary_of(kind="p")).smallest_value):
        found = when_will_we_know(shares, share, summary_of(kind="p"), predicted=value)
        assert found.power[place] == pytest.approx(0.8, abs=0.002)


def test_more_people_a_period_show_smaller_changes(shares, share):
    few, usual, many = (
        when_will_we_know(shares, share, summary_of(kind="p"), people=people).smallest_change
        for people in (20, 40, 160)
    )
    assert all(a > b > c for a, b, c in zip(few, usual, many, strict=True))


def test_a_longer_do_shows_smaller_changes_where_the_year_is_known(made, baseline):
    values = np.tile(made.settled, 3)
    found = when_will_we_know(baseline(values), made.value, summary_of())
    assert found.smallest_change[-1] < 0.6 * found.smallest_change[0]
    assert sorted(found.smallest_change, reverse=True) == pytest.approx(list(found.smallest_change), rel=0.06)


def test_a_wider_spread_asks_for_a_larger_change_in_proportion(made, baseline):
    narrow = np.array(made.settled)
    wide = 50 + 3 * (narrow - 50)
    one, three = (
        when_will_we_know(baseline(v), made.value, summary_of()).smallest_change for v in (narrow, wide)
    )
    assert three == pytest.approx(3 * np.array(one))


def test_linked_neighbours_ask_for_a_larger_change(made, baseline):
    """The same fifty values, drawn at random, and sorted into slow waves."""
    values = np.random.default_rng(2).normal(50, 5, 50)
    place = np.argsort(np.argsort(np.sin(np.arange(50) / 1.5), kind="stable"))
    waves = np.sort(values)[place]
    free, linked = (when_will_we_know(baseline(v), made.value, summary_of()) for v in (values, waves))
    assert free.phi < 0.3 < linked.phi
    assert linked.smallest_change[4] > 1.3 * free.smallest_change[4]


def test_without_a_prediction_the_better_way_is_asked(made, baseline, measure_of):
    points = baseline(made.settled)
    assert when_will_we_know(points, made.value, summary_of()).direction == 1
    down = when_will_we_know(points, measure_of(better=Better.DOWN), summary_of())
    assert down.direction == -1
    assert all(change < 0 for change in down.smallest_change)
    assert (down.power, down.periods_needed, down.reason) == ((), None, None)


def test_a_prediction_the_other_way_is_asked_that_way(made, baseline):
    found = when_will_we_know(baseline(made.settled), made.value, summary_of(), predicted=40.0)
    assert found.direction == -1
    assert found.power[-1] > 0.9


def test_a_prediction_against_the_direction_asked_is_never_shown(made, baseline):
    found = when_will_we_know(baseline(made.settled), made.value, summary_of(), predicted=40.0, direction=1)
    assert set(found.power) == {0.0}
    assert "no change in this direction" in found.reason


def test_a_small_change_is_told_to_take_longer_than_anybody_looks(made, baseline):
    found = when_will_we_know(baseline(made.settled), made.value, summary_of(), predicted=50.1)
    assert found.periods_needed is None
    assert found.reason == "26 more points are too few to show a change as small as predicted"


def test_where_no_possible_value_would_show_none_is_told(share, baseline):
    """Nineteen of twenty said yes already: there is no room above."""
    values = np.tile([19.0, 18, 20, 19, 19], 4)
    found = when_will_we_know(baseline(values, denominator=20), share, summary_of(kind="p"))
    assert np.isnan(found.smallest_value[0])
    assert np.isnan(found.smallest_change[0])
    below = when_will_we_know(baseline(values, denominator=20), share, summary_of(kind="p"), direction=-1)
    assert 0 < below.smallest_value[0] < 0.9


def test_fewer_than_four_points_show_nothing(made, baseline):
    found = when_will_we_know(
        baseline(made.settled), made.value, summary_of(), predicted=90.0, periods=(3, 4)
    )
    assert found.power[0] == 0
    assert found.power[1] > 0.99
    assert np.isnan(found.smallest_change[0])


def test_a_baseline_on_the_move_asks_for_more(made, baseline):
    """Rising already: the verdict will have to hold against the rise as well, and a fall will not."""
    rising = np.array(made.settled) + np.arange(20) * 0.3
    points = baseline(rising)
    up = when_will_we_know(points, made.value, summary_of(), direction=1)
    down = when_will_we_know(points, made.value, summary_of(), direction=-1)
    assert all(a > -b for a, b in zip(up.smallest_change, down.smallest_change, strict=True))
    assert "already have been moving" in up.note
    assert down.note is None


def test_a_run_chart_knows_no_limits_and_needs_longer_rows(made, baseline):
    points = baseline(made.settled)
    run = when_will_we_know(
        points, made.value, summary_of(kind="run", limits_state="none", why_no_limits="run_chart")
    )
    assert np.isnan(run.smallest_change[0])  # four points are no row of seven
    assert np.isfinite(run.smallest_change[2])


def test_a_later_start_brings_the_season_into_reach(made, baseline):
    """Twenty weeks, and Do eight months later: together they span a year."""
    points = baseline(made.settled)
    soon = when_will_we_know(points, made.value, summary_of(), periods=(12,))
    late = when_will_we_know(
        points, made.value, summary_of(), periods=(12,), do_start=made.monday + dt.timedelta(weeks=52)
    )
    assert soon.smallest_change != late.smallest_change


def test_the_same_plan_gives_the_same_answer(shares, share):
    asked = [when_will_we_know(shares, share, summary_of(kind="p"), predicted=0.75) for _ in range(2)]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("values", "said", "reason"),
    [
        ([50.0, 52] * 5 + [51], {}, "12 settled points are needed"),
        (
            [50.0, 52] * 8,
            {"limits_state": "none", "why_no_limits": "start_up"},
            "12 settled points are needed",
        ),
        ([50.0, 52] * 8, {"limits_state": "none", "why_no_limits": "rounded"}, "no usual range"),
        ([50.0, 52] * 8, {"is_hidden": True}, "held back"),
        ([50.0, 52] * 8, {"kind": "t"}, "this rare"),
        ([50.0] * 16, {}, "no spread to go by"),
    ],
)
def test_without_a_baseline_to_go_by_there_is_nothing_to_say(made, baseline, values, said, reason):
    found = when_will_we_know(baseline(values), made.value, summary_of(**said), predicted=60.0)
    assert reason in found.reason
    assert (found.smallest_change, found.power, found.periods_needed) == ((), (), None)
    assert found.predicted == 60.0


def test_a_share_above_one_is_no_baseline(baseline, share):
    found = when_will_we_know(baseline([9.0, 11] * 8, denominator=10), share, summary_of(kind="p"))
    assert "cannot be" in found.reason


@pytest.mark.parametrize("wrong", [{"people": 0}, {"people": -3}, {"periods": (0, 4)}])
def test_a_plan_without_anybody_or_any_period_is_refused(made, baseline, wrong):
    with pytest.raises(ValueError, match="at least one period"):
        when_will_we_know(baseline(made.settled), made.value, summary_of(), **wrong)


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(["value", "count", "share"]),
    counted=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=0, max_size=30),
)
def test_whatever_was_counted_there_is_an_outlook_or_a_reason(made, count, share, kind, counted):
    measure = {"value": made.value, "count": count, "share": share}[kind]
    pairs = np.array(counted, dtype=float).reshape(-1, 2)
    below = pairs.max(axis=1) + 1 if kind == "share" else None
    points = made.table(pairs.min(axis=1) if kind == "share" else pairs[:, 0], [], denominator=below)
    near, far = (
        when_will_we_know(points, measure, summary_of(), predicted=value, direction=1, periods=(4, 12))
        for value in (0.6, 0.9)
    )
    assert near.power or near.reason
    assert all(0 <= one <= other <= 1 for one, other in zip(near.power, far.power, strict=True))
    assert all(np.isnan(change) or change > 0 for change in near.smallest_change)
    assert all(np.isnan(value) or not measure.is_share or value <= 1 for value in near.smallest_value)


def test_of_an_ordinary_plan_the_trials_know_the_textbook():
    """φ 0, a year known, 120 before and 26 in Do, weighed alike: 2.80 errors are needed for the interval alone.

    The error of a difference of two means is √(1/120 + 1/26); the season costs a little, the signal hardly anything.
    """
    from pipelines.learning.trials import changes_needed

    days = 7.0 * np.arange(146)
    plan = Plan(tuple(days[:120]), tuple(days[120:]), 7.0, 1.0, 0.0, 0.0, "moving_range", has_drift=False)
    needed = np.quantile(changes_needed(plan, (26,))[0], 0.8)
    textbook = 2.80 * np.sqrt(1 / 120 + 1 / 26)
    assert textbook < needed < 1.35 * textbook


def test_the_trials_widen_by_the_autocorrelation_that_the_verdict_finds():
    days = 7.0 * np.arange(40)
    plan = Plan(tuple(days[:28]), tuple(days[28:]), 7.0, 1.0, 0.0, 0.0, "moving_range", has_drift=False)
    model = _Model.of(plan, 12)
    made = np.random.default_rng(1).normal(size=(40, 5))
    residuals = model.maker @ made
    expected = [lag_one(column, model.maker) for column in residuals.T]
    assert model._phi(residuals, (residuals**2).sum(axis=0)) == pytest.approx(expected)


# The verdict itself, tried.

#: How far the predicted power may lie from the share of verdicts; of 200 that share is known to 0.07 either way.
MARGIN = 0.10
TRIED, PLANNED = 200, 50


def linked(rng, size, phi):
    fresh = rng.normal(size=size + 50)
    for k in range(1, size + 50):
        fresh[k] = phi * fresh[k - 1] + np.sqrt(1 - phi**2) * fresh[k]
    return fresh[50:]


def values(rng, phi, is_do, step):
    return 50 + 5 * (linked(rng, len(is_do), phi) + step * is_do), None


def counts(rng, phi, is_do, step):
    """About 30 people a week; a standard deviation of chance is 5.5 people."""
    swing = np.exp(0.25 * linked(rng, len(is_do), phi)) if phi else 1.0
    return rng.poisson(30 * swing * (1 + step * is_do * 5.5 / 30)).astype(float), None


def yes_of_asked(rng, phi, is_do, step):
    """About half of 25 to 44 people; a standard deviation of chance is 8.5 points."""
    asked = rng.integers(25, 45, len(is_do))
    log_odds = 0.5 * linked(rng, len(is_do), phi) if phi else np.zeros(len(is_do))
    share = np.clip(1 / (1 + np.exp(-log_odds)) + step * is_do * 0.085, 0.01, 0.99)
    return rng.binomial(asked, share).astype(float), asked.astype(float)


def observed(monday, numerator, denominator):
    starts = [monday + dt.timedelta(weeks=week) for week in range(len(numerator))]
    return pd.DataFrame(
        {
            "series_id": "m@p", "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "n", "period": "week",
            "period_start": starts, "period_end": [day + dt.timedelta(days=6) for day in starts], "session_no": 1,
            "numerator": numerator, "denominator": np.nan if denominator is None else denominator,
            "value": numerator if denominator is None else numerator / denominator, "n_sessions": 1, "is_gap": False,
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "n_before", "phi", "n_do", "step"),
    [
        ("values", 20, 0.0, 8, 1.6),
        ("values", 20, 0.3, 12, 1.5),
        ("values", 50, 0.0, 4, 2.0),
        ("values", 50, 0.3, 12, 1.5),
        ("counts", 20, 0.0, 8, -1.6),
        ("counts", 50, 0.0, 12, 1.5),
        ("counts", 50, 0.3, 12, 3.0),
        ("shares", 50, 0.0, 8, 1.0),
        ("shares", 50, 0.3, 12, 2.0),
    ],
)
def test_the_predicted_power_is_about_the_share_of_verdicts(
    made, count, share, capsys, kind, n_before, phi, n_do, step
):
    make, measure = {
        "values": (values, made.value), "counts": (counts, count), "shares": (yes_of_asked, share),
    }[kind]  # fmt: skip
    rng = np.random.default_rng(2026)
    is_do = np.repeat([0.0, 1.0], [n_before, n_do])
    wanted = Verdict.IMPROVED if step > 0 else Verdict.WORSENED
    level = {
        "values": 50 + 5 * step,
        "counts": 30 * np.exp(0.03125 * bool(phi)) * (1 + step * 5.5 / 30),
        "shares": 0.5 + step * 0.085,
    }[kind]
    found, promised = 0, []
    for run in range(TRIED):
        rows = observed(made.monday, *make(rng, phi, is_do, step))
        plan = made.cycle(rows, n_do)
        chart = chart_series(rows, measure, [plan.do_start])
        found += judge_cycle(chart.points, plan, measure, chart.summary).verdict == wanted
        if run < PLANNED:
            before = chart.points.iloc[:n_before]
            outlook = when_will_we_know(before, measure, chart.summary, predicted=level, periods=(n_do,))
            promised.append(outlook.power[0])
    with capsys.disabled():
        sys.stdout.write(
            f"\n| {kind} | {n_before} before, {n_do} in Do | φ {phi} | {step:+g} SD | predicted {np.mean(promised):.2f} "
            f"| found {found / TRIED:.2f} |"
        )
    assert np.mean(promised) == pytest.approx(found / TRIED, abs=MARGIN)
