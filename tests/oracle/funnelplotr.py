"""FunnelPlotR: a call of `funnel_plot()` as arguments of `funnel`, and its tables against the funnel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pipelines.spc.funnel import Funnel, Limits, funnel
from pipelines.spc.funnel.limits import normal_limits
from pipelines.spc.funnel.scales import ARCSINE, LOG, LOG_OF_COUNTS, ROOT, Scale
from tests.oracle.compare import close, equal
from tests.oracle.golden import Call, Golden

KINDS = {"PR": "proportion", "RC": "ratio", "SR": "standardised"}
#: Standard deviations of the limits, as that package writes them.
REACH = (1.959964, 3.090232)
#: Its scales: limits of a ratio of counts have the scatter of a share, those of square roots are not squared back.
SCALES: dict[tuple[str, str | None], Scale] = {
    ("PR", None): ARCSINE,
    ("RC", None): replace(LOG_OF_COUNTS, scatter=ARCSINE.scatter),
    ("SR", "SHMI"): LOG,
    ("SR", "CQC"): replace(ROOT, back=lambda place: place),
}
LINES = {"ll95": "lower_95", "ul95": "upper_95", "ll998": "lower_998", "ul998": "upper_998"}


@dataclass(frozen=True)
class Reference:
    """What the package was asked and what it gave."""

    args: dict[str, Any]
    scale: Scale
    is_rounded: bool
    points: pd.DataFrame
    lines: pd.DataFrame
    summary: pd.Series

    @property
    def is_adjusted(self) -> bool:
        """Whether it drew limits widened by the spread between units."""
        return bool(self.summary["draw_adjusted"])

    @property
    def is_drawn(self) -> bool:
        """Whether it drew limits at all; where it did not, it marks nobody."""
        return self.is_adjusted or bool(self.summary["draw_unadjusted"])

    def widened(self, drawn: Funnel, sizes: pd.Series) -> Limits:
        """Return the widened limits; with nothing to widen by, those of the scale, where the engine keeps the exact."""
        plain = normal_limits(self.scale, sizes.to_numpy(float), drawn.centre_line, 0.0, REACH)
        return drawn.adjusted_at(sizes) or plain


def calls(golden: Golden, case: dict[str, Any]) -> Iterator[Call]:
    """Yield the funnel of a case."""
    args = case["args"]
    which = args["data_type"], args.get("sr_method")
    tables = [golden.expected(f"funnel_{name}", case["case_id"]) for name in ("points", "limits", "summary")]
    is_rounded = which[1] == "SHMI" and args.get("SHMI_rounding", True)
    known = Reference(args, SCALES[which], is_rounded, tables[0], tables[1], tables[2].iloc[0])
    options = {
        "kind": KINDS[which[0]],
        "limits": "chi_square" if which[0] == "SR" else "normal",
        "adjust": True,
        "trim": "truncate" if which == ("SR", "SHMI") else "winsorise",
        "trim_by": args.get("trim_by", 0.1),
        "min_units": 1,
        "scale": SCALES[which],
        "reach": REACH,
    }
    rows = _rows(golden.data(case), is_rounded=is_rounded)
    yield Call(case["case_id"], "", rows, options, partial(differences, known=known), make=funnel)


def _rows(data: pd.DataFrame, *, is_rounded: bool) -> dict[str, Any]:
    """Return the rows of each group summed, in the order of their names."""
    summed = data.groupby("group", sort=True)[["numerator", "denominator"]].sum()
    expected = summed["denominator"].to_numpy(dtype=float)
    return {
        "numerator": summed["numerator"].to_numpy(dtype=float),
        "denominator": _to_two_places(expected) if is_rounded else expected,
    }


def _to_two_places(values: np.ndarray) -> np.ndarray:
    """Round to two places as R does since 4.0: to the nearer of the two candidates as doubles, a tie to the even one."""
    low, high = np.floor(values * 100) / 100, np.ceil(values * 100) / 100
    down, up = values - low, high - values
    is_even = np.floor(values * 100) % 2 == 0
    return np.where((down < up) | ((down == up) & is_even), low, high)


def differences(drawn: Funnel, known: Reference) -> list[str]:
    """Return where a funnel differs from the package's."""
    points, sizes = known.points.sort_values("group"), known.lines["denominator"]
    # Its ratios are plotted over denominators before rounding, its scores and limits are of the rounded ones.
    found = [] if known.is_rounded else close("ratio", drawn.ratio, points["ratio"])
    found += _scores(drawn, known, points)
    found += _limits("at units", drawn.limits, points, "", known)
    found += _line("line", drawn.limits_at(sizes), drawn, 0.0, "", known)
    if known.is_adjusted:
        found += close("phi", [drawn.dispersion.phi], [known.summary["phi"]])
        found += close("tau2", [drawn.dispersion.tau2], [known.summary["tau2"]])
        found += _limits(
            "widened at units", known.widened(drawn, points["denominator"]), points, "od_", known
        )
        widened = known.widened(drawn, sizes)
        found += _line("widened line", widened, drawn, drawn.dispersion.tau2, "od_", known)
    return found + (_outliers(drawn, points, known) if known.is_drawn else [])


