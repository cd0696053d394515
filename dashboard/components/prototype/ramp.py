"""The charts of a prototype with its cycles under their time axis: the ramp of PDSA cycles, and the stages it reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import chart_card, notices
from dashboard.components.baseline import panel as baseline_panel
from dashboard.components.baseline.panel import DECIDE
from dashboard.components.frame import Frame
from dashboard.components.prototype.story import Story
from dashboard.components.prototype_view import Chart
from dashboard.components.ribbon_strip import margins
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import capital, date, day
from dashboard.figures import ribbon
from dashboard.figures.axis import TimeAxis
from dashboard.theme import size_for

#: Heights of a row of bars and of discs, px.
BAR_ROW, DISC_ROW = 28, 22

#: How a cycle ended, as it stands at the end of its bar.
ENDS = {"adopt": "Adopt", "adapt": "Adapt", "abandon": "Abandon", "continue": "Continue"}


def show(frame: Frame, story: Story) -> None:
    """Draw every chart, what may be decided under each, and the ramp under the last."""
    view = story.view
    asked = st.query_params.get(DECIDE, "").partition("@")[0]
    narrow = is_narrow(seek=asked if asked.isidentifier() else None)
    if view.axis is None or not view.charts:
        notices.nothing_counted("this prototype")
        return
    old = _asks_old_lines(story)
    shared = view.shared_bracket()
    letters = [row["happened_on"] for row in story.annotations]
    for chart in view.charts:
        drawn = _with_flags(chart, [on for one in letters if (on := date(one))], old=old)
        chart_card.show_card(
            drawn,
            frame.theme,
            months=chart is view.charts[-1],
            narrow=narrow,
            own_bracket=chart.bracket != shared or chart is view.charts[0],
        )
        baseline_panel.show(frame.store, chart, frame.theme, narrow=narrow)
    place = st.container() if narrow else st.columns(chart_card.CHART_AND_WORDS, gap="medium")[0]
    with place:
        st.html(ramp_html(story, view.axis, narrow))


def _asks_old_lines(story: Story) -> bool:
    """Ask whether the lines before a rebase are shown; only where there was one."""
    if not any(chart.request.moves for chart in story.view.charts):
        return True
    return st.toggle("Show the old limits", value=True, key="old_lines")


def _with_flags(chart: Chart, days: Sequence[dt.date], *, old: bool) -> Chart:
    return replace(chart, request=replace(chart.request, flags=list(days), has_old_lines=old))


def ramp_html(story: Story, axis: TimeAxis, narrow: bool) -> str:
    """Return what happened under the time axis: stages reached, cycles with their ends, things noted."""
    rows = [_stages(story, axis), _cycles(story, axis), _notes(story, axis, size_for(narrow).plot_width)]
    top, parts = 0, []
    for name, marks, height in rows:
        if marks:
            parts.append(f'<span class="ramp-name" style="top:{top}px">{name}</span>')
            parts += [mark.replace("TOP", str(top)) for mark in marks]
            top += height
    if not parts:
        return ""
    return f'<div class="ribbon ramp" style="height:{top}px;{margins(narrow)}">{"".join(parts)}</div>'


def _stages(story: Story, axis: TimeAxis) -> tuple[str, list[str], int]:
    """Return the stages as bars from the day each was reached to the next one."""
    dated = [(on, row) for row in story.stages if (on := date(row["reached_on"])) is not None]
    marks = []
    for place, (on, row) in enumerate(dated):
        until = dated[place + 1][0] if place + 1 < len(dated) else axis.end.date()
        left, right = (min(max(axis.fraction(one), 0.0), 1.0) for one in (on, until))
        if right > left:
            words = capital(str(row["stage"]))
            style = f"left:{left:.4%};width:calc({right - left:.4%} - 2px);top:TOPpx"
            title = escape(f"{words} from {day(on, year=True)}")
            stopped = " stopped" if row["stage"] == "stopped" else ""
            marks.append(f'<span class="bar stage{stopped}" style="{style}" title="{title}">{words}</span>')
    return "Stage", marks, BAR_ROW


def _cycles(story: Story, axis: TimeAxis) -> tuple[str, list[str], int]:
    """Return the cycles as bars, each a step below the one it overlaps, with how it ended."""
    bars = ribbon.bars(story.view.cycles, axis)
    decided = story.view.decisions()
    marks = []
    for bar in bars:
        end = ENDS.get(decided.get(bar.cycle.cycle_id, ""), "not decided")
        number = bar.cycle.name.removeprefix("Cycle ")
        address = escape(context.link("cycle", cycle=bar.cycle.cycle_id))
        place = (
            f"left:{bar.left:.4%};width:calc({bar.width:.4%} - 2px);top:calc(TOPpx + {bar.row * BAR_ROW}px)"
        )
        title = escape(f"{bar.cycle.name}: {bar.cycle.question} {end}.")
        marks.append(
            f'<a class="bar" style="{place}" href="{address}" target="_self" title="{title}">'
            f'<b>{escape(number)}</b> <span class="end">{escape(end)}</span></a>'
        )
    return "Cycles", marks, BAR_ROW * (1 + max((bar.row for bar in bars), default=0))


def _notes(story: Story, axis: TimeAxis, width: int) -> tuple[str, list[str], int]:
    """Return the lettered discs of what happened; those too close for a plot of this width step down a row."""
    marks: list[str] = []
    rows: list[float] = []
    for letter, row in story.lettered():
        on = date(row["happened_on"])
        if on is None or not axis.holds(on):
            continue
        left = axis.fraction(on)
        line = ribbon.free_row(rows, left, width)
        place = f"left:{left:.4%};top:calc(TOPpx + {line * DISC_ROW}px)"
        title = escape(f"{day(on, year=True)}: {row['text']}")
        marks.append(f'<span class="disc letter" style="{place}" title="{title}">{letter}</span>')
    return "Noted", marks, DISC_ROW * max(len(rows), 1)
