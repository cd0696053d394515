"""Under a chart: what may be decided about its usual range, by whom it was decided, and the way to take that back."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.baseline import accept as baseline_accept
from dashboard.components.baseline import move as baseline_move
from dashboard.components.baseline.told import decisions_html, what_words
from dashboard.components.plain_text import label_words
from dashboard.components.prototype_view import Chart
from dashboard.components.signed import signed
from dashboard.components.wording import missing, rows_of
from dashboard.store import Store
from dashboard.theme import Theme
from pipelines.records.kinds import Withdrawn
from pipelines.vocabulary import POINTS_FOR_LIMITS, LimitsState, WhyNoLimits

#: The choice in the address that opens the panel of a series.
DECIDE = "decide"

HEADINGS = {
    "accept_baseline": "This usual range can be accepted",
    "rebase": "The usual range may have moved",
}


NOBODY = "Nobody has decided on this usual range by name."


@dataclass(frozen=True)
class Panel:
    """What the panel of one chart is made from."""

    chart: Chart
    theme: Theme
    decisions: list[dict[str, Any]]
    narrow: bool

    @property
    def series_id(self) -> str:
        """Of the chart."""
        return str(self.chart.summary["series_id"])

    @property
    def key(self) -> str:
        """Tells the widgets of several panels apart; new after each decision, so that a form begins empty."""
        return f"range_{self.series_id.replace('@', '_')}_{len(self.decisions)}"


def show(store: Store, chart: Chart, theme: Theme, *, narrow: bool) -> None:
    """Show what a person may decide about a chart's usual range; nothing where there is none and never was."""
    summary = chart.summary
    rows = rows_of(store.baseline_decisions(str(summary["series_id"])))
    panel = Panel(chart, theme, rows, narrow)
    if not rows and not _has_range(chart):
        return
    form_saving.tell(panel.series_id)
    is_open = st.query_params.get(DECIDE) == panel.series_id
    proposal = "" if missing(summary["proposal"]) else str(summary["proposal"])
    with st.expander(HEADINGS.get(proposal, "How the usual range was set"), expanded=is_open):
        _show_inside(panel, proposal)


def _show_inside(panel: Panel, proposal: str) -> None:
    sentence = panel.chart.summary["proposal_sentence"]
    told = "" if missing(sentence) else f'<p class="sentence flush">{escape(str(sentence))}</p>'
    st.html((told + decisions_html(panel.decisions)) or f'<p class="muted flush">{NOBODY}</p>')
    if not context.may_write():
        return
    ways = {
        "accept_baseline": "Accept the usual range",
        "rebase": "Move it from a day on",
        "undo": "Take a decision back",
    }
    offered = [way for way in ways if _is_offered(panel, way, proposal)]
    if not offered:
        return
    asked = st.segmented_control(
        "What would you like to decide?",
        offered,
        format_func=ways.__getitem__,
        default=proposal if proposal in offered else None,
        key=f"{panel.key}_way",
    )
    if asked == "accept_baseline":
        baseline_accept.show(panel.chart, panel.theme, panel.key, narrow=panel.narrow)
    elif asked == "rebase":
        baseline_move.show(panel.chart, panel.theme, panel.key, narrow=panel.narrow)
    elif asked == "undo":
        _show_undo(panel)


def _is_offered(panel: Panel, way: str, proposal: str) -> bool:
    if way == "undo":
        return any(row["is_standing"] for row in panel.decisions)
    if way == "accept_baseline":
        return proposal == way or missing(panel.chart.summary["accepted_by"])
    return panel.chart.summary["limits_state"] != LimitsState.NONE


def _has_range(chart: Chart) -> bool:
    """Whether there is a usual range to decide on, or points enough that a person could set one."""
    summary = chart.summary
    is_open = (
        summary["why_no_limits"] == WhyNoLimits.START_UP and int(summary["n_points"]) >= POINTS_FOR_LIMITS
    )
    return is_open or summary["limits_state"] != LimitsState.NONE


def _show_undo(panel: Panel) -> None:
    """Take a decision back by another record; both stay readable."""
    standing = {str(row["record_id"]): row for row in panel.decisions if row["is_standing"]}
    record_id = st.radio(
        "Which decision?",
        list(reversed(standing)),
        format_func=lambda name: label_words(
            f"{what_words(standing[name])}, by {standing[name]['who']}", 120
        ),
        key=f"{panel.key}_undo",
    )
    wrong = st.container(gap=None)
    reason = st.text_area("Why is it taken back?", key=f"{panel.key}_why", max_chars=600, height=80).strip()
    unsigned = st.container(gap=None)
    who = signed(f"{panel.key}_undo")
    if not st.button("Take it back", key=f"{panel.key}_undone"):
        return
    if not reason:
        wrong.html(form_saving.fault_html("Write one sentence: why is it taken back?"))
        return
    saved = form_saving.once(panel.series_id, [Withdrawn(str(record_id), reason)], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {"reason": wrong, "who": unsigned}, wrong.html)
