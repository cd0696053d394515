"""Small charts of one measure side by side on one scale, each with its place, its words and a way to the chart in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.components import icons
from dashboard.components.icons import image
from dashboard.components.small_chart import small_chart
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.numbers import ValueAxis, value_axis
from dashboard.theme import Theme

#: From here to an end of the picture, as a share of it, a time is written from that end and not around its place.
NEAR_AN_END = 0.06


@dataclass(frozen=True)
class Panel:
    """One place of a set.

    Attributes
    ----------
    place
        Its name.
    below
        What stands under the name: the prototype, or why there is no chart.
    request
        What its chart is drawn from; None where there is none.
    link
        Address of the chart in full; empty where there is none.
    value, sentence, variation
        The latest value as written, the chart's shortest sentence, and its variation icon.
    """

    place: str
    below: str
    request: ChartRequest | None = None
    link: str = ""
    value: str = ""
    sentence: str = ""
    variation: str = "none"


def shared_values(panels: Sequence[Panel]) -> ValueAxis | None:
    """Return the one value axis that holds every chart of a set; None where none is drawn."""
    requests = [panel.request for panel in panels if panel.request is not None]
    if not requests:
        return None
    drawn = [end for request in requests for end in request.drawn()]
    return value_axis(drawn, requests[0].style)


def panels_html(
    panels: Sequence[Panel],
    values: ValueAxis,
    times: Sequence[tuple[float, str]],
    theme: Theme,
    size: tuple[int, int],
    css: str = "panels",
) -> str:
    """Return the pictures in the order given, every one with the same scale and the same times under it.

    Parameters
    ----------
    panels
        Neighbourhoods stand west to east, never by value.
    values
        The shared value axis.
    times
        Where a time is written, 0 to 1, and its words.
    theme
        Colours.
    size
        Width and height of a picture, px; it shrinks with the page.
    css
        Class of the list.
    """
    items = "".join(_panel(panel, values, times, theme, size) for panel in panels)
    return f'<ul class="{css}">{items}</ul>'


def _panel(
    panel: Panel, values: ValueAxis, times: Sequence[tuple[float, str]], theme: Theme, size: tuple[int, int]
) -> str:
    name = f'<p class="panel-name"><b>{escape(panel.place)}</b> <span>{escape(panel.below)}</span></p>'
    if panel.request is None:
        return f'<li>{name}<div class="panel-plot none" aria-hidden="true"></div></li>'
    picture = image(small_chart(panel.request, values, theme, size), panel.sentence, "panel-picture")
    latest = f'<b class="panel-value">{escape(panel.value)}</b>' if panel.value else ""
    rest = panel.sentence.removeprefix(f"{panel.value};").strip() if panel.value else panel.sentence
    icon = icons.variation(panel.variation, theme)
    return (
        f"<li>{name}{framed_html(picture, panel.link, values, times)}"
        f'<p class="panel-words">{icon}{latest} <span>{escape(rest)}</span></p></li>'
    )


def framed_html(picture: str, link: str, values: ValueAxis, times: Sequence[tuple[float, str]]) -> str:
    """Return a picture that is a link, with its scale at the left and its times under it.

    Parameters
    ----------
    picture
        An ``<img>``.
    link
        Where it leads.
    values, times
        As for `panels_html`.
    """
    scale = "".join(
        f'<i style="top:{(values.high - tick) / (values.high - values.low):.2%}">{escape(label)}</i>'
        for tick, label in zip(values.ticks, values.labels, strict=True)
    )
    under = "".join(_time(at, words) for at, words in times)
    return (
        f'<div class="panel-plot"><span class="panel-scale" aria-hidden="true">{scale}</span>'
        f'<a href="{escape(link)}" target="_self">{picture}</a>'
        f'<span class="panel-times" aria-hidden="true">{under}</span></div>'
    )


def _time(at: float, words: str) -> str:
    """Return a time under a picture; at either end it stays inside the page."""
    place = "left:0" if at < NEAR_AN_END else "right:0" if at > 1 - NEAR_AN_END else f"left:{at:.2%}"
    middle = ' class="middle"' if place.startswith("left") and at >= NEAR_AN_END else ""
    return f'<i{middle} style="{place}">{escape(words)}</i>'
