"""One series to the rows of its chart, as arrays; frames are made once, at the border to the mart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines import words
from pipelines.charts.decided import SeriesDecisions
from pipelines.charts.drawing import LIMITS, draw, last_decided, old_lines, phase_of_rows
from pipelines.charts.plan import Plan, plan_chart
from pipelines.charts.policy import POINT_RULES, Release, Shown, what_may_be_shown
from pipelines.charts.summary import IDENTITY, Seen, summary_of
from pipelines.charts.values import running
from pipelines.charts.whiskers import whiskers
from pipelines.measures import Measure
from pipelines.spc import Chart
from pipelines.vocabulary import PointType

Column = NDArray[Any]


@dataclass(frozen=True)
class SeriesChart:
    """One chart as rows.

    Attributes
    ----------
    columns
        The columns of chart_point, arrays of one entry a plotted place, in time order.
    summaries
        The rows of chart_summary, one a phase, oldest first.
    notes
        Why decisions on its usual range are not applied, by the id of their record.
    last_baseline_end
        By how people decided: the last day of the points that they let set a usual range; None where they did not.
    """

    columns: dict[str, Column]
    summaries: tuple[dict[str, Any], ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    last_baseline_end: dt.date | None = None

    @property
    def summary(self) -> dict[str, Any]:
        """The row of chart_summary of the latest phase."""
        return self.summaries[-1]

    def moves_after(self, day: dt.date | None) -> bool:
        """Whether a usual range that people decided on rests on points of a day or later."""
        return day is not None and self.last_baseline_end is not None and self.last_baseline_end >= day

    @cached_property
    def points(self) -> pd.DataFrame:
        """The rows of chart_point."""
        return pd.DataFrame(self.columns)


def chart_series(
    observation: pd.DataFrame,
    measure: Measure,
    cycle_starts: Sequence[dt.date] = (),
    release: Release | None = None,
    decided: SeriesDecisions | None = None,
) -> SeriesChart:
    """Chart one series.

    Parameters
    ----------
    observation
        Rows of one series in time order, columns of the table observation; shares 0 to 1; NaN where missing.
    measure
        The measure's definition.
    cycle_starts
        First day of Do of every cycle of the prototype, any order.
    release
        How the rows were released, for the shared mart.
    decided
        What people decided on its usual range; what does not fit its points is told in `notes`.
    """
    release = release or Release()
    plan = plan_chart(observation, measure, cycle_starts, decided, may_widen=not release.from_rounded)
    drawn = draw(plan, measure)
    shown = [what_may_be_shown(plan, drawn, release, phase) for phase in range(len(plan.phases))]
    columns = _columns(plan, measure, drawn, shown[-1])
    columns |= old_lines(plan, measure, shown[-1])
    columns["words"] = _point_words(columns, measure, str(plan.observation["period"].iloc[0]))
    summaries = tuple(
        summary_of(Seen(plan, measure, drawn, shown[phase], columns, release), phase)
        for phase in range(len(plan.phases))
    )
    return SeriesChart(columns, summaries, plan.notes.by_record, last_decided(plan))


def _columns(plan: Plan, measure: Measure, drawn: Chart | None, shown: Shown) -> dict[str, Column]:
    rows, values = plan.observation, plan.values
    size = len(rows)
    known = values.is_known
    columns: dict[str, Column] = {name: rows[name].to_numpy(object) for name in IDENTITY}
    columns |= {
        "position": np.arange(size),
        "period_start": values.start.astype(object),
        "period_end": values.end.astype(object),
        **{name: rows[name].to_numpy(float) for name in ("value", "numerator", "denominator")},
        "is_running": running(rows),
        "n_sessions": rows["n_sessions"].to_numpy(int),
        "is_gap": rows["is_gap"].to_numpy(bool),
        "is_hidden": rows["is_hidden"].to_numpy(bool),
        "hidden_reason": np.array(
            [None if pd.isna(why) else str(why) for why in rows["hidden_reason"]], object
        ),
        "phase": phase_of_rows(plan),
        "is_baseline": plan.based & known & shown.has_centre,
    }
    columns |= whiskers(rows, measure.is_share)
    columns["note"] = _notes(columns["note"], rows)
    return columns | _lines(drawn, shown, size) | _signals(drawn, shown, columns["is_baseline"] | ~known)


def _notes(of_whiskers: Column, rows: pd.DataFrame) -> Column:
    """Return what is told of each point: of its period first, then of its number."""
    if "note" not in rows:
        return of_whiskers
    both = zip(rows["note"], of_whiskers, strict=True)
    told = [" ".join(str(note) for note in pair if not pd.isna(note)) or None for pair in both]
    return np.array(told, object)


def _lines(drawn: Chart | None, shown: Shown, size: int) -> dict[str, Column]:
    missing = np.full(size, np.nan)
    lines = {
        name: getattr(drawn, name) if drawn is not None and shown.has_limits else missing for name in LIMITS
    }
    return lines | {
        "centre_line": drawn.centre_line if drawn is not None and shown.has_centre else missing,
        "target": drawn.target if drawn is not None else missing,
        "is_excluded": drawn.is_excluded if drawn is not None else np.zeros(size, dtype=bool),
    }


def _signals(drawn: Chart | None, shown: Shown, silent: NDArray[np.bool_]) -> dict[str, Column]:
    """Return the rules that fire; points inside the baseline, gaps and charts that may not signal stay silent."""
    if drawn is None or not shown.may_signal:
        silent = np.ones(silent.shape, dtype=bool)
    flags: dict[str, Column] = {
        rule: np.zeros(silent.shape, dtype=bool)
        if drawn is None
        else (getattr(drawn.signals, rule) != 0) & ~silent
        for rule in POINT_RULES
    }
    if drawn is None:
        return flags | {
            "point_type": np.full(silent.shape, PointType.COMMON_CAUSE, object),
            "rule": np.full(silent.shape, None, object),
        }
    winner = np.array(
        [None if pd.isna(rule) or not rule else str(rule) for rule in drawn.signals.winner], object
    )
    return flags | {
        "point_type": np.where(silent, str(PointType.COMMON_CAUSE), drawn.point_type.astype(object)),
        "rule": np.where(silent, np.array(None, object), winner),
    }


def _point_words(columns: dict[str, Column], measure: Measure, period: str) -> Column:
    names = (
        "period_start",
        "period_end",
        "is_hidden",
        "hidden_reason",
        "is_gap",
        "value",
        "numerator",
        "denominator",
        "rule",
    )
    rows = zip(*(columns[name] for name in names), strict=True)
    told = [words.point_words(dict(zip(names, row, strict=True)), measure, period) for row in rows]
    return np.array(told, object)
