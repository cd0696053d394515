"""The cells of one sheet read as records, to be judged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Mapping as Mapping_
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from pipelines.sources import personal
from pipelines.sources.cells.headings import plain
from pipelines.sources.ledger import Ledger, Words
from pipelines.sources.logs.amounts import TRANSFER, Amounts, read_amounts
from pipelines.sources.logs.columns import Column
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.date_guesses import tell_guesses
from pipelines.sources.logs.identities import refuse_strangers
from pipelines.sources.logs.mapping import ID_COLUMNS, Mapping
from pipelines.sources.logs.mapping.fitting import find_place, heading_places
from pipelines.sources.logs.records import Records
from pipelines.sources.logs.sheets import Sheet
from pipelines.sources.logs.texts import clean_texts, tell_personal
from pipelines.sources.tables import Effect
from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.dates import DatesRead, read_dates
from pipelines.sources.written.times import read_times

KEPT = ("place", "place_type", "cycle_no")
PARTIES = ("member", "source")


def read_records(
    sheet: Sheet,
    mapping: Mapping,
    members: Collection[str],
    ledger: Ledger,
    context: Context,
    settled: Mapping_[str, str] = MappingProxyType({}),
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
    settled
        What all sheets of the file decided about the numbers of an item, in words.
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
    amounts = reader.amounts(settled)
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
        (misshapen | strangers) & prototype.where(context.prototypes.__contains__),
    )
    _mark_transfers(records, reader, members)
    return records


class _Reader:
    """Reads the columns of one sheet, each once."""

    def __init__(self, sheet: Sheet, mapping: Mapping, ledger: Ledger):
        self.sheet = sheet
        self.mapping = mapping
        self.ledger = ledger
        self.lines = sheet.lines

    def at(self, place: int) -> Column:
        return self.sheet.column(place)

    def named(self, key: str) -> Column | None:
        return self.at(self.sheet.columns[key]) if key in self.sheet.columns else None

    def column(self, key: str) -> Column:
        return self.at(self.sheet.columns[key])

    def cells(self, key: str) -> pa.DictionaryArray:
        return self.column(key).encoded()

    def identity(self, key: str) -> Column | None:
        given = getattr(self.mapping, key)
        if given is not None:
            return Column.constant(key, given, len(self.lines))
        column = self.named(key)
        return column and replace(column, texts=tuple(text.strip() for text in column.texts))

    def dates(self) -> DatesRead:
        own = self.mapping.sheets.get(self.sheet.name or "")
        order = (own.dates if own else None) or self.mapping.dates
        read = read_dates(
            self.cells("tested_on"),
            order=order,
            sheet=self.sheet.name,
            carry_down=self.mapping.dates_carry_down,
            orders=self._stamp_orders(),
        )
        tell_guesses(read, order, self.column("tested_on").heading, self.ledger)
        return read

    def _stamp_orders(self) -> tuple[DateOrder, ...]:
        """Return what the time stamps tell about day and month; the dates may not tell it themselves."""
        return read_dates(self.cells("submitted_at")).orders if "submitted_at" in self.sheet.columns else ()

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
        n_columns = self.sheet.n_columns - len(beyond)
        reason = f"The line has more cells than the heading, which has {n_columns}. A text with a comma needs quotes."
        self.ledger.refuse_each(self.lines[~is_open], lambda _: Words(None, None, reason))
        return is_open

    def words(self) -> tuple[Column, ...]:
        """Return the columns that nothing counts; personal data in them are counted and told."""
        columns = [self.at(place) for place in self.sheet.rest(self.mapping.form)]
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

    def _written(self, item: str, place: int) -> Column:
        """Return the cells of an item; a question asked under two headings on one sheet is filled from both."""
        column = self.at(place)
        at = heading_places(self.sheet.layout.headings)
        for heading in self.mapping.items[item].headings:
            other = find_place((heading,), at)
            if other is not None and other != place:
                column = column.filled_from(self.at(other))
        return column

    def _says(self, heading: str, wanted: str) -> np.ndarray:
        """Return which records say something in a column; the sheet has it, or the item would not be read."""
        place = find_place((heading,), heading_places(self.sheet.layout.headings))
        assert place is not None
        return self.at(place).where(lambda text: plain(text) == plain(wanted))

    def amounts(self, settled: Mapping_[str, str]) -> dict[str, Amounts]:
        made = {}
        for item, place in self.sheet.items.items():
            made[item] = read_amounts(self._written(item, place), self.mapping.items[item])
            spec = self.mapping.items[item]
            if spec.where is not None:
                made[item].only_where(self._says(*spec.where))
            guess = made[item].guess or settled.get(item)
            if guess:
                self.ledger.guess(
                    self.at(place).heading,
                    f"How the numbers of {item} were read.",
                    guess,
                    f"items.{item}.{'out_of' if self.mapping.items[item].ask.amount == 'score' else 'unit'}",
                )
        return made


def _mark_transfers(records: Records, reader: _Reader, members: Collection[str]) -> None:
    """Take out what came from another member: it was counted there already."""
    for item, amounts in records.amounts.items():
        keys = reader.mapping.items[item].not_from
        source = reader.named(keys[0]) if keys else None
        if source is None:
            continue
        is_transfer = source.where(lambda text: plain(text) in members)
        at = records.open_where(is_transfer & ~np.isnan(amounts.value))
        amounts.take_out(at, TRANSFER, _transferred(amounts.value[at]))


def _transferred(numbers: np.ndarray) -> Callable[[int], str]:
    """Return the words for each of some numbers that are counted elsewhere, by its place."""
    return lambda n: (
        f"It came from another member, where it was counted already ({numbers[n]:g} not counted again)."
    )
