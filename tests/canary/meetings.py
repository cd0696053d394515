"""A meeting in the canaries' folder: what others may read of it, and a question that tells what only the group may know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipelines.records import Body
from pipelines.records.chain import Row, end_of, link, record_of
from pipelines.records.kinds import Agreed, DissentNoted, FollowedUp, MeetingHeld
from pipelines.records.text import write_text
from pipelines.vocabulary import Audience, Became, Choice

HELD = dt.date(2026, 3, 3)
SERIES, CYCLE = "canary_share@one_bp", "one_1"

#: Agreed in front of everybody, and said by others than the group.
FOR_ALL = "Ask at the gate on Mondays."

SAVED = dt.datetime(2026, 3, 3, 19, tzinfo=dt.UTC)


def write_meeting(data: Path, count: float, rate: float) -> None:
    """Write a meeting that ended, with what was agreed on it; one question tells a true count and a true share."""
    begun = MeetingHeld("steering", HELD, "Steering group", HELD - dt.timedelta(days=28))
    ended = MeetingHeld("steering", HELD, "Steering group", begun.since, 40, "Everybody came.")
    later = HELD + dt.timedelta(days=20)
    _write(
        data,
        [
            (begun, None),
            (
                _agreed(f"signal:{SERIES}:2026-02-08", "Is raised in One getting better?", Audience.SHARED),
                None,
            ),
            (_agreed(f"cycle-closed:{CYCLE}:2026-02-22", "Adopt, adapt or abandon?", Audience.SHARED), None),
            (
                _agreed(
                    f"signal:{SERIES}:2026-02-15",
                    f"Were {count:.0f} read, {rate:.9f} of them raised?",
                    Audience.TRUE,
                ),
                None,
            ),
            (ended, 1),
            (FollowedUp("id2", Became.DONE, later, "It rained and they came."), None),
            (FollowedUp("id4", Became.DONE, later, f"It is {count:.0f} again."), None),
            (DissentNoted(SERIES, "It is the rain.", "neighbour"), None),
        ],
    )


def _agreed(item: str, question: str, audience: Audience) -> Agreed:
    about = item.split(":")[1]
    return Agreed(
        "steering", item, about, question, Choice.KEEP_GOING, FOR_ALL, "the host", HELD, audience=audience
    )


def _write(data: Path, steps: Sequence[tuple[Body, int | None]]) -> None:
    rows: list[Row] = []
    for number, (body, old) in enumerate(steps, 1):
        moment = SAVED + dt.timedelta(minutes=number)
        rows.append(
            link(end_of(rows), body, "Facilitator", moment, f"id{old}" if old else None, f"id{number}")
        )
    write_text([record_of(row) for row in rows], data / "records.jsonl")
