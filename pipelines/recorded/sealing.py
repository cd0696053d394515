"""Which predictions were sealed before the first test of Do, and which one is held against the result.

A prediction counts as sealed by the day on which it was saved and the days on which was tested, both in London: the
data decide, never the day that a screen shows. What was sealed stays what is scored, whatever is saved later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.recorded.tested import Tested
from pipelines.records import Entry, Record, Recorded
from pipelines.records.kinds import PredictionSealed
from pipelines.sources import Cycle
from pipelines.words.parts import day_words, london_day

FROM_A_FILE = "It was read from a file, which does not tell when it was written."


@dataclass(frozen=True)
class Version:
    """One version of a cycle's prediction; `body` and `record` are None where it was read from a file."""

    cycle: Cycle
    is_sealed: bool
    why_not_sealed: str | None
    is_scored_one: bool = False
    body: PredictionSealed | None = None
    record: Record | None = None


def versions_of(
    cycles: Iterable[Cycle], recorded: Recorded, tested: Tested
) -> dict[str, tuple[Version, ...]]:
    """Return every version of each cycle's prediction, oldest first, a file's before all records.

    A file that only repeats what was sealed tells of no version of its own.

    A version that was taken back before Do began is none. Held against the result is the last one that stood when
    Do began; where no record did, the one in the file.
    """
    by_cycle: dict[str, list[Entry[PredictionSealed]]] = {}
    for entry in recorded.predictions:
        by_cycle.setdefault(entry.body.cycle_id, []).append(entry)
    return {
        cycle.cycle_id: _versions(cycle, by_cycle.get(cycle.cycle_id, []), recorded, tested)
        for cycle in cycles
    }


def _versions(
    cycle: Cycle, entries: Sequence[Entry[PredictionSealed]], recorded: Recorded, tested: Tested
) -> tuple[Version, ...]:
    taken_back = {
        entry.body.record_id
        for entry in recorded.withdrawals
        if _why_not(entry.record, cycle, tested) is None
    }
    made = [_version(entry, cycle, tested) for entry in entries if entry.record.record_id not in taken_back]
    sealed = [n for n, one in enumerate(made) if one.is_sealed]
    if sealed:
        made[sealed[-1]] = replace(made[sealed[-1]], is_scored_one=True)
    if not _tells_of_its_own(cycle, made):
        return tuple(made)
    return (Version(cycle, False, FROM_A_FILE, is_scored_one=not sealed), *made)


def _tells_of_its_own(cycle: Cycle, made: Sequence[Version]) -> bool:
    """Whether a file predicts something that no sealed record repeats figure by figure."""
    figures = (cycle.predicted_value, cycle.predicted_low, cycle.predicted_high)
    sealed = {(one.body.value, one.body.low, one.body.high) for one in made if one.body and one.is_sealed}
    return any(figure is not None for figure in figures) and figures not in sealed


def _version(entry: Entry[PredictionSealed], cycle: Cycle, tested: Tested) -> Version:
    why_not = _why_not(entry.record, cycle, tested)
    return Version(cycle, why_not is None, why_not, body=entry.body, record=entry.record)


def _why_not(record: Record, cycle: Cycle, tested: Tested) -> str | None:
    """Return why a record was not written before the first test of Do; None where it was."""
    first, written = tested.first_in_do(cycle), london_day(record.saved_at)
    if first is None or written < first:
        return None
    if written > first:
        return f"The first test of this cycle was on {_day(first, written)}; this was written on {_day(written, first)}."
    if tested.all_saved_after(cycle.prototype_id, first, record.saved_at):
        return None
    return (
        f"The first test of this cycle was on {_day(first, written)}, and this was written on the same day, "
        "not before that test was known."
    )


def _day(day: dt.date, beside: dt.date) -> str:
    """Return a day as people write it, without its year where both have the same."""
    words = day_words(day)
    return words.removesuffix(f" {day.year}") if day.year == beside.year else words


def with_predictions(cycles: Iterable[Cycle], versions: dict[str, tuple[Version, ...]]) -> tuple[Cycle, ...]:
    """Return the cycles with the prediction that is held against their result."""
    return tuple(_with_prediction(cycle, versions[cycle.cycle_id]) for cycle in cycles)


def _with_prediction(cycle: Cycle, versions: Sequence[Version]) -> Cycle:
    body = next((one.body for one in versions if one.is_scored_one), None)
    if body is None:
        return cycle
    return replace(
        cycle,
        predicted_value=body.value,
        predicted_low=body.low,
        predicted_high=body.high,
        predicted_for=body.predicted_for,
    )
