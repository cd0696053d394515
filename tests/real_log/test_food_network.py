"""A workbook with every trouble of a real one, read end to end against a careful person's reading."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pipelines.mart import new_database, run_sql
from pipelines.measures import read_measures
from pipelines.sources import load_tables, read_folder, write_measures
from tests.real_log.careful_reading import accepts, weeks

HERE = Path(__file__).parent
LOG = "test_logs/excel_food_network.xlsx"
TRUTH = json.loads((HERE / "truth_food.json").read_text(encoding="utf-8"))
MEASURES = tuple(TRUTH["measures"])
HIDDEN = "old DO NOT USE"
POISON = {float(number) for numbers in TRUTH["poison_values"].values() for number in numbers}

#: Rows (of the sheet) that are no records: titles, headings, blanks, totals, notes.
FURNITURE = {"Jan-Mar 26": 14, "Apr - June": 9, "Q3 (new form)": 6}


@pytest.fixture(scope="module")
def checked():
    return read_folder(HERE, read_measures(HERE / "measures"), today=dt.date(2026, 11, 22))


@pytest.fixture(scope="module")
def mart(checked):
    with new_database() as connection:
        load_tables(connection, checked)
        write_measures(connection, read_measures(HERE / "measures"))
        run_sql(connection, "observation")
        run_sql(connection, "point_source")
        yield connection


def loads(checked) -> dict[str, object]:
    return {load.sheet: load for load in checked.loads if load.file == LOG}


def told(checked) -> dict[str, set[str]]:
    """Return the effects told of each row, by ``sheet!row``."""
    effects: dict[str, set[str]] = {}
    for fault in checked.faults:
        if fault.file == LOG and fault.line:
            effects.setdefault(f"{fault.sheet}!{fault.line}", set()).add(str(fault.effect))
    return effects


def test_the_committed_workbook_and_its_reading_are_those_beside_the_project(shared_folder):
    logs = shared_folder / "data/logs"
    assert (logs / "excel_food_network.xlsx").read_bytes() == (HERE / LOG).read_bytes()
    truth = json.loads((logs / "truth.json").read_text())["files"]["excel_food_network.xlsx"]
    assert {name: truth["measures"][name]["weeks"] for name in MEASURES} == {
        name: TRUTH["measures"][name]["weeks"] for name in MEASURES
    }
    assert truth["special_rows"] == TRUTH["special_rows"]


def test_every_row_of_every_sheet_is_loaded_refused_or_named(checked):
    found = loads(checked)
    assert {name: load.lines_furniture for name, load in found.items() if name != HIDDEN} == FURNITURE
    assert sum(load.lines_loaded for load in found.values()) == TRUTH["records"]
    for load in found.values():
        assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
        assert load.lines_refused == (9 if load.sheet == HIDDEN else 0)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_week_equals_an_acceptable_reading_and_no_other_week_is_invented(mart, measure):
    found, truth = weeks(mart, measure), TRUTH["measures"][measure]["weeks"]
    for week, readings in truth.items():
        value, numerator, denominator, is_gap = found[week]
        is_accepted = any(accepts(reading, value, numerator, denominator) for reading in readings)
        assert is_accepted, (week, found[week], readings)
        assert is_gap == (value is None)
    gaps = TRUTH["gap_weeks_inside"][measure]
    assert [found[week][0] for week in gaps] == [None] * len(gaps)
    assert set(found) == {*truth, *gaps}


@pytest.mark.parametrize("measure", ["kg_wasted", "people_fed", "wasted_of_shared_plus_wasted"])
def test_a_week_with_an_interval_carries_its_ends(mart, measure):
    rows = mart.execute(
        "SELECT period_start, numerator_low, numerator, numerator_high FROM observation "
        "WHERE measure_id = $m AND numerator_low < coalesce(numerator_high, 9999)",
        {"m": measure},
    ).fetchall()
    ends = {str(start): (low, high or 9999) for start, low, _, high in rows}
    truth = TRUTH["measures"][measure]["weeks"]
    assert ends == {
        week: (readings[0]["numerator_low"], readings[0]["numerator_high"])
        for week, readings in truth.items()
        if "numerator_low" in readings[0]
    }
    assert all(low <= middle for _, low, middle, _ in rows)


def test_every_row_that_must_be_told_is_told(checked):
    effects = told(checked)
    for row in TRUTH["special_rows"]:
        if row["must_be_reported"]:
            assert effects.get(row["ref"]), row


def test_a_clean_row_is_loaded_without_a_word(checked):
    special = {row["ref"] for row in TRUTH["special_rows"]}
    assert {ref for ref in told(checked) if not ref.startswith(HIDDEN)} <= special


def test_the_hidden_sheet_is_told_and_not_read(checked):
    assert loads(checked)[HIDDEN].lines_loaded == 0
    assert not [line for line in checked.raw_lines if line.sheet == HIDDEN]
    assert any(fault.sheet == HIDDEN and "hidden" in fault.reason for fault in checked.faults)


def test_no_poison_value_is_counted(mart):
    found = mart.execute(
        "SELECT count, low, high FROM test_count WHERE prototype_id = 'food_network' UNION ALL "
        "SELECT numerator, denominator, value FROM observation WHERE prototype_id = 'food_network'"
    ).fetchall()
    assert not {number for row in found for number in row} & POISON


def test_the_order_of_dates_is_published_with_its_evidence_and_how_to_overrule_it(checked):
    guesses = {(guess.sheet, guess.column): guess for guess in checked.guesses if "first" in guess.what}
    second = guesses["Apr - June", "When"]
    assert "month first" in second.what
    assert second.overrule == '[sheets."Apr - June"] dates = "day-first"'
    assert "day first" in guesses["Jan-Mar 26", "Date"].what


def test_every_point_leads_back_to_its_sheet_and_row(mart):
    rows = mart.execute(
        "SELECT sheet, line FROM point_source WHERE series_id = 'kg_wasted@food_network' "
        "AND tested_on BETWEEN DATE '2026-03-09' AND DATE '2026-03-15' ORDER BY line"
    ).fetchall()
    assert rows == [("Jan-Mar 26", 26), ("Jan-Mar 26", 27)]
