"""The charts of the golden cases once more, many in one call of `chart_many`: they must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.spc import chart_many
from tests.oracle.agreement import Drawn
from tests.oracle.compare import close, equal


@dataclass(frozen=True)
class Bundle:
    """Charts of the same kind and options, as one long frame."""

    charts: dict[str, Drawn]
    frame: pd.DataFrame
    options: dict[str, Any]


def bundles(charts: Iterable[Drawn]) -> Iterator[Bundle]:
    """Put charts together that differ in their rows and target only; what the engine refuses is left out."""
    groups: dict[Any, list[Drawn]] = {}
    for one in charts:
        if one.chart is not None:
            groups.setdefault(_key(one), []).append(one)
    for group in groups.values():
        named = {f"{one.call.case_id} {one.call.level}": one for one in group}
        frames = [_rows(name, one) for name, one in named.items()]
        frame = pd.concat(frames, ignore_index=True)
        options = dict(group[0].call.options)
        if any(one.call.options["target"] is not None for one in group):
            options["target"] = frame["target"].to_numpy()
        yield Bundle(named, frame.drop(columns="target"), options)


def _key(one: Drawn) -> tuple[Any, ...]:
    options = tuple(sorted((name, value) for name, value in one.call.options.items() if name != "target"))
    x = one.call.rows["x"]
    return options, one.call.rows["n"] is not None, None if x is None else np.asarray(x).dtype.kind


def _rows(name: str, one: Drawn) -> pd.DataFrame:
    """Return the rows of one chart as rows of a long frame; without x they count from 0, as in `chart`."""
    rows, target = one.call.rows, one.call.options["target"]
    k = len(rows["y"])
    frame = pd.DataFrame(
        {"series": name, "x": np.arange(k) if rows["x"] is None else rows["x"], "y": rows["y"]}
    )
    if rows["n"] is not None:
        frame["n"] = rows["n"]
    return frame.assign(target=np.nan if target is None else float(target))


def differences(bundle: Bundle) -> list[str]:
    """Return where `chart_many` differs from `chart`, in points and in summaries."""
    points, summaries = chart_many(bundle.frame, **bundle.options)
    found = equal("series of the points", pd.unique(points["series"]), list(bundle.charts))
    found += equal("series of the summaries", pd.unique(summaries["series"]), list(bundle.charts))
    here = dict(list(points.groupby("series", sort=False)))
    told = dict(list(summaries.groupby("series", sort=False)))
    for name, one in bundle.charts.items():
        assert one.chart is not None
        if name in here and name in told:
            found += [f"{name}: {what}" for what in _frames(here[name], one.chart.to_frame())]
            found += [f"{name}: {what}" for what in _frames(told[name], one.chart.summary())]
    return found


def _frames(many: pd.DataFrame, single: pd.DataFrame) -> list[str]:
    found = equal("columns", many.columns, ["series", *single.columns])
    if found:
        return found
    for name in single.columns:
        is_number = pd.api.types.is_float_dtype(single[name]) and name != "x"
        found += (close if is_number else equal)(name, many[name], single[name])
    return found
