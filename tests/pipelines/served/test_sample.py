"""The sample, drawn person by person with a planted truth: what was planted is found for both audiences, and no more."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from pipelines.disclosure import NHS, PROFILES
from pipelines.served import BOROUGH, group_counts, served_rows
from pipelines.sources.tables import CascadeCount
from pipelines.words.served import least_served

SAMPLE = Path(__file__).parents[3] / "data/sample"
AUDIENCES = {"own copy": PROFILES["none"], "others": NHS}


def lines(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(row: dict[str, str]) -> CascadeCount:
    follow_up = row["follow_up_months"]
    return CascadeCount(
        "load",
        "cascade_counts.csv",
        2,
        row["neighbourhood_id"],
        row["prototype_id"] or None,
        dt.date.fromisoformat(f"{row['cohort_month']}-01"),
        row["step"],
        int(follow_up) if follow_up else None,
        row["group_type"],
        row["group"],
        row["setting"],
        float(row["count"]),
    )


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, list[dict]]]:
    cascade = [counted(row) for row in lines("cascade_counts.csv")]
    places = list(dict.fromkeys(row.neighbourhood_id for row in cascade))
    counts = group_counts(cascade, places)
    return {name: served_rows(counts, profile) for name, profile in AUDIENCES.items()}


@pytest.fixture(scope="module")
def planted() -> list[dict[str, str]]:
    found = [row for row in lines("cascade_truth.csv") if row["kind"] == "reached least"]
    assert len(found) == 2
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_groups_that_were_planted_are_marked_in_every_half_year(rows, planted, audience):
    groups = rows[audience]["served_group"]
    for truth in planted:
        asked = [
            row
            for row in groups
            if row["question"] == "reach"
            and (row["place_id"], row["group_type"], row["group"])
            == (truth["neighbourhood_id"], truth["group_type"], truth["group"])
        ]
        assert len(asked) == 3
        assert all(row["is_fewer"] for row in asked)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nobody_else_is_marked_but_the_same_groups_of_the_whole_borough(rows, planted, audience):
    marked = [row for row in rows[audience]["served_group"] if row["is_fewer"]]
    assert {row["question"] for row in marked} == {"reach"}
    assert {row["place_id"] for row in marked} <= {"ashfield", BOROUGH}
    assert {(row["group_type"], row["group"]) for row in marked} == {
        (truth["group_type"], truth["group"]) for truth in planted
    }


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_true_shares_of_the_planted_groups_lie_in_their_intervals(rows, planted, audience):
    latest = [
        row for row in rows[audience]["served_group"] if row["question"] == "reach" and row["is_latest"]
    ]
    for truth in planted:
        (row,) = [
            row
            for row in latest
            if (row["place_id"], row["group"]) == (truth["neighbourhood_id"], truth["group"])
            and row["group_type"] == truth["group_type"]
        ]
        assert row["lower_95"] <= float(truth["true_share"]) <= row["upper_95"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_sentences_name_them_and_say_elsewhere_that_it_cannot_be_told(rows, audience):
    told = least_served(rows[audience]["served_group"])
    assert told["ashfield"].startswith(
        "The most deprived fifth and men are reached least: about 4 and 5 in 100"
    )
    others = {place: sentence for place, sentence in told.items() if place not in ("ashfield", BOROUGH)}
    assert len(others) == 5
    assert all(sentence.startswith("Cannot yet tell who is reached least") for sentence in others.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_slope_over_fifths_shows_where_it_was_planted_and_nowhere_else(rows, audience):
    slopes = [
        row
        for row in rows[audience]["served_gap"]
        if row["question"] == "reach"
        and row["group_type"] == "deprivation_fifth"
        and row["place_id"] != BOROUGH
    ]
    here = [row for row in slopes if row["place_id"] == "ashfield"]
    assert len(here) == 3
    assert all(row["slope_low"] > 0 and row["relative_low"] > 1 for row in here)
    away = [row["slope_low"] > 0 or row["slope_high"] < 0 for row in slopes if row["place_id"] != "ashfield"]
    assert len(away) == 15
    assert sum(away) <= 3  # chance alone: 0.75 of 15


def test_others_see_less_and_nothing_that_was_held_back(rows):
    own, others = (
        {
            (row["place_id"], row["question"], row["period_start"], row["group_type"], row["group"]): row
            for row in one
        }
        for one in (rows[name]["served_group"] for name in AUDIENCES)
    )
    assert own.keys() == others.keys()
    hidden = [key for key, row in others.items() if row["is_hidden"]]
    assert 0 < len(hidden) < len(own) / 4
    for key in hidden:
        assert others[key]["share"] is None
        assert not others[key]["is_fewer"]
    assert not any(row["is_hidden"] for row in own.values())
    small = [key for key, row in own.items() if 0 < (row["n_served"] or 0) <= NHS.hide_up_to]
    assert set(small) <= set(hidden)
