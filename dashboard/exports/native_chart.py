"""A chart of the pack as a native chart of the slides: every line a row of its data sheet, so that it can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.components.data_table import when_text
from dashboard.components.wording import missing
from dashboard.exports.contents import PackChart
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.labels import has_limits
from dashboard.figures.marks import signal_colour
from dashboard.theme import LIGHT
from pipelines.vocabulary import Period, Rule

#: Most labels along the time axis, and their size.
LABELS = 9
LABEL_SIZE = Pt(12)

#: The mark of a point by the rule that wins, as on the screen; a ring is a circle without a fill.
MARKS = {
    Rule.BEYOND_LIMITS: XL_MARKER_STYLE.DIAMOND,
    Rule.TREND: XL_MARKER_STYLE.TRIANGLE,
    Rule.TWO_OF_THREE: XL_MARKER_STYLE.SQUARE,
}


@dataclass(frozen=True)
class Line:
    """A line of the chart: its name in the legend, its values in the measure's stored unit, and how it is drawn."""

    name: str
    values: Sequence[float | None]
    colour: str
    width: float
    dash: Any = None


def lines(one: PackChart) -> list[Line]:
    """Return the lines behind the points: usual range and average, or median; target; prediction.

    A place that holds no value has no limits either, since their width would tell how many were counted.
    """
    request, rows, summary = one.chart.request, one.rows, one.chart.summary
    clip = request.style.clip
    found: list[Line] = []
    if has_limits(summary):
        for name, words in (("lower_limit", "usual range from"), ("upper_limit", "usual range to")):
            found.append(Line(words, _where_valued(rows, name, clip), LIGHT.range_edge, 1.5, MSO_LINE.DASH))
        found.append(Line("average", _where_valued(rows, "centre_line", clip), LIGHT.centre, 1.5))
    elif not missing(summary["median"]) and rows["value"].notna().sum() > 1:
        found.append(Line("median", [float(summary["median"])] * len(rows), LIGHT.centre, 1.5))
    if rows["target"].notna().any():
        found.append(Line("target", _numbers(rows["target"]), LIGHT.target, 2, MSO_LINE.LONG_DASH))
    return [*found, *_predictions(request, rows)]


def _predictions(request: ChartRequest, rows: pd.DataFrame) -> list[Line]:
    """Return two lines over the weeks of every predicted cycle: from and to."""
    held: dict[str, list[float | None]] = {"predicted_low": [], "predicted_high": []}
    cycles = request.predictions()
    for start in pd.to_datetime(rows["period_start"]):
        mine = [
            cycle for cycle in cycles if (span := cycle.span(request.axis)) and span[0] <= start < span[1]
        ]
        for name, values in held.items():
            values.append(float(getattr(mine[-1], name)) if mine else None)
    words = {"predicted_low": "prediction from", "predicted_high": "prediction to"}
    return [
        Line(words[name], values, LIGHT.prediction, 2.5)
        for name, values in held.items()
        if any(value is not None for value in values)
    ]


def chart_data(one: PackChart, behind: Sequence[Line]) -> CategoryChartData:
    """Return the data sheet of a chart: a row a point, gap or hidden place, a column a line; missing cells are empty."""
    request = one.chart.request
    rows = one.rows
    style = "0%" if request.style.is_share else "General"
    data = CategoryChartData(number_format=style)
    period = str(one.chart.summary["period"])
    data.categories = [_label(start, period) for start in rows["period_start"]]
    for line in behind:
        data.add_series(line.name, line.values)
    data.add_series(str(one.chart.summary["short_name"]), _numbers(rows["value"]))
    return data


def _label(start: Any, period: str) -> str:
    """Return when a point's period began, as a label of the axis: ``3 Mar 2026``, ``Mar 2026``."""
    return when_text(start, start, Period.MONTH if period == Period.MONTH else Period.WEEK)


def dress(native: NativeChart, one: PackChart, behind: Sequence[Line]) -> None:
    """Give a native chart the look of the screens: points on top, signals by colour and shape, one value axis."""
    *others, value = native.plots[0].series
    for series, line in zip(others, behind, strict=True):
        _draw(series, line)
    _draw(value, Line("", (), LIGHT.data_line, 1.75))
    _marks(value, one)
    _axes(native, one)
    native.has_legend = True
    native.legend.position = XL_LEGEND_POSITION.BOTTOM
    native.legend.include_in_layout = False
    native.legend.font.size = LABEL_SIZE
    native.has_title = False


def _draw(series: Any, line: Line) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    drawn = series.format.line
    drawn.width, drawn.color.rgb = Pt(line.width), _rgb(line.colour)
    if line.dash is not None:
        drawn.dash_style = line.dash


def _marks(series: Any, one: PackChart) -> None:
    """Mark every point, and those that fire a rule by the colour of better or worse and the shape of the rule."""
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
    _fill(series.marker.format, LIGHT.data, LIGHT.data)
    for index, row in enumerate(one.rows.to_dict("records")):
        colour = signal_colour(row["point_type"], LIGHT)
        if colour is None or pd.isna(row["value"]) or pd.isna(row["rule"]):
            continue
        point = series.points[index]
        # Not every program colours a mark by its own fill: some take the colour of the line that leads to it.
        point.format.line.color.rgb, point.format.line.width = _rgb(colour), Pt(1.75)
        marker = point.marker
        marker.style = MARKS.get(row["rule"], XL_MARKER_STYLE.CIRCLE)
        marker.size = 9 if row["rule"] in MARKS else 7
        _fill(marker.format, colour if row["rule"] in MARKS else LIGHT.page, colour)


def _fill(look: Any, colour: str, edge: str) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = _rgb(colour)
    look.line.color.rgb = _rgb(edge)
    look.line.width = Pt(1.5)


def _axes(native: NativeChart, one: PackChart) -> None:
    values = one.chart.request.values()
    upright, flat = native.value_axis, native.category_axis
    upright.minimum_scale, upright.maximum_scale = values.ticks[0], values.ticks[-1]
    upright.major_unit = values.ticks[1] - values.ticks[0]
    upright.has_major_gridlines = False
    upright.tick_labels.number_format_is_linked = False
    upright.tick_labels.number_format = "0%" if one.chart.request.style.is_share else "General"
    flat.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis in (upright, flat):
        axis.tick_labels.font.size = LABEL_SIZE
        axis.format.line.color.rgb = _rgb(LIGHT.line_strong)
    _skip_labels(flat, len(one.rows))


def _skip_labels(axis: Any, count: int) -> None:
    """Write every so many labels, so that they stand flat and apart."""
    every = max(1, -(-count // LABELS))
    element = axis._element
    for name in ("tickLblSkip", "tickMarkSkip"):
        skip = parse_xml(f'<c:{name} {nsdecls("c")} val="{every}"/>')
        element.insert_element_before(skip, "c:noMultiLvlLbl", "c:extLst")


def _where_valued(rows: pd.DataFrame, name: str, clip: Any) -> list[float | None]:
    known = rows["value"].notna() & rows[name].notna()
    return [float(clip(float(v))) if k else None for v, k in zip(rows[name], known, strict=True)]


def _numbers(column: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in column]


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
