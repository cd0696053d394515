"""Published figures of areas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from pipelines.sources import read_folder
from pipelines.sources.published.ons import SOURCE, sex_in

#: What the service gives beside a CSV, as far as it is read here.
RELEASED = {"ess-beta-metadata": {"shared": {"sourceDate": "19/02/2026"}}}

HEADING = "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
LINE = (
    "E09000002,Barking and Dagenham,Local Authority District,Male healthy life expectancy,2022-01-01/P3Y,58.1,"
    "Years,yrs,55.0,61.2,,\n"
)


@pytest.fixture
def figures(folder, measures):
    def figures(text: str, metadata: dict | None = None):
        (folder / "localities").mkdir(exist_ok=True)
        (folder / "localities" / "hle.csv").write_text(text, encoding="utf-8")
        if metadata is not None:
            (folder / "localities" / "hle.json").write_text(json.dumps(metadata))
        return read_folder(folder, measures)

    return figures


def test_columns_are_found_by_name_in_any_order(figures):
    names, cells = HEADING.strip().split(","), LINE.strip().split(",")
    text = ",".join(reversed(names)) + "\n" + ",".join(reversed(cells)) + "\n"
    (value,) = figures(text).locality_values
    assert (value.area_code, value.value, value.lower_95, value.upper_95) == ("E09000002", 58.1, 55.0, 61.2)
    assert (value.period_start, value.period_end, value.unit) == (
        dt.date(2022, 1, 1),
        dt.date(2024, 12, 31),
        "yrs",
    )
    assert (value.source, value.released_on) == (SOURCE, None)


def test_source_and_release_come_from_the_file_beside(figures):
    shared = {"sourceOrg": "Office for National Statistics", "sourceDate": "19/02/2026"}
    (value,) = figures(HEADING + LINE, {"ess-beta-metadata": {"shared": shared}}).locality_values
    assert (value.source, value.released_on) == ("Office for National Statistics", dt.date(2026, 2, 19))


@pytest.mark.parametrize(
    ("change", "column", "effect"),
    [
        (("58.1", "lots"), "observation", "line refused"),
        (("58.1", ""), "observation", "noted"),
        (("2022-01-01/P3Y", "the last years"), "period", "line refused"),
        (("E09000002", ""), "areacd", "line refused"),
        (("55.0", "5x5"), "lci_95", "cell missing"),
        (("58.1", "68.1"), "observation", "noted"),
    ],
)
def test_a_bad_line_is_named(figures, change, column, effect):
    checked = figures(HEADING + LINE.replace(*change), RELEASED)
    assert [(f.line, f.column, str(f.effect)) for f in checked.faults] == [(2, column, effect)]
    assert len(checked.locality_values) == (effect != "line refused")


def test_a_line_without_a_figure_is_loaded_empty_and_never_as_zero(figures):
    (value,) = figures(HEADING + LINE.replace("58.1", "").replace(",,", ",x,", 1)).locality_values
    assert (value.value, value.is_suppressed) == (None, False)


def test_the_same_figure_twice_counts_once(figures):
    checked = figures(HEADING + LINE + LINE, RELEASED)
    load = next(load for load in checked.loads if load.file.endswith("hle.csv"))
    assert len(checked.locality_values) == 1
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (3, 1, 0, 2)
    assert checked.faults[0].reason.startswith("Set aside: 1 that give again")
    assert "line 3" in checked.faults[0].reason


def test_another_figure_for_the_same_thing_is_refused(figures):
    checked = figures(HEADING + LINE + LINE.replace("58.1", "58.2"), RELEASED)
    assert [value.value for value in checked.locality_values] == [58.1]
    assert [(fault.line, fault.column, str(fault.effect)) for fault in checked.faults] == [
        (3, "observation", "line refused")
    ]


def test_figures_that_nothing_dates_are_told_with_the_cure(figures):
    (fault,) = figures(HEADING + LINE).faults
    assert '{"released_on": "2026-01-31"}' in fault.reason
    assert figures(HEADING + LINE, RELEASED).faults == ()


def test_the_sex_is_taken_from_the_indicator_that_names_one(figures):
    (value,) = figures(HEADING + LINE).locality_values
    assert (value.sex, value.indicator) == ("male", "Male healthy life expectancy")
    assert sex_in("Male and female employment gap") is None
    assert sex_in("Smalehouse prices") is None


def test_a_table_that_is_no_such_figures_is_refused_whole_and_told(figures):
    checked = figures("ward,people\nAbbey,3\n")
    load = next(load for load in checked.loads if load.file.endswith("hle.csv"))
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (2, 0, 1, 1)
    assert "areacd" in " ".join(fault.reason for fault in checked.faults)


def test_every_line_of_the_real_file_is_loaded(figures, shared_folder):
    folder = shared_folder / "data" / "ons"
    text = (folder / "healthy-life-expectancy.csv").read_text(encoding="utf-8")
    metadata = json.loads((folder / "healthy-life-expectancy.json").read_text(encoding="utf-8"))
    checked = figures(text, metadata)
    load = next(load for load in checked.loads if load.file.endswith("hle.csv"))
    assert (load.lines_read, load.lines_loaded, load.lines_furniture) == (5815, 5814, 1)
    assert len(checked.locality_values) == 5814
    twin = [
        (
            row["areacd"],
            row["indicator"],
            row["period"],
            float(row["observation"]),
            row["lci_95"],
            row["uci_95"],
        )
        for row in csv.DictReader(io.StringIO(text))
    ]
    made = [
        (v.area_code, v.indicator, v.period_published, v.value, v.lower_95, v.upper_95)
        for v in checked.locality_values
    ]
    assert made == [(*row[:4], float(row[4]), float(row[5])) for row in twin]
    assert [v.line for v in checked.locality_values] == list(range(2, 5816))
    borough = [
        v for v in checked.locality_values if v.area_code == "E09000002" and v.period_start.year == 2022
    ]
    assert sorted(value.indicator.split()[0] for value in borough) == ["Female", "Male"]
    assert {value.released_on for value in checked.locality_values} == {dt.date(2026, 2, 19)}
