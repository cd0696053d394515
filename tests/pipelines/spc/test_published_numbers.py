"""The engine against printed numbers: textbook examples, tables of papers, and exact probabilities.

Each test names its source. A number is held to the places it is printed with. Where an example's data may not be
copied, a twin with numbers worked out by hand stands beside it and always runs, and the data is read from ../shared
when that lies beside the project.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines.spc import chart, chart_many

#: Montgomery, Introduction to Statistical Quality Control, section 6.4: viscosity-like single values, phase 1 then 2.
MONTGOMERY_6_5 = [
    *(310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304),
    *(305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328),
]
#: Section 7.3: defects in 20 samples of 50 units; defects and units inspected of ten rolls; hours between failures.
MONTGOMERY_7_4 = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
MONTGOMERY_7_5 = (
    [14, 12, 20, 11, 7, 10, 21, 16, 19, 23],
    [500, 400, 650, 500, 475, 500, 600, 525, 600, 625],
)
MONTGOMERY_7_6 = [
    *(286, 948, 536, 124, 816, 729, 4, 143, 431, 8),
    *(2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96),
]
TEXTBOOK_FACTOR = 3 / 1.128


def printed(number: str):
    """A number as it is printed: anything that rounds to it is equal."""
    places = len(number.partition(".")[2])
    return pytest.approx(float(number), abs=0.5 * 10**-places * (1 + 1e-9))


def lines(drawn, at=0):
    """Centre, lower and upper limit of one point, as drawn."""
    row = drawn.to_frame().iloc[at]
    return row["centre_line"], row["lower_limit"], row["upper_limit"]


def beyond(drawn):
    """Points outside the limits, counted from 1 as in textbooks."""
    return (np.flatnonzero(drawn.to_frame()["beyond_limits"]) + 1).tolist()


def runs_of(drawn):
    return drawn.summary().iloc[0]


# Run charts -----------------------------------------------------------------------------------------------------


@cache
def runs_limits(n):
    """Longest run and fewest crossings that are no signal among n useful points, as a chart prints them."""
    told = runs_of(chart([1.0, -1.0] * n, kind="run", centre_line=0, phases=[n]))
    return int(told["longest_run_max"]), int(told["n_crossings_min"])


RUNS_LIMITS = {
    10: (6, 2), 11: (6, 2), 12: (7, 3), 13: (7, 3), 16: (7, 4), 20: (7, 6), 24: (8, 8),
    30: (8, 10), 36: (8, 13), 40: (8, 14), 52: (9, 20), 60: (9, 23), 104: (10, 43),
}  # fmt: skip


@pytest.mark.parametrize(("n", "limits"), RUNS_LIMITS.items())
def test_limits_of_runs_and_crossings_are_those_of_anhoej_and_olesen_2014(n, limits):
    """Schilling 2012 and Chen 2010, as tabled by Anhøj & Olesen, PLoS ONE 2014;9(11):e113825, and by qicharts2."""
    assert runs_limits(n) == limits


@cache
def chance_of_a_signal(n, above=0.5):
    """Exact chance that n independent points signal, each lying above a known centre with chance `above`.

    A dynamic programme over the side of the last point, the length of its run and the crossings so far; whatever
    exceeds the longest run allowed has left the table.
    """
    longest, fewest = runs_limits(n)
    state = np.zeros((2, longest, n))
    state[1, 0, 0], state[0, 0, 0] = above, 1 - above
    for _ in range(n - 1):
        after = np.zeros_like(state)
        for side, chance in ((0, 1 - above), (1, above)):
            after[side, 1:] = chance * state[side, :-1]
            after[side, 0, 1:] = chance * state[1 - side].sum(axis=0)[:-1]
        state = after
    return float(1 - state[:, :, fewest:].sum())


#: n: false signals, then power for a shift of 0.5, 1, 1.5 and 2 standard deviations (52 points: .4148, printed .42).
RUNS_PROPERTIES = {
    10: (".045", ".15", ".44", ".74", ".91"),
    12: (".043", ".16", ".53", ".87", ".98"),
    16: (".047", ".19", ".58", ".89", ".98"),
    20: (".071", ".27", ".72", ".96", "1.00"),
    24: (".066", ".27", ".76", ".98", "1.00"),
    36: (".085", ".38", ".91", "1.00", "1.00"),
    52: (".077", ".41", ".95", "1.00", "1.00"),
}


@pytest.mark.parametrize(("n", "rates"), RUNS_PROPERTIES.items())
def test_false_signals_and_power_of_the_runs_rules_are_the_exact_ones(n, rates):
    """Exact, independent normal points about a known centre (rules of Anhøj & Olesen 2014)."""
    assert chance_of_a_signal(n) == printed(rates[0])
    power = [chance_of_a_signal(n, float(stats.norm.cdf(shift))) for shift in (0.5, 1, 1.5, 2)]
    assert power == [printed(one) for one in rates[1:]]


def signals_of_many(y, **options):
    """Share of the rows of a table that signal by their runs, through `chart_many`."""
    series, points = y.shape
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(series), points),
            "x": np.tile(np.arange(points), series),
            "y": y.ravel(),
        }
    )
    _, told = chart_many(frame, kind="run", **options)
    return float(told["runs_signal"].mean())


@pytest.mark.parametrize(("n", "shift"), [(10, 0), (12, 1), (24, 0), (24, 1), (52, 0.5)])
def test_the_engine_signals_as_often_as_is_exact(n, shift):
    """The same figures, by 4,000 charts of the engine: within four standard errors."""
    y = np.random.default_rng(n).normal(shift, size=(4_000, n))
    exact = chance_of_a_signal(n, float(stats.norm.cdf(shift)))
    assert signals_of_many(y, centre_line=0) == pytest.approx(
        exact, abs=4 * math.sqrt(exact * (1 - exact) / 4_000)
    )


def chance_about_the_own_median(n):
    """Exact chance of a signal about the median of the n points themselves, n even.

    Half lie above it, in any order: the dynamic programme of `chance_of_a_signal`, counting the points above too.
    """
    longest, fewest = runs_limits(n)
    state = np.zeros((2, longest, n, n // 2 + 1))
    state[1, 0, 0, 1] = state[0, 0, 0, 0] = 1
    for _ in range(n - 1):
        after = np.zeros_like(state)
        after[0, 1:] = state[0, :-1]
        after[0, 0, 1:] = state[1].sum(axis=0)[:-1]
        after[1, 1:, :, 1:] = state[1, :-1, :, :-1]
        after[1, 0, 1:, 1:] = state[0].sum(axis=0)[:-1, :-1]
        state = after
    return 1 - state[:, :, fewest:, n // 2].sum() / math.comb(n, n // 2)


@pytest.mark.parametrize(
    ("n", "simulated", "exact"), [(12, 0.010, ".0130"), (24, 0.033, ".0306"), (52, 0.048, ".0464")]
)
def test_about_its_own_median_a_chart_signals_falsely_less_often(n, simulated, exact):
    """A simulation gave .010, .033 and .048; counting the arrangements gives the figures it was an estimate of."""
    rate = chance_about_the_own_median(n)
    assert rate == printed(exact)
    assert rate == pytest.approx(simulated, abs=0.0035)
    assert rate < chance_of_a_signal(n)
    y = np.random.default_rng(n).normal(size=(4_000, n))
    assert signals_of_many(y) == pytest.approx(rate, abs=4 * math.sqrt(rate * (1 - rate) / 4_000))


@pytest.mark.parametrize(("base", "simulated", "exact"), [(12, 0.09, 0.0995), (20, 0.08, 0.0781)])
def test_about_the_frozen_median_of_a_baseline_twelve_new_points_signal_falsely_more_often(
    base, simulated, exact
):
    """A simulation gave .09 and .08 for baselines of 12 and 20. The median of the baseline is uncertain; given it, the
    chance is exact, so that only medians need drawing.
    """
    medians = np.median(np.random.default_rng(base).normal(size=(50_000, base)), axis=1)
    above = np.linspace(0.001, 0.999, 400)
    chances = [chance_of_a_signal(12, float(one)) for one in above]
    rate = np.interp(stats.norm.sf(medians), above, chances).mean()
    assert rate == pytest.approx(exact, abs=0.002)
    assert rate == pytest.approx(simulated, abs=0.01)


def test_the_runs_of_montgomerys_single_values_are_no_signal():
    """Montgomery, section 6.4, 40 values: longest run 6 (of 8 allowed), 20 crossings (14 at least)."""
    told = runs_of(chart(MONTGOMERY_6_5, kind="i", baseline=20, rules="anhoej"))
    counts = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
    assert [told[name] for name in counts] == [40, 6, 8, 20, 14]
    assert not told["runs_signal"]


def test_too_few_crossings_signal_though_no_run_is_too_long():
    """As in Montgomery's section 7.3, of whose counts 44 are useful: longest run 8 of 8, crossings 14 of 16.

    A twin with the same figures: runs of 8, 8, 4 and twelve of 2.
    """
    sides = [side for i, length in enumerate([8, 8, 4, *[2] * 12]) for side in [(-1) ** i] * length]
    told = runs_of(chart(sides, kind="run", centre_line=0))
    counts = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
    assert [told[name] for name in counts] == [44, 8, 8, 14, 16]
    assert told["runs_signal"]


# Lengths of rules -----------------------------------------------------------------------------------------------


def fires(rule, y, rules, **options):
    """The points that fire a rule, counted from 1."""
    found = chart(y, rules=rules, **options).to_frame()[rule]
    return (np.flatnonzero(found) + 1).tolist()


def test_six_in_a_row_on_one_side_are_a_shift_to_perla_provost_and_murray():
    """Perla, Provost & Murray, BMJ Qual Saf 2011;20:46: a shift is six or more."""
    six, five = [-1] + [1, 2] * 3 + [-1], [-1] + [1, 2] * 2 + [1, -1]
    assert fires("shift", six, "ihi", kind="run", centre_line=0) == [2, 3, 4, 5, 6, 7]
    assert fires("shift", five, "ihi", kind="run", centre_line=0) == []


def test_five_rising_points_are_a_trend_to_perla_provost_and_murray():
    """Perla, Provost & Murray, BMJ Qual Saf 2011;20:46: a trend is five or more."""
    assert fires("trend", [3, 1, 2, 3, 4, 5, 0], "ihi", kind="run") == [2, 3, 4, 5, 6]
    assert fires("trend", [3, 1, 2, 3, 4, 0, 5], "ihi", kind="run") == []


def test_seven_in_a_row_on_one_side_are_a_shift_to_making_data_count():
    """NHS England, Making Data Count: seven consecutive points on one side of the mean."""
    seven, six = [-9, 1, 2, 1, 2, 1, 2, 1, -9], [-9, 1, 2, 1, 2, 1, 2, -9]
    assert fires("shift", seven, "mdc", kind="i", centre_line=0) == [2, 3, 4, 5, 6, 7, 8]
    assert fires("shift", six, "mdc", kind="i", centre_line=0) == []


def test_seven_rising_points_are_a_trend_to_making_data_count():
    """NHS England, Making Data Count: seven consecutive points rising or falling."""
    assert fires("trend", [9, 1, 2, 3, 4, 5, 6, 7, 0], "mdc", kind="i") == [2, 3, 4, 5, 6, 7, 8]
    assert fires("trend", [9, 1, 2, 3, 4, 5, 6, 0, 7], "mdc", kind="i") == []


def test_two_of_three_beyond_two_sigma_on_one_side_are_a_signal_to_making_data_count():
    """NHS England, Making Data Count. Baseline of mean 0 and mean range 3 / 2.66: one sigma is 1."""
    step = 3 / 2.66 / 2
    base = [step, -step] * 6
    drawn = {"kind": "i", "baseline": 12}
    assert fires("two_of_three", [*base, 2.5, 0.5, 2.5], "mdc", **drawn) == [13, 15]
    assert fires("two_of_three", [*base, 2.5, -0.5, 2.5], "mdc", **drawn) == []
    assert fires("two_of_three", [*base, 2.5, 0.5, 1.5], "mdc", **drawn) == []


def test_icons_need_thirteen_points():
    """NHSRplotthedots warns below 13 points (its text says 12); here there is no icon."""
    assert chart([1, 2] * 6, kind="i").icons().variation == "too_few"
    assert chart([1, 2] * 6 + [1], kind="i").icons().variation == "common_cause"


# Single values --------------------------------------------------------------------------------------------------


def test_an_xmr_chart_is_the_mean_and_2_66_mean_moving_ranges():
    """Wheeler, Understanding Variation; Montgomery, section 6.4 (3 / 1.128 = 2.6596). By hand: the first five have mean
    55 / 5 = 11 and moving ranges 2, 1, 2, 4 of mean 2.25; 2.66 * 2.25 = 5.985.
    """
    y = [10, 12, 11, 13, 9, 20]
    drawn = chart(y, kind="i", baseline=5)
    assert lines(drawn) == pytest.approx((11, 5.015, 16.985))
    assert beyond(drawn) == [6]
    assert lines(chart(y, kind="i", baseline=5, factor=TEXTBOOK_FACTOR))[2] == printed("16.984")
    assert pytest.approx(TEXTBOOK_FACTOR, abs=5e-5) == 2.6596


def test_a_moving_range_chart_ends_at_3_267_mean_moving_ranges():
    """Montgomery, section 6.4. By hand: ranges 2, 1, 2, 4 of mean 2.25; 3.267 * 2.25 = 7.35075."""
    drawn = chart([10, 12, 11, 13, 9], kind="mr")
    assert drawn.to_frame()["value"].tolist()[1:] == [2, 1, 2, 4]
    assert lines(drawn) == pytest.approx((2.25, 0, 7.35075))


def test_screening_drops_ranges_above_3_267_means_once():
    """Nelson, J Qual Technol 1982;14:172. By hand: seven ranges of 1 and two of 10 have mean 3; 10 is above 9.801, so
    that 1 is left. The mean of the values is 2.6.
    """
    y = [1, 2, 1, 2, 1, 2, 1, 2, 12, 2]
    assert lines(chart(y, kind="i", screen=True)) == pytest.approx((2.6, 2.6 - 2.66, 2.6 + 2.66))
    assert lines(chart(y, kind="i")) == pytest.approx((2.6, 2.6 - 7.98, 2.6 + 7.98))


@pytest.mark.parametrize("factor", [2.66, TEXTBOOK_FACTOR], ids=["Wheeler", "Montgomery"])
def test_montgomerys_single_values(factor):
    """Montgomery, section 6.4: the first 20 values set the lines; values 39 and 40 lie outside."""
    drawn = chart(MONTGOMERY_6_5, kind="i", baseline=20, factor=factor)
    assert lines(drawn) == (printed("300.5"), printed("279.78"), printed("321.22"))
    assert beyond(drawn) == [39, 40]


def test_montgomerys_moving_ranges():
    """Montgomery, section 6.4: mean moving range 7.7895, upper limit 25.448."""
    assert lines(chart(MONTGOMERY_6_5[:20], kind="mr")) == (printed("7.7895"), 0, printed("25.448"))


@pytest.mark.parametrize(
    ("base", "a_point", "any_of_twelve"),
    [(6, 0.044, 0.25), (12, 0.019, 0.16), (20, 0.010, 0.10), (30, 0.008, 0.08)],
)
def test_a_short_baseline_costs_false_signals(base, a_point, any_of_twelve):
    """Why limits need 12 points and are established from 20: chance that one, and that any, of twelve later points of a
    stable XmR chart lies outside (.0027 and .032 were the limits known). A simulation printed these figures; here
    10,000 charts of the engine, to four standard errors of both together.
    """
    series, points = 10_000, base + 12
    y = np.random.default_rng(base).normal(size=series * points)
    places = {"series": np.repeat(np.arange(series), points), "x": np.tile(np.arange(points), series)}
    found, _ = chart_many(pd.DataFrame(places | {"y": y}), kind="i", baseline=base)
    outside = found["beyond_limits"].to_numpy().reshape(series, points)[:, base:]
    assert outside.mean() == pytest.approx(a_point, abs=0.003)
    assert outside.any(axis=1).mean() == pytest.approx(any_of_twelve, abs=0.015)


# Shares ---------------------------------------------------------------------------------------------------------


def test_a_p_chart_is_total_over_total_with_limits_by_each_denominator():
    """Montgomery, section 7.2. By hand: 50 of 500 is .1; of 100, sigma is sqrt(.1 * .9 / 100) = .03, of 400 .015."""
    drawn = chart([10, 40], [100, 400], kind="p")
    assert lines(drawn, 0) == pytest.approx((0.1, 0.01, 0.19))
    assert lines(drawn, 1) == pytest.approx((0.1, 0.055, 0.145))


def test_limits_of_a_share_are_clipped_in_drawing_only():
    """Montgomery, section 7.2. By hand: .1 of 25 has sigma .06, so that the lower limit would be -.08."""
    drawn = chart([2, 3], [25, 25], kind="p")
    assert lines(drawn) == pytest.approx((0.1, 0, 0.28))
    assert drawn.lower_limit[0] == pytest.approx(-0.08)


@pytest.mark.parametrize(
    ("centre", "n", "limits"),
    [
        pytest.param(0.2150, 50, (".2150", ".0407", ".3893"), id="section 7.2, 28 samples of 50 cans"),
        pytest.param(351 / 3200, 50, (".1097", "0", ".2423"), id="section 7.2, after the change"),
        # Printed .00734; 234 of 2,450 give .0073348, which rounds to .00733.
        pytest.param(234 / 2450, 100, (".09551", ".0073", ".18369"), id="table 7.4, a sample of 100"),
    ],
)
def test_montgomerys_limits_of_shares_follow_from_his_centre_lines(centre, n, limits):
    """Montgomery, section 7.2: the data is not copied here, centre line and sample size are."""
    drawn = chart([1], [n], kind="p", centre_line=centre)
    assert lines(drawn) == tuple(map(printed, limits))


def test_excluded_samples_set_no_line_but_are_tested():
    """A twin of Montgomery's section 7.2. By hand: without the second of 30, 20 of 100 is .2; sigma of 50 is .0565685;
    the limits are .0302944 and .3697056, and 30 of 50 lies outside.
    """
    drawn = chart([8, 30, 12], [50, 50, 50], kind="p", excluded=[1])
    assert lines(drawn) == (printed("0.2"), printed("0.0302944"), printed("0.3697056"))
    assert beyond(drawn) == [2]


def test_montgomerys_cans(oracle_input):
    """Montgomery, section 7.2: 30 samples of 50, 15 and 23 excluded; then 64 after the change."""
    cans = oracle_input("mont_0703")
    drawn = chart(cans["y"], cans["n"], kind="p", phases=[30], excluded=[14, 22])
    assert lines(drawn, 0) == (printed(".2150"), printed(".0407"), printed(".3893"))
    assert lines(drawn, 30) == (printed(".1097"), 0, printed(".2423"))
    assert beyond(drawn) == [15, 21, 23]


def test_a_p_prime_chart_takes_its_spread_from_the_points():
    """Laney, Qual Eng 2002;14:531. By hand: .2 and .3 in turn have mean .25 and ranges of .1, whatever the sigma of a
    share of 100 (equal denominators cancel): .25 +- 3 * .1 / 1.128 = .25 +- .2659574. sigma_z = .1 / .0433013 / 1.128.
    """
    drawn = chart([20, 30] * 6, [100] * 12, kind="pp")
    assert drawn.upper_limit[0] == pytest.approx(0.25 + 0.3 / 1.128)
    assert drawn.lower_limit[0] == pytest.approx(0.25 - 0.3 / 1.128)
    assert runs_of(drawn)["sigma_z"] == printed("2.04734")


def test_a_spread_below_chance_is_shown_but_never_narrows_the_limits_that_the_engine_chose():
    """Laney 2002. By hand: .245 and .255 of 2,000 in turn: sigma .0096825, ranges .01, sigma_z .91560. Asked for by name
    p' is narrower than p; chosen because denominators exceed 1,000 it is as wide: 3 * .0096825 = .0290474.
    """
    x, n = [490, 510] * 6, [2000] * 12
    asked, chosen = chart(x, n, kind="pp"), chart(x, n, kind="auto", data_type="proportion")
    assert runs_of(asked)["sigma_z"] == printed("0.91560")
    assert asked.upper_limit[0] == pytest.approx(0.25 + 0.03 / 1.128)
    assert chosen.kind == "pp"
    assert chosen.upper_limit[0] == printed("0.2790474")


# Counts and rates -----------------------------------------------------------------------------------------------


def test_a_c_chart_is_the_mean_and_three_roots_of_it():
    """Montgomery, section 7.3. By hand: 4, 9, 14, 9 have mean 9 and limits 9 +- 9; at 2 sigma 9 +- 6. 19 is outside."""
    drawn = chart([4, 9, 14, 9, 19], kind="c", baseline=4)
    assert lines(drawn) == pytest.approx((9, 0, 18))
    assert (drawn.lower_2sigma[0], drawn.upper_2sigma[0]) == pytest.approx((3, 15))
    assert beyond(drawn) == [5]


def test_excluded_counts_set_no_line_but_are_tested():
    """A twin of Montgomery's section 7.3, where 2 of 26 are excluded and signal. By hand: 4, 9, 14, 9 have mean 9."""
    drawn = chart([4, 40, 9, 14, 9], kind="c", excluded=[1])
    assert lines(drawn) == pytest.approx((9, 0, 18))
    assert beyond(drawn) == [2]


