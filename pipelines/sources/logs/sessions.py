"""The sessions that count, as columns: what every log hands over, whatever its format was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipelines.sources.logs.columns import constant
from pipelines.sources.tables import HeldRecord, RawCell, RawLine

#: Columns of a session.
LINES = pa.schema(
    [
        ("load_id", pa.dictionary(pa.int32(), pa.string())),
        ("file", pa.dictionary(pa.int32(), pa.string())),
        ("sheet", pa.dictionary(pa.int32(), pa.string())),
        ("line", pa.int64()),
        ("prototype_id", pa.dictionary(pa.int32(), pa.string())),
        ("tested_on", pa.date32()),
        ("place", pa.dictionary(pa.int32(), pa.string())),
        ("place_type", pa.dictionary(pa.int32(), pa.string())),
        ("cycle_no", pa.dictionary(pa.int32(), pa.string())),
    ]
)

#: Columns of one item of a session.
CELLS = pa.schema(
    [
        ("count", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("flag", pa.dictionary(pa.int32(), pa.string())),
        ("written", pa.dictionary(pa.int32(), pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class Sessions:
    """What came of one sheet of a log.

    Attributes
    ----------
    lines
        Columns `LINES`, one row a session held, in the order of the file.
    cells
        For each item the columns `CELLS`, row by row beside `lines`. `count` is null where the item was not recorded
        or cannot be read. `low` and `high` are set only where the number is an interval; `high` null there: no upper
        end. `flag` is null where the cell is a plain number. `written` is the cell without personal data.
    held
        Records and cells kept out, which leave their period open.
    load_id
        The load they came with; '' where nothing came.
    """

    lines: pa.Table = field(default_factory=LINES.empty_table)
    cells: dict[str, pa.Table] = field(default_factory=dict)
    held: Sequence[HeldRecord] = ()
    load_id: str = ""

    def __len__(self) -> int:
        return int(self.lines.num_rows)

    def long(self) -> list[pa.Table]:
        """Return one table an item: its sessions, its name, its cells; the columns are shared, not copied."""
        tables = []
        for item, cells in sorted(self.cells.items()):
            columns = {
                **dict(zip(LINES.names, self.lines.columns, strict=True)),
                "item": constant(item, len(self)),
            }
            columns |= dict(zip(CELLS.names, cells.columns, strict=True))
            tables.append(pa.table(columns))
        return tables

    def raw_lines(self) -> tuple[RawLine, ...]:
        """Return the sessions as rows."""
        return tuple(RawLine(**row) for row in self.lines.to_pylist())

    def raw_cells(self) -> tuple[RawCell, ...]:
        """Return the items as rows, session by session in the order of the items."""
        where: list[dict[str, Any]] = self.lines.select(["load_id", "line"]).to_pylist()
        columns = {item: cells.to_pylist() for item, cells in self.cells.items()}
        return tuple(
            RawCell(**place, item=item, **cells[n])
            for n, place in enumerate(where)
            for item, cells in columns.items()
        )
