"""The hypertension page in the made-up marts: steps, groups of people, funnels and worked notes, in each of its states.

Ashfield is the ordinary place, Brook End has no cascade file, Creekside has everything held back, Long Meadow one half-year
and no leak, Millpond as many groups as a file can name, Saltmarsh lies far below the others at one step.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

Rows = list[dict[str, Any]]

THEME = "hypertension"

#: measure | step | label | of whom | share | joins the step before; counts begin with 1,085 people a place.
STEPS = (
    ("cascade_measured", "measured", "Measured", "people offered a check", 0.94, False),
    ("cascade_raised", "raised", "Raised", "people measured", 0.30, True),
    ("cascade_offered", "confirmation_offered", "Home monitoring offered", "people with a raised reading", 0.93, True),
    ("back_in_28_days", "confirmed", "Confirmed", "people offered home monitoring", 0.53, True),
    ("cascade_treated", "treated", "Treated", "people on the register", 0.83, False),
    ("bp_to_target", "to_target", "To target", "people treated", 0.60, True),
)  # fmt: skip

HALF_YEARS = ((dt.date(2025, 4, 1), dt.date(2025, 9, 30)), (dt.date(2025, 10, 1), dt.date(2026, 3, 31)),
              (dt.date(2026, 4, 1), dt.date(2026, 9, 30)))  # fmt: skip

GROUPS = {
    "deprivation_fifth": ("Most deprived fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Least deprived fifth"),
    "sex": ("Women", "Men"),
    "age_band": ("18 to 39", "40 to 59", "60 to 79", "80 and over"),
    "ethnic_group": ("White British", "Bangladeshi", "Black African", "Arab", "Gypsy or Traveller"),
}  # fmt: skip
MANY = tuple(f"A group with a long name of its own, number {n}" for n in range(1, 15))
HELP = ("Family", "Neighbours", "Groups", "Services")

QUESTIONS = {
    "reach": ("Measured, of people eligible", 0.066, 900),
    "quality": ("Confirmed within 28 days, of people with a raised reading", 0.52, 120),
    "impact": ("To target, of people on the register", 0.64, 700),
    "help": ("Who gave help, of everybody helped", 0.25, 200),
}


def add_cascade(tables: dict[str, Rows]) -> None:
    """Add the rows of every table of the hypertension page."""
    places = [row["neighbourhood_id"] for row in tables["neighbourhood"]]
    tables["theme_step"] = [row for place in places for row in _steps(place)]
    tables["theme_sentence"] = [row for place in places for row in _sentences(place)]
    tables["funnel_point"] = [row for step in STEPS for row in _funnel(step, places)]
    tables["funnel_line"] = [row for step in STEPS for row in _lines(step)]
    tables["served_group"] = [row for place in (*places, "borough") for row in _groups(place)]
    tables["served_gap"] = [row for place in (*places, "borough") for row in _gaps(place)]
    tables["worked_note"] = [row for row, _ in _notes()]
    tables["worked_figure"] = [figure for _, figures in _notes() for figure in figures]


def wilson(reached: float, before: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share, as the screens are given it."""
    z, share = 1.959964, reached / before
    middle = (share + z * z / (2 * before)) / (1 + z * z / before)
    half = z / (1 + z * z / before) * math.sqrt(share * (1 - share) / before + z * z / (4 * before * before))
    return middle - half, middle + half


def _share(place: str, step: str, share: float) -> float:
    if place == "saltmarsh" and step == "confirmed":
        return 0.38
    return 1.0 if place == "long_meadow" and step != "raised" else share


def _steps(place: str) -> Rows:
    if place == "brook_end":
        return []
    rows, before = [], 1085.0
    for order, (measure_id, step, label, of_label, share, joins) in enumerate(STEPS, start=1):
        before = 410.0 if step == "treated" else before
        reached = round(before * _share(place, step, share))
        row = _step(place, order, reached, before)
        rows.append(
            row
            | {
                "measure_id": measure_id,
                "step": step,
                "label": label,
                "of_label": of_label,
                "joins_before": joins,
            }
        )
        before = reached
    for row in rows:
        if row["step"] == "raised":
            row |= {"n_lost": None, "share_lost": None}
        if row["step"] == "confirmed" and row["n_before"]:
            row |= {"n_before": row["n_before"] + 40, "n_not_due": 40.0}
            row |= {"first_on": dt.date(2026, 5, 1), "last_on": dt.date(2026, 7, 31)}
    losses = [row for row in rows if row["n_lost"] and row["step"] not in ("measured", "raised")]
    worst = max(losses, key=lambda row: row["share_lost"], default=None)
    if worst is not None and place != "creekside":
        worst["is_largest"] = True
    return [_leaking(row) if place == "saltmarsh" and row["step"] == "confirmed" else row for row in rows]  # fmt: skip


