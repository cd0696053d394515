"""The verdict table: each line with a case that just is and one that just is not."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from pipelines.vocabulary import Better, DataType, Verdict

CHECK, TOO_FEW, NO_EVIDENCE = Verdict.CHECK_THE_DATA, Verdict.NOT_ENOUGH_DATA, Verdict.NO_EVIDENCE
IMPROVED, WORSENED, CHANGED = Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED

#: Ten points that all stand higher than the baseline: a shift, and an interval far from none.
HIGHER = [55, 57, 54, 56, 58, 55, 57, 54, 56, 55]
#: Do of eight weeks ends on Sunday 20 July 2025, of ten on 3 August.
END_OF_TEN = dt.date(2025, 8, 3)
SEASON = "Less than a year of history: the season cannot be ruled out."
RUNNING = "Do is still running: this may change."


# Line 1: check the data.


@pytest.mark.parametrize(("gaps", "verdict"), [((2, 5), IMPROVED), ((2, 5, 8), CHECK)])
def test_more_than_a_fifth_of_the_planned_points_missing_means_check_the_data(judged, gaps, verdict):
    during = [None if place in gaps else value for place, value in enumerate(HIGHER)]
    result = judged(during, limits=(47.0, 53.0))
    assert result.verdict == verdict
    assert (result.n_planned, result.n_missing) == (10, len(gaps))


@pytest.mark.parametrize(("weeks", "verdict"), [(2, IMPROVED), (3, CHECK)])
def test_tests_planned_after_the_log_stops_are_missing_once_decided(judged, weeks, verdict):
    end = END_OF_TEN + dt.timedelta(weeks=weeks)
    result = judged(HIGHER, plan={"do_end": end, "decided_on": end + dt.timedelta(days=11)})
    assert result.verdict == verdict
    assert result.n_missing == weeks


@pytest.mark.parametrize(("weeks", "verdict"), [(2, IMPROVED), (3, CHECK)])
def test_tests_planned_after_the_log_stops_are_missing_where_other_logs_go_on(judged, weeks, verdict):
    until = END_OF_TEN + dt.timedelta(weeks=weeks)
    assert judged(HIGHER, until=until, plan={"do_end": None}).verdict == verdict


def test_what_lies_ahead_is_not_missing(judged):
    assert judged(HIGHER, plan={"do_end": END_OF_TEN + dt.timedelta(weeks=30)}).verdict == IMPROVED


@pytest.mark.parametrize(
    ("why", "verdict"), [("redefined", CHECK), ("rolling", TOO_FEW), ("run_chart", IMPROVED)]
)
def test_a_changed_definition_means_check_the_data(judged, why, verdict):
    none = (float("nan"), float("nan"))
    assert judged(HIGHER, said={"why_no_limits": why, "limits_state": "none"}, limits=none).verdict == verdict


@pytest.mark.parametrize(("most", "verdict"), [(20, IMPROVED), (21, CHECK)])
def test_a_share_above_all_means_check_the_data(judged, share, most, verdict):
    result = judged(
        [20, 20, most, 20, 20, 20, 20], [10, 11, 9] * 6, share, denominator=20, centre=0.5, limits=(0.2, 0.8)
    )
    assert result.verdict == verdict


def test_a_count_below_nothing_means_check_the_data(judged, count):
    assert judged([50, 51, -1, 52], measure=count).verdict == CHECK


def test_the_data_are_checked_before_their_number_is(judged):
    assert judged([55, None, None]).verdict == CHECK


# Line 2: not enough data.


def test_start_up_is_not_enough_data(judged):
    said = {"why_no_limits": "start_up", "limits_state": "none"}
    assert judged(HIGHER, said=said).verdict == TOO_FEW


@pytest.mark.parametrize(("points", "verdict"), [(11, TOO_FEW), (12, IMPROVED)])
def test_a_verdict_needs_twelve_points_before(judged, made, points, verdict):
    result = judged(HIGHER, made.settled[:points])
    assert result.verdict == verdict
    assert (result.change is None) is (verdict == TOO_FEW)


@pytest.mark.parametrize(("points", "verdict"), [(3, TOO_FEW), (4, IMPROVED)])
def test_single_values_need_four_points_in_do(judged, points, verdict):
    assert judged([70, 71, 69, 72][:points]).verdict == verdict


@pytest.mark.parametrize(("no", "verdict"), [(19, TOO_FEW), (20, IMPROVED)])
def test_three_points_of_a_share_need_twenty_of_the_rarer_answer(judged, share, no, verdict):
    """Three points of 100 people: 300 - no said yes, so that the smaller of x and n - x is no."""
    during = [100, 100, 100 - no]
    before = [51, 49, 50, 52, 48, 50, 51, 49] * 2
    result = judged(during, before, share, denominator=100, centre=0.5, limits=(0.35, 0.65))
    assert result.verdict == verdict


@pytest.mark.parametrize(("events", "verdict"), [(19, TOO_FEW), (20, WORSENED)])
def test_three_points_of_a_count_need_twenty_events(judged, count, events, verdict):
    assert judged([5, 5, events - 10], measure=count).verdict == verdict


def test_a_rate_counts_its_events_too(judged, measure_of):
    rate = measure_of(kind=DataType.RATE, denominator="hours")
    options = {"denominator": 10, "centre": 5.0, "limits": (4.0, 6.0)}
    assert judged([7, 6, 6], measure=rate, **options).verdict == TOO_FEW
    assert judged([7, 7, 6], measure=rate, **options).verdict == WORSENED


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"do_start": None}, "Do has not begun"),
        ({"do_start": END_OF_TEN + dt.timedelta(days=1), "do_end": None}, "Do has not begun"),
        ({"do_start": END_OF_TEN, "do_end": None}, "there is no point in Do yet"),
    ],
)
def test_a_do_without_points_is_not_enough_data(judged, plan, reason):
    result = judged(HIGHER, plan=plan)
    assert (result.verdict, result.reason, result.observed) == (TOO_FEW, reason, None)


def test_a_hidden_series_is_not_enough_data(judged):
    result = judged(HIGHER, said={"is_hidden": True})
    assert (result.verdict, result.reason) == (TOO_FEW, "small numbers are held back here")


@pytest.mark.parametrize(("hidden", "verdict"), [(2, IMPROVED), (3, TOO_FEW)])
def test_a_do_of_which_more_than_a_fifth_is_held_back_is_not_enough_data(made, hidden, verdict):
    """What is held back is small: the rest alone would speak too well of Do."""
    from pipelines.learning import judge_cycle

    points = made.table(made.settled, HIGHER)
    points.loc[points.index[-hidden:], "is_hidden"] = True
    result = judge_cycle(points, made.cycle(points, 10), made.value, made.summary())
    assert result.verdict == verdict
    if verdict == IMPROVED:
        assert "Small numbers are held back in 2 points of Do" in result.notes


# Line 3: a signal and an interval, in the same direction.


@pytest.mark.parametrize(("points", "verdict", "rule"), [(6, NO_EVIDENCE, None), (7, IMPROVED, "shift")])
def test_an_interval_alone_is_no_evidence_and_a_signal_with_it_is(judged, points, verdict, rule):
    """Limits so wide that only a row of seven beyond the average may speak."""
    result = judged([54, 55, 53, 56, 54, 55, 53][:points], limits=(10.0, 90.0))
    assert result.change_low > 0
    assert (result.verdict, result.signal_rules) == (verdict, rule)


@pytest.mark.parametrize(
    ("during", "verdict"), [([53.9, 54.2, 53, 54.2], NO_EVIDENCE), ([53.6, 54, 53.6, 54], IMPROVED)]
)
def test_four_points_beyond_one_sigma_are_a_signal(judged, during, verdict):
    """Limits of 40 to 60.6 put one sigma at 53.53: all four must lie beyond it, and none need be far."""
    result = judged(during, limits=(39.4, 60.6))
    assert result.change_low > 0
    assert result.verdict == verdict
    assert result.signal_rules == ("four_of_five" if verdict == IMPROVED else None)


def test_the_mean_of_do_is_a_signal_as_charted_and_not_once_the_season_is_taken_out(judged, made):
    """A year that swings by 6: in its trough a change of 8 leaves the mean of Do near the average."""
    week = np.arange(60)
    noise = np.resize([3.0, -3.0, 2.0, -2.0, 1.0, -1.0], 60)
    values = 50 + noise
    wave = 6 * np.cos(2 * np.pi * (week - 58) / 52.18 + np.pi)
    before, during = (values + wave)[:56], (values + wave)[56:] + 8
    result = judged(list(during), list(before), limits=(32.0, 68.0))
    assert (result.season_in_model, result.change_low > 0) == (True, True)
    assert "mean_of_do" not in (result.signal_rules or "")
    still = judged(list(values[56:] + 8), list(values[:56]), limits=(38.0, 62.0))
    assert "mean_of_do" in still.signal_rules


def test_a_signal_alone_is_no_evidence(judged):
    result = judged([48, 61, 47, 50, 49, 52, 46, 50])
    assert (result.verdict, result.signal_rules) == (NO_EVIDENCE, "beyond_limits")
    assert result.change_low < 0 < result.change_high
    assert result.reason == "a rule fires in Do, but the interval of the change includes none"


def test_a_signal_against_the_change_is_no_evidence(judged):
    result = judged([*[54, 55, 54] * 2, 44, *[55, 54, 55] * 2], limits=(45.0, 75.0), centre=60.0)
    assert result.change_low > 0
    assert (result.verdict, result.signal_rules, result.signal_direction) == (NO_EVIDENCE, None, None)
    assert result.reason.startswith("the interval excludes no change, but no rule fires")


def test_neither_signal_nor_interval_is_no_evidence(judged):
    result = judged([49, 52, 48, 51, 50, 47, 53, 50])
    assert (result.verdict, result.signal_rules) == (NO_EVIDENCE, None)
    assert result.reason == "no rule fires in Do, and the interval of the change includes none"


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [(Better.UP, IMPROVED, WORSENED), (Better.DOWN, WORSENED, IMPROVED), (Better.NEITHER, CHANGED, CHANGED)],
)
def test_the_direction_decides_between_improved_worsened_and_changed(judged, measure_of, better, up, down):
    assert judged(HIGHER, measure=measure_of(better=better)).verdict == up
    assert judged([100 - value for value in HIGHER], measure=measure_of(better=better)).verdict == down


def test_nothing_that_differs_is_no_evidence_of_change(judged, count):
    result = judged([0] * 8, [0] * 20, count, centre=0.0, limits=(0.0, 0.0))
    assert (result.verdict, result.change) == (NO_EVIDENCE, None)


def test_a_do_in_which_nobody_came_is_worse_and_not_unknown(judged, count):
    assert judged([0] * 8, measure=count).verdict == WORSENED


# What lowers a verdict, and what must be said with it.


def _rising(s):
    """Return twenty values with the Mann-Kendall score s: neighbours of a straight rise are swapped until then."""
    from pipelines.spc import mann_kendall

    values = [50 + 0.01 * place for place in range(20)]
    while (score := mann_kendall(values).s) > s:
        falls = [k for k in range(19) if values[k] < values[k + 1]]
        k = falls[(score * 7) % len(falls)]
        values[k], values[k + 1] = values[k + 1], values[k]
    return values


CANNOT_TELL = "the baseline was already moving this way, so the change cannot be told from its trend"


@pytest.mark.parametrize(("score", "verdict"), [(32, IMPROVED), (34, NO_EVIDENCE)])
def test_from_a_trend_that_chance_gives_three_times_in_ten_a_change_must_hold_against_it(
    judged, score, verdict
):
    """Of 20 points a Mann-Kendall score of 32 has p .319 and one of 34 .288 (exact)."""
    from pipelines.spc import mann_kendall

    before = [50 + 10 * (value - 50) for value in _rising(score)]
    assert (mann_kendall(before).p_value < 0.30) is (verdict == NO_EVIDENCE)
    during = [51.85, 51.75, 51.95, 51.65, 52.05, 51.85, 51.75, 51.95]
    result = judged(during, before, limits=(48.0, 51.2))
    assert (result.change_low > 0, bool(result.signal_rules)) == (True, True)
    assert result.verdict == verdict
    assert (result.reason == CANNOT_TELL) is (verdict == NO_EVIDENCE)


def test_a_trend_too_small_to_matter_beside_the_interval_lowers_nothing(judged):
    """The line is as sure as can be, but carried on it moves Do by a tenth of the interval's half-width."""
    result = judged([60, 61, 59, 60, 62, 58, 60, 61], _rising(150))
    assert result.verdict == IMPROVED
    assert not [row for row in result.receipt if row.label == "Trend before"]


