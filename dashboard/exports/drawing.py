"""A figure as SVG: what the screen draws, drawn without a browser, so that paper shows the same chart.

Takes what `dashboard.figures` makes: scatter traces on one date axis and one value axis, shapes and annotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.exports.outlines import hatch, line_path, mark_svg, number
from dashboard.theme import DESK, ChartSize

#: A chart on a page of paper: as wide as A4 between its margins, alone, so that it names its cycles itself.
PAPER = replace(DESK, plot_width=586, plot_height=124, months=10, is_alone=True)

#: A tag of a figure's text; entities stay, as they mean the same in SVG.
TAG = re.compile(r"</?[bi]>|<br\s*/?>")


@dataclass(frozen=True)
class Frame:
    """Where the plot lies in the picture, px, and what its ends stand for."""

    left: float
    top: float
    width: float
    height: float
    days: tuple[pd.Timestamp, pd.Timestamp]
    values: Mapping[str, tuple[float, float]]

    def x(self, moment: Any, ref: str = "x") -> float:
        """Return the place of a moment, or of a share of the plot where `ref` is ``paper``."""
        if ref == "paper":
            return self.left + float(moment) * self.width
        first, last = self.days
        return self.left + float((pd.Timestamp(moment) - first) / (last - first)) * self.width

    def y(self, value: Any, ref: str = "y") -> float:
        """Return the place of a value on the axis `ref`, or of a share of the plot where it is ``paper``."""
        low, high = (0.0, 1.0) if ref == "paper" else self.values[ref]
        return self.top + (high - float(value)) / (high - low) * self.height


def svg(figure: go.Figure, size: ChartSize, alt: str = "", pointed: bool = False) -> str:
    """Return a figure as SVG.

    Parameters
    ----------
    figure
        As `control_chart` draws it at `size`.
    size
        How large; the picture is as wide as its plot and margins.
    alt
        Alternative text, where the picture stands in a page by itself; none inside an ``<img>``, which carries it.
    pointed
        Whether marks say their words when they are pointed at.
    """
    drawn = figure.to_dict()
    layout = drawn["layout"]
    margin = layout["margin"]
    width, height = size.plot_width + margin["l"] + margin["r"], layout["height"]
    frame = _frame(layout, size)
    shapes = layout.get("shapes", ())
    parts = [
        *(_shape(shape, frame) for shape in shapes if shape.get("layer") == "below"),
        *_traces(drawn["data"], frame, pointed),
        *(_shape(shape, frame) for shape in shapes if shape.get("layer") != "below"),
        *_ticks(layout, frame),
        *(_note(note, frame) for note in layout.get("annotations", ())),
    ]
    spoken = f' role="img" aria-label="{_attribute(alt)}"' if alt else ""
    font = _attribute(layout["font"]["family"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}"{spoken} '
        f'font-family="{font}">{"".join(parts)}</svg>'
    )


def _frame(layout: Mapping[str, Any], size: ChartSize) -> Frame:
    margin = layout["margin"]
    days = tuple(pd.Timestamp(day) for day in layout["xaxis"]["range"])
    axes = {"y": "yaxis", "y2": "yaxis2"}
    values = {ref: tuple(layout[name]["range"]) for ref, name in axes.items() if name in layout}
    height = layout["height"] - margin["t"] - margin["b"]
    return Frame(margin["l"], margin["t"], size.plot_width, height, (days[0], days[1]), values)


def _traces(traces: Sequence[Mapping[str, Any]], frame: Frame, pointed: bool) -> list[str]:
    """Return the traces back to front; one that fills goes down to the one before it, or round itself."""
    parts: list[str] = []
    before: list[tuple[float, float] | None] = []
    for trace in traces:
        places = _places(trace, frame)
        mode = trace.get("mode", "lines")
        parts.append(_fill(trace, places, before))
        if "lines" in mode:
            parts.append(_line(trace, places))
        if "markers" in mode:
            parts += _marks(trace, places, pointed)
        if "text" in mode:
            parts += _words(trace, places)
        before = places
    return parts


def _places(trace: Mapping[str, Any], frame: Frame) -> list[tuple[float, float] | None]:
    """Return where a trace's points lie; None where it has none, which breaks the line."""
    axis = trace.get("yaxis", "y")
    return [
        None if x is None or y is None or pd.isna(y) else (frame.x(x), frame.y(y, axis))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def _line(trace: Mapping[str, Any], places: Sequence[tuple[float, float] | None]) -> str:
    line = trace.get("line", {})
    if not line.get("width"):
        return ""
    dash = line.get("dash", "solid")
    dashes = "" if dash == "solid" else f' stroke-dasharray="{dash.replace("px", "").replace(",", " ")}"'
    path = line_path(places, line.get("shape", "linear"))
    return (
        f'<path d="{path}" fill="none" {_ink("stroke", line["color"])} stroke-width="{line["width"]}"{dashes}/>'
        if path
        else ""
    )


def _fill(
    trace: Mapping[str, Any],
    places: Sequence[tuple[float, float] | None],
    before: Sequence[tuple[float, float] | None],
) -> str:
    fill, shape = trace.get("fill"), trace.get("line", {}).get("shape", "linear")
    if fill == "tonexty":
        there = line_path(places, shape)
        back = line_path(list(reversed(before)), shape)
        return f'<path d="{there}L{back.removeprefix("M")}Z" {_ink("fill", trace["fillcolor"])}/>'
    if fill == "toself":
        pattern, corners = trace["fillpattern"], [place for place in places if place is not None]
        return f'<path d="{hatch(corners, pattern["size"])}" {_ink("stroke", pattern["fgcolor"])} stroke-width="0.9"/>'
    return ""


def _marks(
    trace: Mapping[str, Any], places: Sequence[tuple[float, float] | None], pointed: bool
) -> list[str]:
    marker, told = trace["marker"], trace.get("customdata")
    edge = marker.get("line", {})
    marks = []
    for index, place in enumerate(places):
        size = _each(marker["size"], index)
        colour = _each(marker["color"], index)
        if place is None or not size or colour == "rgba(0,0,0,0)":
            continue
        inks = f"{_ink('fill', colour)} {_ink('stroke', _each(edge.get('color', colour), index))} "
        inks += f'stroke-width="{number(_each(edge.get("width", 0), index))}"'
        outline = mark_svg(_each(marker["symbol"], index), place, float(size), inks)
        words = f"<title>{plain(told[index])}</title>" if pointed and told is not None else ""
        marks.append(f"<g>{words}{outline}</g>" if words else outline)
    return marks


def _words(trace: Mapping[str, Any], places: Sequence[tuple[float, float] | None]) -> list[str]:
    font = trace["textfont"]
    return [
        _text(words, place[0], place[1] - 0.6 * font["size"], font, "middle")
        for words, place in zip(trace["text"], places, strict=True)
        if words and place is not None
    ]


def _shape(shape: Mapping[str, Any], frame: Frame) -> str:
    x_ref, y_ref = shape["xref"], shape["yref"]
    x0, x1 = (frame.x(shape[name], x_ref) for name in ("x0", "x1"))
    y0, y1 = (frame.y(shape[name], y_ref) for name in ("y0", "y1"))
    line = shape.get("line", {})
    if shape["type"] == "rect":
        place = f'x="{number(min(x0, x1))}" y="{number(min(y0, y1))}"'
        size = f'width="{number(abs(x1 - x0))}" height="{number(abs(y1 - y0))}"'
        return f"<rect {place} {size} {_ink('fill', shape['fillcolor'])}/>"
    path = f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}"
    return f'<path d="{path}" {_ink("stroke", line["color"])} stroke-width="{line["width"]}"/>'


