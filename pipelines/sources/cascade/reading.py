"""cascade_counts.csv to checked rows: line by line, then the lines against each other; every fault told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipelines.sources import personal
from pipelines.sources.cascade import steps
from pipelines.sources.cascade.cells import NoCount, fault_of_group, last_day, read_count, read_month
from pipelines.sources.cascade.fitting import standing
from pipelines.sources.cascade.owners import Owners
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.identities import unknown_id
from pipelines.sources.rows import Row, read_table
from pipelines.sources.tables import CascadeCount, Effect

T = TypeVar("T")

#: Cells of columns that are no part of the table looked at for personal data; all of them are left out.
MOST_LOOKED_AT = 20_000

#: Lines of a file: six neighbourhoods, 24 months, every step and group are about 20,000; five times as many fit.
MOST_LINES = 100_000

_MONTH = "This is not a month. Write it as 2026-04, or as its first day, 2026-04-01."
_NOT_ENDED = (
    "This month has not ended, so nobody can have counted it whole. Correct it, or leave it out until then."
)
_FOLLOW_UP = (
    "Follow-up is blank for a count of the month itself, or 0, 3, 6 or 12 months. Write one of these."
)
_PROTOTYPE_ELSEWHERE = (
    "The prototype belongs to another neighbourhood in prototypes.csv. Correct one of the two."
)
_OTHER_COLUMN = (
    "No such column is read, so it was left out. Counts need no more than the columns of the template."
)
_HELP = "Who gave help is told for the step helped alone. Write helped as the step, or another group_type."


@dataclass(frozen=True)
class ReadCascade:
    """What came of the file.

    Attributes
    ----------
    ledger
        Its lines and faults.
    rows
        The counts that stand, in the order of the file.
    missing
        Needed columns that are not there (then there are no rows).
    """

    ledger: Ledger
    rows: tuple[CascadeCount, ...]
    missing: tuple[str, ...]


def read_cascade(content: bytes, file: str, owners: Owners, today: dt.date) -> ReadCascade:
    """Read cascade_counts.csv, or a workbook with the same table on its first sheet.

    Parameters
    ----------
    content, file
        Its bytes, and its path below the data folder.
    owners
        The neighbourhoods and prototypes that it may name.
    today
        Months that end after it are refused.

    Returns
    -------
    ReadCascade
        Never raises for what the file holds. A count held back (``<5``, ``*``) makes no row; its line is loaded and
        the cell told as missing.
    """
    make = _maker(owners, today)
    ledger, rows, missing = read_table(content, file, steps.READER, steps.COLUMNS, make, MOST_LINES)
    return ReadCascade(ledger, tuple(standing([row for row in rows if row], owners, ledger)), tuple(missing))


def _maker(owners: Owners, today: dt.date) -> Callable[[Row], CascadeCount | None]:
    """Return a function from a line to a row; None where the line is refused or its count is not known."""
    others = _Others()

    def make(row: Row) -> CascadeCount | None:
        others.drop(row)
        place, prototype_id = _place(row, owners)
        month, follow_up = _month(row, today), _follow_up(row)
        step = _word(row, "step", steps.STEPS)
        group_type, group = _group(row, step)
        setting = _word(row, "setting", steps.SETTINGS, "all")
        count = _count(row, step)
        if row.is_refused or month is None or count is None:
            return None
        return CascadeCount(
            row.ledger.load_id, row.ledger.file, row.line, place, prototype_id, month, step, follow_up, group_type,
            group, setting, count,
        )  # fmt: skip

    return make


class _Others:
    """Columns that are no part of the table: left out, each told once; personal data in them are counted."""

    def __init__(self) -> None:
        self.is_personal: dict[str, bool] | None = None
        self.n_looked_at = 0

    def drop(self, row: Row) -> None:
        if self.is_personal is None:
            others = [name for name in row.cells if name not in (*steps.COLUMNS, *steps.OPTIONAL)]
            self.is_personal = {name: personal.is_personal_heading(name) for name in others}
            for name in others:
                row.ledger.tell(None, name, None, _OTHER_COLUMN, Effect.NOTED)
        for name, is_personal in self.is_personal.items():
            if value := row.cells[name]:
                row.ledger.personal_cells_dropped += is_personal or self._has_personal_data(value)

    def _has_personal_data(self, value: str) -> bool:
        self.n_looked_at += 1
        return self.n_looked_at <= MOST_LOOKED_AT and bool(personal.find(value))


def _place(row: Row, owners: Owners) -> tuple[str, str | None]:
    """Return neighbourhood and prototype; a prototype that is not named is None."""
    place, prototype_id = row.written("neighbourhood_id"), row.written("prototype_id") or None
    if place not in owners.neighbourhood_ids:
        row.known_id("neighbourhood_id", owners.neighbourhood_ids, "neighbourhoods.csv")
    if prototype_id is None:
        return place, None
    home = owners.homes.get(prototype_id)
    if home is None:
        row.known_id("prototype_id", owners.homes, "prototypes.csv")
    elif home != place and place in owners.neighbourhood_ids:
        row.refuse("prototype_id", prototype_id, _PROTOTYPE_ELSEWHERE)
    return place, prototype_id


def _month(row: Row, today: dt.date) -> dt.date | None:
    text = row.written("cohort_month")
    month = read_month(text)
    if month is None:
        row.refuse("cohort_month", personal.mask(text), _MONTH)
    elif last_day(month) > today:
        row.refuse("cohort_month", personal.mask(text), _NOT_ENDED)
    return month


def _follow_up(row: Row) -> int | None:
    text = row.written("follow_up_months").removesuffix(".0")
    if text and text not in map(str, steps.FOLLOW_UPS):
        row.refuse("follow_up_months", personal.mask(text), _FOLLOW_UP)
        return None
    return int(text) if text else None


def _word(row: Row, column: str, known: Sequence[str], blank: str = "") -> str:
    """Return one of the known words; another one refuses the line, with the nearest that is known."""
    text = row.written(column)
    word = text.lower() or blank
    if word not in known:
        row.refuse(column, personal.mask_id(text, tuple(known)), _unknown_word(word, column, known))
    return word


def _unknown_word(word: str, column: str, known: Sequence[str]) -> str:
    if not word:
        return f"The {column} is missing. Write one of: {', '.join(known)}."
    nearest = unknown_id(word, tuple(known), "the list").rpartition("Did you mean ")[2]
    hint = f"Did you mean {nearest}" if nearest.endswith("?") else f"Write one of: {', '.join(known)}."
    return f"This {column} is not known. {hint}"


def _group(row: Row, step: str) -> tuple[str, str]:
    group_type = _word(row, "group_type", steps.GROUP_TYPES, "all")
    group = row.written("group").lower().removesuffix(".0") or ("all" if group_type == "all" else "")
    if group_type not in steps.GROUP_TYPES:
        return group_type, group
    if reason := fault_of_group(group_type, group):
        row.refuse("group", personal.mask_id(group, ()), reason)
    if group_type == "help_source" and step != steps.HELPED and step in steps.STEPS:
        row.refuse("step", step, _HELP)
    return group_type, group


def _count(row: Row, step: str) -> float | None:
    text = row.written("count")
    count = read_count(text, step)
    if not isinstance(count, NoCount):
        return count
    if not count.is_unknown:
        row.refuse("count", personal.mask(text), count)
    elif not row.is_refused:
        row.missing("count", count)
    return None
