"""One faultless body of every kind, as a group would enter it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from pipelines.records.kinds import (
    Agreed,
    Annotated,
    BaselineAccepted,
    Body,
    CyclePlanned,
    DecisionMade,
    DissentNoted,
    FollowedUp,
    LearningWritten,
    MeetingHeld,
    PredictionSealed,
    PrototypeStarted,
    QuoteGiven,
    RebaseAccepted,
    SessionLogged,
    StageReached,
    Withdrawn,
)
from pipelines.vocabulary import Became, Choice, Decision, Direction, Stage

#: A Wednesday noon in March, a winter's day in London: UTC is the clock on the wall.
NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
TODAY = NOON.date()


def learning(text: str = "A text is not a visit.", cycle_id: str = "garage_1") -> LearningWritten:
    return LearningWritten(cycle_id, text)


def cycle(**changes: Any) -> CyclePlanned:
    made = CyclePlanned(
        "garage_1", "garage", "1", "Will more drivers say yes?", "said_yes", TODAY + dt.timedelta(days=7)
    )
    return replace(made, **changes)


def prediction(**changes: Any) -> PredictionSealed:
    later = TODAY + dt.timedelta(days=60)
    return replace(PredictionSealed("garage_1", "said_yes", Direction.UP, 0.5, 0.4, 0.6, later), **changes)


def session(**changes: Any) -> SessionLogged:
    return replace(SessionLogged("garage", TODAY, {"asked": 20, "said_yes": 12}), **changes)


def meeting(**changes: Any) -> MeetingHeld:
    return replace(
        MeetingHeld("steering-2026-03-04", TODAY, "Steering group", TODAY - dt.timedelta(days=28)), **changes
    )


def agreed(**changes: Any) -> Agreed:
    item = f"signal:said_yes@garage:{TODAY}"
    made = Agreed(
        "steering-2026-03-04", item, "said_yes@garage", "Do fewer drivers say yes?", Choice.FIND_THE_CAUSE,
        "It began with the new rota.", "The union rep", TODAY + dt.timedelta(days=28),
    )  # fmt: skip
    return replace(made, **changes)


def followed(record_id: str = "11111111-2222-4333-8444-555555555555", **changes: Any) -> FollowedUp:
    return replace(
        FollowedUp(record_id, Became.UNDER_WAY, TODAY, "Half of the shifts were asked."), **changes
    )


ONE_OF_EACH: dict[str, Body] = {
    body.KIND: body
    for body in (
        PrototypeStarted("garage", "saltmarsh", "Checks at the bus garage", "hypertension", "week", TODAY),
        StageReached("garage", Stage.ACTION, TODAY, "First check done."),
        cycle(),
        prediction(),
        session(),
        learning(),
        DecisionMade("garage_1", Decision.ADAPT, TODAY, "They would rather it were one of their own."),
        BaselineAccepted("said_yes@garage", TODAY - dt.timedelta(days=90), TODAY, "Nothing changed then."),
        RebaseAccepted("said_yes@garage", TODAY, "The rep stays.", True, True, True, True, 12),
        Annotated("garage", TODAY, "Strike."),
        DissentNoted("garage_1", "It was the rain.", "driver"),
        QuoteGiven("garage", "Nobody ever asked me before.", "a driver", "everyone"),
        Withdrawn("11111111-2222-4333-8444-555555555555", "Typed twice."),
        meeting(),
        agreed(),
        followed(),
    )
}

#: Those that can be saved at once: none of them names a record that was saved before.
AT_ONCE = [body for body in ONE_OF_EACH.values() if not isinstance(body, Withdrawn | FollowedUp)]
