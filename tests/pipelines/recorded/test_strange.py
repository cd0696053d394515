"""No record, however strange, breaks a build: what cannot be placed is told with its number, and the rest stands."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.inputs import measures_folder
from pipelines.measures import read_measures
from pipelines.recorded import Computed, merged, recorded_tables
from pipelines.recorded.tested import days_of
from pipelines.records.chain import EMPTY, end_of, link, record_of
from pipelines.records.kinds import (
    Agreed,
    Annotated,
    BaselineAccepted,
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
from pipelines.records.text import write_text
from pipelines.sources import read_folder
from pipelines.vocabulary import Audience, Became, Choice, Decision, Direction, Stage
from tests.pipelines.recorded.small import LATER, Group, rows, write

TODAY = dt.date(2026, 9, 1)

ids = st.sampled_from(["barbers", "mosque", "nowhere", "", "a'; DROP TABLE cycle; --", "x" * 300])
cycles = st.sampled_from(["barbers_1", "new_1", "new_2", "nothing", "'"])
measures = st.sampled_from(["bp_checked", "said_yes", "to_target", "unknown"])
series = st.sampled_from(["bp_checked@barbers", "said_yes@mosque", "unknown@barbers", "@", "bp_checked"])
words = st.text(max_size=12)
maybe = st.none() | words
days = st.sampled_from(
    [dt.date.min, dt.date(1900, 2, 28), dt.date(2026, 5, 9), TODAY, dt.date.max]
) | st.dates(dt.date(2025, 12, 1), dt.date(2027, 1, 1))
numbers = st.sampled_from([0, -1, 0.5, 1, 12, 1e18, 1e308, -1e-9]) | st.integers(0, 90)
held = st.sampled_from(["one", "two", "", "'"])
items = st.sampled_from(
    ["bp_checked", "asked", "said_yes", "reviewed", "to_target", "umbrellas", "", "sessions"]
)
names = st.sampled_from([f"id{n}" for n in range(12)])

BODIES = st.one_of(
    st.builds(PrototypeStarted, ids, st.sampled_from(["ash", "brook", "moon"]), words, maybe, maybe, st.none() | days),
    st.builds(StageReached, ids, st.sampled_from(Stage), days, words),
    st.builds(CyclePlanned, cycles, ids, words, words, measures, days, st.none() | days, maybe),
    st.builds(
        PredictionSealed, cycles, measures, st.sampled_from(Direction), numbers, numbers, numbers, days, maybe
    ),
    st.builds(
        SessionLogged, ids, days, st.dictionaries(items, numbers, max_size=4), maybe, maybe, maybe, maybe,
        st.booleans(), maybe,
    ),
    st.builds(LearningWritten, cycles, words),
    st.builds(DecisionMade, cycles, st.sampled_from(Decision), days, words, maybe, maybe, st.none() | days),
    st.builds(BaselineAccepted, series, days, days, words),
    st.builds(RebaseAccepted, series, days, words, *[st.booleans()] * 4, st.integers(-3, 99)),
    st.builds(Annotated, ids, days, words),
    st.builds(DissentNoted, st.one_of(cycles, series), words, maybe),
    st.builds(QuoteGiven, ids, words, words, st.sampled_from(["group", "everyone", "who?"]), st.none() | cycles),
    st.builds(MeetingHeld, held, days, words, days, st.none() | st.integers(-3, 999), maybe),
    st.builds(
        Agreed, held, words, st.one_of(cycles, series), words, st.sampled_from(Choice), maybe, maybe, st.none() | days
    ),
    st.builds(FollowedUp, names, st.sampled_from(Became), days, maybe),
    st.builds(Withdrawn, names, words),
)  # fmt: skip

SAVES = st.lists(st.tuples(BODIES, st.none() | st.integers(0, 11), st.integers(0, 400)), max_size=12)


def chained(saves):
    """Return records as a chain that no form has looked at."""
    head, out, moment = EMPTY, [], LATER - dt.timedelta(days=300)
    for number, (body, supersedes, hours) in enumerate(saves):
        moment += dt.timedelta(hours=hours)
        before = None if supersedes is None else f"id{supersedes}"
        row = link(head, body, "Somebody", moment, before, f"id{number}")
        head = end_of([row])
        out.append(record_of(row))
    return tuple(out)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What the small folder holds: its measures, checked rows and days."""
    inbox = write(tmp_path_factory.mktemp("group") / "data") / "inbox"
    measures = read_measures(measures_folder(inbox.parent, inbox))
    checked = read_folder(inbox, measures, today=TODAY)
    return measures, checked, days_of(checked.sessions)


