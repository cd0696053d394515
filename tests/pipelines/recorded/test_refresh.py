"""A refresh equals a full build in every table of both marts, whatever was saved; and it is not given what it knows."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd
import pytest

from pipelines.build import build, refresh
from pipelines.memory import Forgetful
from pipelines.records.kinds import (
    Agreed,
    Annotated,
    BaselineAccepted,
    CyclePlanned,
    DecisionMade,
    DissentNoted,
    LearningWritten,
    MeetingHeld,
    PredictionSealed,
    PrototypeStarted,
    QuoteGiven,
    RebaseAccepted,
    SessionLogged,
    StageReached,
)
from pipelines.vocabulary import Choice, Decision, Direction, Stage
from tests.pipelines.recorded.small import DO_END, LATER, saturday

#: Bodies of every kind, in an order in which a group may save them.
SAVED = {
    "session": SessionLogged("barbers", saturday(30), {"bp_checked": 70, "reviewed": 40, "to_target": 21}),
    "session in another week": SessionLogged("mosque", saturday(32), {"bp_checked": 12, "asked": 40, "said_yes": 30}),
    "session that is impossible": SessionLogged("barbers", saturday(33), {"asked": 3, "said_yes": 30}),
    "test not held": SessionLogged("barbers", saturday(34), {}, was_held=False, why_not_held="rain"),
    "prototype": PrototypeStarted("garage", "brook", "Bus garage", "hypertension", "week", saturday(33)),
    "prototype that a file has": PrototypeStarted("mosque", "ash", "After prayers", "hypertension"),
    "session of a new prototype": SessionLogged("garage", saturday(34), {"bp_checked": 9, "asked": 20, "said_yes": 11}),
    "stage": StageReached("barbers", Stage.MODEL, saturday(31), "it works without us"),
    "cycle": CyclePlanned("barbers_2", "barbers", "2", "Will more say yes?", "said_yes", dt.date(2026, 10, 5)),
    "cycle that a file has": CyclePlanned("barbers_1", "barbers", "1", "More?", "bp_checked", saturday(19), DO_END),
    "prediction": PredictionSealed("barbers_2", "said_yes", Direction.UP, 0.6, 0.5, 0.7, dt.date(2026, 12, 1)),
    "late prediction": PredictionSealed("barbers_1", "bp_checked", Direction.UP, 54, 50, 58, dt.date(2026, 12, 1)),
    "learning": LearningWritten("barbers_1", "Men trust the man with the scissors."),
    "decision": DecisionMade("barbers_1", Decision.ADOPT, saturday(31), "it held"),
    "baseline": BaselineAccepted("bp_checked@barbers", saturday(0), saturday(14), "nothing changed then"),
    "rebase": RebaseAccepted("bp_checked@barbers", saturday(18), "a second chair", True, True, True, True, 12),
    "annotation": Annotated("barbers", saturday(20), "The shop was repainted."),
    "dissent": DissentNoted("barbers_1", "It was the weather.", "resident"),
    "quote": QuoteGiven("barbers", "I feel seen.", "a guest", "everyone", "barbers_1"),
    "quote for the group": QuoteGiven("barbers", "He talks too much.", "a guest", "group"),
    "meeting": MeetingHeld("one", saturday(32), "Steering group", saturday(28)),
    "something agreed": Agreed("one", "signal:bp_checked@barbers:2026-05-09", "bp_checked@barbers", "Better?", Choice.KEEP_GOING),
    "something agreed on a cycle": Agreed("one", "cycle-closed:barbers_1:2026-07-26", "barbers_1", "Keep it?", Choice.ADOPT),
    "what nothing knows": SessionLogged("nowhere", saturday(30), {"bp_checked": 1}),
    "decision on an unknown cycle": DecisionMade("nothing_1", Decision.ADOPT, saturday(31), "it held"),
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A group of which a build is known to the process."""
    from tests.pipelines.recorded.small import Group, write

    group = Group(write(tmp_path_factory.mktemp("group") / "data"))
    group.build()
    yield group
    group.records.close()


def test_a_refresh_after_everything_was_saved_equals_a_full_build(group, tmp_path):
    group.build()
    for what in list(SAVED)[:10]:
        save(group, what)
    refresh(group.data, group.marts)
    for what in list(SAVED)[10:]:
        save(group, what)
    assert_refreshed(group, tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.parametrize("what", SAVED)
def test_a_refresh_equals_a_full_build_whatever_was_saved(kept, tmp_path, what):
    save(kept, what)
    assert_refreshed(kept, tmp_path)


def save(group, what):
    group.save(SAVED[what], now=LATER + dt.timedelta(minutes=len(group.records.all())))


def assert_refreshed(group, folder):
    refreshed = refresh(group.data, group.marts)
    whole = build(group.data, folder, memory=Forgetful())
    assert refreshed.content_hash == whole.content_hash
    for mart in ("true_mart", "shared_mart"):
        assert_equal(getattr(refreshed, mart), getattr(whole, mart))


def assert_equal(one, other):
    with (
        duckdb.connect(str(one), read_only=True) as left,
        duckdb.connect(str(other), read_only=True) as right,
    ):
        names = [name for (name,) in left.sql("SELECT table_name FROM information_schema.tables").fetchall()]
        assert len(names) > 40
        for name in names:
            question = f"SELECT * {'EXCLUDE (loaded_at) ' if name == 'load' else ''}FROM {name} ORDER BY ALL"
            pd.testing.assert_frame_equal(left.sql(question).df(), right.sql(question).df(), obj=name)
