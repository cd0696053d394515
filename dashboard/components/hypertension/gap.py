"""The gap between those served best and least, half-year by half-year, with the sentence that says how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.data_table import table_html
from dashboard.components.hypertension.who import KINDS, half_year
from dashboard.components.time_dots import TimeDot, time_html
from dashboard.components.wording import date, missing
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import Theme
from pipelines.vocabulary import GroupType

Row = Mapping[str, Any]

HEADING = "<h3>The gap between best and least served</h3>"

#: Gaps are written in percentage points.
POINTS = NumberStyle()

#: A picture of time needs two half-years.
FEWEST = 2


def gap_html(rows: Sequence[Row], question: str, theme: Theme) -> str:
    """Return the gap of each kind of group: a sentence, and over time where there is more than one half-year.

    Parameters
    ----------
    rows
        Rows of served_gap of one place, in time order.
    question
        ``reach``, ``quality`` or ``impact``.
    theme
        Colours.
    """
    asked = [row for row in rows if row["question"] == question]
    kinds = [
        (kind, found) for kind in KINDS if (found := [row for row in asked if row["group_type"] == kind])
    ]
    if not kinds:
        return ""
    first, *others = [_kind(KINDS[kind], found, theme) for kind, found in kinds]
    folded = (
        f'<details class="fold"><summary>By sex, age and ethnic group</summary>{"".join(others)}</details>'
        if others
        else ""
    )
    return f'<section class="gap">{HEADING}{first}{folded}{_table(kinds)}</section>'


def _kind(name: str, rows: Sequence[Row], theme: Theme) -> str:
    told = f"<p><b>{escape(name)}.</b> {escape(str(rows[-1]['sentence']))}</p>"
    if len(rows) < FEWEST:
        return told + '<p class="muted">One half-year so far: the next one shows whether the gap closes.</p>'
    if all(missing(row["gap"]) for row in rows):
        return told
    words = f"{name}: the gap in percentage points, {len(rows)} half-years"
    return f"{told}{time_html([_dot(row) for row in rows], words, theme, POINTS)}"


def _dot(row: Row) -> TimeDot:
    when = half_year(row)
    first = date(row["period_start"])
    short = f"{first:%b %Y}" if first else ""
    if missing(row["gap"]):
        return TimeDot(short, None, hover=f"{when}: held back")
    low, high = _in_points(row, "gap_low"), _in_points(row, "gap_high")
    value = 100 * float(row["gap"])
    between = f" (95% interval {low:.1f} to {high:.1f})" if low is not None and high is not None else ""
    return TimeDot(short, value, low, high, f"{when}: {value:.1f} points{between}")


def _in_points(row: Row, name: str) -> float | None:
    return None if missing(row[name]) else 100 * float(row[name])


def _table(kinds: Sequence[tuple[GroupType, Sequence[Row]]]) -> str:
    rows = [_cells(KINDS[kind], row) for kind, found in kinds for row in reversed(found)]
    head = [
        "Kind of group",
        "Half-year",
        "Least served",
        "Best served",
        "Gap, points",
        "Slope index, points",
        "Relative index",
    ]
    told = table_html(head, rows, "Gaps between groups, newest first; with 95% intervals")
    return f'<div class="more"><details><summary>See the numbers</summary>{told}</details></div>'


def _cells(kind: str, row: Row) -> list[str]:
    who = ["held back" if missing(row[name]) else str(row[name]) for name in ("least", "best")]
    gap = _with_interval(row, "gap", "gap_low", "gap_high", 100.0)
    slope = _with_interval(row, "slope_index", "slope_low", "slope_high", 100.0)
    relative = _with_interval(row, "relative_index", "relative_low", "relative_high", 1.0)
    return [kind, half_year(row), *who, gap, slope, relative]


def _with_interval(row: Row, value: str, low: str, high: str, scale: float) -> str:
    if missing(row[value]):
        return ""
    ends = "" if missing(row[low]) else f" ({scale * float(row[low]):.1f} to {scale * float(row[high]):.1f})"
    return f"{scale * float(row[value]):.1f}{ends}"