@given(saves=SAVES)
@settings(max_examples=150)
def test_whatever_is_saved_every_record_has_one_fate_and_the_tables_are_made(read, saves):
    measures, checked, days = read
    records = chained(saves)
    together = merged(checked, records, measures, TODAY, days)
    loads = [load for load in together.checked.loads if load.file == "records"]
    assert sum(load.lines_read for load in loads) == len(records)
    refused = {fault.line for fault in together.checked.faults if fault.effect in ("line refused", "held")}
    assert all(load.lines_refused == len(refused) for load in loads)
    by_id = {measure.measure_id: measure for measure in measures}
    for audience in Audience:
        recorded_tables(together, records, by_id, Computed(audience, [], {}, TODAY))


@given(saves=SAVES)
@settings(max_examples=60)
def test_what_is_saved_of_one_prototype_changes_nothing_read_of_another(read, saves):
    measures, checked, days = read
    records = chained(saves)
    known = merged(checked, records, measures, TODAY, days)
    one = SessionLogged("mosque", dt.date(2026, 8, 20), {"bp_checked": 31, "asked": 40, "said_yes": 20})
    more = merged(checked, chained([*saves, (one, None, 1)]), measures, TODAY, days)

    def of_the_barbers(together):
        return [part.digest for part in together.parts if "barbers" in part.prototypes]

    assert of_the_barbers(known) == of_the_barbers(more)


def test_a_chain_of_the_strangest_records_is_built(tmp_path):
    data = write(tmp_path / "data")
    far = [dt.date.min, dt.date.max]
    strange = [
        *(SessionLogged("barbers", day, {"bp_checked": 1e308}) for day in far),
        SessionLogged(
            "barbers", dt.date(2026, 8, 1), {"asked": -5, "said_yes": 1e18}, cycle_no="?" * 50, place="'\"\0"
        ),
        *(CyclePlanned(f"far_{n}", "barbers", "9", "?", "bp_checked", day) for n, day in enumerate(far)),
        CyclePlanned("back", "barbers", "9", "?", "bp_checked", dt.date(2026, 8, 1), dt.date(2026, 1, 1)),
        PredictionSealed("far_0", "bp_checked", Direction.UP, 5, 5, 5, dt.date.min),
        PredictionSealed("barbers_1", "bp_checked", Direction.UP, 5, 9, 1, dt.date.max),
        *(StageReached("barbers", Stage.SCALED, day, "") for day in far),
        *(BaselineAccepted("bp_checked@barbers", day, day, "") for day in far),
        *(RebaseAccepted("bp_checked@barbers", day, "", True, True, True, True, 99) for day in far),
        *(DecisionMade("barbers_1", Decision.CONTINUE, day, "") for day in far),
        *(MeetingHeld("far", day, "?", dt.date(2026, 8, 1), 10**9) for day in far),
        Agreed("far", "'; DROP TABLE agreed", "nothing_1", "?", Choice.LEAVE_IT, by_when=dt.date.max),
        FollowedUp("nobody", Became.DONE, dt.date.min),
        PrototypeStarted("barbers", "brook", "'; DROP TABLE cycle", "\u202e", "every blue moon"),
        SessionLogged("mosque", dt.date(2026, 8, 30), {}, was_held=False),
    ]
    write_text(chained([(body, None, 24) for body in strange]), data / "inbox/records.jsonl")
    group = Group.__new__(Group)
    group.data, group.marts = data, tmp_path / "marts"
    built = group.build()
    told = rows(built.true_mart, "SELECT lines_read, lines_refused > 0 FROM load WHERE file = 'records'")
    assert told == [(len(strange), True)]
    assert rows(built.shared_mart, "SELECT count(*) FROM cycle WHERE cycle_id = 'barbers_1'") == [(1,)]
