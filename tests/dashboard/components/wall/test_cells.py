"""What the wall says before it is drawn: every cell counted once, and each way of not knowing has its words."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.wall.cells import (
    SIGNALS,
    TOLD,
    State,
    applies,
    began_on,
    chance_line,
    headline,
    is_old,
    pick_measures,
    spacing_days,
    state_of,
    theme_of,
    views,
    why_no_chart,
    with_targets,
)  # fmt: skip


def test_the_headline_counts_every_cell_once(cells):
    states = (
        [State.BETTER] * 4 + [State.WORSE] * 2 + [State.CHANGED] + [State.USUAL] * 20 + [State.TOO_FEW] * 6
    )
    states += [State.HIDDEN, State.NO_DATA, State.OLD]
    said = headline(cells(*states))
    assert said == "Four measures better, two worse, one changed. Twenty as usual; nine cannot yet tell."


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([State.BETTER], "One measure better."),
        ([State.WORSE, State.USUAL], "One measure worse. One as usual."),
        ([State.CHANGED, State.CHANGED, State.HIDDEN], "Two measures changed. One cannot yet tell."),
        ([State.USUAL] * 3, "No measure shows a signal. Three as usual."),
        ([State.NO_DATA] * 36, "No measure shows a signal. Thirty-six cannot yet tell."),
    ],
)
def test_the_headline_leaves_out_what_is_not_there(cells, states, said):
    assert headline(cells(*states)) == said


def test_the_counts_of_the_full_wall_add_up_to_its_cells(full_wall):
    counted = {state: sum(cell.state == state for cell in full_wall.cells) for state in State}
    assert sum(counted.values()) == len(full_wall.cells) == 36
    assert [counted[state] for state in SIGNALS] == [4, 2, 1]
    assert headline(full_wall.cells).startswith("Four measures better, two worse, one changed.")


def test_chance_is_the_sum_of_the_published_rates_of_charts_that_can_signal(cells):
    told = cells(State.BETTER, State.USUAL, State.USUAL, State.TOO_FEW, rate=0.2)
    assert chance_line(told) == ("1 of 3 charts shows a signal.", "Chance alone would give about 0.6.")


def test_a_rate_that_is_not_published_adds_nothing_and_a_tiny_one_is_not_rounded_to_none(cells):
    told = cells(State.USUAL, rate=None)
    assert chance_line(told) == ("0 of 1 chart shows a signal.", "Chance alone would give fewer than 0.1.")


def test_without_charts_that_can_signal_the_line_says_so(cells):
    assert chance_line(cells(State.TOO_FEW))[0] == "No chart can show a signal yet."


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


def test_the_wall_takes_two_measures_of_each_domain_in_their_order():
    rows = [("r1", "reach", True), ("r2", "reach", False), ("r3", "reach", True), ("r4", "reach", True), ("q1", "quality", True),
            ("i1", "impact", True), ("b1", "balancing", True)]  # fmt: skip
    measures = pd.DataFrame(rows, columns=["measure_id", "domain", "wall"])
    assert pick_measures(measures)["measure_id"].tolist() == ["r1", "r3", "q1", "i1"]
    assert pick_measures(measures, ["b1", "r2"])["measure_id"].tolist() == ["r2", "b1"]


def test_every_measure_of_a_theme_can_be_shown_six_at_a_time():
    measures = pd.DataFrame({"measure_id": [f"m{at}" for at in range(14)]})
    themes = pd.DataFrame({"theme": ["food"] * 14, "measure_id": measures["measure_id"]})
    offered = views(measures, themes)
    assert list(offered) == ["food", "food, more", "food, more 2"]
    assert [name for names in offered.values() for name in names] == measures["measure_id"].tolist()
    assert {theme_of(view) for view in offered} == {"food"}
    assert theme_of(None) is None


def test_a_theme_with_a_page_of_its_own_has_one_view_of_two_measures_of_each_domain():
    domains = ["reach"] * 3 + ["quality"] * 3 + ["impact"] * 3 + ["balancing"]
    wall = [False, False, True, *[False] * 7]
    measures = pd.DataFrame({"measure_id": [f"m{at}" for at in range(10)], "domain": domains, "wall": wall})
    themes = pd.DataFrame({"theme": ["hypertension"] * 10, "measure_id": measures["measure_id"]})
    assert views(measures, themes) == {"hypertension": ["m0", "m2", "m3", "m4", "m6", "m7"]}


def test_the_target_of_a_column_is_the_one_that_holds_when_the_data_ends(until):
    columns = pd.DataFrame({"measure_id": ["a", "b"]})
    targets = pd.DataFrame({
        "measure_id": ["a", "a", "a"], "value": [0.4, 0.5, 0.9],
        "from_on": [dt.datetime(2025, 1, 1), dt.datetime(2026, 4, 1), dt.datetime(2027, 1, 1)],
    })  # fmt: skip
    assert [column["target"] for column in with_targets(columns, targets, until)] == [0.5, None]


def test_a_point_outside_is_news_on_its_own_day(points):
    frame = points([40.0] * 9 + [60.0], {9: "concern"}, {9: "beyond_limits"})
    assert began_on(frame) == dt.date(2026, 11, 16)


def test_a_run_is_news_from_its_seventh_point_on(points):
    at = range(1, 10)
    frame = points([40.0] + [45.0] * 9, dict.fromkeys(at, "improvement"), dict.fromkeys(at, "shift"))
    assert began_on(frame) == dt.date(2026, 11, 2)


def test_a_chart_without_a_signal_now_has_no_news(points):
    assert began_on(points([40.0, 60.0, 40.0], {1: "concern"}, {1: "beyond_limits"})) is None
    assert began_on(points([None, None])) is None
