"""Do our predictions hold, and are we missing by less: the left of the Learning page, in every state."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components.frame import Frame
from dashboard.components.learning.errors import WHAT, errors_html
from dashboard.components.learning.holds import beyond_words, holds_html, share_html
from dashboard.components.learning.tables import cycles_table
from dashboard.components.learning.view import ALL, LearningView
from dashboard.components.learning.words import bold_first, skill_words
from dashboard.components.wording import date, day

#: Cycles that a phone shows.
PHONE_CYCLES = 12

HOW = "Each mark is one closed cycle. Hatched: the range the group sealed, drawn the same height for all."

WHY_SEALED = (
    "Only a prediction that was sealed before the first test can show whether we knew: a file can be written after "
    "the result. Seal the next one on Plan a cycle, and it counts."
)


def show_predictions(frame: Frame, view: LearningView, *, narrow: bool) -> None:
    """Show whether predictions hold and whether we miss by less; or why neither can be shown."""
    parts = _nothing_scored(view) if not view.n_scored else _holds(view, narrow)
    st.html(f'<section class="learn"><h2>Do our predictions hold?</h2>{parts}{_stays_out(view)}</section>')
    if view.scored and view.calibration is not None:
        rows = view.scored[-PHONE_CYCLES:] if narrow else view.scored
        sentence = str(view.calibration["error_sentence"])
        chart = errors_html(rows, sentence, frame.theme, n_all=len(view.scored), narrow=narrow)
        st.html(
            f'<section class="learn next"><h2>Are we missing by less?</h2><p class="lead">{bold_first(sentence)}</p>'
            f'<p class="muted">{WHAT}{_last_ones(rows, view)}</p>{chart}{_numbers(view)}</section>'
        )


def _nothing_scored(view: LearningView) -> str:
    if not view.n_sealed:
        address = escape(context.link("plan"))
        return (
            '<p class="lead"><b>No prediction has been sealed yet.</b> A group seals one before the first test of a cycle: '
            f'what it expects, and between which two figures.</p><p><a href="{address}" target="_self">Plan a cycle</a></p>'
        )
    days = [on for row in view.waiting() if (on := date(row["predicted_for"])) is not None]
    first = f" The first falls due on {day(min(days), year=True)}." if days else ""
    sealed = "One prediction is sealed" if view.n_sealed == 1 else f"{view.n_sealed} predictions are sealed"
    return f'<p class="lead"><b>{sealed}; none has a result yet.</b>{first}</p>'


def _holds(view: LearningView, narrow: bool) -> str:
    calibration = view.calibration or {}
    sentence = str(calibration["sentence"])
    _, _, rest = sentence.partition(". ")
    held = f"{int(calibration['n_inside'])} of {view.n_scored} held."
    lead = f'<p class="lead"><b>{held}</b> {escape(rest or sentence)}</p>'
    total = ""
    if view.whose != ALL and view.total is not None:
        total = f'<p class="muted">All groups together: {escape(str(view.total["sentence"]))}</p>'
    rows = view.scored[-PHONE_CYCLES:] if narrow else view.scored
    picture = holds_html(rows, sentence) if rows else ""
    notes = " ".join(note for note in (beyond_words(rows), _without_width(view)) if note)
    told = f'<p class="muted">{notes}</p>' if notes else ""
    how = f'<p class="muted">{HOW}{_last_ones(rows, view)}</p>'
    skill = skill_words(calibration["mean_skill"])
    beside = f'<p class="muted">{escape(skill)}</p>' if skill else ""
    return f"{lead}{total}{how}{picture}{told}{share_html(calibration)}{beside}{_numbers(view)}"


def _last_ones(rows: Sequence[Any], view: LearningView) -> str:
    return f" The last {len(rows)} of {len(view.scored)}." if len(rows) < len(view.scored) else ""


def _without_width(view: LearningView) -> str:
    """Return how many scored predictions cannot be drawn, since their range is a single figure."""
    count = view.n_scored - len(view.scored)
    if not count:
        return ""
    what = "One range was" if count == 1 else f"{count} ranges were"
    return f"{what} a single figure: counted, and not drawn."


def _numbers(view: LearningView) -> str:
    if not view.scored:
        return ""
    return f'<div class="more"><details><summary>See the numbers</summary>{cycles_table(view.scored)}</details></div>'


def _stays_out(view: LearningView) -> str:
    """Return what is not scored and why: not yet due, or not sealed before the first test."""
    waiting, unsealed = len(view.waiting()), view.why_not_scored()
    parts = [f"<li>{escape(why)} <b>{count}</b></li>" for why, count in unsealed.items()]
    if waiting and view.n_scored:
        parts.insert(0, f"<li>Sealed, and without a result yet. <b>{waiting}</b></li>")
    if not parts:
        return ""
    total = sum(unsealed.values()) + (waiting if view.n_scored else 0)
    heading = (
        "1 prediction is not scored: why?" if total == 1 else f"{total} predictions are not scored: why?"
    )
    why = f"<p>{WHY_SEALED}</p>" if unsealed else ""
    return f'<details class="fold"><summary>{heading}</summary><ul class="stays-out">{"".join(parts)}</ul>{why}</details>'