def test_montgomerys_circuit_boards_follow_from_their_mean():
    """Montgomery, section 7.3: 24 of 26 samples have 472 nonconformities, limits 6.363 and 32.971."""
    drawn = chart([20], kind="c", centre_line=472 / 24)
    assert lines(drawn) == (printed("19.667"), printed("6.363"), printed("32.971"))


@pytest.mark.parametrize(
    ("mean", "chance"),
    [(1, ".0037"), (2, ".0045"), (3, ".0038"), (5, ".0055"), (10, ".0035"), (20, ".0027")],
)
def test_a_stable_count_exceeds_the_upper_limit_of_a_c_chart_more_often_than_a_normal_value(mean, chance):
    """Exact Poisson tail above mean + 3 sqrt(mean), against .00135 of a normal value."""
    upper = lines(chart([mean], kind="c", centre_line=mean))[2]
    assert stats.poisson.sf(math.floor(upper), mean) == printed(chance)


@pytest.mark.parametrize(("mean", "can_fall_below"), [(3, False), (9, False), (9.1, True), (20, True)])
def test_below_a_mean_of_nine_fewer_events_can_never_signal_by_a_point(mean, can_fall_below):
    """mean - 3 sqrt(mean) is above 0 from a mean of 9 on: rare events need a g or t chart."""
    drawn = chart([0], kind="c", centre_line=mean)
    assert (lines(drawn)[1] > 0) == can_fall_below
    assert beyond(drawn) == ([1] if can_fall_below else [])


