"""Which cycles are headlines: changes judged lately that outlast the number of cycles looked at (docs/method.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pipelines.learning.many import headlines
from pipelines.vocabulary import Verdict

#: A cycle is news while its Do reaches into the last so many days of the data: the time between two meetings.
NEWS_DAYS = 28

MOVED = (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED)


def headline_cycles(
    results: Iterable[Mapping[str, Any]], data_until: dt.date | None, since: dt.date | None = None
) -> frozenset[str]:
    """Return the ids of the cycles that may head a meeting's list: those of `kept_cycles`.

    Parameters
    ----------
    results
        Rows of cycle_result.
    data_until
        Last day of the data; None: nothing is news.
    since
        The day to look back to; None: four weeks before the data end.
    """
    if data_until is None:
        return frozenset()
    return frozenset(kept_cycles(results, data_until, since or data_until - dt.timedelta(days=NEWS_DAYS)))


def kept_cycles(
    results: Iterable[Mapping[str, Any]], data_until: dt.date, since: dt.date
) -> dict[str, float]:
    """Return the cycles whose judged change outlasts the number of cycles looked at since a day, with their p-values.

    Of all cycles whose Do reaches beyond that day and whose change has an interval, those kept by Benjamini &
    Hochberg (q = 0.10) on the p-values of their primary measures, and among them those judged a change: a small
    p-value alone is no verdict. So about 1 in 10 of the list at most may be chance.

    Parameters
    ----------
    results
        Rows of cycle_result: cycle_id, do_start, do_end (None: no end), p_value (None or NaN: no interval), verdict.
    data_until
        Last day of the data.
    since
        The day to look back to.
    """
    looked_at = [row for row in results if _is_news(row, data_until, since)]
    p_values = [np.nan if row["p_value"] is None else float(row["p_value"]) for row in looked_at]
    return {
        str(row["cycle_id"]): p_value
        for row, p_value, is_kept in zip(looked_at, p_values, headlines(p_values), strict=True)
        if is_kept and Verdict(row["verdict"]) in MOVED
    }


def _is_news(row: Mapping[str, Any], until: dt.date, since: dt.date) -> bool:
    start, end = row["do_start"], row["do_end"]
    if start is None or start > until:
        return False
    return end is None or end > since
