"""Checked rows in the mart's tables."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from pipelines.mart import new_database, run_sql
from pipelines.measures import Target
from pipelines.sources import load_tables, write_measures

LOG = "neighbourhood_id,prototype_id,tested_on,attended\nash,ash-bp,2025-03-04,12\nash,ash-bp,2025-03-11,10-12\n"


@pytest.fixture
def mart():
    with new_database() as connection:
        yield connection


def test_a_line_stands_in_test_count_with_its_neighbourhood(mart, read):
    load_tables(mart, read(LOG))
    rows = mart.execute(
        "SELECT file, line, prototype_id, neighbourhood_id, tested_on, item, count FROM test_count"
    ).fetchall()
    first, second = dt.date(2025, 3, 4), dt.date(2025, 3, 11)
    assert rows == [
        ("test_logs/log.csv", 2, "ash-bp", "ash", first, "attended", 12),
        ("test_logs/log.csv", 3, "ash-bp", "ash", second, "attended", 11),
    ]


def test_loads_carry_their_time_and_faults_their_effect(mart, read):
    load_tables(mart, read(LOG), loaded_at=dt.datetime(2026, 1, 2, 3, 4))
    assert mart.execute("SELECT DISTINCT loaded_at FROM load").fetchall() == [
        (dt.datetime(2026, 1, 2, 3, 4),)
    ]
    rows = mart.execute('SELECT file, line, "column", value, effect FROM rejected_row').fetchall()
    assert rows == [("test_logs/log.csv", 3, "attended", "10-12", "noted")]


def test_an_interval_keeps_its_ends_and_what_was_written(mart, read):
    load_tables(
        mart, read(LOG + "ash,ash-bp,2025-03-18,20+\nash,ash-bp,2025-03-25,\nash,ash-bp,2025-04-01,Maureen\n")
    )
    rows = mart.execute(
        "SELECT line, count, low, high, flag, written FROM test_count ORDER BY line"
    ).fetchall()
    assert rows == [
        (2, 12, None, None, None, "12"),
        (3, 11, 10, 12, "interval", "10-12"),
        (4, 20, 20, None, "interval", "20+"),
        (5, None, None, None, "blank", None),
        (6, None, None, None, "unreadable", "[not shown: 7 characters]"),
    ]


def test_measures_and_targets_stand_as_filed(mart, make_measure):
    targets = (Target(dt.date(2025, 1, 6), 40.0), Target(dt.date(2026, 1, 5), 50.0))
    write_measures(mart, [make_measure(targets=targets, prototypes=("a", "theme:b")), make_measure("other")])
    rows = mart.execute(
        "SELECT measure_id, kind, period, better, prototypes FROM measure ORDER BY measure_id"
    ).fetchall()
    assert rows == [("came", "count", "week", "up", "a,theme:b"), ("other", "count", "week", "up", "*")]
    assert mart.execute("SELECT from_on, value FROM target").fetchall() == [
        (t.from_on, t.value) for t in targets
    ]


def test_an_empty_folder_and_no_measure_leave_the_tables_empty(mart, read):
    load_tables(mart, read(""))
    write_measures(mart, [])
    run_sql(mart, "observation")
    for table in ("test_count", "measure", "observation"):
        assert mart.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize(
    "place",
    [
        "=SUM(A1)",
        "'; DROP TABLE load; --",
        "\u202eabc",
        '"',
        "🙈",
        "x" * 5000,
        "a\x1bb",
        "ünï – café",
    ],
)
def test_odd_text_passes_through_the_tables_unharmed(mart, read, place):
    quoted = '"' + place.replace('"', '""') + '"'
    text = f"neighbourhood_id,prototype_id,tested_on,place,attended,{quoted}\nash,ash-bp,2025-03-04,{quoted},{quoted},{quoted}\n"
    load_tables(mart, read(text + f"{quoted},{quoted},{quoted},{quoted},{quoted},{quoted}\n"))
    (kept,) = mart.execute("SELECT DISTINCT place FROM test_count").fetchone()
    assert kept == "".join(letter if letter.isprintable() else " " for letter in place).strip()
    read_loaded = (
        "SELECT lines_read, lines_loaded, lines_refused, lines_furniture FROM load WHERE reader = 'test log'"
    )
    assert mart.execute(read_loaded).fetchall() == [(3, 1, 1, 1)]
    rows = mart.execute("SELECT * FROM rejected_row").fetchall()
    assert rows
    assert all(letter.isprintable() for row in rows for cell in row for letter in str(cell))


@pytest.mark.slow
def test_two_thousand_lines_load_and_are_observed_in_half_a_second(read, measures):
    lines = [
        f"ash,ash-bp,{dt.date(2024, 1, 1) + dt.timedelta(days=n % 728)},Hall {n},x,{20 + n % 7},{n % 5}"
        for n in range(2000)
    ]
    text = "neighbourhood_id,prototype_id,tested_on,place,place_type,attended,new_people\n" + "\n".join(lines)
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        with new_database() as connection:
            load_tables(connection, read(text))
            write_measures(connection, measures)
            run_sql(connection, "observation")
            assert connection.execute("SELECT count(DISTINCT line) FROM test_count").fetchone() == (2000,)
        seconds.append(time.process_time() - begin)
    assert min(seconds) < 0.5
