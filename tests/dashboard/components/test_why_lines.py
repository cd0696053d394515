"""Why the lines of a chart move, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from dashboard.components.why_lines import FEW_SAY_LITTLE, WIDER, why_lines, why_lines_html
from dashboard.figures.axis import time_axis
from dashboard.figures.chart_request import ChartRequest, Move
from dashboard.figures.numbers import NumberStyle

NONE = float("nan")


def request(counts, limits, kind="p", targets=None, values=None):
    days = [pd.Timestamp("2026-06-01") + pd.Timedelta(weeks=at) for at in range(len(counts))]
    points = pd.DataFrame(
        {
            "period_start": days, "period_end": [day + pd.Timedelta(days=6) for day in days], "phase": 1, "is_hidden": False,
            "value": values or [0.5] * len(days), "numerator": NONE, "denominator": counts, "centre_line": 0.5,
            "lower_limit": [low for low, _ in limits], "upper_limit": [high for _, high in limits],
            "lower_2sigma": NONE, "upper_2sigma": NONE, "target": targets or NONE,
        }
    )  # fmt: skip
    return ChartRequest(points, {"kind": kind}, NumberStyle.of("proportion"), time_axis([points]))


MOVING = ([62.0, 15.0, 30.0], [(0.35, 0.65), (0.1, 0.9), (0.25, 0.75)])


def test_it_names_the_fewest_and_the_most_people_with_the_range_of_each():
    told = why_lines(request(*MOVING), "of people asked", "week")
    assert told == [
        FEW_SAY_LITTLE,
        "Of 15 people asked (8 Jun 2026) it is 10 to 90%; of 62 people asked (1 Jun 2026) it is 35 to 65%.",
    ]


def test_a_widened_chart_says_that_it_is():
    assert WIDER in why_lines(request(*MOVING, kind="pp"), None, "week")[0]
    assert WIDER not in why_lines(request(*MOVING), None, "week")[0]


def test_straight_lines_raise_no_question():
    straight = request([NONE] * 3, [(0.2, 0.8)] * 3, kind="i")
    assert why_lines(straight, None, "week") == []
    assert why_lines_html(straight, None, "week") == ""


def test_a_moved_range_and_a_new_target_are_told_with_their_day():
    steps = request([NONE] * 3, [(0.2, 0.8)] * 3, kind="i", targets=[0.6, 0.6, 0.7])
    moved = replace(
        steps, moves=[Move(dt.date(2026, 6, 8), "moved"), Move(dt.date(2030, 1, 1), "not in view")]
    )
    told = why_lines(moved, None, "week")
    assert [words.partition(" people")[0] for words in told[:1]] == ["On 8 June 2026"]
    assert told[1:] == ["From 15 June 2026 the target is 70%."]


def test_a_place_that_is_held_back_lends_no_number():
    hidden = request(*MOVING)
    hidden.points.loc[1, "is_hidden"] = True
    told = " ".join(why_lines(hidden, "of people asked", "week"))
    assert "15 people" not in told
    assert "30 people" in told
