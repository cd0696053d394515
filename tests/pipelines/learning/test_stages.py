"""From talk to action: who reaches which stage, and how long it takes."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines.learning import stage_summary
from pipelines.vocabulary import Stage

UNTIL = dt.date(2026, 6, 30)
FIRST = dt.date(2026, 1, 1)


def on(days):
    return None if days is None else FIRST + dt.timedelta(days=days)


def history(*rows):
    """Return the table of rows (prototype, stage, days after New Year or None)."""
    return pd.DataFrame(
        [(who, stage, on(days)) for who, stage, days in rows],
        columns=["prototype_id", "stage", "reached_on"],
    )


def summed_up(*rows, until=UNTIL):
    found = stage_summary(history(*rows), until)
    return found, {row.stage: row for row in found.rows}


def test_the_stages_come_in_order_and_stopped_is_none_of_them():
    found, _ = summed_up(("a", "idea", 0))
    stages = [Stage.IDEA, Stage.ACTION, Stage.PROTOTYPE, Stage.MODEL, Stage.SCALED]
    assert [row.stage for row in found.rows] == stages
    assert found.to_frame()["stage"].tolist() == stages


def test_whoever_is_further_on_has_reached_the_stages_before():
    _, rows = summed_up(("a", "idea", 0), ("b", "prototype", 50), ("c", "scaled", None))
    assert [row.n_reached for row in rows.values()] == [3, 2, 2, 1, 1]


def test_of_the_stage_before_so_many_with_wilsons_interval():
    """Two of three: Wilson 1927 gives 20.8 to 93.9 %."""
    _, rows = summed_up(("a", "idea", 0), ("b", "prototype", 50), ("c", "action", 9))
    assert rows["action"].share_of_before == pytest.approx(2 / 3)
    assert (rows["action"].share_low, rows["action"].share_high) == pytest.approx((0.208, 0.939), abs=5e-4)
    assert rows["idea"].share_of_before is None
    assert rows["scaled"].share_of_before is None  # no model yet: a share of nothing


def test_talk_to_action_is_tried_of_all_ideas():
    """34 of 61, as drawn on the page: Wilson 43.3 to 67.5 %."""
    ideas = [(f"p{k}", "idea", 0) for k in range(61)]
    found, _ = summed_up(*ideas, *((f"p{k}", "action", 30) for k in range(34)))
    assert (found.n_ideas, found.n_tried) == (61, 34)
    assert (found.tried_share, found.tried_low, found.tried_high) == pytest.approx(
        (0.557, 0.433, 0.675), abs=5e-4
    )


#: Kaplan & Meier 1958, the worked example of their section 2: deaths at 0.8, 3.1, 5.4 and 9.2 months, losses at 1.0,
#: 2.7, 7.0 and 12.1; here in tenths of a month as days. The curve falls to 7/8, 7/10, 21/40 and 21/80.
DEATHS, LOSSES = (8, 31, 54, 92), (10, 27, 70, 121)


def test_the_median_wait_counts_those_who_still_wait():
    """The published curve first falls to a half or below at 92; the deaths alone have their median between 31 and 54."""
    rows = [(f"d{k}", "idea", 0) for k in DEATHS] + [(f"d{k}", "action", k) for k in DEATHS]
    rows += [(f"l{k}", "idea", 0) for k in LOSSES] + [(f"l{k}", "stopped", k) for k in LOSSES]
    _, found = summed_up(*rows)
    assert found["action"].median_wait_days == 92
    assert (found["action"].n_waited, found["action"].n_still_waiting) == (4, 0)
    assert found["idea"].n_stopped == 4


def test_where_fewer_than_half_have_come_there_is_no_median_yet():
    rows = [(f"p{k}", "idea", 0) for k in range(5)] + [("p0", "action", 10), ("p1", "action", 20)]
    _, found = summed_up(*rows)
    assert found["action"].median_wait_days is None
    assert (found["action"].n_waited, found["action"].n_still_waiting) == (2, 3)
    _, found = summed_up(*rows, ("p2", "action", 30))
    assert found["action"].median_wait_days == 30


def test_with_everybody_come_it_is_the_plain_median():
    waits = np.random.default_rng(4).permutation(np.arange(1, 22) * 5)
    rows = [(f"p{k}", "idea", 0) for k in range(21)]
    _, found = summed_up(*rows, *((f"p{k}", "action", int(wait)) for k, wait in enumerate(waits)))
    assert found["action"].median_wait_days == 55


def test_an_unknown_day_is_no_wait():
    _, rows = summed_up(("a", "prototype", 50), ("b", "idea", None), ("b", "action", 20), ("c", "idea", 0))
    assert rows["action"].n_waited == 0
    assert rows["action"].median_wait_days is None
    assert rows["prototype"].n_waited == 0
    assert rows["action"].n_still_waiting == 1  # c, of whom the day is known


def test_a_stage_reached_before_the_one_before_it_is_no_wait():
    _, rows = summed_up(("a", "idea", 30), ("a", "action", 10), ("b", "idea", 0), ("b", "action", 0))
    assert (rows["action"].n_reached, rows["action"].n_waited, rows["action"].median_wait_days) == (2, 1, 0)


def test_the_first_day_of_a_stage_counts():
    _, rows = summed_up(("a", "idea", 5), ("a", "idea", 0), ("a", "action", 40), ("a", "action", 30))
    assert rows["action"].median_wait_days == 30


def test_who_stopped_counts_where_they_had_come_to():
    _, rows = summed_up(("a", "prototype", 5), ("a", "stopped", 60), ("b", "stopped", None), ("c", "idea", 0))
    assert [row.n_stopped for row in rows.values()] == [1, 0, 1, 0, 0]
    assert rows["model"].n_still_waiting == 0


def test_who_went_back_to_work_has_not_stopped():
    _, rows = summed_up(("a", "idea", 0), ("a", "stopped", 20), ("a", "action", 40))
    assert rows["idea"].n_stopped == rows["action"].n_stopped == 0
    assert rows["action"].median_wait_days == 40
    _, rows = summed_up(("a", "idea", 0), ("a", "stopped", 20), ("a", "action", 40), ("a", "stopped", 90))
    assert rows["action"].n_stopped == 1


def test_what_lies_ahead_of_the_records_has_not_come():
    _, rows = summed_up(("a", "idea", 0), ("a", "action", 60), until=on(59))
    assert (rows["action"].n_reached, rows["action"].n_still_waiting) == (0, 1)
    _, rows = summed_up(("a", "idea", 0), ("a", "action", 60), until=on(60))
    assert rows["action"].n_reached == 1


def test_without_a_history_nothing_was_reached():
    found, rows = summed_up()
    assert [row.n_reached for row in rows.values()] == [0] * 5
    assert np.isnan(found.tried_share)


def test_a_stage_that_is_none_of_ours_is_refused():
    with pytest.raises(ValueError, match="pilot"):
        summed_up(("a", "pilot", 0))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="reached_on"):
        stage_summary(history(("a", "idea", 0)).drop(columns="reached_on"), UNTIL)
