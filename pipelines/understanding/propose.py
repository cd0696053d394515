"""A file of unknown make to a whole proposal: sheets, columns, items across sheets, dates, transfers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipelines.sources.cells.grid import Grid, read_book
from pipelines.sources.cells.layout import Layout, find_layout
from pipelines.sources.logs.form_tools import Form, recognise
from pipelines.sources.logs.mapping import Mapping, SheetMapping
from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.dates import read_dates
from pipelines.understanding.columns import Column, columns_of
from pipelines.understanding.items import name_items
from pipelines.understanding.kept import by_kept, find_kept
from pipelines.understanding.kinds import split_by_kind
from pipelines.understanding.notes import notes_of, notes_on_items
from pipelines.understanding.proposal import ColumnGuess, Proposal, Role, SheetGuess
from pipelines.understanding.renamed import put_together
from pipelines.understanding.roles import guess_sheet
from pipelines.understanding.shapes import is_cascade, notes_on_shape, nothing_to_count
from pipelines.understanding.shares import find_shares
from pipelines.understanding.to_mapping import mapping_of


@dataclass(frozen=True)
class Sheet:
    """A sheet on its way: where its table lies, its columns, and what they were taken for."""

    grid: Grid
    layout: Layout
    columns: list[Column]
    guesses: list[ColumnGuess]

    def day_column(self) -> Column | None:
        """Return the column with the day of the session."""
        heading = next((guess.heading for guess in self.guesses if guess.role is Role.TESTED_ON), None)
        return next((column for column in self.columns if column.heading == heading), None)

    @property
    def is_log(self) -> bool:
        """Whether it has a day and something to count."""
        return {Role.TESTED_ON, Role.ITEM} <= {guess.role for guess in self.guesses}


def understand(content: bytes, name: str, folder: Path) -> Proposal:
    """Propose a mapping for a log.

    Parameters
    ----------
    content
        The bytes of the file: delimited text, a workbook, or a zip with one of them.
    name
        Its name, for the words only.
    folder
        The data folder in use, for the mappings kept there.

    Returns
    -------
    Proposal
        Without a date column (`tested_on` not in the mapping's columns) or without items where none was found.

    Raises
    ------
    UnreadableFileError
        Where no table can be had from the bytes.
    """
    book = read_book(content, name)
    sheets, told, form = _read_sheets(book.grids)
    kept = find_kept(folder, [[column.heading for column in sheet.columns] for sheet in sheets])
    if kept is not None:
        mapping, guesses = (
            kept.mapping,
            [new for sheet in sheets for old in sheet.guesses for new in by_kept(old, kept)],
        )
    else:
        mapping = _blank_mapping(sheets, told, form)
        named = name_items([sheet.guesses for sheet in sheets])
        guesses = [
            guess
            for sheet, own in zip(sheets, named, strict=True)
            for guess in put_together(own, sheet.columns)
        ]
    shares = find_shares(sheets, guesses)
    orders = tuple(order for sheet in sheets for order in _orders(sheet, mapping))
    notes = [*book.notes, *notes_of(sheets, told, mapping), *notes_on_items(guesses, shares)]
    if not any(sheet.is_log for sheet in sheets):
        notes += [note for grid in book.grids if (note := _on_shape(grid, sheets))]
    notes += [note] if kept and (note := kept.note()) else []
    proposal = Proposal(
        mapping,
        tuple(dict.fromkeys(guesses)),
        told,
        form.name if form else None,
        orders,
        tuple(note for note in notes if note),
        kept.file if kept else None,
        shares,
    )
    if kept is not None and kept.is_whole:
        return proposal
    return replace(proposal, mapping=mapping_of(proposal.columns, proposal))


def _read_sheets(grids: tuple[Grid, ...]) -> tuple[list[Sheet], tuple[SheetGuess, ...], Form | None]:
    sheets: list[Sheet] = []
    told: list[SheetGuess] = []
    form: Form | None = None
    for grid in grids:
        layout = None if grid.is_hidden else find_layout(grid)
        if layout is None:
            told.append(_not_read(grid))
            continue
        columns = columns_of(grid, layout)
        form = form or recognise([column.heading for column in columns], layout.heading_line)
        guesses = [] if is_cascade(columns) else split_by_kind(guess_sheet(columns, form), columns)
        sheet = Sheet(grid, layout, columns, guesses)
        is_read = sheet.is_log or len(grids) == 1
        why = (
            "It has a heading, days and numbers."
            if sheet.is_log
            else "No day or nothing to count was found on it."
        )
        told.append(SheetGuess(grid.sheet, layout.heading_line, len(layout.body), False, is_read, why))
        if is_read:
            sheets.append(sheet)
    return sheets, tuple(told), form


def _on_shape(grid: Grid, sheets: list[Sheet]) -> str | None:
    """Return why a sheet is no log as it stands, and how to mend it."""
    if grid.is_hidden:
        return None
    sheet = next((sheet for sheet in sheets if sheet.grid is grid), None)
    if sheet is not None and sheet.day_column() is not None:
        return nothing_to_count(grid)
    return notes_on_shape(grid, sheet.columns if sheet else None)


def _not_read(grid: Grid) -> SheetGuess:
    if grid.is_hidden:
        return SheetGuess(
            grid.sheet, None, grid.n_rows, True, False, "It is hidden, and a hidden sheet is not read."
        )
    return SheetGuess(grid.sheet, None, grid.n_rows, False, False, "No heading line was found on it.")


def _blank_mapping(sheets: list[Sheet], told: tuple[SheetGuess, ...], form: Form | None) -> Mapping:
    """Return a mapping without columns: form, dates carried down, sheets set aside."""
    skipped = {
        guess.name: SheetMapping(skip=True)
        for guess in told
        if guess.name is not None and not guess.is_read and not guess.is_hidden
    }
    return Mapping(
        None,
        None,
        {},
        {},
        dates_carry_down=form is None and any(_carries_down(sheet) for sheet in sheets),
        sheets=skipped,
        form=form.name if form else None,
    )


def _carries_down(sheet: Sheet) -> bool:
    """Whether an empty day means that of the row above: merged cells, or gaps below a first day in a workbook.

    Never in delimited text, and never where each record says when it was sent: there an empty day is a slip.
    """
    column = sheet.day_column()
    if column is None or sheet.grid.sheet is None:
        return False
    if any(guess.role is Role.SUBMITTED_AT for guess in sheet.guesses):
        return False
    if any(
        first == last_column == column.place and low > top
        for top, first, low, last_column in sheet.grid.merged
    ):
        return True
    blank = np.array([not cell.strip() for cell in column.cells.to_pylist()])
    return bool(len(blank)) and not blank[0] and blank.sum() >= max(2, 0.05 * len(blank))


def _orders(sheet: Sheet, mapping: Mapping) -> tuple[DateOrder, ...]:
    column = sheet.day_column()
    if column is None:
        return ()
    own = mapping.sheets.get(sheet.grid.sheet or "")
    order = (own.dates if own and own.dates else None) or mapping.dates
    return read_dates(
        column.cells, order=order, sheet=column.sheet, carry_down=mapping.dates_carry_down
    ).orders
