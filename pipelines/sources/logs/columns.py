"""A column by its distinct texts: what is done to a text is done once, however many rows hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Column:
    """A column of texts, one entry a record.

    Attributes
    ----------
    heading
        As it stands in the file.
    codes
        int32, place of each record's text in `texts`.
    texts
        The distinct texts, in the order of their first record; '' where nothing is written.
    """

    heading: str
    codes: np.ndarray
    texts: tuple[str, ...]

    @classmethod
    def of(cls, heading: str, encoded: pa.DictionaryArray) -> Column:
        """Return encoded cells as a column."""
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        return cls(heading, codes, tuple(encoded.dictionary.to_pylist()))

    def encoded(self) -> pa.DictionaryArray:
        """Return the cells as they came."""
        return pa.DictionaryArray.from_arrays(pa.array(self.codes), pa.array(self.texts, pa.string()))

    @classmethod
    def constant(cls, heading: str, text: str, size: int) -> Column:
        """Return a column that says the same in every record."""
        return cls(heading, np.zeros(size, dtype=np.int32), (text,))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, record: int | np.integer[Any]) -> str:
        return self.texts[self.codes[record]]

    def take(self, values: Sequence[Any] | np.ndarray, dtype: Any = object) -> np.ndarray:
        """Return a value a record from a value a distinct text."""
        return np.array(values, dtype=dtype)[self.codes] if self.texts else np.zeros(0, dtype=dtype)

    def where(self, says: Callable[[str], Any]) -> np.ndarray:
        """Return a flag a record: whether something can be said of its text."""
        flags = [bool(says(text)) for text in self.texts]
        if not any(flags):
            return np.zeros(len(self), dtype=bool)
        return self.take(flags, bool)

    def is_written(self) -> np.ndarray:
        """Return a flag a record: whether anything but white space stands there."""
        return self.where(str.strip)

    def filled_from(self, other: Column) -> Column:
        """Return this column with the texts of another where it is blank; where both are written, both, parted by ``|``."""
        own, theirs = self.is_written(), other.is_written()
        texts, codes = [*self.texts, *other.texts], self.codes.copy()
        codes[~own & theirs] = other.codes[~own & theirs] + len(self.texts)
        for record in np.flatnonzero(own & theirs):
            codes[record] = len(texts)
            texts.append(f"{self[record]} | {other[record]}")
        return Column(self.heading, codes, tuple(texts))

    def hashes(self) -> np.ndarray:
        """Return a number (uint64) a record that is the same for texts alike but for case and spacing; 0: blank."""
        if not self.texts:
            return np.zeros(0, dtype=np.uint64)
        texts = pc.utf8_lower(pc.utf8_trim_whitespace(pa.array(self.texts, pa.string())))
        same = pc.replace_substring_regex(texts, r"\s+", " ").to_numpy(zero_copy_only=False)
        hashed = pd.util.hash_array(same.astype(object), categorize=False)
        return np.where(same == "", np.uint64(0), hashed)[self.codes]

    def as_arrow(self, texts: Sequence[str | None], rows: np.ndarray) -> pa.DictionaryArray:
        """Return a text a record, of some records, from a text a distinct text; None is a null."""
        known = [text for text in dict.fromkeys(texts) if text is not None]
        place = {text: n for n, text in enumerate(known)}
        codes = np.array([place.get(text, -1) if text is not None else -1 for text in texts], dtype=np.int32)
        taken = codes[self.codes[rows]] if len(texts) else np.zeros(0, dtype=np.int32)
        indices = pa.array(taken, mask=taken < 0) if (taken < 0).any() else pa.array(taken)
        return pa.DictionaryArray.from_arrays(indices, pa.array(known, pa.string()))


def encode(cells: pa.StringArray, rows: np.ndarray) -> pa.DictionaryArray:
    """Return the cells of some rows (positions, rising), each different text once."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return cells.slice(int(rows[0]), len(rows)).dictionary_encode()
    return cells.take(pa.array(rows)).dictionary_encode()


def constant(text: str | None, size: int) -> pa.Array:
    """Return one text, or null, so many times."""
    if text is None:
        return pa.DictionaryArray.from_arrays(pa.nulls(size, pa.int32()), pa.array([], pa.string()))
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, dtype=np.int32)), pa.array([text]))
