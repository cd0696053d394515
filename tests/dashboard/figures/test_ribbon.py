"""Names and flags of cycles above the charts."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from dashboard.figures.axis import TimeAxis, time_axis
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.ribbon import FLAGS_APART, bars, bracket, flags, overlaps
from dashboard.theme import DESK, PHONE


def cycle(number, start, weeks):
    return CycleBand(
        f"c{number}", f"Cycle {number}", start, start + dt.timedelta(weeks=weeks) - dt.timedelta(days=1)
    )


FIRST, SECOND = cycle(1, dt.date(2026, 6, 1), 4), cycle(2, dt.date(2026, 6, 29), 4)
LAPPING = cycle(3, dt.date(2026, 6, 15), 8)


def axis(make_points) -> TimeAxis:
    return time_axis([make_points([1] * 12)])


def test_cycles_after_one_another_share_a_row(make_points):
    assert [bar.row for bar in bars([SECOND, FIRST], axis(make_points))] == [0, 0]


def test_overlapping_cycles_stand_on_two_rows(make_points):
    placed = bars([FIRST, LAPPING, SECOND], axis(make_points))
    assert [(bar.cycle.name, bar.row) for bar in placed] == [("Cycle 1", 0), ("Cycle 3", 1), ("Cycle 2", 0)]
    assert overlaps([FIRST, SECOND]) == []
    assert overlaps([FIRST, LAPPING]) == [(FIRST, LAPPING)]


def test_an_open_cycle_runs_to_the_end_and_overlaps_what_follows(make_points):
    running = CycleBand("c9", "Cycle 9", dt.date(2026, 6, 22), None)
    (bar,) = bars([running], axis(make_points))
    assert abs(bar.left + bar.width - 1) < 1e-9
    assert overlaps([running, SECOND]) == [(running, SECOND)]


def test_flags_are_numbered_left_to_right_and_step_down_when_too_close(make_points):
    placed = flags([SECOND, cycle(4, dt.date(2026, 7, 1), 2), FIRST], axis(make_points), width=800)
    assert [(flag.number, flag.cycle.name, flag.row) for flag in placed] == [
        (1, "Cycle 1", 0),
        (2, "Cycle 2", 0),
        (3, "Cycle 4", 1),
    ]


def test_a_cycle_before_the_axis_keeps_its_number_without_a_flag(make_points):
    early = cycle(1, dt.date(2025, 1, 6), 4)
    placed = flags([early, SECOND], axis(make_points), width=800)
    assert [flag.number for flag in placed] == [2]
    assert len(bars([early, SECOND], axis(make_points))) == 1


def test_the_bracket_spans_the_points_that_set_the_range(make_points):
    points = make_points([1] * 12, (0, 1, 2), {at: {"is_baseline": True} for at in range(6)})
    found = bracket(points, axis(make_points), "weeks")
    assert found.words == "6 weeks that set the usual range"
    assert (found.left, round(found.width, 2)) == (0.0, 0.49)
    assert bracket(make_points([1] * 12), axis(make_points), "weeks") is None


def test_flags_of_one_row_are_never_closer_than_a_disc_is_wide(make_points):
    days = [dt.date(2026, 6, 1) + dt.timedelta(days=2 * step) for step in range(12)]
    for width in (DESK.plot_width, PHONE.plot_width):
        placed = flags([cycle(at, day, 1) for at, day in enumerate(days)], axis(make_points), width)
        rows = {row: [flag.left * width for flag in placed if flag.row == row] for row in range(12)}
        gaps = [after - before for row in rows.values() for before, after in pairwise(row)]
        assert len(placed) == 12
        assert min(gaps) >= FLAGS_APART
