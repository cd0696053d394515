"""False-alarm figures: against exact counts, published simulations, and the engine itself."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
import pandas as pd
import pytest

from pipelines.spc import chart, chart_many, rule_set
from pipelines.spc.false_alarm_table import AFTER, BASES, FROZEN, OWN, POINTS
from pipelines.spc.false_alarms import false_alarm_rates
from pipelines.spc.limits import KINDS
from pipelines.spc.rule_sets import RULE_SETS
from pipelines.spc.runs import longest_run_max, n_crossings_min
from pipelines.spc.simulate_false_alarms import PROCESSES, SEED, SERIES, SERIES_FROZEN, rates


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
    half, longest, fewest = n // 2, int(longest_run_max(n)), int(n_crossings_min(n))
    quiet = 0
    for runs in range(fewest + 1, n + 1):
        high, low = (runs + 1) // 2, runs // 2
        one = compositions(half, high, longest) * compositions(half, low, longest)
        quiet += 2 * one
    return 1 - quiet / comb(n, half)


def printed(family, rules, n_points, n_base=None):
    return float(false_alarm_rates(family, rule_set(rules), n_points, n_base or n_points)[0])


def error(rate, series):
    """Four standard errors of a simulated share, and of the figure in the table."""
    return 4 * sqrt(max(rate, 0.0005) * (1 / series + 1 / SERIES_FROZEN))


@pytest.mark.parametrize("n", [10, 12, 16, 20, 24, 30, 36, 52])
def test_a_run_chart_about_its_own_median_signals_as_often_as_counting_all_orders_says(n):
    exact = exact_about_own_median(n)
    assert printed("run", "anhoej", n) == pytest.approx(exact, abs=4 * sqrt(exact / SERIES))


@pytest.mark.parametrize(("n", "rate"), [(12, 0.010), (18, 0.013), (24, 0.013), (36, 0.017)])
def test_the_latest_point_under_mdc_is_coloured_as_often_as_another_simulation_found(n, rate):
    assert printed("i", "mdc", n) == pytest.approx(rate, abs=0.002)


@pytest.mark.parametrize("family", [family for family in PROCESSES if family != "run"])
def test_frozen_limits_alarm_less_often_the_longer_the_baseline(family):
    by_base = [printed(family, "mdc", base + 12, base) for base in BASES]
    assert by_base[0] > by_base[-1]


def test_a_median_frozen_after_twelve_points_and_twelve_more_alarm_in_about_8_per_cent():
    assert printed("run", "anhoej", 24, 12) == pytest.approx(0.080, abs=0.005)


def test_a_run_chart_without_limits_never_alarms_by_a_point_before_a_shift_or_trend_can_be():
    assert printed("run", "mdc", 6) == 0


def test_below_three_points_there_is_no_figure():
    assert np.isnan(printed("i", "mdc", 2))


def test_many_phases_are_read_off_at_once():
    rates_of_three = false_alarm_rates("i", rule_set("mdc"), [12, 24, 2], [12, 12, 2])
    assert rates_of_three[:2].tolist() == [printed("i", "mdc", 12), printed("i", "mdc", 24, 12)]
    assert np.isnan(rates_of_three[2])


def test_between_two_baselines_the_figure_lies_between_theirs():
    low, between, high = (printed("i", "mdc", base + 12, base) for base in (24, 30, 36))
    assert min(low, high) <= between <= max(low, high)


def test_the_table_has_a_figure_for_every_family_and_rule_set():
    keys = {(family, name) for family in PROCESSES for name in RULE_SETS}
    assert {kind.family for kind in KINDS.values()} == PROCESSES.keys()
    assert set(OWN) == set(FROZEN) == keys
    assert all(len(row) == len(POINTS) for row in OWN.values())
    assert all(len(table) == len(BASES) for table in FROZEN.values())
    assert all(len(row) == len(AFTER) for table in FROZEN.values() for row in table)


@pytest.mark.slow
@pytest.mark.parametrize("n", [12, 24, 36])
@pytest.mark.parametrize("family", PROCESSES)
def test_20_000_stable_charts_of_another_seed_are_called_as_often_as_the_summary_prints(family, n):
    kind = PROCESSES[family].kind
    for name, rate in rates(family, n, None, 20_000, seed=99):
        told = summary_of_one_chart(family, n, name)["false_alarm_rate"]
        assert rate == pytest.approx(told, abs=error(told, 20_000)), (kind, name)


def summary_of_one_chart(family, n, rules):
    """Chart one series of n points and return what its summary says."""
    process = PROCESSES[family]
    y, trials = process.draw(np.random.default_rng(7), n * process.values_a_point)
    x = np.repeat(np.arange(n), process.values_a_point)
    return chart(y, trials, x=x, kind=process.kind, rules=rules).summary().iloc[0]


@pytest.mark.slow
@pytest.mark.parametrize("base", [12, 24])
@pytest.mark.parametrize("family", ["run", "i", "p"])
def test_a_simulation_with_frozen_lines_gives_the_printed_figures(family, base):
    for total in (base + 3, base + 12):
        for name, rate in rates(family, total, base, 20_000, seed=5):
            told = printed(family, name, total, base)
            assert rate == pytest.approx(told, abs=error(told, 20_000)), (name, total)


#: A stable process of its own for each chart that shares the figures of a family.
ALIKE = {
    "ip": lambda draws, k: (draws.normal(20, 2, k) * 50, np.full(k, 50.0)),
    "up": lambda draws, k: (draws.poisson(200, k) * 1.0, np.full(k, 40.0)),
    "pp": lambda draws, k: (draws.binomial(500, 0.3, k) * 1.0, np.full(k, 500.0)),
    "u": lambda draws, k: (draws.poisson(200, k) * 1.0, np.full(k, 40.0)),
    "c": lambda draws, k: (draws.poisson(200, k) * 1.0, None),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALIKE)
def test_charts_of_one_family_are_called_about_as_often_as_one_another(kind):
    draw = ALIKE[kind]
    series, n = 20_000, 24
    y, trials = draw(np.random.default_rng(11), series * n)
    frame = pd.DataFrame(
        {"series": np.repeat(np.arange(series), n), "x": np.tile(np.arange(n), series), "y": y}
    )
    points, summaries = chart_many(frame if trials is None else frame.assign(n=trials), kind=kind)
    called = (points["point_type"].to_numpy().reshape(series, n)[:, -1] != "common_cause").mean()
    told = summaries["false_alarm_rate"].iloc[0]
    assert called == pytest.approx(told, abs=error(told, series) + 0.002)


@pytest.mark.slow
@pytest.mark.parametrize("family", PROCESSES)
def test_the_table_is_what_the_simulation_prints(family):
    for name, rate in rates(family, 12, None, SERIES, SEED):
        assert round(rate, 4) == OWN[family, name][POINTS.index(12)]
