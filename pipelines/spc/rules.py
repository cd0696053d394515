"""The rules that points can fire: arrays in, signed arrays out (+1 high or rising, -1 low or falling, 0 none).

Sources: NHS England, Making Data Count (rule set `mdc`, docs/method.md, Charts 5); Perla, Provost & Murray,
BMJ Qual Saf 2011;20:46 (the `skip` variants of shift and trend). Missing values (nan) never fire and break a pattern.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.spc.runs import Runs, runs

__all__ = ["Runs", "beyond_limits", "members_of_runs", "runs", "shift", "side", "trend", "two_of_three"]

FloatArray = NDArray[np.float64]
Signs = NDArray[np.int64]

#: Two numbers closer than this, relative to their size, are equal: a mean of equal values must lie on them.
RELATIVE_TOLERANCE = 1e-12


def side(y: ArrayLike, line: ArrayLike) -> Signs:
    """Return on which side of a line each value lies.

    Parameters
    ----------
    y
        Values, shape (k,), any unit; nan for missing.
    line
        One value, or one a point, shape (k,); nan where there is none.

    Returns
    -------
    Signs
        Shape (k,): +1 above, -1 below, 0 on the line (within rounding error) or missing on either side.
    """
    values = np.asarray(y, dtype=float)
    lines = np.broadcast_to(np.asarray(line, dtype=float), values.shape)
    known = np.isfinite(values) & np.isfinite(lines)
    scale = np.maximum(np.abs(values), np.abs(lines))
    largest = np.max(np.abs(values[known]), initial=0.0)
    tolerance = RELATIVE_TOLERANCE * scale + 4 * np.finfo(float).eps * largest
    gap = np.subtract(values, lines, out=np.zeros(values.shape), where=known)
    off_line = known & (np.abs(gap) > np.where(known, tolerance, 0.0))
    return np.where(off_line, np.sign(gap), 0).astype(np.int64)


def beyond_limits(y: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Signs:
    """Return the points strictly outside the limits; a point on a limit is inside."""
    above = side(y, upper) > 0
    below = side(y, lower) < 0
    return above.astype(np.int64) - below.astype(np.int64)


def shift(y: ArrayLike, centre: ArrayLike, length: int = 7, *, skip_centre: bool = False) -> Signs:
    """Return every point of each run of `length` or more consecutive points on one side of the centre.

    Parameters
    ----------
    y, centre
        Values and centre line, shape (k,) and scalar or (k,).
    length
        Points that make a shift: 7 in `mdc`, 6 in `ihi`.
    skip_centre
        False: a point on the centre breaks the run (Making Data Count). True: it neither counts nor breaks (IHI).
    """
    signs = side(y, centre)
    if not skip_centre:
        return members_of_runs(signs, length)
    counted = (signs != 0) | ~np.isfinite(np.asarray(y, dtype=float))
    flagged = np.zeros(signs.shape, dtype=np.int64)
    flagged[counted] = members_of_runs(signs[counted], length)
    return flagged


def trend(y: ArrayLike, length: int = 7, *, skip_ties: bool = False) -> Signs:
    """Return every point of each strictly rising or falling sequence of `length` or more points.

    A point that ends one trend and begins the opposite one takes the direction of the step after it
    (NHSRplotthedots). Equal neighbours break a trend, or, with `skip_ties`, count once (IHI).
    """
    values = np.asarray(y, dtype=float)
    if values.size < 2:
        return np.zeros(values.shape, dtype=np.int64)
    if skip_ties:
        return _trend_skipping_ties(values, length)
    steps = members_of_runs(side(values[1:], values[:-1]), length - 1)
    after = np.append(steps, 0)
    before = np.insert(steps, 0, 0)
    return np.where(after != 0, after, before)


def two_of_three(
    y: ArrayLike,
    centre: ArrayLike,
    lower2: ArrayLike,
    upper2: ArrayLike,
    lower3: ArrayLike,
    upper3: ArrayLike,
) -> Signs:
    """Return the points between 2 and 3 sigma in a window of three that holds two of them, all three on one side.

    Only the far points are returned, not the third one. A point beyond 3 sigma is not between, so it does not count
    (it fires `beyond_limits`); a point on the 3-sigma line does.
    """
    signs = side(y, centre)
    beyond = beyond_limits(y, lower3, upper3)
    near = np.where(beyond == 0, beyond_limits(y, lower2, upper2), 0)
    flagged = np.zeros(signs.shape, dtype=np.int64)
    if signs.size < 3:
        return flagged
    window_side = np.lib.stride_tricks.sliding_window_view(signs, 3).sum(axis=1)
    window_near = np.lib.stride_tricks.sliding_window_view(near, 3).sum(axis=1)
    fires = (np.abs(window_side) == 3) & (np.abs(window_near) >= 2)
    for start in np.flatnonzero(fires):
        flagged[start : start + 3] |= near[start : start + 3]
    return flagged


def members_of_runs(signs: Signs, length: int) -> Signs:
    """Keep the signs that belong to a run of at least `length` equal non-zero signs; the rest become 0."""
    if signs.size == 0:
        return signs.astype(np.int64)
    run_id = np.concatenate(([0], np.cumsum(signs[1:] != signs[:-1])))
    run_length = np.bincount(run_id)[run_id]
    return np.where(run_length >= length, signs, 0).astype(np.int64)


def _trend_skipping_ties(values: FloatArray, length: int) -> Signs:
    repeats = np.insert(side(values[1:], values[:-1]) == 0, 0, False) & np.isfinite(values)
    repeats[1:] &= np.isfinite(values[:-1])
    flagged = np.zeros(values.shape, dtype=np.int64)
    flagged[~repeats] = trend(values[~repeats], length)
    return flagged