def _step(place: str, order: int, reached: float, before: float) -> dict[str, Any]:
    row = {"theme": THEME, "neighbourhood_id": place, "display_order": order, "n_points": 3, "n_hidden": 0,
           "is_largest": False, "from_rounded": place == "millpond"}  # fmt: skip
    counts: dict[str, Any] = dict.fromkeys(
        (
            "n_reached",
            "n_before",
            "n_lost",
            "share_lost",
            "share",
            "lower_95",
            "upper_95",
            "pooled_share",
            "beyond",
        )
    )
    if place == "creekside":
        return row | counts | {"n_points": 0, "n_hidden": 3}
    low, high = wilson(reached, before)
    return row | {
        "n_reached": reached, "n_before": before, "n_lost": before - reached, "share_lost": 1 - reached / before,
        "share": reached / before, "lower_95": low, "upper_95": high, "n_not_due": None,
        "first_on": dt.date(2026, 8, 1), "last_on": dt.date(2026, 10, 31), "pooled_share": 0.55, "beyond": "within",
    }  # fmt: skip


def _leaking(row: dict[str, Any]) -> dict[str, Any]:
    told = "At the borough's pooled share of 55%, 48 more people would be confirmed (31 to 64)."
    return row | {
        "beyond": "below 99.8",
        "n_more": 48.0,
        "n_more_low": 31.0,
        "n_more_high": 64.0,
        "leak": told,
    }


def _sentences(place: str) -> Rows:
    told = [
        ("Where are people lost?", "The biggest loss is before confirmation: of 285 people offered, 151 were confirmed."),
        ("Is it getting better, or is it chance?", "No evidence of change: 53% confirmed; the usual range is 37 to 60%."),
        ("What should we ask?", "Ask who calls back, and when."),
    ]  # fmt: skip
    return [
        {"theme": THEME, "neighbourhood_id": place, "display_order": order, "question": question, "sentence": sentence}
        for order, (question, sentence) in enumerate(told, start=1)
    ]  # fmt: skip


def _limits(share: float, before: float) -> dict[str, float]:
    sigma = math.sqrt(share * (1 - share) / before)
    bounds = {"95": 1.96, "998": 3.09}
    lower = {f"lower_{name}": max(0.0, share - z * sigma) for name, z in bounds.items()}
    return lower | {f"upper_{name}": min(1.0, share + z * sigma) for name, z in bounds.items()}


def _funnel(step: tuple[Any, ...], places: list[str]) -> Rows:
    measure_id, name, _, _, share, _ = step
    rows = []
    for order, place in enumerate(places, start=1):
        if place == "brook_end":
            continue
        row = {"theme": THEME, "measure_id": measure_id, "neighbourhood_id": place, "display_order": order}
        if place != "creekside":
            before = 200.0 + 60 * order
            own = _share(place, name, share) if place != "long_meadow" else share
            beyond = "below 99.8" if own < share else "within"
            row |= {
                "n_reached": round(before * own),
                "n_before": before,
                "share": own,
                "centre_line": share,
                "beyond": beyond,
            }
            row |= _limits(share, before)
        rows.append(row)
    return rows


def _lines(step: tuple[Any, ...]) -> Rows:
    measure_id, _, _, _, share, _ = step
    return [
        {"theme": THEME, "measure_id": measure_id, "n_before": float(n), "centre_line": share}
        | _limits(share, n)
        for n in range(200, 640, 20)
    ]


def _groups(place: str) -> Rows:
    if place == "brook_end":
        return []
    groups = GROUPS | ({"ethnic_group": MANY} if place == "millpond" else {})
    halves = HALF_YEARS[-1:] if place == "long_meadow" else HALF_YEARS
    rows = []
    for question in QUESTIONS:
        kinds = {"help_source": HELP} if question == "help" else groups
        for half in halves:
            for group_type, names in kinds.items():
                rows += [_group(place, question, half, group_type, names, at) for at in range(len(names))]
    return rows


