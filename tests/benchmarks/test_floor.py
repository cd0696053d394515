"""The floor is worth measuring against only while it finds what the engine finds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import data, floor, frames
from pipelines.spc import chart, chart_many

N_SERIES, N_POINTS = 40, 60
LINES = {
    "centre": "centre_line",
    "lower": "lower_limit",
    "upper": "upper_limit",
    "lower2": "lower_2sigma",
    "upper2": "upper_2sigma",
}
RULES = ("beyond_limits", "trend", "two_of_three", "shift")


def eventful(values: np.ndarray) -> np.ndarray:
    """Random series of which some also climb, fall, turn and jump, so that each rule fires, both ways."""
    random = np.random.default_rng(7)
    made = values.copy()
    made[::5, 20:28] += np.arange(8) * 6
    made[1::5, 30:38] -= np.arange(8) * 6
    made[2::5, 40:47] += np.arange(7) * 20
    made[2::5, 46:53] -= np.arange(7) * 20 - 120
    made[3::5, 10:30] += 5
    made[4::5, random.integers(0, N_POINTS, 6)] += random.choice([-1, 1], 6) * 8
    return made


@pytest.fixture(scope="module", params=["xmr", "p"])
def both(request):
    """A kind with what the floor and what the engine make of the same series."""
    target = data.TARGETS[request.param]
    if request.param == "xmr":
        y, n = eventful(data.values(N_SERIES, N_POINTS)), None
        found = floor.xmr(y, target)
    else:
        _, n = data.shares(N_SERIES, N_POINTS)
        y = np.clip(np.round(n * eventful(data.values(N_SERIES, N_POINTS)) / 75), 0, n)
        found = floor.p(y, n, target)
    drawn = [
        chart(
            y[at],
            None if n is None else n[at],
            kind="i" if n is None else "p",
            better="up",
            target=target,
        )
        for at in range(N_SERIES)
    ]
    return found, drawn


@pytest.mark.parametrize("line", LINES)
def test_lines_are_the_engines(both, line):
    found, drawn = both
    expected = np.array([getattr(one, LINES[line]) for one in drawn])
    ours = np.broadcast_to(getattr(found.lines, line), expected.shape)
    np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_fires_on_the_engines_points_in_the_engines_direction(both, rule):
    found, drawn = both
    expected = np.array([getattr(one.signals, rule) for one in drawn])
    assert {-1, 0, 1} == set(np.unique(expected)), "the series must make the rule fire both ways"
    np.testing.assert_array_equal(getattr(found, rule), expected)


def test_point_types_are_the_engines(both):
    found, drawn = both
    expected = np.array([one.point_type for one in drawn]).astype(str)
    np.testing.assert_array_equal(floor.POINT_TYPES[found.direction], expected)


def test_icons_are_the_engines(both):
    found, drawn = both
    assert [str(one.icons().variation) for one in drawn] == list(found.variation)
    assert [str(one.icons().assurance) for one in drawn] == list(found.assurance)


@pytest.mark.parametrize("target", [-1e3, 1e3])
def test_a_target_out_of_reach_either_way_is_always_or_never_met(target):
    y = data.values(2, N_POINTS)
    expected = str(chart(y[0], kind="i", better="up", target=target).icons().assurance)
    assert floor.xmr(y, target).assurance[0] == expected


@pytest.mark.parametrize("form", frames.FORMS)
@pytest.mark.parametrize("kind", ["xmr", "p"])
def test_the_floor_between_frames_gives_the_points_of_chart_many(kind, form):
    frame, target = frames.long_frame(kind, 12, 40, form), data.TARGETS[kind]
    points, icons = frames.floor_frames(frame, kind, target)
    expected, summaries = chart_many(frame, kind="i" if kind == "xmr" else "p", better="up", target=target)
    assert sorted(points.columns) == sorted(expected.columns)
    np.testing.assert_array_equal(points["series"].astype(str), expected["series"].astype(str))
    np.testing.assert_array_equal(points["x"], expected["x"])
    words = ["point_type", "rule"]
    flags = [*RULES, "is_baseline", "is_excluded", "phase"]
    figures = [name for name in expected.columns if name not in ("series", "x", *words, *flags)]
    for name in figures:
        np.testing.assert_allclose(points[name], expected[name].astype(float), rtol=1e-12, atol=1e-12)
    pd.testing.assert_frame_equal(points[flags], expected[flags], check_dtype=False)
    for name in words:
        ours, theirs = (one[name].astype(object).fillna("") for one in (points, expected))
        np.testing.assert_array_equal(ours, theirs)
    for name in ("series", "variation", "assurance"):
        assert list(icons[name].astype(str)) == list(summaries[name].astype(str))
