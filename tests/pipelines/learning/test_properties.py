"""What holds for every verdict, whatever the numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.learning import judge_cycle
from pipelines.vocabulary import Better, Verdict

FEW = settings(max_examples=40, deadline=None)
WHOLE = st.integers(min_value=20, max_value=80)
BASELINES = st.lists(WHOLE, min_size=12, max_size=24)
DOS = st.lists(WHOLE, min_size=1, max_size=14)
SHIFTS = st.sampled_from([0, 0, 25, -15])

SWAPPED = {Verdict.IMPROVED: Verdict.WORSENED, Verdict.WORSENED: Verdict.IMPROVED}


@pytest.fixture(scope="session")
def judge(made):
    """Judge on limits made from the baseline itself, as a chart would."""

    def judge(before, during, measure=made.value, *, touch=None, **plan):
        y = np.array(before, dtype=float)
        half = 2.66 * np.abs(np.diff(y)).mean()
        points = made.table(before, during, centre=y.mean(), limits=(y.mean() - half, y.mean() + half))
        if touch is not None:
            points = touch(points)
        one = made.cycle(points, len(during), **plan)
        return judge_cycle(points, one, measure, made.summary())

    return judge


def moved(during, by):
    return [value + by for value in during]


@FEW
@given(BASELINES, DOS, SHIFTS)
def test_swapping_what_is_better_swaps_improved_and_worsened_and_nothing_else(
    judge, made, before, during, by
):
    up = judge(before, moved(during, by), dataclasses.replace(made.value, better=Better.UP))
    down = judge(before, moved(during, by), dataclasses.replace(made.value, better=Better.DOWN))
    neither = judge(before, moved(during, by), dataclasses.replace(made.value, better=Better.NEITHER))
    assert down == dataclasses.replace(up, verdict=SWAPPED.get(up.verdict, up.verdict))
    changed = Verdict.CHANGED if up.verdict in SWAPPED else up.verdict
    assert neither == dataclasses.replace(up, verdict=changed)


@FEW
@given(BASELINES, DOS, SHIFTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(judge, before, during, by, random):
    def shuffle(points):
        order = list(range(len(points)))
        random.shuffle(order)
        return points.iloc[order]

    plan = {
        "do_start": dt.date(2025, 1, 6) + dt.timedelta(weeks=len(before)),
        "do_end": dt.date(2025, 1, 6) + dt.timedelta(weeks=len(before) + len(during), days=-1),
    }
    assert judge(before, moved(during, by), touch=shuffle, **plan) == judge(before, moved(during, by))


@FEW
@given(BASELINES, DOS, SHIFTS)
def test_the_receipt_names_all_points_the_verdict_rests_on(judge, before, during, by):
    rows = {row.label: row.words for row in judge(before, moved(during, by)).receipt}
    parts = {"Points before": (0, len(before)), "Points of Do": (len(before), len(during))}
    for label, (first, size) in parts.items():
        start = dt.date(2025, 1, 6) + dt.timedelta(weeks=first)
        end = start + dt.timedelta(weeks=size, days=-1)
        assert rows[label] == f"{size} points, {start.day} {start:%B %Y} to {end.day} {end:%B %Y}"


@FEW
@given(BASELINES, DOS, SHIFTS)
def test_no_verdict_of_change_is_carried_by_one_point(judge, before, during, by):
    """The most extreme point counted like the next one leaves the verdict as it is."""
    result = judge(before, moved(during, by))
    if result.verdict in SWAPPED:
        sign = 1 if result.signal_direction == "up" else -1
        ranked = sorted(moved(during, by), key=lambda value: -sign * value)
        again = [ranked[1] if value == ranked[0] else value for value in moved(during, by)]
        if ranked[0] != ranked[1]:
            assert judge(before, again).change * result.change > 0
            assert judge(before, again).signal_rules


@FEW
@given(BASELINES, DOS, SHIFTS, st.integers(min_value=-500, max_value=500))
def test_adding_a_constant_to_a_value_moves_nothing_but_levels(judge, before, during, by, constant):
    one = judge(before, moved(during, by))
    other = judge(moved(before, constant), moved(during, by + constant))
    assert (other.verdict, other.signal_rules, other.reason, other.notes) == (
        one.verdict, one.signal_rules, one.reason, one.notes,
    )  # fmt: skip
    assert other.observed == pytest.approx(one.observed + constant)
    assert other.before == pytest.approx(one.before + constant)
    assert other.before_upper == pytest.approx(one.before_upper + constant)
    for name in ("change", "change_low", "change_high", "p_value", "autocorrelation", "dispersion"):
        figures = [
            np.nan if number is None else number for number in (getattr(one, name), getattr(other, name))
        ]
        assert figures[1] == pytest.approx(figures[0], rel=1e-6, abs=1e-7, nan_ok=True), name


@FEW
@given(BASELINES, DOS, SHIFTS, st.tuples(WHOLE, WHOLE), st.booleans())
def test_a_prediction_never_changes_the_verdict(judge, before, during, by, edges, is_late):
    guess = {"predicted_value": edges[0], "predicted_low": min(edges), "predicted_high": max(edges)}
    day = {"predicted_for": dt.date(2030, 1, 1) if is_late else dt.date(2025, 2, 1)}
    with_one, without = judge(before, moved(during, by), **guess, **day), judge(before, moved(during, by))
    scored = ("predicted_value", "predicted_low", "predicted_high", "prediction_inside", "prediction_error",
              "interval_score", "receipt")  # fmt: skip
    assert dataclasses.replace(with_one, **{name: getattr(without, name) for name in scored}) == without
    assert [row for row in with_one.receipt if row.label != "Prediction"] == [
        row for row in without.receipt if row.label != "Prediction"
    ]


@FEW
@given(BASELINES, DOS, SHIFTS, st.data())
def test_what_stands_in_hidden_cells_never_counts(judge, before, during, by, data):
    size = len(before) + len(during)
    hidden = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    loud = data.draw(st.floats(min_value=-1e4, max_value=1e4))

    def hide(number):
        def touch(points):
            points = points.assign(is_hidden=hidden)
            return points.assign(
                **{name: points[name].mask(points["is_hidden"], number) for name in ("value", "numerator")}
            )

        return touch

    empty = judge(before, moved(during, by), touch=hide(np.nan))
    assert judge(before, moved(during, by), touch=hide(loud)) == empty


@FEW
@given(BASELINES, DOS, SHIFTS)
def test_points_after_do_and_outside_the_baseline_never_count(judge, before, during, by):
    def longer(points):
        last = points.iloc[[-1]].assign(value=999.0, numerator=999.0)
        for name in ("period_start", "period_end"):
            last[name] = last[name] + dt.timedelta(weeks=1)
        return pd.concat([points, last], ignore_index=True)

    one = judge(before, moved(during, by))
    start = dt.date(2025, 1, 6) + dt.timedelta(weeks=len(before))
    ends = {"do_start": start, "do_end": start + dt.timedelta(weeks=len(during), days=-1)}
    assert judge(before, moved(during, by), touch=longer, **ends) == one


@FEW
@given(BASELINES, DOS, SHIFTS)
def test_a_verdict_of_change_needs_a_signal_and_an_interval_on_the_same_side(judge, before, during, by):
    result = judge(before, moved(during, by))
    if result.verdict in SWAPPED:
        assert result.signal_rules
        assert result.signal_direction == ("up" if result.change > 0 else "down")
        assert result.change_low * result.change_high > 0
        assert (result.verdict == Verdict.IMPROVED) == (result.change > 0)
        assert result.p_value < 0.05
