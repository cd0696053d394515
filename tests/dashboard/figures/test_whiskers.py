"""A number that was not written exactly shows from where to where it may lie: on the chart, in its words, in its text."""

from __future__ import annotations

import pytest

from dashboard.figures.control_chart import control_chart
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.whiskers import interval_text, whisker_words
from dashboard.theme import DARK, LIGHT

VALUES = [5, 7, 11, None, 20, 9]
NONE = float("nan")

#: One interval, one without an upper end, and an exact number whose two ends are the number itself.
INEXACT = {
    1: {"value_low": 7.0, "value_high": 7.0},
    2: {"value_low": 10.0, "value_high": 12.0},
    4: {"value_low": 20.0, "value_high": NONE},
}


@pytest.fixture
def points(make_points):
    blank = {at: {"value_low": NONE, "value_high": NONE} for at in range(len(VALUES))}
    return make_points(VALUES, (2, 9, 16), blank | INEXACT)


def trace(figure, name):
    return next((part for part in figure.data if part.name == name), None)


def test_an_interval_is_a_thin_line_through_its_middle_and_an_exact_number_has_none(points, make_request):
    figure = control_chart(make_request(points), LIGHT)
    line = trace(figure, "whisker")
    assert list(line.y) == [10, 12, None]
    value = trace(figure, "value")
    assert line.x[0] == line.x[1] == value.x[2]
    assert value.y[2] == 11
    assert (line.mode, line.line.width) == ("lines", 1.3)
    assert line.line.dash == "solid"


def test_without_an_upper_end_the_line_is_dashed_to_the_top_of_the_plot(points, make_request):
    request = make_request(points)
    line = trace(control_chart(request, LIGHT), "whisker without end")
    assert list(line.y) == [20, request.values().high, None]
    assert line.line.dash == "2px,3px"


def test_a_whisker_lies_behind_the_points_and_takes_the_themes_ink(points, make_request):
    figure = control_chart(make_request(points), DARK)
    names = [part.name for part in figure.data]
    assert names.index("whisker") < names.index("value")
    assert trace(figure, "whisker").line.color == DARK.data


def test_the_value_axis_has_room_for_both_ends(make_points, make_request):
    wide = make_points([5, 6, 7], changes={1: {"value_low": 1.0, "value_high": 40.0}})
    axis = make_request(wide).values()
    assert axis.low <= 1
    assert axis.high >= 40


def test_the_pointer_is_told_between_what_the_value_lies(points, make_request):
    said = trace(control_chart(make_request(points), LIGHT), "value").customdata
    said = [" ".join(words.split("<br>")) for words in said]
    assert said[2].startswith("Week 2: 11. Not exact: 10 to 12.")
    assert said[4].startswith("Week 4: 20. Not exact: at least 20.")
    assert said[0].startswith("Week 0: 5.")
    assert said[1].startswith("Week 1: 7.")
    assert not [words for words in (said[0], said[1]) if "exact" in words]


def test_the_alternative_text_says_which_points_are_not_exact(points, make_request, make_points):
    assert make_request(points).alt("Nothing unusual.") == (
        "Nothing unusual. 2 points are not exact, shown by a thin line; the latest: at least 20."
    )
    one = points.assign(value_low=points["value_low"].where(points["position"] == 2))
    assert whisker_words(one, NumberStyle()) == "One point is not exact, shown by a thin line: 10 to 12."
    assert make_request(make_points(VALUES)).alt("Nothing unusual.") == "Nothing unusual."


def test_what_is_held_back_has_no_whisker_and_no_words(points, make_request):
    hidden = points.assign(is_hidden=points["position"] == 2)
    request = make_request(hidden)
    figure = control_chart(request, LIGHT)
    assert trace(figure, "whisker") is None
    assert "10 to 12" not in figure.to_json()
    assert "10 to 12" not in request.alt("")


def test_a_share_is_told_in_per_cent_and_drawn_within_what_can_be(make_points, make_request):
    share = make_points([0.4, 0.9], changes={1: {"value_low": 0.8, "value_high": 1.2}})
    request = make_request(share, style=NumberStyle.of("proportion"))
    assert list(trace(control_chart(request, LIGHT), "whisker").y) == [0.8, 1.0, None]
    assert interval_text({"value": 0.5, "value_low": 0.45, "value_high": 0.55}, request.style) == "45 to 55%"


def test_a_mart_without_the_two_columns_draws_as_before(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES)), LIGHT)
    assert trace(figure, "whisker") is None
    assert interval_text({"value": 5.0}, NumberStyle()) == ""
