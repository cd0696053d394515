"""Which days each prototype was tested on, and by whom it is known: a log, or a record with the moment it was saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.records import Entry
from pipelines.records.kinds import SessionLogged
from pipelines.sources import Cycle
from pipelines.sources.logs.sessions import Sessions

Days = dict[str, frozenset[dt.date]]


def days_of(sessions: Iterable[Sessions]) -> Days:
    """Return the days on which each prototype was tested."""
    found: dict[str, set[dt.date]] = {}
    for part in sessions:
        lines = part.lines
        pairs = pa.table(
            {
                "prototype_id": lines["prototype_id"].cast(pa.string()),
                "tested_on": lines["tested_on"].cast(pa.int32()),
            }
        ).group_by(["prototype_id", "tested_on"])
        for row in pairs.aggregate([]).to_pylist():
            day = np.datetime64(row["tested_on"], "D").astype(dt.date)
            found.setdefault(row["prototype_id"], set()).add(day)
    return {prototype_id: frozenset(days) for prototype_id, days in found.items()}


@dataclass(frozen=True)
class Tested:
    """The days of tests, by where they are known from.

    Attributes
    ----------
    in_files
        By prototype.
    in_records
        By prototype and day, the moments (UTC) at which the sessions of that day were saved.
    """

    in_files: Mapping[str, frozenset[dt.date]]
    in_records: Mapping[tuple[str, dt.date], tuple[dt.datetime, ...]]

    def first_in_do(self, cycle: Cycle) -> dt.date | None:
        """Return the first day of a test within Do; None where there was none yet."""
        if cycle.do_start is None:
            return None
        days = set(self.in_files.get(cycle.prototype_id, ()))
        days |= {day for prototype_id, day in self.in_records if prototype_id == cycle.prototype_id}
        last = cycle.do_end or dt.date.max
        return min((day for day in days if cycle.do_start <= day <= last), default=None)

    def all_saved_after(self, prototype_id: str, day: dt.date, moment: dt.datetime) -> bool:
        """Whether every test of a day was typed in, each after a moment."""
        if day in self.in_files.get(prototype_id, ()):
            return False
        return all(saved > moment for saved in self.in_records.get((prototype_id, day), ()))


def tested(in_files: Days, typed: Iterable[Sessions], entries: Iterable[Entry[SessionLogged]]) -> Tested:
    """Return the days of tests.

    Parameters
    ----------
    in_files
        Days of the sessions that files hold.
    typed
        The sessions of records that count.
    entries
        The records, for the moments.
    """
    counted = {line for part in typed for line in part.lines["line"].to_pylist()}
    moments: dict[tuple[str, dt.date], tuple[dt.datetime, ...]] = {}
    for entry in entries:
        if entry.record.number in counted:
            key = (entry.body.prototype_id, entry.body.tested_on)
            moments[key] = (*moments.get(key, ()), entry.record.saved_at)
    return Tested(in_files, moments)