def _ticks(layout: Mapping[str, Any], frame: Frame) -> list[str]:
    parts = []
    x_axis, y_axis = layout["xaxis"], layout["yaxis"]
    bottom = frame.top + frame.height
    if x_axis.get("showticklabels", True):
        font, long = x_axis["tickfont"], x_axis["ticklen"]
        for moment, words in zip(x_axis["tickvals"], x_axis["ticktext"], strict=True):
            x = frame.x(moment)
            parts.append(_tick(x, bottom, x, bottom + long, x_axis["tickcolor"]))
            parts.append(_text(words, x, bottom + long + 1.05 * font["size"], font, "middle"))
    font, long = y_axis["tickfont"], y_axis["ticklen"]
    for value, words in zip(y_axis["tickvals"], y_axis["ticktext"], strict=True):
        y = frame.y(value)
        parts.append(_tick(frame.left - long, y, frame.left, y, y_axis["tickcolor"]))
        parts.append(_text(words, frame.left - long - 3, y + 0.35 * font["size"], font, "end"))
    return parts


def _tick(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    return f'<path d="M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}" stroke="{colour}"/>'


#: How far below its anchor the letters of a text stand, over their size; and where along it the anchor is.
DROP = {"bottom": -0.28, "middle": 0.35, "top": 0.95}
ANCHOR = {"left": "start", "center": "middle", "right": "end"}


def _note(note: Mapping[str, Any], frame: Frame) -> str:
    """Return an annotation; one with a ground stands in a box of its own."""
    font = note["font"]
    x = frame.x(note["x"], note.get("xref", "x")) + note.get("xshift", 0)
    y = frame.y(note["y"], note.get("yref", "y")) - note.get("yshift", 0)
    x_anchor, y_anchor = note.get("xanchor", "center"), note.get("yanchor", "middle")
    if note.get("bgcolor") and note.get("width"):
        wide, high = note["width"], note["height"]
        top = y - high
        box = f'<rect x="{number(x - wide / 2)}" y="{number(top)}" width="{wide}" height="{high}" fill="{note["bgcolor"]}"/>'
        return box + _text(note["text"], x, top + high / 2 + DROP["middle"] * font["size"], font, "middle")
    return _text(note["text"], x, y + DROP[y_anchor] * font["size"], font, ANCHOR[x_anchor])


def _text(words: str, x: float, y: float, font: Mapping[str, Any], anchor: str) -> str:
    look = ' font-weight="600"' if "<b>" in words else ""
    look += ' font-style="italic"' if "<i>" in words else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{font["size"]}" fill="{font["color"]}" '
        f'text-anchor="{anchor}"{look}>{plain(words)}</text>'
    )


def plain(words: str) -> str:
    """Return a figure's text without its tags; its entities stay, as SVG reads them alike."""
    return TAG.sub(lambda tag: "\n" if tag[0].startswith("<br") else "", words)


def _ink(name: str, colour: str) -> str:
    """Return a colour as an attribute; one with an opacity as two, since not every reader of SVG knows rgba."""
    parts = re.match(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", colour)
    if parts is None:
        return f'{name}="{colour}"'
    red, green, blue = (int(parts[index]) for index in (1, 2, 3))
    return f'{name}="#{red:02X}{green:02X}{blue:02X}" {name}-opacity="{parts[4]}"'


def _each(one_or_many: Any, index: int) -> Any:
    """Return what holds for one point of what plotly takes once for all or point by point."""
    return one_or_many[index] if isinstance(one_or_many, list | tuple) else one_or_many


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\n", " ")
