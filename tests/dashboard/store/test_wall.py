"""The store on the wall: as it stands and as it stood, under what is looked at."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

UNTIL = dt.date(2026, 11, 22)

#: What the wall of a past day shares with that of today, when the day is the last.
SAME = [
    "series_id",
    "variation",
    "latest_value",
    "latest_on",
    "n_points",
    "n_series",
    "phase",
    "lower_limit",
    "upper_limit",
]


@pytest.fixture
def store(open_mart):
    return open_mart("full")


def test_the_wall_as_it_stood_on_the_last_day_is_the_wall(store):
    now, then = (
        rows.set_index(["neighbourhood_id", "measure_id"])[SAME]
        for rows in (store.wall(), store.wall(until=UNTIL))
    )
    known = now["latest_value"].notna()
    pd.testing.assert_frame_equal(now[known], then.reindex(now.index)[known], check_dtype=False)


def test_a_past_wall_ends_with_points_that_were_whole_by_then(store):
    day = dt.date(2026, 6, 7)
    rows = store.wall(until=day)
    assert not rows.empty
    for row in rows[rows["latest_value"].notna()].to_dict("records"):
        points = store.points(row["series_id"])
        seen = points[(points["period_end"] <= pd.Timestamp(day)) & points["value"].notna()]
        assert row["latest_value"] == seen["value"].iloc[-1]
        assert row["sentence_short"] == seen["words"].iloc[-1]
        assert row["n_points"] == len(seen[seen["phase"] == row["phase"]])
        assert row["assurance"] == "empty"


def test_before_the_first_point_there_is_nothing(store):
    assert store.wall(until=store.first_day() - dt.timedelta(days=1)).empty


def test_a_theme_and_a_prototype_narrow_the_wall(store):
    assert set(store.wall("connection")["prototype_id"]) == {"ashfield_walks"}
    assert set(store.wall(prototype_id="millpond_pressure")["prototype_id"]) == {"millpond_pressure"}


def test_what_was_agreed_carries_the_title_of_what_it_was_about(store):
    rows = store.agreed_at("steering-2026-10-27")
    assert rows["title"].fillna("").tolist() == ["Creekside, new faces", ""]


def test_short_sentences_are_asked_for_by_chart(store):
    series = store.wall()["series_id"].tolist()[:3]
    assert sorted(store.short_sentences(series)) == sorted(series)
    assert store.short_sentences([]) == {}