def _scores(drawn: Funnel, known: Reference, points: pd.DataFrame) -> list[str]:
    place, _ = known.scale.unit(points["numerator"].to_numpy(float), points["denominator"].to_numpy(float))
    centre = np.full(len(points), float(known.scale.there(drawn.centre_line)))
    trimmed = drawn.dispersion.trimmed
    found = close("target_transformed", centre, points["target_transformed"])
    found += close("y_transformed", place, points["y_transformed"])
    found += close("z_unadjusted", drawn.dispersion.z, points["z_unadjusted"])
    found += close("z_wt", trimmed, points["z_wt"])
    if points["truncated"].notna().any():
        return found + close("truncated", np.isnan(trimmed), points["truncated"])
    ends = (trimmed <= np.nanmin(trimmed)) | (trimmed >= np.nanmax(trimmed))
    return found + close("winsorised", ends, points["winsorised"])


def _line(name: str, limits: Limits, drawn: Funnel, tau2: float, prefix: str, known: Reference) -> list[str]:
    """Compare a drawn line; where a share's limit falls off the arcsine scale, by the package's own rule.

    There the engine's limit is 0 or 1. The package's comes back as the sine does, and is made 0 or 1 only where the next
    size of its grid, a thousand sizes and those of the units, shows that it turned.
    """
    if known.scale is ARCSINE:
        there = _folded(drawn, tau2, known)
        limits = Limits(*(_on_scale(*pair) for pair in zip(astuple(limits), there, strict=True)))
    return _limits(name, limits, known.lines, prefix, known)


def _folded(drawn: Funnel, tau2: float, known: Reference) -> list[np.ndarray]:
    units = known.points["denominator"]
    grid = np.unique([*np.linspace(known.lines["denominator"].min(), units.max(), 1000), *units])
    folding = replace(ARCSINE, back=lambda place: np.sin(place) ** 2)
    lines = astuple(normal_limits(folding, grid, drawn.centre_line, tau2, REACH))
    at = known.lines["lookup_row"].to_numpy() - 1
    return [_turned(line, end)[at] for line, end in zip(lines, (0, 1, 0, 1), strict=True)]


def _turned(line: np.ndarray, end: int) -> np.ndarray:
    following = np.append(line[1:], line[-1])
    return np.where(line > following if end == 0 else line < following, end, line)


def _on_scale(mine: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return the engine's line, and the package's where the engine's is cut at 0 or 1."""
    return np.where((mine > 0) & (mine < 1), mine, there)


def _limits(name: str, limits: Limits, table: pd.DataFrame, prefix: str, known: Reference) -> list[str]:
    by = known.args.get("multiplier", 1)
    return [
        what
        for column, line in LINES.items()
        for what in close(f"{name} {prefix}{column}", by * getattr(limits, line), table[prefix + column])
    ]


def _outliers(drawn: Funnel, points: pd.DataFrame, known: Reference) -> list[str]:
    limits = known.widened(drawn, points["denominator"]) if known.is_adjusted else drawn.limits
    is_far = known.args.get("limit", 99) == 99
    beyond = limits.beyond(drawn.ratio)
    out = [one is not None and (one.endswith("99.8") if is_far else one != "within") for one in beyond]
    return equal("outlier", np.array(out).astype(int), points["outlier"])
