"""The numbers behind the steps as a table, and how one row of theme_step is read; what is held back stays so here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.data_table import table_html
from dashboard.components.dot_rows import interval_text, share_text
from dashboard.components.wording import missing

Row = Mapping[str, Any]


def is_none(step: Row, name: str) -> bool:
    """Whether a step has nothing in a column."""
    return missing(step.get(name))


def not_due(step: Row) -> float:
    """Return the people whose follow-up has not ended: neither through nor lost."""
    return 0.0 if is_none(step, "n_not_due") else float(step["n_not_due"])


def due(step: Row) -> float:
    """Return the people whose time has come, of whom a share is of."""
    return float(step["n_before"]) - not_due(step)


def interval(step: Row) -> str:
    """Return Wilson's interval of a step in words: 21 to 29%."""
    if is_none(step, "lower_95") or is_none(step, "upper_95"):
        return ""
    return interval_text(float(step["lower_95"]), float(step["upper_95"]))


def numbers_html(steps: Sequence[Row]) -> str:
    """Return the table, closed; a step held back in the picture is held back here."""
    head = [
        "Step",
        "Of those due",
        "Came through",
        "%",
        "95% interval",
        "Lost",
        "Not yet due",
        "All places, %",
    ]
    told = table_html(
        head, [_cells(step) for step in steps], "Each step over the latest quarter it can be told of"
    )
    return f'<div class="more"><details><summary>See the numbers</summary>{told}</details></div>'


def _cells(step: Row) -> list[str]:
    if missing(step["n_before"]):
        why = "held back" if step["n_hidden"] else "nothing counted"
        return [str(step["label"]), str(step["of_label"]), why, "", "", "", "", ""]
    return [
        str(step["label"]),
        f"{due(step):,.0f} {step['of_label']}",
        f"{float(step['n_reached']):,.0f}",
        "" if is_none(step, "share") else share_text(float(step["share"])),
        interval(step),
        "not a loss" if missing(step["n_lost"]) else f"{float(step['n_lost']):,.0f}",
        "" if is_none(step, "n_not_due") else f"{not_due(step):,.0f}",
        "" if is_none(step, "pooled_share") else share_text(float(step["pooled_share"])),
    ]
