"""What a group learned from a cycle and what it decided, as recorded. Nothing is chosen for them."""

from __future__ import annotations

from html import escape

from dashboard.components.cycle_view import CycleView
from dashboard.components.wording import day, missing
from pipelines.vocabulary import Decision

MEANING = {
    Decision.ADOPT: ("Adopt", "Keep it, and make it the usual way here"),
    Decision.ADAPT: ("Adapt", "Change one thing and test again"),
    Decision.ABANDON: ("Abandon", "Stop, and write down why"),
}

#: Stands with the three only where it was recorded: it puts the decision off.
CONTINUE = {Decision.CONTINUE: ("Continue", "Test on as it is, and decide later")}


def learning_html(view: CycleView) -> str:
    """Return what was learned, in the group's words; where nothing was filed, the two questions to answer."""
    text = view.filed["learning"]
    if missing(text) or not str(text).strip():
        told = (
            '<p class="muted">Nothing is recorded yet. What surprised us? What would we do differently? Write it under '
            "<b>learning</b> in cycles.csv.</p>"
        )
    else:
        told = f'<blockquote class="learned">{escape(str(text))}</blockquote>'
    return f'<section class="aside"><h2>What we learned</h2>{told}</section>'


def decision_html(view: CycleView) -> str:
    """Return the three choices in one size, the recorded one marked; before that, none."""
    decided = view.filed["decision"]
    chosen = None if missing(decided) else str(decided)
    shown = MEANING | CONTINUE if chosen == Decision.CONTINUE else MEANING
    mark = ' class="chosen" aria-current="true"'
    options = "".join(
        f'<li{mark if word == chosen else ""}><span class="dot"></span><span><b>{name}</b>{meaning}</span></li>'
        for word, (name, meaning) in shown.items()
    )
    return f'<section class="aside"><h2>Decide</h2><ul class="choices">{options}</ul>{_told(view, chosen)}</section>'


def _told(view: CycleView, chosen: str | None) -> str:
    if chosen is None:
        return (
            '<p class="muted">Not decided yet. The verdict does not choose for the group. Record the decision under '
            "<b>decision</b> and <b>decided_on</b> in cycles.csv.</p>"
        )
    on = view.filed["decided_on"]
    when = "" if missing(on) else f", {day(on, year=True)}"
    name = (MEANING | CONTINUE)[Decision(chosen)][0]
    return f'<p class="recorded"><b>Recorded: {name.lower()}</b>{when}.</p>'
