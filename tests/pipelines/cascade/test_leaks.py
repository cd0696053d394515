"""Leaks: people more at the pooled share, only where a place lies below the exact limits."""

from __future__ import annotations

import pytest
from scipy.stats import binom, binomtest

from pipelines.cascade.leaks import find_leaks
from pipelines.cascade.quarter import Counts


def places(**counts):
    return {name: Counts(reached=x, due=n) for name, (x, n) in counts.items()}


THREE = places(a=(25.0, 100.0), b=(50.0, 100.0), c=(50.0, 100.0))


def test_a_place_that_loses_more_than_chance_leaks_and_the_others_do_not():
    found = find_leaks(THREE)
    assert [found[name].beyond for name in "abc"] == ["below 99.8", "within", "within"]
    assert (found["a"].pooled, found["a"].n_places) == (pytest.approx(125 / 300), 3)
    assert found["a"].more == pytest.approx(100 * 125 / 300 - 25)
    assert (found["b"].more, found["c"].more) == (None, None)


def test_the_interval_of_people_more_is_that_of_the_place_by_another_implementation():
    found, wilson = find_leaks(THREE)["a"], binomtest(25, 100).proportion_ci(method="wilson")
    assert found.more_low == pytest.approx(100 * (125 / 300 - wilson.high))
    assert found.more_high == pytest.approx(100 * (125 / 300 - wilson.low))


def test_a_place_that_does_better_and_a_step_that_cannot_leak_have_no_people_more():
    found = find_leaks(places(a=(90.0, 100.0), b=(50.0, 100.0), c=(50.0, 100.0)))
    assert (found["a"].beyond, found["a"].more) == ("above 99.8", None)
    assert find_leaks(places(a=(30.0, 100.0), b=(60.0, 100.0)), can_leak=False)["a"].more is None


def test_the_limits_are_those_of_the_binomial_distribution_at_the_pooled_share():
    for x in range(1, 80):
        found = find_leaks(places(a=(float(x), 80.0), b=(100.0, 200.0)))["a"]
        low = binom.cdf(x, 80, (100 + x) / 280)
        assert found.beyond.startswith("below") == (low <= 0.025), x
        assert (found.beyond == "below 99.8") == (low <= 0.001), x


def test_in_one_place_alone_or_where_nobody_or_all_came_through_there_is_nothing_to_hold_against():
    assert find_leaks(places(a=(30.0, 100.0))) == {}
    assert find_leaks(places(a=(0.0, 100.0), b=(0.0, 100.0))) == {}
    assert find_leaks(places(a=(100.0, 100.0), b=(100.0, 100.0))) == {}


def test_a_place_without_counts_is_left_out_of_the_pool():
    found = find_leaks(THREE | {"d": Counts(n_hidden=3)})
    assert "d" not in found
    assert found["a"].n_places == 3


def test_rounded_figures_never_let_more_come_through_than_were_due():
    found = find_leaks(places(a=(105.0, 100.0), b=(50.0, 100.0)))
    assert found["a"].pooled == pytest.approx(150 / 200)
