"""The usual ranges that people accepted or moved, by series, as a chart needs them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.records import Entry, Recorded
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted
from pipelines.words.parts import london_day


@dataclass(frozen=True)
class Accepted:
    """Who accepted something, on which day in London, and why."""

    record_id: str
    by: str
    on: dt.date
    reason: str


@dataclass(frozen=True)
class BaselineDecided:
    """The points that set the usual range, from `first_on` to `last_on`."""

    accepted: Accepted
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True)
class RebaseDecided:
    """A new usual range from a day on; `n_points_observed` as the person answered."""

    accepted: Accepted
    from_on: dt.date
    n_points_observed: int
    answers: tuple[bool, bool, bool, bool]


@dataclass(frozen=True)
class SeriesDecisions:
    """What was decided about one series: the baseline accepted last, and every rebase that stands, by its day."""

    baseline: BaselineDecided | None = None
    rebases: tuple[RebaseDecided, ...] = ()


def decisions_of(recorded: Recorded) -> Mapping[str, SeriesDecisions]:
    """Return the decisions by series; a series of which nothing was decided is not among them."""
    baselines = {
        entry.body.series_id: _baseline(entry.body, _accepted(entry)) for entry in recorded.baselines
    }
    rebases: dict[str, list[RebaseDecided]] = defaultdict(list)
    for entry in recorded.rebases:
        rebases[entry.body.series_id].append(_rebase(entry.body, _accepted(entry)))
    return {
        series_id: SeriesDecisions(
            baselines.get(series_id), tuple(sorted(rebases[series_id], key=lambda one: one.from_on))
        )
        for series_id in {**baselines, **rebases}
    }


def _accepted(entry: Entry[BaselineAccepted] | Entry[RebaseAccepted]) -> Accepted:
    record = entry.record
    return Accepted(record.record_id, record.who, london_day(record.saved_at), entry.body.reason)


def _baseline(body: BaselineAccepted, accepted: Accepted) -> BaselineDecided:
    return BaselineDecided(accepted, body.first_on, body.last_on)


def _rebase(body: RebaseAccepted, accepted: Accepted) -> RebaseDecided:
    answers = (
        body.is_distinct,
        body.is_reason_known,
        body.is_desirable_or_redefined,
        body.is_expected_to_continue,
    )
    return RebaseDecided(accepted, body.from_on, body.n_points_observed, answers)