def test_a_u_chart_is_total_over_total_with_limits_by_each_exposure():
    """Montgomery, section 7.3. By hand: 20 events in 10 units are 2 a unit; in 8 units sigma is sqrt(2 / 8) = .5, in 2
    it is 1, so that the lower limit would be -1.
    """
    drawn = chart([16, 4], [8, 2], kind="u")
    assert lines(drawn, 0) == pytest.approx((2, 0.5, 3.5))
    assert lines(drawn, 1) == pytest.approx((2, 0, 5))


def test_a_u_prime_chart_takes_its_spread_from_the_points():
    """Laney, Qual Eng 2002;14:531. By hand: rates 1 and 3 in turn, ranges 2: 2 +- 3 * 2 / 1.128 = 2 +- 5.3191489."""
    drawn = chart([4, 12] * 6, [4] * 12, kind="up")
    assert drawn.upper_limit[0] == printed("7.3191489")
    assert drawn.lower_limit[0] == printed("-3.3191489")


def test_montgomerys_defects_a_unit():
    """Montgomery, section 7.3: 74 defects in 20 samples of 50, .074 a unit, upper limit .18941."""
    assert lines(chart(MONTGOMERY_7_4, 50, kind="u")) == (printed(".074"), 0, printed(".18941"))


def test_montgomerys_defects_a_unit_as_kept_beside(oracle_input):
    """The same table as other packages carry it."""
    table = oracle_input("mont_0710")
    assert table["y"].tolist() == MONTGOMERY_7_4
    assert lines(chart(table["y"], table["n"], kind="u"))[2] == printed(".18941")


