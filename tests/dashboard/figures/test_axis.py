"""One time axis for all charts of a prototype."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.figures.axis import iso_texts, middles, time_axis, x_layout
from dashboard.theme import LIGHT, PHONE


def test_the_axis_holds_every_chart_from_first_day_to_the_day_after_the_last(make_points):
    early, late = make_points([1, 2]), make_points([1, 2, 3, 4])
    axis = time_axis([early, late, early.iloc[:0]])
    assert (axis.start, axis.end) == (pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-29"))


def test_no_rows_no_axis(make_points):
    assert time_axis([make_points([1]).iloc[:0]]) is None


def test_a_running_cycle_widens_the_axis_but_not_without_end(make_points):
    points = make_points([1, 2])
    assert time_axis([points], [dt.date(2026, 6, 28)]).end == pd.Timestamp("2026-06-29")
    assert time_axis([points], [dt.date(2028, 1, 1)]).end == pd.Timestamp("2026-06-15") + dt.timedelta(
        weeks=12
    )


def test_weeks_cut_the_axis_from_its_end(make_points):
    axis = time_axis([make_points([1] * 30)], weeks=16)
    assert axis.end - axis.start == dt.timedelta(weeks=16)


def test_a_point_stands_in_the_middle_of_its_period(make_points):
    assert iso_texts(middles(make_points([1])))[0] == "2026-06-04T12:00:00"


def test_sessions_of_one_day_share_it_out_in_order(make_points):
    day = pd.Timestamp("2026-06-01")
    rows = make_points([1, 2]).assign(period_start=day, period_end=day)
    assert iso_texts(middles(rows)) == ["2026-06-01T08:00:00", "2026-06-01T16:00:00"]


def test_months_are_named_and_the_year_stands_at_the_first_and_in_january(make_points):
    layout = x_layout(time_axis([make_points([1] * 44)]), LIGHT, months=True)
    assert list(layout["ticktext"]) == [
        "Jun 2026", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan 2027", "Feb", "Mar", "Apr",
    ]  # fmt: skip


def test_long_spans_name_fewer_months(make_points):
    layout = x_layout(time_axis([make_points([1] * 104)]), LIGHT, months=True, size=PHONE)
    assert len(layout["tickvals"]) <= 5
    assert not x_layout(time_axis([make_points([1] * 104)]), LIGHT, months=False)["showticklabels"]


def test_a_few_days_are_named_by_the_day(make_points):
    layout = x_layout(
        time_axis([make_points([1]).assign(period_start=pd.Timestamp("2026-06-03"))]), LIGHT, months=True
    )
    assert layout["ticktext"][0].startswith("3 Jun 2026")
