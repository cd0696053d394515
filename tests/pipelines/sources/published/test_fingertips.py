"""Fingertips: downloads of 27 and 26 columns, the upload form of its successor, and the lists beside it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random

import pytest

from pipelines.sources.published.publication import Asked
from tests.pipelines.sources.published.published_files import FINGERTIPS_ROW as ROW
from tests.pipelines.sources.published.published_files import counts, read, reasons, table, told


def test_a_row_becomes_a_figure_with_its_people_its_period_and_its_line():
    (value,) = read(table(ROW)).values
    assert (value.indicator_id, value.indicator, value.area_code) == (
        "92454",
        "Adults in treatment",
        "E09000002",
    )
    assert (value.geography, value.sex, value.age) == ("Counties & UAs (from Apr 2023)", "persons", "18+ yrs")
    assert (value.period_start, value.period_end) == (dt.date(2023, 4, 1), dt.date(2024, 3, 31))
    assert (value.value, value.lower_95, value.upper_95) == (5.5, 5.1, 5.9)
    assert (value.count, value.denominator, value.period_published, value.line) == (320, 58000, "2023/24", 2)


@pytest.mark.parametrize(
    "column_23",
    [
        "Compared to Region value or percentiles",
        "Compared to Regions (statistical) value or percentiles",
        "Compared to ICBs value or percentiles",
    ],
)
def test_columns_are_found_by_name_whatever_the_23rd_is_called_and_with_26_of_them(column_23):
    renamed = {column_23 if "Regions" in name else name: cell for name, cell in ROW.items()}
    shorter = {name: cell for name, cell in renamed.items() if name != "Time period range"}
    assert len(shorter) == 26
    new, old = read(table(renamed)).values, read(table(shorter)).values
    assert (
        (new[0].value, new[0].period_end) == (old[0].value, old[0].period_end) == (5.5, dt.date(2024, 3, 31))
    )


def test_columns_may_stand_in_any_order():
    names = list(ROW)
    random.Random(7).shuffle(names)
    (value,) = read(table({name: ROW[name] for name in names})).values
    assert (value.value, value.sex) == (5.5, "persons")


def test_england_once_per_parent_counts_once_and_is_told():
    england = ROW | {"Area Code": "E92000001", "Area Name": "England", "Area Type": "England"}
    parents = [england | {"Parent Code": code} for code in ("E12000001", "E12000002", "E12000007")]
    found = read(table(ROW, *parents))
    assert len(found.values) == 2
    assert counts(found) == (5, 2, 0, 3)
    assert "Set aside: 2" in reasons(found)
    assert "once for every parent" in reasons(found)


def test_another_figure_for_the_same_area_is_refused_and_not_chosen_in_silence():
    found = read(table(ROW, ROW | {"Value": "5.7"}))
    assert [value.value for value in found.values] == [5.5]
    assert counts(found) == (3, 1, 1, 1)
    assert told(found) == [(3, "value", "line refused")]


def test_rows_by_category_stand_apart_from_the_plain_one():
    tenth = ROW | {
        "Category Type": "Deprivation deciles (IMD2019)",
        "Category": "Most deprived decile",
        "Value": "9.1",
    }
    found = read(table(ROW, tenth))
    assert [(value.category, value.value) for value in found.values] == [
        (None, 5.5),
        ("Most deprived decile", 9.1),
    ]


@pytest.mark.parametrize(
    ("cell", "note", "is_suppressed"),
    [
        ("*", "Value suppressed", True),
        ("", "Value suppressed for disclosure control", True),
        ("", "", False),
        ("-", "Cannot be calculated", False),
        ("[c]", "", True),
        ("[x]", "", False),
    ],
)
def test_a_figure_that_is_not_there_is_never_zero(cell, note, is_suppressed):
    (value,) = read(table(ROW | {"Value": cell, "Value note": note, "Count": cell})).values
    assert (value.value, value.count, value.is_suppressed, value.note) == (
        None,
        None,
        is_suppressed,
        note or None,
    )


def test_a_true_zero_stays_zero():
    (value,) = read(table(ROW | {"Value": "0.0", "Lower CI 95.0 limit": "0", "Count": "0"})).values
    assert (value.value, value.count, value.is_suppressed) == (0.0, 0.0, False)


def test_two_vintages_of_area_types_are_kept_apart_and_told():
    older = ROW | {"Area Type": "Counties & UAs (from Apr 2021)"}
    found = read(table(ROW, older))
    assert {value.geography for value in found.values} == {ROW["Area Type"], older["Area Type"]}
    assert "several kinds of area" in reasons(found)


def test_a_period_that_cannot_be_read_is_taken_from_the_columns_for_sorting_and_told():
    (value,) = (found := read(table(ROW | {"Time period": "School years", "Time period range": "3y"}))).values
    assert (value.period_start, value.period_end) == (dt.date(2023, 1, 1), dt.date(2025, 12, 31))
    assert told(found) == [(2, "time_period", "noted")]


def test_a_period_that_nothing_tells_refuses_the_line():
    found = read(table(ROW | {"Time period": "School years", "Time period Sortable": ""}))
    assert told(found) == [(2, "time_period", "line refused")]


def test_a_sorting_column_that_begins_elsewhere_is_told():
    found = read(table(ROW | {"Time period Sortable": "20210000"}))
    assert len(found.values) == 1
    assert told(found) == [(2, "time_period", "noted")]


def test_practices_and_networks_that_nobody_asked_for_are_set_aside():
    practices = [ROW | {"Area Code": code, "Area Type": "GPs"} for code in ("F82001", "F82002", "Y01719")]
    network = ROW | {"Area Code": "U27362", "Area Type": "PCNs (v. 05/24)"}
    asked = Asked(practices={"F82001": "Halbutt Street Surgery"}, pcns=frozenset(("U11211",)))
    found = read(table(ROW, *practices, network), asked=asked)
    assert [value.area_code for value in found.values] == ["E09000002", "F82001"]
    assert counts(found) == (6, 2, 0, 4)


def test_a_line_cut_short_is_read_with_what_is_there_and_one_too_long_is_refused():
    short = table(ROW).splitlines()[1].split(",")[:14]
    long = table(ROW | {"Area Code": "E09000003"}).splitlines()[1] + ",more"
    found = read(table(ROW).splitlines()[0] + "\n" + ",".join(short) + "\n" + long + "\n")
    assert [(value.value, value.upper_95) for value in found.values] == [(5.5, None)]
    assert counts(found) == (3, 1, 1, 1)


def test_the_shape_file_loads_whole_and_equals_a_plain_reading(shared_folder):
    content = (shared_folder / "data/fingertips/shape_90362_hle_derived.csv").read_bytes()
    found = read(content, "shape.csv")
    assert counts(found) == (121, 120, 0, 1)
    twin = [
        (row["Area Code"], row["Sex"].lower(), int(row["Time period"][:4]), float(row["Value"]),
         float(row["Lower CI 95.0 limit"]), float(row["Upper CI 95.0 limit"]))
        for row in csv.DictReader(io.StringIO(content.decode()))
    ]  # fmt: skip
    made = [(v.area_code, v.sex, v.period_start.year, v.value, v.lower_95, v.upper_95) for v in found.values]
    assert made == twin
    assert {v.period_end.year - v.period_start.year for v in found.values} == {2}


def test_the_upload_form_loads_whole_with_ages_and_kinds_of_period(shared_folder):
    content = (shared_folder / "data/fingertips/fn_ValidHeadersAndValidDataRows.csv").read_bytes()
    found = read(content, "fn_Valid.csv", {"indicator_id": 41101, "indicator": "Readmissions"})
    assert counts(found) == (10, 9, 0, 1)
    twin = [
        (row["area_code"], row["sex"], float(row["value"]), float(row["count"]), float(row["denominator"]))
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    ]
    assert [(v.area_code, v.sex, v.value, v.count, v.denominator) for v in found.values] == twin
    assert [v.age for v in found.values][2:6] == ["5-10 yrs", "65+ yrs", "15+ yrs", "up to 40 yrs"]
    assert {(v.indicator_id, v.indicator) for v in found.values} == {("41101", "Readmissions")}
    assert [v.period_published.split(" ", 3)[3] for v in found.values[-3:]] == [
        "financial year",
        "three year",
        "quarter",
    ]


def test_an_upload_form_that_does_not_say_its_indicator_bears_the_name_of_the_file_and_says_so(shared_folder):
    content = (shared_folder / "data/fingertips/fn_ValidHeadersAndValidDataRows.csv").read_bytes()
    found = read(content, "localities/readmissions.csv")
    assert {value.indicator for value in found.values} == {"readmissions"}
    assert "indicator_id" in reasons(found)


def test_the_descriptions_of_indicators_load_whole(shared_folder):
    content = (shared_folder / "data/fingertips/fingertipsnext_indicators.json").read_bytes()
    found = read(content, "indicators.json")
    twin = json.loads(content)
    assert counts(found) == (35, 35, 0, 0)
    assert [(row.indicator_id, row.name, row.unit) for row in found.published] == [
        (str(row["indicatorID"]), row["indicatorName"].strip(), (row["unitLabel"] or "").strip() or None)
        for row in twin
    ]
    better = {"Low is good": "down", "High is good": "up"}
    assert [row.better for row in found.published] == [better.get(row["polarity"], "neither") for row in twin]
    assert [row.updated_on for row in found.published] == [
        dt.date.fromisoformat(row["lastUpdatedDate"][:10]) for row in twin
    ]


def test_the_categories_load_whole(shared_folder):
    content = (shared_folder / "data/fingertips/fingertipsnext_categories.csv").read_bytes()
    found = read(content, "categories.csv")
    twin = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert counts(found) == (len(twin) + 1, len(twin), 0, 1)
    assert [(row.category_type, row.category, row.sequence) for row in found.published] == [
        (row["CategoryTypeName"].strip(), row["CategoryName"].strip(), int(row["Sequence"])) for row in twin
    ]
