"""From talk to action: which prototype reached which stage when, and how many came how far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipelines import words
from pipelines.learning import StageRow, stage_summary
from pipelines.records import Recorded
from pipelines.sources import Prototype
from pipelines.vocabulary import Stage

Row = dict[str, Any]

#: Where nothing tells of any day.
NO_DAY = dt.date(1970, 1, 1)


def event_rows(read: Sequence[Prototype], prototypes: Sequence[Prototype], recorded: Recorded) -> list[Row]:
    """Return a row a stage reached.

    Parameters
    ----------
    read
        Prototypes as files have them: a stage without a day. It is told where no record speaks of that stage.
    prototypes
        As they stand.
    recorded
        What people entered.
    """
    homes = {row.prototype_id: row.neighbourhood_id for row in prototypes}
    spoken_of = {(entry.body.prototype_id, entry.body.stage) for entry in recorded.stages}
    rows: list[Row] = [
        {"prototype_id": row.prototype_id, "stage": row.stage}
        for row in read
        if row.stage is not None and (row.prototype_id, row.stage) not in spoken_of
    ]
    for entry in sorted(recorded.stages, key=lambda one: (one.body.reached_on, one.record.number)):
        body, record = entry.body, entry.record
        rows.append(
            {
                "prototype_id": body.prototype_id,
                "stage": str(body.stage),
                "reached_on": body.reached_on,
                "reason": body.reason,
                "who": record.who,
                "record_id": record.record_id,
            }
        )
    return [row | {"neighbourhood_id": homes[row["prototype_id"]]} for row in rows]


def count_rows(
    events: Sequence[Row], prototypes: Sequence[Prototype], until: dt.date | None
) -> tuple[list[Row], str]:
    """Return how many prototypes came how far, and the sentence from talk to action.

    A prototype that nobody has given a stage is an idea.

    Parameters
    ----------
    events
        From `event_rows`.
    prototypes
        As they stand.
    until
        Last day that the data speak of.
    """
    named = {row["prototype_id"] for row in events}
    unnamed = [row.prototype_id for row in prototypes if row.prototype_id not in named]
    history = [*events, *({"prototype_id": name, "stage": str(Stage.IDEA)} for name in unnamed)]
    days = [row["reached_on"] for row in events if row.get("reached_on")]
    end = max([*days, *([until] if until else [])], default=NO_DAY)
    frame = pd.DataFrame(history, columns=["prototype_id", "stage", "reached_on"])
    found = stage_summary(frame, end)
    return _counted(found.rows), words.talk_to_action_sentence(found)


def _counted(stages: Sequence[StageRow]) -> list[Row]:
    before = [None, *(stage.n_reached for stage in stages)]
    return [
        {
            "stage": str(stage.stage),
            "display_order": place + 1,
            "n_reached": stage.n_reached,
            "n_before": before[place],
            "share": stage.share_of_before,
            "share_low": stage.share_low,
            "share_high": stage.share_high,
            "median_wait_days": stage.median_wait_days,
            "n_waiting": stage.n_still_waiting,
            "n_stopped": stage.n_stopped,
            "sentence": words.stage_sentence(stage, before[place]),
        }
        for place, stage in enumerate(stages)
    ]