def test_a_change_far_above_the_trend_before_it_holds(judged):
    before = [50 + 10 * (value - 50) for value in _rising(150)]
    result = judged([60, 61, 59, 60, 62, 58, 60, 61], before)
    assert result.verdict == IMPROVED
    row = next(row for row in result.receipt if row.label == "Trend before")
    assert row.mark == "lowers"
    assert row.words.startswith(
        "the baseline was already moving up; its line carried on comes to +1.3 minutes by Do; with a trend"
    )


def test_a_trend_before_in_the_other_direction_lowers_nothing(judged):
    falling = [100 - value for value in _rising(62)]
    assert judged(HIGHER, falling).verdict == IMPROVED


@pytest.mark.parametrize(("weeks", "is_said"), [(42, True), (43, False)])
def test_less_than_a_year_of_history_says_that_the_season_cannot_be_ruled_out(judged, made, weeks, is_said):
    before = (made.settled * 3)[:weeks]
    result = judged(HIGHER, before)
    assert (SEASON in (result.notes or "")) is is_said
    assert result.season_in_model is not is_said


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        (dt.date(2025, 8, 4), None, False),  # begins the day after
        (dt.date(2025, 8, 3), None, True),
        (dt.date(2025, 1, 1), dt.date(2025, 5, 25), False),  # ends the day before
        (dt.date(2025, 1, 1), dt.date(2025, 5, 26), True),
        (None, None, False),
    ],
)
def test_overlapping_cycles_keep_the_verdict_and_say_that_it_cannot_be_told_which(
    judged, start, end, is_told
):
    other = SimpleNamespace(cycle_id="c2", cycle_no="2", do_start=start, do_end=end)
    result = judged(HIGHER, others=[other])
    assert result.verdict == IMPROVED
    assert ("This cycle overlaps with cycle 2: it cannot be told which" in result.notes) is is_told


