"""Which points a cycle is judged on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.learning.segments import segments_of

DO = [60, 61, 62, 63, 64, 65, 66, 67]


@pytest.fixture
def cut(made):
    """Cut a chart of twenty settled weeks and the given Do; `plan` changes the cycle."""

    def cut(
        during, measure=made.value, *, before=made.settled, until=None, change=None, plan=None, **options
    ):
        points = made.table(before, during, **options)
        one = made.cycle(points, len(during), **(plan or {}))
        if change is not None:
            change(points)
        return segments_of(points, one, measure, until)

    return cut


def test_only_points_of_do_are_in_do_and_only_baseline_points_before_it(cut):
    segments = cut(DO, gap_weeks=3)
    assert segments.during.value.tolist() == DO
    assert len(segments.before) == 20


def test_a_period_that_only_touches_do_is_left_out(cut, made):
    first = made.monday + dt.timedelta(weeks=20)
    inside = {"do_start": first + dt.timedelta(days=1), "do_end": first + dt.timedelta(weeks=8, days=-2)}
    assert cut(DO, plan=inside).during.value.tolist() == DO[1:-1]


def test_a_stated_lag_is_left_out_of_do(cut, measure_of):
    assert cut(DO, measure_of(lag_days=14)).during.value.tolist() == DO[2:]
    assert cut(DO, measure_of(lag_days=15)).during.value.tolist() == DO[3:]


def test_without_a_start_there_is_no_do(cut):
    segments = cut(DO, plan={"do_start": None})
    assert (len(segments.during), segments.n_planned) == (0, 0)


def test_without_an_end_do_goes_on(cut):
    assert cut(DO, plan={"do_end": None}).during.value.tolist() == DO


def test_baseline_points_inside_do_are_not_before_and_never_signal(cut):
    def declare(points):
        points.loc[20:22, "is_baseline"] = True

    segments = cut(DO, change=declare)
    assert len(segments.before) == 20
    assert np.isnan(segments.places.value[:3]).all()
    assert segments.places.value[3:].tolist() == DO[3:]


def test_a_gap_is_missing_and_keeps_its_place(cut):
    segments = cut([60, None, 62, 63])
    assert (segments.n_planned, segments.n_missing, len(segments.during)) == (4, 1, 3)
    assert np.isnan(segments.places.value).tolist() == [False, True, False, False]


def test_a_week_that_has_not_ended_is_neither_missing_nor_seen(cut):
    def last_week_runs(points):
        points["is_running"] = points.index == len(points) - 1

    segments = cut(DO, change=last_week_runs)
    assert segments.during.value.tolist() == DO[:-1]
    assert (segments.n_planned, segments.n_missing) == (len(DO) - 1, 0)


def test_hidden_points_are_neither_missing_nor_seen(cut):
    def hide(points):
        points.loc[21:22, "is_hidden"] = True
        points.loc[21, "value"] = np.nan

    segments = cut(DO, change=hide)
    assert (segments.n_planned, segments.n_missing, segments.n_hidden) == (6, 0, 2)
    assert segments.during.value.tolist() == [60, *DO[3:]]
    assert np.isnan(segments.places.value).sum() == 2


@pytest.mark.parametrize(("days", "missing"), [(0, 0), (6, 0), (7, 1), (21, 3), (90, 12)])
def test_tests_planned_after_the_last_one_are_missing_as_far_as_the_data_reach(cut, made, days, missing):
    last = made.monday + dt.timedelta(weeks=28, days=-1)
    segments = cut(DO, until=last + dt.timedelta(days=days), plan={"do_end": None})
    assert (segments.n_missing, segments.n_planned) == (missing, 8 + missing)


def test_no_test_is_missing_after_the_end_of_do(cut, made):
    segments = cut(DO, until=made.monday + dt.timedelta(weeks=60))
    assert (segments.n_missing, segments.n_planned) == (0, 8)


def test_a_decision_counts_what_was_planned_until_then(cut, made):
    end = made.monday + dt.timedelta(weeks=32, days=-1)
    plan = {"do_end": end, "decided_on": end + dt.timedelta(days=11)}
    assert cut(DO, plan=plan).n_missing == 4
    assert cut(DO, plan=plan | {"decided_on": end - dt.timedelta(weeks=2)}).n_missing == 2
    assert cut(DO, plan=plan | {"decided_on": None}).n_missing == 0


def test_a_log_that_stops_before_do_has_missed_all_of_it(cut, made):
    first = made.monday + dt.timedelta(weeks=30)
    plan = {"do_start": first, "do_end": first + dt.timedelta(weeks=6, days=-1)}
    segments = cut(DO, until=first + dt.timedelta(weeks=20), plan=plan)
    assert (segments.n_planned, segments.n_missing) == (6, 6)


def test_sessions_that_nobody_planned_are_never_missing(cut, made, measure_of):
    late = made.monday + dt.timedelta(weeks=60)
    assert cut(DO, measure_of(planned_every="session"), until=late, plan={"do_end": None}).n_missing == 0


def test_planned_steps_are_the_series_own(cut, made):
    last = made.monday + dt.timedelta(days=28 * 28 - 1)
    segments = cut(DO, until=last + dt.timedelta(days=57), plan={"do_end": None}, step=28)
    assert segments.n_missing == 2


def test_days_are_counted_from_the_first_to_the_last_both_included(cut):
    assert cut(DO).span_days == 28 * 7


def test_the_total_of_a_share_is_sum_over_sum_and_of_a_value_its_mean(cut, share):
    segments = cut([10, 30], share, denominator=40)
    assert segments.during.total(is_ratio=True, is_sum=True) == (0.5, 40, 80)
    assert cut([10, 31]).during.total(is_ratio=False, is_sum=False) == (20.5, None, None)
    assert cut([10, 31]).during.total(is_ratio=False, is_sum=True) == (20.5, 41, None)
    assert cut([None, None]).during.total(is_ratio=True, is_sum=True) == (None, None, None)


def test_after_a_rebase_the_last_range_frozen_before_do_is_the_yardstick(cut):
    def rebase(points):
        number = np.arange(len(points))
        points["phase"] = np.where(number < 12, 0, 1)
        points["is_baseline"] = (number < 8) | ((number > 11) & (number < 18))

    assert len(cut([60.0] * 8, change=rebase).before) == 6
