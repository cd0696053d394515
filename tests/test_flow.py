"""A measure's journey: one line of a CSV file becomes one plotted point with the same number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard.figures.control_chart import control_chart
from dashboard.store import Store
from pipelines.build import build

MONDAY = dt.date(2026, 1, 5)


@pytest.fixture
def folder(tmp_path) -> Path:
    """The smallest data folder: one neighbourhood, one prototype, two measures, one session a week."""
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "measures").mkdir()
    (tmp_path / "neighbourhoods.csv").write_text(
        "neighbourhood_id,name,display_order,population,wards,pcn_code\nashfield,Ashfield,1,40000,Abbey,\n"
    )
    (tmp_path / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        "barber,ashfield,Barber,hypertension,prototype,2026-01-05,week\n"
    )
    (tmp_path / "cycles.csv").write_text(
        "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,predicted_for,"
        "do_start,do_end,decision,decided_on,learning\n"
    )
    (tmp_path / "measures/said_yes.toml").write_text(
        'id = "said_yes"\nname = "Said yes"\ndomain = "quality"\nkind = "proportion"\nnumerator = "bp_checked"\n'
        'denominator = "attended"\ncounts = "people"\nunit = "%"\nperiod = "week"\nbetter = "up"\ndisclosive = false\n'
        'prototypes = ["*"]\nwhy = "w"\nsource = "s"\n'
    )
    lines = ["neighbourhood_id,prototype_id,tested_on,place,place_type,attended,bp_checked"]
    lines += [f"ashfield,barber,{MONDAY + dt.timedelta(weeks=week)},Fade,barber,22,18" for week in range(14)]
    lines[6] = f"ashfield,barber,{MONDAY + dt.timedelta(weeks=5)},Fade,barber,41,7"
    (tmp_path / "test_logs/ashfield.csv").write_text("\n".join(lines) + "\n")
    return tmp_path


def test_one_line_of_a_log_becomes_one_dot_with_the_same_number(folder, tmp_path):
    built = build(folder, tmp_path / "marts")
    store = Store(built.shared_mart)
    points = store.points("said_yes@barber")
    point = points[points["period_start"].astype(str) == str(MONDAY + dt.timedelta(weeks=5))].iloc[0]
    assert (point["numerator"], point["denominator"], point["value"]) == (7, 41, 7 / 41)
    figure = control_chart(points, store.summary("said_yes@barber"))
    drawn = [float(y) for trace in figure.data if trace.y is not None and "markers" in (trace.mode or "") for y in trace.y]
    assert sum(y == pytest.approx(7 / 41) for y in drawn) == 1
    assert "7 of 41, 17%" in point["words"]


def test_the_line_behind_a_point_can_be_found(folder, tmp_path):
    built = build(folder, tmp_path / "marts")
    rows = Store(built.true_mart).ask(
        "SELECT file, line, count FROM test_count WHERE tested_on = ? AND item = 'bp_checked'",
        [MONDAY + dt.timedelta(weeks=5)],
    )
    assert rows["count"].tolist() == [7]
    assert rows["line"].tolist() == [7]
    assert rows["file"].iloc[0].endswith("ashfield.csv")
