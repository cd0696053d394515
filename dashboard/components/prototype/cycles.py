"""All cycles of a prototype in one table: the question, whether the prediction held, the verdict and the decision."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components.cycle.before_after import sides
from dashboard.components.frame import Frame
from dashboard.components.prototype.story import Story
from dashboard.components.wording import capital, day, missing

Row = dict[str, Any]

HEADINGS = ("Cycle", "Question", "Before, then during", "Prediction", "Verdict", "Decision")


def show(frame: Frame, story: Story) -> None:  # noqa: ARG001
    """Show the cycles, oldest first, and the way to plan the next."""
    st.html(f'<section class="told"><h2>All cycles</h2>{cycles_html(story)}{ways_html(story)}</section>')


def ways_html(story: Story) -> str:
    """Return the ways on: plan the next cycle, log a test, the charts of the neighbourhood."""
    prototype_id = story.prototype_id
    links = [
        (context.link("log_a_test", prototype=prototype_id), "Log a test"),
        (context.link("neighbourhood", prototype=prototype_id), "All charts on one axis"),
    ]
    if story.stage != "stopped":
        links.insert(0, (context.link("plan", prototype=prototype_id), "Plan the next cycle"))
    told = "".join(f'<a class="go" href="{escape(to)}" target="_self">{words}</a>' for to, words in links)
    return f'<p class="ways">{told}</p>'


def cycles_html(story: Story) -> str:
    """Return the table; where there is no cycle, what one is."""
    filed = story.view.filed
    if not filed:
        return '<p class="muted flush">No cycle yet. A cycle asks one question, predicts an answer, and tries it.</p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
    body = "".join(_row(row, story) for row in filed)
    return (
        f'<div class="table-scroll tall"><table class="numbers cycles"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(cycle: Row, story: Story) -> str:
    result = story.view.results.get(str(cycle["cycle_id"]))
    address = escape(context.link("cycle", cycle=str(cycle["cycle_id"])))
    name = f"Cycle {'' if missing(cycle['cycle_no']) else cycle['cycle_no']}".strip()
    began = "not begun" if missing(cycle["do_start"]) else f"from {day(cycle['do_start'], year=True)}"
    question = "No question filed" if missing(cycle["question"]) else str(cycle["question"])
    cells = (
        f'<a href="{address}" target="_self">{escape(name)}</a><br><span class="muted">{began}</span>',
        escape(question),
        escape(sides_words(cycle, result, story)),
        escape(held_words(cycle, result)),
        "not judged yet" if result is None else escape(capital(str(result["verdict"]))),
        "not decided" if missing(cycle["decision"]) else f"<b>{escape(capital(str(cycle['decision'])))}</b>",
    )
    labelled = zip(HEADINGS, cells, strict=True)
    return f"<tr>{''.join(f'<td data-label={label!r}>{cell}</td>' for label, cell in labelled)}</tr>"


def sides_words(cycle: Row, result: Row | None, story: Story) -> str:
    """Return the measure before and during a cycle: ``Said yes: 46%, then 65%``; what is not known is said."""
    name = "" if missing(cycle["measure"]) else f"{cycle['measure']}: "
    if result is None or missing(result["observed"]) or missing(result["before"]):
        return f"{name}not known yet" if name else "no measure named"
    charts = {chart.summary["measure_id"]: chart for chart in story.view.charts}
    chart = charts.get(cycle["primary_measure"])
    if chart is None:
        return f"{name}no chart yet"
    before, during = sides(result, chart.request.style)
    return f"{name}{before}, then {during}"


def held_words(cycle: Row, result: Row | None) -> str:
    """Return whether the prediction held, and whether it was sealed."""
    if missing(cycle["predicted_low"]) or missing(cycle["predicted_high"]):
        return "none was made"
    sealed = "" if result is None or result["is_sealed"] else ", not sealed"
    if result is None or missing(result["prediction_inside"]):
        return f"not due yet{sealed}"
    return f"{'held' if result['prediction_inside'] else 'did not hold'}{sealed}"
