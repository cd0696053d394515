"""The columns of a sheet as understanding looks at them: what is written in them, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.sources import personal
from pipelines.sources.cells.grid import Grid
from pipelines.sources.cells.layout import Layout

#: More different cells than this are not looked at: the first ones tell what a column holds.
MOST_CELLS = 2000


@dataclass(frozen=True)
class Column:
    """One column of one sheet.

    Attributes
    ----------
    sheet
        The sheet's name; None for a text file.
    heading
        The heading as a mapping names it; the second of two alike ends in ``#2``.
    place
        Its position in the sheet, from 0.
    cells
        The cells of the records, as written.
    counts
        How often each different cell stands there, blanks left out, white space at the ends set aside.
    """

    sheet: str | None
    heading: str
    place: int
    cells: pa.Array
    counts: dict[str, int] = field(repr=False)

    @property
    def n_rows(self) -> int:
        """Records of the sheet."""
        return len(self.cells)

    @property
    def n_filled(self) -> int:
        """Cells that hold something."""
        return sum(self.counts.values())

    @cached_property
    def leaf(self) -> str:
        """The heading without the group it stands under, and without a second's mark."""
        text = self.heading.rpartition("#")[0] if _is_second(self.heading) else self.heading
        return split_heading(text)[1]

    @cached_property
    def words(self) -> str:
        """The whole heading with spaces for underscores."""
        return self.heading.replace("_", " ")

    @cached_property
    def group(self) -> str:
        """The heading that this one stands under, or ''."""
        return split_heading(self.heading)[0]

    @cached_property
    def group_of_options(self) -> str:
        """The question of which this would be an option: the heading before its last stroke, or ''."""
        return self.heading.rpartition("/")[0]

    def share(self, holds: object) -> float:
        """Return the share of filled cells for which `holds(cell)` is true, 0 where none is filled."""
        if not self.counts or not callable(holds):
            return 0.0
        looked_at = dict(list(self.counts.items())[:MOST_CELLS])
        return sum(n for cell, n in looked_at.items() if holds(cell)) / sum(looked_at.values())

    @cached_property
    def personal_share(self) -> float:
        """Share of filled cells in which personal data is recognised."""
        return self.share(lambda cell: bool(personal.find(cell)))


def split_heading(heading: str) -> tuple[str, str]:
    """Return the groups that a heading stands under, and its own words: ``Food in: kg``, ``reach/people_came``.

    A stroke within brackets, between digits or beside a space parts nothing (``140/90 or more``, ``and / or``).
    """
    group, _, leaf = heading.rpartition(": ")
    within = 0
    for place in reversed(range(len(leaf))):
        within += (leaf[place] == ")") - (leaf[place] == "(")
        around = leaf[place - 1 : place] + leaf[place + 1 : place + 2]
        if leaf[place] == "/" and not within and len(around) == 2 and not set(around) & set("0123456789 "):
            before, leaf = leaf[:place], leaf[place + 1 :]
            return f"{group}: {before}" if group else before, leaf.strip()
    return group, leaf.strip() or heading


def columns_of(grid: Grid, layout: Layout) -> list[Column]:
    """Return the columns of a sheet that have a heading."""
    body = pa.array(np.asarray(layout.body, dtype=np.int64))
    named = named_twice(layout.headings)
    columns = []
    for place, heading in enumerate(named):
        if heading:
            cells = grid.cells[place].take(body)
            columns.append(Column(grid.sheet, heading, place, cells, _counted(cells)))
    return columns


def named_twice(headings: Sequence[str]) -> list[str]:
    """Return headings with ``#2``, ``#3`` behind the second and third of those alike."""
    times: Counter[str] = Counter()
    named = []
    for heading in headings:
        text = " ".join(heading.split())
        times[text.casefold()] += 1
        named.append(f"{text}#{times[text.casefold()]}" if text and times[text.casefold()] > 1 else text)
    return named


def _counted(cells: pa.Array) -> dict[str, int]:
    trimmed = pc.utf8_trim_whitespace(cells)
    counts = pc.value_counts(trimmed)
    pairs = zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
    return {text: n for text, n in pairs if text}


def _is_second(heading: str) -> bool:
    before, mark, number = heading.rpartition("#")
    return bool(before and mark and number.isdigit())
