"""Cycles of the made-up marts and what became of them: every verdict, decision and kind of prediction once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.dashboard.mart_series import place_id

CYCLE_TABLE = """
place | no | measure | value | low | high | start | weeks | decision | question | learning
Ashfield | 1 | people_reached | 44.0 | 40.0 | 50.0 | 2026-03-02 | 8 | adapt | Do more people come if a neighbour asks at the door? | A neighbour's word brings families.
Ashfield | 2 | people_reached | 52.0 | 46.0 | 58.0 | 2026-09-07 | 10 |  | Do more people come on market day? |
Brook End | 1 | back_in_28_days | 0.6 | 0.55 | 0.7 | 2026-02-02 | 8 | abandon | Do leaflets bring people back? | Leaflets alone change nothing.
Brook End | 2 | back_in_28_days | 0.7 | 0.6 | 0.8 | 2026-10-05 | 12 |  | Does a phone call bring people back? |
Creekside | 1 | days_to_follow_up | 9.0 | 7.0 | 11.0 | 2026-08-03 | 12 | adapt | Does a home visit shorten the wait? | Visits queue behind one nurse.
Creekside | 2 | days_to_follow_up |  |  |  | 2026-10-05 | 8 |  | Does a phone call first shorten the wait? |
Millpond | 1 | days_to_follow_up | 10.0 | 8.0 | 11.0 | 2026-08-31 | 11 | adopt | Does a shared diary shorten the wait? | One diary, fewer lost bookings.
Saltmarsh | 1 | people_reached | 30.0 | 25.0 | 35.0 | 2026-10-12 | 12 |  | Will anyone come to the library? |
"""  # noqa: E501 - a table is read by its columns

#: Cycles whose prediction was sealed before Do, by the record that says so.
SEALED = {"creekside_1": "r05", "millpond_1": "r06", "ashfield_2": "r07", "saltmarsh_1": "r08"}


def cycles() -> list[dict[str, Any]]:
    """Return the rows of table cycle."""
    return [
        _cycle(*[cell.strip() for cell in line.split("|")]) for line in CYCLE_TABLE.strip().splitlines()[1:]
    ]


def _cycle(
    place: str, no: str, measure: str, value: str, low: str, high: str, start: str, weeks: str, *told: str
) -> dict[str, Any]:
    decision, question, learning = told
    begin = dt.date.fromisoformat(start)
    end = begin + dt.timedelta(weeks=int(weeks))
    return {
        "cycle_id": f"{place_id(place)}_{no}",
        "prototype_id": f"{place_id(place)}_pressure",
        "cycle_no": no,
        "question": question,
        "primary_measure": measure,
        "predicted_value": _number(value),
        "predicted_low": _number(low),
        "predicted_high": _number(high),
        "predicted_for": end,
        "do_start": begin,
        "do_end": end,
        "decision": decision or None,
        "decided_on": end + dt.timedelta(days=6) if decision else None,
        "learning": learning or None,
        "plan": "Ask in person, and write down who was asked." if no == "2" else None,
        "source": "record" if f"{place_id(place)}_{no}" in SEALED else "file",
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def results(state: str) -> list[dict[str, Any]]:
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
    return [_result(cycle, *full[cycle["cycle_id"]], state) for cycle in cycles()]


def _result(
    cycle: dict[str, Any],
    verdict: str,
    observed: float | None,
    before: float | None,
    low: float | None,
    high: float | None,
    points: int,
    state: str,
) -> dict[str, Any]:
    if state == "one_point":
        verdict, before, low, high, points = "not enough data", None, None, None, 1
    value, p_low, p_high = cycle["predicted_value"], cycle["predicted_low"], cycle["predicted_high"]
    inside = None if value is None or observed is None else bool(p_low <= observed <= p_high)
    words = {
        True: "The result fell inside the predicted range.",
        False: "The result fell outside the predicted range.",
    }
    receipt = [
        {
            "mark": "supports" if verdict in ("improved", "worsened") else "nothing",
            "label": "Interval",
            "words": "The 95% interval leaves out no change." if low else "No interval.",
        },
        {
            "mark": "supports" if inside else "nothing",
            "label": "Prediction",
            "words": words.get(inside, "No prediction was sealed."),
        },
        {"mark": "lowers", "label": "Other cycles", "words": "Another cycle ran at the same time."},
    ]
    return {
        "cycle_id": cycle["cycle_id"],
        "prototype_id": cycle["prototype_id"],
        "neighbourhood_id": cycle["prototype_id"].removesuffix("_pressure"),
        "cycle_no": cycle["cycle_no"],
        "measure_id": cycle["primary_measure"],
        "series_id": f"{cycle['primary_measure']}@{cycle['prototype_id']}",
        "do_start": cycle["do_start"],
        "do_end": cycle["do_end"],
        "n_do_points": points,
        "n_planned": 12,
        "n_missing": max(0, 12 - points),
        "n_baseline_points": 20 if before is not None else 0,
        "observed": observed,
        "before": before,
        "before_lower": None if before is None else before * 0.8,
        "before_upper": None if before is None else before * 1.2,
        "change": None if low is None or observed is None or before is None else observed - before,
        "change_low": low,
        "change_high": high,
        "change_scale": None if low is None else "difference",
        "p_value": 0.01 if verdict in ("improved", "worsened") else 0.4,
        "season_in_model": False,
        "signal_rules": "shift" if verdict == "improved" else None,
        "signal_direction": "up" if verdict == "improved" else None,
        "verdict": verdict,
        "reason": "The first line of the verdict table that holds.",
        "notes": "Weeks are not alike.\nOne place only.",
        "predicted_value": value,
        "predicted_low": p_low,
        "predicted_high": p_high,
        "prediction_inside": inside,
        "prediction_error": None if value is None or observed is None else observed - value,
        "is_sealed": cycle["cycle_id"] in SEALED,
        "is_released": True,
        "rule_set": "mdc",
        "rule_set_version": 1,
        "sentence": f"{verdict.capitalize()}: {observed} against {before} before.",
        "prediction_sentence": words.get(inside, "No prediction was sealed. This cycle cannot be scored."),
        "receipt": json.dumps(receipt),
        "is_headline": verdict == "improved" and cycle["cycle_id"] in ("ashfield_2", "brook_end_2"),
        "sentence_resident": f"{verdict.capitalize()}: {observed} against {before} before.",
        "sentence_clinician": f"{verdict.capitalize()}, by the rules of the verdict: {observed} against {before}.",
        "sentence_board": f"{verdict.capitalize()}.",
    }
