"""The parts of the page on healthy life expectancy: published figures of areas, with intervals and without limits."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import notices
from dashboard.components.chart_card import plot
from dashboard.components.data_table import table_html
from dashboard.components.frame import Frame
from dashboard.components.healthy_life_expectancy.rows import figures_of_all, named_by_sex, newest_publication
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import day, missing
from dashboard.figures.locality import locality_figure, period_text
from dashboard.theme import Theme

#: What an indicator's name must hold to be shown here.
INDICATOR = "healthy life expectancy"

#: Code beginnings of the United Kingdom's local authorities; London; England.
LOCAL, LONDON, ENGLAND = ("E06", "E07", "E08", "E09"), "E12000007", "E92000001"

WHY_NO_LIMITS = (
    "No limits are drawn. Each figure covers three years, and the next shares two of them, so the points move together "
    "and a usual range would be too narrow."
)


def figures_of(frame: Frame) -> pd.DataFrame:
    """Return the published healthy life expectancies of the newest publication."""
    rows = figures_of_all(frame.store.localities())
    return named_by_sex(
        newest_publication(rows[rows["indicator"].str.lower().str.contains(INDICATOR, regex=False)])
    )


def choose_area(rows: pd.DataFrame) -> str | None:
    """Return the local authority to show; asked for only where more than one is loaded."""
    local = (
        rows[rows["area_code"].str.startswith(LOCAL)].drop_duplicates("area_code").sort_values("area_name")
    )
    names = dict(zip(local["area_code"].astype(str), local["area_name"].astype(str), strict=True))
    if len(names) <= 1:
        return next(iter(names), None)
    left, _ = st.columns((0.4, 0.6))
    with left:
        return context.select("Local authority", "area", names, default=_home(names))


def show_nothing(frame: Frame) -> None:
    """Say that no published figure has been loaded."""
    frame.title("Healthy life expectancy", "Published figures")
    notices.notice(
        "No published figure is loaded",
        "Put the CSV of the ONS page “Explore local statistics”, indicator healthy life expectancy, into the folder "
        "localities of your data, and build again.",
        command=notices.BUILD,
    )


def show_figures(frame: Frame, rows: pd.DataFrame, area: str | None) -> None:
    """Draw one chart for each sex, then the source and the numbers."""
    areas = [
        code for code in (area, LONDON, ENGLAND) if code is not None and (rows["area_code"] == code).any()
    ]
    shown = rows[rows["area_code"].isin(areas)]
    st.html(f'<p class="sentence flush">{escape(WHY_NO_LIMITS)}</p>')
    narrow = is_narrow()
    for column, indicator in zip(st.columns(2, gap="large"), _indicators(shown), strict=False):
        with column:
            _one(shown, indicator, areas, frame.theme, narrow)
    st.html(source_html(shown, frame.made_up))
    st.html(f'<details class="fold"><summary>See the numbers</summary>{numbers_html(shown, areas)}</details>')


def title(frame: Frame, rows: pd.DataFrame, area: str | None) -> None:
    """Open with the place and the years of the latest figure."""
    names = rows.loc[rows["area_code"] == area, "area_name"]
    place = "London and England" if names.empty else str(names.iloc[0])
    last = rows.sort_values("period_start").iloc[-1]
    frame.title(
        f"Healthy life expectancy in {place}",
        "Years of life in good or very good health at birth, as people report it",
        [
            ("Latest figure", period_text(last["period_start"], last["period_end"])),
            ("Released", _released(rows)),
        ],
    )


def sentence(rows: pd.DataFrame, areas: list[str]) -> str:
    """Return the latest figures in words, with the intervals, and whether the first two can be told apart."""
    latest = rows.sort_values("period_start").groupby("area_code").tail(1).set_index("area_code")
    told = [_figure_words(row) for code in areas for row in latest[latest.index == code].to_dict("records")]
    years = {period_text(row["period_start"], row["period_end"]) for _, row in latest.iterrows()}
    when = f"{years.pop()}: " if len(years) == 1 else "Latest: "
    return when + "; ".join(told) + "." + _apart(latest, areas)


def source_html(rows: pd.DataFrame, beside_made_up: bool = False) -> str:
    """Return where the figures come from: source, period, release date."""
    sources = ", ".join(sorted({str(name) for name in rows["source"].dropna()})) or "not stated"
    first, last = rows["period_start"].min(), rows["period_end"].max()
    words = f"Source: {sources}. Years {period_text(first, last)}. Released: {_released(rows)}. Bars and bands: 95% intervals."
    if beside_made_up:
        words += " These figures are published ones; the tests and places on the other pages are made up."
    return f'<p class="chance">{escape(words)}</p>'


def numbers_html(rows: pd.DataFrame, areas: list[str]) -> str:
    """Return every figure drawn as a table, newest first."""
    order = {code: place for place, code in enumerate(areas)}
    held = rows.assign(place=rows["area_code"].map(order)).sort_values(
        ["period_start", "indicator", "place"], ascending=[False, True, True]
    )
    cells = [
        [
            period_text(row["period_start"], row["period_end"]),
            str(row["indicator"]),
            str(row["area_name"]),
            f"{row['value']:.1f}",
            _interval(row),
        ]
        for row in held.to_dict("records")
    ]
    return table_html(
        ["Years", "Indicator", "Area", "Years of life", "95% interval"],
        cells,
        "Healthy life expectancy, newest first",
    )


def _one(shown: pd.DataFrame, indicator: str, areas: list[str], theme: Theme, narrow: bool) -> None:
    rows = shown[shown["indicator"] == indicator]
    words = sentence(rows, areas)
    title = f'<section class="card-title"><b>{escape(indicator)}</b> <span class="muted">years, at birth</span></section>'
    st.html(title + _key(rows, areas))
    plot(locality_figure(rows, areas, theme, scale=shown, narrow=narrow), words, f"locality_{indicator}")
    first, _, rest = words.partition(": ")
    st.html(f'<p class="sentence"><b>{escape(first)}:</b> {escape(rest)}</p>')


def _key(rows: pd.DataFrame, areas: list[str]) -> str:
    """Return which mark is which area, in words beside each mark."""
    names = rows.drop_duplicates("area_code").set_index("area_code")["area_name"]
    marks = ("lead", "solid", "dashed")
    if areas and areas[0] in (LONDON, ENGLAND):
        marks = ("lead", "dashed", "dashed")
    parts = [
        f'<span><i class="area-mark {mark}"></i>{escape(str(names[code]))}</span>'
        for code, mark in zip(areas, marks, strict=False)
        if code in names.index
    ]
    return f'<p class="folded-labels">{"".join(parts)}</p>'


def _indicators(rows: pd.DataFrame) -> list[str]:
    """Return the indicators, women first, each once."""
    found = sorted(rows["indicator"].unique(), key=lambda name: ("female" not in name.lower(), name))
    return [str(name) for name in found]


def _figure_words(row: Mapping[Any, Any]) -> str:
    interval = _interval(row)
    return f"{row['area_name']} {row['value']:.1f} years" + (
        f" (95% interval {interval})" if interval else ""
    )


def _apart(latest: pd.DataFrame, areas: list[str]) -> str:
    """Say whether the intervals of the first area and of England overlap; overlapping ones prove nothing."""
    if len(areas) < 2 or areas[0] not in latest.index or ENGLAND not in latest.index or areas[0] == ENGLAND:
        return ""
    here, there = latest.loc[areas[0]].to_dict(), latest.loc[ENGLAND].to_dict()
    if missing(here["lower_95"]) or missing(there["lower_95"]):
        return ""
    if here["upper_95"] < there["lower_95"]:
        return " The interval lies wholly below England's."
    if here["lower_95"] > there["upper_95"]:
        return " The interval lies wholly above England's."
    return " The interval overlaps England's, so the two cannot be told apart."


def _interval(row: Mapping[Any, Any]) -> str:
    low, high = row["lower_95"], row["upper_95"]
    return "" if missing(low) or missing(high) else f"{low:.1f} to {high:.1f}"


def _released(rows: pd.DataFrame) -> str:
    dates = rows["released_on"].dropna()
    return day(dates.max(), year=True) if len(dates) else "date not stated"


def _home(names: dict[str, str]) -> str | None:
    """Return the borough whose neighbourhoods this dashboard was first made for, where it is loaded."""
    return "E09000002" if "E09000002" in names else None
