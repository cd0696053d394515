"""One sheet of a log: its columns found, its cells read, its records handed over to be judged."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from pipelines.sources import personal
from pipelines.sources.amounts import TRANSFER, Amounts, read_amounts
from pipelines.sources.columns import Column
from pipelines.sources.context import Context
from pipelines.sources.date_order import DAY_FIRST, MONTH_FIRST, DateOrder
from pipelines.sources.dates import DatesRead, read_dates
from pipelines.sources.grid import Grid
from pipelines.sources.headings import plain
from pipelines.sources.identities import refuse_strangers
from pipelines.sources.layout import Layout
from pipelines.sources.ledger import Ledger
from pipelines.sources.mapping import ID_COLUMNS, Mapping, find_places
from pipelines.sources.records import Records
from pipelines.sources.tables import Effect
from pipelines.sources.texts import clean_texts, tell_personal
from pipelines.sources.times import read_times

KEPT = ("place", "place_type", "cycle_no")
PARTIES = ("member", "source")

#: The shape under which dates come that a workbook itself had read in the wrong order.
SWAPPED = "0000-00-00"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its table found, and where the mapped columns stand."""

    grid: Grid
    layout: Layout
    columns: dict[str, int]
    items: dict[str, int]

    @classmethod
    def of(cls, grid: Grid, layout: Layout, mapping: Mapping) -> Sheet:
        """Return a sheet with the columns that a mapping means."""
        return cls(grid, layout, *find_places(mapping, layout.headings))

    def missing(self, mapping: Mapping) -> dict[str, tuple[str, ...]]:
        """Return what the mapping asks for and the sheet does not have, with the headings it looked for."""
        wanted = {**mapping.columns, **{item: spec.headings for item, spec in mapping.items.items()}}
        return {
            key: headings for key, headings in wanted.items() if key not in {**self.columns, **self.items}
        }

    def column(self, place: int) -> Column:
        """Return the records' cells of one column."""
        return Column.of(self.layout.headings[place], self.grid.cells[place], self.layout.body)

    def rest(self) -> list[int]:
        """Return the columns that no mapping names, as far as they have a heading or belong to a workbook."""
        used = {*self.columns.values(), *self.items.values()}
        is_text = self.grid.sheet is None
        return [
            n
            for n in range(self.grid.n_columns)
            if n not in used and (self.layout.headings[n].strip() or not is_text)
        ]

    def beyond(self) -> list[int]:
        """Return the columns of a text that lie right of its last heading."""
        if self.grid.sheet is not None:
            return []
        last = max((n for n, heading in enumerate(self.layout.headings) if heading.strip()), default=-1)
        return list(range(last + 1, self.grid.n_columns))


def nearest(sheet: Sheet, headings: Collection[str]) -> str:
    """Return a hint at the heading that comes nearest; '' where none does."""
    at = {plain(heading): heading for heading in sheet.layout.headings if heading.strip()}
    for heading in headings:
        near = difflib.get_close_matches(plain(heading), list(at), 1)
        if near:
            return f' The nearest is "{personal.scrub(at[near[0]].strip())[0]}".'
    return ""


def members_of(sheet: Sheet) -> set[str]:
    """Return the members that a sheet names, for comparing."""
    if "member" not in sheet.columns:
        return set()
    return {plain(text) for text in sheet.column(sheet.columns["member"]).texts} - {""}


