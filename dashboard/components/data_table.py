"""The numbers behind a chart as a table, newest first; what is held back on the chart is held back here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from dashboard.figures.base_line import HELD_BACK, gap_words
from dashboard.figures.hover import rules_fired
from dashboard.figures.labels import range_text
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.whiskers import interval_text
from pipelines.vocabulary import Period

#: Columns of chart_point that one point's time and cell are written from.
CELL_COLUMNS = ("period_start", "period_end", "value", "is_hidden", "n_sessions")


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Return a table; the first cell of a row names it, the others are figures or words."""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f'<table class="numbers"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def numbers_html(table: str) -> str:
    """Return a table one tap away, under the words that every chart has for it."""
    return f'<details class="fold"><summary>See the numbers</summary>{table}</details>'


def points_table(
    points: pd.DataFrame,
    style: NumberStyle,
    period: str,
    caption: str,
    sources: Mapping[int, str] | None = None,
) -> str:
    """Return the table of a series: one row a point, gap or hidden cell.

    Parameters
    ----------
    points
        Rows of chart_point.
    style
        How the measure's values are written.
    period
        What one point is (`Period`); decides how its time is written.
    caption
        Read out before the table.
    sources
        Where each point comes from, in words (file, sheet, lines), by its `position`; a column only where known.
    """
    told = sources or {}
    newest_first = points.iloc[::-1].to_dict("records")
    rows = [[*_row(point, style, period), told.get(point.get("position", -1), "")] for point in newest_first]
    limits = points["lower_limit"].notna().any()
    counted = points["denominator"].notna().any()
    keep = [True, True, bool(counted), bool(limits), bool(limits), True, bool(told)]
    head = ["When", "Value", "Counted", "Average", "Usual range", "Signal", "From"]

    def kept(cells: Sequence[str]) -> list[str]:
        return [cell for cell, wanted in zip(cells, keep, strict=True) if wanted]

    return table_html(kept(head), [kept(row) for row in rows], caption)


def when_text(start: pd.Timestamp, end: pd.Timestamp, period: str) -> str:
    """Return the time of a point as a table writes it: 3 Mar 2026, or 3 Mar to 30 Mar 2026."""
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if period == Period.MONTH:
        return f"{first:%b %Y}"
    if period in (Period.SESSION, Period.WEEK):
        return f"{first.day} {first:%b %Y}"
    return f"{first.day} {first:%b} to {last.day} {last:%b %Y}"


def cell_words(point: Mapping[Any, Any], style: NumberStyle) -> str:
    """Return a point as one cell: its value, or why there is none."""
    if point["is_hidden"]:
        return HELD_BACK
    if pd.isna(point["value"]):
        return gap_words(int(point["n_sessions"]))
    return style.value_text(float(point["value"]))


def _row(point: Mapping[Any, Any], style: NumberStyle, period: str) -> list[str]:
    when = when_text(point["period_start"], point["period_end"], period)
    value = cell_words(point, style)
    if point["is_hidden"] or pd.isna(point["value"]):
        return [when, value, "", "", "", ""]
    counted = (
        f"{_n(point['numerator'])} of {_n(point['denominator'])}" if _known(point["denominator"]) else ""
    )
    average, usual = "", ""
    if _known(point["lower_limit"]):
        usual = range_text(float(point["lower_limit"]), float(point["upper_limit"]), style)
        average = style.text(float(point["centre_line"]))
    between = interval_text(point, style)
    exact = f" ({between})" if between else ""
    return [when, f"{value}{exact}", counted, average, usual, "; ".join(rules_fired(point))]


def _known(value: Any) -> bool:
    return bool(pd.notna(value))


def _n(value: Any) -> str:
    return f"{float(value):,.0f}"
