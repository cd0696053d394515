"""Why the lines of a chart move: one tap, in words, from the points that the lines belong to."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.data_table import when_text
from dashboard.components.wording import capital, day, missing
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.labels import range_text
from dashboard.figures.numbers import NumberStyle
from pipelines.vocabulary import ChartKind

#: Kinds of chart whose usual range rests on how many were counted at each point.
BY_COUNT = (ChartKind.P, ChartKind.PP, ChartKind.U, ChartKind.UP)

#: Of these, those that are widened because points differ by more than counting alone explains (Laney).
WIDENED = (ChartKind.PP, ChartKind.UP)

FEW_SAY_LITTLE = (
    "Each point’s usual range rests on how many were counted in it. Few can swing far by chance, so the range is wide; "
    "many swing less, so it is narrow. The average does not move."
)
WIDER = "It is wider than counting alone would make it, because these points differ by more than that."


def why_lines_html(request: ChartRequest, unit: Any, period: str) -> str:
    """Return the reasons under their question, closed; empty where every line is straight.

    Parameters
    ----------
    request
        What the chart is drawn from.
    unit
        The measure's unit, e.g. ``of people asked``; missing where it has none.
    period
        What one point is, which decides how its time is written.
    """
    told = why_lines(request, unit, period)
    if not told:
        return ""
    parts = "".join(f"<p>{escape(words)}</p>" for words in told)
    return f"<details><summary>Why do the lines move?</summary>{parts}</details>"


def why_lines(request: ChartRequest, unit: Any, period: str) -> list[str]:
    """Return why the lines move, a paragraph a reason: counts that differ, a range that was moved, a new target."""
    rows = request.rows()
    rows = rows[rows["value"].notna()]
    told = _by_count(rows, request, unit, period)
    told += [
        f"On {day(move.day, year=True)} people moved the usual range, with a reason: the lines before and after it are "
        "not the same range."
        for move in request.moves
        if request.axis.holds(move.day)
    ]
    return told + _targets(rows, request.style)


def _by_count(rows: pd.DataFrame, request: ChartRequest, unit: Any, period: str) -> list[str]:
    """Return how counts widen and narrow the range, with the widest and the narrowest point of the latest phase."""
    kind = str(request.summary.get("kind"))
    limits = rows[rows["lower_limit"].notna() & rows["denominator"].notna()]
    limits = limits[limits["phase"] == limits["phase"].max()]
    if kind not in BY_COUNT or limits["upper_limit"].nunique() < 2:
        return []
    few, many = (
        limits.loc[at].to_dict() for at in (limits["denominator"].idxmin(), limits["denominator"].idxmax())
    )
    if few["denominator"] == many["denominator"]:
        return [FEW_SAY_LITTLE]
    counted = "" if missing(unit) else str(unit).removeprefix("of ").strip()
    ends = [_of(point, counted, request.style, period) for point in (few, many)]
    widened = f" {WIDER}" if kind in WIDENED else ""
    return [f"{FEW_SAY_LITTLE}{widened}", capital(f"{ends[0]}; {ends[1]}.")]


def _of(point: Mapping[Any, Any], counted: str, style: NumberStyle, period: str) -> str:
    """Return one point's count and range: ``of 15 people asked (3 Mar 2026) 38 to 98%``."""
    when = when_text(point["period_start"], point["period_end"], period)
    between = range_text(float(point["lower_limit"]), float(point["upper_limit"]), style)
    many = f"{float(point['denominator']):,.0f} {counted}".strip()
    return f"of {many} ({when}) it is {between}"


def _targets(rows: pd.DataFrame, style: NumberStyle) -> list[str]:
    """Return each day in view from which another target holds."""
    known = rows[rows["target"].notna()]
    changed = known[known["target"].ne(known["target"].shift()) & known["target"].shift().notna()]
    return [
        f"From {day(start, year=True)} the target is {style.text(float(target))}."
        for start, target in zip(changed["period_start"], changed["target"], strict=True)
    ]