def test_a_cycle_does_not_overlap_with_itself(judged):
    same = SimpleNamespace(cycle_id="c1", cycle_no="1", do_start=dt.date(2025, 6, 1), do_end=None)
    assert "overlaps" not in judged(HIGHER, others=[same]).notes


@pytest.mark.parametrize(
    ("plan", "is_said"),
    [
        ({}, False),
        ({"do_end": END_OF_TEN + dt.timedelta(days=1)}, True),
        ({"do_end": None}, True),
        ({"do_end": END_OF_TEN + dt.timedelta(days=1), "decided_on": END_OF_TEN}, False),
        ({"do_start": None}, False),
    ],
)
def test_while_do_runs_it_is_said_that_this_may_change(judged, plan, is_said):
    assert (RUNNING in (judged(HIGHER, plan=plan).notes or "")) is is_said


def test_a_do_that_runs_says_so_even_without_enough_data(judged):
    result = judged([70, 71], plan={"do_end": END_OF_TEN})
    assert (result.verdict, result.notes) == (TOO_FEW, RUNNING)


# One odd point.


@pytest.mark.parametrize(("odd", "verdict"), [(90, NO_EVIDENCE), (54, NO_EVIDENCE)])
def test_one_wild_week_carries_no_verdict(judged, odd, verdict):
    result = judged([51, 53, odd, 52, 53, 54], limits=(42.0, 58.0))
    assert result.verdict == verdict


