"""Headlines of a meeting."""

from __future__ import annotations

import math

import pytest

from pipelines.learning import headlines

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
