"""Moving a usual range from a day on: five questions, both versions side by side, a name and a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.components import form_saving
from dashboard.components.baseline import preview as baseline_preview
from dashboard.components.prototype_view import Chart
from dashboard.components.signed import signed
from dashboard.components.wording import count, date, day
from dashboard.theme import Theme
from pipelines.records import Body
from pipelines.records.kinds import RebaseAccepted
from pipelines.vocabulary import POINTS_FOR_LIMITS, POINTS_FOR_REBASE

#: The four questions that people answer; the fifth is answered from the data.
QUESTIONS = {
    "is_distinct": "Are the points since then distinctly different?",
    "is_reason_known": "Is the reason known?",
    "is_desirable_or_redefined": "Is the change wanted, or was the definition changed?",
    "is_expected_to_continue": "Is it expected to continue?",
}
YES, NO = "Yes", "No"

NO_MEANS = "A range is moved only where all four answers are yes. Leave it as it is, and look again later."


@dataclass(frozen=True)
class Answers:
    """The day, the four answers (None: not yet), and the points since."""

    from_on: dt.date | None
    given: dict[str, str | None]
    n_points: int

    @property
    def fault(self) -> str:
        """Return what is still in the way; empty where nothing is."""
        if self.from_on is None:
            return "Say from which day."
        if any(answer is None for answer in self.given.values()):
            return "Answer all four questions."
        if NO in self.given.values():
            return NO_MEANS
        if self.n_points < POINTS_FOR_REBASE:
            return f"{observed_words(self.n_points)} {count(POINTS_FOR_REBASE).capitalize()} are the fewest."
        return ""

    def body(self, series_id: str, reason: str) -> RebaseAccepted | None:
        """Return the decision; None as long as a day or an answer is missing."""
        if self.from_on is None or None in self.given.values():
            return None
        yes = {name: answer == YES for name, answer in self.given.items()}
        return RebaseAccepted(series_id, self.from_on, reason, **yes, n_points_observed=self.n_points)


def show(chart: Chart, theme: Theme, key: str, *, narrow: bool, also: Sequence[Body] = ()) -> None:
    """Ask everything that moving a usual range takes, and record it, with `also` what a meeting agreed on it."""
    summary = chart.summary
    with st.container(key=f"{key}_asked", gap="small"):
        asked = _ask(chart, key)
        wrong = st.container(gap=None)
        reason = st.text_area("What changed, and why?", key=f"{key}_reason", max_chars=600, height=80).strip()
    body = asked.body(str(summary["series_id"]), reason)
    if body is not None and not asked.fault:
        baseline_preview.show(chart, body, theme, key, narrow=narrow)
    with st.container(key=f"{key}_signed"):
        unsigned = st.container(gap=None)
        who = signed(f"{key}_move")
    if not st.button("Move the usual range", type="primary", key=f"{key}_move"):
        return
    fault = asked.fault or ("" if reason else "Write one sentence: what changed, and why?")
    if fault or body is None:
        wrong.html(form_saving.fault_html(fault))
        return
    saved = form_saving.once(str(summary["series_id"]), [body, *also], who)
    if saved.is_saved:
        st.rerun()
    places = {"reason": wrong, "from_on": wrong, "who": unsigned}
    form_saving.refused(saved, places, wrong.html)


def _ask(chart: Chart, key: str) -> Answers:
    summary = chart.summary
    proposed = date(summary["proposal_first_on"]) if summary["proposal"] == "rebase" else None
    from_on = st.date_input("From which day?", value=proposed, format="DD/MM/YYYY", key=f"{key}_from")
    given = {
        name: st.radio(question, (YES, NO), index=None, horizontal=True, key=f"{key}_{name}")
        for name, question in QUESTIONS.items()
    }
    n_points = points_since(chart, from_on)
    if from_on is not None:
        st.html(
            f'<p class="observed">Observed for {POINTS_FOR_LIMITS} points or more? '
            f"<b>{observed_words(n_points)}</b> Since {day(from_on, year=True)}, counted from the chart.</p>"
        )
    return Answers(from_on, given, n_points)


def points_since(chart: Chart, from_on: dt.date | None) -> int:
    """Return how many points of a chart begin on a day or later."""
    points = chart.request.points
    if from_on is None or points.empty:
        return 0
    is_point = points["value"].notna() & ~points["is_running"].astype(bool)
    days = pd.to_datetime(points.loc[is_point, "period_start"])
    return int((days >= pd.Timestamp(from_on)).sum())


def observed_words(n_points: int) -> str:
    """Return the answer to the fifth question."""
    counted = f"{count(n_points).capitalize()} point{'s' * (n_points != 1)}"
    if n_points >= POINTS_FOR_LIMITS:
        return f"Yes: {counted.lower()}."
    if n_points >= POINTS_FOR_REBASE:
        return f"Not yet: {counted.lower()}; a new range is provisional."
    return f"No: {counted.lower()}."
