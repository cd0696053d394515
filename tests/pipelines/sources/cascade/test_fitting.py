"""Lines that do not go with each other: told, and the rest stands."""

from __future__ import annotations

import pytest

from tests.pipelines.sources.cascade.cascade_files import HEADING, line, read, told


def lines_refused(found) -> list[int]:
    return [
        number for number, column, _, effect in told(found) if (column, effect) == ("count", "line refused")
    ]


def test_a_second_line_of_one_key_is_refused_and_the_first_stands():
    found = read(line(count=12), line(count=13))
    assert [row.count for row in found.rows] == [12.0]
    assert told(found) == [(3, "count", "13", "line refused")]
    assert "Line 2" in found.ledger.faults[0].reason


@pytest.mark.parametrize(
    "other",
    [{"month": "2026-05"}, {"step": "reached"}, {"follow_up": 3}, {"group_type": "sex", "group": "male"},
     {"setting": "clinic"}, {"place": "elm"}],
)  # fmt: skip
def test_a_line_that_differs_in_one_part_of_the_key_is_another(other):
    assert len(read(line(), line(**other)).rows) == 2


def test_a_follow_up_of_nought_is_none_and_no_prototype_is_the_only_one():
    assert lines_refused(read(line(), line(follow_up=0))) == [3]
    heading = HEADING + ",prototype_id"
    assert lines_refused(read(line() + ",", line() + ",ash-bp", heading=heading)) == [3]
    assert lines_refused(read(line() + ",", line() + ",ash-soup", heading=heading)) == []
    assert lines_refused(read(line(place="oak") + ",", line(place="oak") + ",oak-bp", heading=heading)) == []


@pytest.mark.parametrize(
    ("part", "whole"),
    [("measured", "reached"), ("measured", "eligible"), ("raised", "measured"), ("confirmation_offered", "raised"),
     ("confirmed_in_28_days", "raised"), ("repeat_taken", "measured"), ("ends_in_zero", "readings"),
     ("treated", "on_register"), ("read_in_12_months", "on_register"), ("to_target", "read_in_12_months"),
     ("to_target", "on_register"), ("on_register_12_months", "on_register"),
     ("to_target_12_months", "on_register_12_months"), ("very_low", "treated")],
)  # fmt: skip
def test_a_count_cannot_be_larger_than_what_it_is_part_of(part, whole):
    assert lines_refused(read(line(whole, 20), line(part, 20))) == []
    found = read(line(part, 21), line(whole, 20))
    assert lines_refused(found) == [2]
    assert whole in found.ledger.faults[0].reason
    assert [row.step for row in found.rows] == [whole]


def test_a_cohort_step_is_compared_with_the_step_before_within_the_same_months():
    before = line("confirmation_offered", 40)
    assert lines_refused(read(before, line("confirmed", 41, follow_up=3))) == [3]
    three = [before, line("confirmed", 20, follow_up=3), line("treated", 21, follow_up=3)]
    assert lines_refused(read(*three)) == [4]
    six = [before, line("confirmed", 20, follow_up=3), line("treated", 21, follow_up=6)]
    assert lines_refused(read(*six)) == []


def test_who_reached_a_step_stays_counted():
    found = read(
        line("confirmed", 20, follow_up=3),
        line("confirmed", 19, follow_up=6),
        line("confirmed", 22, follow_up=12),
    )
    assert lines_refused(found) == [3]
    assert "within 3 months" in found.ledger.faults[0].reason


def test_the_size_of_a_register_is_not_compared_with_a_cohort():
    assert (
        lines_refused(
            read(line("confirmed", 20, follow_up=3), line("treated", 4000), line("on_register", 4500))
        )
        == []
    )


def test_a_refused_step_takes_no_other_with_it():
    found = read(line("reached", 100), line("measured", 120), line("raised", 110))
    assert lines_refused(found) == [3]
    assert [row.step for row in found.rows] == ["reached", "raised"]


def test_steps_are_compared_within_a_group_month_and_setting_only():
    male = {"group_type": "sex", "group": "male"}
    assert lines_refused(read(line("reached", 10, **male), line("measured", 11, **male))) == [3]
    assert lines_refused(read(line("reached", 10, **male), line("measured", 11))) == []
    assert lines_refused(read(line("reached", 10), line("measured", 11, "2026-05"))) == []


def test_one_setting_cannot_have_more_than_all():
    assert lines_refused(
        read(line(count=12), line(count=13, setting="clinic"), line(count=12, setting="pharmacy"))
    ) == [3]


def test_groups_that_add_up_to_more_than_everybody_are_all_refused():
    groups = [line(count=7, group_type="sex", group=group) for group in ("female", "male")]
    assert lines_refused(read(line(count=14), *groups)) == []
    found = read(line(count=13), *groups)
    assert lines_refused(found) == [3, 4]
    assert [row.group for row in found.rows] == ["all"]
    assert lines_refused(read(*groups)) == []


def test_groups_may_leave_people_out_of_whom_nothing_is_known():
    assert lines_refused(read(line(count=14), line(count=2, group_type="ethnic_group", group="arab"))) == []


def test_no_reason_tells_a_count():
    found = read(
        line("reached", 997), line("measured", 1009), line(count=1013), line(count=991, setting="clinic")
    )
    reasons = " ".join(fault.reason for fault in found.ledger.faults)
    assert reasons
    assert not [count for count in ("997", "1009", "1013", "991") if count in reasons]


@pytest.mark.parametrize(("place", "n"), [("elm", 0), ("oak", 2)])
def test_counts_that_no_prototype_can_chart_are_told_once(place, n):
    found = read(line(place=place), line("reached", 20, place=place))
    assert len(found.rows) == 2
    ((number, column, _, effect),) = told(found)
    assert (number, column, effect) == (None, "prototype_id", "noted")
    assert f"{n} prototypes" in found.ledger.faults[0].reason
