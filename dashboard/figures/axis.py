"""One time axis for every chart of a prototype, so that the same week stands in the same place on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.theme import DESK, ChartSize, Theme

#: A cycle running past the last point widens the axis by at most this: an open prediction can be seen.
LOOK_AHEAD = dt.timedelta(weeks=12)

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class TimeAxis:
    """First and last moment of the time axis; the end is the day after the last period."""

    start: pd.Timestamp
    end: pd.Timestamp

    def fraction(self, moment: dt.date | pd.Timestamp) -> float:
        """Return where a moment stands, 0 at the left end to 1 at the right, clipped to the axis."""
        share = (pd.Timestamp(moment) - self.start) / (self.end - self.start)
        return float(min(max(share, 0.0), 1.0))

    def holds(self, moment: dt.date | pd.Timestamp) -> bool:
        """Whether a moment lies on the axis."""
        return bool(self.start <= pd.Timestamp(moment) <= self.end)


def time_axis(
    frames: Iterable[pd.DataFrame], cycle_ends: Sequence[dt.date] = (), weeks: int | None = None
) -> TimeAxis | None:
    """Return the axis that holds every point of the frames.

    Parameters
    ----------
    frames
        Rows of chart_point, one frame a chart; empty frames are left out.
    cycle_ends
        Last days of the cycles; days up to LOOK_AHEAD past the last point widen the axis.
    weeks
        Only the last so many weeks, or None for all.

    Returns
    -------
    TimeAxis or None
        None where no frame has a row.
    """
    held = [frame for frame in frames if len(frame)]
    if not held:
        return None
    start = min(pd.Timestamp(frame["period_start"].min()) for frame in held)
    last = max(pd.Timestamp(frame["period_end"].max()) for frame in held) + DAY
    near = [pd.Timestamp(day) + DAY for day in cycle_ends if pd.notna(day)]
    end = max([last, *(min(day, last + LOOK_AHEAD) for day in near)])
    if weeks is not None:
        start = max(start, end - dt.timedelta(weeks=weeks))
    if end - start < 2 * DAY:  # a single session: a day on each side, so that its dot stands in the middle
        start, end = start - DAY, end + DAY
    return TimeAxis(start, end)


def middles(points: pd.DataFrame) -> pd.Series:
    """Return where each row of chart_point stands on the time axis: the middle of its period.

    Sessions of one day share it out in their order, so that no dot hides another.
    """
    start = pd.to_datetime(points["period_start"])
    width = pd.to_datetime(points["period_end"]) - start + DAY
    if start.is_unique:
        return start + width / 2
    order = points.groupby("period_start").cumcount() + 1
    same = points.groupby("period_start")["period_start"].transform("size") + 1
    return start + width * (order / same)


def iso_texts(moments: pd.Series) -> list[str]:
    """Return moments as ISO text to the second, as the drawing library takes them."""
    return np.datetime_as_string(moments.to_numpy(), unit="s").tolist()


def x_layout(axis: TimeAxis, theme: Theme, *, months: bool, size: ChartSize = DESK) -> dict[str, Any]:
    """Return the layout of the time axis: months below, the year at the first label and in January."""
    return {
        "range": [axis.start.isoformat(), axis.end.isoformat()],
        "type": "date",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "showticklabels": months,
        "ticks": "outside" if months else "",
        "ticklen": 5,
        "tickcolor": theme.line_strong,
        "tickfont": {"size": size.label, "color": theme.muted},
        **_month_ticks(axis, size.months),
    }


def month_marks(axis: TimeAxis, room: int) -> list[tuple[float, str]]:
    """Return where months are named under a picture, as shares of its width, and their words."""
    ticks = _month_ticks(axis, room)
    return [
        (axis.fraction(day), words) for day, words in zip(ticks["tickvals"], ticks["ticktext"], strict=True)
    ]


def _month_ticks(axis: TimeAxis, room: int) -> dict[str, Any]:
    """Return ticks at the first of every month, or of every so many that no more than `room` labels stand."""
    firsts = pd.date_range(axis.start, axis.end, freq="MS")
    if len(firsts) < 2:
        days = pd.date_range(axis.start, axis.end, periods=3) if len(firsts) == 0 else firsts
        return {
            "tickmode": "array",
            "tickvals": [day.isoformat() for day in days],
            "ticktext": [f"{d.day} {d:%b %Y}" for d in days],
        }
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if len(firsts) / step <= room or step == 60)
    ticks = [
        day
        for day in firsts
        if (day.month - 1) % min(step, 12) == 0 and (step <= 12 or day.year % (step // 12) == 0)
    ]
    ticks = ticks or [firsts[0]]
    return {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [_month_text(day, ticks[0]) for day in ticks],
    }


def _month_text(day: pd.Timestamp, first: pd.Timestamp) -> str:
    return f"{day:%b %Y}" if day == first or day.month == 1 else f"{day:%b}"
