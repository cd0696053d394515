"""qicharts2: a call of `qic()` as arguments of `chart`, and its data frame against the chart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pipelines.spc import Chart
from tests.oracle.compare import close, equal
from tests.oracle.golden import Call, Golden

#: Mean moving ranges to three sigma in qicharts2; the engine's own default is 2.66.
FACTOR = 3 / 1.128
#: Power by which the t chart makes times nearly normal (Nelson 1994).
T_POWER = 3.6
RULES = {"anhoej": "anhoej", "bestbox": "anhoej-bestbox", "cutbox": "anhoej-cutbox"}
PERIODS = {"month": "M", "week": "W"}

LINES = {
    "y": "value",
    "cl": "centre_line",
    "lcl": "lower_limit",
    "ucl": "upper_limit",
    "lcl95": "lower_2sigma",
    "ucl95": "upper_2sigma",
    "target": "target",
}
COUNTS = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")


def calls(golden: Golden, case: dict[str, Any]) -> Iterator[Call]:
    """Yield the charts of a case, one a facet."""
    data = golden.data(case)
    points, summary = (golden.expected(table, case["case_id"]) for table in ("qic_points", "qic_summary"))
    facets = list(np.atleast_1d(case["facets"] or []))
    groups = list(data.groupby(facets)) if facets else [((), data)]
    for levels, rows in groups:
        if case["error"]:
            compare = refuses
        else:
            compare = partial(
                differences, case=case, points=_of(levels, points), summary=_of(levels, summary)
            )
        yield Call(
            case["case_id"], "|".join(map(str, levels)), _rows(case, rows), _options(case, rows), compare
        )


def _of(levels: tuple[Any, ...], table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one facet."""
    for column, level in zip(("facet1", "facet2"), levels, strict=False):
        table = table[table[column].astype(str) == str(level)]
    return table


def _rows(case: dict[str, Any], data: pd.DataFrame) -> dict[str, Any]:
    x = data["x"] if case["uses_x"] else None
    if "x.period" in case["args"]:
        x = data["x"].dt.to_period(PERIODS[case["args"]["x.period"]]).dt.start_time
    return {
        "y": data["y"].to_numpy(),
        "n": data["n"].to_numpy() if case["uses_n"] else None,
        "x": None if x is None else x.to_numpy(),
    }


def _options(case: dict[str, Any], data: pd.DataFrame) -> dict[str, Any]:
    args = case["args"]
    return {
        "kind": case["chart"],
        "aggregate": args.get("agg.fun", "mean"),
        "baseline": args.get("freeze") if "part" not in args else None,
        "phases": _phases(args.get("part"), data),
        "excluded": tuple(int(one) - 1 for one in np.atleast_1d(args.get("exclude", []))),
        "centre_line": _centre(case["chart"], args.get("cl")),
        "factor": FACTOR,
        "screen": case["screenedmr"],
        "rules": RULES[args.get("method", "anhoej")],
        "target": args.get("target"),
        "multiply": args.get("multiply", 1),
    }


def _phases(part: Any, data: pd.DataFrame) -> tuple[int, ...]:
    """Return where new phases begin.

    A text column begins one wherever it changes in the order of rows, counted in the values of x met before it.
    """
    if part is None:
        return ()
    if isinstance(part, dict):
        labels = data[part["column"]].tolist()
        changes = [i for i in range(1, len(labels)) if labels[i] != labels[i - 1]]
        return tuple(int(data["x"].iloc[:i].nunique()) for i in changes)
    return tuple(int(one) for one in np.atleast_1d(part))


def _centre(kind: str, given: float | None) -> float | None:
    """Return a given centre line as the engine takes it: of a t chart on the scale shown, not as transformed."""
    return given**T_POWER if given is not None and kind == "t" else given


def differences(
    drawn: Chart, *, case: dict[str, Any], points: pd.DataFrame, summary: pd.DataFrame
) -> list[str]:
    """Return where a chart differs from the reference: points, lines, flags, and the runs analysis of each phase."""
    mine = drawn.to_frame()
    found = [one for theirs, ours in LINES.items() for one in close(ours, mine[ours], points[theirs])]
    found += equal("phase", mine["phase"] + 1, points["part"])
    found += equal("is_baseline", mine["is_baseline"], points["baseline"])
    found += equal("is_excluded", ~mine["is_excluded"], points["include"])
    if "sigma_signal" not in case["fp_fragile"]:
        found += equal("beyond_limits", mine["beyond_limits"], points["sigma_signal"].fillna(False))
    if "runs" not in case["fp_fragile"]:
        told = drawn.summary()
        found += [one for name in COUNTS for one in close(name, told[name].astype(float), summary[name])]
        found += equal("runs_signal", told["runs_signal"], summary["runs_signal"])
    return found


def refuses(drawn: Chart) -> list[str]:
    """Return what is wrong where the reference stops because of times of 0 or less: the engine shows no limits."""
    told = drawn.summary()
    found = equal("limits_state", told["limits_state"], ["none"] * len(told))
    return found + equal("why_no_limits", told["why_no_limits"], ["not_positive"] * len(told))
