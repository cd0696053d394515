"""Charts and measures of the cascade by hand, for its tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from pipelines.measures import read_measures
from pipelines.sources import Neighbourhood, Prototype
from tests.pipelines.words.rows import summary

PROJECT = Path(__file__).parents[3]
MEASURES = {measure.measure_id: measure for measure in read_measures(PROJECT / "data" / "measures")}

PLACES = [Neighbourhood("ashfield", "Ashfield", 1), Neighbourhood("brook_end", "Brook End", 2)]
HOMES = [
    Prototype(f"{place.neighbourhood_id}_checks", place.neighbourhood_id, "Checks", theme="hypertension")
    for place in PLACES
]


def month(number: int) -> dt.date:
    """Return the first day of a month, 0 being January 2026."""
    return dt.date(2026 + number // 12, number % 12 + 1, 1)


def chart(measure_id, counts, *, place="ashfield", first=0, hidden=(), running=(), **changes):
    """Return a chart of monthly counts (part, whole), None where nothing is shown; a mean has (value, whole)."""
    measure = MEASURES[measure_id]
    starts = [month(first + at) for at in range(len(counts))]
    x, n = (np.array([np.nan if pair is None else pair[at] for pair in counts], float) for at in (0, 1))
    known = np.isfinite(x) & ~np.isin(np.arange(len(counts)), hidden)
    columns = {
        "period_start": np.array(starts, object),
        "period_end": np.array(
            [month(first + at + 1) - dt.timedelta(days=1) for at in range(len(counts))], object
        ),
        "value": np.where(known, x / n if measure.is_share else x, np.nan),
        "numerator": np.where(known & measure.is_share, x, np.nan),
        "denominator": np.where(known, n, np.nan),
        "is_hidden": np.isin(np.arange(len(counts)), hidden),
        "is_running": np.isin(np.arange(len(counts)), running),
    }
    row = summary() | {
        "series_id": f"{measure_id}@{place}_checks", "measure_id": measure_id, "prototype_id": f"{place}_checks",
        "domain": measure.domain, "false_alarm_rate": 0.02, "from_rounded": False, "sentence_short": "40%; usually 30 to 53%.",
    }  # fmt: skip
    return SimpleNamespace(summary=row | changes, columns=columns)
