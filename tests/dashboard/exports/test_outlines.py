"""Lines break where nothing was counted, steps turn where the screen's do, hatches stay inside, no mark is left out."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.outlines import OUTLINES, hatch, line_path, mark_svg, number
from dashboard.theme import SYMBOL_SIZE


def places_of(path: str) -> list[tuple[str, float, float]]:
    return [(pen, float(x), float(y)) for pen, x, y in re.findall(r"([ML])(-?[\d.]+) (-?[\d.]+)", path)]


def test_a_line_breaks_where_nothing_was_counted():
    assert line_path([(0, 0), (1, 2), None, (3, 1)]) == "M0 0L1 2M3 1"


def test_a_target_steps_at_the_day_it_changes():
    assert line_path([(0, 10), (4, 2)], "hv") == "M0 10L4 10L4 2"


def test_limits_step_half_way_between_two_points():
    assert line_path([(0, 10), (4, 2)], "hvh") == "M0 10L2 10L2 2L4 2"


def test_a_step_does_not_join_across_a_break():
    assert line_path([(0, 10), None, (4, 2)], "hvh") == "M0 10M4 2"


@given(
    left=st.floats(0, 500), top=st.floats(0, 100), wide=st.floats(5, 300), high=st.floats(5, 150),
    apart=st.floats(3, 12),
)  # fmt: skip
def test_every_hatch_rises_at_forty_five_degrees_inside_its_box(left, top, wide, high, apart):
    corners = [(left, top), (left + wide, top + high)]
    drawn = places_of(hatch(corners, apart))
    assert len(drawn) % 2 == 0
    for (_, x0, y0), (_, x1, y1) in zip(drawn[::2], drawn[1::2], strict=True):
        assert left - 0.1 <= x0 <= x1 <= left + wide + 0.1
        assert top - 0.1 <= y1 <= y0 <= top + high + 0.1
        assert abs((x1 - x0) - (y0 - y1)) <= 0.2


def test_a_hatch_fills_its_box_evenly():
    starts = [x for pen, x, y in places_of(hatch([(0, 0), (100, 0.5)], 7)) if pen == "M"]
    steps = {round(b - a, 1) for a, b in pairwise(starts[1:])}
    assert steps <= {9.8, 9.9, 10.0}


def test_every_mark_of_the_screens_can_be_drawn():
    for symbol in SYMBOL_SIZE:
        shape = "circle" if symbol == "circle-open" else symbol
        assert mark_svg(shape, (10, 10), 8, 'fill="#000"').startswith("<")


def test_a_mark_that_nobody_knows_is_not_left_out_in_silence():
    with pytest.raises(KeyError):
        mark_svg("hexagon", (0, 0), 8, "")


@pytest.mark.parametrize("symbol", OUTLINES)
def test_a_mark_stands_on_its_place(symbol):
    x = [dx for dx, _ in OUTLINES[symbol]]
    assert abs(max(x) + min(x)) < 1e-9


def test_a_length_has_one_decimal_and_no_minus_zero():
    assert [number(value) for value in (1.0, 1.04, -0.01, -2.25, 12.96)] == ["1", "1", "0", "-2.2", "13"]
