"""The rules that points can fire: arrays in, signed arrays out (+1 high or rising, -1 low or falling, 0 none).

Sources: NHS England, Making Data Count (rule set `mdc`, docs/method.md, Charts 5); Perla, Provost & Murray,
BMJ Qual Saf 2011;20:46 (the `skip` variants of shift and trend). Missing values (nan) never fire and break a pattern.
Every rule takes many phases, end to end, and starts anew in each; without `phases` all points are one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.spc.constants import RELATIVE_TOLERANCE
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray

Signs = NDArray[np.int8]


def rounding(y: FloatArray, phases: Groups) -> FloatArray:
    """Return the rounding error of a mean of each phase, shape (k,): four units in the last place of its largest."""
    return phases.spread(4 * np.finfo(float).eps * phases.largest(np.abs(y)))


def side(
    y: ArrayLike, line: ArrayLike, *, phases: Groups | None = None, error: FloatArray | None = None
) -> Signs:
    """Return on which side of a line each value lies.

    Parameters
    ----------
    y
        Values, shape (k,), any unit; nan for missing.
    line
        One value, or one a point, shape (k,); nan where there is none.
    phases
        The phases of the points; None: all are one.
    error
        Their `rounding`, where it is at hand.

    Returns
    -------
    Signs
        Shape (k,): +1 above, -1 below, 0 on the line (within rounding error) or missing on either side.
    """
    values, error = _with_error(y, phases, error)
    lines = np.asarray(line, dtype=float)
    slack = RELATIVE_TOLERANCE * np.abs(lines) + error
    return _signed(values > lines + slack, values < lines - slack)


def beyond_limits(
    y: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    phases: Groups | None = None,
    error: FloatArray | None = None,
) -> Signs:
    """Return the points strictly outside the limits; a point on a limit is inside."""
    values, error = _with_error(y, phases, error)
    highest, lowest = np.asarray(upper, dtype=float), np.asarray(lower, dtype=float)
    above = values > highest + (RELATIVE_TOLERANCE * np.abs(highest) + error)
    below = values < lowest - (RELATIVE_TOLERANCE * np.abs(lowest) + error)
    return _signed(above, below)


def _with_error(
    y: ArrayLike, phases: Groups | None, error: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    values = np.asarray(y, dtype=float)
    if error is None:
        error = rounding(values, phases or Groups.one(values.size))
    return values, error


def _signed(above: BoolArray, below: BoolArray) -> Signs:
    signs: Signs = above.view(np.int8) - below.view(np.int8)
    return signs


def shift(
    y: ArrayLike,
    centre: ArrayLike,
    length: int = 7,
    *,
    skip_centre: bool = False,
    phases: Groups | None = None,
    signs: Signs | None = None,
) -> Signs:
    """Return every point of each run of `length` or more consecutive points on one side of the centre.

    Parameters
    ----------
    y, centre
        Values and centre line, shape (k,) and scalar or (k,).
    length
        Points that make a shift: 7 in `mdc`, 6 in `ihi`.
    skip_centre
        False: a point on the centre breaks the run (Making Data Count). True: it neither counts nor breaks (IHI).
    phases
        The phases of the points; None: all are one.
    signs
        `side` of the centre, where it is at hand.
    """
    values = np.asarray(y, dtype=float)
    phases = phases or Groups.one(values.size)
    signs = side(values, centre, phases=phases) if signs is None else signs
    if not skip_centre:
        return members_of_runs(signs, length, phases)
    counted = (signs != 0) | ~np.isfinite(values)
    flagged = np.zeros(signs.shape, dtype=np.int8)
    flagged[counted] = members_of_runs(signs[counted], length, phases.kept(counted))
    return flagged


def trend(y: ArrayLike, length: int = 7, *, skip_ties: bool = False, phases: Groups | None = None) -> Signs:
    """Return every point of each strictly rising or falling sequence of `length` or more points.

    A point that ends one trend and begins the opposite one takes the direction of the step after it
    (NHSRplotthedots). Equal neighbours break a trend, or, with `skip_ties`, count once (IHI).
    """
    values = np.asarray(y, dtype=float)
    phases = phases or Groups.one(values.size)
    if not skip_ties:
        return _trend(values, length, phases)
    before = phases.before(values)
    is_repeat = np.isfinite(before) & np.isfinite(values) & (side(values, before, error=_NONE) == 0)
    flagged = np.zeros(values.shape, dtype=np.int8)
    flagged[~is_repeat] = _trend(values[~is_repeat], length, phases.kept(~is_repeat))
    return flagged


def two_of_three(
    y: ArrayLike,
    centre: ArrayLike,
    lower2: ArrayLike,
    upper2: ArrayLike,
    lower3: ArrayLike,
    upper3: ArrayLike,
    *,
    phases: Groups | None = None,
) -> Signs:
    """Return the points between 2 and 3 sigma in a window of three that holds two of them, all three on one side.

    Only the far points are returned, not the third one. A point beyond 3 sigma is not between, so it does not count
    (it fires `beyond_limits`); a point on the 3-sigma line does.
    """
    values = np.asarray(y, dtype=float)
    phases = phases or Groups.one(values.size)
    error = rounding(values, phases)
    beyond = beyond_limits(values, lower3, upper3, error=error)
    near = beyond_limits(values, lower2, upper2, error=error)
    return far_points(side(values, centre, error=error), near, beyond, phases)


def far_points(signs: Signs, beyond2: Signs, beyond3: Signs, phases: Groups) -> Signs:
    """Return what `two_of_three` does, from the sides of the centre and of the 2- and 3-sigma lines."""
    flagged = np.zeros(signs.shape, dtype=np.int8)
    if signs.size < 3:
        return flagged
    near = np.where(beyond3 == 0, beyond2, 0).astype(np.int8)
    fires = (np.abs(_of_three(signs)) == 3) & (np.abs(_of_three(near)) >= 2)
    # A window that runs into the next phase is none.
    fires &= ~(phases.is_first[1:-1] | phases.is_first[2:])
    for at in (slice(0, -2), slice(1, -1), slice(2, None)):
        flagged[at][fires] |= near[at][fires]
    return flagged


def members_of_runs(signs: Signs, length: int | IntArray, phases: Groups | None = None) -> Signs:
    """Keep the signs that belong to a run of at least `length` equal non-zero signs; the rest become 0.

    `length` is one number, or one a phase.
    """
    phases = phases or Groups.one(signs.size)
    runs = runs_in(signs, phases)
    least = length if np.ndim(length) == 0 else np.asarray(length)[phases.of[runs.start]]
    kept = np.where(runs.size >= least, signs[runs.start], 0).astype(np.int8)
    if not kept.any():
        return np.zeros(signs.shape, dtype=np.int8)
    flagged: Signs = runs.spread(kept)
    return flagged


def runs_in(signs: Signs, phases: Groups) -> Groups:
    """Return the runs of equal signs as groups; a phase begins a run."""
    changes: BoolArray = phases.is_first.copy()
    if signs.size:
        changes[1:] |= signs[1:] != signs[:-1]
    return Groups.beginning(changes) if signs.size else Groups(np.zeros(0, dtype=np.int64))


#: Two values of a series are compared as they are: neither is a computed line.
_NONE = np.zeros(1)


def _trend(values: FloatArray, length: int, phases: Groups) -> Signs:
    if values.size < 2:
        return np.zeros(values.shape, dtype=np.int8)
    # A step belongs to the point it leads to; the first point of a phase has none.
    steps = members_of_runs(side(values, phases.before(values), error=_NONE), length - 1, phases)
    if not steps.any():
        return steps
    after = np.append(steps[1:], np.int8(0))
    after[:-1][phases.is_first[1:]] = 0
    return np.where(after != 0, after, steps)


def _of_three(signs: Signs) -> Signs:
    """Return the sum of each sign and the two after it, shape (k - 2,)."""
    total: Signs = signs[:-2] + signs[1:-1] + signs[2:]
    return total
