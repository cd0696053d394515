"""Marts for the tests of the screens: real files with the schema's own columns, and made-up rows of every state.

`write_marts(folder, state)` publishes `shared/` and `true/`. `mart_series.py` works out the limits by the plain
XmR recipe, so that the screens can be tested without the engine; nothing of this is ever shown as a result.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.mart import POINTER, SCHEMA_VERSION, publish
from tests.dashboard.mart_cascade import add_cascade
from tests.dashboard.mart_cycles import cycles, results
from tests.dashboard.mart_news import add_news
from tests.dashboard.mart_records import add_records
from tests.dashboard.mart_series import MEASURES, PLACES, add_series, observation_of, period_of, place_id

STATES = ("full", "one_point", "empty", "broken", "missing", "old")
UNTIL = dt.date(2026, 11, 22)


def write_marts(folder: Path, state: str = "full") -> Path:
    """Publish both marts in a state and return the folder that LEARNING_MARTS names."""
    for audience in ("shared", "true"):
        if state == "missing":
            continue
        tables = make_tables(state, audience)
        path = publish(
            folder / audience, f"{state}0001", lambda connection, tables=tables: _fill(connection, tables)
        )
        if state == "broken":
            path.write_bytes(b"this is not a database")
            (folder / audience / POINTER).write_text(path.name, encoding="utf-8")
    return folder


def make_tables(state: str, audience: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table, by table name."""
    tables: dict[str, list[dict[str, Any]]] = {"mart_info": _info(state, audience)}
    if state in ("empty", "broken"):
        return tables
    tables |= {"neighbourhood": _neighbourhoods(), "prototype": _prototypes(), "measure": _measures()}
    tables["target"] = [_target(key) for key, row in MEASURES.items() if row.target is not None]
    tables |= {"load": _loads(), "rejected_row": _rejected(audience), "locality_value": _localities()}
    tables |= {"cycle": cycles(), "chart_summary": [], "chart_point": []}
    for prototype in tables["prototype"]:
        for measure_id in MEASURES:
            add_series(tables, prototype, measure_id, state)
    tables["cycle_result"] = results(state)
    tables["observation"] = [observation_of(row, period_of(row)) for row in tables["chart_point"]]
    add_records(tables, audience)
    if state == "full":
        add_news(tables)
    add_cascade(tables)
    if audience == "true":
        tables["test_count"] = _test_counts()
    tables |= {"guess": _guesses(), "upload": _uploads()}
    tables["point_source"] = [
        _source(row, n) for n, row in enumerate(tables["chart_point"]) if not row["is_gap"]
    ]
    return tables


