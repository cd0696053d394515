"""Do sealed ranges hold as often as promised?"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from pipelines.learning import calibrate
from pipelines.spc import wilson

DAY = dt.date(2026, 1, 5)
#: Half the width of the central 80 % of a standard normal, from printed tables.
EIGHTY = 1.2816


def scored(observed, low=-1.0, high=1.0):
    """Return one prediction a result, due a fortnight apart."""
    size = len(observed)
    return pd.DataFrame(
        {
            "cycle_id": [f"c{k:03d}" for k in range(size)],
            "due_on": [DAY + dt.timedelta(days=14 * k) for k in range(size)],
            "predicted_value": 0.0, "predicted_low": np.broadcast_to(low, size).astype(float),
            "predicted_high": np.broadcast_to(high, size).astype(float), "observed": np.asarray(observed, dtype=float),
        }
    )  # fmt: skip


def so_many(inside, below=0, above=0):
    return scored([0.0] * inside + [-2.0] * below + [2.0] * above)


def test_five_of_twelve_with_the_published_interval():
    """Wilson 1927: 41.7 %, 19.3 to 68.0."""
    found = calibrate(so_many(5, 4, 3))
    assert (found.n_scored, found.n_inside, found.n_below, found.n_above) == (12, 5, 4, 3)
    assert (found.share, found.share_low, found.share_high) == pytest.approx((0.417, 0.193, 0.680), abs=5e-4)
    assert found.promised == 0.8
    assert found.state == "too sure"


@pytest.mark.parametrize(
    ("inside", "size", "state"),
    [
        (0, 11, "too few"),  # all missed, yet too early to blame anybody
        (6, 12, "too sure"),
        (7, 12, "too few"),  # its interval still holds 80 %
        (12, 12, "too few"),
        (19, 19, "too cautious"),
        (15, 19, "too few"),
        (15, 20, "as promised"),
        (12, 20, "too sure"),
        (13, 20, "as promised"),
        (13, 22, "too sure"),  # the drawn example of the page
        (20, 20, "too cautious"),
        (19, 20, "as promised"),
        (0, 0, "too few"),
    ],
)
def test_too_sure_is_said_only_where_the_interval_leaves_out_eighty_per_cent(inside, size, state):
    found = calibrate(so_many(inside, size - inside))
    assert found.state == state
    if state in ("too sure", "too cautious"):
        assert not found.share_low <= 0.8 <= found.share_high


def test_the_thresholds_rest_on_how_often_a_perfect_group_would_be_blamed():
    """Looking after every cycle: by the twentieth one in eight from the fourth on, one in fifteen from the twelfth."""
    held = np.cumsum(np.random.default_rng(9).random((20_000, 20)) < 0.8, axis=1)
    size = np.arange(1, 21)
    is_blamed = np.asarray(wilson(held, np.broadcast_to(size, held.shape)).upper) < 0.8
    assert is_blamed[:, 0].mean() == pytest.approx(0.2, abs=0.01)
    assert is_blamed[:, 3:].any(axis=1).mean() == pytest.approx(1 / 8, abs=0.01)
    assert is_blamed[:, 11:].any(axis=1).mean() == pytest.approx(1 / 15, abs=0.01)


def test_by_twenty_cycles_a_group_that_is_right_half_the_time_is_found_87_times_in_100():
    blamed = [inside for inside in range(21) if calibrate(so_many(inside, 20 - inside)).state == "too sure"]
    assert binom.pmf(blamed, 20, 0.5).sum() == pytest.approx(0.87, abs=0.005)


def test_a_forecaster_who_knows_her_spread_is_as_promised_and_one_who_halves_it_is_too_sure():
    """Ranges of the true central 80 % hold 80 %; of half that width 48 %."""
    observed = np.random.default_rng(10).normal(size=400)
    honest = calibrate(scored(observed, -EIGHTY, EIGHTY))
    assert honest.share_low <= 0.8 <= honest.share_high
    assert honest.state == "as promised"
    sure = calibrate(scored(observed, -EIGHTY / 2, EIGHTY / 2))
    assert sure.state == "too sure"
    assert sure.share == pytest.approx(0.478, abs=0.075)
    cautious = calibrate(scored(observed, -2 * EIGHTY, 2 * EIGHTY))
    assert cautious.state == "too cautious"


def test_the_edges_of_a_range_are_inside():
    found = calibrate(scored([-1.0, 1.0, -1.0001, 1.0001]))
    assert (found.n_inside, found.n_below, found.n_above) == (2, 1, 1)
    assert found.points["is_inside"].tolist() == [True, True, False, False]


def test_every_result_has_its_place_in_its_own_range_in_order_of_due_date():
    table = scored([60.0, 30.0], low=[50.0, 0.2], high=[70.0, 40.2]).iloc[::-1]
    found = calibrate(table).points
    assert found["cycle_id"].tolist() == ["c000", "c001"]
    assert found["place"].tolist() == pytest.approx([0.0, 0.49])
    assert calibrate(scored([-3.0])).points["place"].tolist() == [-3.0]
    assert calibrate(scored([-3.0])).points["error"].tolist() == [3.0]


def test_what_was_not_predicted_with_a_range_or_not_observed_is_not_scored():
    table = scored([0.0, 0.0, np.nan], low=[-1.0, np.nan, -1.0])
    assert calibrate(table).n_scored == 1


def test_a_range_without_width_is_scored_and_has_no_error_to_measure_by_it():
    found = calibrate(scored([0.0, 5.0, 0.5], low=[0.0, 0.0, -1.0], high=[0.0, 0.0, 1.0]))
    assert (found.n_inside, found.n_above) == (2, 1)
    assert found.errors.n_left_out == 2
    assert found.errors.n_points == 1
    assert calibrate(scored([0.0], low=0.0, high=0.0)).errors is None


def test_without_predictions_there_is_nothing_to_tell():
    found = calibrate(scored([]))
    assert (found.n_scored, found.state, found.errors) == (0, "too few", None)
    assert np.isnan([found.share, found.share_low, found.share_high]).all()
    assert len(found.points) == 0
    assert {"place", "error", "is_inside", "centre_line", "is_baseline"} <= set(found.points)


def test_a_range_upside_down_is_refused():
    with pytest.raises(ValueError, match="upside down"):
        calibrate(scored([0.0], low=1.0, high=-1.0))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="observed"):
        calibrate(scored([0.0]).drop(columns="observed"))


#: Errors of which the first twelve have the median 1.0: six of 0.5, six of 1.5, mixed.
FIRST = [0.5, 1.5, 1.5, 0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5, 0.5]


def errors_of(later):
    return calibrate(scored(FIRST + later, -1.0, 1.0)).errors


def test_errors_that_shrink_are_seen_against_the_first_twelve():
    found = errors_of([0.2] * 10)
    assert found.median == 1.0
    assert (found.longest_run, found.longest_below) == (11, 11)  # the last of the twelve lies below as well
    assert found.longest_run_max == 7  # round(log2 22) + 3
    assert (found.is_signal, found.state) == (True, "smaller")
    assert found.latest == 0.2


def test_errors_that_grow_are_told_as_well():
    assert errors_of([3.0] * 10).state == "larger"


def test_seven_in_a_row_are_no_signal_among_twenty_points_where_eight_would_be():
    """Anhøj & Olesen 2014: of 20 points a run of more than 7 signals; the twelfth error begins the run."""
    seven = errors_of([0.2] * 6 + [3.0, 0.2])
    assert (seven.longest_below, seven.longest_run_max) == (7, 7)
    assert (seven.is_signal, seven.state) == (False, "cannot yet tell")
    eight = errors_of([0.2] * 7 + [3.0])
    assert (eight.longest_below, eight.state) == (8, "smaller")


def test_the_first_twelve_errors_raise_no_signal_of_their_own():
    """Six large ones and then six small: against their own median an unusually long run, of the yardstick itself."""
    found = calibrate(scored([1.5] * 6 + [0.5] * 6)).errors
    assert found.n_crossings < found.n_crossings_min
    assert (found.is_signal, found.state) == (False, "cannot yet tell")


def test_the_points_carry_the_median_that_is_drawn():
    points = calibrate(scored(FIRST + [0.2] * 10)).points
    assert (points["centre_line"] == 1.0).all()
    assert points["is_baseline"].sum() == 12
    assert points["is_baseline"].iloc[:12].all()
