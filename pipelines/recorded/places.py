"""Prototypes and cycles as they stand: a file's rows with what people entered of them laid over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.records import Entry, Recorded
from pipelines.records.kinds import (
    CyclePlanned,
    DecisionMade,
    LearningWritten,
    PrototypeStarted,
    StageReached,
)
from pipelines.sources import Cycle, Prototype
from pipelines.vocabulary import Decision


def prototypes_of(read: Sequence[Prototype], recorded: Recorded) -> tuple[Prototype, ...]:
    """Return the prototypes, those of files first: where both speak of one the record wins.

    The stage is the one reached last by the records; where there is none, as the file has it.
    """
    rows = {row.prototype_id: row for row in read}
    for entry in recorded.prototypes:
        rows[entry.body.prototype_id] = _prototype(entry.body, rows.get(entry.body.prototype_id))
    for prototype_id, stage in _latest_stages(recorded.stages).items():
        if prototype_id in rows:
            rows[prototype_id] = replace(rows[prototype_id], stage=str(stage.stage))
    return tuple(rows.values())


def _prototype(body: PrototypeStarted, row: Prototype | None) -> Prototype:
    """Return a prototype as entered; what was left out stays as the file has it."""
    old = row or Prototype(body.prototype_id, body.neighbourhood_id, body.name)
    return replace(
        old,
        neighbourhood_id=body.neighbourhood_id,
        name=body.name,
        theme=body.theme or old.theme,
        planned_every=body.planned_every or old.planned_every,
        started_on=body.started_on or old.started_on,
    )


def _latest_stages(entries: Sequence[Entry[StageReached]]) -> dict[str, StageReached]:
    in_order = sorted(entries, key=lambda entry: (entry.body.reached_on, entry.record.number))
    return {entry.body.prototype_id: entry.body for entry in in_order}


def cycles_of(read: Sequence[Cycle], recorded: Recorded) -> tuple[Cycle, ...]:
    """Return the cycles, those of files first: where both speak of one the record wins.

    Decision and learning are those recorded last; predictions come later, when it is known which one counts.
    """
    rows = {row.cycle_id: row for row in read}
    for entry in recorded.cycles:
        rows[entry.body.cycle_id] = _cycle(entry.body, rows.get(entry.body.cycle_id))
    for decided in recorded.decisions:
        _decide(rows, decided.body)
    for learned in recorded.learnings:
        _learn(rows, learned.body)
    return tuple(rows.values())


def _cycle(body: CyclePlanned, row: Cycle | None) -> Cycle:
    old = row or Cycle(body.cycle_id, body.prototype_id)
    if (
        old.primary_measure != body.primary_measure
    ):  # a number for another measure predicts nothing about this one
        old = replace(old, predicted_value=None, predicted_low=None, predicted_high=None, predicted_for=None)
    return replace(
        old,
        prototype_id=body.prototype_id,
        cycle_no=body.cycle_no,
        question=body.question,
        primary_measure=body.primary_measure,
        do_start=body.do_start,
        do_end=body.do_end,
        plan=body.plan,
        source="record",
    )


def _decide(rows: dict[str, Cycle], body: DecisionMade) -> None:
    if row := rows.get(body.cycle_id):
        rows[body.cycle_id] = replace(row, decision=str(body.decision), decided_on=body.decided_on)


def _learn(rows: dict[str, Cycle], body: LearningWritten) -> None:
    if row := rows.get(body.cycle_id):
        rows[body.cycle_id] = replace(row, learning=body.text)


def as_judged(cycle: Cycle) -> Cycle:
    """Return a cycle as far as it is judged: without words, and with an end only where a decision ends it.

    To continue is a decision that ends nothing: Do goes on.
    """
    goes_on = cycle.decision == Decision.CONTINUE
    return replace(
        cycle,
        question=None,
        plan=None,
        learning=None,
        decision=None,
        decided_on=None if goes_on else cycle.decided_on,
        source="file",
    )
