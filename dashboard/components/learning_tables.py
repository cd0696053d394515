"""The numbers behind the pictures of learning, each cycle a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import context
from dashboard.components.data_table import table_html
from dashboard.components.learning_view import cycle_name
from dashboard.components.learning_words import wait_text
from dashboard.components.wording import day, missing

Row = Mapping[str, Any]

HEAD = ("Cycle", "Due", "Predicted", "Result", "Held?", "From the middle")


def cycles_table(rows: Sequence[Row]) -> str:
    """Return a row a scored cycle, newest first, each leading to its cycle.

    Parameters
    ----------
    rows
        `LearningView.scored`.
    """
    caption = (
        "Sealed predictions that have come due, newest first; 1 from the middle is the edge of the range"
    )
    top = "".join(f'<th scope="col">{name}</th>' for name in HEAD)
    body = "".join(_cycle(row) for row in reversed(rows))
    return (
        f'<div class="table-scroll" tabindex="0"><table class="numbers"><caption>{caption}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cycle(row: Row) -> str:
    address = escape(context.link("cycle", cycle=str(row["cycle_id"])))
    name = f'<a href="{address}" target="_self">{escape(cycle_name(row))}</a>'
    prediction, style = row["prediction"], row["style"]
    low, high, seen = (
        "" if missing(prediction.get(part)) else style.value_text(float(prediction[part]))
        for part in ("low", "high", "observed")
    )
    cells = [
        day(row["due_on"], year=True),
        f"{low.removesuffix('%')} to {high}" if low and high else "",
        seen,
        "held" if row["is_inside"] else f"missed, {'above' if row['place'] > 0 else 'below'}",
        f"{float(row['value']):.1f}",
    ]
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def stages_table(stages: Sequence[Row], names: Mapping[str, str]) -> str:
    """Return a row a stage with what the bars cannot show: intervals, who is still waiting, the sentence.

    Parameters
    ----------
    stages
        Rows of stage_count in order.
    names
        What a stage is called, by its word.
    """
    head = ("Stage", "Reached", "Of the stage before", "Median wait", "Waiting", "Stopped", "In words")
    rows = [
        [
            names[str(row["stage"])],
            f"{int(row['n_reached'])}",
            _share(row),
            wait_text(row["median_wait_days"]),
            f"{int(row['n_waiting'])}" if not missing(row["n_before"]) else "",
            f"{int(row['n_stopped'])}",
            "" if missing(row["sentence"]) else str(row["sentence"]),
        ]
        for row in stages
    ]
    return table_html(
        head,
        rows,
        "Waiting: came to the stage before, not yet to this one; half have come by the median wait",
    )


def _share(row: Row) -> str:
    if missing(row["share"]):
        return ""
    told = f"{float(row['share']) * 100:.0f}%"
    if missing(row["share_low"]):
        return told
    return (
        f"{told} (95% interval {float(row['share_low']) * 100:.0f} to {float(row['share_high']) * 100:.0f})"
    )