def read_records(
    sheet: Sheet, mapping: Mapping, members: Collection[str], ledger: Ledger, context: Context
) -> Records:
    """Read the cells of a sheet; records that cannot belong anywhere are refused here.

    Parameters
    ----------
    sheet
        The sheet, with its date column and the columns of its ids.
    mapping
        What its columns mean.
    members
        Members of all sheets of the file, for telling transfers between them.
    ledger
        Takes the fates of the refused, and what there is to tell.
    context
        The ids in use.
    """
    reader = _Reader(sheet, mapping, ledger)
    neighbourhood, prototype = (reader.identity(key) for key in ID_COLUMNS)
    assert prototype is not None
    dates = reader.dates()
    entered = reader.entered(dates)
    is_open = reader.refuse_misshapen()
    words = reader.words()
    kept = {key: (column, reader.clean(key, column)) for key in KEPT if (column := reader.named(key))}
    reader.count_personal((neighbourhood, prototype) if mapping.by_name else ())
    misshapen = ~is_open
    strangers = refuse_strangers(neighbourhood, prototype, reader.lines, is_open, ledger, context)
    _leave_open(misshapen | strangers, prototype, dates, entered, reader.lines, ledger, context)
    amounts = reader.amounts()
    records = Records(
        reader.lines,
        prototype,
        reader.column("tested_on"),
        dates,
        dates.days,
        amounts,
        kept,
        tuple(column for key in PARTIES if (column := reader.named(key))),
        words,
        entered,
        reader.named("sender"),
        is_open & ~strangers,
    )
    _mark_transfers(records, reader, members)
    return records


class _Reader:
    """Reads the columns of one sheet, each once."""

    def __init__(self, sheet: Sheet, mapping: Mapping, ledger: Ledger):
        self.sheet = sheet
        self.mapping = mapping
        self.ledger = ledger
        self.lines = sheet.grid.lines[sheet.layout.body]
        self._columns: dict[int, Column] = {}

    def at(self, place: int) -> Column:
        if place not in self._columns:
            self._columns[place] = self.sheet.column(place)
        return self._columns[place]

    def named(self, key: str) -> Column | None:
        return self.at(self.sheet.columns[key]) if key in self.sheet.columns else None

    def column(self, key: str) -> Column:
        return self.at(self.sheet.columns[key])

    def cells(self, key: str) -> pa.StringArray:
        body, cells = self.sheet.layout.body, self.sheet.grid.cells[self.sheet.columns[key]]
        if len(body) and body[-1] - body[0] == len(body) - 1:
            return cells.slice(int(body[0]), len(body))
        return cells.take(pa.array(body))

    def identity(self, key: str) -> Column | None:
        given = getattr(self.mapping, key)
        if given is not None:
            return Column.constant(key, given, len(self.lines))
        column = self.named(key)
        return column and replace(column, texts=tuple(text.strip() for text in column.texts))

    def dates(self) -> DatesRead:
        own = self.mapping.sheets.get(self.sheet.grid.sheet or "")
        order = (own.dates if own else None) or self.mapping.dates
        read = read_dates(
            self.cells("tested_on"),
            order=order,
            sheet=self.sheet.grid.sheet,
            carry_down=self.mapping.dates_carry_down,
            orders=self._stamp_orders(),
        )
        self._tell_order(read, order)
        return read

    def _stamp_orders(self) -> tuple[DateOrder, ...]:
        """Return what the time stamps tell about day and month; the dates may not tell it themselves."""
        return read_dates(self.cells("submitted_at")).orders if "submitted_at" in self.sheet.columns else ()

    def _tell_order(self, read: DatesRead, order: str) -> None:
        """Publish how days and months were told apart, where the mapping did not say."""
        heading, where = self.column("tested_on").heading, self.sheet.grid.sheet
        at = f"[sheets.{_quoted(where)}] " if where else ""
        for one in read.orders if order == "as-written" else ():
            self.ledger.guess(heading, _order_words(one), one.evidence, f'{at}dates = "{_other_order(one)}"')
        n_carried = int(read.carried.sum())
        if n_carried:
            evidence = f"{n_carried} records have no date of their own and stand below one that has."
            what = "An empty date is that of the row above."
            self.ledger.guess(heading, what, evidence, "dates_carry_down = false")

    def entered(self, dates: DatesRead) -> np.ndarray:
        if "submitted_at" not in self.sheet.columns:
            return np.full(len(self.lines), np.datetime64("NaT"), dtype="datetime64[s]")
        return read_times(self.cells("submitted_at"), dates.orders)

    def refuse_misshapen(self) -> np.ndarray:
        """Refuse the records with more cells than headings; return which are still open."""
        is_open = np.ones(len(self.lines), dtype=bool)
        beyond = self.sheet.beyond()
        for place in beyond:
            is_open &= ~self.at(place).is_written()
        n_columns = self.sheet.grid.n_columns - len(beyond)
        reason = f"The line has more cells than the heading, which has {n_columns}. A text with a comma needs quotes."
        for record in np.flatnonzero(~is_open):
            self.ledger.refuse(int(self.lines[record]), None, None, reason)
        return is_open

    def words(self) -> tuple[Column, ...]:
        """Return the columns that nothing counts; personal data in them are counted and told."""
        columns = [self.at(place) for place in self.sheet.rest()]
        for column in columns:
            if personal.is_personal_heading(column.heading):
                self.ledger.personal_cells_dropped += int(column.is_written().sum())
            else:
                self._tell_unused(column)
                tell_personal(column, self.lines, self.ledger)
        return tuple(columns)

    def _tell_unused(self, column: Column) -> None:
        if self.mapping.by_name and column.heading.strip():
            reason = "No measure uses this column; it is not loaded."
            self.ledger.tell(self.sheet.layout.heading_line, column.heading, None, reason, Effect.NOTED)

    def clean(self, key: str, column: Column) -> tuple[str | None, ...]:
        return clean_texts(column, key, self.lines, self.ledger)

    def count_personal(self, ids: tuple[Column | None, ...]) -> None:
        """Count personal data in cells that are read as something else; what is wrong with them is told there."""
        sender = self.named("sender")
        if sender is not None:
            self.ledger.personal_cells_dropped += int(sender.is_written().sum())
        read = [self.column("tested_on"), *(self.at(place) for place in self.sheet.items.values())]
        for column in (*ids, *read, *(self.named(key) for key in PARTIES)):
            if column is not None:
                self.ledger.personal_cells_dropped += int(column.where(personal.find).sum())

    def amounts(self) -> dict[str, Amounts]:
        made = {}
        for item, place in self.sheet.items.items():
            made[item] = read_amounts(self.at(place), self.mapping.items[item])
            if made[item].guess:
                self.ledger.guess(
                    self.at(place).heading,
                    f"How the numbers of {item} were read.",
                    made[item].guess or "",
                    f"items.{item}.{'out_of' if self.mapping.items[item].ask.amount == 'score' else 'unit'}",
                )
        return made


