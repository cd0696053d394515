"""Words of a closed list, kept as numbers until somebody reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.spc.groups import BoolArray


@dataclass(frozen=True)
class Coded:
    """One word an entry, shape (m,): its place in `words`, -1 for none."""

    codes: NDArray[np.int8]
    words: tuple[Any, ...]

    @classmethod
    def all(cls, word: Any, m: int, words: Iterable[Any]) -> Coded:
        """Return m entries of one word; None for none."""
        listed = tuple(words)
        code = -1 if word is None else listed.index(word)
        return cls(np.full(m, code, dtype=np.int8), listed)

    def put(self, mask: BoolArray, word: Any) -> None:
        """Write a word, None for none, where the mask says."""
        self.codes[mask] = -1 if word is None else self.words.index(word)

    def __getitem__(self, place: int) -> Any:
        """Return the word of one entry, None for none."""
        code = int(self.codes[place])
        return None if code < 0 else self.words[code]

    def column(self) -> pd.Categorical:
        """Return a column of plain words."""
        return pd.Categorical.from_codes(self.codes, dtype=category_of(self.words), validate=False)


@lru_cache(maxsize=64)
def category_of(words: tuple[Any, ...]) -> pd.CategoricalDtype:
    """Return the type of a column of these words; making one costs more than filling it."""
    return pd.CategoricalDtype([str(word) for word in words])
