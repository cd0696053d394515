"""The trials draw what they say they draw: level, spread, link between neighbours, season, trend, odd week, zeros."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from pipelines.error_rates.numbers import ASKED, NUMBERS, PEOPLE, SHARE, linked
from pipelines.error_rates.trials import charted, course_of, draw
from pipelines.error_rates.truths import TRUTHS, Truth

SIZE = 20_000
BY_NAME = {numbers.name: numbers for numbers in NUMBERS}


def drawn(name, step=0.0, phi=0.0, seed=1):
    random = np.random.default_rng(seed)
    chance = norm.cdf(linked(random, SIZE, phi))
    numerator, denominator = BY_NAME[name].draw(random, chance, np.full(SIZE, step))
    return numerator if denominator is None else numerator / denominator


@pytest.mark.parametrize(("name", "dispersion"), [("counts", 1.0), ("counts, dispersion 3", 3.0)])
def test_counts_have_their_mean_and_their_dispersion(name, dispersion):
    found = drawn(name)
    assert found.mean() == pytest.approx(PEOPLE, rel=0.01)
    assert found.var() / found.mean() == pytest.approx(dispersion, rel=0.03)
    assert (found == np.round(found)).all()


def test_shares_are_those_of_the_people_asked():
    """A binomial share of n people has the variance p(1-p)/n, here over n of 25 to 44."""
    found = drawn("shares")
    asked = np.arange(ASKED[0], ASKED[1] + 1)
    assert found.mean() == pytest.approx(SHARE, abs=0.003)
    assert found.var() == pytest.approx(SHARE * (1 - SHARE) * (1 / asked).mean(), rel=0.03)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_a_step_of_two_is_two_standard_deviations_of_a_point(name):
    before, after = drawn(name), drawn(name, step=2.0, seed=2)
    assert (after.mean() - before.mean()) / before.std() == pytest.approx(2.0, rel=0.05)


@pytest.mark.parametrize("name", list(BY_NAME))
@pytest.mark.parametrize("phi", [0.3, 0.6])
def test_neighbours_are_as_alike_as_planted(name, phi):
    found = drawn(name, phi=phi)
    assert np.corrcoef(found[1:], found[:-1])[0, 1] == pytest.approx(phi, abs=0.03)


def courses(truth, step=0.0, weeks=12, series=400):
    random = np.random.default_rng(3)
    return np.array([course_of(truth, step, weeks, random) for _ in range(series)])


def test_chance_alone_stands_level_and_a_step_begins_with_do():
    assert not courses(Truth("")).any()
    stepped = courses(Truth("", 20), step=-2.0)
    assert (stepped[:, :20] == 0).all()
    assert (stepped[:, 20:] == -2).all()


def test_a_season_swings_by_its_amplitude_and_begins_anywhere():
    found = courses(Truth("", season=2.0))
    assert np.abs(found).max() == pytest.approx(2.0, abs=0.01)
    assert found.std(axis=0) == pytest.approx(np.full(64, 2 / np.sqrt(2)), rel=0.1)


def test_a_trend_goes_on_through_do_either_way():
    found = courses(Truth("", trend=1.0))
    assert np.abs(found[:, 52]) == pytest.approx(np.full(400, 52 / 52.18))
    assert set(np.sign(found[:, 63])) == {-1, 1}


def test_one_week_of_do_is_odd_and_no_other():
    found = courses(Truth("", spike=5.0), weeks=4)
    assert (np.abs(found).sum(axis=1) == 5).all()
    assert (found[:, :52] == 0).all()
    assert set(np.unique(found)) == {-5, 0, 5}


def test_weeks_in_which_nobody_comes_are_zero():
    truth = next(truth for truth in TRUTHS if truth.zeros)
    random = np.random.default_rng(4)
    found = np.concatenate([draw(truth, BY_NAME["counts"], 0.0, 12, random)[0] for _ in range(200)])
    assert (found == 0).mean() == pytest.approx(0.2, abs=0.01)


def test_a_series_is_charted_with_its_history_as_the_baseline():
    random = np.random.default_rng(5)
    chart, do = charted(draw(TRUTHS[1], BY_NAME["shares"], 0.0, 8, random), BY_NAME["shares"], 8)
    points = chart.points
    assert points["is_baseline"].sum() == TRUTHS[1].history
    assert (points["period_start"].iloc[26], points["period_end"].iloc[-1]) == (do.do_start, do.do_end)
