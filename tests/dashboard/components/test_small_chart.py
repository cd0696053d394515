"""Charts made small on one scale: the same height is the same number in every picture."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.components.panels import Panel, panels_html, shared_values
from dashboard.components.small_chart import small_chart
from dashboard.figures.axis import time_axis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.theme import LIGHT

AXIS = ValueAxis(0.0, 100.0, (0.0, 50.0, 100.0), ("0", "50", "100"))
SIZE = (340, 150)
NONE = float("nan")


def request(values, **changes):
    days = [pd.Timestamp("2026-06-01") + pd.Timedelta(weeks=at) for at in range(len(values))]
    points = pd.DataFrame(
        {
            "period_start": days, "period_end": [day + pd.Timedelta(days=6) for day in days], "phase": 1,
            "value": values, "is_hidden": False, "numerator": NONE, "denominator": NONE, "centre_line": 50.0,
            "lower_limit": 20.0, "upper_limit": 80.0, "lower_2sigma": NONE, "upper_2sigma": NONE, "target": NONE,
            "point_type": "common_cause", "rule": None,
        }
    ).astype({"rule": object})  # fmt: skip
    points = points.assign(**changes)
    summary = {"limits_state": "established", "lower_limit": 20.0, "upper_limit": 80.0, "measure_id": "m"}
    return ChartRequest(points, summary, NumberStyle.of("count"), time_axis([points]))


def heights(svg):
    return [float(y) for y in re.findall(r'<circle [^>]*cy="([\d.]+)"', svg)]


def test_the_same_number_stands_at_the_same_height_whatever_the_usual_range():
    near = small_chart(request([50.0, 25.0]), AXIS, LIGHT, SIZE)
    far = small_chart(request([50.0, 25.0], lower_limit=24.0, upper_limit=90.0), AXIS, LIGHT, SIZE)
    assert heights(near) == heights(far) == [75.0, 112.5]


def test_a_gap_breaks_the_line_and_a_hidden_place_draws_nothing():
    svg = small_chart(request([10.0, 20.0, NONE, 30.0]), AXIS, LIGHT, SIZE)
    (path,) = re.findall(r'<path d="([^"]*)"', svg)
    assert path.count("M") == 2
    hidden = small_chart(request([10.0, 77.0, 30.0], is_hidden=[False, True, False]), AXIS, LIGHT, SIZE)
    assert 150 * 0.23 not in heights(hidden)
    assert len(heights(hidden)) == 2


def test_a_signal_has_its_shape_and_colour_and_ordinary_points_none():
    fired = request([10.0, 95.0], point_type=["common_cause", "concern"], rule=[None, "beyond_limits"])
    svg = small_chart(fired, AXIS, LIGHT, SIZE)
    assert svg.count(LIGHT.concern) == 1
    assert LIGHT.concern not in small_chart(request([10.0, 95.0]), AXIS, LIGHT, SIZE)


def test_a_long_series_keeps_its_line_and_only_its_latest_dot():
    assert len(heights(small_chart(request([40.0] * 60), AXIS, LIGHT, SIZE))) == 1


def test_one_axis_holds_every_picture_of_a_set():
    panels = [
        Panel("A", "", request([10.0, 20.0])),
        Panel("B", "", request([10.0, 160.0])),
        Panel("C", "none"),
    ]
    axis = shared_values(panels)
    assert axis.low <= 0
    assert axis.high >= 160
    assert shared_values([Panel("C", "not measured here")]) is None


def test_a_place_without_the_measure_keeps_its_place_in_the_row():
    panels = [
        Panel("Ashfield", "not measured here"),
        Panel("Brook End", "Checks", request([10.0, 20.0]), "to", "20", "20; usually 20 to 80."),
    ]
    told = panels_html(panels, AXIS, [(0.0, "Jun 2026")], LIGHT, SIZE)
    assert told.index("Ashfield") < told.index("not measured here") < told.index("Brook End")
    assert told.count("<img") == 1


@pytest.mark.parametrize(("value", "said"), [("20", "usually 20 to 80."), ("", "20; usually 20 to 80.")])
def test_the_value_is_not_said_twice_and_the_picture_says_the_whole_sentence(value, said):
    panel = Panel("A", "", request([10.0, 20.0]), "to", value, "20; usually 20 to 80.")
    told = panels_html([panel], AXIS, [], LIGHT, SIZE)
    assert f"<span>{said}</span>" in told
    assert 'alt="20; usually 20 to 80."' in told
