"""Many charts in one call: a long frame in, long frames of points and summaries out, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.chart import choices, denominators, options_of
from pipelines.spc.engine import draw
from pipelines.spc.fits import ClosedForm
from pipelines.spc.groups import Groups, IntArray
from pipelines.spc.plan import Options, Plan
from pipelines.spc.points import Points, points_of
from pipelines.spc.result import clipped, frame_of, point_arrays, signal_columns
from pipelines.spc.summary import PhaseSummaries
from pipelines.vocabulary import Better, ChartKind, DataType

#: Points computed at a time: few enough to stay near the processor, enough that a call costs little beside them.
BLOCK = 2**17


def chart_many(
    frame: pd.DataFrame,
    *,
    kind: ChartKind | DataType | str,
    aggregate: str = "mean",
    baseline: int | ArrayLike | None = None,
    phases: Sequence[int] = (),
    excluded: Sequence[int] | ArrayLike = (),
    centre_line: float | None = None,
    factor: float = 2.66,
    screen: bool = False,
    rules: str | None = None,
    target: float | ArrayLike | None = None,
    better: Better | str = Better.NEITHER,
    multiply: float = 1,
    data_type: DataType | str | None = None,
    sigma_z_floor: float = 0.0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Chart every series of a long frame.

    Centre and dispersion of shares, rates and counts are the closed form of the GLM that `chart` fits.

    Parameters
    ----------
    frame
        Columns `series`, `x`, `y` and, for shares and rates, `n`; one row a value, in any order. Rows without a
        series are refused, rows without x left out.
    kind, aggregate, baseline, phases, excluded, centre_line, factor, screen, rules, target, better, multiply
        As in `chart`, the same for all series: counts and indices hold in each series, masks and targets have one
        entry a row of the frame.
    data_type, sigma_z_floor
        As in `chart`; with `auto`, or a data type for a kind, each series gets the chart that suits it.

    Returns
    -------
    points, summaries
        What `Chart.to_frame` and `Chart.summary` give, one series after the other in order of first appearance,
        with the column `series` first.

    Raises
    ------
    ChartError
        When a column is missing or the arguments make no chart.
    """
    _keep_memory()
    codes, names = _series_of(frame)
    n = denominators(kind, frame["n"] if "n" in frame.columns else None)
    points = points_of(frame["y"], n, frame["x"], aggregate, codes)
    plan = Plan.of(points, phases=phases, baseline=baseline, excluded=excluded, target=target)
    chosen = choices(kind, data_type, plan)
    same: dict[str, Any] = {
        "rules": rules,
        "better": better,
        "multiply": multiply,
        "centre_line": centre_line,
        "factor": factor,
        "screen": screen,
        "sigma_z_floor": max(sigma_z_floor, 1.0) if chosen and chosen[0][1] else sigma_z_floor,
    }
    by_row = {"baseline": baseline, "excluded": excluded, "target": target}
    if len({one for one, _ in chosen}) > 1:
        rows = np.asarray(codes.of if isinstance(codes, Groups) else codes, dtype=np.int64)
        shared = {**same, "aggregate": aggregate, "phases": phases}
        return _kind_by_kind(frame, rows, names, chosen, by_row, shared)
    options = options_of(chosen[0][0] if chosen else kind, points, fitter=ClosedForm(), **same)
    columns, summaries = _drawn(plan, options)
    reasons = np.array([reason for _, reason in chosen], dtype=object)[plan.phases.series]
    return (
        frame_of({"series": _labels(frame["series"], names, points), **columns}, options.better),
        summaries.frame(options.kind, options.rules, reasons, series=names.take(plan.phases.series).array),
    )


