"""What changed on charts: signals, usual ranges that may be set or moved, and those that were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from pipelines.charts.proposals import REBASE
from pipelines.learning.due import is_running
from pipelines.news.happened import Happened, Row, change_row
from pipelines.news.questions import ACCEPT, MOVE, asked, of_a_signal
from pipelines.news.signals import POINTS_OF_A_RUN, Signal, is_point
from pipelines.vocabulary import ChangeKind, Period, PointType, Variation
from pipelines.words.changes import (
    PastSignal,
    accept_question,
    accepted_sentence,
    move_question,
    moved_sentence,
    series_title,
    signal_question,
)
from pipelines.words.parts import london_day

#: Icons of charts that say nothing now.
SILENT = (Variation.COMMON_CAUSE, Variation.TOO_FEW, Variation.NONE)

#: What a signal's points say, in a word.
DIRECTION = {PointType.IMPROVEMENT: "better", PointType.CONCERN: "worse"}


def chart_changes(happened: Happened) -> Iterator[Row]:
    """Yield everything that changed on charts, ever."""
    for series_id, signals in happened.signals.items():
        for signal in signals:
            yield _signal(happened, series_id, signal)
    for series_id, summary in happened.summaries.items():
        if summary["proposal"] is not None:
            yield _proposal(happened, series_id)
    for row in happened.baselines:
        if row["is_standing"] and row["series_id"] in happened.summaries:
            yield _decided(happened, row)


def _titled(happened: Happened, series_id: str) -> Row:
    measure = happened.measures[happened.summaries[series_id]["measure_id"]]
    return happened.of_series(series_id) | {"title": series_title(happened.where(series_id), measure)}


def is_open(happened: Happened, series_id: str, signal: Signal) -> bool:
    """Whether a signal holds at the latest point, and its chart says so by an icon."""
    return signal.holds and happened.summaries[series_id]["variation"] not in SILENT


def _signal(happened: Happened, series_id: str, signal: Signal) -> Row:
    summary = happened.summaries[series_id]
    measure = happened.measures[summary["measure_id"]]
    holds = is_open(happened, series_id, signal)
    question = signal_question(happened.where(series_id), measure, signal.point_type, is_high=signal.is_high)
    running = any(
        is_running(cycle, happened.until)
        for cycle in happened.cycles
        if cycle.prototype_id == summary["prototype_id"]
    )
    return change_row(
        ChangeKind.SIGNAL,
        series_id,
        signal.shown_on,
        _titled(happened, series_id)
        | {
            "direction": DIRECTION.get(signal.point_type, "changed"),
            "is_open": holds,
            "sentence": summary["sentence"] if holds else _past(happened, series_id, signal),
        }
        | asked(question if holds else None, of_a_signal(is_cycle_running=running)),
    )


def _past(happened: Happened, series_id: str, signal: Signal) -> str:
    summary, columns = happened.summaries[series_id], happened.columns[series_id]
    point = {name: values[signal.at] for name, values in columns.items()}
    told = PastSignal(
        point,
        happened.measures[summary["measure_id"]],
        Period(summary["period"]),
        signal.rule,
        signal.run_length,
        signal.is_high,
    )
    return told.sentence(
        was_moved=int(point["phase"]) < int(summary["phase"]), has_later=summary["variation"] not in SILENT
    )


def _proposal(happened: Happened, series_id: str) -> Row:
    summary = happened.summaries[series_id]
    measure, where = happened.measures[summary["measure_id"]], happened.where(series_id)
    moves = summary["proposal"] == REBASE
    question = (
        move_question(where, measure)
        if moves
        else accept_question(where, measure, _points_of(happened, series_id).size)
    )
    return change_row(
        ChangeKind.PROPOSAL,
        series_id,
        _proposed_on(happened, series_id),
        _titled(happened, series_id)
        | {"is_open": True, "sentence": summary["proposal_sentence"]}
        | asked(question, MOVE if moves else ACCEPT),
    )


def _points_of(happened: Happened, series_id: str) -> np.ndarray:
    """Return the positions of the points that a proposal speaks of."""
    summary, columns = happened.summaries[series_id], happened.columns[series_id]
    since = columns["period_start"] >= summary["proposal_first_on"]
    until = columns["period_end"] <= summary["proposal_last_on"]
    return np.flatnonzero(is_point(columns) & since & until)


def _proposed_on(happened: Happened, series_id: str) -> dt.date:
    """Return the day from which it could be proposed: with the points that set a range, or the seventh of a shift."""
    rows, summary = _points_of(happened, series_id), happened.summaries[series_id]
    last = (
        rows[POINTS_OF_A_RUN - 1]
        if summary["proposal"] == REBASE and rows.size >= POINTS_OF_A_RUN
        else rows[-1]
    )
    day: dt.date = happened.columns[series_id]["period_end"][last]
    return day


def _decided(happened: Happened, row: Row) -> Row:
    """Return a usual range that was accepted or moved: told, not asked."""
    is_rebase = row["what"] == ChangeKind.REBASE
    told = (
        moved_sentence(row["who"], row["from_on"], row["reason"], row["note"])
        if is_rebase
        else accepted_sentence(row["who"], row["first_on"], row["last_on"], row["reason"], row["note"])
    )
    return change_row(
        ChangeKind.REBASE if is_rebase else ChangeKind.BASELINE,
        row["series_id"],
        london_day(row["saved_at"]),
        _titled(happened, row["series_id"]) | {"is_open": False, "sentence": told} | asked(None, ()),
    )
