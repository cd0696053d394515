"""Learning from error: do the sealed ranges hold as often as promised, and do we miss by less?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.learning.prediction import ALPHA
from pipelines.spc import Chart, chart, wilson
from pipelines.spc.runs import MIN_USEFUL_FOR_VERDICT
from pipelines.vocabulary import ChartKind

FloatArray = NDArray[np.float64]

#: The share of results that ranges of 80 % are meant to hold.
PROMISED = 1 - ALPHA
#: Scored cycles from which ranges may be called too narrow or too wide. Earlier looks would cry wolf: Wilson's
#: interval leaves out 80 % for one perfect group in five after its first cycle, one in eight at some look up to the
#: twentieth if looked at from the fourth, one in fifteen from the twelfth (tests/pipelines/learning/test_calibration.py).
FEWEST_TO_BLAME = 12
#: Scored cycles from which ranges may be said to hold as promised: of groups whose ranges hold half the time, 87 in
#: 100 would have been found by then.
FEWEST_TO_TRUST = 20
#: First cycles whose errors set the median that later ones are seen against.
FIRST_ERRORS = 12

COLUMNS = ("cycle_id", "due_on", "predicted_value", "predicted_low", "predicted_high", "observed")

State = Literal["too few", "too sure", "as promised", "too cautious"]
ErrorState = Literal["cannot yet tell", "smaller", "larger", "changed"]


@dataclass(frozen=True)
class ErrorRun:
    """The run chart of errors in words: Anhøj's two rules against the median of the first twelve.

    A signal is a longest run above `longest_run_max` or fewer crossings than `n_crossings_min`; `longest_below` is the
    longest run on the good side. `n_left_out` ranges had no width, and so no error to measure by it.
    """

    n_points: int
    median: float
    latest: float
    longest_run: int
    longest_below: int
    longest_run_max: int
    n_crossings: int
    n_crossings_min: int
    is_signal: bool
    state: ErrorState
    n_left_out: int


@dataclass(frozen=True)
class Calibration:
    """How often sealed 80 % ranges held, with Wilson's 95 % interval of that share (NaN where none is scored).

    `points` has a row a scored cycle in order of due date: `place` is where the result fell, 0 the middle of the range
    and -1 and 1 its edges; `error` is its size; `centre_line` the median of the errors; `is_baseline` whether the
    error helped to set it. `n_needed` is how many scored cycles it takes until nothing is called too few.
    """

    n_scored: int
    n_inside: int
    n_below: int
    n_above: int
    share: float
    share_low: float
    share_high: float
    promised: float
    state: State
    n_needed: int
    points: pd.DataFrame
    errors: ErrorRun | None


def calibrate(scored: pd.DataFrame) -> Calibration:
    """Hold every sealed range against what was then observed.

    Parameters
    ----------
    scored
        One row a prediction that is due: `cycle_id`, `due_on` (date), `predicted_value`, `predicted_low`,
        `predicted_high` and `observed`, each in the unit of its own measure. Rows without a range or a result are no
        predictions that can be scored, and are left out.

    Returns
    -------
    Calibration
        `errors` is None where no range has a width. Errors are in half-widths of their own range, so that people and
        per cent stand on one axis.

    Raises
    ------
    ValueError
        Where a column is missing, or a range is upside down.
    """
    rows = _scorable(scored)
    low, high, observed = (
        rows[name].to_numpy(float) for name in ("predicted_low", "predicted_high", "observed")
    )
    below, above = int((observed < low).sum()), int((observed > high).sum())
    size = len(rows)
    inside = size - below - above
    bounds = wilson(inside, size)
    ends = float(bounds.lower), float(bounds.upper)
    points, errors = _errors(rows, low, high, observed)
    return Calibration(
        n_scored=size,
        n_inside=inside,
        n_below=below,
        n_above=above,
        share=inside / size if size else float("nan"),
        share_low=ends[0],
        share_high=ends[1],
        promised=PROMISED,
        state=_state(size, *ends),
        n_needed=FEWEST_TO_TRUST,
        points=points,
        errors=errors,
    )


def _scorable(scored: pd.DataFrame) -> pd.DataFrame:
    if missing := [name for name in COLUMNS if name not in scored]:
        raise ValueError(f"Predictions to calibrate lack {', '.join(missing)}.")
    known = scored[["predicted_low", "predicted_high", "observed"]].notna().all(axis=1)
    rows = scored.loc[known, list(COLUMNS)].sort_values(["due_on", "cycle_id"], kind="stable")
    if (rows["predicted_low"] > rows["predicted_high"]).any():
        raise ValueError("A range is upside down.")
    return rows.reset_index(drop=True)


def _state(size: int, low: float, high: float) -> State:
    """Say too sure or too cautious only where the interval of the share leaves out what was promised."""
    if size >= FEWEST_TO_BLAME and high < PROMISED:
        return "too sure"
    if size >= FEWEST_TO_BLAME and low > PROMISED:
        return "too cautious"
    return "as promised" if size >= FEWEST_TO_TRUST else "too few"


def _errors(
    rows: pd.DataFrame, low: FloatArray, high: FloatArray, observed: FloatArray
) -> tuple[pd.DataFrame, ErrorRun | None]:
    half = (high - low) / 2
    place = np.divide(observed - (low + high) / 2, half, out=np.full(len(rows), np.nan), where=half > 0)
    points = rows.assign(place=place, error=np.abs(place), is_inside=(low <= observed) & (observed <= high))
    if not np.isfinite(place).any():
        return points.assign(centre_line=np.nan, is_baseline=False), None
    is_first = np.isfinite(place) & (np.cumsum(np.isfinite(place)) <= FIRST_ERRORS)
    drawn = chart(np.abs(place), kind=ChartKind.RUN, baseline=is_first)
    points = points.assign(centre_line=drawn.centre_line, is_baseline=is_first)
    return points, _run_of(drawn, n_left_out=int(np.isnan(place).sum()))


def _run_of(drawn: Chart, n_left_out: int) -> ErrorRun:
    seen, known = drawn.phases[0], drawn.value[np.isfinite(drawn.value)]
    median = float(drawn.centre_line[0])
    off = known[known != median]
    # The points that set the median raise no signal of their own (docs/method.md, Charts 6).
    is_signal = bool(seen.runs_signal) and off.size >= MIN_USEFUL_FOR_VERDICT and known.size > FIRST_ERRORS
    return ErrorRun(
        n_points=int(known.size),
        median=median,
        latest=float(known[-1]),
        longest_run=int(seen.longest_run or 0),
        longest_below=max((len([*run]) for is_below, run in groupby(off < median) if is_below), default=0),
        longest_run_max=int(seen.longest_run_max or 0),
        n_crossings=int(seen.n_crossings or 0),
        n_crossings_min=int(seen.n_crossings_min or 0),
        is_signal=is_signal,
        state=_side(known[FIRST_ERRORS:], median) if is_signal else "cannot yet tell",
        n_left_out=n_left_out,
    )


def _side(later: FloatArray, median: float) -> ErrorState:
    """Return on which side of the median most errors after the first twelve lie."""
    balance = int((later > median).sum()) - int((later < median).sum())
    return "changed" if balance == 0 else ("larger" if balance > 0 else "smaller")