def _group(
    place: str, question: str, half: tuple[dt.date, dt.date], group_type: str, names: Any, at: int
) -> dict[str, Any]:
    label, level, people = QUESTIONS[question]
    row = {
        "place_id": place, "question": question, "label": label, "period_start": half[0], "period_end": half[1],
        "is_latest": half == HALF_YEARS[-1], "group_type": group_type, "group": f"{group_type}_{at}", "group_name": names[at],
        "display_order": at + 1, "everyone": level, "is_fewer": False, "is_hidden": False, "from_rounded": place == "millpond",
    }  # fmt: skip
    if place == "creekside" or names[at] in ("Arab", "Gypsy or Traveller"):
        return row | {
            "is_hidden": True,
            "why_hidden": "held back",
            "everyone": None if place == "creekside" else level,
        }
    few = group_type == "deprivation_fifth" and at == 0 and place != "saltmarsh"
    served = round(people * level * (0.66 if few else 0.96 + 0.05 * (at % 3)))
    low, high = wilson(served, people)
    counted = {"n_served": served, "n_people": people, "share": served / people}
    return row | counted | {"lower_95": low, "upper_95": high, "is_fewer": few}


def _gaps(place: str) -> Rows:
    if place == "brook_end":
        return []
    halves = HALF_YEARS[-1:] if place == "long_meadow" else HALF_YEARS
    return [
        _gap(place, question, group_type, half, at)
        for question in ("reach", "quality", "impact")
        for group_type in GROUPS
        for at, half in enumerate(halves)
    ]


def _gap(
    place: str, question: str, group_type: str, half: tuple[dt.date, dt.date], at: int
) -> dict[str, Any]:
    gap = 0.042 - 0.006 * at
    row = {
        "place_id": place,
        "question": question,
        "group_type": group_type,
        "period_start": half[0],
        "period_end": half[1],
    }
    if place == "creekside":
        told = "Cannot yet tell: small numbers are held back."
        return row | {"n_groups": 0, "n_hidden": 5, "sentence": told}
    names = GROUPS[group_type]
    words = f"{names[0]} are served least and {names[-1].lower()} best: {100 * gap:.1f} points apart."
    row |= {"least": names[0], "best": names[-1], "gap": gap, "gap_low": gap - 0.02, "gap_high": gap + 0.02,
            "n_groups": len(names), "n_hidden": 0, "sentence": words}  # fmt: skip
    if group_type != "deprivation_fifth":
        return row
    told = f"{words} Slope index 3.1 points (1.2 to 5.0): more in the least deprived."
    slope = {"slope_index": 0.031, "slope_low": 0.012, "slope_high": 0.05}
    return row | slope | {"relative_index": 1.6, "relative_low": 1.2, "relative_high": 2.1, "sentence": told}


def _notes() -> list[tuple[dict[str, Any], Rows]]:
    told = [
        ("regression_to_the_mean", "A high first reading falls by itself",
         "Of people picked for a reading of 160 or more, the next is 7.0 mmHg lower with no help at all.",
         [("Expected with no help", 7.0, 6.1, 7.9, "mmHg"), ("Seen here", 8.4, 5.2, 11.6, "mmHg")]),
        ("finding_cases", "Finding more people lowers the share in control",
         "650 of 1,000 is 65%; find 100 more of whom 30 are in control, and 680 of 1,100 is 62%.",
         [("In control before", 650, None, None, "people"), ("In control after", 680, None, None, "people"),
          ("Share before", 65, None, None, "%"), ("Share after", 61.8, None, None, "%")]),
        ("winter", "Compare winter with winter", "Blood pressure is higher in winter.", []),
    ]  # fmt: skip
    return [
        (
            {"place_id": "borough", "note": note, "display_order": order, "title": title, "body": body},
            [_figure(note, at, figure) for at, figure in enumerate(figures, start=1)],
        )
        for order, (note, title, body, figures) in enumerate(told, start=1)
    ]


def _figure(note: str, order: int, figure: tuple[Any, ...]) -> dict[str, Any]:
    label, value, low, high, unit = figure
    return {"place_id": "borough", "note": note, "display_order": order, "label": label, "value": value, "low": low,
            "high": high, "unit": unit}  # fmt: skip
