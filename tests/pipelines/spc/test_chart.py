"""Charts as a whole: phases, baselines, exclusions, tables, summaries."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.spc import chart, chart_many

nan = np.nan
STABLE = [10.0, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12]
COLUMNS = [
    "x",
    "value",
    "numerator",
    "denominator",
    "centre_line",
    "lower_limit",
    "upper_limit",
    "lower_2sigma",
    "upper_2sigma",
    "target",
    "phase",
    "is_baseline",
    "is_excluded",
    "beyond_limits",
    "two_of_three",
    "trend",
    "shift",
    "point_type",
    "rule",
]
SUMMARY = [
    "n_points",
    "n_useful",
    "longest_run",
    "longest_run_max",
    "n_crossings",
    "n_crossings_min",
    "runs_signal",
    "dispersion",
    "autocorrelation",
    "variation",
    "assurance",
    "limits_state",
    "why_no_limits",
    "remedy",
    "false_alarm_rate",
    "rules_that_cannot_fire",
]


def test_the_tables_have_the_columns_that_were_agreed():
    drawn = chart(STABLE, kind="i")
    assert drawn.to_frame().columns.tolist() == COLUMNS
    assert set(SUMMARY) <= set(drawn.summary().columns)
    assert (drawn.rule_set, drawn.rule_set_version) == ("mdc", 1)


def test_a_count_of_baseline_points_holds_in_every_phase():
    drawn = chart(STABLE + [v + 50 for v in STABLE], kind="i", baseline=6, phases=[12])
    centres = drawn.to_frame().groupby("phase")["centre_line"].first()
    assert centres.tolist() == pytest.approx([np.mean(STABLE[:6]), np.mean(STABLE[:6]) + 50])
    assert drawn.summary()["n_base"].tolist() == [6, 6]


def test_a_phase_that_the_baseline_mask_does_not_touch_uses_all_its_points():
    mask = np.arange(24) < 6
    drawn = chart(STABLE + [v + 50 for v in STABLE], kind="i", baseline=mask, phases=[12])
    assert drawn.summary()["n_base"].tolist() == [6, 12]


def test_a_baseline_may_be_given_as_indices():
    assert chart(STABLE, kind="i", baseline=[2, 3, 4]).is_baseline.nonzero()[0].tolist() == [2, 3, 4]


def test_rules_restart_at_each_phase():
    y = [*STABLE, 11.5, 11.5, 11.6, 11.6, 20.0, 20.1, 20.0, 20.2]
    whole = chart(y, kind="i", baseline=12)
    split = chart(y, kind="i", baseline=12, phases=[16])
    assert whole.to_frame()["shift"].iloc[-1]
    assert not split.to_frame()["shift"].iloc[-4:].any()


def test_points_after_the_baseline_do_not_move_its_lines():
    before = chart(STABLE, kind="i", baseline=12)
    after = chart([*STABLE, 99.0, 1.0], kind="i", baseline=12)
    assert after.upper_limit[0] == before.upper_limit[0]


def test_an_excluded_point_leaves_the_lines_and_the_runs_but_is_still_tested():
    plain, spared = chart(STABLE, kind="i"), chart([*STABLE[:6], 500.0, *STABLE[6:]], kind="i", excluded=[6])
    assert spared.centre_line[0] == plain.centre_line[0]
    assert spared.upper_limit[0] == plain.upper_limit[0]  # the range bridges an excluded point
    assert spared.to_frame()["beyond_limits"].tolist() == [False] * 6 + [True] + [False] * 6
    assert spared.summary()["n_useful"].tolist() == plain.summary()["n_useful"].tolist()


def test_all_points_excluded_leave_a_chart_without_lines():
    drawn = chart(STABLE, kind="i", excluded=range(12))
    assert drawn.to_frame()["centre_line"].isna().all()
    assert drawn.summary()["why_no_limits"].tolist() == ["no_data"]


@pytest.mark.parametrize("kind", ["run", "i", "mr", "p", "pp"])
@pytest.mark.parametrize("y", [[], [nan], [nan] * 5, [3.0], [0.0, 0.0]])
def test_empty_missing_and_single_values_make_a_chart_without_trouble(kind, y):
    drawn = chart(y, [10.0] * len(y), kind=kind)
    assert len(drawn.to_frame()) == len(y)
    assert len(drawn.summary()) == 1


def test_a_run_chart_colours_a_run_that_is_too_long():
    drawn = chart([1.0, 9, 2, 8, 1, 9, 2, 8, 5, 5] + [7.0] * 10, kind="run", baseline=10, better="up")
    frame = drawn.to_frame()
    assert drawn.summary()["runs_signal"].tolist() == [True]
    assert frame["rule"].iloc[-1] == "long_run"
    assert frame["point_type"].iloc[-1] == "improvement"
    assert not frame[["beyond_limits", "two_of_three", "trend", "shift"]].any(axis=None)


def test_a_run_chart_gives_no_verdict_on_fewer_than_ten_useful_points():
    drawn = chart([1.0] * 4 + [2.0] * 5, kind="run", centre_line=1.5)
    row = drawn.summary().iloc[0]
    assert drawn.to_frame()["rule"].isna().all()
    assert row["rules_that_cannot_fire"] == "beyond_limits,long_run,few_crossings"


def test_rules_that_need_more_points_are_named():
    assert chart(STABLE[:5], kind="i").summary()["rules_that_cannot_fire"].tolist() == ["trend,shift"]
    assert chart(STABLE, kind="i").summary()["rules_that_cannot_fire"].tolist() == [""]


@pytest.mark.parametrize(
    ("k", "state"), [(3, "trial"), (11, "trial"), (12, "provisional"), (20, "established")]
)
def test_limits_are_established_step_by_step(k, state):
    assert chart((STABLE * 2)[:k], kind="i").summary()["limits_state"].tolist() == [state]


def test_small_numbers_get_no_limits_and_the_next_remedy():
    row = chart([1.0, 0, 2, 1] * 5, [12.0] * 20, kind="p").summary().iloc[0]
    assert (row["limits_state"], row["why_no_limits"], row["remedy"]) == ("none", "sparse", "coarsen_period")


def test_mostly_equal_values_get_no_limits_and_a_run_chart_as_remedy():
    row = chart([4.0] * 12 + [5.0, 3, 6, 2], kind="i").summary().iloc[0]
    assert (row["limits_state"], row["why_no_limits"], row["remedy"]) == ("none", "sparse", "run_chart")


def test_multiply_scales_values_and_lines_and_leaves_counts_alone():
    events, trials = [4.0, 6, 5, 7] * 4, [20.0] * 16
    one, hundred = (chart(events, trials, kind="p", multiply=by) for by in (1, 100))
    np.testing.assert_allclose(hundred.upper_limit, 100 * one.upper_limit)
    np.testing.assert_allclose(hundred.value, 100 * one.value)
    assert hundred.numerator.tolist() == one.numerator.tolist()


def test_limits_of_shares_are_drawn_between_0_and_1_and_kept_unclipped():
    drawn = chart([19.0, 20, 18, 20], [20.0] * 4, kind="p", multiply=100)
    assert drawn.to_frame()["upper_limit"].max() == 100
    assert drawn.to_frame(clip=False)["upper_limit"].max() > 100


def test_many_charts_in_one_call_equal_each_chart_on_its_own():
    import pandas as pd

    frame = pd.DataFrame(
        {"series": ["b"] * 12 + ["a"] * 4, "x": [*range(12), *range(4)], "y": STABLE + STABLE[:4]}
    )
    points, summaries = chart_many(frame, kind="i", better="up")
    assert summaries["series"].tolist() == ["b", "a"]
    alone = chart(STABLE[:4], kind="i", better="up").to_frame()
    pd.testing.assert_frame_equal(
        points[points["series"] == "a"].drop(columns="series").reset_index(drop=True), alone
    )


def test_no_series_make_empty_tables():
    import pandas as pd

    points, summaries = chart_many(pd.DataFrame({"series": [], "x": [], "y": []}), kind="i")
    assert len(points) == len(summaries) == 0
    assert {"series", "centre_line"} <= set(points.columns)
