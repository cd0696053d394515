"""Every plotted point leads back to lines whose cells, read again without any of our readers, give its numbers.

In the shared mart a released series leads back to its files only: in a log with a line a person, the number of lines
is a number of people.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.build import build
from pipelines.mart import open_read_only
from pipelines.measures import write_measure

HEADING = [
    "neighbourhood_id",
    "prototype_id",
    "tested_on",
    "place",
    "place_type",
    "cycle_no",
    "asked",
    "said_yes",
    "weight",
]
#: What cells say, for the twin; anything else is no number.
MEANT = {"<5": 2.0, "~20": 20.0, "10-12": 11.0} | {str(n): float(n) for n in range(61)}
BASE = {
    "domain": "reach", "unit": "a week", "better": "up", "disclosive": False, "prototypes": ["*"],
    "why": "Because.", "source": "Counted.",
}  # fmt: skip
MEASURES = [
    {"id": "asked_a_week", "kind": "count", "numerator": "asked", "period": "week"},
    {"id": "yes_share", "kind": "proportion", "numerator": "said_yes", "denominator": "asked", "period": "4-week"},
    {"id": "yes_told", "kind": "count", "numerator": "said_yes", "period": "week", "disclosive": True},
    {"id": "weight_mean", "kind": "measurement", "numerator": "weight", "period": "month"},
    {"id": "both", "kind": "i", "numerator": "said_yes + weight", "period": "week"},
]  # fmt: skip
MONDAY = dt.date(2025, 1, 6)

CELL = st.sampled_from([*MEANT, "", "n/a", "lots", "*"]) | st.integers(0, 60).map(str)


@st.composite
def logs(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Two logs of a prototype or two: sessions of many, or a line a person on a few days."""
    found = {}
    for file in ("one", "two")[: draw(st.integers(1, 2))]:
        persons = draw(st.booleans())
        cells = st.sampled_from(["1", "0", ""]) if persons else CELL
        rows = []
        for n in range(draw(st.integers(5, 40))):
            day = MONDAY + dt.timedelta(days=draw(st.integers(0, 60 if persons else 300)))
            place = f"Place {n}" if persons else "Hall"
            rows.append(["ash", draw(st.sampled_from(["ash_a", "ash_b"])), str(day), place, "hall", "1"])
            rows[-1] += [draw(cells), draw(cells), draw(cells)]
        found[f"test_logs/{file}.csv"] = rows
    return found


