"""From talk to action: how many came to each stage, how long it took, and how many stopped there, in the same bold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.learning.tables import stages_table
from dashboard.components.learning.words import bold_first, wait_text
from dashboard.components.plain_text import shown_html
from dashboard.components.wording import day, missing
from pipelines.vocabulary import Stage

Row = Mapping[str, Any]

#: What each stage is called here.
STAGE_NAMES: dict[str, str] = {
    Stage.IDEA: "Ideas",
    Stage.ACTION: "Tried as an action",
    Stage.PROTOTYPE: "Prototype, in cycles",
    Stage.MODEL: "Model others can copy",
    Stage.SCALED: "Scaled",
}

HEADING = "<h2>From talk to action</h2>"

NO_STAGES = (
    "No idea has been written down yet. An idea begins on Plan a cycle, with its stage and why it starts."
)

#: What stands where no median wait can be told: fewer than half have come, or nobody wrote the days down.
NO_WAIT = "cannot yet tell"


def pipeline_html(stages: Sequence[Row], sentence: str, stopped: Sequence[Row]) -> str:
    """Return the stages with their bars.

    Parameters
    ----------
    stages
        Rows of stage_count in order; none, or nobody at the first: a designed state.
    sentence
        From talk to action, as published.
    stopped
        Rows of stage_event of those who stopped, with the `name` and `neighbourhood` of their prototype.
    """
    if not stages or not int(stages[0]["n_reached"]):
        return f'<section class="learn">{HEADING}<p>{NO_STAGES}</p></section>'
    widest = max(int(row["n_reached"]) for row in stages)
    body = "".join(_stage(row, widest) for row in stages)
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Stage", "reached, % of the stage before", "median wait", "stopped")
    )
    numbers = f"<details><summary>See the numbers</summary>{stages_table(stages, STAGE_NAMES)}</details>"
    return (
        f'<section class="learn">{HEADING}<p class="lead">{bold_first(sentence)}</p>'
        f'<table class="stages" aria-label="{escape(sentence)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f'<div class="more">{numbers}{_why_stopped(stopped)}</div></section>'
    )


def _stage(row: Row, widest: int) -> str:
    reached = int(row["n_reached"])
    share = "" if missing(row["share"]) else f' <span class="muted">{float(row["share"]) * 100:.0f}%</span>'
    wait = wait_text(row["median_wait_days"]) or ("" if missing(row["n_before"]) else NO_WAIT)
    return (
        f'<tr><th scope="row">{STAGE_NAMES[str(row["stage"])]}</th>'
        f'<td class="reached"><i style="width:{60 * reached / widest:.1f}%"></i><b>{reached}</b>{share}</td>'
        f'<td class="wait" data-label="median wait">{wait}</td>'
        f'<td class="stopped" data-label="stopped"><b>{int(row["n_stopped"])}</b></td></tr>'
    )


def _why_stopped(stopped: Sequence[Row]) -> str:
    """Return why each was stopped: what did not go on has taught something too."""
    if not stopped:
        return ""
    parts = "".join(
        f"<li><b>{shown_html(row['name'])}</b>, {escape(str(row['neighbourhood']))}{_when(row)}: {_reason(row)}</li>"
        for row in stopped
    )
    return f'<details><summary>Why were they stopped?</summary><ul class="stopped-why">{parts}</ul></details>'


def _when(row: Row) -> str:
    return "" if missing(row["reached_on"]) else f", {day(row['reached_on'], year=True)}"


def _reason(row: Row) -> str:
    return "no reason was written down" if missing(row["reason"]) else shown_html(row["reason"], 600)
