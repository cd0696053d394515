"""The tables of a pack: every point with its limits, icon, rules and reasons, and a row a chart, a change, a thing agreed."""

from __future__ import annotations

import pandas as pd

from dashboard.exports.contents import Contents
from dashboard.figures.chart_request import NUMBERS
from pipelines.safe_csv import frame_bytes

#: Columns of the chart beside each of its points; all of chart_summary's latest phase.
OF_THE_CHART = (
    "series_id", "measure_name", "data_kind", "unit", "domain", "better", "period", "kind", "kind_reason", "rule_set",
    "rule_set_version", "limits_state", "why_no_limits", "variation", "variation_rules", "assurance", "from_rounded",
    "why_hidden", "sentence",
)  # fmt: skip

#: What leads every table of charts, so that a row can be read by itself.
NAMES = ("neighbourhood", "prototype")


def csv_files(contents: Contents) -> dict[str, bytes]:
    """Return the tables of a pack as CSV files by name; empty tables keep their headings."""
    names = _names(contents)
    return {
        "points.csv": frame_bytes(points_table(contents)),
        "charts.csv": frame_bytes(names.merge(_whole_days(contents.summaries), on="series_id", how="right")),
        "changes.csv": frame_bytes(
            _whole_days(pd.DataFrame(list(contents.changes), columns=_change_columns(contents)))
        ),
        "agreed.csv": frame_bytes(_whole_days(pd.DataFrame(list(contents.agreed)))),
    }


def points_table(contents: Contents) -> pd.DataFrame:
    """Return a row a point, gap and hidden place of every chart, in the order of the charts and of time.

    A hidden place keeps no number at all, as on the screen: its limits would tell how many were counted.
    """
    points = contents.points
    if points.empty:
        return points
    points = points.copy()
    points.loc[points["is_hidden"].astype(bool), [name for name in NUMBERS if name in points]] = float("nan")
    chart = contents.summaries[[name for name in OF_THE_CHART if name in contents.summaries]]
    joined = points.merge(chart, on="series_id", how="left", suffixes=("", "_of_chart"))
    named = _names(contents).merge(joined, on="series_id", how="right")
    order = {series: place for place, series in enumerate(contents.summaries["series_id"])}
    named = named.assign(order=named["series_id"].map(order)).sort_values(
        ["order", "position"], kind="stable"
    )
    return _whole_days(named.drop(columns="order"))


def _names(contents: Contents) -> pd.DataFrame:
    """Return the names of place and prototype by series."""
    return contents.names[["series_id", *NAMES]]


def _change_columns(contents: Contents) -> list[str] | None:
    return list(contents.changes[0]) if contents.changes else CHANGE_COLUMNS


#: Headings where nothing changed.
CHANGE_COLUMNS = [
    "change_id", "kind", "happened_on", "neighbourhood_id", "prototype_id", "domain", "measure_id", "series_id",
    "cycle_id", "direction", "is_open", "display_order", "title", "sentence", "question", "choices",
]  # fmt: skip


def _whole_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose days are written as days: 2026-03-02, without an hour."""
    days = {
        name: column.dt.strftime("%Y-%m-%d").where(column.notna(), None)
        for name, column in frame.items()
        if pd.api.types.is_datetime64_any_dtype(column)
        and (column.dropna() == column.dropna().dt.normalize()).all()
    }
    return frame.assign(**{str(name): column for name, column in days.items()})
