"""Counts of everybody as sessions: a month a session, an item a step, nothing that is not due."""

from __future__ import annotations

import datetime as dt

from pipelines.sources.cascade.sessions import sessions_of
from pipelines.sources.cascade.steps import item_of
from tests.pipelines.sources.cascade.cascade_files import HEADING, line, owners, read


def sessions(*lines: str, heading: str = HEADING):
    return sessions_of(read(*lines, heading=heading).rows, owners())


def items_of(session) -> dict[str, list[float | None]]:
    return {item: cells["count"].to_pylist() for item, cells in session.cells.items()}


def test_an_item_is_named_by_step_setting_and_follow_up():
    assert item_of("measured", None, "all") == item_of("measured", 0, "all") == "cascade_measured"
    assert item_of("confirmed", 3, "all") == "cascade_confirmed_3m"
    assert item_of("confirmed", 12, "home") == "cascade_confirmed_at_home_12m"


def test_a_month_is_a_session_on_its_first_day_without_a_place():
    (one,) = sessions(line("reached", 20), line("reached", 24, "2026-05"), line("measured", 18))
    assert one.lines["tested_on"].to_pylist() == [dt.date(2026, 4, 1), dt.date(2026, 5, 1)]
    assert one.lines["prototype_id"].to_pylist() == ["ash-bp", "ash-bp"]
    assert one.lines["line"].to_pylist() == [2, 3]
    assert one.lines["place"].to_pylist() == [None, None]
    assert items_of(one) == {"cascade_measured": [18, None], "cascade_reached": [20, 24]}


def test_groups_of_people_are_no_items():
    assert sessions(line(group_type="sex", group="male")) == ()


def test_a_cohort_whose_follow_up_has_not_ended_makes_no_item():
    lines = [line("confirmed", 20, month, follow_up=3) for month in ("2026-06", "2026-07", "2026-08")]
    (one,) = sessions(*lines, line("reached", 30, "2026-10"))
    counts = dict(
        zip(
            one.lines["tested_on"].to_pylist(),
            one.cells["cascade_confirmed_3m"]["count"].to_pylist(),
            strict=True,
        )
    )
    assert counts == {dt.date(2026, 6, 1): 20, dt.date(2026, 7, 1): 20, dt.date(2026, 10, 1): None}


def test_each_prototype_has_sessions_of_its_own_and_a_place_without_one_has_none():
    heading = HEADING + ",prototype_id"
    both = sessions(
        line(place="oak") + ",oak-bp-2", line(place="ash") + ",", line(place="elm") + ",", heading=heading
    )
    assert [one.lines["prototype_id"].to_pylist() for one in both] == [["ash-bp"], ["oak-bp-2"]]
