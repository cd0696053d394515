"""Every prototype that tries the same idea, gathered once from the store: its place, its start, its stage, its cycles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.components.prototype_view import cycle_band
from dashboard.components.wording import capital, count, date, day, missing, rows_of
from dashboard.figures.axis import TimeAxis
from dashboard.figures.cycle_band import CycleBand
from dashboard.store import Store

Row = dict[str, Any]

STOPPED = "stopped"

#: Shortest time axis, so that an idea begun this week still has a picture.
AT_LEAST = dt.timedelta(weeks=8)


@dataclass(frozen=True)
class Trial:
    """One prototype of the idea; `began` None where it has not been tried with people yet.

    `ended` is the day it was stopped, None while it goes on or where no day is known. `decisions` are those on its
    cycles, oldest first.
    """

    place: str
    place_order: int
    prototype_id: str
    name: str
    stage: str
    began: dt.date | None
    ended: dt.date | None
    cycles: Sequence[CycleBand]
    decisions: Sequence[str]

    def weeks(self, until: dt.date) -> int | None:
        """Return for how many whole weeks it has been tried, or was."""
        if self.began is None:
            return None
        return max(((self.ended or until) - self.began).days // 7, 0)


@dataclass(frozen=True)
class Spread:
    """All trials of an idea, west to east and then by their start, and the places without one."""

    idea: str
    trials: Sequence[Trial]
    elsewhere: Sequence[str]
    n_places: int
    until: dt.date

    @property
    def begun(self) -> list[Trial]:
        """Return the trials that began."""
        return [trial for trial in self.trials if trial.began is not None]

    def axis_of(self, trial: Trial) -> TimeAxis | None:
        """Return the trial's time axis: from its own first day, as long as that of the trial that has gone on longest."""
        starts = [one.began for one in self.begun if one.began is not None]
        if trial.began is None:
            return None
        length = max(max(self.until - start for start in starts), AT_LEAST)
        start = pd.Timestamp(trial.began)
        return TimeAxis(start, start + length + dt.timedelta(days=1))

    def sentence(self) -> str:
        """Return in how many places it has been tried, since when, and how many trials were stopped."""
        if not self.begun:
            return "Nobody has tried it with people yet."
        places = len({trial.place for trial in self.begun})
        starts = sorted(trial.began for trial in self.begun if trial.began is not None)
        first, last = day(starts[0], year=True), day(starts[-1], year=True)
        when = f"on {first}" if first == last else f"first on {first}, last on {last}"
        told = f"Begun in {count(places)} of {count(self.n_places)} neighbourhoods, {when}."
        stopped = sum(trial.stage == STOPPED for trial in self.begun)
        if not stopped:
            return f"{told} None has been stopped."
        return f"{told} {capital(count(stopped))} of {count(len(self.begun))} {'was' if stopped == 1 else 'were'} stopped."


def load_spread(store: Store, prototype: Row) -> Spread:
    """Return everyone who tries what a prototype tries: those of its theme, else those of its name.

    Parameters
    ----------
    store
        The open mart.
    prototype
        Its row.
    """
    places = {str(row["neighbourhood_id"]): row for row in rows_of(store.neighbourhoods())}
    alike = [row for row in rows_of(store.prototypes()) if _is_alike(row, prototype)]
    filed = rows_of(store.cycles())
    ended = {
        row["prototype_id"]: date(row["reached_on"])
        for row in rows_of(store.stage_events())
        if row["stage"] == STOPPED
    }
    trials = [_trial(row, places, filed, ended.get(row["prototype_id"])) for row in alike]
    trials.sort(key=lambda trial: (trial.place_order, trial.began or dt.date.max, trial.prototype_id))
    here = {trial.place for trial in trials}
    elsewhere = [str(row["name"]) for row in places.values() if row["name"] not in here]
    until = date(store.info().get("data_until")) or dt.date.min
    return Spread(_idea(prototype), trials, elsewhere, len(places), until)


def _is_alike(row: Row, prototype: Row) -> bool:
    name = "name" if missing(prototype["theme"]) else "theme"
    return bool(row[name] == prototype[name])


def _idea(prototype: Row) -> str:
    name = prototype["name"] if missing(prototype["theme"]) else prototype["theme"]
    return str(name).replace("_", " ")


def _trial(row: Row, places: dict[str, Row], filed: Sequence[Row], ended: dt.date | None) -> Trial:
    place = places[str(row["neighbourhood_id"])]
    mine = [cycle for cycle in filed if cycle["prototype_id"] == row["prototype_id"]]
    return Trial(
        str(place["name"]),
        int(place["display_order"]),
        str(row["prototype_id"]),
        str(row["name"]),
        "" if missing(row["stage"]) else str(row["stage"]),
        date(row["started_on"]),
        ended if row["stage"] == STOPPED else None,
        [cycle_band(cycle) for cycle in mine if not missing(cycle["do_start"])],
        [str(cycle["decision"]) for cycle in mine if not missing(cycle["decision"])],
    )


def decided_words(trial: Trial) -> str:
    """Return what was decided on a trial's cycles: ``2 adopt, 1 abandon``; of none that it is so."""
    told = ", ".join(f"{number} {decision}" for decision, number in Counter(trial.decisions).items())
    return told or ("none decided" if trial.cycles else "no cycle")
