"""Marts for the tests of the screens: real files with the schema's own columns, and made-up rows of every state.

`write_marts(folder, state)` publishes `shared/` and `true/`. The limits are worked out here by the plain XmR recipe, so
that the screens can be tested without the engine; nothing of this is ever shown as a result.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.mart import POINTER, SCHEMA_VERSION, publish

STATES = ("full", "one_point", "empty", "broken", "missing", "old")
UNTIL = dt.date(2026, 11, 22)
PLACES = ("Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh")

#: measure_id: name, short name, domain, kind, unit, period, better, target, level, spread, on the wall
MEASURES: dict[str, tuple[Any, ...]] = {
    "people_reached": ("People reached at tests", "People reached", "reach", "count", "people a week", "week", "up", None, 40, 6, True),
    "new_faces": ("People who came for the first time", "New faces", "reach", "proportion", "of people", "week", "neither", None, 0.38, 0.04, True),
    "back_in_28_days": ("People back within 28 days", "Back in 28 days", "quality", "proportion", "of people", "week", "up", 0.60, 0.54, 0.05, True),
    "days_to_follow_up": ("Days from first reading to follow-up", "Days to follow-up", "quality", "measurement", "days", "week", "down", 14.0, 12, 2, True),
    "bp_to_target": ("Blood pressure brought to target", "Blood pressure to target", "impact", "proportion", "of people", "month", "up", 0.80, 0.70, 0.04, True),
    "someone_to_call_on": ("People with someone to call on", "Someone to call on", "impact", "proportion", "of people", "week", "up", 0.50, 0.45, 0.05, True),
    "volunteer_hours": ("Hours volunteers gave", "Volunteer hours", "balancing", "count", "hours a week", "week", "neither", None, 25, 4, False),
}

#: What each cell shows; a cell not named here is usual variation.
PATTERNS = {
    ("Ashfield", "people_reached"): "shift_up",
    ("Ashfield", "someone_to_call_on"): 9,
    ("Brook End", "back_in_28_days"): "beyond_up",
    ("Creekside", "new_faces"): "shift_up",
    ("Creekside", "days_to_follow_up"): "beyond_up",
    ("Long Meadow", "people_reached"): "trend_down",
    ("Long Meadow", "bp_to_target"): 7,
    ("Long Meadow", "someone_to_call_on"): None,
    ("Millpond", "days_to_follow_up"): "shift_down",
    ("Millpond", "bp_to_target"): "beyond_up",
    ("Millpond", "new_faces"): "old",
    ("Saltmarsh", "people_reached"): 6,
    ("Saltmarsh", "new_faces"): 6,
    ("Saltmarsh", "back_in_28_days"): "hidden",
    ("Saltmarsh", "days_to_follow_up"): 5,
    ("Saltmarsh", "bp_to_target"): None,
    ("Saltmarsh", "someone_to_call_on"): None,
}


def write_marts(folder: Path, state: str = "full") -> Path:
    """Publish both marts in a state and return the folder that LEARNING_MARTS names."""
    for audience in ("shared", "true"):
        if state == "missing":
            continue
        tables = make_tables(state, audience)
        path = publish(folder / audience, f"{state}0001", lambda connection, tables=tables: _fill(connection, tables))
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
    tables["target"] = [_target(key) for key, row in MEASURES.items() if row[7] is not None]
    tables |= {"load": _loads(), "rejected_row": _rejected(audience), "locality_value": _localities()}
    tables |= {"cycle": _cycles(), "chart_summary": [], "chart_point": []}
    for prototype in tables["prototype"]:
        for measure_id in MEASURES:
            _add_series(tables, prototype, measure_id, state)
    tables["cycle_result"] = _results(state)
    tables["observation"] = [_observation(row, prototype_period(row)) for row in tables["chart_point"]]
    return tables


def _fill(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in tables.items():
        if rows:
            arrow = pa.Table.from_pylist(rows)
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
    }
    return [{"key": key, "value": value} for key, value in facts.items()]


def _id(place: str) -> str:
    return place.lower().replace(" ", "_")


def _neighbourhoods() -> list[dict[str, Any]]:
    return [
        {"neighbourhood_id": _id(place), "name": place, "display_order": order, "population": 39_800 - 900 * order,
         "wards": f"{place} North; {place} South", "pcn_code": None}
        for order, place in enumerate(PLACES, start=1)
    ]  # fmt: skip


def _prototypes() -> list[dict[str, Any]]:
    rows = [
        {"prototype_id": f"{_id(place)}_pressure", "neighbourhood_id": _id(place), "name": "Blood pressure checks at the market",
         "theme": "hypertension", "stage": "prototype", "started_on": dt.date(2025, 10, 6), "planned_every": "week"}
        for place in PLACES
    ]  # fmt: skip
    walks = {"prototype_id": "ashfield_walks", "neighbourhood_id": "ashfield", "name": "Walk and talk", "theme": "connection",
             "stage": "action", "started_on": dt.date(2026, 1, 5), "planned_every": "week"}  # fmt: skip
    return [*rows, walks]


def _measures() -> list[dict[str, Any]]:
    return [
        {"measure_id": key, "name": row[0], "short_name": row[1], "domain": row[2], "kind": row[3], "numerator": "attended",
         "denominator": "asked" if row[3] == "proportion" else None, "counts": "people", "unit": row[4], "period": row[5],
         "planned_every": row[5], "better": row[6], "baseline": "before_cycle", "disclosive": key == "bp_to_target",
         "no_entry_means_zero": False, "arrives": "as_counted", "lag_days": 0, "display_order": order, "wall": row[10],
         "prototypes": "*", "why": f"{row[0]}: it shows whether the test does what it is for.", "source": "made up"}
        for order, (key, row) in enumerate(MEASURES.items(), start=1)
    ]  # fmt: skip


def _target(measure_id: str) -> dict[str, Any]:
    return {"measure_id": measure_id, "from_on": dt.date(2025, 1, 1), "value": float(MEASURES[measure_id][7])}


def _loads() -> list[dict[str, Any]]:
    shared = {"reader": "test_log", "sha256": "0" * 64, "loaded_at": dt.datetime(2026, 11, 22, 9, 0), "personal_cells_dropped": 0}
    return [
        shared | {"load_id": "l1", "file": "sample/test_logs/ashfield.csv", "lines_read": 62, "lines_loaded": 58, "lines_refused": 2,
                  "lines_furniture": 2, "cells_missing": 1, "personal_cells_dropped": 3},
        shared | {"load_id": "l2", "file": "sample/test_logs/creekside.csv", "lines_read": 61, "lines_loaded": 60, "lines_refused": 0,
                  "lines_furniture": 1, "cells_missing": 0},
        shared | {"load_id": "l3", "file": "localities/healthy-life-expectancy.csv", "reader": "ons_explore", "lines_read": 101,
                  "lines_loaded": 100, "lines_refused": 0, "lines_furniture": 1, "cells_missing": 0},
    ]  # fmt: skip


def _rejected(audience: str) -> list[dict[str, Any]]:
    rows = [
        {"load_id": "l1", "file": "sample/test_logs/ashfield.csv", "line": 3, "column": "tested_on", "value": "tomorrow",
         "reason": '"tomorrow" is not a date. Write it as 2026-01-31.', "effect": "line refused"},
        {"load_id": "l1", "file": "sample/test_logs/ashfield.csv", "line": 17, "column": "attended", "value": "about 20",
         "reason": "This is not a whole number. Write 20.", "effect": "cell missing"},
        {"load_id": "l1", "file": "sample/test_logs/ashfield.csv", "line": 40, "column": None, "value": "07...",
         "reason": "This looks like a phone number. Keep personal data out of the log.", "effect": "line refused"},
        {"load_id": "l2", "file": "sample/test_logs/creekside.csv", "line": 9, "column": "attended", "value": "<b>12</b>",
         "reason": "Two records share a date and a place. Say which is right.", "effect": "held"},
    ]  # fmt: skip
    return rows if audience == "true" else [row | {"value": None} for row in rows]


def _localities() -> list[dict[str, Any]]:
    rows = []
    areas = (("E09000014", "Haringey", "borough", 62.4, 2.4), ("E12000007", "London", "region", 63.6, 0.4), ("E92000001", "England", "country", 63.1, 0.2))
    for code, name, geography, level, half in areas:
        for sex, plus in (("Female", 0.6), ("Male", -0.6)):
            for year in range(2011, 2023):
                value = level + plus + 0.25 * np.sin(year)
                rows.append(
                    {"area_code": code, "area_name": name, "geography": geography, "unit": "years",
                     "indicator": f"Healthy life expectancy at birth, {sex.lower()}", "period_start": dt.date(year, 1, 1),
                     "period_end": dt.date(year + 2, 12, 31), "value": float(value), "lower_95": float(value - half),
                     "upper_95": float(value + half), "source": "ONS, Explore Local Statistics", "released_on": dt.date(2025, 12, 10)}
                )  # fmt: skip
    return rows


def _cycles() -> list[dict[str, Any]]:
    def cycle(place: str, no: int, measure: str, predicted: tuple[float, float, float] | None, start: dt.date, weeks: int,
              decision: str | None, question: str, learning: str | None) -> dict[str, Any]:  # fmt: skip
        end = start + dt.timedelta(weeks=weeks)
        value, low, high = predicted or (None, None, None)
        return {"cycle_id": f"{_id(place)}_{no}", "prototype_id": f"{_id(place)}_pressure", "cycle_no": str(no), "question": question,
                "primary_measure": measure, "predicted_value": value, "predicted_low": low, "predicted_high": high,
                "predicted_for": end, "do_start": start, "do_end": end, "decision": decision,
                "decided_on": end + dt.timedelta(days=6) if decision else None, "learning": learning}  # fmt: skip

    day = dt.date
    return [
        cycle("Ashfield", 1, "people_reached", (44.0, 40.0, 50.0), day(2026, 3, 2), 8, "adapt", "Do more people come if a neighbour asks at the door?", "A neighbour's word brings families."),
        cycle("Ashfield", 2, "people_reached", (52.0, 46.0, 58.0), day(2026, 9, 7), 10, None, "Do more people come on market day?", None),
        cycle("Brook End", 1, "back_in_28_days", (0.6, 0.55, 0.7), day(2026, 2, 2), 8, "abandon", "Do leaflets bring people back?", "Leaflets alone change nothing."),
        cycle("Brook End", 2, "back_in_28_days", (0.7, 0.6, 0.8), day(2026, 10, 5), 12, None, "Does a phone call bring people back?", None),
        cycle("Creekside", 1, "days_to_follow_up", (9.0, 7.0, 11.0), day(2026, 8, 3), 12, "adapt", "Does a home visit shorten the wait?", "Visits queue behind one nurse."),
        cycle("Creekside", 2, "days_to_follow_up", None, day(2026, 10, 5), 8, None, "Does a phone call first shorten the wait?", None),
        cycle("Millpond", 1, "days_to_follow_up", (10.0, 8.0, 11.0), day(2026, 8, 31), 11, "adopt", "Does a shared diary shorten the wait?", "One diary, fewer lost bookings."),
        cycle("Saltmarsh", 1, "people_reached", (30.0, 25.0, 35.0), day(2026, 10, 12), 12, None, "Will anyone come to the library?", None),
    ]  # fmt: skip


def _results(state: str) -> list[dict[str, Any]]:
    full = {
        "ashfield_1": ("no evidence of change", 42.0, 41.0, -3.0, 5.0, 8),
        "ashfield_2": ("improved", 51.0, 41.0, 6.0, 14.0, 10),
        "brook_end_1": ("no evidence of change", 0.55, 0.54, -0.06, 0.08, 8),
        "brook_end_2": ("improved", 0.66, 0.54, 0.03, 0.2, 7),
        "creekside_1": ("worsened", 15.0, 12.0, 0.8, 5.2, 12),
        "creekside_2": ("check the data", None, 12.0, None, None, 7),
        "millpond_1": ("improved", 9.0, 12.0, -4.1, -1.9, 11),
        "saltmarsh_1": ("not enough data", 30.0, None, None, None, 6),
    }
    return [_result(cycle, *full[cycle["cycle_id"]], state) for cycle in _cycles()]


def _result(cycle: dict[str, Any], verdict: str, observed: float | None, before: float | None, low: float | None,
            high: float | None, points: int, state: str) -> dict[str, Any]:  # fmt: skip
    if state == "one_point":
        verdict, before, low, high, points = "not enough data", None, None, None, 1
    value, p_low, p_high = cycle["predicted_value"], cycle["predicted_low"], cycle["predicted_high"]
    inside = None if value is None or observed is None else bool(p_low <= observed <= p_high)
    words = {True: "The result fell inside the predicted range.", False: "The result fell outside the predicted range."}
    receipt = [
        {"mark": "supports" if verdict in ("improved", "worsened") else "nothing", "label": "Interval", "words": "The 95% interval leaves out no change." if low else "No interval."},
        {"mark": "supports" if inside else "nothing", "label": "Prediction", "words": words.get(inside, "No prediction was sealed.")},
        {"mark": "lowers", "label": "Other cycles", "words": "Another cycle ran at the same time."},
    ]  # fmt: skip
    return {
        "cycle_id": cycle["cycle_id"], "prototype_id": cycle["prototype_id"], "neighbourhood_id": cycle["prototype_id"].removesuffix("_pressure"),
        "cycle_no": cycle["cycle_no"], "measure_id": cycle["primary_measure"], "series_id": f"{cycle['primary_measure']}@{cycle['prototype_id']}",
        "do_start": cycle["do_start"], "do_end": cycle["do_end"], "n_do_points": points, "n_planned": 12, "n_missing": max(0, 12 - points),
        "n_baseline_points": 20 if before is not None else 0, "observed": observed, "before": before,
        "before_lower": None if before is None else before * 0.8, "before_upper": None if before is None else before * 1.2,
        "change": None if low is None or observed is None or before is None else observed - before, "change_low": low, "change_high": high,
        "change_scale": None if low is None else "difference", "p_value": 0.01 if verdict in ("improved", "worsened") else 0.4,
        "season_in_model": False, "signal_rules": "shift" if verdict == "improved" else None, "signal_direction": "up" if verdict == "improved" else None,
        "verdict": verdict, "reason": "The first line of the verdict table that holds.", "notes": "Weeks are not alike.\nOne place only.",
        "predicted_value": value, "predicted_low": p_low, "predicted_high": p_high, "prediction_inside": inside,
        "prediction_error": None if value is None or observed is None else observed - value, "is_sealed": False, "is_released": True,
        "rule_set": "mdc", "rule_set_version": 1, "sentence": f"{verdict.capitalize()}: {observed} against {before} before.",
        "prediction_sentence": words.get(inside, "No prediction was sealed. This cycle cannot be scored."), "receipt": json.dumps(receipt),
    }  # fmt: skip


def _add_series(tables: dict[str, list[dict[str, Any]]], prototype: dict[str, Any], measure_id: str, state: str) -> None:
    place = next(name for name in PLACES if _id(name) == prototype["neighbourhood_id"])
    second = prototype["prototype_id"] == "ashfield_walks"
    pattern: Any = PATTERNS.get((place, measure_id), "usual") if not second else "old"
    if pattern is None or (second and measure_id not in ("people_reached", "new_faces")):
        return
    count = {"one_point": 1}.get(state, pattern if isinstance(pattern, int) else 22 if MEASURES[measure_id][5] == "month" else 58)
    points = _points(measure_id, prototype, pattern, count)
    tables["chart_point"] += points
    tables["chart_summary"].append(_summary(points, measure_id, prototype, pattern))


def _values(measure_id: str, pattern: Any, count: int, seed: int) -> np.ndarray:
    kind, level, spread = MEASURES[measure_id][3], MEASURES[measure_id][8], MEASURES[measure_id][9]
    noise = np.clip(np.random.default_rng(seed).normal(0, 1, count), -1.6, 1.6)
    if count < 13:
        pattern = "usual"
    if pattern == "shift_up":
        noise[-11:] = np.abs(noise[-11:]) * 0.7 + 1.1
    elif pattern == "shift_down":
        noise[-10:] = -np.abs(noise[-10:]) * 0.5 - 0.9
    elif pattern == "trend_down":
        noise[-7:] = np.linspace(0.9, -2.1, 7)
    elif pattern == "beyond_up":
        noise[-1] = 5.2
    values = level + spread * noise
    return np.round(values, 3) if kind == "proportion" else np.round(values)


def _starts(period: str, count: int, behind: int) -> list[dt.date]:
    if period == "month":
        months = [2026 * 12 + 9 - behind - back for back in range(count)]
        return [dt.date(month // 12, month % 12 + 1, 1) for month in reversed(months)]
    return [dt.date(2026, 11, 16) - dt.timedelta(weeks=back + behind) for back in reversed(range(count))]


def _points(measure_id: str, prototype: dict[str, Any], pattern: Any, count: int) -> list[dict[str, Any]]:
    _, _, _, kind, _, period, better, target, *_ = MEASURES[measure_id]
    seed = sum(map(ord, measure_id + prototype["prototype_id"]))
    starts = _starts(period, count, 6 if pattern == "old" else 0)
    values: list[float | None] = [float(value) for value in _values(measure_id, pattern, count, seed)]
    gap = 30 if count > 40 and seed % 3 == 0 else None
    if gap is not None:
        values[gap] = None
    if pattern == "hidden":
        values = [None] * count
    limits = _limits(values) if count >= 13 and pattern != "hidden" else None
    rules = _rules(values, limits)
    rows = []
    for position, (start, value, rule) in enumerate(zip(starts, values, rules, strict=True)):
        end = _starts_next(start, period) - dt.timedelta(days=1)
        hidden = pattern == "hidden"
        denominator = 62.0 if kind == "proportion" and value is not None else None
        rows.append(
            {"series_id": f"{measure_id}@{prototype['prototype_id']}", "measure_id": measure_id, "prototype_id": prototype["prototype_id"],
             "neighbourhood_id": prototype["neighbourhood_id"], "position": position, "period_start": start, "period_end": end,
             "value": value, "numerator": None if value is None else value * 62 if denominator else value, "denominator": denominator,
             "n_sessions": int(value is not None or hidden), "is_gap": value is None and not hidden, "is_hidden": hidden,
             "hidden_reason": "small" if hidden else None, "target": target, "phase": 1, "is_baseline": limits is not None and position < 20,
             "is_excluded": False, "beyond_limits": rule == "beyond_limits", "two_of_three": False, "trend": rule == "trend",
             "shift": rule == "shift", "rule": rule, "point_type": _point_type(value, rule, limits, better), "words": _words(start, period, value, kind),
             **dict(zip(("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma"), limits or (None,) * 5, strict=True))}
        )  # fmt: skip
    return rows


def _starts_next(start: dt.date, period: str) -> dt.date:
    if period == "week":
        return start + dt.timedelta(weeks=1)
    return dt.date(start.year + start.month // 12, start.month % 12 + 1, 1)


def _limits(values: list[float | None]) -> tuple[float, float, float, float, float]:
    base = np.array([value for value in values[:20] if value is not None])
    centre, half = float(base.mean()), float(2.66 * np.abs(np.diff(base)).mean())
    return centre, centre - half, centre + half, centre - half * 2 / 3, centre + half * 2 / 3


def _rules(values: list[float | None], limits: tuple[float, ...] | None) -> list[str | None]:
    rules: list[str | None] = [None] * len(values)
    if limits is None:
        return rules
    centre, low, high = limits[:3]
    side, run = 0, []
    for index, value in enumerate(values):
        if value is None:
            continue
        now = int(np.sign(value - centre))
        side, run = (now, [*run, index]) if now == side else (now, [index])
        if len(run) >= 7:
            rules[index] = "shift"
            for back in run:
                rules[back] = rules[back] or "shift"
        if not low <= value <= high:
            rules[index] = "beyond_limits"
        last = [values[back] for back in range(max(0, index - 6), index + 1)]
        steps = [b - a for a, b in zip(last, last[1:], strict=False) if a is not None and b is not None]
        if len(steps) == 6 and (min(steps) > 0 or max(steps) < 0):
            for back in range(index - 6, index + 1):
                rules[back] = rules[back] if rules[back] == "beyond_limits" else "trend"
    return rules


def _point_type(value: float | None, rule: str | None, limits: tuple[float, ...] | None, better: str) -> str:
    if rule is None or value is None or limits is None:
        return "common_cause"
    high = value > limits[0]
    if better == "neither":
        return "special_high" if high else "special_low"
    return "improvement" if high == (better == "up") else "concern"


def _show(value: float | None, kind: str) -> str:
    return "no data" if value is None else f"{value * 100:.0f}%" if kind == "proportion" else f"{value:.0f}"


def _words(start: dt.date, period: str, value: float | None, kind: str) -> str:
    return f"{'Week of' if period == 'week' else 'Month from'} {start.day} {start:%B %Y}: {_show(value, kind)}."


def _summary(points: list[dict[str, Any]], measure_id: str, prototype: dict[str, Any], pattern: Any) -> dict[str, Any]:
    _, short, domain, kind, _, period, better, target, *_ = MEASURES[measure_id]
    seen = [row for row in points if row["value"] is not None]
    last = seen[-1] if seen else None
    limits = bool(last and last["centre_line"] is not None)
    hidden = pattern == "hidden"
    state = "none" if not limits else "provisional" if len(seen) < 20 else "established"
    variation = _variation(last) if limits and last else "none" if hidden else "too_few"
    assurance = _assurance(last, target, better) if limits and last else "empty"
    value = last["value"] if last else None
    sentence = _sentence(short, variation, last, kind)
    return {
        "series_id": points[0]["series_id"], "measure_id": measure_id, "prototype_id": prototype["prototype_id"],
        "neighbourhood_id": prototype["neighbourhood_id"], "domain": domain, "phase": 1, "is_latest_phase": True,
        "kind": "run" if not limits else "p" if kind == "proportion" else "i", "kind_reason": "The data type decides.", "rule_set": "mdc",
        "rule_set_version": 1, "period": period, "period_declared": period, "first_on": points[0]["period_start"], "last_on": points[-1]["period_start"],
        "n_points": len(seen), "n_gaps": sum(row["is_gap"] for row in points), "n_hidden": sum(row["is_hidden"] for row in points),
        "limits_state": state, "why_no_limits": None if limits else "no_data" if hidden else "start_up", "remedy": None,
        "baseline_rule": "before_cycle" if limits else None, "baseline_first_on": points[0]["period_start"] if limits else None,
        "baseline_last_on": points[min(19, len(points) - 1)]["period_start"] if limits else None, "baseline_n": min(20, len(seen)) if limits else 0,
        "centre_line": last["centre_line"] if last else None, "lower_limit": last["lower_limit"] if last else None,
        "upper_limit": last["upper_limit"] if last else None, "median": float(np.median([row["value"] for row in seen])) if seen else None,
        "latest_on": last["period_start"] if last else None, "latest_value": value, "latest_numerator": last["numerator"] if last else None,
        "latest_denominator": last["denominator"] if last else None, "variation": variation,
        "variation_rules": last["rule"] if last and variation != "too_few" else None, "assurance": assurance, "target": target, "better": better,
        "false_alarm_rate": 0.0147 if limits else None, "is_hidden": hidden, "hidden_reason": "small" if hidden else None, "from_rounded": measure_id == "bp_to_target",
        "release_note": "From rounded figures." if measure_id == "bp_to_target" else None, "sentence_short": sentence, "sentence": f"{short}: {sentence}",
        "sentence_long": f"{short}: {sentence} Limits come from the first weeks; nothing here says why.",
    }  # fmt: skip


def _variation(last: dict[str, Any]) -> str:
    end = "high" if last["value"] > last["centre_line"] else "low"
    names = {"improvement": "improvement", "concern": "concern", "special_high": "neutral", "special_low": "neutral"}
    return f"{names[last['point_type']]}_{end}" if last["point_type"] in names else "common_cause"


def _assurance(last: dict[str, Any], target: float | None, better: str) -> str:
    if target is None or better == "neither":
        return "empty"
    above, below = last["lower_limit"] > target, last["upper_limit"] < target
    if not above and not below:
        return "hit_or_miss"
    return "pass" if above == (better == "up") else "fail"


def _sentence(short: str, variation: str, last: dict[str, Any] | None, kind: str) -> str:
    if last is None:
        return "Small numbers; nothing can be shown."
    value = _show(last["value"], kind)
    if variation == "too_few":
        return f"{value}; too few points to tell."
    if variation == "common_cause":
        return f"{value}, within its usual range."
    what = {"shift": "seven or more on one side of its average", "trend": "seven points in a row one way"}
    return f"{value}, {what.get(last['rule'], 'outside its usual range')}."


def prototype_period(row: dict[str, Any]) -> str:
    """Return the period of a point, which chart_point itself does not hold."""
    return str(MEASURES[row["measure_id"]][5])


def _observation(row: dict[str, Any], period: str) -> dict[str, Any]:
    names = ("series_id", "measure_id", "prototype_id", "neighbourhood_id", "period_start", "period_end", "numerator",
             "denominator", "value", "n_sessions", "is_gap", "is_hidden", "hidden_reason")  # fmt: skip
    return {name: row[name] for name in names} | {"period": period, "session_no": 1}
