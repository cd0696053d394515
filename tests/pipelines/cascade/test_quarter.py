"""People counted over the latest quarter: due, through, lost and not due yet."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cascade.quarter import Counts, Quarter, count_quarter, count_step, count_weeks, quarter_of
from tests.pipelines.cascade.made import MEASURES, chart, month

CONFIRMED, OFFERED, TO_TARGET, TREATED = (
    MEASURES[f"cascade_{name}"] for name in ("confirmed", "confirmation_offered", "to_target", "treated")
)
MONTHS = [(10 + at, 20 + at) for at in range(8)]


def test_the_last_three_months_are_summed_wherever_the_year_they_lie_in():
    for first in range(12):
        one = chart("cascade_raised", MONTHS, first=first)
        quarter = quarter_of([one])
        counts = count_quarter([one], MEASURES["cascade_raised"], quarter)
        assert (counts.reached, counts.due, counts.n_points) == (15 + 16 + 17, 25 + 26 + 27, 3)
        assert (counts.first_on, counts.last_on) == (
            month(first + 5),
            month(first + 8) - dt.timedelta(days=1),
        )


def test_a_month_that_still_runs_is_not_part_of_it():
    one = chart("cascade_raised", MONTHS, running=(7,))
    assert count_quarter([one], MEASURES["cascade_raised"], quarter_of([one])).due == 24 + 25 + 26


def test_people_on_a_register_are_counted_once_by_the_latest_month():
    one = chart("cascade_to_target", MONTHS)
    counts = count_quarter([one], TO_TARGET, quarter_of([one]))
    assert (counts.reached, counts.due, counts.first_on) == (17, 27, month(7))


def test_all_places_are_counted_over_the_same_time():
    late, early = chart("cascade_raised", MONTHS), chart("cascade_raised", MONTHS[:6], place="brook_end")
    quarter = quarter_of([late, early])
    assert quarter == Quarter(month(8) - dt.timedelta(days=1))
    assert count_quarter([early], MEASURES["cascade_raised"], quarter).due == 23 + 24 + 25
    gone = chart("cascade_raised", MONTHS[:4], place="brook_end")
    assert count_quarter([gone], MEASURES["cascade_raised"], quarter) == Counts()


def test_points_held_back_are_counted_as_such_and_left_out():
    one = chart("cascade_raised", MONTHS, hidden=(6,))
    counts = count_quarter([one], MEASURES["cascade_raised"], quarter_of([one]))
    assert (counts.due, counts.n_points, counts.n_hidden) == (25 + 27, 2, 1)
    every = chart("cascade_raised", MONTHS, hidden=range(8))
    counts = count_quarter([every], MEASURES["cascade_raised"], quarter_of([every]))
    assert (counts.due, counts.share, counts.n_hidden) == (None, None, 8)


def test_a_point_wider_than_a_quarter_is_held_back_and_not_taken_for_it():
    wide, other = chart("cascade_raised", [(60, 120)]), chart("cascade_raised", MONTHS, place="brook_end")
    wide.columns["period_end"] = np.array([month(8) - dt.timedelta(days=1)], object)
    counts = count_quarter([wide], MEASURES["cascade_raised"], quarter_of([wide, other]))
    assert (counts.due, counts.n_hidden) == (None, 1)


def test_those_who_came_since_are_not_due_and_not_lost():
    confirmed, offered = (
        chart("cascade_confirmed", MONTHS[:5]),
        chart("cascade_confirmation_offered", [(20, 22)] * 8),
    )
    counts = count_step([confirmed], CONFIRMED, quarter_of([confirmed]), [offered])
    assert (counts.reached, counts.due, counts.not_due) == (12 + 13 + 14, 22 + 23 + 24, 60)
    assert (counts.lost, counts.before) == (30, 129)


def test_nobody_can_be_not_due_where_there_is_no_follow_up_or_the_step_before_is_not_shown():
    offered = chart("cascade_confirmation_offered", MONTHS)
    raised = chart("cascade_raised", MONTHS)
    assert count_step([offered], OFFERED, quarter_of([offered]), [raised]).not_due is None
    confirmed = chart("cascade_confirmed", MONTHS[:5])
    hidden = chart("cascade_confirmation_offered", MONTHS, hidden=range(5, 8))
    assert count_step([confirmed], CONFIRMED, quarter_of([confirmed]), [hidden]).not_due is None
    treated = chart("cascade_treated", MONTHS[:3])
    assert count_step([treated], TREATED, quarter_of([treated]), [offered]).not_due is None


def test_other_shares_are_counted_over_the_last_weeks_of_the_data():
    one = chart("to_target", MONTHS)
    assert count_weeks([one], 12, dt.date(2026, 8, 31)).due == 26 + 27
    assert count_weeks([one], 12, None) == Counts()


people = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(
    st.lists(st.none() | people, min_size=1, max_size=9),
    st.lists(st.none() | people, min_size=1, max_size=12),
    st.sets(st.integers(0, 8)),
)
@settings(max_examples=200, deadline=None)
def test_through_lost_and_not_due_are_all_who_came_whatever_is_held_back(confirmed, offered, hidden):
    kept = [None if pair is not None and not pair[1] else pair for pair in confirmed]
    one = chart("cascade_confirmed", kept, hidden=tuple(hidden))
    before = chart(
        "cascade_confirmation_offered",
        [None if pair is not None and not pair[1] else pair for pair in offered],
    )
    counts = count_step([one], CONFIRMED, quarter_of([one]), [before])
    if counts.due is None:
        assert (counts.reached, counts.lost, counts.before, counts.share) == (None, None, None, None)
        return
    assert counts.reached + counts.lost + (counts.not_due or 0) == counts.before
    assert counts.share + counts.lost / counts.due == pytest.approx(1)
