"""The picture of a cycle: what was usual before, what the group predicted, what happened, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.layers import rgba
from dashboard.figures.layout import common_layout
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from dashboard.figures.prediction_words import note, number, row_words
from dashboard.figures.trace import Trace, quiet
from dashboard.theme import HATCH_OPACITY, Theme
from pipelines.vocabulary import PointType, Verdict

#: Heights of the three rows, top to bottom, in the units of the figure's own vertical axis.
BEFORE, PREDICTED, HAPPENED, FLOOR, TOP = 2.0, 1.0, 0.0, -0.62, 2.62
HALF = 0.26
LEVELS = (BEFORE, PREDICTED, HAPPENED)

HEIGHT, HEIGHT_NARROW = 270, 300
MARGIN = {"l": 20, "r": 20, "t": 8, "b": 34, "pad": 0}

SIGNAL_OF = {
    Verdict.IMPROVED: PointType.IMPROVEMENT,
    Verdict.WORSENED: PointType.CONCERN,
    Verdict.CHANGED: PointType.SPECIAL_HIGH,
}


def verdict_colour(verdict: str, theme: Theme) -> str:
    """Return the colour of a verdict: ink unless something changed."""
    return theme.of_point(SIGNAL_OF.get(Verdict(verdict), PointType.COMMON_CAUSE))


def prediction_result(
    result: Mapping[str, Any],
    during: Sequence[float],
    style: NumberStyle,
    theme: Theme,
    *,
    narrow: bool = False,
) -> go.Figure:
    """Draw a row of cycle_result as three rows on one scale.

    Parameters
    ----------
    result
        A row of cycle_result; missing figures are None or nan, and their row says so in words.
    during
        Values of the points of Do, drawn as small rings.
    style
        How the measure's values are written.
    theme
        Colours.
    narrow
        On a phone the words stand above their row instead of beside it.
    """
    row = {key: number(value) for key, value in result.items() if key in FIGURES}
    axis = value_axis([*row.values(), *during], style, most=5 if narrow else 7)
    colour = verdict_colour(result["verdict"], theme)
    figure = go.Figure(
        [*_before(row, theme), *_predicted(row, theme), *_happened(row, during, colour, theme)]
    )
    figure.update_layout(_layout(axis, theme, narrow))
    colours = (theme.text, theme.prediction, colour)
    notes = [
        note(words, level, level + HALF, axis, ink, theme, narrow=narrow)
        for words, level, ink in zip(row_words(row, during, result, style), LEVELS, colours, strict=True)
    ]
    figure.update_layout(annotations=notes)
    return figure


#: Columns of cycle_result that stand on the scale.
FIGURES = (
    "before", "before_lower", "before_upper", "predicted_value", "predicted_low", "predicted_high", "observed",
)  # fmt: skip


def _before(row: dict[str, float | None], theme: Theme) -> list[Trace]:
    low, high, middle = row["before_lower"], row["before_upper"], row["before"]
    traces = []
    if low is not None and high is not None:
        traces.append(_box(low, high, BEFORE, {"fillcolor": theme.range_fill}, "before"))
        traces += [_post(edge, BEFORE, theme.range_edge, 1.2, "before edge") for edge in (low, high)]
    if middle is not None:
        traces.append(_post(middle, BEFORE, theme.centre, 2.4, "before average"))
    return traces


def _predicted(row: dict[str, float | None], theme: Theme) -> list[Trace]:
    low, high, guess = row["predicted_low"], row["predicted_high"], row["predicted_value"]
    traces = []
    if low is not None and high is not None:
        ink = rgba(theme.prediction, HATCH_OPACITY)
        hatch = {"shape": "/", "solidity": 0.15, "size": 8, "fgcolor": ink, "bgcolor": "rgba(0,0,0,0)"}
        traces.append(
            _box(low, high, PREDICTED, {"fillcolor": "rgba(0,0,0,0)", "fillpattern": hatch}, "prediction")
        )
        traces += [_post(edge, PREDICTED, theme.prediction, 3.4, "prediction edge") for edge in (low, high)]
    if guess is not None:
        traces.append(_post(guess, PREDICTED, theme.prediction, 2.2, "prediction point"))
    return traces


def _happened(
    row: dict[str, float | None], during: Sequence[float], colour: str, theme: Theme
) -> list[Trace]:
    seen = row["observed"]
    ring = {
        "symbol": "circle",
        "size": 9,
        "color": theme.page,
        "opacity": 1,
        "line": {"color": colour, "width": 1.8},
    }
    traces = [quiet(x=list(during), y=[HAPPENED] * len(during), mode="markers", marker=ring, name="during")]
    if seen is not None:
        line = {"color": theme.text, "width": 1.4}
        traces.insert(
            0, quiet(x=[seen, seen], y=[FLOOR, PREDICTED + HALF], mode="lines", line=line, name="result line")
        )
        disc = {"size": 20, "color": colour, "opacity": 1, "line": {"color": theme.page, "width": 2}}
        traces.append(quiet(x=[seen], y=[HAPPENED], mode="markers", marker=disc, name="result"))
    return traces


def _box(low: float, high: float, level: float, fill: dict[str, Any], name: str) -> Trace:
    x, y = [low, high, high, low, low], [level - HALF, level - HALF, level + HALF, level + HALF, level - HALF]
    return quiet(x=x, y=y, mode="lines", line={"width": 0}, fill="toself", name=name, **fill)


def _post(at: float, level: float, colour: str, width: float, name: str) -> Trace:
    return quiet(
        x=[at, at],
        y=[level - HALF, level + HALF],
        mode="lines",
        line={"color": colour, "width": width},
        name=name,
    )


def _layout(axis: ValueAxis, theme: Theme, narrow: bool) -> dict[str, Any]:
    return common_layout(theme) | {
        "height": HEIGHT_NARROW if narrow else HEIGHT,
        "margin": MARGIN,
        "hovermode": False,
        "xaxis": {
            "range": [axis.low, axis.high], "tickmode": "array", "tickvals": list(axis.ticks), "ticktext": list(axis.labels),
            "ticks": "outside", "ticklen": 6, "tickcolor": theme.line_strong, "tickfont": {"size": 14, "color": theme.muted},
            "showgrid": False, "zeroline": False, "showline": True, "linecolor": theme.line_strong, "linewidth": 1,
            "fixedrange": True,
        },
        "yaxis": {"range": [FLOOR, TOP + (0.3 if narrow else 0)], "visible": False, "fixedrange": True},
    }  # fmt: skip
