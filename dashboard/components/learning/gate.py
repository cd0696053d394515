"""Ready to scale? One rule a row with its answer and what that rests on; never a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.icons import image
from dashboard.components.learning.words import bold_first
from dashboard.components.plain_text import shown
from dashboard.theme import Theme

Row = Mapping[str, Any]

FOOT = "Every rule must say yes. Nothing is added up into a score; “cannot yet tell” never counts as yes."

NOTHING = "Nothing is counted for this idea yet. The rules look at its charts and its cycles."

ONE_IDEA = "The answers are for the idea, wherever it is tried: prototypes of one theme share them."

#: Strokes of the three answers in a box of 24 units; the words beside them say the same.
TICK = '<path d="M7 12.5l3.5 3.5L17 9" fill="none" stroke="{on}" stroke-width="2.6"/>'
CROSS = '<path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="{on}" stroke-width="2.8"/>'
QUESTION = (
    '<path d="M9.2 9.8a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1.1-1.5 2.1" fill="none" stroke="{ink}" stroke-width="1.7"/>'
    '<circle cx="12" cy="16.8" r="1.1" fill="{ink}"/>'
)


def answer_icon(answer: str, theme: Theme) -> str:
    """Return the icon of an answer: disc with a tick, square with a cross, dashed ring with a question mark."""
    if answer == "yes":
        inside = f'<circle cx="12" cy="12" r="11" fill="{theme.data}"/>{TICK.format(on=theme.page)}'
    elif answer == "no":
        inside = f'<rect x="1" y="1" width="22" height="22" fill="{theme.concern}"/>{CROSS.format(on=theme.on_colour)}'
    else:
        ring = f'fill="none" stroke="{theme.muted}" stroke-width="1.7" stroke-dasharray="3.2 2.6"'
        inside = f'<circle cx="12" cy="12" r="10.5" {ring}/>{QUESTION.format(ink=theme.muted)}'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inside}</svg>'
    return image(svg, "", "answer-icon")


def gate_html(name: str, address: str, rules: Sequence[Row], theme: Theme) -> str:
    """Return the gate of one prototype.

    Parameters
    ----------
    name, address
        Of the prototype, and of its page.
    rules
        Rows of gate in order; none: nothing is charted for it.
    theme
        Colours.
    """
    link = f'<a href="{escape(address)}" target="_self">{escape(shown(name))}</a>'
    heading = f"<h2>Ready to scale? {link}</h2>"
    if not rules:
        return f'<section class="learn">{heading}<p class="lead">{NOTHING}</p></section>'
    body = "".join(_rule(row, theme) for row in rules)
    return (
        f'<section class="learn">{heading}<p class="lead">{bold_first(str(rules[0]["sentence"]))}</p>'
        f'<ul class="gate">{body}</ul><p class="muted">{FOOT} {ONE_IDEA}</p></section>'
    )


def _rule(row: Row, theme: Theme) -> str:
    answer = str(row["answer"])
    words = answer[:1].upper() + answer[1:]
    return (
        f'<li>{answer_icon(answer, theme)}<b class="rule">{escape(str(row["label"]))}</b>'
        f'<span class="evidence">{escape(str(row["evidence"]))}</span><b class="answer">{escape(words)}</b></li>'
    )
