"""Funnel plots: exact limits against the distributions themselves, what they promise, and what widens them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, nbinom, poisson

from pipelines.errors import ChartError
from pipelines.spc import clopper_pearson, exact_poisson
from pipelines.spc.funnel import MIN_UNITS, Funnel, funnel

TAILS = {"95": 0.025, "99.8": 0.001}


def place_of(low: float, high: float) -> str:
    """Say where a count lies from the probability of one at most and at least so large."""
    for level in ("99.8", "95"):
        if low < TAILS[level]:
            return f"below {level}"
        if high < TAILS[level]:
            return f"above {level}"
    return "within"


def beyond(numerator: float, denominator: float, kind: str, centre: float) -> str | None:
    return funnel([numerator], [denominator], kind, centre_line=centre).beyond[0]


@given(n=st.integers(1, 400), share=st.floats(0.01, 0.99), at=st.floats(0, 1))
def test_a_share_lies_beyond_a_limit_just_where_so_few_or_many_are_that_improbable(n, share, at):
    x = round(at * n)
    expected = place_of(binom.cdf(x, n, share), binom.sf(x - 1, n, share))
    assert beyond(x, n, "proportion", share) == expected


@given(mean=st.floats(0.3, 300), centre=st.floats(0.2, 3), sd=st.floats(-5, 5))
def test_a_count_lies_beyond_what_was_expected_just_where_it_is_that_improbable(mean, centre, sd):
    x = max(0, round(mean * centre + sd * np.sqrt(mean * centre)))
    expected = place_of(poisson.cdf(x, mean * centre), poisson.sf(x - 1, mean * centre))
    assert beyond(x, mean, "standardised", centre) == expected


@given(second=st.integers(1, 200), centre=st.floats(0.2, 5), at=st.floats(0, 3))
def test_a_ratio_of_counts_lies_beyond_just_where_its_share_of_both_together_is_that_improbable(
    second, centre, at
):
    x = round(at * centre * second)
    both, share = x + second, centre / (1 + centre)
    expected = place_of(nbinom.cdf(x, second, 1 - share), binom.sf(x - 1, both, share))
    assert beyond(x, second, "ratio", centre) == expected


@given(n=st.integers(2, 500), x=st.integers(0, 500), share=st.floats(0.02, 0.98))
def test_a_share_lies_beyond_just_where_its_exact_interval_leaves_the_centre_out(n, x, share):
    x = min(x, n)
    lower, upper = clopper_pearson([x], [n])
    is_out = bool(lower[0] > share or upper[0] < share)
    assert (beyond(x, n, "proportion", share) != "within") == is_out


@given(expected=st.floats(0.5, 200), x=st.integers(0, 300))
def test_a_count_lies_beyond_just_where_its_exact_interval_leaves_what_was_expected_out(expected, x):
    lower, upper = exact_poisson([x])
    is_out = bool(lower[0] > expected or upper[0] < expected)
    assert (beyond(x, expected, "standardised", 1.0) != "within") == is_out


@given(share=st.floats(0.05, 0.95), sizes=st.lists(st.floats(1, 5000), min_size=2, max_size=20, unique=True))
def test_limits_close_in_on_the_centre_as_units_grow(share, sizes):
    lines = funnel([1], [2], centre_line=share).limits_at(sorted(sizes))
    assert np.all(np.diff(lines.lower_95) >= -1e-12)
    assert np.all(np.diff(lines.upper_95) <= 1e-12)
    assert np.all(lines.lower_998 <= lines.lower_95)
    assert np.all(lines.lower_95 <= share)
    assert np.all(lines.upper_998 >= lines.upper_95)
    assert np.all(lines.upper_95 >= share)


@given(x=st.integers(0, 60), rest=st.integers(0, 60), share=st.floats(0.05, 0.95))
def test_who_lies_above_with_those_reached_lies_below_with_those_who_were_not(x, rest, share):
    if x + rest == 0:
        return
    other = {"above": "below", "below": "above"}
    here, there = (beyond(one, x + rest, "proportion", at) for one, at in ((x, share), (rest, 1 - share)))
    assert here is not None
    assert there == " ".join(other.get(word, word) for word in here.split())


@pytest.mark.parametrize(("n", "share"), [(12, 0.3), (40, 0.05), (150, 0.5), (900, 0.9)])
def test_chance_alone_puts_no_more_units_beyond_than_promised(n, share):
    drawn = np.random.default_rng(7).binomial(n, share, 40_000)
    words = np.array(funnel([1], [n], centre_line=share).limits.beyond(drawn / n))
    error = 3 * np.sqrt(0.05 / drawn.size)
    assert np.mean(words != "within") <= 0.05 + error
    assert np.mean(np.char.endswith(words.astype(str), "99.8")) <= 0.002 + error / 5


def test_large_units_come_close_to_what_was_promised():
    drawn = np.random.default_rng(8).binomial(4000, 0.5, 40_000)
    words = np.array(funnel([1], [4000], centre_line=0.5).limits.beyond(drawn / 4000))
    assert np.mean(words != "within") == pytest.approx(0.05, abs=0.006)


def test_chance_alone_puts_no_more_ratios_of_counts_beyond_than_promised():
    random = np.random.default_rng(9)
    first, second = random.poisson(60, 5_000), random.poisson(40, 5_000)
    words = np.array(funnel(first, second, "ratio", centre_line=1.5).beyond)
    assert 0.03 < np.mean(words != "within") <= 0.06


def spread_units(sd: float, units: int, seed: int) -> Funnel:
    """Return units whose true shares differ by so much on the arcsine scale."""
    random = np.random.default_rng(seed)
    n = random.integers(200, 2000, units)
    share = np.sin(np.arcsin(np.sqrt(0.3)) + random.normal(0, sd, units)) ** 2
    return funnel(random.binomial(n, share), n, adjust=True)


def test_the_spread_between_units_is_found_and_takes_false_alarms_away():
    found = [spread_units(0.05, 150, seed) for seed in range(12)]
    # Pulling in a tenth of each tail leaves 0.68 of a normal variance: the estimate is on the small side.
    tau2 = np.mean([one.dispersion.tau2 for one in found])
    assert 0.5 * 0.05**2 < tau2 < 0.05**2
    plain = np.mean([[word != "within" for word in one.limits.beyond(one.ratio)] for one in found])
    widened = np.mean([[word != "within" for word in one.beyond] for one in found])
    assert plain > 0.3
    assert widened < 0.12


def test_units_that_differ_by_chance_alone_are_not_widened_by_more_than_a_trace():
    found = [spread_units(0.0, 60, seed) for seed in range(20)]
    assert np.mean([one.adjusted is None for one in found]) > 0.6
    assert all(
        one.why_not_adjusted == "Limits are not widened: the units differ no more than by chance."
        for one in found
        if one.adjusted is None
    )


def test_six_neighbourhoods_are_too_few_to_widen_limits():
    found = funnel([10, 90, 20, 80, 30, 70], [100] * 6, adjust=True)
    assert found.adjusted is None
    assert found.dispersion is None
    assert found.why_not_adjusted == (
        "Limits are not widened: 6 units are too few to tell how far such units differ anyway; it takes 10."
    )
    assert found.beyond[0] == "below 99.8"


def test_the_least_number_of_units_is_the_one_stated():
    shares = np.linspace(10, 90, MIN_UNITS)
    assert funnel(shares, np.full(MIN_UNITS, 100), adjust=True).adjusted is not None
    assert funnel(shares[1:], np.full(MIN_UNITS - 1, 100), adjust=True).adjusted is None


def test_without_being_asked_nothing_is_widened():
    found = funnel(np.linspace(10, 90, 30), np.full(30, 100.0))
    assert found.adjusted is None
    assert found.why_not_adjusted is None
    assert found.adjusted_at([10, 20]) is None


@settings(max_examples=25)
@given(order=st.permutations(range(12)))
def test_the_order_of_units_changes_nothing(order):
    x, n = np.arange(12) * 3.0, np.arange(12) * 10.0 + 20
    one, other = funnel(x, n, adjust=True), funnel(x[list(order)], n[list(order)], adjust=True)
    assert other.dispersion.phi == pytest.approx(one.dispersion.phi)
    assert other.beyond == [one.beyond[at] for at in order]


def test_a_unit_with_nothing_counted_has_no_place_and_takes_none():
    found = funnel([10, 0, np.nan, 40], [100, 0, 50, 200])
    assert found.beyond[1] is None
    assert found.beyond[2] is None
    assert found.centre_line == pytest.approx(50 / 300)
    assert np.isnan(found.limits.upper_95[1])


def test_where_nobody_or_everybody_came_through_nobody_lies_beyond():
    assert funnel([0, 0], [10, 500]).beyond == ["within", "within"]
    assert funnel([10, 500], [10, 500]).beyond == ["within", "within"]
    assert funnel([0, 0], [10, 50], "standardised", centre_line=0.0).beyond == ["within", "within"]


def test_the_published_limits_of_standardised_mortality_are_the_exact_interval_of_ten():
    limits = funnel([10], [10.0], "standardised", limits="chi_square").limits
    # Garwood's interval of 10 events, as printed in many tables: 4.80 to 18.39.
    assert limits.lower_95[0] * 10 == pytest.approx(4.795, abs=0.001)
    assert limits.upper_95[0] * 10 == pytest.approx(18.390, abs=0.001)


def test_the_published_limits_let_more_lie_below_than_they_say_and_the_exact_ones_do_not():
    published = funnel([10], [10.0], "standardised", limits="chi_square").limits.lower_95[0] * 10
    exact = funnel([10], [10.0], "standardised").limits.lower_95[0] * 10
    assert poisson.cdf(np.ceil(published) - 1, 10) == pytest.approx(0.0293, abs=0.0001)
    assert poisson.cdf(np.ceil(exact) - 1, 10) <= 0.025


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kind": "league"}, "no funnel"),
        ({"limits": "wide"}, "no limits"),
        ({"limits": "chi_square"}, "standardised"),
        ({"trim_by": 0.5}, "Trim"),
        ({"centre_line": 1.5}, "centre"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_in_words(arguments, words):
    with pytest.raises(ChartError, match=words):
        funnel([1, 2], [10, 10], **arguments)


def test_more_events_than_trials_and_numbers_below_zero_are_refused():
    with pytest.raises(ChartError, match="more events than trials"):
        funnel([11], [10])
    with pytest.raises(ChartError, match="below 0"):
        funnel([-1], [10])
