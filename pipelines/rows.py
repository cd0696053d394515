"""The computed rows of a mart, and rows as the columns that are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.charted import Charted
from pipelines.charts import SeriesChart
from pipelines.memory import Memory
from pipelines.shown import Shown

Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """The computed rows of a mart.

    Attributes
    ----------
    observation, points
        By series, as this audience may see them: rows of observation and of chart_point.
    charts
        By series.
    cycles
        Rows of cycle_result by cycle.
    opinions
        Rows of second_opinion by cycle, where there is one.
    others
        Rows of what people entered, what was learned from it, and what is summed over prototypes, by table.
    """

    observation: list[pa.Table]
    points: list[pa.Table]
    charts: dict[str, SeriesChart]
    cycles: dict[str, Row]
    opinions: dict[str, Row]
    others: dict[str, list[Row]]

    def tables(self) -> dict[str, pa.Table]:
        """Return the computed tables by name."""
        return {
            "observation": _stacked(self.observation),
            "chart_point": _stacked(self.points),
            "chart_summary": as_columns([row for chart in self.charts.values() for row in chart.summaries]),
            "cycle_result": as_columns(list(self.cycles.values())),
            "second_opinion": as_columns(list(self.opinions.values())),
            **{name: as_columns(rows) for name, rows in self.others.items()},
        }


def _stacked(tables: list[pa.Table]) -> pa.Table:
    """Put tables under one another; a column that is empty in one takes the type that it has in another."""
    return pa.concat_tables(tables, promote_options="permissive") if tables else pa.table({})


def as_columns(rows: list[Row]) -> pa.Table:
    """Return rows as columns: a name that a row lacks is missing there, and so is what is not a number."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [_plain(row.get(name)) for row in rows] for name in names}
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def as_tables(shown: Shown, charted: Charted, memory: Memory) -> tuple[list[pa.Table], list[pa.Table]]:
    """Return observations and points of each series as they are written."""

    def observed(name: str) -> pa.Table:
        rows = shown.observation[name]
        return memory.recall(
            ("observation", shown.keys[name]), lambda: pa.Table.from_pandas(rows, preserve_index=False)
        )

    def points(name: str) -> pa.Table:
        return memory.recall(
            ("points", charted.names[name]), lambda: _of_arrays(charted.charts[name].columns)
        )

    return [observed(name) for name in shown.observation], [points(name) for name in charted.charts]


def _of_arrays(columns: Mapping[str, np.ndarray]) -> pa.Table:
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
