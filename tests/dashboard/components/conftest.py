"""Cells and rows of the wall, made for one thing at a time."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import Any

import pandas as pd
import pytest

from dashboard.components.wall.cells import Cell, State, make_cells
from dashboard.components.wall.columns import pick_columns, with_targets
from dashboard.components.wall.filters import Filters
from dashboard.components.wall.table import Wall
from dashboard.store import Store
from dashboard.theme import LIGHT
from pipelines.mart import current

UNTIL = dt.date(2026, 11, 22)


@pytest.fixture
def until() -> dt.date:
    return UNTIL


@pytest.fixture
def row():
    """A row of the wall in usual variation, changed where a test names a column."""

    def make(**changes: Any) -> dict[str, Any]:
        return {
            "series_id": "m@p", "prototype_id": "p", "is_hidden": False, "hidden_reason": None,
            "why_hidden": None, "n_hidden": 0, "n_points": 40,
            "latest_on": dt.datetime(2026, 11, 16), "latest_value": 42.0, "variation": "common_cause", "assurance": "empty",
            "limits_state": "established", "why_no_limits": None, "period": "week", "planned_every": "week", "lag_days": 0,
            "target": None, "centre_line": 40.0, "lower_limit": 30.0, "upper_limit": 50.0, "median": 40.0, "data_kind": "count",
            "counts": "people", "never_negative": False,
            "false_alarm_rate": 0.02, "sentence_short": "42, within its usual range.", "n_series": 1,
        } | changes  # fmt: skip

    return make


@pytest.fixture
def points():
    """Rows of chart_point: one value a week up to the last week of the data; None is a gap."""

    def make(
        values: list[float | None], types: dict[int, str] | None = None, rules: dict[int, str] | None = None
    ):
        count = len(values)
        weeks = [dt.datetime(2026, 11, 16) - dt.timedelta(weeks=back) for back in reversed(range(count))]
        return pd.DataFrame(
            {
                "period_start": weeks,
                "value": values,
                "centre_line": 40.0,
                "lower_limit": 30.0,
                "upper_limit": 50.0,
                "point_type": [(types or {}).get(at, "common_cause") for at in range(count)],
                "rule": [(rules or {}).get(at) for at in range(count)],
            }
        )

    return make


@pytest.fixture
def cells():
    """Cells of the given states, enough for the sentences that count them."""

    def make(*states: State, rate: float | None = 0.02) -> list[Cell]:
        return [
            Cell(
                "a",
                "Ashfield",
                f"m{at}",
                f"Measure {at}",
                state,
                "said",
                row={"false_alarm_rate": rate, "series_id": "m@p"},
            )
            for at, state in enumerate(states)
        ]

    return make


@pytest.fixture
def full_wall(fixture_mart, tmp_path) -> Wall:
    """The wall of the full mart as the Overview draws it, without news."""
    copy = tmp_path / "mart-full.duckdb"
    shutil.copy(current(fixture_mart("full") / "shared"), copy)
    store = Store(copy)
    columns = pick_columns(store.measures(), store.charted_measures(), Filters()).shown
    cells = make_cells(store.neighbourhoods(), columns, store.wall(), store.prototypes(), UNTIL)
    drawn = store.points_of([str(cell.row["series_id"]) for cell in cells if cell.row is not None])
    made = Wall(with_targets(columns, store.targets(), UNTIL), cells, drawn, LIGHT, UNTIL)
    store.close()
    return made
