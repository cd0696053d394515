"""The cells of the wall before they are drawn: one state each, and each way of not knowing has its words."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.wall.cells import TOLD, State, applies, is_old, spacing_days, state_of, why_no_chart


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({}, State.USUAL, ""),
        ({"variation": "improvement_low"}, State.BETTER, ""),
        ({"variation": "concern_high"}, State.WORSE, ""),
        ({"variation": "neutral_high"}, State.CHANGED, ""),
        ({"variation": "too_few", "n_points": 7}, State.TOO_FEW, "7 of 13"),
        ({"variation": "too_few", "n_points": 20, "why_no_limits": "start_up"}, State.TOO_FEW, "starting up"),
        ({"variation": "none", "why_no_limits": "rolling"}, State.NO_ICON, "rolling figure"),
        ({"variation": "none"}, State.NO_ICON, ""),
        ({"is_hidden": True, "latest_value": None}, State.HIDDEN, "Small numbers"),
        ({"latest_value": None, "n_hidden": 3}, State.HIDDEN, "Small numbers"),
        ({"latest_value": float("nan"), "latest_on": pd.NaT}, State.NO_DATA, "No test yet"),
        ({"latest_on": dt.datetime(2026, 10, 12)}, State.OLD, "last: 12 October"),
    ],
)
def test_each_row_of_the_mart_has_one_state_and_its_words(row, until, changes, state, words):
    assert state_of(row(**changes), until) == (state, words)


def test_a_signal_that_has_grown_old_is_no_longer_news_of_today(row, until):
    old = row(variation="concern_high", latest_on=dt.datetime(2026, 9, 7))
    assert state_of(old, until)[0] not in TOLD


@pytest.mark.parametrize(
    ("changes", "old"),
    [
        ({"latest_on": dt.datetime(2026, 11, 2)}, False),
        ({"latest_on": dt.datetime(2026, 11, 1)}, False),
        ({"latest_on": dt.datetime(2026, 10, 31)}, True),
        ({"latest_on": dt.datetime(2026, 10, 31), "lag_days": 1}, False),
        ({"latest_on": dt.datetime(2026, 8, 22), "period": "month"}, False),
        ({"latest_on": dt.datetime(2026, 8, 1), "period": "month"}, True),
        ({"latest_on": dt.datetime(2026, 10, 26), "period": "session", "planned_every": "2 weeks"}, False),
        ({"latest_on": dt.datetime(2026, 10, 24), "period": "session", "planned_every": "2 weeks"}, True),
        ({"latest_on": dt.datetime(2020, 1, 1), "period": "whole"}, False),
        ({"latest_on": pd.NaT}, False),
    ],
)
def test_a_point_is_old_two_periods_after_its_end(row, until, changes, old):
    assert is_old(row(**changes), until) is old


@pytest.mark.parametrize(
    ("planned", "days"),
    [
        ("week", 7),
        ("2 weeks", 14),
        ("month", 31),
        ("3 months", 93),
        ("4-week", 28),
        ("10 days", 10),
        ("day", 1),
        (None, 7),
    ],
)
def test_spacing_is_read_as_days(planned, days):
    assert spacing_days(planned) == days


def test_no_chart_has_a_reason(until):
    measure = {"prototypes": "theme:food"}
    later = pd.DataFrame([{"prototype_id": "p", "theme": "food", "started_on": dt.datetime(2027, 1, 4)}])
    assert why_no_chart(measure, later, until) == "Starts January"
    begun = later.assign(started_on=dt.datetime(2026, 1, 5))
    assert why_no_chart(measure, begun, until) == "No test yet"
    assert why_no_chart(measure, begun.assign(theme="walking"), until) == "Not measured here"


@pytest.mark.parametrize(
    ("named", "held"),
    [("*", True), ("theme:food", True), ("a, kitchen", True), ("theme:walking", False), ("kit", False)],
)
def test_a_measure_names_its_prototypes(named, held):
    assert applies(named, {"prototype_id": "kitchen", "theme": "food"}) is held