def _order_words(order: DateOrder) -> str:
    if order.shape == SWAPPED:
        return "Dates that the workbook had turned round were turned back."
    return f"Dates written {order.shape} have the {'day' if order.day_first else 'month'} first."


def _other_order(order: DateOrder) -> str:
    """Return the order that decides otherwise; to name the one found leaves a workbook's own dates as they are."""
    day_first = order.day_first if order.shape == SWAPPED else not order.day_first
    return DAY_FIRST if day_first else MONTH_FIRST


def _quoted(sheet: str) -> str:
    return '"' + sheet.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _leave_open(
    refused: np.ndarray,
    prototype: Column,
    dates: DatesRead,
    entered: np.ndarray,
    lines: np.ndarray,
    ledger: Ledger,
    context: Context,
) -> None:
    """Remember that refused records may hold sessions of a known prototype: their periods are not whole."""
    for record in np.flatnonzero(refused):
        if prototype[record] in context.prototypes:
            stamp = entered[record].astype("datetime64[D]")
            day = stamp if not np.isnat(stamp) else dates.days[record]
            ledger.doubt(int(lines[record]), prototype[record], None if np.isnat(day) else day.item())


def _mark_transfers(records: Records, reader: _Reader, members: Collection[str]) -> None:
    """Take out what came from another member: it was counted there already."""
    for item, amounts in records.amounts.items():
        keys = reader.mapping.items[item].not_from
        source = reader.named(keys[0]) if keys else None
        if source is None:
            continue
        is_transfer = source.where(lambda text: plain(text) in members)
        for record in records.open_where(is_transfer & ~np.isnan(amounts.value)):
            reason = f"It came from another member, where it was counted already ({amounts.value[record]:g} not counted again)."
            amounts.take_out(record, TRANSFER, reason)
