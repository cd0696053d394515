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
    charts = {name: one.chart for name, one in bundle.charts.items() if one.chart is not None}
    return [
        *_frames("points", points, _stacked({name: one.to_frame() for name, one in charts.items()})),
        *_frames("summaries", summaries, _stacked({name: one.summary() for name, one in charts.items()})),
    ]


def _stacked(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    named = [frame.assign(series=name) for name, frame in frames.items()]
    stacked = pd.concat([frame for frame in named if len(frame)] or named, ignore_index=True)
    return stacked[["series", *(name for name in stacked.columns if name != "series")]]


def _frames(table: str, many: pd.DataFrame, single: pd.DataFrame) -> list[str]:
    """Compare two long frames, the series first: the rest means little where it differs."""
    found = equal("columns", many.columns, single.columns) or equal(
        "series", many["series"], single["series"]
    )
    if not found:
        for name in single.columns:
            is_number = pd.api.types.is_float_dtype(single[name]) and name != "x"
            found += (close if is_number else equal)(name, many[name], single[name])
    return [f"{table} of {single['series'].iloc[0]} and others alike: {what}" for what in found]
