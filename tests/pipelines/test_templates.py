"""A template filled in as a spreadsheet program would is read without one correction."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.measures import measure_of, read_measures
from pipelines.sources import read_folder
from pipelines.sources.logs.mapping import write_mapping
from pipelines.sources.tables import Prototype
from pipelines.templates import LINES, columns_of, guide_markdown, guide_of, template_workbook
from pipelines.understanding import understand

PROJECT = Path(__file__).parents[2]
MEASURES = read_measures(PROJECT / "data" / "measures")

#: Day nought of a spreadsheet's calendar.
SERIAL = dt.date(1899, 12, 30)


def prototypes() -> list[Prototype]:
    with (PROJECT / "data/sample/prototypes.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Prototype(row["prototype_id"], row["neighbourhood_id"], row["name"], row["theme"]) for row in rows
    ]


BARBERS = next(one for one in prototypes() if one.prototype_id == "ashfield_barbers")


def measures_for(prototype: Prototype):
    return [one for one in MEASURES if one.is_for(prototype.prototype_id, prototype.theme)]


def filled(workbook: bytes, rows: list[list[object]], ids: tuple[str, str]) -> bytes:
    """Fill lines in the way a spreadsheet program does: dates as serials, formulas with what they came to."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = _filled_sheet(text.decode(), rows, ids).encode()
            new.writestr(name, text)
    return out.getvalue()


def _filled_sheet(xml: str, rows: list[list[object]], ids: tuple[str, str]) -> str:
    for line, row in enumerate(rows, start=2):
        cells = "".join(
            _cell(f"{chr(65 + at)}{line}", value) for at, value in enumerate(row) if value is not None
        )
        head, rest = re.split(rf'(?<=<row r="{line}" )', xml, maxsplit=1)
        opening, rest = rest.split(">", 1)
        inside, rest = rest.split("</row>", 1)
        for one in ids:
            inside = inside.replace("<v></v>", f"<v>{one}</v>", 1)
        xml = f"{head}{opening}>{cells}{inside}</row>{rest}"
    return xml  # fmt: skip


def _cell(place: str, value: object) -> str:
    if isinstance(value, dt.date):
        value = (value - SERIAL).days
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheets(workbook: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("prototype", prototypes(), ids=lambda one: one.prototype_id)
def test_every_prototype_has_a_sheet_with_one_heading_row_and_no_data(prototype):
    measures = measures_for(prototype)
    made = sheets(template_workbook(prototype, measures))
    assert list(made) == ["Log", "Guide"]
    (heading,) = made["Log"]
    assert heading[0] == "tested_on"
    assert set(heading) == {
        "tested_on",
        "place",
        "place_type",
        "cycle_no",
        "neighbourhood_id",
        "prototype_id",
    } | {item for measure in measures for item in measure.items}
    assert len(set(heading)) == len(heading)  # fmt: skip


def barbers_filled() -> bytes:
    """Three sessions typed into the barbers' template."""
    template = template_workbook(BARBERS, measures_for(BARBERS))
    heading = sheets(template)["Log"][0]
    counts = {
        "asked": 40,
        "said_yes": 25,
        "bp_checked": 22,
        "days_to_follow_up": 6.5,
        "reviewed": 12,
        "to_target": 8,
    }
    rows = [
        [day, "The corner barber's", "barber", "2", *(counts.get(str(item)) for item in heading[4:-2])]
        for day in (dt.date(2026, 1, 10), dt.date(2026, 1, 17), dt.date(2026, 2, 3))
    ]
    return filled(template, rows, (BARBERS.neighbourhood_id, BARBERS.prototype_id))  # fmt: skip


def test_a_filled_template_is_read_without_a_correction(tmp_path):
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "test_logs" / "barbers.xlsx").write_bytes(barbers_filled())
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        (tmp_path / name).write_bytes((PROJECT / "data/sample" / name).read_bytes())
    checked = read_folder(tmp_path, MEASURES, today=dt.date(2026, 11, 22))
    logs = [load for load in checked.loads if load.file.endswith("barbers.xlsx")]
    assert sum(load.lines_loaded for load in logs) == 3
    assert sum(load.lines_refused for load in logs) == 0
    told = [
        fault for fault in checked.faults if fault.file.endswith("barbers.xlsx") and fault.line is not None
    ]
    assert told == []


def test_the_wizard_understands_a_filled_template_by_itself(tmp_path):
    proposal = understand(barbers_filled(), "barbers.xlsx", tmp_path)
    assert proposal.mapping.columns["tested_on"] == ("tested_on",)
    assert {"asked", "said_yes", "bp_checked", "days_to_follow_up", "reviewed", "to_target"} <= set(
        proposal.mapping.items
    )
    assert [(sheet.name, sheet.is_read) for sheet in proposal.sheets] == [("Log", True), ("Guide", False)]


