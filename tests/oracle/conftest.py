"""The oracle: golden values of two R packages, and the arguments under which the engine must give the same."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.errors import ChartError
from pipelines.spc import Chart, chart

HERE = Path(__file__).parent
CHARTS = ("run", "i", "mr", "p", "pp", "xmr")
RELATIVE = 1e-9
BETTER = {"increase": "up", "decrease": "down", "neutral": "neither"}


@dataclass(frozen=True)
class Oracle:
    """One folder of golden values, read once."""

    folder: Path
    cases: dict[str, dict[str, Any]]
    columns: dict[str, dict[str, str]]
    rows: dict[str, dict[str, pd.DataFrame]]

    def data(self, case: dict[str, Any]) -> pd.DataFrame:
        """Return the rows of a case's input, dates as dates."""
        frame = pd.read_csv(self.folder / "inputs" / f"{case['input']}.csv")
        for name, kind in self.columns[case["input"]].items():
            if kind == "date":
                frame[name] = pd.to_datetime(frame[name])
        return frame

    def expected(self, table: str, case_id: str) -> pd.DataFrame:
        """Return the expected rows of one table of a case, in the reference's order."""
        return self.rows[table].get(case_id, pd.DataFrame())


def read(folder: Path) -> Oracle:
    """Read index and expected rows of the charts this version draws."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    cases = {case["case_id"]: case for case in index["cases"] if case["chart"] in CHARTS}
    rows = {}
    for table in ("qic_points", "qic_summary", "ptd_points", "ptd_summary", "ptd_icons"):
        frame = pd.read_csv(folder / "expected" / f"{table}.csv", low_memory=False)
        frame = frame[frame["case_id"].isin(cases)]
        rows[table] = {str(case_id): group for case_id, group in frame.groupby("case_id", sort=False)}
    columns = {one["input_id"]: one["columns"] for one in index["inputs"]}
    return Oracle(folder, cases, columns, rows)


def disagreements(oracle: Oracle, case_id: str) -> list[str]:
    """Return what differs between the engine and the reference in one case; empty where all agrees."""
    case = oracle.cases[case_id]
    try:
        return _qic(oracle, case) if case["package"] == "qicharts2" else _ptd(oracle, case)
    except ChartError as error:
        return [f"the engine refuses: {error}"]


def _close(name: str, mine: Any, theirs: Any) -> list[str]:
    """Compare two columns of numbers to the relative tolerance; missing is missing whatever its kind."""
    left = np.asarray(pd.to_numeric(pd.Series(mine)), dtype=float)
    right = np.asarray(pd.to_numeric(pd.Series(theirs).replace({"NA": np.nan})), dtype=float)
    if left.shape != right.shape:
        return [f"{name}: {left.size} rows, expected {right.size}"]
    scale = np.maximum(np.abs(left), np.abs(right))
    same = (np.isnan(left) & np.isnan(right)) | (np.abs(left - right) <= RELATIVE * scale) | (left == right)
    # A line through nearly equal values of both signs has no relative precision: allow rounding of the values.
    same |= np.abs(left - right) <= 1e-14 * np.nanmax(np.abs(np.append(right, 1.0)))
    return [f"{name}[{i}]: {left[i]!r}, expected {right[i]!r}" for i in np.flatnonzero(~same)[:2]]


def _equal(name: str, mine: Any, theirs: Any) -> list[str]:
    """Compare two columns of words, flags or counts outright."""
    left, right = [str(value) for value in mine], [str(value) for value in theirs]
    if len(left) != len(right):
        return [f"{name}: {len(left)} rows, expected {len(right)}"]
    wrong = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    return [f"{name}[{i}]: {left[i]}, expected {right[i]}" for i in wrong[:2]]


# qicharts2 ------------------------------------------------------------------------------------------------------


def _qic(oracle: Oracle, case: dict[str, Any]) -> list[str]:
    data, expected = oracle.data(case), oracle.expected("qic_points", case["case_id"])
    summary = oracle.expected("qic_summary", case["case_id"])
    named = case["facets"] or []
    facets = [named] if isinstance(named, str) else list(named)
    found: list[str] = []
    groups = [((), data)] if not facets else list(data.groupby(facets if len(facets) > 1 else facets[0]))
    for key, rows in groups:
        levels = key if isinstance(key, tuple) else (key,)
        chosen, totals = expected, summary
        for column, level in zip(("facet1", "facet2"), levels, strict=False):
            chosen = chosen[chosen[column].astype(str) == str(level)]
            totals = totals[totals[column].astype(str) == str(level)]
        drawn = chart(**_qic_arguments(case, rows))
        found += _qic_points(drawn, chosen, case) + _qic_summary(drawn, totals, case)
    return found


def _qic_arguments(case: dict[str, Any], data: pd.DataFrame) -> dict[str, Any]:
    """Translate a call of qic() into arguments of chart()."""
    args = case["args"]
    x = data["x"] if case["uses_x"] else None
    if "x.period" in args:
        x = data["x"].dt.to_period({"month": "M", "week": "W"}[args["x.period"]]).dt.start_time
    given = {
        "y": data["y"],
        "n": data["n"] if case["uses_n"] else None,
        "x": None if x is None else x.to_numpy(),
        "kind": case["chart"],
        "aggregate": args.get("agg.fun", "mean"),
        "phases": _parts(args.get("part"), data),
        "excluded": [one - 1 for one in np.atleast_1d(args.get("exclude", []))],
        "centre_line": args.get("cl"),
        "factor": 3 / 1.128,
        "screen": case["screenedmr"],
        "rules": {"bestbox": "anhoej-bestbox", "cutbox": "anhoej-cutbox"}.get(args.get("method"), "anhoej"),
        "target": args.get("target"),
        "multiply": args.get("multiply", 1),
    }
    if "freeze" in args and "part" not in args:
        given["baseline"] = args["freeze"]
    return given


def _parts(part: Any, data: pd.DataFrame) -> list[int]:
    """Return where new phases begin; a text column begins one wherever it changes, in the order of rows."""
    if part is None:
        return []
    if isinstance(part, dict):
        labels = data[part["column"]].tolist()
        return [i for i in range(1, len(labels)) if labels[i] != labels[i - 1]]
    return [int(one) for one in np.atleast_1d(part)]


def _qic_points(drawn: Chart, expected: pd.DataFrame, case: dict[str, Any]) -> list[str]:
    mine = drawn.to_frame()
    names = {
        "y": "value", "cl": "centre_line", "lcl": "lower_limit", "ucl": "upper_limit",
        "lcl95": "lower_2sigma", "ucl95": "upper_2sigma", "target": "target",
    }  # fmt: skip
    found = [one for theirs, ours in names.items() for one in _close(ours, mine[ours], expected[theirs])]
    found += _equal("phase", mine["phase"] + 1, expected["part"])
    found += _equal("is_excluded", ~mine["is_excluded"], expected["include"])
    if "sigma_signal" not in case["fp_fragile"]:
        found += _equal("beyond_limits", mine["beyond_limits"], expected["sigma_signal"].fillna(False))
    return found


def _qic_summary(drawn: Chart, expected: pd.DataFrame, case: dict[str, Any]) -> list[str]:
    mine = drawn.summary()
    if "runs" in case["fp_fragile"]:
        return []
    names = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
    found = [one for name in names for one in _close(name, mine[name].astype(float), expected[name])]
    return found + _equal("runs_signal", mine["runs_signal"], expected["runs_signal"])


# NHSRplotthedots ------------------------------------------------------------------------------------------------


def _ptd(oracle: Oracle, case: dict[str, Any]) -> list[str]:
    data, args = oracle.data(case), case["args"]
    if case["error"]:
        return _refused(data, args)
    points = oracle.expected("ptd_points", case["case_id"])
    icons = oracle.expected("ptd_icons", case["case_id"])
    facet = args["facet_field"]
    groups = [("no facet", data)] if facet is None else list(data.groupby(facet))
    found: list[str] = []
    for level, rows in groups:
        theirs = points[points["facet"] == level].sort_values("x", kind="stable")
        drawn = chart(**_ptd_arguments(args, rows, str(level)))
        found += _ptd_points(drawn, theirs) + _ptd_icons(drawn, icons[icons["facet"] == level])
    return found


def _of_level(given: Any, level: str) -> Any:
    return given.get(level) if isinstance(given, dict) else given


def _ptd_arguments(args: dict[str, Any], data: pd.DataFrame, level: str) -> dict[str, Any]:
    """Translate a call of ptd_spc() into arguments of chart()."""
    dates = data["x"].sort_values().reset_index(drop=True)
    rebased = _of_level(args["rebase"], level)
    wanted = [pd.Timestamp(one) for one in np.atleast_1d(rebased if rebased is not None else [])]
    return {
        "y": data["y"],
        "x": data["x"].to_numpy(),
        "kind": "i",
        "phases": [int(i) for one in wanted for i in np.flatnonzero(dates == one)],
        "baseline": args["fix_after_n_points"],
        "screen": args["screen_outliers"],
        "rules": "mdc",
        "target": _of_level(args["target"], level),
        "better": BETTER[args["improvement_direction"]],
    }


def _ptd_points(drawn: Chart, expected: pd.DataFrame) -> list[str]:
    mine = drawn.to_frame()
    names = {
        "y": "value",
        "mean": "centre_line",
        "lpl": "lower_limit",
        "upl": "upper_limit",
        "target": "target",
    }
    found = [one for theirs, ours in names.items() for one in _close(ours, mine[ours], expected[theirs])]
    outside = expected["outside_limits"].map({"TRUE": True, True: True}).fillna(False).astype(bool)
    found += _equal("beyond_limits", mine["beyond_limits"], outside)
    words = {"special_cause_neutral_high": "special_high", "special_cause_neutral_low": "special_low"}
    words |= {"special_cause_improvement": "improvement", "special_cause_concern": "concern"}
    return found + _equal("point_type", mine["point_type"], expected["point_type"].replace(words))


def _ptd_icons(drawn: Chart, expected: pd.DataFrame) -> list[str]:
    mine = drawn.icons(min_points=0, skip_missing=False)
    found: list[str] = []
    for row in expected.itertuples():
        ours = mine.variation if row.icon_kind == "variation" else mine.assurance
        found += _equal(row.icon_kind, [ICONS.get(str(ours), str(ours))], [row.icon])
    return found


ICONS = {"hit_or_miss": "inconsistent"}


def _refused(data: pd.DataFrame, args: dict[str, Any]) -> list[str]:
    """The reference refuses to fix limits on fewer than 12 points; the engine marks them as a trial, not to show."""
    drawn = chart(**_ptd_arguments(args, data, "no facet"))
    return [] if drawn.summary()["limits_state"].isin(["trial", "none"]).all() else ["limits may be shown"]


# Fixtures -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Every case of one folder, compared: what differs by case, and the chart of each case."""

    oracle: Oracle
    found: dict[str, list[str]]

    def of(self, chart_name: str) -> dict[str, list[str]]:
        """Return the cases of a chart that differ."""
        return {
            key: what
            for key, what in self.found.items()
            if what and self.oracle.cases[key]["chart"] == chart_name
        }

    def counts(self, charts: tuple[str, ...]) -> tuple[int, int]:
        """Return how many cases of these charts agree outright, and how many there are."""
        chosen = [key for key, case in self.oracle.cases.items() if case["chart"] in charts]
        return sum(not self.found[key] for key in chosen), len(chosen)


def _compared(oracle: Oracle) -> Comparison:
    return Comparison(oracle, {case_id: disagreements(oracle, case_id) for case_id in oracle.cases})


@pytest.fixture(scope="session")
def committed() -> Comparison:
    """The cases on made-up data, kept beside this file."""
    return _compared(read(HERE))


@pytest.fixture(scope="session")
def beside(shared_folder: Path, committed: Comparison) -> Comparison:
    """The cases on real data, which lie beside the project only."""
    whole = read(shared_folder / "oracle")
    rest = {key: case for key, case in whole.cases.items() if key not in committed.oracle.cases}
    return _compared(Oracle(whole.folder, rest, whole.columns, whole.rows))


@pytest.fixture(scope="session")
def listed() -> list[dict[str, Any]]:
    """The known differences."""
    return tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8"))["difference"]


@pytest.fixture(scope="session")
def runs_rule_table() -> pd.DataFrame:
    """What each method calls a signal, by useful points and crossings."""
    return pd.read_csv(HERE / "expected" / "runs_rule_table.csv")
