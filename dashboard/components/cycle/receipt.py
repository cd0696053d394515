"""How a verdict was reached: each check with its mark, the arithmetic, the points, a second opinion, and the versions."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboard.components.cycle.seal import short
from dashboard.components.cycle.view import CycleView
from dashboard.components.data_table import points_table
from dashboard.components.wording import capital, date, day, missing
from pipelines.vocabulary import Period

#: Marks of the receipt: a tick supports, a dot says nothing, an arrow down lowers confidence.
MARKS = {
    "supports": ("✓", "supports"),
    "nothing": ("·", "says nothing"),
    "lowers": ("↓", "lowers our confidence"),
}

#: Points before and in Do that the second opinion needs (docs/method.md, Judging a cycle).
FOR_A_SECOND_OPINION = 12


def receipt_html(view: CycleView, info: Mapping[str, str], narrow: bool) -> str:
    """Return the receipt, open on a desk and closed on a phone; empty where nothing was judged."""
    if view.result is None:
        return ""
    rows = "".join(_row(row) for row in view.receipt())
    table = f"<table><tbody>{rows}{_arithmetic(view)}{_opinion(view)}</tbody></table>"
    reason = escape(capital(str(view.result["reason"]).rstrip(".")))
    return (
        f'<details class="fold receipt"{"" if narrow else " open"}><summary>Receipt: how the verdict was reached</summary>'
        f'{table}{_points(view)}<p class="chance">{reason}. {escape(versions(view, info))}</p></details>'
    )


def versions(view: CycleView, info: Mapping[str, str]) -> str:
    """Return what the verdict rests on: rules and their version, how far the data reach, and what names them."""
    result = view.result or {}
    until = date(info.get("data_until"))
    scored = view.scored
    parts = [
        f"Rules {result.get('rule_set')}, version {result.get('rule_set_version')}",
        f"verdict rules {info['verdict_rule_set']}" if info.get("verdict_rule_set") else "",
        f"data until {day(until, year=True)}" if until else "",
        f"data version {short(info.get('content_hash'))}" if info.get("content_hash") else "",
        f"records up to {short(info.get('records_head'))}" if info.get("records_head") else "",
        f"seal {short(scored['seal'])}" if scored is not None and not missing(scored["seal"]) else "",
        "from rounded figures" if result.get("is_released") else "",
    ]
    return " · ".join(part for part in parts if part)


def _row(row: Mapping[str, str]) -> str:
    sign, meaning = MARKS.get(row["mark"], MARKS["nothing"])
    return _line(sign, meaning, row["label"], capital(row["words"]))


def _line(sign: str, meaning: str, label: str, words: str) -> str:
    return (
        f'<tr><td class="mark" title="{meaning}" aria-label="{meaning}">{sign}</td>'
        f'<th scope="row">{escape(label)}</th><td>{escape(words)}</td></tr>'
    )


def _arithmetic(view: CycleView) -> str:
    """Return the verdict in figures, where the mart words it so."""
    words = (view.result or {}).get("sentence_clinician")
    return "" if missing(words) or not words else _line("=", "the arithmetic", "In figures", str(words))


def _opinion(view: CycleView) -> str:
    """Return what segmented regression says, as a second opinion and never the verdict; or why there is none."""
    label = "Second opinion"
    if view.second_opinion is not None:
        words = f"{view.second_opinion['sentence']} It does not decide the verdict."
        return _line("“", "a second opinion", label, words)
    result = view.result or {}
    before, during = (
        0 if missing(result.get(name)) else int(result[name]) for name in ("n_baseline_points", "n_do_points")
    )
    if min(before, during) >= FOR_A_SECOND_OPINION:
        return _line("“", "a second opinion", label, "None: the other way of counting gave no answer here.")
    words = f"None yet: it needs {FOR_A_SECOND_OPINION} points before and as many in Do; there are {before} and {during}."
    return _line("“", "a second opinion", label, words)


def _points(view: CycleView) -> str:
    """Return the points of Do that were looked at, one click away."""
    if view.points.empty or view.result is None:
        return ""
    period = str(view.points["period"].iloc[0]) if "period" in view.points else Period.WEEK
    table = points_table(view.points, view.style, period, "The points of Do, newest first")
    before = int(view.result["n_baseline_points"] or 0)
    words = f"Which points: {len(view.points)} in Do, against {before} that set the usual range"
    return f'<details class="fold"><summary>{escape(words)}</summary>{table}</details>'
