"""A column of dates, perhaps with times, taken apart: each different writing is looked at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.sources.written.clock import Clock, london_wall, read_clock
from pipelines.sources.written.short_years import settle_short_years
from pipelines.sources.written.written_dates import LONGEST, Written, read_written

#: No day, as datetime64 has it.
NAT = int(np.iinfo(np.int64).min)
_EPOCH = dt.date(1970, 1, 1).toordinal()

# The date, the joint, the time; fractions of a second go; what is left may be a zone. Seconds stand apart, so that a
# column of many moments has few different times to look at.
_PARTS = (
    r"^(?P<head>.*?[0-9A-Za-z.])(?:(?P<t>T)|,?[ \n]+(?:at |@ ?)?)"
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}(?:\.[0-9]{2})? ?[AaPp]\.?[Mm])"
    r"(?::(?P<second>[0-5][0-9]))?(?:[.,][0-9]+)?(?P<rest>.*)$"
)
_ODD_SPACES = "[\u00a0\u2007\u2009\u202f\t\r]"
_MARKS = "[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"


@dataclass(frozen=True, slots=True)
class Stamps:
    """A column taken apart.

    Attributes
    ----------
    codes
        Which writing each row has, shape (rows,).
    heads, head_of
        The different dates, and which of them each writing has.
    clocks, clock_of
        The different times of day without their seconds, and which of them each writing has.
    second_of
        The seconds of each writing.
    """

    codes: np.ndarray
    heads: list[Written]
    head_of: np.ndarray
    clocks: list[Clock]
    clock_of: np.ndarray
    second_of: np.ndarray

    def by_head(self, of_head: list[int]) -> np.ndarray:
        """Spread one number a date over the writings, shape (writings,), int64."""
        return np.array(of_head, dtype=np.int64)[self.head_of]

    def wall(self, of_head: list[int]) -> np.ndarray:
        """Return what a London clock showed.

        Parameters
        ----------
        of_head
            The day of each date, days since 1970-01-01, NAT where there is none.

        Returns
        -------
        numpy.ndarray
            Seconds since 1970-01-01 00:00 on the wall, NAT where there is no day, shape (writings,), int64.
        """
        days = self.by_head(of_head)
        clocks = (
            np.array([clock.seconds or 0 for clock in self.clocks], dtype=np.int64)[self.clock_of]
            + self.second_of
        )
        seconds = (
            np.where(days == NAT, 0, days) * 86400
            + clocks
            + self.by_head([head.seconds for head in self.heads])
        )
        zoned = np.array([clock.offset is not None for clock in self.clocks], dtype=bool)[self.clock_of] & (
            days != NAT
        )
        if zoned.any():
            east = np.array([clock.offset or 0 for clock in self.clocks], dtype=np.int64)[self.clock_of]
            seconds[zoned] = london_wall(seconds[zoned] - east[zoned])
        return np.where(days == NAT, NAT, seconds)


def day_number(day: dt.date | None) -> int:
    """Return days since 1970-01-01; NAT for None."""
    return NAT if day is None else day.toordinal() - _EPOCH


def neighbours(days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest day at or above each row and at or below it; NAT where there is none."""
    at = np.arange(len(days))
    above = np.maximum.accumulate(np.where(days != NAT, at, -1)) if len(days) else at
    below = np.minimum.accumulate(np.where(days != NAT, at, len(days))[::-1])[::-1] if len(days) else at
    padded = np.append(days, NAT)
    return padded[above], padded[below]


def read_stamps(column: pa.StringArray | pa.DictionaryArray) -> Stamps:
    """Take a column apart.

    Parameters
    ----------
    column
        The cells, '' where nothing is written; a null counts as ''. Encoded ones have no nulls.
    """
    is_encoded = pa.types.is_dictionary(column.type)
    encoded = column if is_encoded else pc.fill_null(column, "").dictionary_encode()
    texts = _plain_spaces(encoded.dictionary)
    parts = pc.extract_regex(texts, _PARTS)
    matched = pc.is_valid(parts)
    head = pc.if_else(matched, pc.struct_field(parts, "head"), texts).dictionary_encode()
    joint = pc.if_else(pc.equal(pc.struct_field(parts, "t"), "T"), "T", " ")
    second = pc.fill_null(pc.struct_field(parts, "second"), "")
    zero = pc.if_else(pc.equal(second, ""), "", ":00")
    clock, rest = (pc.struct_field(parts, part) for part in ("clock", "rest"))
    clock = pc.fill_null(pc.binary_join_element_wise(joint, clock, zero, rest, ""), "").dictionary_encode()
    return Stamps(
        encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        settle_short_years([read_written(text) for text in head.dictionary.to_pylist()]),
        head.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        [read_clock(text[:LONGEST].rstrip()) for text in clock.dictionary.to_pylist()],
        clock.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        pc.if_else(pc.equal(second, ""), "0", second).cast(pa.int64()).to_numpy(zero_copy_only=False),
    )


def _plain_spaces(texts: pa.StringArray) -> pa.StringArray:
    if pc.all(pc.string_is_ascii(texts)).as_py():
        return texts
    without = pc.replace_substring_regex(texts, _MARKS, "")
    return pc.replace_substring_regex(without, _ODD_SPACES, " ")