def test_a_verdict_that_one_odd_week_carries_says_which(judged):
    """Counted like the next one, 54, the week of 9 June leaves no signal; with it there are signal and interval."""
    result = judged([53, 54, 65, 53, 54, 53], limits=(38.0, 62.0))
    assert (result.change_low > 0, result.signal_rules) == (True, "beyond_limits,mean_of_do")
    assert result.verdict == NO_EVIDENCE
    assert (
        result.reason
        == "one odd week carries it: with that of 9 June 2025 counted like the next one, no rule fires"
    )
    row = next(row for row in result.receipt if row.label == "One odd point")
    assert row.mark == "lowers"
    assert row.words.startswith("with 65 of 9 June 2025 counted like the next one, 54: no rule fires; +")


def test_two_odd_weeks_do_carry_it(judged):
    assert judged([53, 65, 64, 53, 54, 53], limits=(42.0, 58.0)).verdict == IMPROVED


def test_the_odd_week_counts_on_either_side(judged):
    result = judged([47, 46, 35, 47, 46, 47], limits=(38.0, 62.0))
    assert result.verdict == NO_EVIDENCE
    assert result.reason.startswith("one odd week carries it: with that of 9 June 2025")


def test_a_do_of_one_point_is_carried_by_it(judged, count):
    result = judged([95], measure=count)
    assert (result.verdict, result.signal_rules) == (NO_EVIDENCE, "beyond_limits")
    assert result.reason == "one week carries it: Do has no other point to compare it with"


# Earlier cycles.


