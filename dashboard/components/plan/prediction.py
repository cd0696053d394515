"""The prediction of a plan: direction, value, the range one is 8 in 10 sure of, the day; and its picture."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.chart_card import plot
from dashboard.components.cycle.view import today
from dashboard.components.data_table import numbers_html, points_table
from dashboard.components.frame import Frame
from dashboard.components.plan.draft import Guess, stored
from dashboard.components.plan.view import Judged
from dashboard.components.prototype_view import POINTS_ARE
from dashboard.components.wording import date
from dashboard.figures.axis import time_axis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.control_chart import control_chart
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.prediction_words import span
from dashboard.theme import size_for
from pipelines.vocabulary import Direction

WAYS = {
    Direction.UP: "It goes up",
    Direction.DOWN: "It goes down",
    Direction.NO_CHANGE: "It stays about the same",
}

#: Weeks of points that the prediction is held against, on a desk and on a phone.
WEEKS, WEEKS_NARROW = 30, 16


def ask(places: dict[str, Any], judged: Judged, end: dt.date | None, key: str = "plan") -> Guess:
    """Ask for a prediction; shares are typed as per cent."""
    share = judged.style.is_share
    unit = ", per cent" if share else f", {judged.measure.unit}" if judged.measure.unit else ""
    places["direction"] = st.container(gap=None)
    way = st.radio(
        "Which way will it go?",
        list(WAYS),
        index=None,
        format_func=WAYS.__getitem__,
        key=f"{key}_way",
        horizontal=True,
    )
    places["value"] = st.container(gap=None)
    value = _number(f"We expect{unit}", f"{key}_value", judged.style)
    places["low"] = st.container(gap=None)
    left, right = st.columns(2, gap="medium")
    with left:
        low = _number("8 in 10 sure: from", f"{key}_low", judged.style)
    with right:
        high = _number("to", f"{key}_high", judged.style)
    places["predicted_for"] = st.container(gap=None)
    due = st.date_input(
        "On which day do you look at the result?",
        value=due_day(judged, end),
        min_value=today(),
        format="DD/MM/YYYY",
        key=f"{key}_due_{end}",
    )
    return Guess(way, stored(value, share), stored(low, share), stored(high, share), due)


def due_day(judged: Judged, end: dt.date | None) -> dt.date:
    """Return the day on which the result can be looked at: after Do, and after the days that the measure lags."""
    return max((end or today()) + dt.timedelta(days=judged.measure.lag_days + 1), today())


def _number(label: str, key: str, style: NumberStyle) -> float | None:
    typed: float | None = st.number_input(
        label,
        value=None,
        key=key,
        format="%g",
        min_value=0.0 if style.never_negative or style.is_share else None,
        max_value=100.0 if style.is_share else None,
        step=1.0,
    )
    return typed


def narrow_words(guess: Guess, usual_step: float | None, judged: Judged) -> str:
    """Return the warning on a range narrower than the series moves from point to point by itself; else nothing."""
    if usual_step is None or guess.low is None or guess.high is None or guess.high <= guess.low:
        return ""
    width = guess.high - guess.low
    if width >= usual_step:
        return ""
    one = (
        POINTS_ARE[judged.period][1]
        .replace("a ", "one ", 1)
        .replace("in four weeks", "one block of four weeks")
    )
    return (
        f"Your range is {_size(width, judged)} wide. From {one} to the next this measure usually moves by about "
        f"{_size(usual_step, judged)} all by itself: are you 8 in 10 sure?"
    )


def _size(amount: float, judged: Judged) -> str:
    if judged.style.is_share:
        points = f"{amount * 100:.0f}" if amount >= 0.01 else f"{amount * 100:.1f}"
        return f"{points} point{'s' * (points != '1')}"
    return judged.style.value_text(round(amount, 1))


def said(guess: Guess, style: NumberStyle) -> str:
    """Return a whole prediction in words: ``57%, 8 in 10 sure of 50 to 66%``; empty where something is missing."""
    if guess.value is None or guess.low is None or guess.high is None:
        return ""
    return f"{style.value_text(guess.value)}, 8 in 10 sure of {span(guess.low, guess.high, style)}"


def show_picture(
    frame: Frame, judged: Judged, guess: Guess, start: dt.date | None, end: dt.date | None, narrow: bool
) -> None:
    """Draw the prediction against the last points, as the chart of its measure will show it."""
    if start is None or guess.low is None or guess.high is None or guess.low >= guess.high:
        return
    words = f"You predict {said(guess, judged.style)}." if guess.value is not None else ""
    if judged.summary is None or judged.points.empty:
        st.html(f'<p class="said">{escape(words)} There is no point yet to hold it against.</p>')
        return
    measure_id = judged.measure.measure_id
    band = CycleBand("plan", "Plan", start, end, "", measure_id, guess.value, guess.low, guess.high)
    axis = time_axis([judged.points], [end or start], WEEKS_NARROW if narrow else WEEKS)
    if axis is None:
        return
    request = ChartRequest(judged.points.reset_index(drop=True), judged.summary, judged.style, axis, [band])
    figure = control_chart(request, frame.theme, size=size_for(narrow))
    plot(figure, request.alt(f"{judged.summary['sentence']} {words}"), "plan_picture")
    table = points_table(request.points, judged.style, judged.period, f"{judged.measure.name}, newest first")
    st.html(numbers_html(table))
    if (last := date(judged.points["period_end"].max())) is not None and start > last + dt.timedelta(
        weeks=12
    ):
        st.html('<p class="said">Testing begins too far ahead to be drawn beside the last points.</p>')
