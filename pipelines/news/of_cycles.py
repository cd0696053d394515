"""What changed with cycles: opened, closed, decided on, and predictions that fell due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipelines.learning.due import has_begun
from pipelines.news.happened import Happened, Row, change_row
from pipelines.news.questions import JUDGED, asked
from pipelines.sources import Cycle
from pipelines.vocabulary import ChangeKind
from pipelines.words.changes import (
    closed_sentence,
    cycle_question,
    cycle_title,
    decision_sentence,
    opened_sentence,
)

#: How a prediction did, by whether the result lies inside its range.
HELD = {True: "held", False: "missed"}


def cycle_changes(happened: Happened) -> Iterator[Row]:
    """Yield everything that changed with cycles, ever."""
    due = {row["cycle_id"]: row for row in happened.predictions if row["is_scored_one"] and row["is_due"]}
    reasons = {row["cycle_id"]: row["reason"] for row in happened.decisions if row["is_standing"]}
    for cycle in happened.cycles:
        yield from _opened(happened, cycle)
        yield from _over(happened, cycle, due.get(cycle.cycle_id))
        if cycle.decision and cycle.decided_on is not None:
            told = decision_sentence(cycle.decision, reasons.get(cycle.cycle_id) or cycle.learning)
            yield _row(happened, cycle, ChangeKind.DECISION, cycle.decided_on, {"sentence": told})


def _row(happened: Happened, cycle: Cycle, kind: ChangeKind, day: dt.date, columns: Row) -> Row:
    home = happened.homes[cycle.prototype_id]
    title = cycle_title(happened.place_of(home.prototype_id), home.name, cycle.cycle_no)
    told = happened.of_cycle(cycle) | {"title": title, "is_open": False} | asked(None, ()) | columns
    return change_row(kind, cycle.cycle_id, day, told)


def _opened(happened: Happened, cycle: Cycle) -> Iterator[Row]:
    if cycle.do_start is None or not has_begun(cycle, happened.until):
        return
    measure = happened.measures.get(str(cycle.primary_measure))
    told = opened_sentence(cycle.question, cycle.predicted_low, cycle.predicted_high, measure)
    yield _row(happened, cycle, ChangeKind.CYCLE_OPENED, cycle.do_start, {"sentence": told})


def _over(happened: Happened, cycle: Cycle, prediction: Row | None) -> Iterator[Row]:
    """Yield the end of Do and the prediction that fell due; only the later of them asks, while nobody has decided."""
    result = happened.results.get(cycle.cycle_id)
    asks = {"is_open": True} | asked(cycle_question(cycle.question), JUDGED) if cycle.decision is None else {}
    is_over = _is_over(cycle, happened.until)
    due_on = min((day for day in (cycle.predicted_for, cycle.do_end) if day is not None), default=None)
    if is_over and cycle.do_end is not None:
        told = {"sentence": closed_sentence(result["sentence"] if result else None)}
        yield _row(happened, cycle, ChangeKind.CYCLE_CLOSED, cycle.do_end, told | asks)
    if prediction is None or result is None or due_on is None or _nothing_foretold(cycle):
        return
    told = {
        "sentence": result["prediction_sentence"],
        "direction": HELD.get(prediction["is_inside"], "not known"),
    }
    yield _row(happened, cycle, ChangeKind.PREDICTION_DUE, due_on, told | ({} if is_over else asks))


def _is_over(cycle: Cycle, until: dt.date) -> bool:
    """Whether Do has ended: its last day is in the data, or somebody has decided on it."""
    return cycle.do_end is not None and (cycle.do_end <= until or cycle.decided_on is not None)


def _nothing_foretold(cycle: Cycle) -> bool:
    return cycle.predicted_low is None or cycle.predicted_high is None
