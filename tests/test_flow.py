"""A measure's journey: one line of a CSV file becomes one plotted point with the same number."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Store
from pipelines.build import build
from pipelines.mart import open_read_only

PROJECT = Path(__file__).parent.parent
MONDAY = dt.date(2026, 1, 5)
ODD_ONE = MONDAY + dt.timedelta(weeks=5)


@pytest.fixture
def folder(tmp_path) -> Path:
    """The smallest data folder: one neighbourhood, one prototype, one measure, one session a week."""
    data = tmp_path / "data"
    (data / "test_logs").mkdir(parents=True)
    (data / "measures").mkdir()
    (data / "neighbourhoods.csv").write_text(
        "neighbourhood_id,name,display_order,population,wards,pcn_code\nashfield,Ashfield,1,40000,Abbey,\n"
    )
    (data / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        "barber,ashfield,Barber,hypertension,prototype,2026-01-05,week\n"
    )
    (data / "cycles.csv").write_text(
        "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
        "predicted_for,do_start,do_end,decision,decided_on,learning\n"
    )
    (data / "measures/said_yes.toml").write_text(
        'id = "said_yes"\nname = "Said yes"\ndomain = "quality"\nkind = "proportion"\nnumerator = "bp_checked"\n'
        'denominator = "attended"\ncounts = "people"\nunit = "%"\nperiod = "week"\nbetter = "up"\n'
        'disclosive = false\nprototypes = ["*"]\nwhy = "w"\nsource = "s"\n'
    )
    lines = ["neighbourhood_id,prototype_id,tested_on,place,place_type,attended,bp_checked"]
    lines += [f"ashfield,barber,{MONDAY + dt.timedelta(weeks=week)},Fade,barber,22,18" for week in range(14)]
    lines[6] = f"ashfield,barber,{ODD_ONE},Fade,barber,41,7"
    (data / "test_logs/ashfield.csv").write_text("\n".join(lines) + "\n")
    return data


def test_one_line_of_a_log_becomes_one_row_with_the_same_number(folder, tmp_path):
    built = build(folder, tmp_path / "marts")
    points = Store(built.shared_mart).points("said_yes@barber")
    assert len(points) == 14
    point = points[points["period_start"].astype(str) == str(ODD_ONE)].iloc[0]
    assert (point["numerator"], point["denominator"], point["value"]) == (7, 41, 7 / 41)
    assert point["words"].startswith("Week of 9 February 2026: 7 of 41, 17%.")


def test_that_row_becomes_one_dot_on_the_screen_with_the_same_number(folder, tmp_path, monkeypatch):
    build(folder, tmp_path / "marts")
    monkeypatch.setenv("LEARNING_MARTS", str(tmp_path / "marts"))
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=30)
    app.query_params["neighbourhood"] = "ashfield"
    app.query_params["weeks"] = "all"
    app.run()
    app.switch_page("dashboard/pages/neighbourhood.py").run()
    assert not app.exception
    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    drawn = [trace for figure in figures for trace in figure["data"] if trace.get("name") == "value"]
    assert len(drawn) == 1
    assert [y for y in drawn[0]["y"] if y is not None and y < 0.5] == [pytest.approx(7 / 41)]


def test_the_line_of_the_file_behind_a_point_can_be_found(folder, tmp_path):
    built = build(folder, tmp_path / "marts")
    connection = open_read_only(built.true_mart)
    rows = connection.execute(
        "SELECT file, line, count FROM test_count WHERE tested_on = ? AND item = 'bp_checked'", [ODD_ONE]
    ).fetchall()
    connection.close()
    assert rows == [("test_logs/ashfield.csv", 7, 7.0)]
