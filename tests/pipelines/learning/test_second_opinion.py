"""The second opinion on a cycle, on points as the verdict sees them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.learning import second_opinion, why_no_second_opinion
from pipelines.learning.segments import segments_of

RNG = np.random.default_rng(5)
NOISE = RNG.normal(0, 2, 24)


@pytest.fixture(scope="session")
def cut(made):
    """Return the segments of a made cycle; `numerators` with their Do being the last `n_do`."""

    def cut(numerators, n_do, measure, *, denominator=None, **table):
        split = len(numerators) - n_do
        points = made.table(numerators[:split], numerators[split:], denominator=denominator, **table)
        return segments_of(points, made.cycle(points, n_do), measure)

    return cut


def test_a_step_on_top_of_a_trend_is_told_from_the_trend(cut, made):
    week = np.arange(24) - 12
    values = 50 + 0.5 * week + 10 * (week >= 0) + NOISE
    found = second_opinion(cut(values, 12, made.value), made.value)
    assert (found.step_low, found.step_high) == pytest.approx((10, 10), abs=8)
    assert found.step_low <= 10 <= found.step_high
    assert found.step_low > 0
    assert found.slope_low <= 0 <= found.slope_high
    assert (found.scale, found.direction, found.n_before, found.n_during) == ("difference", 1, 12, 12)
    assert found.agrees_with(1)
    assert not found.agrees_with(-1)
    assert not found.agrees_with(0)


def test_a_trend_that_only_goes_on_is_no_step(cut, made):
    """Before and after differ by 12; the line goes straight through."""
    values = 50 + 1.0 * np.arange(24) + NOISE
    found = second_opinion(cut(values, 12, made.value), made.value)
    assert found.direction == 0
    assert found.step_low < 0 < found.step_high


def test_a_change_of_slope_is_told_a_period(cut, made):
    week = np.arange(40) - 20
    values = 50 + 2.0 * week * (week >= 0) + np.resize(NOISE, 40)
    found = second_opinion(cut(values, 20, made.value), made.value)
    assert found.slope == pytest.approx(2.0, abs=0.3)
    assert found.slope_low > 0


def test_weeks_between_that_nobody_logged_keep_their_place_in_time(cut, made):
    """Four weeks without a test between baseline and Do: the trend has gone on meanwhile."""
    values = np.concatenate([50 + np.arange(12.0), 50 + np.arange(16.0, 28)]) + 0.1 * NOISE
    found = second_opinion(cut(values, 12, made.value, gap_weeks=4), made.value)
    assert found.step == pytest.approx(0, abs=0.5)


def test_counts_give_a_ratio(cut, count):
    rng = np.random.default_rng(6)
    people = rng.poisson(np.repeat([200.0, 100.0], 20)).astype(float)
    found = second_opinion(cut(people, 20, count), count)
    assert found.scale == "ratio"
    assert found.step_low < 0.5 < found.step_high < 1
    assert found.newey_west_high < 1
    assert found.direction == -1
    assert found.slope_low < 1 < found.slope_high
    assert found.dispersion >= 1


def test_shares_give_a_difference_of_shares(cut, share):
    rng = np.random.default_rng(7)
    yes = rng.binomial(200, np.repeat([0.4, 0.6], 20)).astype(float)
    found = second_opinion(cut(yes, 20, share, denominator=200), share)
    assert found.scale == "difference"
    assert found.step_low < 0.2 < found.step_high
    assert found.step_low > 0
    assert -1 < found.newey_west_low < found.newey_west_high < 1


def test_counts_scattered_less_than_chance_claim_no_less_than_chance(cut, count):
    """The same twenty numbers twice, nearly without scatter: the dispersion stays at 1."""
    people = np.resize([100.0, 101.0, 99.0, 100.0, 102.0], 40)
    assert second_opinion(cut(people, 20, count), count).dispersion == 1


@pytest.mark.parametrize(("weeks", "harmonics"), [(48, 0), (60, 1), (110, 2)])
def test_seasons_are_allowed_for_where_the_points_span_them(cut, made, weeks, harmonics):
    values = 50 + np.resize(NOISE, weeks)
    assert second_opinion(cut(values, 12, made.value), made.value).harmonics == harmonics


def test_a_season_is_no_step(cut, made):
    week = np.arange(110)
    values = 50 + 8 * np.sin(2 * np.pi * week * 7 / 365.25) + np.resize(NOISE, 110)
    found = second_opinion(cut(values, 14, made.value), made.value)
    assert found.step_low < 0 < found.step_high
    assert found.step_high - found.step_low < 16


@pytest.mark.parametrize(
    ("n_before", "n_do", "said"), [(11, 20, "there are 11 and 20"), (30, 11, "there are 30 and 11")]
)
def test_below_twelve_points_on_either_side_there_is_none(cut, made, n_before, n_do, said):
    values = 50 + np.resize(NOISE, n_before + n_do)
    segments = cut(values, n_do, made.value)
    assert second_opinion(segments, made.value) is None
    assert said in why_no_second_opinion(segments, made.value)


def test_with_twelve_and_twelve_there_is_one_and_no_reason(cut, made):
    segments = cut(50 + NOISE, 12, made.value)
    assert second_opinion(segments, made.value) is not None
    assert why_no_second_opinion(segments, made.value) is None


@pytest.mark.parametrize(("gap_weeks", "is_told"), [(11, True), (12, False)])
def test_a_line_is_carried_on_no_further_than_it_is_long(cut, made, gap_weeks, is_told):
    """Twelve weeks, their last day the 83rd after the first: Do may begin on the 166th at the latest."""
    segments = cut(50 + NOISE, 12, made.value, gap_weeks=gap_weeks)
    assert (second_opinion(segments, made.value) is not None) is is_told
    why = why_no_second_opinion(segments, made.value)
    assert why is None if is_told else "too long after" in why


@pytest.mark.parametrize(
    ("kind", "numerators", "denominator", "said"),
    [
        ("value", [50.0] * 24, None, "no value differs"),
        ("value", list(50 + 0.1 * np.arange(24)), None, "lies on its line"),
        ("value", [50.0] * 12 + [60.0] * 12, None, "lies on its line"),
        ("count", [5.0, 7.0] * 6 + [0.0] * 12, None, "counts nothing"),
        ("share", [5.0, 7.0] * 6 + [20.0] * 12, 20, "all of all"),
        ("share", [5.0, 7.0] * 11 + [21.0, 3.0], 20, "cannot be"),
        ("count", [5.0, 7.0] * 11 + [-1.0, 3.0], None, "cannot be"),
    ],
)
def test_what_cannot_be_fitted_is_told(cut, made, count, share, kind, numerators, denominator, said):
    measure = {"value": made.value, "count": count, "share": share}[kind]
    segments = cut(np.array(numerators), 12, measure, denominator=denominator)
    assert second_opinion(segments, measure) is None
    assert said in why_no_second_opinion(segments, measure)


def test_sessions_of_one_day_count_one_by_one(cut, made):
    """The table of sessions: two a day, so that their days alone would put two points on one place."""
    values = 50 + np.resize(NOISE, 40)
    segments = cut(values, 20, made.value)
    day = np.repeat(np.arange(20.0), 2) * 0
    same = type(segments.before)(
        *(getattr(segments.before, n) for n in ("value", "numerator", "denominator")), day[:20], day[:20]
    )
    during = type(segments.before)(
        *(getattr(segments.during, n) for n in ("value", "numerator", "denominator")), day[20:], day[20:]
    )
    found = second_opinion(type(segments)(same, during, segments.places, 20, 0, 0), made.value)
    assert found.step == pytest.approx(second_opinion(segments, made.value).step)


def test_the_same_points_give_the_same_opinion(cut, made):
    segments = cut(50 + NOISE, 12, made.value)
    assert second_opinion(segments, made.value) == second_opinion(segments, made.value)


@pytest.mark.slow
def test_counts_and_shares_err_about_as_often_as_values(cut, count, share):
    """400 series of twelve and twelve each: at most 11 %, and two standard errors for chance."""
    rng = np.random.default_rng(8)
    claimed = {"count": 0, "share": 0}
    for _ in range(400):
        people = rng.poisson(30, 24).astype(float)
        yes = rng.binomial(35, 0.5, 24).astype(float)
        claimed["count"] += second_opinion(cut(people, 12, count), count).direction != 0
        claimed["share"] += second_opinion(cut(yes, 12, share, denominator=35), share).direction != 0
    assert max(claimed.values()) / 400 <= 0.11 + 2 * (0.11 * 0.89 / 400) ** 0.5


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["value", "count", "share"]),
    counted=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=24, max_size=40),
    scale=st.sampled_from([1.0, 1e-6, 1e9]),
)
def test_whatever_was_counted_there_is_an_opinion_or_a_reason(cut, made, count, share, kind, counted, scale):
    measure = {"value": made.value, "count": count, "share": share}[kind]
    table = np.array(counted, dtype=float)
    if kind == "share":
        segments = cut(table.min(axis=1), 12, measure, denominator=table.max(axis=1) + 1)
    else:
        segments = cut(table[:, 0] * (scale if kind == "value" else 1.0), 12, measure)
    found, why = second_opinion(segments, measure), why_no_second_opinion(segments, measure)
    assert (found is None) is (why is not None)
    if found is not None:
        assert found.step_low <= found.step <= found.step_high
        assert found.slope_low <= found.slope <= found.slope_high
        assert found.newey_west_low <= found.newey_west_high
        assert 0 <= found.p_value <= 1
        none = 1.0 if found.scale == "ratio" else 0.0
        assert (found.direction == 0) is (found.step_low <= none <= found.step_high)