def test_montgomerys_dyed_cloth():
    """Montgomery, section 7.3: 153 defects in 5,375 square metres, 1.42326 in 50; of 500 metres .29147 to 2.55504."""
    drawn = chart(*MONTGOMERY_7_5, kind="u", multiply=50)
    assert lines(drawn) == (printed("1.42326"), printed(".29147"), printed("2.55504"))


# Rare events ----------------------------------------------------------------------------------------------------


def test_a_g_chart_of_mean_ten_ends_at_41_46():
    """Benneyan, Qual Eng 2001: 10 + 3 sqrt(10 * 11) = 41.46; the line is drawn at the median."""
    assert lines(chart([4, 7, 19], kind="g")) == (7, 0, printed("41.46"))


def test_a_given_mean_of_a_g_chart_is_drawn_at_its_median():
    """Provost & Murray, The Health Care Data Guide: the median of a geometric count is .693 of its mean."""
    assert lines(chart([4, 7, 19], kind="g", centre_line=10)) == (printed("6.93"), 0, printed("41.46"))


def test_three_sigma_of_a_g_chart_lie_inside_probability_limits():
    """Geometric counts of mean 10: .00135 and .99865 lie at 0 and 69, so that 41.46 is passed more often than that."""
    _, lower, upper = lines(chart([4, 7, 19], kind="g"))
    probability_limits = stats.geom.ppf([0.00135, 0.99865], 1 / 11) - 1
    assert probability_limits.tolist() == [0, 69]
    assert probability_limits[0] <= lower < upper < probability_limits[1]


