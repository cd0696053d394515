"""The usual spread of a baseline."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.learning.spread import Base, Spread

RNG = np.random.default_rng(21)
ASKED = RNG.integers(20, 60, 24).astype(float)
YES = RNG.binomial(ASKED.astype(int), RNG.beta(4, 6, 24)).astype(float)
PEOPLE = RNG.poisson(RNG.gamma(10, 3, 24)).astype(float)


@pytest.fixture
def spread_of(made):
    def spread_of(numerators, measure, *, denominator=None, people=None):
        points = made.table(numerators, [], denominator=denominator)
        return Spread.of(Base.of(points, measure), measure, people)

    return spread_of


def test_the_dispersion_of_shares_is_that_of_the_glm(spread_of, share):
    import statsmodels.api as sm

    outcomes = np.column_stack([YES, ASKED - YES])
    fitted = sm.GLM(outcomes, np.ones(24), family=sm.families.Binomial()).fit()
    found = spread_of(YES, share, denominator=ASKED)
    assert found.dispersion == pytest.approx(fitted.pearson_chi2 / 23, rel=1e-6)
    assert found.level == pytest.approx(YES.sum() / ASKED.sum())


def test_the_dispersion_of_counts_is_that_of_the_glm(spread_of, count):
    import statsmodels.api as sm

    fitted = sm.GLM(PEOPLE, np.ones(24), family=sm.families.Poisson()).fit()
    found = spread_of(PEOPLE, count)
    assert found.dispersion == pytest.approx(fitted.pearson_chi2 / 23, rel=1e-6)
    assert found.people is None


def test_counts_scattered_less_than_chance_are_taken_as_chance_has_it(spread_of, count):
    assert spread_of(np.tile([30.0, 31, 29], 8), count).dispersion == 1


def test_after_a_move_only_the_points_that_set_the_latest_range_count(made):
    points = made.table([*made.settled, *(value + 30 for value in made.settled)], [])
    points["phase"] = np.arange(len(points)) // len(made.settled)
    assert Base.of(points, made.value).value.min() == min(made.settled) + 30


def test_of_single_values_the_spread_is_their_standard_deviation(spread_of, made):
    found = spread_of(made.settled, made.value)
    assert found.sigma == pytest.approx(np.std(made.settled, ddof=1))
    assert found.level == 50


def test_a_season_that_a_year_shows_is_no_spread(spread_of, made):
    """Two years of weeks that swing by 10 and scatter by 2."""
    noise = np.random.default_rng(22).normal(0, 2, 104)
    swing = 10 * np.sin(2 * np.pi * 7 * np.arange(104) / 365.25)
    assert spread_of(50 + swing + noise, made.value).sigma == pytest.approx(2, abs=0.3)


@pytest.mark.parametrize(
    ("kind", "value"), [("value", 63.0), ("count", 44.0), ("share", 0.71), ("share", 0.05)]
)
def test_a_distance_leads_back_to_its_value(spread_of, made, count, share, kind, value):
    found = {
        "value": lambda: spread_of(made.settled, made.value),
        "count": lambda: spread_of(PEOPLE, count),
        "share": lambda: spread_of(YES, share, denominator=ASKED),
    }[kind]()
    assert found.moved(found.distance(value)) == pytest.approx(value)
    assert found.moved(0.0) == pytest.approx(found.level)


def test_one_standard_deviation_is_about_one_on_the_scale_of_the_values(spread_of, share, count):
    """Near the level the arcsine and the square root turn one standard deviation into one (Anscombe 1948)."""
    shares, people = spread_of(YES, share, denominator=ASKED), spread_of(PEOPLE, count)
    one = (shares.moved(0.5) - shares.moved(-0.5)) ** 2
    assert one == pytest.approx(
        shares.dispersion * shares.level * (1 - shares.level) / ASKED.mean(), rel=0.02
    )
    assert (people.moved(0.5) - people.moved(-0.5)) ** 2 == pytest.approx(
        people.dispersion * people.level, rel=0.02
    )


def test_no_value_lies_beyond_what_can_be(spread_of, share, count, measure_of, made):
    assert math.isnan(spread_of(YES, share, denominator=ASKED).moved(50.0))
    assert math.isnan(spread_of(YES, share, denominator=ASKED).moved(-50.0))
    assert math.isnan(spread_of(PEOPLE, count).moved(-50.0))
    assert math.isnan(spread_of(made.settled, measure_of(never_negative=True)).moved(-50.0))
    assert spread_of(made.settled, made.value).moved(-50.0) < 0


def test_more_people_weigh_more(spread_of, share):
    found = spread_of(YES, share, denominator=ASKED, people=2 * ASKED.mean())
    assert (found.people, found.do_weight) == pytest.approx((2 * ASKED.mean(), 2))
