"""Sparklines: the same band in every cell, gaps left open, only the current run coloured."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from dashboard.components.sparkline import Box, Mark, current_run, relative, shape, sparkline
from dashboard.theme import LIGHT

LATE = dt.date(2026, 11, 22)


def band(svg: str) -> tuple[str, str]:
    found = re.search(r'<rect y="([\d.]+)" width="190" height="([\d.]+)"', svg)
    assert found
    return found[1], found[2]


def test_the_band_has_the_same_height_whatever_the_numbers(row, points):
    narrow = sparkline(points([40.0] * 20), row(), LIGHT, LATE)
    frame = points([40.0] * 20)
    frame["lower_limit"], frame["upper_limit"] = -500.0, 580.0
    wide = sparkline(frame, row(lower_limit=-500.0, upper_limit=580.0), LIGHT, LATE)
    assert band(narrow) == band(wide)


def test_a_point_on_its_limit_lies_on_the_edge_of_the_band():
    box = Box(190, 62, dt.date(2026, 1, 1), LATE)
    assert relative(50, 40, 30, 50) == 1
    assert relative(30, 40, 30, 50) == -1
    assert box.y(0) == 31
    assert box.y(1) + box.y(-1) == pytest.approx(62)


@pytest.mark.parametrize(
    ("value", "limits", "height"),
    [(40, (40, 30, 50), 0), (45, (40, 30, 50), 0.5), (35, (40, 38, 90), -2.5), (None, (40, 30, 50), None),
     (40, (None, None, None), None), (41, (40, 40, 40), 1.75), (39, (40, 40, 40), -1.75), (40, (40, 40, 40), 0)],
)  # fmt: skip
def test_heights_are_in_half_widths_of_the_usual_range(value, limits, height):
    assert relative(value, *limits) == height


def test_the_band_of_an_amount_that_is_never_below_0_begins_at_0(row, points):
    frame = points([40.0] * 19 + [0.0])
    frame["lower_limit"] = -80.0
    summary = row(lower_limit=-80.0, data_kind="i", counts=None)
    free = sparkline(frame, summary, LIGHT, LATE)
    held = sparkline(frame, summary | {"never_negative": True}, LIGHT, LATE)
    box = Box(190, 62, dt.date(2026, 1, 1), LATE)
    assert f'cy="{box.y(-1):.1f}" r="5"' in held
    assert f'cy="{box.y(-40 / 120):.1f}" r="5"' in free


def test_points_far_outside_are_held_inside_the_picture():
    box = Box(190, 62, dt.date(2026, 1, 1), LATE)
    assert box.y(99) == 7
    assert box.y(-99) == 55


def test_a_gap_leaves_the_line_open(row, points):
    svg = sparkline(points([40.0, 41.0, None, 42.0, 40.0]), row(), LIGHT, LATE)
    path = re.search(r'<path d="(M[^"]+)" stroke="#78838E"', svg)
    assert path
    assert path[1].count("M") == 2
    assert path[1].count("L") == 2


def test_only_the_run_that_holds_now_is_coloured(row, points):
    types = {1: "improvement", 4: "improvement", 5: "improvement"}
    rules = {1: "beyond_limits", 4: "shift", 5: "shift"}
    frame = points([40.0, 60.0, 40.0, 41.0, 48.0, 49.0], types, rules)
    svg = sparkline(frame, row(variation="improvement_high"), LIGHT, LATE)
    assert svg.count(LIGHT.improvement) == 2


def test_without_a_signal_now_nothing_is_coloured(row, points):
    frame = points([40.0, 60.0, 40.0], {1: "improvement"}, {1: "beyond_limits"})
    svg = sparkline(frame, row(), LIGHT, LATE)
    for colour in (LIGHT.improvement, LIGHT.concern, LIGHT.neutral):
        assert colour not in svg


def test_a_gap_inside_a_run_does_not_end_it():
    marks = [
        Mark(0, 1, "concern", "shift"),
        Mark(1, None, "common_cause", None),
        Mark(2, 1, "concern", "shift"),
    ]
    assert [mark.x for mark in current_run(marks)] == [0, 2]


def test_too_few_points_have_dots_and_no_band(row, points):
    few = row(variation="too_few", limits_state="none", n_points=5, target=50.0)
    svg = sparkline(points([40.0, 45.0, 38.0, 41.0, 44.0]), few, LIGHT, LATE)
    assert svg.count("<circle") == 5
    assert "<rect" not in svg
    assert "stroke-dasharray" not in svg, "without a range there is nothing for the target to be reached by"


def test_a_provisional_range_has_dashed_edges(row, points):
    assert 'stroke-dasharray="4 4"' in sparkline(
        points([40.0] * 14), row(limits_state="provisional"), LIGHT, LATE
    )
    assert 'stroke-dasharray="4 4"' not in sparkline(points([40.0] * 14), row(), LIGHT, LATE)


def test_a_target_is_dashed_and_stays_in_the_picture(row, points):
    svg = sparkline(points([40.0] * 14), row(target=500.0), LIGHT, LATE)
    assert 'd="M0 7.0H190" stroke="#15202B" stroke-width="2" stroke-dasharray="8 5"' in svg


def test_a_run_chart_has_a_median_and_no_band(row, points):
    run = row(variation="none", limits_state="none")
    svg = sparkline(points([38.0, 42.0] * 10), run, LIGHT, LATE)
    assert "<rect" not in svg
    assert f'stroke="{LIGHT.centre}"' in svg


@pytest.mark.parametrize(
    ("rule", "falling", "drawn"),
    [("beyond_limits", False, "<path"), ("trend", False, "<path"), ("trend", True, "<path"), ("two_of_three", False, "<rect"),
     ("shift", False, "<circle"), ("long_run", False, "<circle")],
)  # fmt: skip
def test_each_rule_has_a_shape_of_its_own(rule, falling, drawn):
    assert shape(Mark(10, 20, "concern", rule), "#AF3F06", "#FFFFFF", True, falling).startswith(drawn)


def test_a_falling_trend_points_down():
    up = shape(Mark(10, 20, "concern", "trend"), "#AF3F06", "#FFFFFF", True, False)
    down = shape(Mark(10, 20, "concern", "trend"), "#AF3F06", "#FFFFFF", True, True)
    assert "M10.0 14.0" in up
    assert "M10.0 26.0" in down


@pytest.mark.parametrize("values", [[], [None, None], [40.0]])
def test_nothing_and_one_point_are_pictures_too(row, points, values):
    for summary in (row(), row(limits_state="none", variation="too_few")):
        assert ET.fromstring(sparkline(points(values), summary, LIGHT, LATE)).tag.endswith("svg")
