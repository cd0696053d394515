"""One sheet of a log: its table, and where the mapped columns stand on it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from pipelines.sources import personal
from pipelines.sources.cells.grid import Grid
from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.layout import Layout
from pipelines.sources.logs.columns import Column, encode
from pipelines.sources.logs.form_tools import is_own
from pipelines.sources.logs.mapping import Mapping, find_places

#: Different texts of a sheet that are read: each may take 40 microseconds, and some hundred bytes.
MOST_TEXTS = 200_000

TOO_MANY_TEXTS = (
    f"The cells hold more than {MOST_TEXTS:,} different texts, so that nothing was read. Split the file into several, or "
    "leave out columns that nothing counts."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its table found and its columns read, so that the grid is no longer needed.

    Attributes
    ----------
    name
        Name of the sheet; None for delimited text.
    layout
        Where its table lies.
    lines
        int64, where each record begins.
    n_columns
        Columns of the widest row.
    columns, items
        Where the mapped columns stand.
    """

    name: str | None
    layout: Layout
    lines: np.ndarray
    n_columns: int
    columns: dict[str, int]
    items: dict[str, int]
    _cells: dict[int, Column] = field(default_factory=dict)

    @classmethod
    def of(cls, grid: Grid, layout: Layout, mapping: Mapping) -> Sheet | None:
        """Return a sheet with the columns that a mapping means.

        None where more different texts would have to be read than can be in bounded time and memory.
        """
        found = find_places(mapping, layout.headings)
        sheet = cls(grid.sheet, layout, grid.lines[layout.body], grid.n_columns, *found)
        named = {plain(heading) for heading in mapping.headings}
        n_texts = 0
        for place, heading in enumerate(layout.headings):
            if is_own(mapping.form, heading) and plain(heading) not in named:
                continue
            encoded = encode(grid.cells[place], layout.body)
            n_texts += len(encoded.dictionary)
            if n_texts > MOST_TEXTS:
                return None
            sheet._cells[place] = Column.of(heading, encoded)
        return sheet

    def missing(self, mapping: Mapping) -> dict[str, tuple[str, ...]]:
        """Return what the mapping asks for and the sheet does not have, with the headings it looked for."""
        wanted = {**mapping.columns, **{item: spec.headings for item, spec in mapping.items.items()}}
        return {
            key: headings for key, headings in wanted.items() if key not in {**self.columns, **self.items}
        }

    def column(self, place: int) -> Column:
        """Return the records' cells of one column; not of those that a form tool adds for its own use."""
        return self._cells[place]

    def rest(self, form: str | None) -> list[int]:
        """Return the columns that no mapping names, as far as they have a heading or belong to a workbook.

        What a form tool adds for its own use is left out: two records that differ in nothing else are one.
        """
        used = {*self.columns.values(), *self.items.values()}
        is_text = self.name is None
        return [
            n
            for n in range(self.n_columns)
            if n not in used
            and (self.layout.headings[n].strip() or not is_text)
            and not is_own(form, self.layout.headings[n])
        ]

    def beyond(self) -> list[int]:
        """Return the columns of a text that lie right of its last heading."""
        if self.name is not None:
            return []
        last = max((n for n, heading in enumerate(self.layout.headings) if heading.strip()), default=-1)
        return list(range(last + 1, self.n_columns))


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
