"""What every figure shares: page colours, type, hover box, and axes without grid or line."""

from __future__ import annotations

from typing import Any

from dashboard.figures.numbers import ValueAxis
from dashboard.theme import DESK, FONT, ChartSize, Theme


def common_layout(theme: Theme, size: ChartSize = DESK) -> dict[str, Any]:
    """Return what every figure shares: page colours, type, no legend, no dragging, one look of hover box."""
    return {
        "autosize": True,
        "paper_bgcolor": theme.page,
        "plot_bgcolor": theme.page,
        "font": {"family": FONT, "size": size.label, "color": theme.text},
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 24,
        "hoverlabel": {
            "bgcolor": theme.page,
            "bordercolor": theme.line_strong,
            "font": {"family": FONT, "color": theme.text, "size": size.hover},
            "align": "left",
        },
        "dragmode": False,
    }


def value_layout(values: ValueAxis, theme: Theme, size: ChartSize = DESK) -> dict[str, Any]:
    """Return the layout of a value axis: its labels and short ticks, no grid and no line."""
    return {
        "range": [values.low, values.high],
        "tickmode": "array",
        "tickvals": list(values.ticks),
        "ticktext": list(values.labels),
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.line_strong,
        "tickfont": {"size": size.label, "color": theme.muted},
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
    }
