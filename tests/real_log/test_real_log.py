"""A log with every trouble of a real one, read end to end against a careful person's reading."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from pipelines.mart import new_database, run_sql
from pipelines.measures import read_measures
from pipelines.sources import load_tables, read_folder, write_measures
from tests.real_log.careful_reading import accepts, weeks

HERE = Path(__file__).parent
LOG = "test_logs/google_forms_walk_and_talk.csv"
TRUTH = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
MEASURES = tuple(TRUTH["measures"])

#: How a careful person's action may show in the list of faults.
EFFECTS = {
    "refuse": {"line refused"},
    "merge": {"line refused"},
    "flag": {"held", "cell missing", "noted", "line refused"},
}


@pytest.fixture(scope="module")
def checked():
    return read_folder(HERE, read_measures(HERE / "measures"), today=dt.date(2026, 11, 22))


@pytest.fixture(scope="module")
def mart(checked):
    with new_database() as connection:
        load_tables(connection, checked)
        write_measures(connection, read_measures(HERE / "measures"))
        run_sql(connection, "observation")
        yield connection


@pytest.fixture(scope="module")
def lines() -> list[int]:
    """The line of the file on which each record begins; record n is at n - 1."""
    with (HERE / LOG).open(encoding="utf-8", newline="") as handle:
        reader, begin, found = csv.reader(handle), 1, []
        for _ in reader:
            found.append(begin)
            begin = reader.line_num + 1
    return found[1:]


def loaded_lines(checked) -> set[int]:
    return {row.line for row in checked.raw_lines if row.file == LOG}


def special_weeks() -> set[str]:
    return {week for row in TRUTH["special_rows"] for week in row["weeks"]}


def test_the_committed_log_is_the_one_beside_the_project(shared_folder):
    assert (shared_folder / "data/logs/google_forms_walk_and_talk.csv").read_bytes() == (
        HERE / LOG
    ).read_bytes()
    truth = json.loads((shared_folder / "data/logs/truth.json").read_text())["files"][
        "google_forms_walk_and_talk.csv"
    ]
    assert {name: truth["measures"][name]["weeks"] for name in MEASURES} == {
        name: TRUTH["measures"][name]["weeks"] for name in MEASURES
    }


def test_every_record_is_loaded_refused_or_named(checked, lines):
    load = next(load for load in checked.loads if load.file == LOG)
    assert load.lines_read == TRUTH["records"] + 1
    assert (load.lines_loaded, load.lines_refused, load.lines_furniture) == (108, 8, 1)
    named = {
        fault.line
        for fault in checked.faults
        if fault.file == LOG and fault.effect in ("line refused", "held")
    }
    loaded = loaded_lines(checked)
    assert loaded | named >= set(lines)
    assert len(loaded) + load.lines_refused == TRUTH["records"]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_week_of_clean_records_equals_the_careful_reading(mart, measure):
    found, truth = weeks(mart, measure), TRUTH["measures"][measure]["weeks"]
    clean = [week for week in truth if week not in special_weeks()]
    assert len(clean) >= 70
    for week in clean:
        value, numerator, denominator, is_gap = found[week]
        assert accepts(truth[week][0], value, numerator, denominator), (week, found[week], truth[week])
        assert not is_gap


@pytest.mark.parametrize("measure", MEASURES)
def test_a_doubtful_week_is_an_accepted_reading(mart, measure):
    found, truth = weeks(mart, measure), TRUTH["measures"][measure]["weeks"]
    for week in special_weeks() & set(truth):
        value, numerator, denominator, _ = found[week]
        is_accepted = any(accepts(reading, value, numerator, denominator) for reading in truth[week])
        assert is_accepted, (week, found[week], truth[week])


@pytest.mark.parametrize("measure", MEASURES)
def test_weeks_without_a_walk_are_gaps_and_no_other_week_is_invented(mart, measure):
    found = weeks(mart, measure)
    for week in TRUTH["gap_weeks_inside"][measure]:
        assert found[week][0] is None, week
        assert found[week][3] is True
    assert set(found) <= set(TRUTH["measures"][measure]["weeks"]) | set(TRUTH["gap_weeks_inside"][measure])


def test_every_record_that_must_be_told_is_told_on_its_line(checked, lines):
    effects: dict[int, set[str]] = {}
    for fault in (fault for fault in checked.faults if fault.file == LOG):
        effects.setdefault(fault.line or 0, set()).add(str(fault.effect))
    for row in TRUTH["special_rows"]:
        line = lines[int(row["ref"].removeprefix("record ")) - 1]
        if row["must_be_reported"]:
            assert effects.get(line, set()) & EFFECTS[row["action"]], row
        if row["action"] in ("refuse", "merge"):
            assert line not in loaded_lines(checked), row


def test_a_clean_record_is_loaded_without_a_word(checked, lines):
    special = {lines[int(row["ref"].removeprefix("record ")) - 1] for row in TRUTH["special_rows"]}
    told = {fault.line for fault in checked.faults if fault.file == LOG}
    assert told <= special
    assert set(lines) - special <= loaded_lines(checked)


def test_no_poison_value_is_counted(mart):
    own = "WHERE prototype_id = 'walk_and_talk'"
    counts = {row[0] for row in mart.execute(f"SELECT count FROM test_count {own}").fetchall()}
    values = {row[0] for row in mart.execute(f"SELECT numerator FROM observation {own}").fetchall()}
    assert not (counts | values) & {999.0, 41.0, 55.0, 1012.0, 50.0, 1.0e12}
    latest = "SELECT max(tested_on) FROM test_count WHERE prototype_id = 'walk_and_talk'"
    assert mart.execute(latest).fetchone() == (dt.date(2026, 11, 10),)


def test_no_name_phone_postcode_or_email_is_in_any_table(mart):
    tables = [row[0] for row in mart.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert {"test_count", "rejected_row", "guess", "row_fault"} <= set(tables)
    for table in tables:
        text = str(mart.execute(f'SELECT * FROM "{table}"').fetchall()).lower()
        for canary in (
            "maureen",
            "07700",
            "900123",
            "zz99",
            "3vz",
            "@example",
            "leader1",
            "lift",
            "gardeners",
        ):
            assert canary not in text, (table, canary)


def test_the_personal_cells_are_counted(checked):
    load = next(load for load in checked.loads if load.file == LOG)
    assert load.personal_cells_dropped == 117  # 116 addresses and one comment
