"""From talk to action: how many ideas reach each stage, how long they wait, and where they stop."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.spc import wilson
from pipelines.vocabulary import Stage

FloatArray = NDArray[np.float64]

#: The stages in order; stopped may follow any.
STEPS = (Stage.IDEA, Stage.ACTION, Stage.PROTOTYPE, Stage.MODEL, Stage.SCALED)
EPOCH = pd.Timestamp(1970, 1, 1)
COLUMNS = ("prototype_id", "stage", "reached_on")


@dataclass(frozen=True)
class StageRow:
    """One stage: who reached it, how many of those at the stage before, how long that took, and who stopped there.

    `n_waited` came from the stage before on a known day, `n_still_waiting` are there still; `median_wait_days` counts
    both (Kaplan-Meier) and is None where fewer than half have come, or no wait is known. `n_stopped` stopped while
    this was the furthest they had come. The first stage has no stage before: its share and wait are None.
    """

    stage: Stage
    n_reached: int
    share_of_before: float | None
    share_low: float | None
    share_high: float | None
    median_wait_days: float | None
    n_waited: int
    n_still_waiting: int
    n_stopped: int


@dataclass(frozen=True)
class Stages:
    """Every stage, and the talk-to-action ratio: of all ideas, the share tried (NaN without ideas), Wilson's 95 %."""

    rows: tuple[StageRow, ...]
    n_ideas: int
    n_tried: int
    tried_share: float
    tried_low: float
    tried_high: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row a stage, in order."""
        return pd.DataFrame([asdict(row) for row in self.rows])


def stage_summary(history: pd.DataFrame, data_until: dt.date) -> Stages:
    """Sum up the stage history of all prototypes.

    Parameters
    ----------
    history
        One row a prototype and stage reached: `prototype_id`, `stage` (a word of `Stage`), `reached_on` (date;
        missing: on a day not known). Whoever reached a later stage reached the earlier ones, on a day not known where
        there is no row for them. Of several rows of one stage the first day counts.
    data_until
        Last day that the records speak of: those who have not moved on by then are still waiting.

    Returns
    -------
    Stages
        A wait is the days from one stage to the next. Who stopped between them leaves the waiting on that day, and who
        has gone back to work since has not stopped. A wait is not known where either day is not, or the second is
        the earlier.

    Raises
    ------
    ValueError
        Where a column is missing or a stage is not one of ours.
    """
    paths = _paths(history, data_until)
    rows = tuple(_row(step, paths) for step in range(len(STEPS)))
    ideas, tried = rows[0].n_reached, rows[1].n_reached
    bounds = wilson(tried, ideas)
    share = tried / ideas if ideas else float("nan")
    return Stages(rows, ideas, tried, share, float(bounds.lower), float(bounds.upper))


@dataclass(frozen=True)
class _Paths:
    """Where each of k prototypes has been, in days since 1970, NaN where not or not known.

    `day` has shape (k, stages); `furthest` the number of the last stage reached; `left_on` the day on which it stopped,
    or the end of the records.
    """

    day: FloatArray
    furthest: NDArray[np.integer]
    has_stopped: NDArray[np.bool_]
    left_on: FloatArray


def _paths(history: pd.DataFrame, data_until: dt.date) -> _Paths:
    rows = _checked(history, data_until)
    who = pd.Index(rows["prototype_id"].unique())
    steps, stops = rows[rows["stage"] != Stage.STOPPED], rows[rows["stage"] == Stage.STOPPED]
    first = steps.groupby(["prototype_id", "stage"])["day"].min().unstack()
    day = first.reindex(index=who, columns=list(STEPS)).to_numpy(float)
    number = steps["stage"].map({stage: place for place, stage in enumerate(STEPS)})
    furthest = number.groupby(steps["prototype_id"]).max().reindex(who, fill_value=0).to_numpy(int)
    stopped_on = stops.groupby("prototype_id")["day"].max().reindex(who).to_numpy(float)
    went_on = steps.groupby("prototype_id")["day"].max().reindex(who).to_numpy(float) > stopped_on
    has_stopped = np.isin(who.to_numpy(), stops["prototype_id"].to_numpy()) & ~went_on
    end = (data_until - dt.date(1970, 1, 1)).days
    return _Paths(day, furthest, has_stopped, np.where(has_stopped, stopped_on, float(end)))


def _checked(history: pd.DataFrame, data_until: dt.date) -> pd.DataFrame:
    """Return the rows with their day as a number, without those that lie ahead of the records."""
    if missing := [name for name in COLUMNS if name not in history]:
        raise ValueError(f"The stage history lacks {', '.join(missing)}.")
    if unknown := sorted({str(word) for word in history["stage"]} - {str(stage) for stage in Stage}):
        raise ValueError(f"There is no stage {', '.join(unknown)}.")
    reached = pd.to_datetime(history["reached_on"])
    rows = history.assign(stage=history["stage"].map(Stage), day=(reached - EPOCH) / pd.Timedelta(days=1))
    return rows[~(reached > pd.Timestamp(data_until))]


def _row(step: int, paths: _Paths) -> StageRow:
    n_reached = int((paths.furthest >= step).sum())
    n_stopped = int((paths.has_stopped & (paths.furthest == step)).sum())
    if step == 0:
        return StageRow(STEPS[0], n_reached, None, None, None, None, 0, 0, n_stopped)
    n_before = int((paths.furthest >= step - 1).sum())
    bounds = wilson(n_reached, n_before)
    has_come = paths.furthest >= step
    wait = np.where(has_come, paths.day[:, step], paths.left_on) - paths.day[:, step - 1]
    known = wait >= 0
    return StageRow(
        stage=STEPS[step],
        n_reached=n_reached,
        share_of_before=n_reached / n_before if n_before else None,
        share_low=float(bounds.lower) if n_before else None,
        share_high=float(bounds.upper) if n_before else None,
        median_wait_days=_median(wait[known], has_come[known]),
        n_waited=int((known & has_come).sum()),
        n_still_waiting=int((known & ~has_come & ~paths.has_stopped).sum()),
        n_stopped=n_stopped,
    )


def _median(wait: FloatArray, has_come: NDArray[np.bool_]) -> float | None:
    """Return the median wait by Kaplan & Meier (JASA 1958;53:457): those still waiting have waited at least so long."""
    from statsmodels.duration.survfunc import SurvfuncRight

    if not has_come.any():
        return None
    median = float(SurvfuncRight(wait, has_come.astype(float)).quantile(0.5))
    return median if np.isfinite(median) else None
