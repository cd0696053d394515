"""A preview shows what the build would, and publishes nothing; what is understood without help gives the true numbers."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from pipelines.build import build
from pipelines.inputs import read_inputs
from pipelines.measures import measure_of
from pipelines.memory import Forgetful
from pipelines.preview import Preview, preview
from pipelines.understanding import NEW_PROTOTYPE, Proposal, suggested_measures, understand
from pipelines.uploads import keep
from pipelines.work import worked

TODAY = dt.date(2026, 11, 22)


def look(path: Path, folder: Path) -> tuple[Proposal, Preview]:
    content = path.read_bytes()
    proposal = understand(content, path.name, folder)
    return proposal, preview(
        content, path.name, proposal.mapping, suggested_measures(proposal.mapping, folder), folder, TODAY
    )


def item_of(proposal: Proposal, heading: str, option: str | None = None) -> str:
    return next(g.item for g in proposal.columns if g.heading == heading and g.option == option and g.item)


def measure(name: str, numerator: str, denominator: str | None = None, kind: str = "i"):
    definition = {
        "id": name,
        "name": name,
        "domain": "reach",
        "kind": kind,
        "numerator": numerator,
        "unit": "a week",
    }
    definition |= {
        "period": "week",
        "better": "up",
        "disclosive": False,
        "why": "A test.",
        "source": "A test.",
    }
    if denominator:
        definition["denominator"] = denominator
    return measure_of(definition | {"prototypes": [NEW_PROTOTYPE]})


def true_measures(proposal: Proposal, file: str) -> dict[str, object]:
    """The measures of the truth, over the items that were understood without help."""
    if file.endswith(".xlsx"):
        kg_in, shared = item_of(proposal, "Food in: kg"), item_of(proposal, "Food out: kg shared")
        wasted, fed = item_of(proposal, "Food out: wasted (kg)"), item_of(proposal, "Food out: people fed")
        return {
            "kg_sourced": (kg_in,),
            "kg_shared": (shared,),
            "people_fed": (fed,),
            "kg_wasted": (wasted,),
            "wasted_of_shared_plus_wasted": (wasted, f"{shared} + {wasted}", "ip"),
        }
    came = item_of(proposal, "How many people came?")
    new = item_of(proposal, "How many of them had never come before?")
    lonely = item_of(proposal, "Did anyone say they felt less lonely? (how many)")
    tea = item_of(proposal, "What did you do? (tick all that apply)", "Tea, cake and talk")
    return {
        "people_came": (came,),
        "sessions": ("sessions",),
        "new_share": (new, came, "proportion"),
        "less_lonely_share": (lonely, came, "proportion"),
        "tea_share": (tea, "sessions", "proportion"),
    }


def is_acceptable(row: pd.Series, readings: list[dict[str, float]], is_ratio: bool) -> bool:
    """Whether a week's figures are one of the readings that a careful person would give."""
    if row["is_gap"]:
        return any(reading.get("gap") for reading in readings)
    named = ("numerator", "denominator") if is_ratio else ("numerator",)
    return any(
        all(
            reading.get(f"{name}_low", reading.get(name, -1)) - 1e-9
            <= row[name]
            <= (reading.get(f"{name}_high", reading.get(name, -1)) or 1e9) + 1e-9
            for name in named
        )
        for reading in readings
        if not reading.get("gap")
    )


@pytest.mark.parametrize("file", ["google_forms_walk_and_talk.csv", "excel_food_network.xlsx"])
def test_what_is_understood_without_help_gives_the_weekly_numbers_of_a_careful_reading(
    shared_folder, tmp_path, file
):
    path = shared_folder / "data/logs" / file
    truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))["files"][file]
    proposal = understand(path.read_bytes(), file, tmp_path)
    measures = [measure(name, *parts) for name, parts in true_measures(proposal, file).items()]
    keep(
        path.read_bytes(), file, proposal.mapping, "Ash", tmp_path, "Made-up Park", "Made-up group", measures
    )
    work = worked(read_inputs(tmp_path), Forgetful())
    observed = {str(rows["measure_id"].iloc[0]): rows for rows in work.observation.values()}
    assert {name: weeks_amiss(observed[name], told) for name, told in truth["measures"].items()} == {
        name: [] for name in truth["measures"]
    }


