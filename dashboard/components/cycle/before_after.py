"""Before and during: the two sides of a verdict as a table, from the figures that the verdict was reached with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.cycle.view import CycleView
from dashboard.components.data_table import table_html
from dashboard.components.wording import capital, missing
from dashboard.figures.labels import range_text
from dashboard.figures.numbers import NumberStyle
from pipelines.vocabulary import Verdict

Row = Mapping[str, Any]

#: Verdicts that judge no change.
UNJUDGED = (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA)

HEADINGS = ("", "Before", "During the cycle")


def before_after_html(view: CycleView) -> str:
    """Return the table of one cycle; empty where there is nothing to hold it against."""
    result = view.result
    if result is None or missing(result["observed"]) or missing(result["before"]):
        return ""
    rows = [
        ("When", "its usual range", view.dates),
        ("Points", _n(result["n_baseline_points"]), _points_in_do(result)),
        ("Counted", _counted(result, "before"), _counted(result, "observed")),
        (_name(result), *sides(result, view.style)),
        ("Usual range", _range(result, "before_lower", "before_upper", view.style), ""),
        ("Predicted", "", _predicted(result, view.style)),
        ("Change", "", change_words(result, view.style)),
    ]
    told = [row for row in rows if row[1] or row[2]]
    rounded = ", from rounded figures" if result["is_released"] else ""
    name = "" if view.filed.get("measure_name") is None else f"{view.filed['measure_name']}: "
    return f'<section class="sides">{table_html(HEADINGS, told, capital(f"{name}before and during{rounded}"))}</section>'


def sides(result: Row, style: NumberStyle) -> tuple[str, str]:
    """Return the figure before and the figure during a cycle, with decimals enough that they read as they differ."""
    before, during = float(result["before"]), float(result["observed"])
    return style.apart(before, during)


def change_words(result: Row, style: NumberStyle) -> str:
    """Return the judged change with its interval, e.g. ``+20 points (95% interval +14 to +25)``.

    Where the verdict says that nothing can be told, no size of a change is told either.
    """
    if result["verdict"] in UNJUDGED:
        return "not judged"
    if missing(result["change"]):
        return ""
    scale = str(result["change_scale"])
    change = style.change_text(float(result["change"]), scale)
    if missing(result["change_low"]) or missing(result["change_high"]):
        return change
    low, high = (style.change_text(float(result[end]), scale) for end in ("change_low", "change_high"))
    return f"{change} (95% interval {low.removesuffix(' points')} to {high.removesuffix(' points')})"


def _name(result: Row) -> str:
    """Return what the figures are: of shares the share of everybody counted, else the mean of a point."""
    return "Share" if _counted(result, "observed") else "Mean of a point"


def _points_in_do(result: Row) -> str:
    told = _n(result["n_do_points"])
    if missing(result["n_planned"]) or missing(result["n_missing"]) or not int(result["n_missing"]):
        return told
    return f"{told} ({_n(result['n_missing'])} of {_n(result['n_planned'])} planned are missing)"


def _counted(result: Row, side: str) -> str:
    parts = (result[f"{side}_numerator"], result[f"{side}_denominator"])
    return "" if any(missing(part) for part in parts) else f"{_n(parts[0])} of {_n(parts[1])}"


def _range(result: Row, low: str, high: str, style: NumberStyle) -> str:
    if missing(result[low]) or missing(result[high]):
        return ""
    return range_text(float(result[low]), float(result[high]), style)


def _predicted(result: Row, style: NumberStyle) -> str:
    told = _range(result, "predicted_low", "predicted_high", style)
    if not told or missing(result["prediction_inside"]):
        return told
    sealed = "" if result["is_sealed"] else ", not sealed"
    return f"{told}: {'held' if result['prediction_inside'] else 'did not hold'}{sealed}"


def _n(value: Any) -> str:
    return "" if missing(value) else f"{float(value):,.0f}"