def built(rows: dict[str, list[list[str]]], root: Path) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Build a data folder of these logs; return points and sources by audience."""
    inbox = root / "inbox"
    (inbox / "test_logs").mkdir(parents=True)
    (inbox / "measures").mkdir()
    (inbox / "neighbourhoods.csv").write_text("neighbourhood_id,name,display_order\nash,Ash,1\n")
    prototypes = "prototype_id,neighbourhood_id,name,theme,stage,planned_every\n"
    (inbox / "prototypes.csv").write_text(
        prototypes + "ash_a,ash,A,food,model,week\nash_b,ash,B,food,model,week\n"
    )
    for measure in MEASURES:
        text = write_measure({**BASE, "name": str(measure["id"]), **measure})
        (inbox / "measures" / f"{measure['id']}.toml").write_text(text)
    for file, lines in rows.items():
        with (inbox / file).open("w", newline="") as handle:
            csv.writer(handle).writerows([HEADING, *lines])
    made = build(root, root / "marts")
    return {"true": tables(made.true_mart), "shared": tables(made.shared_mart)}


def tables(mart: Path) -> dict[str, list[dict[str, Any]]]:
    connection = open_read_only(mart)
    try:
        return {
            name: connection.sql(f"FROM {name}").to_arrow_table().to_pylist()
            for name in ("chart_point", "chart_summary", "point_source", "load")
        }
    finally:
        connection.close()


def assert_leads_back(
    mart: dict[str, list[dict[str, Any]]], rows: dict[str, list[list[str]]], series: set[str]
) -> None:
    """Every number of every point of these series is the sum of the cells on the lines that it names."""
    lines = defaultdict(list)
    for source in mart["point_source"]:
        lines[source["series_id"]].append(source)
    load_ids = {load["file"]: load["load_id"] for load in mart["load"]}
    by_id = {str(measure["id"]): measure for measure in MEASURES}
    for point in (point for point in mart["chart_point"] if point["series_id"] in series):
        own = [
            source
            for source in lines[point["series_id"]]
            if point["period_start"] <= source["tested_on"] <= point["period_end"]
        ]
        assert all(source["load_id"] == load_ids[source["file"]] for source in own)
        if point["numerator"] is None:
            continue
        cells = [dict(zip(HEADING, rows[s["file"]][s["line"] - 2], strict=True)) for s in own]
        assert all(cell["prototype_id"] == point["prototype_id"] for cell in cells)
        assert all(str(s["tested_on"]) == cell["tested_on"] for s, cell in zip(own, cells, strict=True))
        measure = by_id[point["measure_id"]]
        assert point["numerator"] == pytest.approx(total(cells, str(measure["numerator"])))
        if point["denominator"] is not None and "denominator" in measure:
            assert point["denominator"] == pytest.approx(total(cells, str(measure["denominator"])))


def total(cells: list[dict[str, str]], counted: str) -> float:
    return sum(MEANT[cell[item]] for cell in cells for item in counted.split(" + "))


def assert_tells_files_only(
    mart: dict[str, list[dict[str, Any]]], rows: dict[str, list[list[str]]], series: set[str]
) -> None:
    """What stands behind a released series follows from its points and from the days of the logs alone."""
    found = {
        (s["series_id"], s["tested_on"], s["file"], s["line"])
        for s in mart["point_source"]
        if s["series_id"] in series
    }
    days = {(file, row[1], dt.date.fromisoformat(row[2])) for file, lines in rows.items() for row in lines}
    allowed = {
        (point["series_id"], point["period_start"], file, None)
        for point in mart["chart_point"]
        for file, prototype, day in days
        if point["prototype_id"] == prototype and point["period_start"] <= day <= point["period_end"]
    }
    assert found <= allowed


def check(rows: dict[str, list[list[str]]]) -> tuple[int, int]:
    """Check both marts; return how many points of the true and of released series there were."""
    with tempfile.TemporaryDirectory() as name:
        marts = built(rows, Path(name))
    every = {point["series_id"] for point in marts["true"]["chart_point"]}
    released = {
        row["series_id"]
        for row in marts["shared"]["chart_summary"]
        if row["from_rounded"] or row["is_hidden"]
    }
    plain = {row["series_id"] for row in marts["shared"]["chart_summary"]} - released
    assert all(series.split("@")[0] not in ("yes_told", "yes_share", "both") for series in plain)
    assert_leads_back(marts["true"], rows, every)
    assert_leads_back(marts["shared"], rows, plain)
    assert_tells_files_only(marts["shared"], rows, released)
    return len(marts["true"]["chart_point"]), len(released)


#: No shrinking: each example is a build.
CALM = {
    "phases": (Phase.explicit, Phase.generate),
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}


@settings(max_examples=5, **CALM)
@given(logs())
def test_every_point_leads_back_to_lines_that_give_its_numbers(rows):
    check(rows)


@pytest.mark.slow
@settings(max_examples=80, **CALM)
@given(logs())
def test_every_point_of_many_logs_leads_back_to_lines_that_give_its_numbers(rows):
    check(rows)


def test_the_lines_of_a_log_with_a_line_a_person_do_not_tell_a_hidden_count():
    """Three said yes in the first week, which is shown as "1 to 7": three lines would say how many."""
    day = lambda n: str(MONDAY + dt.timedelta(days=7 * (n // 12)))  # noqa: E731
    yes = [3, *[11] * 19]
    rows = [
        ["ash", "ash_a", day(n), f"Place {n}", "hall", "1", "1", "1" if n % 12 < yes[n // 12] else "", ""]
        for n in range(240)
    ]
    n_points, n_released = check({"test_logs/one.csv": rows})
    assert n_points > 40
    assert n_released >= 2
