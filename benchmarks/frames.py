"""Long frames as `chart_many` takes them, and the floor of that form: a long frame in, two frames out.

The floor of `floor.py` has arrays in and out. What the form itself costs (finding the series, sorting, writing twenty
columns) is measured with `floor_frames`: the same floor between the plainest pandas that does it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import data, floor

#: How the series are named in a frame, and whether its rows come in order.
FORMS = ("text", "categories", "integers", "text, shuffled", "integers, shuffled")


def long_frame(kind: str, n_series: int, n_points: int, form: str = "text") -> pd.DataFrame:
    """Return a row a value: `series`, `x` (weeks), `y` and, for p, `n`."""
    number = np.repeat(np.arange(n_series), n_points)
    weeks = pd.date_range("2024-01-01", periods=n_points, freq="7D").to_numpy()
    frame = pd.DataFrame({"series": _names(number, form), "x": np.tile(weeks, n_series)})
    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        frame["y"], frame["n"] = events.ravel(), trials.ravel()
    else:
        frame["y"] = data.values(n_series, n_points).ravel()
    if form.endswith("shuffled"):
        frame = frame.iloc[np.random.default_rng(data.SEED).permutation(len(frame))].reset_index(drop=True)
    return frame


def floor_frames(frame: pd.DataFrame, kind: str, target: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Chart equally long series with the floor; return the columns of `chart_many`'s points, and the icons."""
    codes, names = pd.factorize(frame["series"])
    x = frame["x"].to_numpy()
    is_sorted = bool(np.all((codes[1:] > codes[:-1]) | ((codes[1:] == codes[:-1]) & (x[1:] >= x[:-1]))))
    order = slice(None) if is_sorted else np.lexsort((x, codes))
    y = frame["y"].to_numpy()[order].reshape(len(names), -1)
    n = frame["n"].to_numpy()[order].reshape(y.shape) if kind == "p" else np.full(y.shape, np.nan)
    charts = floor.p(y, n, target) if kind == "p" else floor.xmr(y, target)
    points = pd.DataFrame(
        {
            "series": frame["series"].iloc[order].array,
            "x": x[order],
            "numerator": y.ravel(),
            "denominator": n.ravel(),
            "target": np.full(y.size, target),
            "phase": np.zeros(y.size, dtype=np.int64),
            "is_baseline": np.ones(y.size, dtype=bool),
            "is_excluded": np.zeros(y.size, dtype=bool),
            **_figures(charts),
        },
        copy=False,
    )
    icons = {"series": names, "variation": charts.variation, "assurance": charts.assurance}
    return points, pd.DataFrame(icons)


def _figures(charts: floor.Charts) -> dict[str, Any]:
    """Return the columns that hold what was found, a row a point."""
    shape, lines = charts.value.shape, charts.lines
    rules = ("beyond_limits", "trend", "two_of_three", "shift")
    words = pd.CategoricalDtype(["concern", "common_cause", "improvement"])
    return {
        "value": charts.value.ravel(),
        "centre_line": np.broadcast_to(lines.centre, shape).ravel(),
        "lower_limit": np.broadcast_to(lines.lower, shape).ravel(),
        "upper_limit": np.broadcast_to(lines.upper, shape).ravel(),
        "lower_2sigma": np.broadcast_to(lines.lower2, shape).ravel(),
        "upper_2sigma": np.broadcast_to(lines.upper2, shape).ravel(),
        **{rule: getattr(charts, rule).ravel() != 0 for rule in rules},
        "point_type": pd.Categorical.from_codes(charts.direction.ravel() + 1, dtype=words),
        "rule": pd.Categorical.from_codes(_winner(charts).ravel(), dtype=pd.CategoricalDtype(list(rules))),
    }


def _winner(charts: floor.Charts) -> NDArray[np.int8]:
    """Return the place of the rule that names each point's type, -1 where none fires."""
    winner = np.full(charts.value.shape, -1, dtype=np.int8)
    for place, rule in reversed(
        list(enumerate((charts.beyond_limits, charts.trend, charts.two_of_three, charts.shift)))
    ):
        winner[rule != 0] = place
    return winner


def _names(number: NDArray[np.int64], form: str) -> pd.Series[Any]:
    if form.startswith("integers"):
        return pd.Series(number)
    names = pd.Index([f"measure-{one:06d}@neighbourhood" for one in range(number.max() + 1)])
    if form == "categories":
        return pd.Series(pd.Categorical.from_codes(number, names))
    return pd.Series(names.take(number))
