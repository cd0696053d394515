"""NHSRplotthedots: a call of `ptd_spc()` as arguments of `chart`, and its points and icons against the chart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pipelines.spc import Chart
from tests.oracle.compare import close, equal
from tests.oracle.golden import Call, Golden

BETTER = {"increase": "up", "decrease": "down", "neutral": "neither"}
LINES = {
    "y": "value",
    "mean": "centre_line",
    "lpl": "lower_limit",
    "upl": "upper_limit",
    "target": "target",
}
POINT_TYPES = {
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "special_high",
    "special_cause_neutral_low": "special_low",
}
#: What names the type of a point; a common cause has no rule.
RULES = {
    "Above UCL": "beyond_limits",
    "Below LCL": "beyond_limits",
    "7 Point Trend (Increasing)": "trend",
    "7 Point Trend (Decreasing)": "trend",
    "2 in 3 Above CL": "two_of_three",
    "2 in 3 Below CL": "two_of_three",
    "7 Points Above CL": "shift",
    "7 Points Below CL": "shift",
    "Common Cause": None,
}
ICONS = {"hit_or_miss": "inconsistent"}


def calls(golden: Golden, case: dict[str, Any]) -> Iterator[Call]:
    """Yield the charts of a case, one a facet."""
    data, args = golden.data(case), case["args"]
    points, icons = (golden.expected(table, case["case_id"]) for table in ("ptd_points", "ptd_icons"))
    facet = args["facet_field"]
    groups = [("no facet", data)] if facet is None else list(data.groupby(facet))
    for level, rows in groups:
        if case["error"]:
            compare = refuses
        else:
            theirs = points[points["facet"] == level].sort_values("x", kind="stable")
            compare = partial(differences, points=theirs, icons=icons[icons["facet"] == level])
        columns = {"y": rows["y"].to_numpy(), "n": None, "x": rows["x"].to_numpy()}
        yield Call(case["case_id"], str(level), columns, _options(args, rows, str(level)), compare)


def _options(args: dict[str, Any], data: pd.DataFrame, level: str) -> dict[str, Any]:
    return {
        "kind": "i",
        "phases": _phases(_of_level(args["rebase"], level), data),
        "baseline": args["fix_after_n_points"],
        "screen": args["screen_outliers"],
        "rules": "mdc",
        "target": _of_level(args["target"], level),
        "better": BETTER[args["improvement_direction"]],
    }


def _of_level(given: Any, level: str) -> Any:
    return given.get(level) if isinstance(given, dict) else given


def _phases(rebased: Any, data: pd.DataFrame) -> tuple[int, ...]:
    """Return where new phases begin: at each date named that is in the data."""
    dates = data["x"].sort_values().reset_index(drop=True)
    wanted = [pd.Timestamp(one) for one in np.atleast_1d(rebased if rebased is not None else [])]
    return tuple(int(i) for one in wanted for i in np.flatnonzero(dates == one))


def differences(drawn: Chart, *, points: pd.DataFrame, icons: pd.DataFrame) -> list[str]:
    """Return where a chart differs from the reference: points, lines, flags, point types, the rules that name them, and icons."""
    mine = drawn.to_frame()
    found = [one for theirs, ours in LINES.items() for one in close(ours, mine[ours], points[theirs])]
    outside = points["outside_limits"].map({"TRUE": True, True: True}).fillna(False).astype(bool)
    found += equal("beyond_limits", mine["beyond_limits"], outside)
    found += equal("point_type", mine["point_type"], points["point_type"].replace(POINT_TYPES))
    found += equal("rule", mine["rule"], [RULES[one] for one in points["special_cause_type"]])
    return found + _icon_differences(drawn, icons)


def _icon_differences(drawn: Chart, icons: pd.DataFrame) -> list[str]:
    mine = drawn.icons(min_points=0, skip_missing=False)
    found: list[str] = []
    for row in icons.itertuples():
        ours = mine.variation if row.icon_kind == "variation" else mine.assurance
        found += equal(row.icon_kind, [ICONS.get(str(ours), str(ours))], [row.icon])
    return found


def refuses(drawn: Chart) -> list[str]:
    """Return what is wrong where the reference refuses limits on fewer than 12 points: here they are not to be shown."""
    may_show = ~drawn.summary()["limits_state"].isin(["trial", "none"])
    return ["limits may be shown"] if may_show.any() else []