def test_a_t_chart_is_an_xmr_chart_of_the_time_to_the_power_of_one_over_3_6():
    """Nelson, J Qual Technol 1994;26:239 (1 / 3.6 = .2777). By hand: times that become 1, 2, 1, 2 have mean 1.5 and mean
    range 1: 4.16 to the power 3.6 above, and nothing below, where 1.5 - 2.66 is negative.
    """
    drawn = chart([1, 2**3.6, 1, 2**3.6], kind="t")
    assert lines(drawn) == pytest.approx((1.5**3.6, 0, 4.16**3.6))


@pytest.mark.parametrize(
    ("factor", "upper"), [(TEXTBOOK_FACTOR, 6938), (2.66, 6940)], ids=["Montgomery", "Wheeler"]
)
def test_montgomerys_hours_between_failures(factor, upper):
    """Montgomery, section 7.3.5: centre 430.04, upper limit 6938 (1.128) to 6940 (2.66), none below."""
    centre, low, high = lines(chart(MONTGOMERY_7_6, kind="t", factor=factor))
    assert (centre, low) == (printed("430.04"), 0)
    assert high == pytest.approx(upper, abs=1)


def test_a_time_of_zero_has_no_place_on_a_t_chart():
    """Nelson 1994: times must be above 0; there are no limits, and the summary says why."""
    told = runs_of(chart([5, 0, 7, 9], kind="t"))
    assert (told["limits_state"], told["why_no_limits"]) == ("none", "not_positive")


