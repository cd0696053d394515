"""The look of a worked picture: one chart on a white card, as SVG text in the colours and shapes of the app.

A card is white in dark mode too, and 360 wide so that its words stay readable on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from pipelines.spc import Chart
from pipelines.vocabulary import ChartKind, LimitsState, PointType, Rule

WIDTH = 360
FONT = "'Source Sans 3', 'Source Sans', 'Segoe UI', Arial, sans-serif"
TEXT, MUTED, DATA, DATA_LINE = "#15202B", "#525D68", "#36424E", "#78838E"
RANGE, RANGE_EDGE, CENTRE, LINE = "#E4E8EC", "#84909B", "#66727D", "#DAD8D1"
COLOURS = {
    PointType.IMPROVEMENT: "#1464B4",
    PointType.CONCERN: "#AF3F06",
    PointType.SPECIAL_HIGH: "#4A1285",
    PointType.SPECIAL_LOW: "#4A1285",
    PointType.COMMON_CAUSE: DATA,
}

#: What the centre line is called, where it is not an average.
MIDDLE = {ChartKind.RUN: "median", ChartKind.G: "median", ChartKind.T: "centre"}

#: The plot's left and right edge, where its labels begin, and its top and bottom.
LEFT, RIGHT, LABEL, TOP, BOTTOM = 12.0, 252.0, 258.0, 40.0, 154.0
LINE_HEIGHT = 17
#: Lines of caption that every card has room for, so that cards side by side are of one height.
CAPTION_LINES = 3
#: Least pixels between two labels.
APART = 16.0


@dataclass(frozen=True)
class Picture:
    """One chart with the words about it: `title` above, `caption` below, `described` for who cannot see it."""

    title: str
    caption: tuple[str, ...]
    described: str
    drawn: Chart
    places: int = 1
    unit: str = ""


@dataclass(frozen=True)
class Scale:
    """From places and values to pixels."""

    count: int
    lowest: float
    highest: float
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM

    @classmethod
    def of(cls, table: pd.DataFrame, extra: tuple[float, ...] = ()) -> Scale:
        """Fit all lines and dots."""
        lines = table[["value", "centre_line", "lower_limit", "upper_limit"]].to_numpy(float).ravel()
        seen = np.append(lines[np.isfinite(lines)], extra)
        return cls(len(table), float(seen.min()), float(seen.max()))

    @property
    def step(self) -> float:
        """Pixels from one point to the next."""
        return (self.right - self.left) / self.count

    def x(self, place: float) -> float:
        """Pixels from the left of a point counted from 0."""
        return self.left + self.step * (place + 0.5)

    def y(self, value: float) -> float:
        """Pixels from the top of a value."""
        share = (value - self.lowest) / ((self.highest - self.lowest) or 1)
        return self.bottom - share * (self.bottom - self.top)


def svg(picture: Picture) -> str:
    """Return the whole picture."""
    table = picture.drawn.to_frame()
    scale = Scale.of(table)
    state = picture.drawn.phases[-1].limits_state
    parts = [*_range(table, scale, state), *_centre(table, scale), *_dots(table, scale)]
    return card(picture.title, picture.caption, picture.described, [*parts, *_labels(picture, table, scale)])


def card(
    title: str,
    caption: tuple[str, ...],
    described: str,
    parts: list[str],
    below: float = BOTTOM,
    least_lines: int = CAPTION_LINES,
) -> str:
    """Return a white card with a title, what is drawn, and a caption that starts under `below`."""
    height = below + 18 + LINE_HEIGHT * max(len(caption), least_lines)
    words = [text(LEFT, below + 24 + LINE_HEIGHT * at, line, MUTED) for at, line in enumerate(caption)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
            f'height="{height:.0f}" role="img" font-family="{FONT}" font-size="13">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(described)}</desc>",
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1:.0f}" rx="4" fill="#FFFFFF" '
            f'stroke="{LINE}"/>',
            text(LEFT, 23, title, TEXT, size=14.5, bold=True),
            *parts,
            *words,
            "</svg>\n",
        ]
    )


def text(x: float, y: float, words: str, colour: str, *, size: float = 13, bold: bool = False) -> str:
    """Return a line of text."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}>{escape(words)}</text>'


