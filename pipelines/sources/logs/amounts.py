"""One item of a log as numbers: read once a distinct text, kept a number a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pipelines.sources import personal
from pipelines.sources.logs.columns import Column
from pipelines.sources.logs.mapping import ItemSpec
from pipelines.sources.logs.options import is_ticked
from pipelines.sources.written.values import Number, NumberState, read_number, settle_ask, with_decimal_points

#: Flags beside the states of a number: food that a member passed on, and a part above its whole.
TRANSFER, IMPOSSIBLE = "transfer", "impossible"

FLAGS = (*NumberState, TRANSFER, IMPOSSIBLE)
_PLACE = {str(flag): n for n, flag in enumerate(FLAGS)}
_BLANK = Number(None, None, None, "blank")


@dataclass(slots=True)
class Amounts:
    """The numbers of one item, one entry a record.

    Attributes
    ----------
    column
        The cells.
    numbers
        A number for each distinct text.
    value, low, high
        float; NaN where there is none; of a plain number all three are the same, and of a column of them one array.
    flag
        Place in `FLAGS`.
    guess
        What the whole column decided about its cells, in words; None where there was nothing to decide.
    is_ticked
        Whether the item is an answer that was ticked or not, and no number.
    reasons
        Records (rising) with the words for each by its place, where the reason is the record's and not the text's.
    """

    column: Column
    numbers: tuple[Number, ...]
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    flag: np.ndarray
    guess: str | None = None
    is_ticked: bool = False
    reasons: list[tuple[np.ndarray, Callable[[int], str]]] = field(default_factory=list)

    def has(self, *flags: str) -> np.ndarray:
        """Return which records have one of some flags."""
        return np.isin(self.flag, [_PLACE[str(flag)] for flag in flags])

    def take_out(self, records: np.ndarray, flag: str, reason: Callable[[int], str]) -> None:
        """Leave the numbers of some records (rising) out; `reason` words it for each, by its place among them."""
        if len(records):
            self.value[records] = self.low[records] = self.high[records] = np.nan
            self.flag[records] = _PLACE[flag]
            self.reasons.append((records.astype(np.int32), reason))

    def only_where(self, says: np.ndarray) -> None:
        """Leave the numbers of other records to the items that count them: here nothing was written."""
        self.value[~says] = self.low[~says] = self.high[~says] = np.nan
        self.flag[~says] = _PLACE["blank"]

    def reason(self, record: int) -> str:
        """Return what is to be told of a record's number; '' where nothing is."""
        for records, reason in reversed(self.reasons):
            n = int(np.searchsorted(records, record))
            if n < len(records) and records[n] == record:
                return reason(n)
        return self.numbers[self.column.codes[record]].reason or ""

    def table(self, records: np.ndarray) -> pa.Table:
        """Return some records as the columns `sessions.CELLS`."""
        value, flag = self.value[records], self.flag[records]
        is_interval = flag == _PLACE["interval"]
        low = np.where(is_interval, self.low[records], np.nan)
        high = np.where(is_interval, self.high[records], np.nan)
        places = pa.array(flag.astype(np.int32), mask=flag == _PLACE["ok"])
        written = [personal.mask_amount(text) or None for text in self.column.texts]
        columns = [*(pa.array(numbers, mask=np.isnan(numbers)) for numbers in (value, low, high))]
        columns.append(pa.DictionaryArray.from_arrays(places, pa.array([str(flag) for flag in FLAGS])))
        columns.append(self.column.as_arrow(written, records))
        return pa.table(columns, names=["count", "low", "high", "flag", "written"])


def read_amounts(column: Column, spec: ItemSpec) -> Amounts:
    """Read the cells of one item as its mapping says."""
    guess: str | None = None
    if spec.option is not None:
        numbers = tuple(_ticked(text, spec.option) for text in column.texts)
    else:
        texts, commas = with_decimal_points(column.texts)
        ask, guess = settle_ask(texts, spec.ask)
        guess = " ".join(told for told in (commas, guess) if told) or None
        numbers = tuple(read_number(text, ask) for text in texts)
    value = _taken(column, [number.value for number in numbers])
    is_plain = all(number.value == number.low == number.high for number in numbers)
    low = value if is_plain else _taken(column, [number.low for number in numbers])
    high = value if is_plain else _taken(column, [number.high for number in numbers])
    flag = column.take([_PLACE[str(number.state)] for number in numbers], np.int8)
    return Amounts(column, numbers, value, low, high, flag, guess, spec.option is not None)


def _taken(column: Column, ends: Sequence[float | None]) -> np.ndarray:
    return column.take([np.nan if end is None else end for end in ends], float)


def _ticked(text: str, option: str) -> Number:
    """Return 1 where an option was ticked, 0 where only others were, nothing where nothing was."""
    ticked = is_ticked(text, option)
    return _BLANK if ticked is None else Number(float(ticked), float(ticked), float(ticked), "ok")
