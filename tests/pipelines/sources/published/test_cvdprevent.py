"""CVDPREVENT: raw data of one indicator, as JSON and as CSV. Shape only: no download could be had."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from pipelines.sources.published.cvdprevent import unit_of
from pipelines.sources.published.publication import Asked
from tests.pipelines.sources.published.published_files import CVDPREVENT_RECORD as RECORD
from tests.pipelines.sources.published.published_files import counts, read, reasons, told


def as_json(*records: dict) -> str:
    return json.dumps({"indicatorRawData": list(records)})


def as_csv(*records: dict) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(RECORD))
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


@pytest.mark.parametrize("write", [as_json, as_csv])
def test_a_record_becomes_a_figure(write):
    (value,) = read(write(RECORD)).values
    assert (value.indicator_id, value.indicator) == ("CVDP007HYP", RECORD["IndicatorName"])
    assert (value.area_code, value.geography, value.sex) == ("U55387", "Primary care network", "persons")
    assert (value.value, value.lower_95, value.upper_95, value.unit) == (65.0, 64.1, 65.9, "%")
    assert (value.count, value.denominator) == (7800, 12000)
    assert (value.period_start, value.period_end) == (dt.date(2025, 3, 31), dt.date(2025, 3, 31))
    assert (value.category_type, value.category, value.period_published) == (None, None, "To March 2025")


def test_json_and_csv_give_the_same_figures_and_the_same_counts_of_records():
    records = [RECORD | {"AreaCode": f"U5538{n}", "Value": n * 7.5, "Numerator": n * 10} for n in range(8)]
    records.append(RECORD | {"AreaCode": "F82001", "Value": None, "ValueNote": "Suppressed"})
    from_json, from_csv = read(as_json(*records)), read(as_csv(*records))
    plain = [
        [(v.area_code, v.value, v.count, v.note, v.is_suppressed) for v in found.values]
        for found in (from_json, from_csv)
    ]
    assert plain[0] == plain[1]
    assert counts(from_json)[:2] == (9, 9)
    assert counts(from_csv) == (10, 9, 0, 1)


@pytest.mark.parametrize("cell", [None, "*", "-", "–", "", "null", "NULL"])
@pytest.mark.parametrize("write", [as_json, as_csv])
def test_a_figure_that_is_not_there_is_held_back_and_never_zero(write, cell):
    (value,) = read(write(RECORD | {"Value": cell, "ValueNote": "Below 5", "Numerator": cell})).values
    assert (value.value, value.count, value.is_suppressed, value.note) == (None, None, True, "Below 5")


def test_a_true_zero_stays_zero():
    (value,) = read(as_json(RECORD | {"Value": 0, "Numerator": 0, "LowerConfidenceLimit": 0})).values
    assert (value.value, value.count, value.is_suppressed) == (0.0, 0.0, False)


def test_outcomes_of_a_year_span_that_year():
    (value,) = read(as_json(RECORD | {"TimePeriodName": "Apr 2024 - Mar 2025"})).values
    assert (value.period_start, value.period_end) == (dt.date(2024, 4, 1), dt.date(2025, 3, 31))


@pytest.mark.parametrize("band", ["18–39", "18-39", "18 – 39"])
def test_a_band_of_ages_is_the_same_with_any_dash(band):
    record = RECORD | {"MetricCategoryTypeName": "Age group", "MetricCategoryName": band}
    (value,) = read(as_json(record)).values
    assert (value.category_type, value.category, value.age, value.sex) == (
        "Age group",
        "18-39",
        "18-39",
        "persons",
    )


def test_sexes_are_plain_rows_and_other_categories_are_not():
    men = RECORD | {"MetricCategoryName": "Male", "CategoryAttribute": "Male"}
    poorest = RECORD | {
        "MetricCategoryTypeName": "Deprivation quintile",
        "MetricCategoryName": "1 - most deprived",
    }
    found = read(as_json(RECORD, men, poorest))
    assert [(value.sex, value.category) for value in found.values] == [
        ("persons", None),
        ("male", None),
        ("persons", "1 - most deprived"),
    ]


def test_practices_are_known_by_the_code_of_the_nhs_where_both_codes_are_given():
    (value,) = read(as_json(RECORD | {"AreaCode": "E54000029", "AreaOdsCode": "F82001"})).values
    assert (value.area_code, value.geography) == ("F82001", "General practice")


def test_other_practices_and_networks_are_set_aside():
    records = [RECORD | {"AreaCode": code} for code in ("U55387", "U11211", "F82001", "F82002", "E92000001")]
    asked = Asked(practices={"F82001": "Halbutt Street Surgery"}, pcns=frozenset(("U11211",)))
    found = read(as_json(*records), asked=asked)
    assert [value.area_code for value in found.values] == ["U11211", "F82001", "E92000001"]
    assert counts(found) == (5, 3, 0, 2)
    assert "Set aside: 2" in reasons(found)


def test_a_record_that_says_nothing_of_value_is_refused_by_its_number():
    found = read(as_json(RECORD, RECORD | {"TimePeriodName": "soon"}, RECORD | {"Value": "many"}))
    assert counts(found) == (3, 1, 2, 0)
    assert told(found) == [(2, "time_period", "line refused"), (3, "value", "line refused")]


@pytest.mark.parametrize(
    ("factor", "unit"),
    [("100", "%"), ("100.0", "%"), ("1", None), ("", None), ("x", None), ("1000", "per 1,000")],
)
def test_the_factor_says_the_unit(factor, unit):
    assert unit_of(factor) == unit


@pytest.mark.parametrize(
    "text", ['{"indicatorRawData": [', '{"a": 1}', "[]", "[1, 2]", '{"indicatorRawData": {}}']
)
def test_a_json_that_holds_no_records_is_refused_whole_and_told(text):
    found = read(text)
    assert found.values == ()
    assert found.publication.faults
    load = found.publication.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
