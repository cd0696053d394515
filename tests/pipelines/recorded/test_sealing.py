"""Which prediction was sealed is decided by the days of the tests, and what was sealed stays what is scored."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.records.kinds import CyclePlanned, PredictionSealed, SessionLogged
from pipelines.vocabulary import Direction
from tests.pipelines.recorded.small import DO_END, DO_START, rows, saturday

#: The first test in Do, by the log.
FIRST_TEST = saturday(18)
OCTOBER = dt.date(2026, 10, 18)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


def prediction(cycle_id="barbers_1", **told) -> PredictionSealed:
    made = {"measure_id": "bp_checked", "direction": Direction.UP, "value": 54, "low": 50, "high": 58}
    return PredictionSealed(**({"cycle_id": cycle_id, "predicted_for": DO_END} | made | told))


def versions(group):
    """The versions of the cycle's prediction: id, sealed, scored, why not, value."""
    return [
        (
            one.record.record_id if one.record else "file",
            one.is_sealed,
            one.is_scored_one,
            one.why_not_sealed,
            one.body.value if one.body else one.cycle.predicted_value,
        )
        for one in group.inputs().together.versions["barbers_1"]
    ]


def predicted_low(group):
    (cycle,) = [cycle for cycle in group.inputs().checked.cycles if cycle.cycle_id == "barbers_1"]
    return cycle.predicted_low


def result(built, names):
    return rows(built.true_mart, f"SELECT {names} FROM cycle_result WHERE cycle_id = 'barbers_1'")[0]


def test_a_prediction_from_a_file_is_scored_and_never_sealed(group):
    ((name, is_sealed, is_scored, why, value),) = versions(group)
    assert (name, is_sealed, is_scored, value) == ("file", False, True, 50)
    assert "read from a file" in why
    built = group.build()
    assert result(built, "is_sealed, predicted_value") == (False, 50)
    told = "SELECT prediction_id, is_sealed, is_scored_one FROM prediction"
    assert rows(built.true_mart, told) == [("file:barbers_1", False, True)]


def test_one_written_before_the_first_test_is_sealed_and_takes_the_place_of_the_files(group):
    (record,) = group.save(prediction(), now=at(FIRST_TEST - dt.timedelta(days=1), 22))
    built = group.build()
    assert [row[:4] for row in versions(group)] == [
        ("file", False, False, "It was read from a file, which does not tell when it was written."),
        (record.record_id, True, True, None),
    ]
    assert result(built, "is_sealed, predicted_value, prediction_inside") == (True, 54, True)
    seal = "SELECT seal, who FROM prediction WHERE is_sealed"
    assert rows(built.shared_mart, seal) == [(record.hash, "Design group")]


def test_one_written_after_the_first_test_says_on_which_days_and_the_file_stays(group):
    group.save(prediction(), now=at(FIRST_TEST + dt.timedelta(days=2)))
    (_, late) = versions(group)
    assert late[1:4] == (
        False,
        False,
        "The first test of this cycle was on 9 May; this was written on 11 May.",
    )
    assert predicted_low(group) == 45


def test_on_the_day_of_a_test_that_a_log_knows_it_is_not_sealed(group):
    group.save(prediction(), now=at(FIRST_TEST, 1))
    (_, same_day) = versions(group)
    assert same_day[1] is False
    assert "on the same day" in same_day[3]


@pytest.mark.parametrize(("written", "typed"), [(10, 15), (15, 10)])
def test_on_the_day_of_a_test_typed_in_the_moments_decide(group, written, typed):
    test = SessionLogged("barbers", DO_START, {"bp_checked": 9})
    for hour, body in sorted(((written, prediction()), (typed, test)), key=lambda one: one[0]):
        group.save(body, now=at(DO_START, hour))
    (_, one) = versions(group)
    assert one[1] is (written < typed)


def test_a_day_late_in_london_is_the_day_in_london(group):
    """23:30 UTC on the eve is half past midnight of the day of the test in London, in summer."""
    group.save(prediction(), now=at(FIRST_TEST - dt.timedelta(days=1), 23) + dt.timedelta(minutes=30))
    assert versions(group)[1][1] is False


def test_what_was_sealed_stays_scored_whatever_is_saved_after_the_first_test(group):
    (sealed,) = group.save(prediction(), now=at(FIRST_TEST - dt.timedelta(days=3)))
    late = prediction(value=55, low=54, high=57, reason="we know better now")
    group.save(late, now=at(FIRST_TEST + dt.timedelta(days=30)), supersedes=sealed.record_id)
    assert [row[0] for row in versions(group) if row[2]] == [sealed.record_id]
    assert predicted_low(group) == 50


def test_of_two_written_before_do_the_second_counts(group):
    (first,) = group.save(prediction(), now=at(FIRST_TEST - dt.timedelta(days=9)))
    better = prediction(value=52, low=48, high=56, reason="the shop closes early")
    (second,) = group.save(better, now=at(FIRST_TEST - dt.timedelta(days=2)), supersedes=first.record_id)
    assert [row[0] for row in versions(group) if row[2]] == [second.record_id]


def test_a_cycle_planned_on_the_phone_opens_and_waits_for_its_first_test(group):
    plan = CyclePlanned(
        "barbers_2", "barbers", "2", "Will more say yes?", "said_yes", OCTOBER, plan="by name"
    )
    due = OCTOBER + dt.timedelta(days=60)
    promise = {"measure_id": "said_yes", "value": 0.6, "low": 0.5, "high": 0.7, "predicted_for": due}
    group.save(plan, prediction("barbers_2", **promise))
    built = group.build()

    def told(names: str, table: str) -> list[tuple]:
        return rows(built.true_mart, f"SELECT {names} FROM {table} WHERE cycle_id = 'barbers_2'")

    assert told("source, plan, predicted_low", "cycle") == [("record", "by name", 0.5)]
    assert told("is_sealed, is_due, observed, is_inside", "prediction") == [(True, False, None, None)]
    assert told("is_sealed, verdict", "cycle_result") == [(True, "not enough data")]


def test_a_file_that_repeats_what_was_sealed_is_no_version_of_its_own(group):
    group.save(prediction(value=50, low=45, high=55), now=at(FIRST_TEST - dt.timedelta(days=3)))
    assert [row[1:3] for row in versions(group)] == [(True, True)]
