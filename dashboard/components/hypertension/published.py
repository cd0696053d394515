"""Published indicators of blood pressure: plain lines with intervals, without icons, and why they carry none."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.data_table import table_html
from dashboard.components.time_dots import TimeDot, time_html
from dashboard.components.wording import day, missing, rows_of
from dashboard.figures.locality import period_text
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import Theme

HEADING = '<h2 class="proof">What is published</h2>'

WHY_PLAIN = (
    "Most published figures of hypertension cover twelve months, so most people in one figure are in the next as well. In a "
    "trial of 24 such monthly points with nothing changed, usual ranges showed a signal on 96 of 100 charts. So these are "
    "plain lines with 95% intervals, and carry no icon."
)

NOT_LOADED = (
    "No published indicator of blood pressure is loaded (CVDPREVENT, QOF). Download its CSV and give it to the Data page, "
    "or put it into the folder localities of your data, and build again."
)

#: Beginnings of the codes of local authorities: the borough is shown first where it is there.
LOCAL = ("E06", "E07", "E08", "E09")

#: Indicators drawn at once; the others fold away.
SHOWN = 4


def show_published(rows: pd.DataFrame, theme: Theme) -> None:
    """Show the published indicators of one area, or how to load some."""
    if rows.empty:
        st.html(
            f'{HEADING}<p class="lead-line">{escape(WHY_PLAIN)}</p><p class="muted">{escape(NOT_LOADED)}</p>'
        )
        return
    st.html(f'{HEADING}<p class="lead-line">{escape(WHY_PLAIN)}</p>')
    area = _area(rows)
    cards = [
        _indicator(found, theme)
        for _, found in rows[rows["area_code"] == area].groupby(_names(rows), sort=False)
    ]
    folded = "".join(cards[SHOWN:])
    more = (
        f'<details class="fold"><summary>{len(cards) - SHOWN} more</summary><div class="side-by-side">{folded}</div></details>'
        if folded
        else ""
    )
    st.html(f'<div class="side-by-side">{"".join(cards[:SHOWN])}</div>{more}')


def _names(rows: pd.DataFrame) -> pd.Series[Any]:
    """Return what each row is called: its indicator, with sex and age where they are not everybody's."""
    parts = [rows["indicator"].astype(str)]
    parts += [
        rows[name].map(lambda text: "" if missing(text) or text in ("persons", "Persons") else f", {text}")
        for name in ("sex", "age")
    ]
    return parts[0] + parts[1] + parts[2]


def _area(rows: pd.DataFrame) -> str:
    """Return the area to show; asked for where more than one is loaded."""
    found = rows.drop_duplicates("area_code").sort_values("area_name")
    names = {str(row["area_code"]): str(row["area_name"]) for row in rows_of(found)}
    home = next((code for code in names if code.startswith(LOCAL)), next(iter(names)))
    return (context.select("Published area", "area", names, default=home) or home) if len(names) > 1 else home


def _indicator(rows: pd.DataFrame, theme: Theme) -> str:
    found = rows_of(rows.sort_values("period_start"))
    name, unit = str(found[-1]["indicator"]), "" if missing(found[-1]["unit"]) else str(found[-1]["unit"])
    dots = [_dot(row, unit) for row in found]
    latest = next((dot for dot in reversed(dots) if dot.value is not None), None)
    told = latest.hover if latest else "Not published for this area."
    words = f"{name}, {found[-1]['area_name']}: {told}"
    return (
        f'<section><h3>{escape(name)}</h3><p class="muted">{escape(unit)}</p>{time_html(dots, words, theme, NumberStyle())}'
        f"<p>{escape(told)}</p>{_source(found[-1])}{_table(found, unit)}</section>"
    )


def _when(row: Any) -> str:
    if not missing(row["period_published"]):
        return str(row["period_published"])
    return period_text(row["period_start"], row["period_end"])


def _dot(row: Any, unit: str) -> TimeDot:
    when = _when(row)
    if missing(row["value"]):
        why = "held back by its publisher" if row["is_suppressed"] else "not published"
        return TimeDot(when, None, hover=f"{when}: {why}")
    low, high = (None if missing(row[end]) else float(row[end]) for end in ("lower_95", "upper_95"))
    between = "" if low is None or high is None else f" (95% interval {low:.1f} to {high:.1f})"
    return TimeDot(
        when,
        float(row["value"]),
        low,
        high,
        f"{when}: {float(row['value']):.1f} {unit}{between}".replace(" %", "%"),
    )


def _source(row: Any) -> str:
    source = "source not stated" if missing(row["source"]) else str(row["source"])
    released = "" if missing(row["released_on"]) else f", released {day(row['released_on'], year=True)}"
    return f'<p class="muted">{escape(source + released)}.</p>'


def _table(rows: list[dict[str, Any]], unit: str) -> str:
    cells = []
    for row in reversed(rows):
        dot = _dot(row, unit)
        value = (
            f"{dot.value:.1f}"
            if dot.value is not None
            else "held back"
            if row["is_suppressed"]
            else "not published"
        )
        between = "" if dot.low is None or dot.high is None else f"{dot.low:.1f} to {dot.high:.1f}"
        cells.append([dot.when, value, between])
    told = table_html(["Period", unit or "Value", "95% interval"], cells, "As published, newest first")
    return f'<div class="more"><details><summary>See the numbers</summary>{told}</details></div>'
