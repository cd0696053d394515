"""Two single totals, against published numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.learning.totals import rate_ratio, share_difference

COUNTS = st.integers(min_value=0, max_value=400)
EXPOSURES = st.floats(min_value=0.5, max_value=1e5)


def test_the_exact_rate_ratio_of_gu_and_others_is_found():
    """Gu, Ng, Tang & Schucany, Biometrical Journal 2008;50:283: 60 in 51,477.5 woman-years, 30 in 54,308.7."""
    found = rate_ratio(60, 51477.5, 30, 54308.7)
    assert found.estimate == pytest.approx(2.1100, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((1.3397, 3.3884), abs=5e-5)
    assert found.p_value == pytest.approx(0.000675, abs=5e-7)
    assert found.scale == "ratio"


def test_equal_exposures_leave_the_ratio_of_counts():
    found = rate_ratio(30, 12, 12, 12)
    assert (found.estimate, found.low, found.high) == pytest.approx((2.5, 1.243, 5.362), abs=5e-4)


def test_the_exact_bounds_solve_their_own_binomial_tails():
    """Clopper & Pearson: at each bound, 2.5 % of all splits are as far out as the one seen."""
    from scipy.stats import binom

    found = rate_ratio(30, 10.0, 12, 20.0)
    share = [ratio * 10 / (ratio * 10 + 20) for ratio in (found.low, found.high)]
    assert binom.sf(29, 42, share[0]) == pytest.approx(0.025, rel=1e-6)
    assert binom.cdf(30, 42, share[1]) == pytest.approx(0.025, rel=1e-6)


def test_nothing_before_has_no_upper_bound_and_nothing_after_reaches_down_to_none():
    assert rate_ratio(8, 1, 0, 1).high == math.inf
    assert rate_ratio(8, 1, 0, 1).low > 1
    assert rate_ratio(0, 1, 8, 1).low == 0
    assert rate_ratio(0, 1, 8, 1).high < 1
    assert rate_ratio(0, 1, 0, 1) is None


@pytest.mark.parametrize("wrong", [(-1, 1.0, 2, 1.0), (1, 0.0, 2, 1.0), (1, 1.0, 2, math.nan)])
def test_a_negative_count_or_no_exposure_is_refused(wrong):
    with pytest.raises(ValueError, match="exposures above 0"):
        rate_ratio(*wrong)


@settings(max_examples=60, deadline=None)
@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES)
def test_swapping_before_and_after_turns_the_ratio_over(after, t_after, before, t_before):
    one, other = rate_ratio(after, t_after, before, t_before), rate_ratio(before, t_before, after, t_after)
    if one is None:
        assert other is None
        return
    assert one.low <= one.estimate <= one.high
    assert one.p_value == pytest.approx(other.p_value, rel=1e-6)
    for bound, turned in ((one.low, other.high), (one.estimate, other.estimate), (one.high, other.low)):
        assert bound == pytest.approx(1 / turned if turned else math.inf, rel=1e-9)


def test_the_difference_of_newcombes_first_example_is_found():
    """Newcombe, Statistics in Medicine 1998;17:873, table II, contrast (a): 56/70 less 48/80, method 10."""
    found = share_difference(56, 70, 48, 80)
    assert found.estimate == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (found.scale, found.p_value) == ("difference", None)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((9, 10, 3, 10), 0.1705, 0.8090),  # contrast (b)
        ((6, 7, 2, 7), 0.0582, 0.8062),  # (c)
        ((5, 56, 0, 29), -0.0381, 0.1926),  # (d)
        ((0, 10, 0, 20), -0.1611, 0.2775),  # (e)
        ((0, 10, 0, 10), -0.2775, 0.2775),  # (f)
        ((10, 10, 0, 20), 0.6791, 1.0000),  # (g)
        ((10, 10, 0, 10), 0.6075, 1.0000),  # (h)
    ],
)
def test_the_other_contrasts_of_that_table_are_found(counts, low, high):
    found = share_difference(*counts)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_newcombes_bounds_are_made_of_wilsons():
    """65 of 100: Wilson .5525 to .7364; method 10 joins such bounds as squares."""
    from statsmodels.stats.proportion import proportion_confint

    after, before = (proportion_confint(x, 100, method="wilson") for x in (65, 45))
    assert after == pytest.approx((0.5525, 0.7364), abs=5e-5)
    found = share_difference(65, 100, 45, 100)
    assert found.low == pytest.approx(0.2 - math.hypot(0.65 - after[0], before[1] - 0.45), rel=1e-9)
    assert found.high == pytest.approx(0.2 + math.hypot(after[1] - 0.65, 0.45 - before[0]), rel=1e-9)


def test_a_share_of_nobody_has_no_difference():
    assert share_difference(0, 0, 3, 10) is None


@pytest.mark.parametrize("wrong", [(11, 10, 3, 10), (-1, 10, 3, 10), (1, 10, 4, 3)])
def test_more_than_all_or_fewer_than_none_is_refused(wrong):
    with pytest.raises(ValueError, match="is not a share"):
        share_difference(*wrong)
