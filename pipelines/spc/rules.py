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


def slack(y: FloatArray, line: FloatArray, phases: Groups) -> FloatArray:
    """Return how far from a line a value may lie and still be on it, shape (k,).

    A relative 1e-12 of the line, and four units in the last place of the phase's largest value, which is what its
    mean may be off by. The line is level: a figure a phase, shape (m,).
    """
    largest = np.maximum(phases.largest(y), -phases.smallest(y))
    return phases.spread(RELATIVE_TOLERANCE * np.abs(line) + 4 * np.finfo(float).eps * largest)


def side(
    y: ArrayLike, line: ArrayLike, *, phases: Groups | None = None, within: FloatArray | None = None
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
    within
        The `slack`, where it is at hand.

    Returns
    -------
    Signs
        Shape (k,): +1 above, -1 below, 0 on the line (within rounding error) or missing on either side.
    """
    return beyond_limits(y, line, line, phases=phases, within=within)


def beyond_limits(
    y: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    phases: Groups | None = None,
    within: FloatArray | None = None,
) -> Signs:
    """Return the points strictly outside the limits; a point on a limit is inside."""
    values = np.asarray(y, dtype=float)
    lowest, highest = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    if within is None:
        within = _slack_of_lines(values, lowest, highest, phases or Groups.one(values.size))
    edge = np.add(highest, within)
    above = values > edge
    below = values < np.subtract(lowest, within, out=edge)
    signs: Signs = above.view(np.int8) - below.view(np.int8)
    return signs


def _slack_of_lines(values: FloatArray, lower: FloatArray, upper: FloatArray, phases: Groups) -> FloatArray:
    """Return the slack about lines that need not be level."""
    error = slack(values, np.zeros(len(phases)), phases)
    return RELATIVE_TOLERANCE * np.maximum(np.abs(lower), np.abs(upper)) + error


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
    is_repeat = np.isfinite(values - before) & ~_is_a_step(before, values)
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
    beyond = beyond_limits(values, lower3, upper3, phases=phases)
    near = beyond_limits(values, lower2, upper2, phases=phases)
    return far_points(side(values, centre, phases=phases), near, beyond, phases)


def far_points(signs: Signs, beyond2: Signs, beyond3: Signs, phases: Groups) -> Signs:
    """Return what `two_of_three` does, from the sides of the centre and of the 2- and 3-sigma lines."""
    flagged = np.zeros(signs.shape, dtype=np.int8)
    if signs.size < 3:
        return flagged
    near = beyond2 * (beyond3 == 0)
    fires = (np.abs(_of_three(signs)) == 3) & (np.abs(_of_three(near)) >= 2)
    # A window that runs into the next phase is none.
    fires &= ~(phases.is_first[1:-1] | phases.is_first[2:])
    return near * _covered(fires, 3, signs.size) if fires.any() else flagged


def members_of_runs(signs: Signs, length: int, phases: Groups | None = None) -> Signs:
    """Keep the signs that belong to a run of at least `length` equal non-zero signs; the rest become 0."""
    phases = phases or Groups.one(signs.size)
    members = np.zeros(signs.shape, dtype=np.int8)
    if signs.size < length:
        return members
    in_one_phase = _windows(~phases.is_first[1:], length - 1)[: signs.size - length + 1]
    for sign in (1, -1):
        begins = _windows(signs == sign, length) & in_one_phase
        if begins.any():
            members[_covered(begins, length, signs.size)] = sign
    return members


def members_of_long_runs(signs: Signs, length: IntArray, phases: Groups) -> Signs:
    """Do the same with a length for each phase, shape (m,), on signs none of which is 0."""
    runs = runs_in(signs, phases)
    return np.where(runs.spread(runs.size >= length[phases.of[runs.start]]), signs, np.int8(0))


def runs_in(signs: Signs, phases: Groups) -> Groups:
    """Return the runs of equal signs as groups; a phase begins a run."""
    if signs.size == 0:
        return Groups(np.zeros(0, dtype=np.int64))
    begins = phases.is_first.copy()
    begins[1:] |= signs[1:] != signs[:-1]
    return Groups.beginning(begins)


def _windows(mask: BoolArray, length: int) -> BoolArray:
    """Return where `length` True in a row begin, shape (k - length + 1,); twice as many are known at each step."""
    full, known = (mask, 1) if length else (np.ones(mask.size + 1, dtype=bool), length)
    while known < length:
        step = min(known, length - known)
        full, known = full[:-step] & full[step:], known + step
    return full


def _covered(begins: BoolArray, length: int, k: int) -> BoolArray:
    """Return the entries that lie in a window of `length` that begins where `begins` says."""
    covered = np.zeros(k, dtype=bool)
    covered[: begins.size] = begins
    known = 1
    while known < length:
        step = min(known, length - known)
        covered[step:] |= covered[:-step].copy()
        known += step
    return covered


def _trend(values: FloatArray, length: int, phases: Groups) -> Signs:
    if values.size < 2:
        return np.zeros(values.shape, dtype=np.int8)
    before, after = values[:-1], values[1:]
    found = _in_a_row(after > before, after < before, length - 1, phases)
    marked = np.flatnonzero(found != 0)
    if marked.size and not np.all(_is_a_step(values[marked - 1], values[marked])):
        # A step that is no more than rounding is none: look again with such steps left out.
        real = _is_a_step(before, after)
        found = _in_a_row((after > before) & real, (after < before) & real, length - 1, phases)
    following = np.append(found[1:], np.int8(0))
    following[phases.start[1:] - 1] = 0
    return np.where(following != 0, following, found)


def _is_a_step(before: FloatArray, after: FloatArray) -> BoolArray:
    real: BoolArray = np.abs(after - before) > RELATIVE_TOLERANCE * np.abs(before)
    return real


def _in_a_row(rises: BoolArray, falls: BoolArray, length: int, phases: Groups) -> Signs:
    """Return the steps up or down of which `length` follow one another, each at the point it leads to."""
    steps = np.zeros(phases.k, dtype=np.int8)
    np.subtract(rises.view(np.int8), falls.view(np.int8), out=steps[1:])
    steps[phases.start[phases.size > 0]] = 0
    return members_of_runs(steps, length, phases)


def _of_three(signs: Signs) -> Signs:
    """Return the sum of each sign and the two after it, shape (k - 2,)."""
    total: Signs = signs[:-2] + signs[1:-1] + signs[2:]
    return total
