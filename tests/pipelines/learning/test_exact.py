"""Two totals compared exactly, against published numbers."""

from __future__ import annotations

import math

import pytest

from pipelines.learning import exact_rate_ratio, newcombe_difference

#: Coronary heart disease among postmenopausal women with and without hormones: 60 in 51,477.5 person-years and 30 in
#: 54,308.7 (Gu, Ng, Tang & Schucany, Biometrical Journal 2008;50:283, from Stampfer & Willett).
HORMONES = (60, 51_477.5, 30, 54_308.7)


def test_the_published_rate_ratio_with_its_exact_interval_and_p():
    found = exact_rate_ratio(*HORMONES)
    assert found.ratio == pytest.approx(2.1100, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((1.3397, 3.3884), abs=5e-5)
    assert found.p_value == pytest.approx(0.000675, abs=5e-7)


def test_thirty_in_a_year_against_twelve():
    found = exact_rate_ratio(30, 12, 12, 12)
    assert (found.ratio, found.low, found.high) == pytest.approx((2.5, 1.243, 5.362), abs=5e-4)


def test_turned_round_a_ratio_is_its_inverse():
    one, other = exact_rate_ratio(*HORMONES), exact_rate_ratio(*HORMONES[2:], *HORMONES[:2])
    assert (1 / other.ratio, 1 / other.high, 1 / other.low) == pytest.approx((one.ratio, one.low, one.high))
    assert other.p_value == pytest.approx(one.p_value)


def test_where_one_side_counts_nothing_the_interval_is_open_on_that_side():
    found = exact_rate_ratio(0, 5, 4, 5)
    # Four of four on one side: 1 - .025 ** (1/4) is the exact upper bound of a share of 0 of 4.
    bound = 1 - 0.025**0.25
    assert (found.ratio, found.low, found.high) == pytest.approx((0.0, 0.0, bound / (1 - bound)))
    assert found.p_value == pytest.approx(0.125)  # two sides of 1/2 to the fourth
    other = exact_rate_ratio(4, 5, 0, 5)
    assert (other.ratio, other.high) == (math.inf, math.inf)
    assert other.low == pytest.approx((1 - bound) / bound)


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        # Newcombe 1998, table II, method 10: contrasts a, b, d and g.
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((10, 10, 0, 20), (0.6791, 1.0000)),
    ],
)
def test_the_published_intervals_of_a_difference_of_shares(counts, interval):
    found = newcombe_difference(*counts)
    assert (found.low, found.high) == pytest.approx(interval, abs=5e-5)
    assert found.difference == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((-1, 5, 4, 5), "whole number"),
        ((1.5, 5, 4, 5), "whole number"),
        ((math.nan, 5, 4, 5), "whole number"),
        ((1, 0, 4, 5), "above 0"),
        ((0, 5, 0, 5), "no ratio"),
    ],
)
def test_a_ratio_of_what_cannot_be_counted_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        exact_rate_ratio(*wrong)


@pytest.mark.parametrize("wrong", [(6, 5, 1, 5), (1, 5, 6, 5), (0, 0, 1, 5)])
def test_more_than_there_are_is_refused(wrong):
    with pytest.raises(ValueError, match="larger than what it is among"):
        newcombe_difference(*wrong)
