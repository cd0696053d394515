"""The food workbook and a filled template as LibreOffice saved them: another program's file reads as the first one's."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pipelines.mart import new_database, run_sql
from pipelines.measures import read_measures
from pipelines.sources import load_tables, read_folder, write_measures

HERE = Path(__file__).parent
SAVED = HERE / "saved_by_libreoffice"
PROJECT = HERE.parents[1]
TODAY = dt.date(2026, 11, 22)

#: Each week of each measure: what was counted, between what it lies, of how many sessions.
WEEKS = """SELECT measure_id, prototype_id, period_start, numerator, numerator_low, numerator_high,
                  denominator, denominator_low, denominator_high, n_sessions
           FROM observation ORDER BY ALL"""


def weeks(folder: Path, measures: Path) -> list[tuple[object, ...]]:
    """Read a data folder and return what its charts would stand on."""
    known = read_measures(measures)
    checked = read_folder(folder, known, today=TODAY)
    with new_database() as connection:
        load_tables(connection, checked)
        write_measures(connection, known)
        run_sql(connection, "observation")
        return connection.execute(WEEKS).fetchall()


def food_folder(folder: Path, log: Path) -> Path:
    """Return a folder with the food network's reference tables and one log."""
    (folder / "test_logs").mkdir(parents=True)
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        shutil.copy(HERE / name, folder / name)
    shutil.copy(log, folder / "test_logs" / f"food{log.suffix}")
    shutil.copy(HERE / "test_logs/excel_food_network.toml", folder / "test_logs/food.toml")
    return folder


@pytest.mark.parametrize("format_", ["xlsx", "xls", "ods"])
def test_the_food_workbook_saved_by_another_program_gives_the_same_weeks(tmp_path, format_):
    first = weeks(
        food_folder(tmp_path / "first", HERE / "test_logs/excel_food_network.xlsx"), HERE / "measures"
    )
    saved = weeks(food_folder(tmp_path / "saved", SAVED / f"food.{format_}"), HERE / "measures")
    assert len(first) > 100
    assert saved == first


@pytest.mark.parametrize("format_", ["xlsx", "xls", "ods", "csv"])
def test_a_template_filled_in_another_program_is_read_without_a_correction(tmp_path, format_):
    (tmp_path / "test_logs").mkdir()
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        shutil.copy(PROJECT / "data/sample" / name, tmp_path / name)
    shutil.copy(SAVED / f"barbers_filled.{format_}", tmp_path / "test_logs")
    checked = read_folder(tmp_path, read_measures(PROJECT / "data/measures"), today=TODAY)
    (load,) = [one for one in checked.loads if one.file.startswith("test_logs/") and one.lines_loaded]
    assert (load.lines_loaded, load.lines_refused) == (3, 0)
    told = weeks(tmp_path, PROJECT / "data/measures")
    checks = [row[2:6] for row in told if row[0] == "bp_checked"]
    assert checks == [
        (dt.date(2026, 9, 7), 22, 22, 22),
        (dt.date(2026, 9, 14), 2, 0, 4),
        (dt.date(2026, 9, 21), None, None, None),
    ]
