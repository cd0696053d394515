"""One sheet of a log: its table, and where the mapped columns stand on it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from pipelines.sources import personal
from pipelines.sources.cells.grid import Grid
from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.layout import Layout
from pipelines.sources.logs.columns import Column
from pipelines.sources.logs.mapping import Mapping, find_places


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
