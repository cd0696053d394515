"""Everything that can have changed, as rows: what is told, what is asked, in which order."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pipelines.charts.decided import Accepted, Moved, SeriesDecisions, Signed
from pipelines.news.changes import change_rows
from pipelines.news.happened import Happened
from pipelines.news.signals import signals_of
from pipelines.sources import Cycle, Neighbourhood, Prototype
from pipelines.vocabulary import Better, ChangeKind

PLACES = (Neighbourhood("west", "Westend", 1), Neighbourhood("east", "Eastend", 2))
PROTOTYPES = (
    Prototype("p", "west", "Barber"), Prototype("q", "east", "Salon"), Prototype("r", "east", "Gate"),
)  # fmt: skip
UNTIL = dt.date(2025, 12, 28)


@pytest.fixture
def rows_of(made):
    """Return the rows of change of some charts and cycles."""

    def rows(charts=(), cycles=(), until=UNTIL, measures=(), **tables):
        by_name = {chart.summary["series_id"]: chart for chart in charts}
        nothing = {"results": {}, "predictions": [], "decisions": [], "baselines": []}
        return change_rows(
            Happened(
                summaries={name: chart.summary for name, chart in by_name.items()},
                columns={name: chart.columns for name, chart in by_name.items()},
                signals={name: signals_of(chart.columns) for name, chart in by_name.items()},
                cycles=cycles,
                measures={one.measure_id: one for one in (made.measure, *measures)},
                prototypes=PROTOTYPES,
                neighbourhoods=PLACES,
                until=until,
                **(nothing | tables),
            )
        )

    return rows


def of_kind(rows, kind):
    return [row for row in rows if row["kind"] == kind]


def cycle(cycle_id="p_1", **changes):
    facts = {
        "prototype_id": "p", "cycle_no": "1", "question": "Will fewer wait?", "primary_measure": "wait",
        "predicted_value": 55.0, "predicted_low": 52.0, "predicted_high": 58.0, "predicted_for": dt.date(2025, 11, 30),
        "do_start": dt.date(2025, 9, 1), "do_end": dt.date(2025, 11, 30),
    }  # fmt: skip
    return Cycle(cycle_id, **(facts | changes))


def prediction(cycle_id="p_1", **changes):
    return {"cycle_id": cycle_id, "is_scored_one": True, "is_due": True, "is_inside": True} | changes


def result(**changes):
    return {"sentence": "Improved: 55 against 50.", "prediction_sentence": "The prediction held."} | changes


def test_a_signal_that_holds_asks_with_the_words_of_its_chart(made, rows_of):
    chart = made.charted([*made.settled, 90])
    (row,) = of_kind(rows_of([chart]), ChangeKind.SIGNAL)
    assert row["change_id"] == "signal:wait@p:2025-04-06"
    assert (row["happened_on"], row["direction"], row["is_open"]) == (dt.date(2025, 4, 6), "better", True)
    assert row["sentence"] == chart.summary["sentence"]
    assert row["title"] == "Westend, days to an answer"
    assert row["question"] == "Is “days to an answer” in Westend getting better?"
    assert row["choices"] == "keep going,find the cause"
    assert (row["neighbourhood_id"], row["prototype_id"], row["measure_id"]) == ("west", "p", "wait")


def test_a_signal_that_came_and_went_is_told_and_not_asked(made, rows_of):
    (row,) = of_kind(rows_of([made.charted([*made.settled, 10, 50])]), ChangeKind.SIGNAL)
    assert (row["is_open"], row["question"], row["choices"]) == (False, None, None)
    assert row["direction"] == "worse"
    assert row["sentence"] == "Week of 31 March 2025: 10, below the usual 39 to 61. It holds no longer."


def test_a_measure_that_is_neither_better_nor_worse_has_changed(made, rows_of, measure_of):
    measure = measure_of(measure_id="calls", short_name="Calls", better=Better.NEITHER)
    chart = made.charted([*made.settled, 90], measure)
    (row,) = of_kind(rows_of([chart], measures=[measure]), ChangeKind.SIGNAL)
    assert (row["direction"], row["question"]) == ("changed", "Is “calls” in Westend getting higher?")


@pytest.mark.parametrize(
    ("end", "can_stop"),
    [(dt.date(2026, 2, 1), True), (None, True), (dt.date(2025, 12, 1), False)],
    ids=["running", "without end", "over"],
)
def test_a_cycle_can_only_be_stopped_where_one_is_running(made, rows_of, end, can_stop):
    rows = rows_of([made.charted([*made.settled, 90])], [cycle(do_end=end, predicted_for=end)])
    (row,) = of_kind(rows, ChangeKind.SIGNAL)
    assert ("stop the cycle" in row["choices"]) == can_stop


def test_a_prototype_is_named_where_its_place_has_several_of_that_measure(made, rows_of):
    charts = [made.charted([*made.settled, 90], prototype_id=name) for name in ("q", "r")]
    titles = {row["title"] for row in of_kind(rows_of(charts), ChangeKind.SIGNAL)}
    assert titles == {"Eastend (Salon), days to an answer", "Eastend (Gate), days to an answer"}


def test_a_range_that_may_be_set_is_proposed_from_its_last_point_on(made, rows_of, measure_of):
    measure = measure_of(baseline="auto")
    chart = made.charted([*made.settled, 50], measure)
    (row,) = of_kind(rows_of([chart], measures=[measure]), ChangeKind.PROPOSAL)
    assert row["happened_on"] == dt.date(2025, 3, 30)
    assert row["question"] == "May these 12 points set the usual range of “days to an answer” in Westend?"
    assert row["choices"] == "accept the range,leave it"
    assert row["sentence"].startswith("12 points may set the usual range")


def test_a_range_that_may_have_moved_is_proposed_from_the_seventh_point_on(made, rows_of):
    rows = rows_of([made.charted([*made.settled, *[56, 55] * 5])])
    (row,), (signal,) = of_kind(rows, ChangeKind.PROPOSAL), of_kind(rows, ChangeKind.SIGNAL)
    assert row["happened_on"] == signal["happened_on"] == dt.date(2025, 5, 18)
    assert row["choices"] == "move the range,leave it"
    assert row["question"] == "Has “days to an answer” in Westend moved to a new usual range?"


def test_a_range_that_was_accepted_or_moved_is_told_with_name_and_reason(made, rows_of):
    monday = made.monday
    signed = Signed("r", "Ana", dt.date(2025, 7, 1), "It was quiet.")
    decided = SeriesDecisions(
        (Accepted(signed, monday, monday + dt.timedelta(weeks=12, days=-1)),),
        (Moved(signed, monday + dt.timedelta(weeks=12), 12),),
    )
    chart = made.charted([*made.settled, *[70, 72, 68, 71] * 3], decided=decided)
    common = {
        "series_id": "wait@p",
        "who": "Ana",
        "reason": "It was quiet.",
        "note": None,
        "is_standing": True,
    }
    saved = dt.datetime(2025, 6, 30, 23, 30)
    baselines = [
        common | {"what": "baseline", "saved_at": saved, "first_on": monday, "last_on": dt.date(2025, 3, 30)},
        common | {"what": "rebase", "saved_at": saved, "from_on": dt.date(2025, 3, 31)},
        common | {"what": "rebase", "saved_at": saved, "from_on": dt.date(2025, 3, 31), "is_standing": False},
    ]
    rows = rows_of([chart], baselines=baselines)
    (accepted,), (moved,) = of_kind(rows, ChangeKind.BASELINE), of_kind(rows, ChangeKind.REBASE)
    assert accepted["happened_on"] == dt.date(2025, 7, 1), "half past eleven in UTC is the next day in London"
    assert accepted["sentence"] == (
        "Ana accepted the usual range of 6 January 2025 to 30 March 2025: It was quiet."
    )
    assert moved["sentence"] == "Ana moved the usual range from 31 March 2025 on: It was quiet."
    assert accepted["question"] is moved["question"] is None
    assert not of_kind(rows, ChangeKind.SIGNAL)


def test_a_cycle_that_is_over_asks_while_nobody_has_decided(rows_of):
    rows = rows_of((), [cycle()], results={"p_1": result()}, predictions=[prediction()])
    (closed,), (due,) = of_kind(rows, ChangeKind.CYCLE_CLOSED), of_kind(rows, ChangeKind.PREDICTION_DUE)
    assert closed["change_id"] == "cycle-closed:p_1:2025-11-30"
    assert (closed["is_open"], closed["choices"]) == (True, "adopt,adapt,abandon,continue")
    assert closed["question"] == "Adopt, adapt or abandon: will fewer wait?"
    assert closed["sentence"] == "Improved: 55 against 50."
    assert closed["title"] == "Westend, Barber, cycle 1"
    assert (due["direction"], due["sentence"]) == ("held", "The prediction held.")
    assert due["question"] is None, "one question a cycle"
    (opened,) = of_kind(rows, ChangeKind.CYCLE_OPENED)
    assert opened["sentence"] == "Will fewer wait? The group predicted 52 to 58."
    assert opened["question"] is None


def test_a_cycle_that_was_decided_on_is_told_with_the_reason(rows_of):
    decided = cycle(decision="adapt", decided_on=dt.date(2025, 12, 5), learning="Ask sooner.")
    reasons = [
        {"cycle_id": "p_1", "reason": "Taken back.", "is_standing": False},
        {"cycle_id": "p_1", "reason": "It helped some.", "is_standing": True},
    ]
    rows = rows_of((), [decided], results={"p_1": result()}, predictions=[prediction()], decisions=reasons)
    (row,) = of_kind(rows, ChangeKind.DECISION)
    assert (row["happened_on"], row["sentence"]) == (dt.date(2025, 12, 5), "Adapt: It helped some.")
    assert not [one for one in rows if one["question"] or one["is_open"]]
    (row,) = of_kind(rows_of((), [decided]), ChangeKind.DECISION)
    assert row["sentence"] == "Adapt: Ask sooner."


@pytest.mark.parametrize(("is_inside", "direction"), [(True, "held"), (False, "missed"), (None, "not known")])
def test_a_prediction_that_falls_due_before_the_end_of_do_asks_until_then(rows_of, is_inside, direction):
    running = cycle(predicted_for=dt.date(2025, 12, 1), do_end=dt.date(2026, 2, 1))
    rows = rows_of((), [running], results={"p_1": result()}, predictions=[prediction(is_inside=is_inside)])
    (due,) = of_kind(rows, ChangeKind.PREDICTION_DUE)
    assert (due["happened_on"], due["direction"]) == (dt.date(2025, 12, 1), direction)
    assert due["choices"] == "adopt,adapt,abandon,continue"
    assert not of_kind(rows, ChangeKind.CYCLE_CLOSED)


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        pytest.param({"do_start": None, "do_end": None}, [], id="planned without a day"),
        pytest.param({"do_start": dt.date(2026, 1, 5), "do_end": None}, [], id="not begun"),
        pytest.param({"do_end": None}, ["cycle opened"], id="running"),
        pytest.param({"primary_measure": None}, ["cycle closed", "cycle opened"], id="without a measure"),
        pytest.param({"do_start": dt.date(2024, 9, 1)}, ["cycle closed"], id="begun before the year"),
        pytest.param(
            {"do_end": dt.date(2026, 2, 1), "decision": "adopt", "decided_on": dt.date(2025, 12, 20)},
            ["cycle closed", "decision", "cycle opened"],
            id="ended by a decision",
        ),
    ],
)
def test_cycles_tell_what_they_came_to(rows_of, changes, kinds):
    assert [str(row["kind"]) for row in rows_of((), [cycle(**changes)])] == kinds


def test_only_predictions_that_count_and_are_due_are_told(rows_of):
    results = {"p_1": result()}
    for changes in ({"is_due": False}, {"is_scored_one": False}):
        rows = rows_of((), [cycle()], results=results, predictions=[prediction(**changes)])
        assert not of_kind(rows, ChangeKind.PREDICTION_DUE)
    nothing = cycle(predicted_low=None, predicted_high=None)
    rows = rows_of((), [nothing], results=results, predictions=[prediction(is_inside=None)])
    assert not of_kind(rows, ChangeKind.PREDICTION_DUE)


def test_changes_stand_west_to_east_then_as_a_meeting_takes_the_kinds(made, rows_of):
    east = cycle("q_1", prototype_id="q")
    chart = made.charted([*made.settled, *[56, 55] * 5])
    rows = rows_of([chart], [east, cycle()], results={"p_1": result(), "q_1": result()})
    told = [(row["neighbourhood_id"], str(row["kind"])) for row in rows]
    assert told == [
        ("west", "cycle closed"),
        ("west", "signal"),
        ("west", "proposal"),
        ("west", "cycle opened"),
        ("east", "cycle closed"),
        ("east", "cycle opened"),
    ]
    assert [row["display_order"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert len({row["change_id"] for row in rows}) == 6
    assert all(re.fullmatch(r"[a-z-]+:[\w@]+:\d{4}-\d\d-\d\d", row["change_id"]) for row in rows)


def test_what_lies_more_than_a_year_back_is_left_out(made, rows_of):
    chart = made.charted([*made.settled, 90])
    shown = dt.date(2025, 4, 6)
    within, beyond = (rows_of([chart], until=shown + dt.timedelta(days=days)) for days in (364, 365))
    assert of_kind(within, ChangeKind.SIGNAL)
    assert not of_kind(beyond, ChangeKind.SIGNAL)