def number(value: float, places: int) -> str:
    """Return a figure as the captions write it."""
    rounded = f"{value:.{places}f}"
    return f"{float(rounded) + 0.0:,.{places}f}"


def _range(table: pd.DataFrame, scale: Scale, state: str) -> list[str]:
    """Return the usual range as a band of a step a point; dashed edges where it is provisional."""
    if table["upper_limit"].isna().all():
        return []
    upper, lower = (_edge(table[name], scale) for name in ("upper_limit", "lower_limit"))
    firm = state == LimitsState.ESTABLISHED
    fill, dash = (0.85, "") if firm else (0.45, ' stroke-dasharray="4 4"')
    band = f'<path d="M{_points(upper + lower[::-1])}Z" fill="{RANGE}" fill-opacity="{fill}"/>'
    edges = [f'<path d="M{_points(one)}" fill="none" stroke="{RANGE_EDGE}"{dash}/>' for one in (upper, lower)]
    return [band, *edges]


def _edge(values: pd.Series, scale: Scale) -> list[tuple[float, float]]:
    known = [(at, value) for at, value in enumerate(values) if np.isfinite(value)]
    return [(scale.x(at + side), scale.y(value)) for at, value in known for side in (-0.5, 0.5)]


def _centre(table: pd.DataFrame, scale: Scale) -> list[str]:
    at = scale.y(float(table["centre_line"].iloc[-1]))
    return [f'<path d="M{scale.left:.1f} {at:.1f}H{scale.right:.1f}" stroke="{CENTRE}" stroke-width="1.3"/>']


def _dots(table: pd.DataFrame, scale: Scale) -> list[str]:
    """Return the data line, broken at gaps, and a mark for each point."""
    known = [(at, row) for at, row in enumerate(table.itertuples()) if np.isfinite(row.value)]
    line = _points([(scale.x(at), scale.y(row.value)) for at, row in known])
    marks = [mark(scale.x(at), scale.y(row.value), row, table) for at, row in known]
    return [f'<path d="M{line}" fill="none" stroke="{DATA_LINE}" stroke-width="1.6"/>', *marks]


def mark(x: float, y: float, row: tuple, table: pd.DataFrame) -> str:
    """Return the shape of the rule that names a point, in the colour of its type."""
    colour = COLOURS[row.point_type]
    if row.rule == Rule.BEYOND_LIMITS:
        return f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7Z" fill="{colour}"/>'
    if row.rule == Rule.TREND:
        last = table[table["trend"]]["value"]
        tip = -6.5 if last.iloc[-1] > last.iloc[0] else 6.5
        return f'<path d="M{x:.1f} {y + tip:.1f}l6.5 {-2 * tip:.1f}h-13Z" fill="{colour}"/>'
    if row.rule == Rule.TWO_OF_THREE:
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}"/>'
    if row.rule in (Rule.SHIFT, Rule.LONG_RUN):
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="#FFFFFF" stroke="{colour}" stroke-width="2.6"/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="{DATA}"/>'


def _labels(picture: Picture, table: pd.DataFrame, scale: Scale) -> list[str]:
    """Return the words at the right of the lines, of the last point's own limits, kept apart."""
    last = table.iloc[-1]
    middle = MIDDLE.get(picture.drawn.kind, "average")
    wanted = [("upper", last["upper_limit"]), (middle, last["centre_line"]), ("lower", last["lower_limit"])]
    told = [(word, value) for word, value in wanted if np.isfinite(value)]
    places = _kept_apart([scale.y(value) + 4.5 for _, value in told])
    return [
        text(
            LABEL,
            at,
            f"{word} {number(value, picture.places)}{picture.unit}",
            TEXT if word == middle else MUTED,
        )
        for at, (word, value) in zip(places, told, strict=True)
    ]


def _kept_apart(wanted: list[float]) -> list[float]:
    """Return heights, from the top, of which no two are nearer than a line: the lower one keeps its place."""
    kept: list[float] = []
    for at in reversed(wanted):
        kept.append(min(at, kept[-1] - APART) if kept else at)
    return kept[::-1]


def _points(places: list[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
