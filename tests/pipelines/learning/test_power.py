"""When will we know? What a plan says."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pipelines.learning import when_will_we_know
from pipelines.vocabulary import Better

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
    """The worked sentence of docs/method.md, "When will we know?"."""
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
    """Of a hundred asked 97 said yes already: there is no room above."""
    values = np.tile([19.0, 20, 20, 19, 19], 4)
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