def _fill(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in tables.items():
        if rows:
            names = dict.fromkeys(name for row in rows for name in row)
            arrow = pa.Table.from_pylist([{column: row.get(column) for column in names} for row in rows])
            connection.register("rows_to_add", arrow)
            connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM rows_to_add')
            connection.unregister("rows_to_add")


def _info(state: str, audience: str) -> list[dict[str, Any]]:
    facts = {
        "schema_version": str(SCHEMA_VERSION - 1 if state == "old" else SCHEMA_VERSION),
        "audience": audience,
        "content_hash": f"{state}0001",
        "rule_set": "mdc",
        "rule_set_version": "1",
        "made_up": "true",
        "data_until": "" if state in ("empty", "broken") else UNTIL.isoformat(),
        "sources": "sample",
        "records_head": "c0ffee" * 10 + "c0de",
        "n_records": "0" if state in ("empty", "broken") else "21",
    }
    return [{"key": key, "value": value} for key, value in facts.items()]


def _neighbourhoods() -> list[dict[str, Any]]:
    return [
        {
            "neighbourhood_id": place_id(place),
            "name": place,
            "display_order": order,
            "population": 39_800 - 900 * order,
            "wards": f"{place} North; {place} South",
            "pcn_code": None,
        }
        for order, place in enumerate(PLACES, start=1)
    ]


def _prototypes() -> list[dict[str, Any]]:
    rows = [
        {
            "prototype_id": f"{place_id(place)}_pressure",
            "neighbourhood_id": place_id(place),
            "name": "Blood pressure checks at the market",
            "theme": "hypertension",
            "stage": "prototype",
            "started_on": dt.date(2025, 10, 6),
            "planned_every": "week",
        }
        for place in PLACES
    ]
    walks = {
        "prototype_id": "ashfield_walks",
        "neighbourhood_id": "ashfield",
        "name": "Walk and talk",
        "theme": "connection",
        "stage": "action",
        "started_on": dt.date(2026, 1, 5),
        "planned_every": "week",
    }
    return [*rows, walks]


def _measures() -> list[dict[str, Any]]:
    return [
        {
            "measure_id": key,
            "name": row.name,
            "short_name": row.short_name,
            "domain": row.domain,
            "kind": row.kind,
            "numerator": "attended",
            "denominator": "asked" if row.kind == "proportion" else None,
            "counts": "people",
            "unit": row.unit,
            "period": row.period,
            "planned_every": row.period,
            "better": row.better,
            "baseline": "before_cycle",
            "disclosive": key == "bp_to_target",
            "no_entry_means_zero": False,
            "never_negative": False,
            "arrives": "as_counted",
            "lag_days": 0,
            "display_order": order,
            "wall": row.wall,
            "prototypes": "*",
            "why": f"{row.name}: it shows whether the test does what it is for.",
            "source": "made up",
        }
        for order, (key, row) in enumerate(MEASURES.items(), start=1)
    ]


def _target(measure_id: str) -> dict[str, Any]:
    return {"measure_id": measure_id, "from_on": dt.date(2025, 1, 1), "value": MEASURES[measure_id].target}


def _loads() -> list[dict[str, Any]]:
    shared = {
        "reader": "test_log",
        "sha256": "0" * 64,
        "loaded_at": dt.datetime(2026, 11, 22, 9, 0),
        "personal_cells_dropped": 0,
    }
    return [
        shared
        | {
            "load_id": "l1",
            "file": "sample/test_logs/ashfield.csv",
            "lines_read": 62,
            "lines_loaded": 58,
            "lines_refused": 2,
            "lines_furniture": 2,
            "cells_missing": 1,
            "personal_cells_dropped": 3,
            "sheet": "Jan-Mar 26",
            "who": "Ana <b>Bell</b>",
            "received_at": dt.datetime(2026, 11, 20, 14, 5),
        },
        shared
        | {
            "load_id": "l2",
            "file": "sample/test_logs/creekside.csv",
            "lines_read": 61,
            "lines_loaded": 60,
            "lines_refused": 0,
            "lines_furniture": 1,
            "cells_missing": 0,
        },
        shared
        | {
            "load_id": "l3",
            "file": "localities/healthy-life-expectancy.csv",
            "reader": "ons_explore",
            "lines_read": 101,
            "lines_loaded": 100,
            "lines_refused": 0,
            "lines_furniture": 1,
            "cells_missing": 0,
        },
    ]


def _rejected(audience: str) -> list[dict[str, Any]]:
    rows = [
        {
            "load_id": "l1",
            "file": "sample/test_logs/ashfield.csv",
            "line": 3,
            "column": "tested_on",
            "value": "tomorrow",
            "reason": '"tomorrow" is not a date. Write it as 2026-01-31.',
            "effect": "line refused",
        },
        {
            "load_id": "l1",
            "file": "sample/test_logs/ashfield.csv",
            "line": 17,
            "column": "attended",
            "value": "about 20",
            "reason": "This is not a whole number. Write 20.",
            "effect": "cell missing",
        },
        {
            "load_id": "l1",
            "file": "sample/test_logs/ashfield.csv",
            "line": 40,
            "column": None,
            "value": "07...",
            "reason": "This looks like a phone number. Keep personal data out of the log.",
            "effect": "line refused",
        },
        {
            "load_id": "l2",
            "file": "sample/test_logs/creekside.csv",
            "line": 9,
            "column": "attended",
            "value": "<b>12</b>",
            "reason": "Two records share a date and a place. Say which is right.",
            "effect": "held",
        },
    ]
    return rows if audience == "true" else [row | {"value": None} for row in rows]


def _localities() -> list[dict[str, Any]]:
    rows = []
    areas = (
        ("E09000014", "Haringey", "borough", 62.4, 2.4),
        ("E12000007", "London", "region", 63.6, 0.4),
        ("E92000001", "England", "country", 63.1, 0.2),
    )
    for code, name, geography, level, half in areas:
        for sex, plus in (("Female", 0.6), ("Male", -0.6)):
            for year in range(2011, 2023):
                value = level + plus + 0.25 * np.sin(year)
                rows.append(
                    {
                        "area_code": code,
                        "area_name": name,
                        "geography": geography,
                        "unit": "years",
                        "indicator": f"Healthy life expectancy at birth, {sex.lower()}",
                        "period_start": dt.date(year, 1, 1),
                        "period_end": dt.date(year + 2, 12, 31),
                        "value": float(value),
                        "lower_95": float(value - half),
                        "upper_95": float(value + half),
                        "source": "ONS, Explore Local Statistics",
                        "released_on": dt.date(2025, 12, 10),
                    }
                )
    return rows


def _source(point: dict[str, Any], n: int) -> dict[str, Any]:
    """Return where a point comes from: the first load, a line of its own."""
    return {
        "series_id": point["series_id"],
        "tested_on": point["period_start"],
        "load_id": "l1",
        "file": "sample/test_logs/ashfield.csv",
        "sheet": "Jan-Mar 26",
        "line": 2 + n,
    }


def _test_counts() -> list[dict[str, Any]]:
    held = {
        "load_id": "l1",
        "file": "sample/test_logs/ashfield.csv",
        "neighbourhood_id": "ashfield",
        "item": "attended",
    }
    told = [
        ("Library", dt.date(2026, 10, 5)),
        ("Market square", dt.date(2026, 11, 16)),
        (None, dt.date(2026, 11, 17)),
    ]
    return [
        held
        | {"prototype_id": "ashfield_pressure", "line": line, "tested_on": day, "place": place, "count": 40.0}
        for line, (place, day) in enumerate(told, start=2)
    ]


def _guesses() -> list[dict[str, Any]]:
    return [
        {
            "load_id": "l1",
            "file": "sample/test_logs/ashfield.csv",
            "sheet": "Jan-Mar 26",
            "column": "When",
            "what": "3/4/2026 is 4 March: the month stands first.",
            "evidence": "4/16/2026 can only be 16 April.",
            "overrule": 'dates = "day-first"',
        }
    ]


def _uploads() -> list[dict[str, Any]]:
    kept = {"file": "sample/test_logs/ashfield.csv", "n_bytes": 12_345}
    return [
        kept
        | {
            "received_at": dt.datetime(2026, 11, 18, 9, 30),
            "who": None,
            "sha256": "1" * 64,
            "replaced_by": "0" * 64,
        },
        kept
        | {
            "received_at": dt.datetime(2026, 11, 20, 14, 5),
            "who": "Ana <b>Bell</b>",
            "sha256": "0" * 64,
            "replaced_by": None,
        },
    ]
