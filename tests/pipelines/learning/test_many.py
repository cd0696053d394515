"""Headlines of a meeting."""

from __future__ import annotations

import math

import pytest

from pipelines.learning import ByChance, expected_by_chance, headlines

#: Benjamini & Hochberg 1995, section 3.2: fifteen p-values, four rejected at .05 (Bonferroni three).
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_published_example_keeps_its_first_four():
    assert headlines(PUBLISHED, 0.05).tolist() == [True] * 4 + [False] * 11


def test_one_in_ten_may_be_false_by_default():
    """At q = .10 the largest i with p(i) <= .10 i / 15 is 9: .0459 <= .06."""
    assert headlines(PUBLISHED).tolist() == [True] * 9 + [False] * 6


@pytest.mark.parametrize(("p_value", "kept"), [(0.0499, True), (0.0501, False)])
def test_the_smaller_of_two_must_be_below_half_the_rate(p_value, kept):
    assert headlines([0.9, p_value]).tolist() == [False, kept]


def test_a_cycle_without_a_p_value_is_no_headline_and_does_not_count():
    assert headlines([0.09, math.nan, math.nan]).tolist() == [True, False, False]
    assert headlines([math.nan]).tolist() == [False]
    assert headlines([]).tolist() == []


def test_where_measures_pull_against_each_other_fewer_are_kept():
    """Benjamini & Yekutieli 2001: BH at the rate over 1 + 1/2 + ... + 1/15 = 3.318, so .015: three of fifteen."""
    harmonic = sum(1 / i for i in range(1, 16))
    assert (
        headlines(PUBLISHED, 0.05, dependent=True).tolist() == headlines(PUBLISHED, 0.05 / harmonic).tolist()
    )
    assert headlines(PUBLISHED, 0.05, dependent=True).sum() == 3


def test_what_chance_alone_would_show_is_the_sum_of_the_rates():
    """Eighteen charts at 5 %: 0.9 expected, at least one on six pages in ten (docs/method.md)."""
    found = expected_by_chance([0.05] * 18)
    assert (found.n_charts, found.n_without_rate) == (18, 0)
    assert found.expected == pytest.approx(0.9)
    assert found.at_least_one == pytest.approx(0.60, abs=0.005)


def test_a_chart_too_short_to_signal_is_told_apart():
    found = expected_by_chance([0.05, math.nan, None])
    assert (found.n_charts, found.n_without_rate, found.expected) == (1, 2, 0.05)


def test_a_page_without_charts_expects_nothing():
    assert expected_by_chance([]) == ByChance(0, 0, 0.0, 0.0)


@pytest.mark.parametrize("wrong", [-0.01, 1.01])
def test_what_is_no_chance_is_refused(wrong):
    with pytest.raises(ValueError, match="0 to 1"):
        expected_by_chance([0.05, wrong])
