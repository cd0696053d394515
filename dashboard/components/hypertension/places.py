"""Across places: a funnel plot in place of any ranking, and the same shares side by side, west to east."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.chart_card import plot
from dashboard.components.data_table import table_html
from dashboard.components.dot_rows import DotRow, interval_text, rows_html, share_text
from dashboard.components.held_back import why_html
from dashboard.components.wording import missing, rows_of
from dashboard.figures.funnel import beyond_words, funnel_figure, is_outside, place_words
from dashboard.store import Store
from dashboard.theme import Theme

Row = Mapping[str, Any]

LEAD = (
    "A small place swings further by chance alone, so places are never ranked. Grey: where a place with everybody's share "
    "would lie in 95 of 100 periods; dashes: in 99.8 of 100. A diamond lies outside. Ask there first what is counted, then "
    "what is done."
)

NOT_COUNTED = (
    "Nothing is counted in two places by the same measure yet: there is nothing to lay side by side."
)

#: A comparison needs two places.
FEWEST = 2


def labels_of(points: pd.DataFrame, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the measures with a funnel by the label of their step or their own name; steps first, in their order."""
    counts = points.groupby("measure_id")["share"].count()
    known = points[points["measure_id"].map(counts) >= FEWEST].drop_duplicates("measure_id")
    named = {
        str(row["measure_id"]): str(row["measure_id"] if missing(row["measure"]) else row["measure"])
        for row in rows_of(known)
    }
    steps = {measure: label for measure, label in labels.items() if measure in named}
    return steps | {measure: name for measure, name in named.items() if measure not in steps}


def show_funnel(
    store: Store,
    points: pd.DataFrame,
    names: Mapping[str, str],
    here: str,
    default: str | None,
    theme: Theme,
    narrow: bool,
) -> None:
    """Show one funnel plot; which measure is chosen beside the heading, `default` at first."""
    heading = '<h2 class="proof">Across places</h2>'
    if not names:
        st.html(f'{heading}<p class="muted">{NOT_COUNTED}</p>')
        return
    with st.container(
        key="compared_by", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.html(heading, width="content")
        measure = context.select("Compared by", "funnel", dict(names), default=default, folded=True) or next(
            iter(names)
        )
    rows = points[points["measure_id"] == measure]
    lines = store.funnel_lines(str(rows["theme"].iloc[0]), measure)
    st.html(f'<p class="lead-line">{escape(LEAD)}</p>')
    alt = f"{names[measure]}: {told(rows)}"
    plot(funnel_figure(rows, lines, here, theme, narrow), alt, "plot_funnel")
    st.html(f'<p class="sentence flush">{escape(told(rows))}</p>{_why(rows)}{_table(rows)}')


#: One far place is part of the share of all together, and among thousands of people every difference lies outside.
MOST_OUTSIDE = (
    "Most places lie outside. One far from the rest moves the share of all together, and with so many people small "
    "differences show: look at how far apart they are, and at who lives there."
)


def told(rows: pd.DataFrame) -> str:
    """Return which places lie outside, which are held back, and that the others cannot be told apart; west to east."""
    shown = rows_of(rows)
    outside = [place_words(row) for row in shown if not missing(row["share"]) and is_outside(row["beyond"])]
    inside = [row for row in shown if not missing(row["share"]) and not is_outside(row["beyond"])]
    hidden = [str(row["neighbourhood"]) for row in shown if missing(row["share"])]
    parts = [f"{words}." for words in outside]
    if len(outside) > len(inside):
        parts.append(MOST_OUTSIDE)
    if inside:
        others = "The others" if outside else "All places shown"
        parts.append(f"{others} lie within what chance alone would give: they cannot be told apart.")
    if hidden:
        parts.append(f"Held back or not counted: {', '.join(hidden)}.")
    return " ".join(parts)


def side_by_side_html(points: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return every measure with all places on one scale, west to east: dot, the line of all together, the band of chance."""
    if not names:
        return f'<p class="muted">{NOT_COUNTED}</p>'
    pictures = "".join(
        _measure(name, points[points["measure_id"] == measure]) for measure, name in names.items()
    )
    return f'<div class="side-by-side">{pictures}</div>'


def _measure(name: str, points: pd.DataFrame) -> str:
    rows = rows_of(points)
    dots = [_dot(row) for row in rows]
    picture = rows_html(dots, f"{name}, place by place")
    return f"<section><h3>{escape(name)}</h3>{picture}{_why(points)}{_table(points)}</section>"


def _why(points: pd.DataFrame) -> str:
    return why_html(row["why_hidden"] for row in rows_of(points) if missing(row["share"]))


def _dot(row: Row) -> DotRow:
    name = str(row["neighbourhood"])
    centre = None if missing(row["centre_line"]) else float(row["centre_line"])
    if missing(row["share"]):
        return DotRow(
            name, "* held back", line=centre, mark="hidden", hover=f"{name}: held back, or not counted"
        )
    band = None if missing(row["lower_95"]) else (float(row["lower_95"]), float(row["upper_95"]))
    outside = is_outside(row["beyond"])
    note = str(row["beyond"]).partition(" ")[0] + " the band" if outside else ""
    value = float(row["share"])
    mark = "outside" if outside else ""
    return DotRow(
        name, share_text(value), value, line=centre, band=band, mark=mark, note=note, hover=place_words(row)
    )


def _table(points: pd.DataFrame) -> str:
    head = ["Place", "Counted", "%", "All together", "95% limits", "99.8% limits", "Where it stands"]
    rows: Sequence[Sequence[str]] = [_cells(row) for row in rows_of(points)]
    table = table_html(head, rows, "West to east")
    return f'<div class="more"><details><summary>See the numbers</summary>{table}</details></div>'


def _cells(row: Row) -> list[str]:
    if missing(row["share"]):
        return [str(row["neighbourhood"]), "held back or not counted", "", "", "", "", ""]
    limits = [
        "" if missing(row[low]) else interval_text(float(row[low]), float(row[high]))
        for low, high in (("lower_95", "upper_95"), ("lower_998", "upper_998"))
    ]
    counted = f"{float(row['n_reached']):,.0f} of {float(row['n_before']):,.0f}"
    centre = "" if missing(row["centre_line"]) else share_text(float(row["centre_line"]))
    return [
        str(row["neighbourhood"]),
        counted,
        share_text(float(row["share"])),
        centre,
        *limits,
        beyond_words(row["beyond"]),
    ]
