"""One series: period, hiding, rounding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.disclosure import NHS, Profile, release, rounding_too_coarse
from pipelines.vocabulary import ChartKind, DataType, Period, WhyHidden

COUNT, SHARE, RATE, MEAN = DataType.COUNT, DataType.PROPORTION, DataType.RATE, DataType.MEASUREMENT
settings.register_profile(
    "disclosure", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ORDER = [Period.SESSION, Period.WEEK, Period.FOUR_WEEKS, Period.MONTH, Period.THIRTEEN_WEEKS, Period.WHOLE]


def test_a_measure_that_is_not_disclosive_passes_unchanged(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None, disclosive=False)
    rows = make_series(measure, [1, 2, 3])
    out = release(rows, measure)
    pd.testing.assert_frame_equal(out.observation, rows)
    assert (out.from_rounded, out.note, out.rounding_error, out.share_left) == (False, "", None, 1.0)


def test_the_ends_of_intervals_are_not_released(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    rows = make_series(measure, [41, 52, 63, 48, 57] * 4)
    rows = rows.assign(numerator_low=rows["numerator"] - 2, numerator_high=rows["numerator"] + 2)
    shown = release(rows, measure).observation
    assert shown["value"].notna().any()
    assert shown[["numerator_low", "numerator_high"]].isna().all(axis=None)
    as_read = release(rows, make_measure(COUNT, denominator=None, disclosive=False)).observation
    assert as_read["numerator_low"].equals(rows["numerator_low"])


def test_shares_come_from_rounded_counts(make_measure, make_series):
    measure = make_measure()
    out = release(make_series(measure, [13, 22, 31, 0, 48], [41, 52, 63, 30, 48]), measure)
    shown = out.observation
    assert shown["numerator"].tolist() == [15, 20, 30, 0, 50]
    assert shown["denominator"].tolist() == [40, 50, 65, 30, 50]
    np.testing.assert_allclose(shown["value"], [15 / 40, 20 / 50, 30 / 65, 0, 1])
    assert out.period == Period.WEEK
    assert out.from_rounded


def test_each_hidden_cell_keeps_its_period_and_says_why(make_measure, make_series):
    measure = make_measure()
    top = [13] * 16 + [3, 45, 9]
    bottom = [41] * 16 + [41, 50, 17]
    out = release(make_series(measure, top, bottom), measure)
    last = out.observation.iloc[-3:]
    assert last["hidden_reason"].tolist() == ["small", "complement", "denominator"]
    assert last["is_hidden"].all()
    assert last[["value", "numerator", "denominator"]].isna().all(axis=None)
    assert last["period_start"].tolist() == [
        dt.date(2024, 1, 1) + dt.timedelta(weeks=i) for i in (16, 17, 18)
    ]
    assert last["n_sessions"].tolist() == [1, 1, 1]


def test_whether_there_was_a_session_is_told_but_not_how_many(make_measure, make_series):
    counts = make_series(make_measure(), [13] * 20, [41] * 20, n_sessions=6)
    assert release(counts, make_measure()).observation["n_sessions"].tolist() == [1] * 20
    hidden = release(make_series(make_measure(), [1] * 3, [2] * 3, n_sessions=6), make_measure())
    assert hidden.hidden_reason is not None
    assert hidden.observation["n_sessions"].tolist() == [1]


def test_weeks_too_small_become_four_weeks_summed_before_rounding(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    out = release(make_series(measure, [3] * 10), measure)
    assert out.period == Period.FOUR_WEEKS
    assert out.observation["value"].tolist() == [
        10,
        10,
    ]  # 12 and 12; the block that has not ended is withheld
    assert out.observation["period_end"].tolist() == [dt.date(2024, 1, 28), dt.date(2024, 2, 25)]
    assert "has not ended is withheld" in out.note
    assert "four weeks" in out.note


def test_months_too_small_become_quarters_and_never_four_weeks(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None, period=Period.MONTH)
    out = release(make_series(measure, [4] * 12, period="month"), measure)
    assert out.period == Period.THIRTEEN_WEEKS
    assert out.observation["value"].tolist() == [10, 10, 10, 10]


def test_counts_of_four_weeks_skip_the_uneven_thirteen(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None, period=Period.FOUR_WEEKS)
    out = release(make_series(measure, [3] * 13, period="4-week"), measure)
    assert out.period == Period.WHOLE
    assert out.observation["value"].tolist() == [40]


def test_the_whole_grows_only_by_thirteen_complete_weeks(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    counts = [1 if i % 13 == 0 else 0 for i in range(130)]
    at = [release(make_series(measure, counts[:n]), measure) for n in (117, 120, 129, 130)]
    assert [one.period for one in at] == [Period.WHOLE] * 4
    assert [one.observation["value"].iloc[0] for one in at] == [10, 10, 10, 10]
    assert [one.observation["period_end"].iloc[0] for one in at[:3]] == [dt.date(2026, 3, 29)] * 3
    assert at[3].observation["period_end"].iloc[0] == dt.date(2026, 6, 28)


def test_a_series_that_stays_too_small_is_hidden_whole(make_measure, make_series):
    measure = make_measure()
    out = release(make_series(measure, [1, 0, 2, 1] * 3, 3), measure)
    row = out.observation.iloc[0]
    assert len(out.observation) == 1
    assert (out.hidden_reason, row["hidden_reason"]) == (WhyHidden.SERIES, "series")
    assert row["is_hidden"]
    assert np.isnan([row["value"], row["numerator"], row["denominator"]]).all()
    assert (row["period_start"], row["period_end"]) == (dt.date(2024, 1, 1), dt.date(2024, 3, 24))


def test_rare_events_are_not_charted_as_if_nothing_had_ever_happened(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    out = release(make_series(measure, ([0] * 9 + [3]) * 5), measure)
    assert out.period != Period.WEEK
    assert not (out.observation["value"] == 0).all()


def test_a_series_of_zeros_stays_as_it_is(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    out = release(make_series(measure, [0] * 6), measure)
    assert out.observation["value"].tolist() == [0] * 6


def test_gaps_stay_gaps_and_do_not_count_as_hidden(make_measure, make_series):
    measure = make_measure()
    out = release(make_series(measure, [20, np.nan, 22, 25], [60, np.nan, 60, 60]), measure)
    assert out.observation["is_gap"].tolist() == [False, True, False, False]
    assert not out.observation["is_hidden"].any()
    assert out.share_left == 1.0


def test_blocks_that_become_gaps_do_not_make_a_wider_period_look_better(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    counts = [3.0] * 40
    for i in (1, 5, 9, 13, 17, 21, 25):
        counts[i] = np.nan
    out = release(make_series(measure, counts), measure)
    assert out.period != Period.FOUR_WEEKS


def test_a_period_after_the_end_of_the_data_is_withheld(make_measure, make_series):
    measure = make_measure()
    rows = make_series(measure, [20, 22, 25], 60)
    out = release(rows, measure, data_until=dt.date(2024, 1, 18))
    assert out.observation["period_start"].tolist() == [dt.date(2024, 1, 1), dt.date(2024, 1, 8)]


def test_means_need_eight_people_and_lose_their_sum_and_their_last_digits(make_measure, make_series):
    measure = make_measure(MEAN)
    out = release(make_series(measure, [1403, 1501, 1700.5, 700], [9, 11, 13, 8]), measure)
    assert out.observation["value"].tolist() == [156, 136, 131, 87.5]
    assert out.observation["denominator"].tolist() == [10, 10, 15, 10]
    assert out.observation["numerator"].isna().all()
    np.testing.assert_allclose(out.rounding_error, [0.5, 0.5, 0.5, 0.05])
    few = release(make_series(measure, [100, 100], [7, 7]), measure)
    assert few.hidden_reason == WhyHidden.SERIES


def test_means_without_a_denominator_need_eight_sessions(make_measure, make_series):
    measure = make_measure(MEAN, denominator=None)
    rows = make_series(measure, [12.345] * 26, n_sessions=2).assign(numerator=2 * 12.345)
    out = release(rows, measure)
    assert out.period == Period.FOUR_WEEKS
    assert set(out.observation["value"]) == {12.3}
    assert release(make_series(measure, [12.0] * 3), measure).hidden_reason == WhyHidden.SERIES


@pytest.mark.parametrize(
    "kind", [DataType.TIME_BETWEEN, DataType.OPPORTUNITIES_BETWEEN, ChartKind.T, ChartKind.G]
)
def test_days_between_events_are_single_events_and_are_never_released(make_measure, make_series, kind):
    measure = make_measure(kind, denominator=None)
    assert release(make_series(measure, [40.0] * 30), measure).hidden_reason == WhyHidden.SERIES


def test_a_rate_has_no_complement(make_measure, make_series):
    measure = make_measure(RATE)
    out = release(make_series(measure, [27, 60], [30, 30]), measure)
    assert out.observation["value"].tolist() == [25 / 30, 2.0]
    assert release(make_series(measure, [27, 60], [10, 10]), measure).hidden_reason == WhyHidden.SERIES


def test_an_empty_series_is_released_empty(make_measure, make_series):
    measure = make_measure()
    out = release(make_series(measure, []), measure)
    assert out.observation.empty
    assert out.hidden_reason == WhyHidden.SERIES


def test_the_input_is_left_as_it_was(make_measure, make_series):
    measure = make_measure()
    rows = make_series(measure, [3, 20, 22], 60)
    before = rows.copy(deep=True)
    release(rows, measure)
    pd.testing.assert_frame_equal(rows, before)


def test_rounding_is_too_coarse_when_it_exceeds_a_third_of_the_half_width(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    out = release(make_series(measure, [20] * 12), measure)
    assert out.rounding_error.tolist() == [2.0] * 12
    assert out.too_coarse(5.9)
    assert not out.too_coarse(6.0)
    assert not rounding_too_coarse(out, np.full(12, np.nan))
    assert out.too_coarse(np.full(3, 23.9))  # four rows joined into one: the errors of a sum add up
    assert not out.too_coarse(np.full(3, 24.0))
    exact = replace(measure, disclosive=False)
    assert not release(make_series(exact, [20] * 12), exact).too_coarse(0.0)


@given(part=st.integers(8, 200), rest=st.one_of(st.just(0), st.integers(8, 200)))
@settings(settings.get_profile("disclosure"), max_examples=100)
def test_no_true_share_is_further_from_the_released_one_than_the_stated_error(
    make_measure, make_series, part, rest
):
    measure = make_measure()
    out = release(make_series(measure, [part], [part + rest]), measure)
    if out.hidden_reason is None:
        assert abs(out.observation["value"].iloc[0] - part / (part + rest)) <= out.rounding_error[0] + 1e-12


series = st.integers(1, 60).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 60), min_size=n, max_size=n),
        st.lists(st.integers(0, 60), min_size=n, max_size=n),
    )
)
kinds = st.sampled_from([COUNT, SHARE, RATE])
periods = st.sampled_from(["session", "week", "4-week", "month"])


def _series(make_measure, make_series, kind, counts, period):
    measure = make_measure(kind, denominator=None if kind == COUNT else "checked", period=Period(period))
    top, rest = np.array(counts[0], dtype=float), np.array(counts[1], dtype=float)
    return measure, make_series(measure, top, None if kind == COUNT else top + rest, period=period)


@given(kind=kinds, counts=series, period=periods)
@settings(settings.get_profile("disclosure"), max_examples=150)
def test_nothing_released_points_to_one_to_seven_people(make_measure, make_series, kind, counts, period):
    measure, rows = _series(make_measure, make_series, kind, counts, period)
    out = release(rows, measure)
    shown = out.observation[out.observation["value"].notna()]
    figures = shown["numerator"] if kind == COUNT else pd.concat([shown["numerator"], shown["denominator"]])
    assert (figures % 5 == 0).all()
    assert not figures.between(1, 7).any()
    if kind != COUNT:
        assert (shown["denominator"] >= 20).all()
        np.testing.assert_array_equal(shown["value"], shown["numerator"] / shown["denominator"])
    if kind == SHARE:
        assert not (shown["denominator"] - shown["numerator"]).between(1, 7).any()
    hidden = out.observation[out.observation["is_hidden"]]
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)
    assert hidden["hidden_reason"].isin(list(WhyHidden)).all()
    assert out.hidden_reason or out.share_left >= 0.8


@given(kind=kinds, counts=series, period=periods)
@settings(settings.get_profile("disclosure"), max_examples=40)
def test_releasing_twice_gives_the_same_rows(make_measure, make_series, kind, counts, period):
    measure, rows = _series(make_measure, make_series, kind, counts, period)
    first, second = release(rows, measure), release(rows, measure)
    pd.testing.assert_frame_equal(first.observation, second.observation)
    assert (first.period, first.note) == (second.period, second.note)


@given(
    kind=kinds,
    counts=series,
    more=st.tuples(st.integers(0, 8), st.integers(0, 40), st.sampled_from([0.0, 0.1, 0.2])),
)
@settings(settings.get_profile("disclosure"), max_examples=80)
def test_a_stricter_profile_never_shows_more(make_measure, make_series, kind, counts, more):
    measure, rows = _series(make_measure, make_series, kind, counts, "week")
    strict = Profile(
        "strict", NHS.hide_up_to + more[0], 5, NHS.denominator_from + more[1], NHS.share_from + more[2]
    )
    lax, tight = release(rows, measure), release(rows, measure, strict)
    if tight.hidden_reason is None:
        assert lax.hidden_reason is None
        assert ORDER.index(tight.period) >= ORDER.index(lax.period)
        if tight.period == lax.period:
            assert not (tight.observation["value"].notna() & lax.observation["value"].isna()).any()


@pytest.mark.parametrize("canary", [3, 6])
def test_a_canary_count_appears_nowhere_in_what_is_released(make_measure, make_series, canary):
    measure = make_measure(COUNT, denominator=None)
    out = release(make_series(measure, [20] * 19 + [canary]), measure)
    row = out.observation.iloc[-1]
    assert row["hidden_reason"] == "small"
    assert str(float(canary)) not in row.astype(str).tolist()
    assert str(canary) not in out.note
