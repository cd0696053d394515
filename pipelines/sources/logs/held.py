"""Records and cells kept out, as columns: a log may hold back a million of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import pyarrow as pa

from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.columns import constant
from pipelines.sources.logs.records import Records
from pipelines.sources.tables import HeldRecord

#: Columns of a held record, as `HeldRecord` has them.
HELD = pa.schema(
    [
        ("load_id", pa.dictionary(pa.int32(), pa.string())),
        ("file", pa.dictionary(pa.int32(), pa.string())),
        ("line", pa.int64()),
        ("prototype_id", pa.dictionary(pa.int32(), pa.string())),
        ("presumed_on", pa.date32()),
        ("item", pa.dictionary(pa.int32(), pa.string())),
        ("doubt", pa.dictionary(pa.int32(), pa.string())),
        ("sheet", pa.dictionary(pa.int32(), pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Some:
    """Held records that share item and doubt: places among the records of their sheet, and days."""

    at: np.ndarray
    days: np.ndarray
    item: str | None
    doubt: str


class Held(Sequence[HeldRecord]):
    """What is kept out of one sheet, in the order in which it was found.

    Parameters
    ----------
    records
        The records of the sheet.
    ledger
        Names load, file and sheet.
    """

    def __init__(self, records: Records, ledger: Ledger):
        self._lines, self._prototype = records.lines, records.prototype
        self._named = {"load_id": ledger.load_id, "file": ledger.file, "sheet": ledger.sheet}
        self._parts: list[_Some] = []

    def add(self, at: np.ndarray, days: np.ndarray, doubt: str, item: str | None = None) -> None:
        """Hold the records at some places, each on a day; those whose day is not known (NaT) leave nothing behind."""
        known = ~np.isnat(days)
        if known.any():
            self._parts.append(_Some(at[known].astype(np.int32), days[known], item, doubt))

    def __len__(self) -> int:
        return sum(len(part.at) for part in self._parts)

    @overload
    def __getitem__(self, place: int) -> HeldRecord: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[HeldRecord]: ...
    def __getitem__(self, place: int | slice) -> HeldRecord | Sequence[HeldRecord]:
        return tuple(self)[place]

    def __iter__(self) -> Iterator[HeldRecord]:
        for row in self.table().to_pylist():
            yield HeldRecord(**row)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def table(self) -> pa.Table:
        """Return the columns `HELD`."""
        tables = [self._table(part) for part in self._parts]
        return pa.concat_tables(tables) if tables else HELD.empty_table()

    def _table(self, part: _Some) -> pa.Table:
        size = len(part.at)
        columns = {name: constant(text, size) for name, text in self._named.items()}
        columns["line"] = pa.array(self._lines[part.at])
        columns["prototype_id"] = self._prototype.as_arrow(self._prototype.texts, part.at)
        columns["presumed_on"] = pa.array(part.days.astype("datetime64[D]"))
        columns |= {"item": constant(part.item, size), "doubt": constant(part.doubt, size)}
        return pa.table({name: columns[name] for name in HELD.names}).cast(HELD)


def held_table(held: Sequence[HeldRecord]) -> pa.Table:
    """Return held records as the columns `HELD`."""
    if isinstance(held, Held):
        return held.table()
    rows = [{name: getattr(row, name) for name in HELD.names} for row in held]
    plain = pa.schema(
        [(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in HELD]
    )
    return pa.Table.from_pylist(rows, schema=plain).cast(HELD)
