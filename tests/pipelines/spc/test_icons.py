"""Variation and assurance, with the edge cases that break elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.spc import chart
from pipelines.spc.icons import assurance, variation
from pipelines.vocabulary import Better

nan = np.nan
STABLE = [10.0, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12, 11, 9, 10]


@pytest.mark.parametrize(
    ("direction", "better", "icon"),
    [
        (1, "up", "improvement_high"),
        (-1, "up", "concern_low"),
        (1, "down", "concern_high"),
        (-1, "down", "improvement_low"),
        (1, "neither", "neutral_high"),
        (-1, "neither", "neutral_low"),
        (0, "up", "common_cause"),
    ],
)
def test_the_variation_icon_follows_direction_and_what_is_better(direction, better, icon):
    assert variation(direction, Better(better)) == icon


@pytest.mark.parametrize(
    ("target", "better", "icon"),
    [
        (1.9, "up", "pass"),
        (4.1, "up", "fail"),
        (1.9, "down", "fail"),
        (4.1, "down", "pass"),
        (3.0, "up", "hit_or_miss"),
        (2.0, "up", "hit_or_miss"),  # equality is hit or miss
        (4.0, "down", "hit_or_miss"),
        (3.0, "neither", "empty"),
        (nan, "up", "empty"),
    ],
)
def test_the_assurance_icon_compares_target_and_limits_strictly(target, better, icon):
    assert assurance(target, 2.0, 4.0, Better(better)) == icon


@pytest.mark.parametrize(
    ("target", "better", "icon"),
    [
        (100, "up", "pass"),
        (99, "up", "pass"),
        (101, "up", "fail"),
        (100, "down", "pass"),
        (99, "down", "fail"),
    ],
)
def test_a_process_constant_at_100_per_cent_passes_when_all_values_meet_the_target(target, better, icon):
    drawn = chart([50.0] * 15, [50.0] * 15, kind="p", multiply=100, target=target, better=better)
    assert drawn.summary()["assurance"].tolist() == [icon]


def test_limits_that_are_not_known_leave_the_target_hit_or_miss():
    assert assurance(3.0, nan, nan, Better.UP) == "hit_or_miss"


def test_assurance_uses_limits_that_are_not_clipped():
    events, trials = [1.0, 0, 1, 0, 2, 0, 1, 0, 1, 0, 0, 1, 0, 2], [20.0] * 14
    drawn = chart(events, trials, kind="p", better="up", target=0.0)
    assert drawn.to_frame()["lower_limit"].iloc[-1] == 0
    assert drawn.to_frame(clip=False)["lower_limit"].iloc[-1] < 0
    assert drawn.summary()["assurance"].tolist() == ["hit_or_miss"]


def test_the_latest_target_counts_and_one_missing_early_does_not_matter():
    target = np.r_[[nan] * 5, [0.0] * 5, [30.0] * 5]
    drawn = chart(STABLE, kind="i", target=target, better="up")
    assert drawn.summary()["assurance"].tolist() == ["fail"]
    assert chart(STABLE, kind="i", target=np.r_[[0.0] * 14, nan], better="up").summary()[
        "assurance"
    ].tolist() == ["empty"]


def test_icons_wait_for_13_points():
    assert chart(STABLE[:12], kind="i", target=0, better="up").icons() == ("too_few", "empty")
    assert chart(STABLE[:13], kind="i", target=0, better="up").icons() == ("common_cause", "pass")


def test_after_a_rebase_icons_speak_of_the_latest_phase_only():
    drawn = chart([v + 100 for v in STABLE] + STABLE, kind="i", phases=[15], target=50, better="up")
    assert drawn.summary()["assurance"].tolist() == ["pass", "fail"]
    assert drawn.icons() == ("common_cause", "fail")


def test_a_missing_last_value_lets_the_latest_known_point_speak_unless_asked_otherwise():
    drawn = chart([*STABLE, 40.0, nan], kind="i", baseline=15, better="up")
    assert drawn.icons().variation == "improvement_high"
    assert drawn.icons(skip_missing=False).variation == "common_cause"


def test_percentages_shown_times_100_meet_a_target_in_per_cent():
    events, trials = np.tile([40.0, 42, 38], 6), np.full(18, 50.0)
    raw = chart(events, trials, kind="p", better="up", target=0.5)
    shown = chart(events, trials, kind="p", better="up", target=50, multiply=100)
    assert raw.icons() == shown.icons() == ("common_cause", "pass")


def test_run_charts_have_no_assurance():
    assert chart(STABLE, kind="run", target=5, better="up").summary()["assurance"].tolist() == ["empty"]


def test_a_point_both_beyond_the_limits_and_in_a_trend_keeps_both_rules_and_the_first_names_it():
    drawn = chart([*STABLE, 8.0, 9, 10, 11, 12, 13, 30], kind="i", baseline=15, better="down")
    last = drawn.to_frame().iloc[-1]
    assert last["beyond_limits"]
    assert last["trend"]
    assert (last["rule"], last["point_type"]) == ("beyond_limits", "concern")


def test_a_falling_trend_above_the_mean_is_low_by_its_direction():
    drawn = chart([*STABLE, 17.0, 16, 15, 14, 13.5, 13, 12.5], kind="i", baseline=15, better="down")
    assert drawn.to_frame()["rule"].iloc[-1] == "trend"
    assert drawn.icons().variation == "improvement_low"
