"""Accepting a usual range: which points set it, both versions side by side, a name and a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from dashboard.components import form_saving
from dashboard.components.baseline import preview as baseline_preview
from dashboard.components.prototype_view import Chart
from dashboard.components.signed import signed
from dashboard.components.wording import date, missing
from dashboard.theme import Theme
from pipelines.records import Body
from pipelines.records.kinds import BaselineAccepted
from pipelines.vocabulary import POINTS_ESTABLISHED, POINTS_FOR_LIMITS

WHY = "Why are these points a fair yardstick?"

MEANING = (
    f"Accepting says: these were ordinary times, and what comes later is held against them. It takes {POINTS_FOR_LIMITS} "
    f"points; from {POINTS_ESTABLISHED} on the range is established."
)


def show(chart: Chart, theme: Theme, key: str, *, narrow: bool, also: Sequence[Body] = ()) -> None:
    """Ask for the points, a reason and a name, and record them, with `also` what a meeting agreed on them."""
    st.html(f'<p class="muted flush">{MEANING}</p>')
    with st.container(key=f"{key}_asked", gap="small"):
        first, last = _days(chart, key)
        wrong = st.container(gap=None)
        reason = st.text_area(WHY, key=f"{key}_reason", max_chars=600, height=80).strip()
    if first is None or last is None:
        st.html('<p class="muted flush">Give both days.</p>')
        return
    series_id = str(chart.summary["series_id"])
    body = BaselineAccepted(series_id, first, last, reason)
    baseline_preview.show(chart, body, theme, key, narrow=narrow)
    with st.container(key=f"{key}_signed"):
        unsigned = st.container(gap=None)
        who = signed(f"{key}_accept")
    if not st.button("Accept this usual range", type="primary", key=f"{key}_accept"):
        return
    if not reason:
        wrong.html(form_saving.fault_html(f"Write one sentence: {WHY[:1].lower()}{WHY[1:]}"))
        return
    saved = form_saving.once(series_id, [body, *also], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {"reason": wrong, "who": unsigned}, wrong.html)


def _days(chart: Chart, key: str) -> tuple[dt.date | None, dt.date | None]:
    """Ask from when to when; the proposal stands ready."""
    row = chart.summary
    proposed = ("proposal_first_on", "proposal_last_on")
    if row["proposal"] != "accept_baseline":
        proposed = ("baseline_first_on", "baseline_last_on")
    ends = [None if missing(row[name]) else date(row[name]) for name in proposed]
    places = st.columns(2)
    labels = ("First day of the points", "Last day of the points")
    asked = [
        place.date_input(label, value=end, format="DD/MM/YYYY", key=f"{key}_{at}")
        for at, (place, label, end) in enumerate(zip(places, labels, ends, strict=True))
    ]
    return asked[0], asked[1]
