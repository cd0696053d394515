"""The figures of one series as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
DateArray = NDArray[np.datetime64]


@dataclass(frozen=True)
class Values:
    """The figures of one series as arrays of one entry a row: NaN where missing, or where the period has not ended."""

    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    start: DateArray
    end: DateArray

    @classmethod
    def of(cls, observation: pd.DataFrame) -> Values:
        """Take them out of rows of the table observation."""
        figures = (observation[name].to_numpy(float) for name in ("value", "numerator", "denominator"))
        days = (observation[name].to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
        return cls(*(np.where(running(observation), np.nan, figure) for figure in figures), *days)

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        return np.isfinite(self.value)


def running(observation: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows are counted so far only, since their period has not ended; none where nothing tells."""
    if "is_running" not in observation:
        return np.zeros(len(observation), dtype=bool)
    return observation["is_running"].to_numpy(bool)
