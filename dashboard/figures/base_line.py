"""What stands on the base line of a chart: planned tests that did not happen, and cells held back."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.axis import TimeAxis
from dashboard.figures.labels import LETTER
from dashboard.figures.plain import figure_text, hover_text
from dashboard.figures.trace import Trace, scatter
from dashboard.theme import DESK, ChartSize, Theme

#: A run of gaps or hidden cells gets its words where it is at least this share of the axis wide.
WIDE_ENOUGH = 0.045

#: What a star says: the same whatever is behind it, since a star that said which would tell.
HELD_BACK = "held back"

#: The base line lives on an axis of its own, 0 to 1, so that no withheld value can be read from a height.
BASE_AXIS = "y2"


def gap_words(sessions: int) -> str:
    """Return why a planned point is missing."""
    return "no test" if sessions == 0 else "not counted"


def base_traces(points: pd.DataFrame, axis: TimeAxis, theme: Theme, size: ChartSize = DESK) -> list[Trace]:
    """Return the stars and the gap words of a chart's rows; rows with a `moment`, in time order."""
    gaps = points[points["value"].isna() & ~points["is_hidden"]]
    hidden = points[points["is_hidden"]]
    traces = []
    if len(gaps):
        words = _spread(gaps, [gap_words(int(n)) for n in gaps["n_sessions"]], axis)
        traces.append(_trace(gaps, words, axis, "gap", "circle", "rgba(0,0,0,0)", theme, size, italic=True))
    if len(hidden):
        words = _spread(hidden, [HELD_BACK] * len(hidden), axis, at_least_once=True)
        traces.append(_trace(hidden, words, axis, "hidden", "star", theme.muted, theme, size))
    return traces


def _trace(
    rows: pd.DataFrame,
    words: list[str],
    axis: TimeAxis,
    name: str,
    symbol: str,
    colour: str,
    theme: Theme,
    size: ChartSize,
    *,
    italic: bool = False,
) -> Trace:
    text = [f"<i>{figure_text(word)}</i>" if italic and word else figure_text(word) for word in words]
    return scatter(
        x=list(rows["moment"]),
        y=[0.0] * len(rows),
        yaxis=BASE_AXIS,
        mode="markers+text",
        name=name,
        text=text,
        textposition=_sides(rows, words, axis, size),
        textfont={"size": size.label, "color": theme.muted},
        marker={
            "symbol": symbol,
            "size": 8 * size.marks,
            "color": colour,
            "opacity": 1,
            "line": {"width": 0},
        },
        customdata=[hover_text(words) for words in rows["words"]],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _sides(rows: pd.DataFrame, words: list[str], axis: TimeAxis, size: ChartSize) -> list[str]:
    """Return where each word stands over its place: near an end of the plot it runs inwards, off the scale's labels."""
    sides = []
    for moment, word in zip(rows["moment"], words, strict=True):
        half = LETTER * size.label * len(word) / 2 / size.plot_width
        at = axis.fraction(moment)
        sides.append("top right" if at < half else "top left" if at > 1 - half else "top center")
    return sides


def _spread(rows: pd.DataFrame, words: list[str], axis: TimeAxis, at_least_once: bool = False) -> list[str]:
    """Keep the words of each run of neighbours once, at its middle, where the run can carry them.

    With `at_least_once`, words that no run can carry stand at the place nearest the middle of the chart.
    """
    said = [""] * len(rows)
    for first, last in _runs(list(rows["position"]), words):
        width = axis.fraction(rows["period_end"].iloc[last]) - axis.fraction(rows["period_start"].iloc[first])
        if width >= WIDE_ENOUGH or len(rows) == 1:
            said[(first + last) // 2] = words[first]
    if at_least_once and not any(said):
        off = [abs(axis.fraction(moment) - 0.5) for moment in rows["moment"]]
        middle = off.index(min(off))
        said[middle] = words[middle]
    return said


def _runs(positions: list[int], words: list[str]) -> list[tuple[int, int]]:
    """Return first and last index of each run of neighbours that say the same."""
    breaks = [
        index
        for index in range(1, len(positions))
        if positions[index] != positions[index - 1] + 1 or words[index] != words[index - 1]
    ]
    return list(zip([0, *breaks], [*(index - 1 for index in breaks), len(positions) - 1], strict=True))
