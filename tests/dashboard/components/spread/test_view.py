"""Who has tried an idea, and since when."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.spread.page import week_marks, who_html
from dashboard.components.spread.view import Spread, Trial, decided_words, load_spread
from dashboard.figures.axis import TimeAxis

UNTIL = dt.date(2026, 11, 22)


def trial(place="Ashfield", order=1, began=dt.date(2026, 1, 5), ended=None, stage="prototype", decisions=()):
    return Trial(place, order, f"p_{place}", "Bench by the gate", stage, began, ended, (), decisions)


def spread(*trials, elsewhere=()):
    return Spread("school gate", trials, elsewhere, 6, UNTIL)


def test_every_trial_begins_at_the_left_edge_and_a_week_is_as_wide_in_each():
    early, late = trial(began=dt.date(2026, 1, 5)), trial("Brook End", 2, began=dt.date(2026, 6, 1))
    whole = spread(early, late)
    first, second = whole.axis_of(early), whole.axis_of(late)
    assert (first.start.date(), second.start.date()) == (early.began, late.began)
    assert first.end - first.start == second.end - second.start
    tenth = dt.timedelta(weeks=10)
    assert first.fraction(early.began + tenth) == second.fraction(late.began + tenth)


def test_it_says_where_it_began_and_how_many_were_stopped():
    gone = trial("Creekside", 3, began=dt.date(2025, 3, 3), ended=dt.date(2025, 9, 1), stage="stopped")
    told = spread(trial(), gone, trial("Millpond", 5, began=None)).sentence()
    assert told == (
        "Begun in two of six neighbourhoods, first on 3 March 2025, last on 5 January 2026. One of two was stopped."
    )
    assert "None has been stopped." in spread(trial()).sentence()
    assert spread(trial(began=None)).sentence() == "Nobody has tried it with people yet."


def test_weeks_are_counted_to_the_end_of_the_data_or_to_the_day_it_was_stopped():
    assert trial(began=dt.date(2026, 11, 1)).weeks(UNTIL) == 3
    assert trial(began=dt.date(2025, 1, 6), ended=dt.date(2025, 2, 3)).weeks(UNTIL) == 4
    assert trial(began=None).weeks(UNTIL) is None


def test_the_table_names_every_trial_and_the_places_without_one():
    told = who_html(
        spread(trial(decisions=["adopt", "abandon", "adopt"]), elsewhere=["Saltmarsh", "Millpond"])
    )
    assert "2 adopt, 1 abandon" in told
    assert "5 January 2026" in told
    assert "Not tried in Saltmarsh, Millpond." in told
    assert "not yet" in who_html(spread(trial(began=None)))


def test_without_a_decision_it_is_said_whether_there_was_a_cycle():
    assert decided_words(trial()) == "no cycle"


@pytest.mark.parametrize("weeks", [8, 30, 60, 106, 300])
def test_weeks_are_named_from_the_start_and_never_crowd(weeks):
    start = pd.Timestamp("2026-01-05")
    marks = week_marks(TimeAxis(start, start + pd.Timedelta(weeks=weeks)))
    assert marks[0] == (0.0, "week 0")
    assert 2 <= len(marks) <= 5
    for at, words in marks[1:]:
        assert at == pytest.approx(int(words) / weeks)


def test_the_store_is_asked_for_all_of_a_theme_west_to_east(open_mart):
    store = open_mart("full")
    prototype = store.prototypes().to_dict("records")[0]
    found = load_spread(store, prototype)
    alike = store.prototypes().query("theme == @prototype['theme']")
    assert {one.prototype_id for one in found.trials} == set(alike["prototype_id"])
    orders = [one.place_order for one in found.trials]
    assert orders == sorted(orders)
    assert found.until == UNTIL