# Samples of several values --------------------------------------------------------------------------------------

#: Montgomery, appendix VI, as printed: size: c4, A3, B3, B4.
MONTGOMERY_APPENDIX_VI = {
    2: (".7979", "2.659", "0", "3.267"),
    3: (".8862", "1.954", "0", "2.568"),
    4: (".9213", "1.628", "0", "2.266"),
    5: (".9400", "1.427", "0", "2.089"),
    6: (".9515", "1.287", ".030", "1.970"),
    7: (".9594", "1.182", ".118", "1.882"),
    8: (".9650", "1.099", ".185", "1.815"),
    9: (".9693", "1.032", ".239", "1.761"),
    10: (".9727", "0.975", ".284", "1.716"),
}


def constants_of(size):
    """c4, A3, B3 and B4 as two samples of a size show them: samples of mean 0, whose standard deviation is the unit."""
    sample = np.arange(size) - (size - 1) / 2
    sample /= np.std(sample, ddof=1)
    y, x = np.tile(sample, 2), np.repeat([0, 1], size)
    means, spreads = chart(y, x=x, kind="xbar"), chart(y, x=x, kind="s")
    a3 = lines(means)[2]
    return 3 / (a3 * math.sqrt(size)), a3, *lines(spreads)[1:]


@pytest.mark.parametrize(("size", "constants"), MONTGOMERY_APPENDIX_VI.items())
def test_constants_of_samples_are_those_of_montgomerys_appendix(size, constants):
    """Montgomery, appendix VI: c4, A3, B3, B4."""
    assert constants_of(size) == tuple(map(printed, constants))


