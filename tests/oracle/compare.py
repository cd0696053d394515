"""When two columns count as the same: numbers to a relative 1e-9, everything else outright."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

RELATIVE = 1e-9


def close(name: str, mine: Any, theirs: Any) -> list[str]:
    """Compare two columns of numbers; missing is missing whatever its kind. Returns the first two that differ."""
    left, right = _numbers(mine), _numbers(theirs)
    if left.shape != right.shape:
        return [f"{name}: {left.size} rows, expected {right.size}"]
    scale = np.maximum(np.abs(left), np.abs(right))
    same = (np.isnan(left) & np.isnan(right)) | (np.abs(left - right) <= RELATIVE * scale) | (left == right)
    # A line through nearly equal values of both signs has no relative precision: allow rounding of the values.
    same |= np.abs(left - right) <= 1e-14 * np.nanmax(np.abs(np.append(right, 1.0)))
    return [f"{name}[{i}]: {left[i]!r}, expected {right[i]!r}" for i in np.flatnonzero(~same)[:2]]


def equal(name: str, mine: Any, theirs: Any) -> list[str]:
    """Compare two columns of words, flags or counts outright, as `close` does. Returns the first two that differ."""
    left, right = _words(mine), _words(theirs)
    if len(left) != len(right):
        return [f"{name}: {len(left)} rows, expected {len(right)}"]
    wrong = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    return [f"{name}[{i}]: {left[i]}, expected {right[i]}" for i in wrong[:2]]


def _numbers(column: Any) -> np.ndarray:
    values = np.asarray(column)
    if values.dtype.kind == "f":
        return values
    return np.asarray(pd.to_numeric(pd.Series(values).replace({"NA": np.nan})), dtype=float)


def _words(column: Any) -> list[str]:
    values = np.asarray(column)
    if values.dtype.kind in "biM":
        return values.astype(str).tolist()
    return ["missing" if pd.isna(value) else str(value) for value in values]
