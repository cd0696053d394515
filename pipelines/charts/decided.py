"""What people decided on the usual range of a series: accepted, or moved from a day on (docs/method.md, Charts 6, 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipelines.records import Entry, Recorded
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted
from pipelines.words.parts import london_day


@dataclass(frozen=True)
class Signed:
    """Who decided, when and why."""

    record_id: str
    who: str
    on: dt.date
    reason: str


@dataclass(frozen=True)
class Accepted:
    """The points from `first_on` to `last_on` set the usual range."""

    signed: Signed
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True)
class Moved:
    """A new usual range from `from_on` on, seen on so many points; `refusal` says which answer does not allow it."""

    signed: Signed
    from_on: dt.date
    n_points_observed: int
    refusal: str | None = None


@dataclass(frozen=True)
class SeriesDecisions:
    """What was decided on one series, in order of saving.

    Attributes
    ----------
    accepted, moved
        Usual ranges accepted and moved, as they stand.
    frozen_before
        Take only what rests on points that ended before this day, as for a cycle whose Do begins then.
    """

    accepted: tuple[Accepted, ...] = ()
    moved: tuple[Moved, ...] = ()
    frozen_before: dt.date | None = field(default=None, kw_only=True)

    def before(self, day: dt.date | None) -> SeriesDecisions:
        """Return the decisions as far as they rest on points that ended before a day; all of them without one."""
        return replace(self, frozen_before=day)

    def __bool__(self) -> bool:
        return bool(self.accepted or self.moved)


#: The answer that does not allow a rebase, in words (docs/method.md, Charts 7).
REFUSED_BY = {
    "is_distinct": "the points were not seen as distinctly different",
    "is_reason_known": "the reason was not known",
    "is_desirable_or_redefined": "the change was neither wanted nor one of definition",
    "is_expected_to_continue": "it was not expected to continue",
}


def decisions_of(recorded: Recorded) -> dict[str, SeriesDecisions]:
    """Return the decisions that stand, by series."""
    series = dict.fromkeys(
        [
            *(one.body.series_id for one in recorded.baselines),
            *(one.body.series_id for one in recorded.rebases),
        ]
    )
    return {
        name: SeriesDecisions(
            tuple(
                Accepted(_signed(entry), entry.body.first_on, entry.body.last_on)
                for entry in recorded.baselines
                if entry.body.series_id == name
            ),
            tuple(
                moved_by(entry.body, _signed(entry))
                for entry in recorded.rebases
                if entry.body.series_id == name
            ),
        )
        for name in series
    }


def moved_by(body: RebaseAccepted, signed: Signed) -> Moved:
    """Return a rebase as the charts take it."""
    refused: Iterable[str] = (words for name, words in REFUSED_BY.items() if not getattr(body, name))
    return Moved(signed, body.from_on, body.n_points_observed, next(iter(refused), None))


def _signed(entry: Entry[BaselineAccepted] | Entry[RebaseAccepted]) -> Signed:
    record = entry.record
    return Signed(record.record_id, record.who, london_day(record.saved_at), entry.body.reason)
