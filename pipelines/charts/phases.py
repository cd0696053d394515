"""The stretches of a series that have a usual range of their own, from what was found and what people decided.

A rebase begins a phase; an accepted baseline sets the lines of the phase that it lies in. What cannot be applied to this
series says why (docs/method.md, Charts 6, 7).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.charts.decided import Accepted, Moved, SeriesDecisions, Signed
from pipelines.charts.values import Values
from pipelines.spc import Baseline
from pipelines.vocabulary import POINTS_FOR_LIMITS, POINTS_FOR_REBASE
from pipelines.words.parts import counted, day_words

BoolArray = NDArray[np.bool_]

LATER_ONE = "Not applied: a later decision took its place."
OF_A_REBASE = "Not applied: it names points after a day from which the usual range was not moved."
NO_RANGE = "Not applied: this chart has no usual range to move."


@dataclass(frozen=True)
class Phase:
    """One stretch of a series.

    Attributes
    ----------
    begin
        Its first row.
    mask
        The rows that set its lines, over the whole series.
    signed
        Who accepted its usual range; None: nobody yet.
    rebased_from
        The day that a rebase named; None for the first phase.
    """

    begin: int
    mask: BoolArray
    signed: Signed | None = None
    rebased_from: dt.date | None = None


@dataclass
class Notes:
    """Why decisions are not applied, by the id of their record."""

    by_record: dict[str, str] = field(default_factory=dict)

    def tell(self, signed: Signed, why: str) -> None:
        """Say why one is not applied."""
        self.by_record[signed.record_id] = why


def first_baseline(
    values: Values, found: Baseline, decided: SeriesDecisions
) -> tuple[Baseline, Signed | None, Notes]:
    """Return what sets the lines of the first phase: what was accepted, else what was found.

    Returns
    -------
    tuple
        The baseline, who accepted it, and why other acceptances are not applied.
    """
    notes = Notes()
    until = _first_row(values, min((one.from_on for one in _allowed(decided)), default=None))
    taken = _latest(values, decided, slice(0, until), notes)
    if taken is None:
        return found, None, notes
    one, mask = taken
    reason = f"The {int(mask.sum())} points that {one.signed.who} accepted."
    return Baseline(mask, "accepted", "provisional", reason), one.signed, notes


def phases_of(
    values: Values, first: Phase, decided: SeriesDecisions, notes: Notes, *, has_range: bool
) -> tuple[Phase, ...]:
    """Return the phases of a series, oldest first: one, and one more a rebase that can be applied.

    Parameters
    ----------
    values
        The figures of the series.
    first
        The first phase.
    decided
        What people decided.
    notes
        Takes why a rebase is not applied.
    has_range
        Whether the chart has a usual range that could be moved.
    """
    candidates = _in_order([one for one in decided.moved if _may(one, notes)], notes)
    phases = [first]
    for number, one in enumerate(candidates):
        later = [_first_row(values, other.from_on) for other in candidates[number + 1 :]]
        begin, end = _first_row(values, one.from_on), min(later, default=len(values.value))
        phase = _moved(values, one, slice(begin, end), decided, notes)
        why = NO_RANGE if not has_range else _why_not(values, one, slice(begin, end), phases[-1])
        if why is not None:
            notes.tell(one.signed, why)
        elif not _is_too_late(values, phase.mask, decided):
            phases.append(phase)
    _tell_the_rest(values, phases, decided, notes)
    return tuple(phases)


def _tell_the_rest(values: Values, phases: list[Phase], decided: SeriesDecisions, notes: Notes) -> None:
    """Say of acceptances that belong to a rebase which is not applied that they are not either."""
    used = {phase.signed.record_id for phase in phases if phase.signed is not None}
    for one in decided.accepted:
        if one.signed.record_id not in used and not _is_too_late(values, _named(values, one), decided):
            notes.by_record.setdefault(one.signed.record_id, OF_A_REBASE)


def _in_order(moved: list[Moved], notes: Notes) -> list[Moved]:
    """Return the rebases by their days; of two from one day the one saved later."""
    by_day: dict[dt.date, Moved] = {}
    for one in moved:
        if one.from_on in by_day:
            notes.tell(by_day[one.from_on].signed, LATER_ONE)
        by_day[one.from_on] = one
    return [by_day[day] for day in sorted(by_day)]


def _may(one: Moved, notes: Notes) -> bool:
    """Whether the answers allow a rebase."""
    if one.refusal is not None:
        notes.tell(one.signed, f"Not applied: {one.refusal}.")
    elif one.n_points_observed < POINTS_FOR_REBASE:
        seen = counted(one.n_points_observed, "points")
        notes.tell(one.signed, f"Not applied: observed for {seen}; {POINTS_FOR_REBASE} are the fewest.")
    else:
        return True
    return False


def _allowed(decided: SeriesDecisions) -> list[Moved]:
    return [
        one for one in decided.moved if one.refusal is None and one.n_points_observed >= POINTS_FOR_REBASE
    ]


def _why_not(values: Values, one: Moved, rows: slice, before: Phase) -> str | None:
    """Return why a rebase does not fit the points of this chart; None where it does."""
    since = counted(n := int(values.is_known[rows].sum()), "points")
    if rows.start >= len(values.value):
        return f"Not applied: no point of this chart begins on or after {day_words(one.from_on)}."
    if n < POINTS_FOR_REBASE:
        return f"Not applied: this chart has {since} from {day_words(one.from_on)} on; {POINTS_FOR_REBASE} are the fewest."
    set_by = np.flatnonzero(before.mask)
    if not set_by.size:
        return NO_RANGE
    if set_by[-1] >= rows.start:
        return f"Not applied: points from {day_words(one.from_on)} on helped to set the range before it."
    return None


def _moved(values: Values, one: Moved, rows: slice, decided: SeriesDecisions, notes: Notes) -> Phase:
    """Return the phase that a rebase begins: set by what was accepted inside it, else by the points observed, frozen."""
    phase = Phase(rows.start, np.zeros(len(values.value), dtype=bool), one.signed, one.from_on)
    taken = _latest(values, decided, rows, notes)
    if taken is not None:
        return replace(phase, mask=taken[1], signed=taken[0].signed)
    known = np.flatnonzero(values.is_known[rows]) + rows.start
    phase.mask[known[: max(one.n_points_observed, POINTS_FOR_LIMITS)]] = True
    return phase


def _latest(
    values: Values, decided: SeriesDecisions, rows: slice, notes: Notes
) -> tuple[Accepted, BoolArray] | None:
    """Return the acceptance saved last of those that begin among some rows, with the rows that it names."""
    taken: tuple[Accepted, BoolArray] | None = None
    for one in decided.accepted:
        mask = _named(values, one)
        if not _begins_in(values, one, rows):
            continue
        if (why := _too_few(one, mask)) is not None:
            notes.tell(one.signed, why)
        elif not _is_too_late(values, mask, decided):
            if taken is not None:
                notes.tell(taken[0].signed, LATER_ONE)
            taken = one, mask
    return taken


def _named(values: Values, one: Accepted) -> BoolArray:
    """Return the points with a value whose periods lie between the two days."""
    first, last = np.datetime64(one.first_on, "D"), np.datetime64(one.last_on, "D")
    return (values.start >= first) & (values.end <= last) & values.is_known


def _begins_in(values: Values, one: Accepted, rows: slice) -> bool:
    return (
        rows.start <= min(_first_row(values, one.first_on), max(len(values.value) - 1, 0)) < max(rows.stop, 1)
    )


def _too_few(one: Accepted, mask: BoolArray) -> str | None:
    if (n := int(mask.sum())) >= POINTS_FOR_LIMITS:
        return None
    between = f"{day_words(one.first_on)} to {day_words(one.last_on)}"
    held = f"has {counted(n, 'points')} from {between}" if n else f"has no point from {between}"
    return f"Not applied: this chart {held}; {POINTS_FOR_LIMITS} are needed."


def _is_too_late(values: Values, mask: BoolArray, decided: SeriesDecisions) -> bool:
    """Whether it rests on points that did not end before the day from which nothing may count."""
    if decided.frozen_before is None or not mask.any():
        return False
    return bool(values.end[mask].max() >= np.datetime64(decided.frozen_before, "D"))


def _first_row(values: Values, day: dt.date | None) -> int:
    """Return the first row whose period begins on a day or after it; the number of rows where none does."""
    if day is None:
        return len(values.value)
    begins = np.flatnonzero(values.start >= np.datetime64(day, "D"))
    return int(begins[0]) if begins.size else len(values.value)
