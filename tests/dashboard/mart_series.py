"""Series of the made-up marts: points, limits by the plain XmR recipe, signals and the summary, for each pattern."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

MEASURE_TABLE = """
measure_id | name | short_name | domain | kind | unit | period | better | target | level | spread | wall
people_reached | People reached at tests | People reached | reach | count | people a week | week | up |  | 40 | 6 | True
new_faces | People who came for the first time | New faces | reach | proportion | of people | week | neither |  | 0.38 | 0.04 | True
back_in_28_days | People back within 28 days | Back in 28 days | quality | proportion | of people | week | up | 0.6 | 0.54 | 0.05 | True
days_to_follow_up | Days from first reading to follow-up | Days to follow-up | quality | measurement | days | week | down | 14.0 | 12 | 2 | True
bp_to_target | Blood pressure brought to target | Blood pressure to target | impact | proportion | of people | month | up | 0.8 | 0.7 | 0.04 | True
someone_to_call_on | People with someone to call on | Someone to call on | impact | proportion | of people | week | up | 0.5 | 0.45 | 0.05 | True
volunteer_hours | Hours volunteers gave | Volunteer hours | balancing | count | hours a week | week | neither |  | 25 | 4 | False
"""  # noqa: E501 - a table is read by its columns


class Counted(NamedTuple):
    """A measure of the made-up marts; level and spread are in its stored unit."""

    name: str
    short_name: str
    domain: str
    kind: str
    unit: str
    period: str
    better: str
    target: float | None
    level: float
    spread: float
    wall: bool


def read_measures(table: str) -> dict[str, Counted]:
    """Read the table above, by measure_id."""
    read = {}
    for line in table.strip().splitlines()[1:]:
        measure_id, *words, target, level, spread, wall = [cell.strip() for cell in line.split("|")]
        read[measure_id] = Counted(
            *words, float(target) if target else None, float(level), float(spread), wall == "True"
        )
    return read


MEASURES = read_measures(MEASURE_TABLE)

PLACES = ("Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh")

#: What each cell shows: a pattern, a number of points, or None for no series; usual variation where not named.
PATTERNS: dict[tuple[str, str], Any] = {
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


def place_id(place: str) -> str:
    return place.lower().replace(" ", "_")


def add_series(
    tables: dict[str, list[dict[str, Any]]], prototype: dict[str, Any], measure_id: str, state: str
) -> None:
    place = next(name for name in PLACES if place_id(name) == prototype["neighbourhood_id"])
    second = prototype["prototype_id"] == "ashfield_walks"
    pattern: Any = PATTERNS.get((place, measure_id), "usual") if not second else "old"
    if pattern is None or (second and measure_id not in ("people_reached", "new_faces")):
        return
    count = {"one_point": 1}.get(
        state, pattern if isinstance(pattern, int) else 22 if MEASURES[measure_id].period == "month" else 58
    )
    points = _points(measure_id, prototype, pattern, count)
    tables["chart_point"] += points
    tables["chart_summary"].append(_summary(points, measure_id, prototype, pattern))


def _values(measure_id: str, pattern: Any, count: int, seed: int) -> np.ndarray:
    kind, level, spread = MEASURES[measure_id].kind, MEASURES[measure_id].level, MEASURES[measure_id].spread
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
    measure = MEASURES[measure_id]
    kind, period, better, target = measure.kind, measure.period, measure.better, measure.target
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
            {
                "series_id": f"{measure_id}@{prototype['prototype_id']}",
                "measure_id": measure_id,
                "prototype_id": prototype["prototype_id"],
                "neighbourhood_id": prototype["neighbourhood_id"],
                "position": position,
                "period_start": start,
                "period_end": end,
                "value": value,
                "numerator": None if value is None else value * 62 if denominator else value,
                "denominator": denominator,
                "n_sessions": int(value is not None or hidden),
                "is_gap": value is None and not hidden,
                "is_hidden": hidden,
                "hidden_reason": "held" if hidden else None,
                "target": target,
                "phase": 1,
                "is_baseline": limits is not None and position < 20,
                "is_excluded": False,
                "beyond_limits": rule == "beyond_limits",
                "two_of_three": False,
                "trend": rule == "trend",
                "shift": rule == "shift",
                "rule": rule,
                "point_type": _point_type(value, rule, limits, better),
                "words": _words(start, period, value, kind),
                **dict(
                    zip(
                        ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma"),
                        limits or (None,) * 5,
                        strict=True,
                    )
                ),
            }
        )
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
        steps = [b - a for a, b in pairwise(last) if a is not None and b is not None]
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
    return (
        f"{'Week of' if period == 'week' else 'Month from'} {start.day} {start:%B %Y}: {_show(value, kind)}."
    )


def _summary(
    points: list[dict[str, Any]], measure_id: str, prototype: dict[str, Any], pattern: Any
) -> dict[str, Any]:
    measure = MEASURES[measure_id]
    short, domain, kind, period = measure.short_name, measure.domain, measure.kind, measure.period
    better, target = measure.better, measure.target
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
        "series_id": points[0]["series_id"],
        "measure_id": measure_id,
        "prototype_id": prototype["prototype_id"],
        "neighbourhood_id": prototype["neighbourhood_id"],
        "domain": domain,
        "phase": 1,
        "is_latest_phase": True,
        "kind": "run" if not limits else "p" if kind == "proportion" else "i",
        "kind_reason": "The data type decides.",
        "rule_set": "mdc",
        "rule_set_version": 1,
        "period": period,
        "period_declared": period,
        "first_on": points[0]["period_start"],
        "last_on": points[-1]["period_start"],
        "n_points": len(seen),
        "n_gaps": sum(row["is_gap"] for row in points),
        "n_hidden": sum(row["is_hidden"] for row in points),
        "limits_state": state,
        "why_no_limits": None if limits else "no_data" if hidden else "start_up",
        "remedy": None,
        "baseline_rule": "before_cycle" if limits else None,
        "baseline_first_on": points[0]["period_start"] if limits else None,
        "baseline_last_on": points[min(19, len(points) - 1)]["period_start"] if limits else None,
        "baseline_n": min(20, len(seen)) if limits else 0,
        "centre_line": last["centre_line"] if last else None,
        "lower_limit": last["lower_limit"] if last else None,
        "upper_limit": last["upper_limit"] if last else None,
        "median": float(np.median([row["value"] for row in seen])) if seen else None,
        "latest_on": last["period_start"] if last else None,
        "latest_value": value,
        "latest_numerator": last["numerator"] if last else None,
        "latest_denominator": last["denominator"] if last else None,
        "variation": variation,
        "variation_rules": last["rule"] if last and variation != "too_few" else None,
        "assurance": assurance,
        "target": target,
        "better": better,
        "false_alarm_rate": 0.0147 if limits else None,
        "is_hidden": hidden,
        "hidden_reason": "held" if hidden else None,
        "why_hidden": "Counts of 1 to 7 could point to a person." if hidden else None,
        "from_rounded": measure_id == "bp_to_target",
        "release_note": "From rounded figures." if measure_id == "bp_to_target" else None,
        "sentence_short": sentence,
        "sentence": f"{short}: {sentence}",
        "sentence_long": f"{short}: {sentence} Limits come from the first weeks; nothing here says why.",
    }


def _variation(last: dict[str, Any]) -> str:
    end = "high" if last["value"] > last["centre_line"] else "low"
    names = {
        "improvement": "improvement",
        "concern": "concern",
        "special_high": "neutral",
        "special_low": "neutral",
    }
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


def period_of(row: dict[str, Any]) -> str:
    """Return the period of a point, which chart_point itself does not hold."""
    return str(MEASURES[row["measure_id"]].period)


def observation_of(row: dict[str, Any], period: str) -> dict[str, Any]:
    names = (
        "series_id",
        "measure_id",
        "prototype_id",
        "neighbourhood_id",
        "period_start",
        "period_end",
        "numerator",
        "denominator",
        "value",
        "n_sessions",
        "is_gap",
        "is_hidden",
        "hidden_reason",
    )
    return {name: row[name] for name in names} | {"period": period, "session_no": 1}
