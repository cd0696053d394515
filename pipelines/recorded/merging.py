"""What people entered merged with what was read from files: checked rows of both, told apart by their load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pipelines.measures import Measure
from pipelines.recorded.fitting import Known, fitting
from pipelines.recorded.parts import Part, parts_of
from pipelines.recorded.places import cycles_of, prototypes_of
from pipelines.recorded.reach import known_until
from pipelines.recorded.sealing import Version, versions_of, with_predictions
from pipelines.recorded.sessions import NotHeld, sessions_of
from pipelines.recorded.tested import Days, days_of, tested
from pipelines.records import Record, Recorded, standing
from pipelines.sources import Checked, Prototype
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.context import context_of

#: What stands for the file and the reader of records, wherever a line leads back to one: "record 17".
FILE, READER = "records", "record"


@dataclass(frozen=True)
class Merged:
    """Files and records together.

    Attributes
    ----------
    checked
        Rows of both; a record that speaks of something that is not there is a fault of the load `records`.
    recorded
        What stands of the records and speaks of what is there.
    fit
        Ids of all records that speak of what is there, standing or not.
    versions
        Every version of each cycle's prediction, by cycle.
    not_held
        Tests planned and not held.
    prototypes_read
        Prototypes as the files have them.
    known_until
        Last day known to have passed; None where no session was typed in.
    parts
        The sessions that were typed in, with their digests.
    """

    checked: Checked
    recorded: Recorded = field(default_factory=Recorded)
    fit: frozenset[str] = frozenset()
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    not_held: tuple[NotHeld, ...] = ()
    prototypes_read: tuple[Prototype, ...] = ()
    known_until: dt.date | None = None
    parts: tuple[Part, ...] = ()


def merged(
    checked: Checked,
    records: Sequence[Record],
    measures: Sequence[Measure],
    today: dt.date,
    days: Days | None = None,
) -> Merged:
    """Merge records with what was read.

    Parameters
    ----------
    checked
        What was read from files.
    records
        The whole chain.
    measures
        Those in use.
    today
        Later days lie in the future.
    days
        `days_of(checked.held_sessions)`, where it is known.

    Returns
    -------
    Merged
        Never raises for what a record holds.
    """
    days = days_of(checked.held_sessions) if days is None else days
    ledger = Ledger(FILE, READER, FILE.encode())
    recorded = standing(records)
    fit = fitting(records, recorded, _known(checked, measures), ledger)
    recorded = _only(recorded, fit)
    prototypes = prototypes_of(checked.prototypes, recorded)
    context = context_of(checked.neighbourhoods, prototypes, measures, today)
    sessions, not_held = sessions_of(records, recorded, ledger, context)
    cycles = cycles_of(checked.cycles, recorded)
    versions = versions_of(cycles, recorded, tested(days, sessions, recorded.sessions))
    both = replace(
        checked,
        prototypes=prototypes,
        cycles=with_predictions(cycles, versions),
        sessions=(*checked.sessions, *sessions),
    )
    return Merged(
        _with_load(both, ledger, records),
        recorded,
        fit,
        versions,
        not_held,
        checked.prototypes,
        known_until(days, records, any(map(len, sessions))),
        parts_of(sessions),
    )


def _known(checked: Checked, measures: Sequence[Measure]) -> Known:
    return Known(
        [row.neighbourhood_id for row in checked.neighbourhoods],
        {measure.measure_id: measure for measure in measures},
        {row.prototype_id for row in checked.prototypes},
        {row.cycle_id: row.primary_measure for row in checked.cycles},
    )


def _only(recorded: Recorded, fit: frozenset[str]) -> Recorded:
    """Return what stands without the entries that speak of nothing; the sessions are judged by themselves."""
    kinds = [one.name for one in fields(Recorded) if one.name not in ("sessions", "superseded", "withdrawn")]
    kept: dict[str, Any] = {
        name: tuple(e for e in getattr(recorded, name) if e.record.record_id in fit) for name in kinds
    }
    return replace(recorded, **kept)


def _with_load(checked: Checked, ledger: Ledger, records: Sequence[Record]) -> Checked:
    """Add the load of the records; its id never changes, so that what did not change stays as it is."""
    if not records:
        return checked
    load = replace(ledger.close(), sha256=records[-1].hash)
    faults = sorted((*checked.faults, *ledger.faults), key=lambda fault: (fault.file, fault.line or 0))
    return replace(checked, loads=(*checked.loads, load), faults=tuple(faults))
