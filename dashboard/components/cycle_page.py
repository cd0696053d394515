"""The parts of the Cycle page: prediction beside result, verdict, receipt, learning, decision."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import cycle_learning, cycle_verdict, notices
from dashboard.components.chart_card import plot
from dashboard.components.cycle_view import CycleView, choose, load_cycle
from dashboard.components.frame import Frame
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import date, day, missing
from dashboard.figures.prediction_result import prediction_result

#: Shares of the width: what happened, and what the group makes of it.
LEFT_AND_RIGHT = (0.645, 0.355)


def chosen(frame: Frame) -> CycleView | None:
    """Ask for a cycle and return it; None where no cycle has been filed."""
    cycles: pd.DataFrame = frame.store.cycles()
    cycle_id = choose(cycles) if len(cycles) else None
    return load_cycle(frame.store, cycles, cycle_id) if cycle_id else None


def title(frame: Frame, view: CycleView) -> None:
    """Open with the question, and where and when it was asked."""
    filed = view.filed
    frame.title(
        view.question, f"{filed['neighbourhood']} › {filed['prototype_name']} › {view.name}, {view.dates}"
    )


def show_no_cycle(frame: Frame) -> None:
    """Say that no cycle has been filed."""
    frame.title("Cycle", "PDSA cycles")
    notices.notice(
        "No cycle yet",
        "A cycle begins with a question and a prediction. Each is one line in cycles.csv: the question, the measure, "
        "the range the group is 8 in 10 sure of, and the first and last day of testing.",
    )


def show_review(frame: Frame, view: CycleView) -> None:
    """Draw the page: the group's guess against the world, the verdict, how it was reached, and then the decision."""
    narrow = is_narrow()
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        st.html(_heading(view))
        if view.result is not None and not missing(view.result["observed"]):
            figure = prediction_result(view.result, view.during, view.style, frame.theme, narrow=narrow)
            plot(
                figure,
                f"{view.result['sentence']} {view.result['prediction_sentence']}",
                f"cycle_{view.filed['cycle_id']}",
            )
        elif view.result is not None:
            st.html(
                '<p class="sentence flush">No result can be shown yet, so there is nothing to hold the prediction against.</p>'
            )
        st.html(cycle_verdict.verdict_html(view, frame.theme))
        until = date(frame.info.get("data_until"))
        st.html(
            cycle_verdict.receipt_html(view, day(until, year=True) if until else "", narrow)
            + _charts_link(view)
        )
    with right, st.container(key="cycle_aside"):
        st.html(cycle_learning.learning_html(view) + cycle_learning.decision_html(view))


def _heading(view: CycleView) -> str:
    measure = "" if missing(view.filed["measure_name"]) else f": {view.filed['measure_name']}"
    return (
        f'<div class="pair"><h2>Prediction and result<span class="muted">{escape(measure)}</span></h2>'
        f'<p class="{"sealed" if view.is_sealed else "muted"}">{_seal_words(view)}</p></div>'
    )


def _seal_words(view: CycleView) -> str:
    """Return how far the prediction can be trusted to be older than the result."""
    if not view.has_prediction:
        return "No prediction was sealed. This cycle cannot be scored."
    if view.is_sealed:
        return "Sealed before the first test"
    return "Unsealed: read from a file, so not scored in calibration"


def _charts_link(view: CycleView) -> str:
    filed = view.filed
    address = context.link(
        "neighbourhood",
        neighbourhood=str(filed["neighbourhood_id"]),
        prototype=str(filed["prototype_id"]),
        measure=None if missing(filed["primary_measure"]) else str(filed["primary_measure"]),
    )
    return f'<p class="sentence flush"><a href="{escape(address)}" target="_self">See the charts of this prototype</a></p>'