def earlier_and_later(made, first, then):
    """Return a chart of the baseline, an earlier Do and this one, with both cycles."""
    points = made.table(made.settled, [*first, *then], limits=(42.0, 58.0))
    one = made.cycle(points, len(then))
    start = one.do_start - dt.timedelta(weeks=len(first))
    other = SimpleNamespace(**(vars(one) | {"cycle_id": "c0", "cycle_no": "0", "do_start": start}))
    other.do_end = one.do_start - dt.timedelta(days=1)
    return points, one, other


INHERITS = (
    "An earlier cycle already changed this measure: cycle 0 (improved). This one is held against the time before "
    "cycle 0, so it inherits that change."
)


@pytest.mark.parametrize(("first", "is_told"), [(HIGHER, True), ([50, 49, 52, 48, 51, 50, 47, 53], False)])
def test_a_cycle_that_inherits_an_earlier_cycles_change_says_so(made, first, is_told):
    from pipelines.learning import judge_cycle

    points, one, other = earlier_and_later(made, first, HIGHER)
    result = judge_cycle(points, one, made.value, made.summary(), [other])
    assert result.verdict == IMPROVED
    assert (INHERITS in result.notes) is is_told
    assert any(row.words == INHERITS for row in result.receipt) is is_told


def test_the_earlier_cycle_inherits_nothing_from_the_later_one(made):
    from pipelines.learning import judge_cycle

    points, one, other = earlier_and_later(made, HIGHER, HIGHER)
    result = judge_cycle(points, other, made.value, made.summary(), [one])
    assert result.verdict == IMPROVED
    assert "earlier cycle" not in (result.notes or "")


def test_an_overlapping_cycle_is_told_as_such_and_not_as_an_earlier_one(made):
    from pipelines.learning import judge_cycle

    points, one, other = earlier_and_later(made, HIGHER, HIGHER)
    other.do_end = one.do_start
    notes = judge_cycle(points, one, made.value, made.summary(), [other]).notes
    assert "overlaps with cycle 0" in notes
    assert "earlier cycle" not in notes


def test_a_cycle_inside_the_baseline_is_no_earlier_change(made):
    from pipelines.learning import judge_cycle

    points, one, other = earlier_and_later(made, HIGHER, HIGHER)
    points["is_baseline"] |= points["period_start"] < one.do_start
    assert "earlier cycle" not in (judge_cycle(points, one, made.value, made.summary(), [other]).notes or "")


# The row.


def test_the_row_holds_what_was_seen(judged, share):
    options = {"denominator": 20, "centre": 0.5, "limits": (0.2, 0.8)}
    guess = {"predicted_value": 0.8, "predicted_low": 0.7, "predicted_high": 0.9}
    row = judged([16, 17, 15, 16], [10, 11, 9, 10] * 5, share, plan=guess, **options).to_row()
    assert (row["observed"], row["observed_numerator"], row["observed_denominator"]) == (0.8, 64, 80)
    assert (row["before"], row["before_numerator"], row["before_denominator"]) == (0.5, 200, 400)
    assert (row["before_lower"], row["before_upper"]) == (0.2, 0.8)
    assert (row["n_do_points"], row["n_baseline_points"], row["n_planned"], row["n_missing"]) == (4, 20, 4, 0)
    assert (row["change"], row["change_scale"]) == (pytest.approx(0.3, abs=0.01), "difference")
    assert (row["prediction_inside"], row["is_sealed"]) == (True, False)
    assert "receipt" not in row


def test_the_columns_are_those_of_the_table(judged):
    from pathlib import Path

    schema = (Path(__file__).parents[3] / "pipelines" / "sql" / "schema.sql").read_text(encoding="utf-8")
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(schema)
        names = {name for (name, *_) in connection.execute("DESCRIBE cycle_result").fetchall()}
    made_by_others = {
        "neighbourhood_id",
        "is_released",
        "sentence",
        "prediction_sentence",
        "receipt",
        "is_headline",
    }
    made_by_others |= {name for name in names if name.startswith("sentence_")}
    assert set(judged(HIGHER).to_row()) == names - made_by_others


def test_a_cycle_of_the_log_files_is_good_enough_to_judge(made):
    from pipelines.learning import judge_cycle
    from pipelines.sources.tables import Cycle

    points = made.table(made.settled, HIGHER)
    plain = made.cycle(points, 10)
    filed = Cycle(cycle_id="c1", prototype_id="p", cycle_no="1", do_start=plain.do_start, do_end=plain.do_end)
    results = [judge_cycle(points, one, made.value, made.summary()) for one in (plain, filed)]
    assert dataclasses.asdict(results[0]) == dataclasses.asdict(results[1])
