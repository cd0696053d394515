"""The store on meetings: what was agreed as it stands, of one meeting, of a prototype, and the meeting before a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest

from dashboard.store import Store
from pipelines.mart import SCHEMA_VERSION, publish

JULY, AUGUST = dt.date(2026, 7, 7), dt.date(2026, 8, 4)

#: Record, day of the meeting, what it is about, prototype, whether it stands.
AGREED = [
    ("a1", JULY, "days@creekside", "creekside", True),
    ("a2", JULY, "reach@ashfield", "ashfield", True),
    ("a3", AUGUST, "creekside_1", "creekside", False),
    ("a4", AUGUST, "creekside_1", "creekside", True),
]


@pytest.fixture
def store(tmp_path):
    path = publish(tmp_path / "shared", "meetings0001", _fill)
    opened = Store(path)
    yield opened
    opened.close()


def _fill(mart: duckdb.DuckDBPyConnection) -> None:
    _insert(mart, "mart_info", {"key": "schema_version", "value": str(SCHEMA_VERSION)})
    for day, minutes in ((JULY, 55), (AUGUST, 70), (AUGUST + dt.timedelta(days=28), None)):
        _insert(mart, "meeting", _meeting(day, minutes))
    for minute, (record_id, day, about, prototype_id, stands) in enumerate(AGREED):
        row = {
            "record_id": record_id,
            "meeting_id": str(day),
            "held_on": day,
            "item": f"signal:{about}:{day}",
        }
        row |= {"about": about, "prototype_id": prototype_id, "question": "Better?", "choice": "keep going"}
        row |= {
            "who": "Ana",
            "saved_at": dt.datetime.combine(day, dt.time(19, minute)),
            "is_standing": stands,
        }
        _insert(mart, "agreed", row | {"sentence": "Keep going."})
    _dissents(mart)


def _dissents(mart: duckdb.DuckDBPyConnection) -> None:
    for cycle_id, prototype_id in (("creekside_1", "creekside"), ("ashfield_1", "ashfield")):
        _insert(mart, "cycle", {"cycle_id": cycle_id, "prototype_id": prototype_id, "cycle_no": "1"})
    for day, about in ((3, "days@creekside"), (2, "creekside_1"), (1, "ashfield_1"), (4, "reach@ashfield")):
        row = {"record_id": f"d{day}", "about": about, "text": "It was the rain.", "who": "Ben"}
        _insert(mart, "dissent", row | {"saved_at": dt.datetime(2026, 8, day)})


def _meeting(day: dt.date, minutes: int | None) -> dict[str, Any]:
    return {
        "meeting_id": str(day),
        "held_on": day,
        "name": "Steering group",
        "since": day - dt.timedelta(days=28),
        "minutes": minutes,
        "who": "Ana",
        "saved_at": dt.datetime.combine(day, dt.time(20)),
        "record_id": f"m-{day}",
    }


def _insert(mart: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    names, places = ", ".join(row), ", ".join("?" for _ in row)
    mart.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


def test_meetings_are_told_newest_first_with_the_one_that_is_open(store):
    assert store.meetings()["minutes"].isna().tolist() == [True, False, False]


def test_the_last_meeting_is_the_last_that_ended_before_a_day(store):
    assert store.last_meeting()["held_on"] == AUGUST
    assert store.last_meeting(AUGUST)["held_on"] == JULY
    assert store.last_meeting(JULY) is None


def test_what_was_agreed_is_told_as_it_stands_oldest_first(store):
    assert store.agreed()["record_id"].tolist() == ["a1", "a2", "a4"]
    assert store.agreed(str(AUGUST))["record_id"].tolist() == ["a4"]


def test_what_was_agreed_of_a_prototype_comes_with_its_meeting_newest_first(store):
    rows = store.agreed_of("creekside")
    assert rows["record_id"].tolist() == ["a4", "a1"]
    assert set(rows["meeting"]) == {"Steering group"}
    assert store.agreed_of("millpond").empty


def test_other_readings_of_a_prototype_are_those_of_its_cycles_and_of_its_charts_oldest_first(store):
    assert store.dissents_of("creekside")["record_id"].tolist() == ["d2", "d3"]
    assert store.dissents_of("ashfield")["record_id"].tolist() == ["d1", "d4"]
    assert store.dissents_of("millpond").empty