def test_the_guide_of_a_template_kept_by_the_wizard_is_notes_and_no_row_left_out(tmp_path):
    mapping = understand(barbers_filled(), "barbers.xlsx", tmp_path).mapping
    logs = tmp_path / "test_logs"
    logs.mkdir()
    (logs / "barbers.xlsx").write_bytes(barbers_filled())
    (logs / "barbers.toml").write_text(write_mapping(mapping), encoding="utf-8")
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        (tmp_path / name).write_bytes((PROJECT / "data/sample" / name).read_bytes())
    checked = read_folder(tmp_path, MEASURES, today=dt.date(2026, 11, 22))
    loads = {load.sheet: load for load in checked.loads if load.file.endswith("barbers.xlsx")}
    assert (loads["Log"].lines_loaded, loads["Log"].lines_refused) == (3, 0)
    assert loads["Guide"].lines_furniture == loads["Guide"].lines_read > 10


def test_counts_are_checked_from_nought_dates_are_dates_and_the_heading_stays_in_view():
    with zipfile.ZipFile(io.BytesIO(template_workbook(BARBERS, measures_for(BARBERS)))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    rules = dict(re.findall(r'<dataValidation type="(\w+)"[^>]*sqref="(\w+):', sheet))
    assert rules["date"] == "A2"
    assert '<dataValidation type="whole" operator="greaterThanOrEqual" errorStyle="warning"' in sheet
    assert '<dataValidation type="decimal" operator="greaterThanOrEqual" errorStyle="warning"' in sheet
    assert "<formula1>0</formula1>" in sheet
    assert f":A{LINES + 1}" in sheet
    assert 'state="frozen"' in sheet
    assert "yyyy-mm-dd" in styles


def test_nothing_personal_and_no_author_is_in_the_file():
    with zipfile.ZipFile(io.BytesIO(template_workbook(BARBERS, measures_for(BARBERS)))) as book:
        core = book.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


def test_the_same_template_is_the_same_file_twice():
    measures = measures_for(BARBERS)
    assert template_workbook(BARBERS, measures) == template_workbook(BARBERS, measures)


def test_what_was_asked_stands_before_what_came_of_it_and_says_what_it_is():
    columns = {column.heading: column.what for column in columns_of(measures_for(BARBERS))}
    headings = list(columns)
    assert headings.index("asked") < headings.index("said_yes")
    assert columns["asked"] == "All people asked; said_yes is counted out of these."
    assert columns["bp_checked"] == "People whose blood pressure was checked."


def test_counts_by_the_month_are_no_columns_of_a_log_and_not_promised_by_its_guide():
    measures = measures_for(BARBERS)
    assert any(not measure.is_logged for measure in measures)
    assert not [column.heading for column in columns_of(measures) if column.heading.startswith("cascade_")]
    assert "cascade" not in guide_markdown(guide_of(BARBERS, measures))


def test_a_measure_over_sums_has_a_column_for_each_item_and_none_for_sessions():
    definition = {
        "id": "waste", "name": "Food wasted", "domain": "quality", "kind": "measurement", "numerator": "kg_shared + kg_wasted",
        "denominator": "sessions", "unit": "kg", "period": "week", "better": "down", "disclosive": False,
        "prototypes": ["*"], "why": "Waste.", "source": "Scales.",
    }  # fmt: skip
    columns = {one.heading: one for one in columns_of([measure_of(definition)])}
    assert "sessions" not in columns
    assert columns["kg_shared"].what == "Kg shared."
    assert columns["kg_shared"].number == "decimal"


def test_a_prototype_that_counts_nothing_has_a_sheet_and_a_guide_that_says_so():
    guide = guide_of(BARBERS, [])
    assert "No measure is counted here yet." in guide_markdown(guide)
    assert len(sheets(template_workbook(BARBERS, []))["Log"][0]) == 6


def test_the_guide_says_columns_rules_charts_and_how_to_hand_in():
    text = guide_markdown(guide_of(BARBERS, measures_for(BARBERS), is_made_up=True))
    for said in (
        "Made-up data",
        "`said_yes`",
        "never as a zero",
        "no names",
        "said\\_yes out of asked",
        "Data page",
    ):
        assert said in text
    assert "Made-up" not in guide_markdown(guide_of(BARBERS, []))  # fmt: skip


def test_names_from_outside_neither_calculate_nor_format():
    evil = Prototype('x","y"),1)', "=1+1", '=HYPERLINK("http://x")', "food")
    made = template_workbook(evil, [])
    assert any('=HYPERLINK("http://x")' in str(cell) for row in sheets(made)["Guide"] for cell in row)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        formulas = re.findall(r"<f>(.*?)</f>", book.read("xl/worksheets/sheet1.xml").decode())
        assert not re.findall(r"<f>", book.read("xl/worksheets/sheet2.xml").decode())
    assert set(formulas[:2]) == {'IF($A2="","","=1+1")', 'IF($A2="","","x"",""y""),1)")'}
    assert "\\<script\\>" in guide_markdown(guide_of(Prototype("a", "b", "<script>", None), []))