def weeks_amiss(rows: pd.DataFrame, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The weeks whose figures no careful person would have read."""
    points = {f"{row['period_start']:%Y-%m-%d}": row for _, row in rows.iterrows()}
    gap = [{"gap": True}]
    amiss = [
        (week, row["numerator"], row["denominator"])
        for week, row in points.items()
        if not is_acceptable(row, told["weeks"].get(week, gap), told["kind"] == "ratio")
    ]
    return amiss + [
        (week, "no point")
        for week, readings in told["weeks"].items()
        if week not in points and not any(reading.get("gap") for reading in readings)
    ]


def test_a_preview_shows_what_a_build_shows(shared_folder, tmp_path):
    path = shared_folder / "data/logs/excel_food_network.xlsx"
    proposal, seen = look(path, tmp_path)
    measures = suggested_measures(proposal.mapping, tmp_path)
    data = tmp_path / "data"
    keep(path.read_bytes(), path.name, proposal.mapping, None, data, "Park", "Group", measures)
    built = build(data, tmp_path / "marts")
    with duckdb.connect(str(built.true_mart), read_only=True) as mart:
        in_mart = mart.sql("SELECT measure_id, sentence FROM chart_summary WHERE is_latest_phase").fetchall()
        loads = mart.sql(
            "SELECT sheet, lines_loaded, lines_refused FROM load WHERE sheet IS NOT NULL"
        ).fetchall()
    assert {chart.summary["measure_id"]: chart.summary["sentence"] for chart in seen.charts} == dict(in_mart)
    assert [(load.sheet, load.lines_loaded, load.lines_refused) for load in seen.loads] == loads


def test_a_preview_writes_nothing_into_the_data_folder(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    content = b"Date,Guests\n2026-01-06,10\n2026-01-13,12\n"
    proposal = understand(content, "log.csv", data)
    seen = preview(
        content, "log.csv", proposal.mapping, suggested_measures(proposal.mapping, data), data, TODAY
    )
    assert [load.lines_loaded for load in seen.loads] == [2]
    assert list(data.rglob("*")) == []


def test_every_line_of_a_preview_has_a_fate_and_every_fault_a_place(shared_folder, tmp_path):
    _, seen = look(shared_folder / "data/spreadsheets/messy400.xlsx", tmp_path)
    (load,) = seen.loads
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture == 415
    assert all(fault.reason and (fault.line or fault.column or fault.sheet) for fault in seen.faults)


def test_a_log_for_a_known_prototype_is_charted_from_its_cycles(tmp_path):
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\nheath,Heath\n", encoding="utf-8")
    (tmp_path / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name\nlunch,heath,Lunch\n", encoding="utf-8"
    )
    days = [TODAY - dt.timedelta(weeks=30 - n) for n in range(30)]
    content = "Date,Guests\n" + "".join(f"{day},{20 + n % 5}\n" for n, day in enumerate(days))
    (tmp_path / "cycles.csv").write_text(
        f"cycle_id,prototype_id,do_start,do_end\nc1,lunch,{days[20]},{days[29]}\n", encoding="utf-8"
    )
    proposal = understand(content.encode(), "log.csv", tmp_path)
    mapping = replace(proposal.mapping, neighbourhood_id="heath", prototype_id="lunch")
    seen = preview(
        content.encode(), "log.csv", mapping, suggested_measures(mapping, tmp_path), tmp_path, TODAY
    )
    guests = next(chart for chart in seen.charts if chart.summary["prototype_id"] == "lunch")
    assert guests.points["is_baseline"].sum() == 20


def test_a_preview_without_a_record_says_so(tmp_path):
    content = b"Date,Guests\nsoon,10\nlater,12\n"
    mapping = understand(b"Date,Guests\n2026-01-06,10\n2026-01-13,12\n", "log.csv", tmp_path).mapping
    seen = preview(content, "log.csv", mapping, suggested_measures(mapping, tmp_path), tmp_path, TODAY)
    assert seen.charts == ()
    assert any("No record could be loaded" in note for note in seen.notes)


@pytest.mark.slow
def test_a_workbook_of_fifty_thousand_rows_is_previewed_in_seconds(tmp_path):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Date", "Where", "How many people came?", "Of those, new faces", "Notes"])
        for n in range(50_000):
            day = dt.date(2024, 1, 1) + dt.timedelta(days=n // 60)
            sheet.write_row(n + 1, 0, [day.isoformat(), f"Place {n % 9}", n % 37, n % 5, "fine"])
    began = time.perf_counter()
    content = made.getvalue()
    proposal = understand(content, "log.xlsx", tmp_path)
    seen = preview(
        content, "log.xlsx", proposal.mapping, suggested_measures(proposal.mapping, tmp_path), tmp_path, TODAY
    )
    assert time.perf_counter() - began < 20
    assert sum(load.lines_loaded + load.lines_refused for load in seen.loads) == 50_000
