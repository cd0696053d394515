"""The numbers behind the pictures of learning, each cycle a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import context
from dashboard.components.data_table import table_html
from dashboard.components.learning.view import cycle_name
from dashboard.components.learning.words import wait_text
from dashboard.components.wording import date, missing

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
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="numbers"><caption>{caption}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cycle(row: Row) -> str:
    address = escape(context.link("cycle", cycle=str(row["cycle_id"])))
    measure = row["cycle"].get("measure")
    what = "" if missing(measure) else f' <span class="muted">{escape(str(measure))}</span>'
    name = f'<a href="{address}" target="_self">{escape(cycle_name(row))}</a>{what}'
    prediction, style = row["prediction"], row["style"]
    low, high, seen = (
        "" if missing(prediction.get(part)) else style.value_text(float(prediction[part]))
        for part in ("low", "high", "observed")
    )
    cells = [
        _short(row["due_on"]),
        f"{low.removesuffix('%')} to {high}" if low and high else "",
        seen,
        "held" if row["is_inside"] else f"missed, {'above' if row['place'] > 0 else 'below'}",
        f"{float(row['value']):.1f}",
    ]
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def _short(value: Any) -> str:
    on = date(value)
    return "" if on is None else f"{on.day} {on:%b %Y}"


def stages_table(stages: Sequence[Row], names: Mapping[str, str]) -> str:
    """Return a row a stage with what the bars cannot show: intervals and who is still waiting; below it the sentences.

    Parameters
    ----------
    stages
        Rows of stage_count in order.
    names
        What a stage is called, by its word.
    """
    head = ("Stage", "Reached", "Of those before", "95% interval", "Median wait", "Waiting", "Stopped")
    rows = [
        [
            names[str(row["stage"])],
            f"{int(row['n_reached'])}",
            "" if missing(row["share"]) else f"{float(row['share']) * 100:.0f}%",
            _interval(row),
            wait_text(row["median_wait_days"]),
            f"{int(row['n_waiting'])}" if not missing(row["n_before"]) else "",
            f"{int(row['n_stopped'])}",
        ]
        for row in stages
    ]
    caption = "Waiting: came to the stage before, not yet to this one; half have come by the median wait"
    return table_html(head, rows, caption) + "".join(
        f"<p>{escape(str(row['sentence']))}</p>" for row in stages if not missing(row["sentence"])
    )


def _interval(row: Row) -> str:
    if missing(row["share_low"]):
        return ""
    return f"{float(row['share_low']) * 100:.0f} to {float(row['share_high']) * 100:.0f}%"
