"""Which cycles are headlines: changes judged lately that outlast the number of cycles looked at (docs/method.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pipelines.learning.many import headlines
from pipelines.vocabulary import Verdict

#: A cycle is news while its Do reaches into so many days before the data end: the time between two meetings.
NEWS_DAYS = 28

MOVED = (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED)


def headline_cycles(results: Iterable[Mapping[str, Any]], data_until: dt.date | None) -> frozenset[str]:
    """Return the ids of the cycles that may head a meeting's list.

    Of all cycles whose Do reaches into the last four weeks and whose change has an interval, those kept by Benjamini &
    Hochberg (q = 0.10) on the p-values of their primary measures, and among them those judged a change: a small
    p-value alone is no verdict. So about 1 in 10 of the list at most may be chance.

    Parameters
    ----------
    results
        Rows of cycle_result: cycle_id, do_start, do_end (None: no end), p_value (None or NaN: no interval), verdict.
    data_until
        Last day of the data; None: nothing is news.
    """
    if data_until is None:
        return frozenset()
    lately = [row for row in results if _is_news(row, data_until)]
    kept = headlines([np.nan if row["p_value"] is None else float(row["p_value"]) for row in lately])
    return frozenset(
        str(row["cycle_id"])
        for row, is_kept in zip(lately, kept, strict=True)
        if is_kept and Verdict(row["verdict"]) in MOVED
    )


def _is_news(row: Mapping[str, Any], until: dt.date) -> bool:
    start, end = row["do_start"], row["do_end"]
    if start is None or start > until:
        return False
    return end is None or end >= until - dt.timedelta(days=NEWS_DAYS)
