"""Right labels: what they say, and that no two touch."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.labels import APART, EndLabel, end_labels, heights
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.theme import LIGHT

AXIS = ValueAxis(0, 100, (0, 50, 100), ("0", "50", "100"))


def label(value):
    return EndLabel("average", value, LIGHT.muted, 13)


def test_labels_far_apart_stand_at_their_values():
    assert heights([label(100), label(0), label(50)], AXIS, 120) == [0, 120, 60]


@given(st.lists(st.floats(0, 100), min_size=2, max_size=5))
def test_no_two_labels_are_closer_than_a_line(values):
    labels = [label(value) for value in values]
    placed = sorted(heights(labels, AXIS, 120))
    assert all(below - above >= 13 * APART - 1e-6 for above, below in pairwise(placed))
    assert max(placed) <= 120 + 1e-6


def test_pushed_labels_keep_the_order_of_their_values():
    placed = heights([label(51), label(50), label(52)], AXIS, 120)
    assert placed[2] < placed[0] < placed[1]


def test_a_chart_without_a_value_has_no_latest_value(make_points, make_request):
    request = make_request(make_points([None, None]))
    assert end_labels(request.rows(), request.summary, NumberStyle(), LIGHT) == []


def test_a_hidden_latest_cell_is_never_the_label(make_points, make_request):
    points = make_points([5, 6], None, {1: {"is_hidden": True, "value": 6.0, "hidden_reason": "small"}})
    request = make_request(points)
    assert [entry.text for entry in end_labels(request.rows(), request.summary, NumberStyle(), LIGHT)] == [
        "5"
    ]
