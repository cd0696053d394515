"""False-alarm figures: against exact counts, published simulations, and the engine itself."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
import pytest

from pipelines.spc import chart, rule_set
from pipelines.spc.false_alarm_table import AFTER, BASES, FROZEN, OWN, POINTS
from pipelines.spc.false_alarms import false_alarm_rate
from pipelines.spc.rule_sets import RULE_SETS
from pipelines.spc.runs import longest_run_max, n_crossings_min
from pipelines.spc.simulate_false_alarms import rates

SERIES = 20_000


def compositions(total, parts, largest):
    """Number of ways to write a total as so many positive parts, none above the largest."""
    counted = range(parts + 1)
    return sum(
        (-1) ** j * comb(parts, j) * comb(total - j * largest - 1, parts - 1)
        for j in counted
        if total - j * largest >= parts
    )


def exact_about_own_median(n):
    """Chance that Anhøj's rules signal when as many of n points lie above the median as below."""
    half, longest, fewest = n // 2, longest_run_max(n), n_crossings_min(n)
    quiet = 0
    for runs in range(fewest + 1, n + 1):
        high, low = (runs + 1) // 2, runs // 2
        one = compositions(half, high, longest) * compositions(half, low, longest)
        quiet += 2 * one
    return 1 - quiet / comb(n, half)


@pytest.mark.parametrize("n", [10, 12, 16, 20, 24, 30, 36, 52])
def test_a_run_chart_about_its_own_median_signals_as_often_as_counting_all_orders_says(n):
    exact = exact_about_own_median(n)
    printed = false_alarm_rate(rule_set("anhoej"), n, n, has_limits=False)
    assert printed == pytest.approx(exact, abs=4 * sqrt(exact / 200_000))


@pytest.mark.parametrize(("n", "rate"), [(12, 0.010), (18, 0.013), (24, 0.013), (36, 0.017)])
def test_the_latest_point_under_mdc_is_coloured_as_often_as_another_simulation_found(n, rate):
    assert false_alarm_rate(rule_set("mdc"), n, n, has_limits=True) == pytest.approx(rate, abs=0.002)


def test_frozen_limits_alarm_more_often_than_limits_from_all_points_and_less_the_longer_the_baseline():
    own = false_alarm_rate(rule_set("mdc"), 24, 24, has_limits=True)
    by_base = [false_alarm_rate(rule_set("mdc"), base + 12, base, has_limits=True) for base in BASES]
    assert by_base == sorted(by_base, reverse=True)
    assert by_base[-1] > own


def test_a_median_frozen_after_twelve_points_and_twelve_more_alarm_in_about_8_per_cent():
    assert false_alarm_rate(rule_set("anhoej"), 24, 12, has_limits=False) == pytest.approx(0.085, abs=0.007)


def test_below_three_points_there_is_no_figure():
    assert np.isnan(false_alarm_rate(rule_set("mdc"), 2, 2, has_limits=True))


def test_the_table_has_a_figure_for_every_rule_set_with_and_without_limits():
    keys = {(name, has_limits) for name in RULE_SETS for has_limits in (True, False)}
    assert set(OWN) == set(FROZEN) == keys
    assert all(len(row) == len(POINTS) for row in OWN.values())
    assert all(len(row) == len(AFTER) for table in FROZEN.values() for row in table)


@pytest.mark.slow
@pytest.mark.parametrize("n", [12, 24, 36])
def test_a_simulation_of_another_seed_gives_the_printed_figures(n):
    for (name, has_limits), total, rate in rates(None, [n], SERIES, seed=99 + n):
        printed = false_alarm_rate(rule_set(name), total, total, has_limits=has_limits)
        assert rate == pytest.approx(printed, abs=4 * sqrt(max(printed, 0.001) / SERIES)), (name, has_limits)


@pytest.mark.slow
@pytest.mark.parametrize("base", [12, 24])
def test_a_simulation_with_frozen_lines_gives_the_printed_figures(base):
    for (name, has_limits), total, rate in rates(base, [base + 3, base + 12], SERIES, seed=5):
        printed = false_alarm_rate(rule_set(name), total, base, has_limits=has_limits)
        assert rate == pytest.approx(printed, abs=4 * sqrt(max(printed, 0.001) / SERIES)), (
            name,
            has_limits,
            total,
        )


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "rules"), [("i", "mdc"), ("run", "anhoej"), ("run", "ihi")])
def test_the_engine_itself_colours_stable_charts_as_often_as_it_prints(kind, rules):
    draws, series, n = np.random.default_rng(3), 3000, 24
    called = 0
    for _ in range(series):
        drawn = chart(draws.normal(size=n), kind=kind, rules=rules)
        called += drawn.phases[0].runs_signal if rules == "anhoej" else bool(drawn.signals.direction[-1])
    printed = drawn.phases[0].false_alarm_rate
    assert called / series == pytest.approx(printed, abs=4 * sqrt(printed / series))
