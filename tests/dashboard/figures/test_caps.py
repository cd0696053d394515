"""Caps over the cycles of a chart that stands alone."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from dashboard.figures.caps import cap_names
from dashboard.figures.control_chart import control_chart
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.ribbon import Bar
from dashboard.theme import DESK, LIGHT, MEETING

VALUES = [5.0, 7, 6, 8, 9, 8, 7, 9]


def cycle(number, start, end):
    return CycleBand(f"c{number}", f"Cycle {number}", start, end)


def bar(number, left, width, row=0):
    day = dt.date(2026, 1, 1)
    return Bar(cycle(number, day, day), left, width, row)


def test_a_chart_alone_names_its_cycles_over_a_cap_and_a_stacked_one_leaves_that_to_the_ribbon(
    make_points, make_request
):
    cycles = [cycle(4, dt.date(2026, 6, 15), dt.date(2026, 7, 5))]
    request = make_request(make_points(VALUES, (2, 7, 12)), cycles=cycles)
    alone = control_chart(request, LIGHT, size=MEETING)
    (cap,) = [shape for shape in alone.layout.shapes if shape.name == "cap"]
    assert (cap.line.color, cap.y0) == (LIGHT.cycle_edge, 1)
    assert "<b>Cycle 4</b>" in [note.text for note in alone.layout.annotations]
    stacked = control_chart(request, LIGHT, size=DESK)
    assert not [shape for shape in stacked.layout.shapes if shape.name == "cap"]
    assert "<b>Cycle 4</b>" not in [note.text for note in stacked.layout.annotations]


def test_overlapping_cycles_stand_on_rows_of_their_own_and_the_chart_makes_room(make_points, make_request):
    two = [
        cycle(1, dt.date(2026, 6, 8), dt.date(2026, 7, 5)),
        cycle(2, dt.date(2026, 6, 22), dt.date(2026, 7, 12)),
    ]
    points = make_points(VALUES, (2, 7, 12))
    figure = control_chart(make_request(points, cycles=two), LIGHT, size=MEETING)
    heights = [shape.y0 for shape in figure.layout.shapes if shape.name == "cap"]
    assert heights[0] == 1 < heights[1]
    one = control_chart(make_request(points, cycles=two[:1]), LIGHT, size=MEETING)
    assert figure.layout.margin.t > one.layout.margin.t


def test_names_of_one_row_never_touch_and_shrink_to_the_number_where_there_is_little_room():
    close = [bar(1, 0.10, 0.02), bar(2, 0.125, 0.3), bar(3, 0.9, 0.1)]
    names = cap_names(close, MEETING)
    assert [name.words for name in names] == ["1", "Cycle 2", "Cycle 3"]
    for before, after in pairwise(names):
        assert before.end <= after.start


def test_a_name_at_the_right_end_stays_on_the_plot():
    (name,) = cap_names([bar(7, 0.97, 0.03)], MEETING)
    assert name.words == "Cycle 7"
    assert name.end <= 1
