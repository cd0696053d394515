"""Rows of funnel_point and funnel_line: every neighbourhood's share beside all together, never in order of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipelines.spc.funnel import Funnel, funnel

Row = dict[str, Any]

#: Places that it takes for "all together" to be more than one of them.
MIN_PLACES = 2
#: Sizes at which the lines are drawn, and how far beyond the smallest and the largest place they reach.
N_SIZES = 60
BEYOND = (0.6, 1.2)


def funnel_rows(steps: Sequence[Mapping[str, Any]], neighbourhoods: Sequence[str]) -> dict[str, list[Row]]:
    """Return the rows of funnel_point and funnel_line.

    Parameters
    ----------
    steps
        Rows of theme_step as an audience sees them; those that reach a step of the cascade are drawn.
    neighbourhoods
        In the order in which they are shown.

    Returns
    -------
    dict
        A point for every place with such a step, without figures where nothing of it is shown; lines where at least two
        places are. Limits are never widened by the spread between places: six are too few to tell it.
    """
    by_measure: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for step in steps:
        if step["step"] is not None:
            by_measure[step["theme"], step["measure_id"]][step["neighbourhood_id"]] = step
    rows: dict[str, list[Row]] = {"funnel_point": [], "funnel_line": []}
    for (theme, measure_id), found in by_measure.items():
        places = [place for place in neighbourhoods if place in found]
        reached, due = _counts([found[place] for place in places])
        drawn = funnel(reached, due) if np.isfinite(due).sum() >= MIN_PLACES else None
        key = {"theme": theme, "measure_id": measure_id}
        orders = [neighbourhoods.index(place) + 1 for place in places]
        rows["funnel_point"] += [
            key | {"neighbourhood_id": place, "display_order": order} | _point(at, reached, due, drawn)
            for at, (place, order) in enumerate(zip(places, orders, strict=True))
        ]
        if drawn is not None:
            rows["funnel_line"] += [key | line for line in _lines(drawn, due)]
    return rows


def _counts(steps: Sequence[Mapping[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Return reached and due of each place; nan where nothing is shown. Rounded ones may exceed each other by a rounding."""
    before, waiting, reached = (
        np.array([_number(step[name]) for step in steps]) for name in ("n_before", "n_not_due", "n_reached")
    )
    due = before - np.nan_to_num(waiting)
    due = np.where(due > 0, due, np.nan)
    return np.where(np.isnan(due), np.nan, np.minimum(reached, due)), due


def _number(value: Any) -> float:
    return np.nan if value is None else float(value)


def _point(at: int, reached: np.ndarray, due: np.ndarray, drawn: Funnel | None) -> Row:
    names = ("lower_95", "upper_95", "lower_998", "upper_998")
    counts = {
        "n_reached": _known(reached[at]),
        "n_before": _known(due[at]),
        "share": _known(reached[at] / due[at]),
    }
    if drawn is None:
        return counts | dict.fromkeys(("centre_line", *names, "beyond"))
    limits = {name: _known(getattr(drawn.limits, name)[at]) for name in names}
    return counts | {"centre_line": drawn.centre_line} | limits | {"beyond": drawn.beyond[at]}


def _lines(drawn: Funnel, due: np.ndarray) -> list[Row]:
    low, high = BEYOND[0] * np.nanmin(due), BEYOND[1] * np.nanmax(due)
    sizes = np.linspace(max(low, 1.0), high, N_SIZES)
    limits = drawn.limits_at(sizes)
    return [
        {
            "n_before": float(size),
            "centre_line": drawn.centre_line,
            "lower_95": float(limits.lower_95[at]),
            "upper_95": float(limits.upper_95[at]),
            "lower_998": float(limits.lower_998[at]),
            "upper_998": float(limits.upper_998[at]),
        }
        for at, size in enumerate(sizes)
    ]


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
