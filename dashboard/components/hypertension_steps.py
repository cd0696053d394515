"""Where people are lost: a bar for those who were there and one for those who came through, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.wording import capital, date, day, missing

Row = Mapping[str, Any]

HEADING = "<h2>Where are people lost?</h2>"

NOT_JOINED = "Counted by themselves: these are not the people of the step above."


def steps_html(steps: Sequence[Row]) -> str:
    """Return the steps; a step whose counts are missing says why.

    Parameters
    ----------
    steps
        Rows of theme_step, in order.
    """
    if not steps:
        told = "No share of people is counted here: a step needs those who were asked and those who came through."
        return f'<section class="steps">{HEADING}<p class="muted">{told}</p></section>'
    widest = max((float(step["n_before"]) for step in steps if not missing(step["n_before"])), default=0.0)
    rows = "".join(_step(step, widest, is_first=at == 0) for at, step in enumerate(steps))
    return f'<section class="steps">{HEADING}<p class="muted">{escape(_span(steps))}</p>{rows}</section>'


def _span(steps: Sequence[Row]) -> str:
    """Return what is counted and over which days."""
    firsts = [on for step in steps if (on := date(step["first_on"])) is not None]
    lasts = [on for step in steps if (on := date(step["last_on"])) is not None]
    days = f", {day(min(firsts))} to {day(max(lasts), year=True)}" if firsts else ""
    rounded = " Some counts are rounded." if any(step["from_rounded"] for step in steps) else ""
    return f"People{days}; % of the bar above.{rounded}"


def _step(step: Row, widest: float, is_first: bool) -> str:
    note = "" if is_first or step["joins_before"] else f'<p class="step-break">{NOT_JOINED}</p>'
    if missing(step["n_before"]):
        why = "small numbers are held back" if step["n_hidden"] else "nothing counted in these weeks"
        return f'{note}<div class="step"><b>{escape(str(step["label"]))}</b><span></span><span class="muted">{why}</span></div>'
    before, reached, lost = (float(step[name]) for name in ("n_before", "n_reached", "n_lost"))
    about = "about " if step["from_rounded"] else ""
    opening = ""
    if is_first or not step["joins_before"]:
        opening = _row(
            capital(str(step["of_label"])), _bar(before, 0.0, widest, ""), f"<b>{about}{before:,.0f}</b>", ""
        )
    largest = " largest" if step["is_largest"] else ""
    share = f"{reached / before * 100:.0f}%"
    lost_words = f'<span class="lost">{_lost_words(step, lost, about)}</span>'
    words = f'<b>{about}{reached:,.0f}</b> <span class="muted">{share}</span> {lost_words}'
    return f"{note}{opening}{_row(str(step['label']), _bar(reached, lost, widest, largest), words, largest)}"


def _lost_words(step: Row, lost: float, about: str) -> str:
    if not lost:
        return "nobody lost"
    most = ", the most of all" if step["is_largest"] else ""
    return f"{about}{lost:,.0f} lost here{most}"


def _row(label: str, bar: str, words: str, css: str) -> str:
    return f'<div class="step{css}"><span class="step-name">{escape(label)}</span>{bar}<span>{words}</span></div>'


def _bar(reached: float, lost: float, widest: float, css: str) -> str:
    """Return one bar: ink for those still there, an outlined box for those lost; words beside it say the same."""
    left, gone = (100 * part / widest if widest else 0.0 for part in (reached, lost))
    box = f'<i class="gone{css}" style="width:{gone:.1f}%"></i>' if lost else ""
    return f'<span class="step-bar" aria-hidden="true"><i style="width:{left:.1f}%"></i>{box}</span>'
