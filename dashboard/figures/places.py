"""What stands on the base line of a chart: planned tests that did not happen, and cells held back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.axis import TimeAxis
from dashboard.theme import DESK_CHART, Theme
from pipelines.vocabulary import WhyHidden

#: A run of gaps or hidden cells gets its words where it is at least this share of the axis wide.
WIDE_ENOUGH = 0.045

#: The base line lives on an axis of its own, 0 to 1, so that no withheld value can be read from a height.
BASE_AXIS = "y2"


def hidden_words(reason: Any) -> str:
    """Return what a star says: small counts by their bounds, the rest as held back."""
    return "1 to 7 people" if reason == WhyHidden.SMALL else "held back"


def gap_words(sessions: int) -> str:
    """Return why a planned point is missing."""
    return "no test" if sessions == 0 else "not counted"


def base_traces(points: pd.DataFrame, axis: TimeAxis, theme: Theme) -> list[go.Scatter]:
    """Return the stars and the gap words of a chart's rows; rows with a `moment`, in time order."""
    gaps = points[points["value"].isna() & ~points["is_hidden"]]
    hidden = points[points["is_hidden"]]
    traces = []
    if len(gaps):
        words = [gap_words(int(n)) for n in gaps["n_sessions"]]
        traces.append(
            _trace(gaps, _spread(gaps, words, axis), "gap", "circle", "rgba(0,0,0,0)", theme, italic=True)
        )
    if len(hidden):
        words = [hidden_words(reason) for reason in hidden["hidden_reason"]]
        traces.append(_trace(hidden, _spread(hidden, words, axis), "hidden", "star", theme.muted, theme))
    return traces


def _trace(
    rows: pd.DataFrame,
    words: list[str],
    name: str,
    symbol: str,
    colour: str,
    theme: Theme,
    italic: bool = False,
) -> go.Scatter:
    text = [f"<i>{word}</i>" if italic and word else word for word in words]
    return go.Scatter(
        x=list(rows["moment"]),
        y=[0.0] * len(rows),
        yaxis=BASE_AXIS,
        mode="markers+text",
        name=name,
        text=text,
        textposition="top center",
        textfont={"size": DESK_CHART.label, "color": theme.muted},
        marker={"symbol": symbol, "size": 8, "color": colour, "opacity": 1, "line": {"width": 0}},
        customdata=list(rows["words"]),
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _spread(rows: pd.DataFrame, words: list[str], axis: TimeAxis) -> list[str]:
    """Keep the words of each run of neighbours once, at its middle, where the run can carry them."""
    positions = list(rows["position"])
    starts, ends = list(rows["period_start"]), list(rows["period_end"])
    said = [""] * len(rows)
    first = 0
    for index in range(len(rows)):
        ends_here = (
            index == len(rows) - 1
            or positions[index + 1] != positions[index] + 1
            or words[index + 1] != words[index]
        )
        if ends_here:
            width = axis.fraction(ends[index]) - axis.fraction(starts[first])
            if width >= WIDE_ENOUGH or len(rows) == 1:
                said[(first + index) // 2] = words[index]
            first = index + 1
    return said