def test_constants_of_samples_are_those_of_the_reference_package(constants_table):
    """qicharts2 0.8.1, to a relative 1e-9."""
    for row in constants_table.dropna(subset="c4").itertuples():
        assert constants_of(row.n) == pytest.approx((row.c4, row.A3, row.B3, row.B4), rel=1e-9, abs=1e-12)


def test_an_xbar_s_chart_of_equal_samples_takes_the_mean_standard_deviation():
    """Montgomery, 6.29. By hand: 9, 11 and 18, 22 have means 10 and 20, standard deviations sqrt 2 and 2 sqrt 2, of mean
    2.1213203; A3 of two is 2.658681 (5.6399), B4 3.266532 (6.9294).
    """
    y, x = [9, 11, 18, 22], [1, 1, 2, 2]
    assert lines(chart(y, x=x, kind="xbar")) == (pytest.approx(15), printed("9.3601"), printed("20.6399"))
    assert lines(chart(y, x=x, kind="s")) == (printed("2.1213203"), 0, printed("6.9294"))


def test_an_xbar_s_chart_of_unequal_samples_pools_by_degrees_of_freedom():
    """Montgomery, 6.30 and 6.31. By hand: 9, 11 and 18, 20, 22: mean 80 / 5 = 16; squares 2 + 8 over 1 + 2 degrees of
    freedom, S = sqrt(10 / 3) = 1.8257419. A3 of two: 16 +- 4.8541, of three (1.954410) 16 +- 3.5682.
    """
    y, x = [9, 11, 18, 20, 22], [1, 1, 2, 2, 2]
    means = chart(y, x=x, kind="xbar")
    assert lines(means, 0) == (pytest.approx(16), printed("11.1459"), printed("20.8541"))
    assert lines(means, 1) == (pytest.approx(16), printed("12.4318"), printed("19.5682"))
    assert lines(chart(y, x=x, kind="s"))[0] == printed("1.8257419")


# What lies elsewhere --------------------------------------------------------------------------------------------


@pytest.fixture
def oracle_input(shared_folder):
    """Read an example whose data is not copied here."""
    return lambda name: pd.read_csv(shared_folder / "oracle" / "inputs" / f"{name}.csv")


@pytest.fixture
def constants_table(request):
    return pd.read_csv(request.config.rootpath / "tests" / "oracle" / "expected" / "constants.csv")
