"""The bounds on what any rule could find, against textbooks and against tests that are known to be best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import nct, norm, t

from pipelines.error_rates.attainable import _courses, _drawn, _log_density, attainable, bounds
from pipelines.error_rates.tables import read_rates
from pipelines.error_rates.truths import CHANCE, FOUND, LENGTHS, TRUTHS

KEPT = read_rates()["bounds"]
ALONE, TWELVE = TRUTHS[0], TRUTHS[2]
PHI = next(one for one in TRUTHS if one.phi == 0.6)


@pytest.mark.parametrize(("truth", "weeks"), [(ALONE, 4), (TWELVE, 4), (TWELVE, 8)])
def test_of_chance_alone_the_bound_is_the_power_of_the_t_test(truth, weeks):
    """Among rules that do not depend on level and unit the one-sided t test is best (Lehmann & Romano, 6.4)."""
    before = truth.history
    df = before + weeks - 2
    best = nct.sf(t.ppf(1 - CHANCE / 2, df), df, 2 / np.sqrt(1 / before + 1 / weeks))
    assert attainable(truth, weeks, [truth]) == pytest.approx(best, abs=0.015)


def test_of_neighbours_that_are_linked_the_bound_is_below_that_of_a_known_level_and_spread():
    """With level, spread and φ known: 2 √(1'R⁻¹1) errors, the first week being told by its neighbour before Do."""
    errors = 2 * np.sqrt((1 + 3 * (1 - PHI.phi) ** 2) / (1 - PHI.phi**2))
    known = norm.sf(norm.ppf(1 - PHI.most / 2) - errors)
    assert known - 0.05 < attainable(PHI, 4, [PHI]) < known


def test_more_truths_to_allow_for_leave_less_to_find():
    half, season = (one for one in TRUTHS if one.history == 26)
    alone, both = (attainable(half, 8, against) for against in ([half], [half, season]))
    assert both < alone - 0.01


def test_a_truth_without_a_limit_costs_nothing():
    free = replace(TRUTHS[1], most=None)
    assert attainable(TRUTHS[1], 4, [TRUTHS[1], free]) == pytest.approx(
        attainable(TRUTHS[1], 4, [TRUTHS[1]]), abs=0.02
    )


@pytest.mark.parametrize("truth", [one for one in TRUTHS if not one.zeros], ids=lambda one: one.name)
def test_the_density_depends_on_neither_level_nor_unit(truth):
    values = _drawn(truth, 4, 20, np.random.default_rng(1))
    other = truth if truth.phi else replace(truth, phi=0.2)
    first, moved = (
        _log_density(one, truth, 4, 2.0) - _log_density(one, other, 4, 0.0)
        for one in (values, 7 + 3 * values)
    )
    assert moved == pytest.approx(first, abs=2e-2)


def test_courses_hold_the_step_and_what_is_planted():
    spike = next(one for one in TRUTHS if one.spike)
    assert _courses(spike, 4, 2.0).shape == (8, 56)
    assert set(np.unique(_courses(spike, 4, 2.0))) == {-3.0, 0.0, 2.0, 7.0}
    season = _courses(TRUTHS[6], 8, 2.0)
    assert season[:, 52:].mean() == pytest.approx(2.0, abs=1e-9)
    assert season[:, :52].std() == pytest.approx(2 / np.sqrt(2), rel=0.01)


def test_every_truth_but_one_has_a_bound_of_its_own():
    assert {(row["truth"], row["weeks"]) for row in KEPT} == {
        (one.name, weeks) for one in TRUTHS if not one.zeros for weeks in LENGTHS
    }
    assert all(0.8 < row["most"] <= 1 for row in KEPT)


def test_what_is_proved_out_of_reach():
    """Nine in ten large changes in a Do of four weeks after twelve, and with a season after half a year."""
    assert {(row["truth"], row["weeks"]) for row in KEPT if row["most"] < FOUND} == {
        (TWELVE.name, 4),
        (TRUTHS[7].name, 4),
        (TRUTHS[7].name, 8),
    }


@pytest.mark.slow
def test_the_kept_bounds_are_found_again():
    assert bounds() == KEPT
