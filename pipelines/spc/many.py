"""Many charts in one call: a long frame in, long frames of points and summaries out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipelines.spc.chart import chart
from pipelines.vocabulary import ChartKind


def chart_many(
    frame: pd.DataFrame, *, kind: ChartKind | str, **options: Any
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Chart every series of a long frame.

    Parameters
    ----------
    frame
        Columns `series`, `x`, `y` and, for shares and rates, `n`; one row a value.
    kind, options
        As in `chart`, the same for all series.

    Returns
    -------
    points, summaries
        What `Chart.to_frame` and `Chart.summary` give, one series after the other in order of first appearance,
        with the column `series` first.
    """
    points: list[pd.DataFrame] = []
    summaries: list[pd.DataFrame] = []
    has_n = "n" in frame.columns
    for series, rows in frame.groupby("series", sort=False):
        drawn = chart(rows["y"], rows["n"] if has_n else None, kind=kind, x=rows["x"], **options)
        for gathered, part in ((points, drawn.to_frame()), (summaries, drawn.summary())):
            part.insert(0, "series", series)
            gathered.append(part)
    if not points:
        empty = chart([], kind=kind if not has_n else ChartKind.I)
        return empty.to_frame().assign(series=None), empty.summary().iloc[:0].assign(series=None)
    return pd.concat(points, ignore_index=True), pd.concat(summaries, ignore_index=True)
