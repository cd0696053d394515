"""What changed in the made-up marts, each kind once or more, kept or not; and three meetings, the last of them open.

The last meeting that ended was held on 27 October 2026 and looked back to 29 September.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.dashboard.mart_series import place_id

Rows = list[dict[str, Any]]

UNTIL = dt.date(2026, 11, 22)

#: The last meeting that ended; what is kept is kept for every day up to it.
LAST_MEETING = dt.date(2026, 10, 27)

SIGNAL_CHOICES = "keep going,find the cause,stop the cycle"
CYCLE_CHOICES = "adopt,adapt,abandon,continue"

#: kind | place | measure | cycle no. | happened on | direction | open | title | sentence | question | choices
CHANGE_TABLE = f"""
cycle closed | Creekside | days_to_follow_up | 1 | 2026-10-26 | | no | Creekside, cycle 1 | Worsened: 15 days, against 12 before. One place only. | Adopt, adapt or abandon: does a home visit shorten the wait? | {CYCLE_CHOICES}
cycle closed | Ashfield | people_reached | 2 | 2026-11-16 | | yes | Ashfield, cycle 2 | Improved: 51, against 41 before. Weeks are not alike. | Adopt, adapt or abandon: do more people come on market day? | {CYCLE_CHOICES}
prediction due | Brook End | back_in_28_days | 2 | 2026-11-16 | held | yes | Brook End, cycle 2 | Came back: 66%, inside the predicted 60 to 80%. | Adopt, adapt or abandon: does a phone call bring people back? | {CYCLE_CHOICES}
signal | Ashfield | people_reached | | 2026-11-15 | better | yes | Ashfield, people reached | Seven weeks above the average of 42. Ask what changed. | Is people reached in Ashfield getting better? | {SIGNAL_CHOICES}
signal | Creekside | days_to_follow_up | | 2026-11-22 | worse | yes | Creekside, days to follow-up | 26 days, above the usual 6 to 19. One week is not a trend. | Is follow-up in Creekside getting slower? | {SIGNAL_CHOICES}
signal | Long Meadow | people_reached | | 2026-11-08 | worse | no | Long Meadow, people reached | Falling, seven points in a row. | Is people reached in Long Meadow getting worse? | {SIGNAL_CHOICES}
signal | Creekside | new_faces | | 2026-10-11 | changed | yes | Creekside, new faces | Eight weeks above the average. | Did new faces in Creekside change? | {SIGNAL_CHOICES}
proposal | Millpond | people_reached | | 2026-11-22 | | yes | Millpond, people reached | Twelve points could set the usual range. | May the usual range be set? | accept the range,leave it
decision | Millpond | days_to_follow_up | 1 | 2026-11-22 | | no | Millpond, cycle 1 | Adopted: one diary, fewer lost bookings. | |
baseline | Ashfield | back_in_28_days | | 2026-11-02 | | no | Ashfield, back in 28 days | Usual range accepted by Ana Bell. | |
rebase | Brook End | people_reached | | 2026-11-10 | | no | Brook End, people reached | The usual range was moved to begin on 7 September. | |
cycle opened | Saltmarsh | people_reached | 1 | 2026-10-12 | | no | Saltmarsh, cycle 1 | Will anyone come to the library? | |
"""  # noqa: E501 - a table is read by its columns

#: Kept by the control for many charts, from 27 October on.
KEPT = ("cycle-closed:ashfield_2:2026-11-16", "signal:people_reached@ashfield_pressure:2026-11-15")


def add_news(tables: dict[str, Rows]) -> None:
    """Add what changed within the last year, what of it outlasts the number of charts, and the meetings that looked at it."""
    tables["change"] = changes()
    tables["news_since"] = [_since(UNTIL - dt.timedelta(days=back)) for back in range(365)]
    tables["news_kept"] = [
        {"since": row["since"], "change_id": name, "p_value": 0.004}
        for row in tables["news_since"]
        for name in KEPT
        if row["since"] <= LAST_MEETING
    ]
    tables["meeting"] = _meetings()
    tables["agreed"] = _agreed()


def changes() -> Rows:
    """Return the rows of table change, as a meeting takes them."""
    lines = CHANGE_TABLE.strip().splitlines()
    return [_change(order, *[cell.strip() for cell in line.split("|")]) for order, line in enumerate(lines)]


def _change(
    order: int,
    kind: str,
    place: str,
    measure: str,
    cycle: str,
    on: str,
    direction: str,
    is_open: str,
    *words: str,
) -> dict[str, Any]:
    title, sentence, question, choices = words
    prototype = f"{place_id(place)}_pressure"
    series, cycle_id = f"{measure}@{prototype}", f"{place_id(place)}_{cycle}" if cycle else None
    return {
        "change_id": f"{kind.replace(' ', '-')}:{cycle_id or series}:{on}", "kind": kind,
        "happened_on": dt.date.fromisoformat(on), "neighbourhood_id": place_id(place), "prototype_id": prototype,
        "domain": DOMAIN[measure], "measure_id": measure, "series_id": series, "cycle_id": cycle_id,
        "direction": direction or None, "is_open": is_open == "yes", "display_order": order, "title": title,
        "sentence": sentence, "question": question or None, "choices": choices or None,
    }  # fmt: skip


DOMAIN = {
    "people_reached": "reach",
    "new_faces": "reach",
    "back_in_28_days": "quality",
    "days_to_follow_up": "quality",
}


def _since(on: dt.date) -> dict[str, Any]:
    told = "Three of 27 charts show a new signal. Chance alone would give about 0.4."
    return {"since": on, "n_charts": 27, "n_signals": 3, "n_kept": 1, "by_chance": 0.4, "sentence": told}


def _meetings() -> Rows:
    held = [
        ("steering-2026-09-29", dt.date(2026, 9, 29), dt.date(2026, 8, 25), 55),
        ("steering-2026-10-27", LAST_MEETING, dt.date(2026, 9, 29), 70),
        ("steering-2026-11-22", UNTIL, LAST_MEETING, None),
    ]
    return [
        {"meeting_id": name, "held_on": on, "name": "Steering group", "since": since, "minutes": minutes, "text": None,
         "who": "Ana Bell", "saved_at": dt.datetime.combine(on, dt.time(19, 0)), "record_id": f"m{at}"}
        for at, (name, on, since, minutes) in enumerate(held, start=1)
    ]  # fmt: skip


def _agreed() -> Rows:
    told = [
        ("signal:new_faces@creekside_pressure:2026-10-11", "new_faces", "Did new faces in Creekside change?",
         "find the cause", "GP health lead", dt.date(2026, 12, 8), None, "Find the cause: GP health lead, by 8 December."),
        ("signal:days_to_follow_up@creekside_pressure:2026-10-04", "days_to_follow_up",
         "Is follow-up in Creekside getting slower?", "find the cause", "the nurse", dt.date(2026, 11, 17), "done",
         "Find the cause: the nurse, by 17 November. Done."),
    ]  # fmt: skip
    return [
        {"record_id": f"a{at}", "meeting_id": "steering-2026-10-27", "held_on": LAST_MEETING, "item": item,
         "about": f"{measure}@creekside_pressure", "neighbourhood_id": "creekside", "prototype_id": "creekside_pressure",
         "question": question, "choice": choice, "reason": None, "by_whom": by_whom, "by_when": by_when, "who": "Ana Bell",
         "saved_at": dt.datetime(2026, 10, 27, 18, at), "is_standing": True, "became": became,
         "became_on": dt.date(2026, 11, 16) if became else None, "became_text": None, "sentence": sentence}
        for at, (item, measure, question, choice, by_whom, by_when, became, sentence) in enumerate(told, start=1)
    ]  # fmt: skip
