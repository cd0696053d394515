"""The Cycle page put together: the guess against the world, the verdict, how it was reached, and then the decision."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import notices, save
from dashboard.components.chart_card import plot
from dashboard.components.cycle import agreed as cycle_agreed
from dashboard.components.cycle import before_after as cycle_before_after
from dashboard.components.cycle import decision as cycle_decision
from dashboard.components.cycle import dissent as cycle_dissent
from dashboard.components.cycle import learning as cycle_learning
from dashboard.components.cycle import next as cycle_next
from dashboard.components.cycle import receipt as cycle_receipt
from dashboard.components.cycle import seal as cycle_seal
from dashboard.components.cycle import triptych as cycle_triptych
from dashboard.components.cycle import verdict as cycle_verdict
from dashboard.components.cycle.view import CycleView, choose, load_cycle
from dashboard.components.frame import Frame
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import missing
from dashboard.figures.prediction_result import FIGURES, prediction_result
from pipelines.vocabulary import Verdict

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
        "A cycle begins with a question, the one measure it is judged on, and a prediction that is sealed before the "
        "first test.",
        "Plan the first one under Plan a cycle. Cycles kept in a spreadsheet can be read from cycles.csv.",
    )


def show_review(frame: Frame, view: CycleView) -> None:
    """Draw the page in its order: what happened at the left, what the group makes of it at the right."""
    narrow = is_narrow()
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        st.html(cycle_next.stand_html(view) + cycle_seal.heading_html(view, frame.theme))
        _show_picture(frame, view, narrow)
        st.html(
            cycle_verdict.verdict_html(view, frame.theme)
            + cycle_before_after.before_after_html(view)
            + cycle_receipt.receipt_html(view, frame.info, narrow)
        )
        cycle_triptych.show(frame, view, narrow)
    with right, st.container(key="cycle_aside"):
        cycle_learning.show(view)
        cycle_decision.show(view)
        cycle_dissent.show(view)
        cycle_agreed.show(frame, view)
        cycle_next.show(view)
        save.is_here()


def _show_picture(frame: Frame, view: CycleView, narrow: bool) -> None:
    """Draw prediction beside result; before there is a result, what is known; nothing at all is said in words."""
    row = figures_of(view)
    if all(missing(row[name]) for name in FIGURES):
        st.html('<p class="sentence flush">Nothing is known yet: no prediction, and no test counted.</p>')
        return
    figure = prediction_result(row, view.during, view.style, frame.theme, narrow=narrow)
    said = cycle_seal.seal_words(view) if view.result is None else _said(view.result)
    plot(figure, said, f"cycle_{view.cycle_id}")
    versions = cycle_seal.versions_html(view)
    if versions:
        st.html(versions)


def figures_of(view: CycleView) -> dict[str, Any]:
    """Return what the picture is drawn from: the verdict's row; where it is silent, the prediction and the usual range."""
    row: dict[str, Any] = {"verdict": Verdict.NOT_ENOUGH_DATA} | {
        name: view.filed[name] for name in ("predicted_value", "predicted_low", "predicted_high")
    }
    chart = view.summary or {}
    for name, column in (
        ("before", "centre_line"),
        ("before_lower", "lower_limit"),
        ("before_upper", "upper_limit"),
    ):
        row[name] = chart.get(column)
    judged = {name: value for name, value in (view.result or {}).items() if not missing(value)}
    return dict.fromkeys(FIGURES) | row | judged


def _said(result: dict[str, Any]) -> str:
    return f"{result['sentence']} {result['prediction_sentence']}"
