"""The golden values: which cases there are, their data, and what the reference packages gave for them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.spc import chart

HERE = Path(__file__).parent

#: The half that is kept in the project, and the half on other people's data, which may lie beside it.
MADE_UP, OTHER_PEOPLES = "made up", "other people's"
FOLDERS = {MADE_UP: HERE, OTHER_PEOPLES: HERE.parents[2] / "shared" / "oracle"}

#: Charts in the order of the method page; xmr is the chart of NHSRplotthedots, the others are those of qicharts2.
CHARTS = ("run", "i", "mr", "ip", "xbar", "s", "t", "g", "c", "u", "up", "p", "pp", "xmr")
#: Funnels of proportions, of ratios of counts and of standardised ratios: the plots of FunnelPlotR.
FUNNELS = ("funnel_PR", "funnel_RC", "funnel_SR")
TABLES = (
    *("qic_points", "qic_summary", "ptd_points", "ptd_summary", "ptd_icons"),
    *("funnel_points", "funnel_limits", "funnel_summary"),
)


@dataclass(frozen=True)
class Golden:
    """One folder of golden values, read once."""

    folder: Path
    cases: dict[str, dict[str, Any]]
    columns: dict[str, dict[str, str]]
    rows: dict[str, dict[str, pd.DataFrame]]

    def data(self, case: dict[str, Any]) -> pd.DataFrame:
        """Return the rows of a case's input, dates as dates."""
        dates = tuple(name for name, kind in self.columns[case["input"]].items() if kind == "date")
        return _input(self.folder / "inputs" / f"{case['input']}.csv", dates)

    def expected(self, table: str, case_id: str) -> pd.DataFrame:
        """Return the expected rows of one table of a case, in the reference's order."""
        return self.rows[table].get(case_id, pd.DataFrame())

    def without(self, other: Golden) -> Golden:
        """Return the same without the cases that another folder holds too."""
        rest = {key: case for key, case in self.cases.items() if key not in other.cases}
        return replace(self, cases=rest)


@dataclass(frozen=True)
class Call:
    """One chart that a case asks for, a case with facets asking for several.

    `rows` are y, n and x of `chart`, one entry a row, or numerator and denominator of `funnel`; `options` its other
    arguments; `differences` compares what `make` makes of them with what the reference gave.
    """

    case_id: str
    level: str
    rows: dict[str, Any]
    options: dict[str, Any]
    differences: Callable[[Any], list[str]]
    make: Callable[..., Any] = chart


@cache
def _input(path: Path, dates: tuple[str, ...]) -> pd.DataFrame:
    return pd.read_csv(path, parse_dates=list(dates))


def read(folder: Path) -> Golden:
    """Read index and expected rows of the charts of this engine."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    cases = {case["case_id"]: case for case in index["cases"] if case["chart"] in CHARTS + FUNNELS}
    rows = {}
    for table in TABLES:
        frame = pd.read_csv(folder / "expected" / f"{table}.csv", low_memory=False)
        frame = frame[frame["case_id"].isin(cases)]
        rows[table] = {str(case_id): group for case_id, group in frame.groupby("case_id", sort=False)}
    columns = {one["input_id"]: one["columns"] for one in index["inputs"]}
    return Golden(folder, cases, columns, rows)


@cache
def read_half(half: str) -> Golden:
    """Read one half; the other people's one without the cases that are kept here too."""
    golden = read(FOLDERS[half])
    return golden if half == MADE_UP else golden.without(read_half(MADE_UP))


def halves() -> tuple[str, ...]:
    """Return the halves that are there."""
    return tuple(half for half, folder in FOLDERS.items() if folder.is_dir())


def listed_differences() -> list[dict[str, Any]]:
    """Return the known differences: the cases, the rule that the engine follows, and what is different."""
    return _differences()["difference"]


def listed_cases() -> set[str]:
    """Return the cases of the known differences."""
    return {case for one in listed_differences() for case in one["cases"]}


def charts_below_99() -> dict[str, str]:
    """Return the charts of which fewer than 99 % of the cases kept here agree outright, and why."""
    return _differences()["below_99"]


def _differences() -> dict[str, Any]:
    return tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8"))
