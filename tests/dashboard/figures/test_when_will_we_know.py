"""The chart of when we will know: the curve of what is needed, today's level, the prediction, the planned length."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from dashboard.figures.numbers import NumberStyle
from dashboard.figures.when_will_we_know import when_will_we_know
from dashboard.theme import LIGHT

PERIODS, NEEDED = (4, 8, 12), (0.66, 0.60, 0.57)
SHARE = NumberStyle(is_share=True)


def drawn(**more):
    return when_will_we_know(PERIODS, more.pop("needed", NEEDED), 0.46, SHARE, LIGHT, **more)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def words(figure):
    return [note.text for note in figure.layout.annotations]


def test_the_curve_is_the_value_that_each_length_needs_and_the_area_below_it_is_named():
    figure = drawn()
    assert list(traces(figure)["needed"].x) == [4, 8, 12]
    assert list(traces(figure)["needed"].y) == [0.66, 0.60, 0.57]
    assert set(traces(figure)["before"].y) == {0.46}
    assert "too small to be told from chance" in words(figure)
    assert "average 46%" in words(figure)


def test_without_a_prediction_none_is_drawn_and_with_one_it_says_so():
    assert "prediction point" not in traces(drawn())
    figure = drawn(predicted=0.6)
    assert set(traces(figure)["prediction point"].y) == {0.6}
    assert "you predict 60%" in words(figure)


def test_the_planned_length_stands_where_it_is_and_not_off_the_chart():
    assert [shape.x0 for shape in drawn(planned=8).layout.shapes] == [8]
    assert "your plan" in words(drawn(planned=8))
    assert len(drawn(planned=60).layout.shapes) == 0


def test_a_length_at_which_nothing_would_show_has_no_point():
    figure = drawn(needed=(math.nan, 0.9, 0.8))
    assert list(traces(figure)["needed"].x) == [8, 12]


def test_where_nothing_would_ever_show_only_the_level_is_drawn():
    figure = drawn(needed=(math.nan,) * 3)
    assert set(traces(figure)) == {"before"}
    assert words(figure) == ["average 46%"]


def test_names_at_the_right_stand_apart_however_close_the_values_are():
    figure = drawn(needed=(0.47, 0.465, 0.462), predicted=0.463)
    heights = sorted(note.y for note in figure.layout.annotations if note.xshift == 8)
    span = figure.layout.yaxis.range
    least = 0.1 * (span[1] - span[0])
    assert len(heights) == 3
    assert all(high - low >= least * 0.999 for low, high in pairwise(heights))


@pytest.mark.parametrize("narrow", [False, True])
def test_everything_drawn_lies_on_the_value_axis(narrow):
    figure = drawn(predicted=0.8, narrow=narrow)
    low, high = figure.layout.yaxis.range
    assert low <= 0.46
    assert high >= 0.8
