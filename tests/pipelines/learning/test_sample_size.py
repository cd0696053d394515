"""The power table of docs/method.md, from textbooks."""

from __future__ import annotations

import math

import pytest

from pipelines.learning import paired_mean_size, poisson_ratio_events, two_proportions_size


@pytest.mark.parametrize(
    ("before", "after", "people"),
    [(0.65, 0.70, 1377), (0.65, 0.75, 329), (0.65, 0.80, 138), (0.50, 0.70, 93), (0.60, 0.80, 82)],
)
def test_people_a_period_to_tell_two_shares_apart(before, after, people):
    """Fleiss, Statistical Methods for Rates and Proportions, 1981, formula 3.14, without its continuity correction."""
    assert two_proportions_size(before, after) == people
    z, z_power, mean = 1.959964, 0.841621, (before + after) / 2
    null, alternative = 2 * mean * (1 - mean), before * (1 - before) + after * (1 - after)
    written_out = (z * math.sqrt(null) + z_power * math.sqrt(alternative)) ** 2 / (after - before) ** 2
    assert people == math.ceil(written_out)


def test_a_fall_needs_as_many_as_a_rise():
    assert two_proportions_size(0.75, 0.65) == two_proportions_size(0.65, 0.75)


@pytest.mark.parametrize(("difference", "people"), [(3, 199), (5, 73), (10, 20)])
def test_people_measured_twice_to_show_a_fall_in_blood_pressure(difference, people):
    """Standard deviation of the changes 15 mmHg; a paired t test."""
    assert paired_mean_size(difference, 15) == paired_mean_size(-difference, 15) == people


@pytest.mark.parametrize(("ratio", "events"), [(1.2, 433), (1.25, 284), (1.5, 80), (2, 25), (3, 9)])
def test_events_a_period_to_show_a_ratio(ratio, events):
    assert poisson_ratio_events(ratio) == events


@pytest.mark.parametrize("ratio", [1.2, 1.5, 2, 0.5])
def test_so_many_events_have_the_power_that_statsmodels_gives_a_log_ratio(ratio):
    from statsmodels.stats.rates import power_poisson_ratio_2indep

    events = poisson_ratio_events(ratio)
    power = power_poisson_ratio_2indep(
        ratio, 1.0, events, value=1, alternative="two-sided", method_var="alt", return_results=False
    )
    assert power == pytest.approx(0.8, abs=0.01)
    assert power >= 0.8


@pytest.mark.parametrize(
    ("size", "arguments"),
    [
        (two_proportions_size, (0.5, 0.5)),
        (two_proportions_size, (0.0, 0.5)),
        (two_proportions_size, (0.5, 1.0)),
        (paired_mean_size, (0, 15)),
        (paired_mean_size, (5, 0)),
        (poisson_ratio_events, (1,)),
        (poisson_ratio_events, (0,)),
    ],
)
def test_no_difference_has_no_size(size, arguments):
    with pytest.raises(ValueError, match="needed"):
        size(*arguments)