def _kind_by_kind(
    frame: pd.DataFrame,
    rows: IntArray,
    names: pd.Index[Any],
    chosen: list[tuple[ChartKind | str, str]],
    by_row: dict[str, Any],
    shared: dict[str, Any],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the series of each kind together, and put all back in order of first appearance."""
    parts = []
    for kind in dict.fromkeys(one for one, _ in chosen):
        is_kind = np.array([one == kind for one, _ in chosen])[rows]
        given = {
            name: np.asarray(value)[is_kind] if np.shape(value) == (len(frame),) else value
            for name, value in by_row.items()
        }
        parts.append(chart_many(frame[is_kind], kind=kind, **given, **shared))
    points, summaries = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    reasons = dict(zip(names, (reason for _, reason in chosen), strict=True))
    summaries["kind_reason"] = summaries["series"].map(reasons).astype("str")
    return _in_order(points, names), _in_order(summaries, names)


def _in_order(table: pd.DataFrame, names: pd.Index[Any]) -> pd.DataFrame:
    order = np.argsort(names.get_indexer(pd.Index(table["series"])), kind="stable")
    return table.take(order).reset_index(drop=True)


def _series_of(frame: pd.DataFrame) -> tuple[IntArray | Groups, pd.Index[Any]]:
    """Return the series of the rows, numbered in order of first appearance, and their names."""
    missing = [name for name in ("series", "x", "y") if name not in frame.columns]
    if missing:
        raise ChartError(
            f"The frame lacks {', '.join(missing)}. Its columns are series, x, y and, for shares, n."
        )
    if not frame.columns.is_unique and (doubled := {"series", "x", "y", "n"} & set(_doubled(frame))):
        raise ChartError(f"The frame has two columns {min(doubled)}. Keep one.")
    given = frame["series"]
    if given.isna().any():
        row = int(np.argmax(given.isna()))
        raise ChartError(f"Row {row} of the frame has no series. Name one, or leave the row out.")
    # Rows of one series mostly follow one another: then only the first of each stretch need be looked up.
    labels = given.to_numpy() if isinstance(given.dtype, np.dtype) else given.array
    is_first = np.ones(len(given), dtype=bool)
    is_first[1:] = np.asarray(labels[1:] != labels[:-1], dtype=bool)
    stretches = Groups.beginning(is_first) if len(given) else Groups(np.zeros(0, dtype=np.int64))
    codes, names = pd.factorize(labels[stretches.start], sort=False)
    is_one_stretch_each = len(names) == len(stretches)
    return stretches if is_one_stretch_each else stretches.spread(codes.astype(np.int64)), pd.Index(names)


def _doubled(frame: pd.DataFrame) -> list[Any]:
    return list(frame.columns[frame.columns.duplicated()])


def _keep_memory() -> None:
    """Let the process keep the memory of arrays of a block's size from one to the next.

    glibc gives such memory back at once and fetches it page by page for the next array, which takes longer than the
    arithmetic; having seen one larger array go, it keeps what it has (mallopt(3), the dynamic mmap threshold). The
    array is never touched, so it costs nothing. Elsewhere this does nothing.
    """
    np.empty(3 * 2**20)


def _blocks(series: Groups) -> Iterator[tuple[int, int]]:
    """Yield first and last series of each block; there is always one."""
    first = 0
    ends = np.cumsum(series.size)
    while first < len(series):
        room = (ends[first - 1] if first else 0) + BLOCK
        last = max(int(np.searchsorted(ends, room, side="right")), first + 1)
        yield first, last
        first = last
    if len(series) == 0:
        yield 0, 0


def _drawn(plan: Plan, options: Options) -> tuple[dict[str, NDArray[Any]], PhaseSummaries]:
    """Draw block after block and return the columns of all points, and all phases."""
    whole: dict[str, NDArray[Any]] = {}
    summaries: list[PhaseSummaries] = []
    done = 0
    for first, last in _blocks(plan.points.series):
        drawn = draw(plan.part(first, last), options)
        summaries.append(drawn.summaries)
        columns = {**point_arrays(drawn), **signal_columns(drawn.signals)}
        columns |= clipped(columns, options.kind, options.multiply)
        if drawn.value.size == len(plan.points):
            whole = columns
            break
        for name, column in columns.items():
            if name not in whole:
                whole[name] = np.empty(len(plan.points), dtype=column.dtype)
            whole[name][done : done + column.size] = column
        done += drawn.value.size
    return whole, PhaseSummaries.joined(summaries)


def _labels(given: pd.Series[Any], names: pd.Index[Any], points: Points) -> Any:
    """Return the series of each point; the given column itself where every row is a point in its place."""
    if points.order is None and points.rows is None:
        return given.array
    return names.take(points.series.of).array
