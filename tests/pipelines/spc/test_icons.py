"""Variation and assurance, with the edge cases that break elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.spc import chart
from pipelines.spc.icons import Latest, assurance, variation
from pipelines.vocabulary import Better

nan = np.nan
STABLE = [10.0, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12, 11, 9, 10]
#: The same series as the charts of shares, rates, counts and values take it: out of 20, over 20, and by itself.
KINDS = {
    "i": {"y": STABLE},
    "c": {"y": STABLE},
    "p": {"y": STABLE, "n": [20.0] * 15},
    "u": {"y": STABLE, "n": [20.0] * 15},
}
#: What the value is divided by, so that one target does for all.
UNIT = {"i": 1, "c": 1, "p": 20, "u": 20}
every_kind = pytest.mark.parametrize("kind", KINDS)


def drawn(kind, y=None, **options):
    """Return a chart of the stable series, or of other counts out of as many as it takes."""
    given = dict(KINDS[kind])
    if y is not None:
        given["y"] = y
        if "n" in given:
            given["n"] = [20.0] * len(y)
    return chart(**given, kind=kind, **options)


def latest(direction=0, target=nan, lower=nan, upper=nan, n_known=20):
    """Return the end of one phase."""
    arrays = (np.array([one], dtype=float) for one in (target, lower, upper))
    return Latest(np.array([n_known]), np.array([direction], dtype=np.int8), *arrays)


# Each icon by itself ----------------------------------------------------------------------------------------------


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
    assert variation(latest(direction), Better(better))[0] == icon


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
    assert assurance(latest(0, target, 2.0, 4.0), Better(better))[0] == icon


def test_limits_that_are_not_known_leave_the_target_hit_or_miss():
    assert assurance(latest(target=3.0), Better.UP)[0] == "hit_or_miss"


def test_icons_wait_for_13_points():
    assert chart(STABLE[:12], kind="i", target=0, better="up").icons() == ("too_few", "empty")
    assert chart(STABLE[:13], kind="i", target=0, better="up").icons() == ("common_cause", "pass")


def test_the_13_points_are_known_ones():
    assert chart([*STABLE[:12], nan, nan], kind="i", target=0, better="up").icons() == ("too_few", "empty")
    assert chart([nan] * 20, kind="i", target=0, better="up").icons() == ("none", "empty")
    assert chart([], kind="i", target=0, better="up").icons() == ("none", "empty")


def test_run_charts_have_no_assurance():
    assert chart(STABLE, kind="run", target=5, better="up").summary()["assurance"].tolist() == ["empty"]


# Constant at 100 % ------------------------------------------------------------------------------------------------


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
    share = chart([50.0] * 15, [50.0] * 15, kind="p", multiply=100, target=target, better=better)
    value = chart([100.0] * 15, kind="i", target=target, better=better)
    assert share.summary()["assurance"].tolist() == value.summary()["assurance"].tolist() == [icon]
    assert share.icons().variation == value.icons().variation == "common_cause"


def test_a_share_constant_at_100_per_cent_of_varying_denominators_is_as_constant():
    trials = np.array([7.0, 50, 3, 120, 11] * 3)
    both = [
        chart(trials, trials, kind=kind, multiply=100, target=100, better="up").icons()
        for kind in ("p", "pp")
    ]
    assert both[0] == ("common_cause", "pass")
    assert both[1].variation == "common_cause"


def test_a_rate_of_one_and_a_constant_count_still_have_limits_for_chance_and_so_hit_or_miss():
    assert chart([50.0] * 15, [50.0] * 15, kind="u", target=1, better="up").icons().assurance == "hit_or_miss"
    assert chart([20.0] * 15, kind="c", target=20, better="up").icons().assurance == "hit_or_miss"


def test_a_constant_process_whose_ranges_are_screened_has_no_limits_and_is_hit_or_miss():
    assert chart([100.0] * 15, kind="i", screen=True, target=90, better="up").icons() == (
        "common_cause",
        "hit_or_miss",
    )


# Targets ----------------------------------------------------------------------------------------------------------


@every_kind
def test_a_target_that_changes_by_date_is_judged_by_its_latest_value(kind):
    easy, hard = [0.0] * 5 + [-100.0] * 10, [-100.0] * 14 + [100.0]
    assert drawn(kind, target=easy, better="up").icons().assurance == "pass"
    assert drawn(kind, target=hard, better="up").icons().assurance == "fail"


@every_kind
def test_the_latest_target_is_the_one_of_the_latest_date_and_not_of_the_last_row(kind):
    target = np.r_[[-100.0] * 14, 100.0]
    turned = {name: column[::-1] for name, column in KINDS[kind].items()}
    backwards = chart(**turned, x=np.arange(15)[::-1], kind=kind, target=target[::-1], better="up")
    assert backwards.icons().assurance == "fail"


@every_kind
def test_a_target_missing_early_does_not_matter(kind):
    assert drawn(kind, target=[nan] * 5 + [0.0] * 5 + [100.0] * 5, better="up").icons().assurance == "fail"
    assert drawn(kind, target=[nan] * 14 + [-100.0], better="up").icons().assurance == "pass"


@every_kind
def test_a_target_missing_at_the_end_leaves_no_assurance_icon(kind):
    assert drawn(kind, target=[-100.0] * 14 + [nan], better="up").icons().assurance == "empty"


@every_kind
def test_a_target_on_the_limit_is_hit_or_miss_and_one_just_outside_is_not(kind):
    lower = drawn(kind).lower_limit[-1]
    assert drawn(kind, target=lower, better="up").icons().assurance == "hit_or_miss"
    assert drawn(kind, target=lower - 1e-6, better="up").icons().assurance == "pass"


def test_assurance_uses_limits_that_are_not_clipped():
    events, trials = [1.0, 0, 1, 0, 2, 0, 1, 0, 1, 0, 0, 1, 0, 2], [20.0] * 14
    few = chart(events, trials, kind="p", better="up", target=0.0)
    assert few.to_frame()["lower_limit"].iloc[-1] == 0
    assert few.to_frame(clip=False)["lower_limit"].iloc[-1] < 0
    assert few.summary()["assurance"].tolist() == ["hit_or_miss"]


# After a rebase ---------------------------------------------------------------------------------------------------


@every_kind
def test_after_a_rebase_icons_speak_of_the_latest_phase_only(kind):
    y = [v + 7 for v in STABLE] + STABLE
    rebased = drawn(kind, y=[float(v) for v in y], phases=[15], better="up")
    assert rebased.icons().variation == "common_cause"
    assert drawn(kind, y=y, baseline=15, better="up").icons().variation == "concern_low"


def test_after_a_rebase_the_target_is_held_against_the_latest_limits():
    y = [v + 100 for v in STABLE] + STABLE
    rebased = chart(y, kind="i", phases=[15], target=50, better="up")
    assert rebased.summary()["assurance"].tolist() == ["pass", "fail"]
    assert rebased.icons() == ("common_cause", "fail")


@every_kind
def test_after_a_rebase_icons_wait_for_13_points_again(kind):
    rebased = drawn(kind, y=STABLE + STABLE[:12], phases=[15], target=0.0, better="up")
    assert rebased.icons() == ("too_few", "empty")
    assert rebased.summary()["variation"].tolist() == ["common_cause", "too_few"]


@every_kind
def test_each_phase_is_judged_by_its_own_last_target(kind):
    target = [-100.0] * 15 + [100.0] * 15
    rebased = drawn(kind, y=STABLE + STABLE, phases=[15], target=target, better="up")
    assert rebased.summary()["assurance"].tolist() == ["pass", "fail"]


# Percentages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["p", "u", "i"])
def test_percentages_shown_times_100_meet_a_target_in_per_cent(kind):
    events, trials = np.tile([400.0, 420, 380], 6), np.full(18, 500.0)
    raw = chart(events, trials, kind=kind, better="up", target=0.5)
    shown = chart(events, trials, kind=kind, better="up", target=50, multiply=100)
    assert raw.icons() == shown.icons() == ("common_cause", "pass")


def test_a_target_given_as_a_share_is_far_below_what_is_shown_in_per_cent():
    shown = chart(np.tile([40.0, 42, 38], 6), [50.0] * 18, kind="p", better="up", target=0.99, multiply=100)
    assert shown.icons().assurance == "pass"


def test_counts_are_not_multiplied_by_their_unit_twice():
    once, thousand = (chart(STABLE, kind="c", target=1 * by, better="up", multiply=by) for by in (1, 1000))
    assert once.icons() == thousand.icons() == ("common_cause", "hit_or_miss")
    assert thousand.upper_limit[0] == pytest.approx(1000 * once.upper_limit[0])


# The last point is missing ----------------------------------------------------------------------------------------


@every_kind
def test_a_missing_last_value_lets_the_latest_known_point_speak_unless_asked_otherwise(kind):
    late = drawn(kind, y=[*STABLE, 39.0 if kind in ("i", "c") else 20.0, nan], baseline=15, better="up")
    if kind in ("p", "u"):
        late = chart([*STABLE, 100.0, nan], [20.0] * 15 + [100.0, 20.0], kind=kind, baseline=15, better="up")
    assert late.icons().variation == "improvement_high"
    assert late.icons(skip_missing=False).variation == "common_cause"


@every_kind
def test_a_missing_last_value_leaves_its_target_in_force(kind):
    target = [-100.0] * 15 + [100.0]
    assert drawn(kind, y=[*STABLE, nan], target=target, better="up").icons().assurance == "fail"


@pytest.mark.parametrize("kind", ["p", "u"])
def test_nothing_out_of_nothing_at_the_end_is_a_missing_point(kind):
    empty = chart([*STABLE, 0.0], [20.0] * 15 + [0.0], kind=kind, target=-1, better="up")
    assert empty.icons() == ("common_cause", "pass")
    assert np.isnan(empty.value[-1])


# A point that speaks both ways ------------------------------------------------------------------------------------


def test_a_point_both_beyond_the_limits_and_in_a_trend_keeps_both_rules_and_the_first_names_it():
    late = chart([*STABLE, 8.0, 9, 10, 11, 12, 13, 30], kind="i", baseline=15, better="down")
    last = late.to_frame().iloc[-1]
    assert last["beyond_limits"]
    assert last["trend"]
    assert (last["rule"], last["point_type"]) == ("beyond_limits", "concern")


def test_a_falling_trend_above_the_mean_is_low_by_its_direction():
    late = chart([*STABLE, 17.0, 16, 15, 14, 13.5, 13, 12.5], kind="i", baseline=15, better="down")
    assert late.to_frame()["rule"].iloc[-1] == "trend"
    assert late.icons().variation == "improvement_low"


@every_kind
def test_a_falling_trend_above_the_average_fires_shift_up_and_trend_down_and_the_trend_names_it(kind):
    late = drawn(kind, y=[*STABLE, 17.0, 16, 15, 14, 13, 12, 11], baseline=15, better="up")
    signals = late.signals
    assert (signals.shift[-1], signals.trend[-1], signals.direction[-1]) == (1, -1, -1)
    last = late.to_frame().iloc[-1]
    assert (last["shift"], last["trend"], last["rule"], last["point_type"]) == (
        True,
        True,
        "trend",
        "concern",
    )
    assert late.icons().variation == "concern_low"


def test_a_rise_from_below_the_lower_limit_is_low_where_it_is_beyond_and_high_where_it_is_not():
    late = chart([*STABLE, -9.0, -8, -7, -6, -5, -4, -3], kind="i", baseline=15, better="up")
    assert (late.signals.beyond_limits[-1], late.signals.trend[-1]) == (-1, 1)
    assert late.to_frame()["rule"].iloc[-1] == "beyond_limits"
    assert late.icons().variation == "concern_low"


def test_two_of_three_above_the_mean_gives_way_to_a_falling_trend():
    stable = chart(STABLE, kind="i")
    between = np.linspace(stable.upper_limit[0], stable.upper_2sigma[0], 9)[1:-1]
    late = chart([*STABLE, *between], kind="i", baseline=15, better="neither")
    assert (late.signals.two_of_three[-1], late.signals.trend[-1]) == (1, -1)
    assert late.icons().variation == "neutral_low"


def test_a_series_that_signalled_high_and_then_low_is_told_by_its_latest_point():
    late = chart([*STABLE, 40.0, -20.0], kind="i", baseline=15, better="up")
    assert late.to_frame()["point_type"].tolist()[-2:] == ["improvement", "concern"]
    assert late.icons().variation == "concern_low"


def test_a_series_that_signalled_and_calmed_down_is_common_cause():
    late = chart([*STABLE, 40.0, 10.0], kind="i", baseline=15, better="up")
    assert late.icons().variation == "common_cause"


@pytest.mark.parametrize(("better", "icon"), [("up", "improvement_high"), ("down", "concern_high")])
def test_the_direction_that_is_better_turns_the_icon_and_not_the_rule(better, icon):
    late = chart([*STABLE, 40.0], kind="i", baseline=15, better=better)
    assert (late.to_frame()["rule"].iloc[-1], late.icons().variation) == ("beyond_limits", icon)


# Counts near zero -------------------------------------------------------------------------------------------------

FEW = [0.0, 1, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("kind", ["c", "u", "p"])
def test_near_zero_a_target_of_none_is_hit_or_miss_as_the_uncut_limit_lies_below_it(kind):
    few = drawn(kind, y=FEW, target=0.0, better="down")
    assert few.lower_limit[-1] < 0
    assert few.to_frame()["lower_limit"].iloc[-1] == 0
    assert few.icons() == ("common_cause", "hit_or_miss")


@pytest.mark.parametrize("kind", ["c", "u", "p"])
def test_near_zero_fewer_can_never_signal_by_a_point(kind):
    few = drawn(kind, y=[*FEW, 0.0], baseline=15, better="down")
    assert not few.to_frame()["beyond_limits"].any()
    assert few.icons().variation == "common_cause"


@every_kind
@pytest.mark.parametrize(
    ("target", "better", "icon"),
    [(0, "down", "pass"), (0, "up", "pass"), (1, "up", "fail"), (1, "down", "pass")],
)
def test_nothing_at_all_is_a_process_of_no_width_that_meets_its_target_or_does_not(
    kind, target, better, icon
):
    none = drawn(kind, y=[0.0] * 15, target=target / UNIT[kind], better=better)
    assert none.icons() == ("common_cause", icon)


@every_kind
def test_one_event_after_nothing_at_all_is_beyond_limits_of_no_width(kind):
    one = drawn(kind, y=[0.0] * 15 + [1.0], baseline=15, better="down")
    assert one.to_frame()["rule"].iloc[-1] == "beyond_limits"
    assert one.icons().variation == "concern_high"
    assert one.summary()["limits_state"].tolist() == ["none"]  # and so such limits are not for showing


@pytest.mark.parametrize("kind", ["c", "u", "p"])
def test_counts_near_zero_have_icons_but_their_limits_are_not_for_showing(kind):
    row = drawn(kind, y=FEW, better="down").summary().iloc[0]
    assert (row["limits_state"], row["why_no_limits"], row["remedy"]) == ("none", "sparse", "coarsen_period")
