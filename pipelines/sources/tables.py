"""What every reader hands over: checked rows, the loads they came from, and the faults found on the way.

Field names are the column names of `pipelines/sql/schema.sql`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.sources.logs.sessions import Sessions


class Effect(StrEnum):
    """What a fault did to the data."""

    LINE_REFUSED = "line refused"
    CELL_MISSING = "cell missing"
    HELD = "held"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One neighbourhood. `population` is people, or None where not given.

    `wards` are names or codes parted by semicolons; names are those of the year `wards_vintage`.
    """

    neighbourhood_id: str
    name: str
    display_order: int
    population: int | None = None
    wards: str | None = None
    pcn_code: str | None = None
    wards_vintage: int | None = None


@dataclass(frozen=True, slots=True)
class Prototype:
    """One prototype in one neighbourhood. `planned_every` is None, or as in `measures.PLANNED_EVERY`."""

    prototype_id: str
    neighbourhood_id: str
    name: str
    theme: str | None = None
    stage: str | None = None
    started_on: dt.date | None = None
    planned_every: str | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """One PDSA cycle; predictions in the measure's stored unit (shares 0 to 1), None where not made.

    `source` is record where somebody entered the cycle, else file.
    """

    cycle_id: str
    prototype_id: str
    cycle_no: str | None = None
    question: str | None = None
    primary_measure: str | None = None
    predicted_value: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_for: dt.date | None = None
    do_start: dt.date | None = None
    do_end: dt.date | None = None
    decision: str | None = None
    decided_on: dt.date | None = None
    learning: str | None = None
    plan: str | None = None
    source: str = "file"


@dataclass(frozen=True, slots=True)
class LocalityValue:
    """One published figure of an area, a period and a group of people, as its publisher gives it.

    `value`, `lower_95`, `upper_95` are in `unit` and never scaled; `value` is None where none is published, and
    `is_suppressed` tells a figure held back (``*``) from one that is not there. `geography` is the kind of area with
    its vintage. `sex` is male, female or persons. Rows with a `category` (a tenth by deprivation, an ethnic group)
    stand beside the plain ones. `released_on` is the publisher's day; where it is not known, `retrieved_on` says of
    when the file is. `load_id` and `line` lead back to the file.
    """

    area_code: str
    area_name: str
    geography: str | None
    indicator: str
    period_start: dt.date
    period_end: dt.date
    value: float | None
    lower_95: float | None
    upper_95: float | None
    unit: str | None
    source: str | None
    released_on: dt.date | None
    indicator_id: str | None = None
    sex: str | None = None
    age: str | None = None
    category_type: str | None = None
    category: str | None = None
    count: float | None = None
    denominator: float | None = None
    period_published: str | None = None
    note: str | None = None
    is_suppressed: bool = False
    retrieved_on: dt.date | None = None
    load_id: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """One file read, or one sheet of a workbook (`sheet`). `lines_read` is always the sum of the three counts of lines after it.

    A line is a CSV record: a cell may hold line breaks. Held lines and merged doubles count as refused.
    `cells_missing` counts the cells of loaded lines that hold something, but nothing that can be counted; blank
    cells are not among them.
    """

    load_id: str
    file: str
    reader: str
    sha256: str
    lines_read: int
    lines_loaded: int
    lines_refused: int
    lines_furniture: int
    cells_missing: int
    personal_cells_dropped: int
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong with a line. `value` is as written, or masked where it may be personal."""

    load_id: str
    file: str
    line: int | None
    column: str | None
    value: str | None
    reason: str
    effect: Effect
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """Something decided while reading that a person may overrule.

    `what` was decided, on what `evidence` (a sentence), and `overrule` is the line of the mapping beside the file
    that decides otherwise.
    """

    load_id: str
    file: str
    sheet: str | None
    column: str | None
    what: str
    evidence: str
    overrule: str


@dataclass(frozen=True, slots=True)
class RawLine:
    """One session held, as a checked line of a test log."""

    load_id: str
    file: str
    line: int
    prototype_id: str
    tested_on: dt.date
    place: str | None
    place_type: str | None
    cycle_no: str | None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RawCell:
    """One item of one session; `count` None where it was not recorded or could not be read.

    `low` and `high` are set where the number is an interval (`high` None there: no upper end). `flag` is the state
    of the number where it is not a plain one; `written` the cell without personal data.
    """

    load_id: str
    line: int
    item: str
    count: float | None
    low: float | None = None
    high: float | None = None
    flag: str | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record or cell that is kept out, and the day it most likely belongs to.

    `item` None means the whole record. `doubt` is 'held' (a number may be missing from the period: no value is
    published for it) or 'not recorded' (somebody wrote that it was not asked: sums are not published).
    """

    load_id: str
    file: str
    line: int
    prototype_id: str
    presumed_on: dt.date
    item: str | None
    doubt: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class CascadeCount:
    """One line of cascade_counts.csv: so many people of a month, a step and a group.

    `step` is a `CascadeStep` or one of the counts beside them (data/README.md). `cohort_month` is the first day of the
    month. `follow_up_months` says within how many months after it the step was reached; None for a count of that month
    itself, whoever came when. `prototype_id` is None where the count is of the whole neighbourhood.
    """

    load_id: str
    file: str
    line: int
    neighbourhood_id: str
    prototype_id: str | None
    cohort_month: dt.date
    step: str
    follow_up_months: int | None
    group_type: str
    group: str
    setting: str
    count: float


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything read from one data folder, ready for `load_tables`."""

    neighbourhoods: tuple[Neighbourhood, ...]
    prototypes: tuple[Prototype, ...]
    cycles: tuple[Cycle, ...]
    locality_values: tuple[LocalityValue, ...]
    sessions: tuple[Sessions, ...]
    loads: tuple[Load, ...]
    faults: tuple[RowFault, ...]
    #: Rows of further published tables; the `TABLE` of a row's class names its table.
    published: tuple[Any, ...] = ()
    guesses: tuple[Guess, ...] = ()
    #: Counts of the hypertension cascade; those of everybody also stand among the sessions, a month a session.
    cascade: tuple[CascadeCount, ...] = ()

    @property
    def held_sessions(self) -> tuple[Sessions, ...]:
        """The sessions that somebody held; a month of the cascade's counts is none, and tells no day of a test."""
        counted = {row.load_id for row in self.cascade}
        return tuple(part for part in self.sessions if part.load_id not in counted)

    @property
    def raw_lines(self) -> tuple[RawLine, ...]:
        """The sessions held, row by row; for a look at a few of them."""
        return tuple(row for part in self.sessions for row in part.raw_lines())

    @property
    def raw_cells(self) -> tuple[RawCell, ...]:
        """The items of the sessions, row by row; for a look at a few of them."""
        return tuple(row for part in self.sessions for row in part.raw_cells())

    @property
    def held_records(self) -> tuple[HeldRecord, ...]:
        """Records and cells kept out."""
        return tuple(row for part in self.sessions for row in part.held)
