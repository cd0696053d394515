"""Where people are lost: an ink bar for those still here and a dashed box for those lost, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.components.dot_rows import share_text
from dashboard.components.held_back import why_html
from dashboard.components.hypertension.step_numbers import due, interval, is_none, not_due, numbers_html
from dashboard.components.wording import capital, date, day, missing
from pipelines.vocabulary import CascadeStep

Row = Mapping[str, Any]

HEADING = "<h2>Where are people lost?</h2>"

#: What stands at the rule above people who are not those of the step before, and above bars of another scale.
NOT_JOINED = "Counted by themselves: these are not the people of the step above."
OWN_SCALE = "Bars below have a scale of their own."

NOT_COUNTED = (
    "No share of people is counted here: a step needs those who were asked and those who came through. They come from "
    "cascade_counts.csv, or from a test log that counts both."
)

#: What not coming through means, step by step; elsewhere people are lost here.
LOST = {
    CascadeStep.MEASURED: "not measured",
    CascadeStep.CONFIRMATION_OFFERED: "not offered it",
    CascadeStep.CONFIRMED: "overdue, or found in range",
    CascadeStep.ON_REGISTER: "expected, and not on the register",
    CascadeStep.TREATED: "not treated",
    CascadeStep.READ_IN_12_MONTHS: "no reading recorded",
    CascadeStep.TO_TARGET: "read, and not to target",
}

#: A block of other people keeps the scale above it where its longest bar is at least this part of that scale.
SHARES_A_SCALE = 0.1


@dataclass(frozen=True)
class Block:
    """Steps drawn on one scale: of the same people, or of those who came through the one above.

    Attributes
    ----------
    steps
        Rows of theme_step.
    opening
        ``""`` the first, ``raised`` those with a raised reading among the measured, ``apart`` other people.
    scale
        People that a bar of full width stands for.
    is_new_scale
        Whether that differs from the block above.
    """

    steps: list[Row]
    opening: str
    scale: float
    is_new_scale: bool


def steps_html(rows: Sequence[Row]) -> str:
    """Return the steps as bars with their table; a step whose counts are missing says why.

    Parameters
    ----------
    rows
        Of theme_step, in order. Where some are steps of the cascade, only these are drawn: the others are no chain.
    """
    if not rows:
        return f'<section class="steps">{HEADING}<p class="muted">{NOT_COUNTED}</p></section>'
    steps = [row for row in rows if not is_none(row, "step")] or list(rows)
    drawn = "".join(_block(block) for block in blocks(steps))
    leaks = "".join(f'<p class="leak">{_leak(step)}</p>' for step in steps if not is_none(step, "leak"))
    why = why_html(step.get("why_hidden") for step in steps if missing(step["n_before"]))
    lead = f'<p class="muted">{escape(_span(steps))}</p>'
    return f'<section class="steps">{HEADING}{lead}{drawn}{leaks}{why}{numbers_html(rows)}</section>'


def _leak(step: Row) -> str:
    return f"<b>{escape(str(step['label']))}.</b> {escape(str(step['leak']))}"


def blocks(steps: Sequence[Row]) -> list[Block]:
    """Return the steps in blocks of one scale: a new one begins where other people are counted, or far fewer."""
    parted: list[tuple[str, list[Row]]] = []
    for step in steps:
        is_raised = _is(step, CascadeStep.RAISED)
        joins = step["joins_before"] or (parted and any(_same_people(step, other) for other in parted[-1][1]))
        if parted and joins and not is_raised:
            parted[-1][1].append(step)
        else:
            parted.append(("raised" if is_raised and parted else "apart" if parted else "", [step]))
    found: list[Block] = []
    for opening, held in parted:
        widest, above = _widest(opening, held), found[-1].scale if found else 0.0
        keeps = opening == "apart" and SHARES_A_SCALE * above <= widest <= above
        found.append(Block(held, opening, above if keeps else widest, bool(found) and not keeps))
    return found


def _same_people(step: Row, other: Row) -> bool:
    is_known = not missing(step["n_before"]) and step["n_before"] == other["n_before"]
    return bool(is_known and step["of_label"] == other["of_label"])


def _widest(opening: str, steps: Sequence[Row]) -> float:
    """Return what the longest bar of a block stands for: of those raised only they themselves are drawn."""
    first, *others = steps
    held = [first["n_reached" if opening == "raised" else "n_before"], *(step["n_before"] for step in others)]
    return max((float(number) for number in held if not missing(number)), default=0.0)


def _is(step: Row, kind: CascadeStep) -> bool:
    return bool(step.get("step") == kind)


def _span(steps: Sequence[Row]) -> str:
    """Return what is counted and over which days: of the first step that is known; others say theirs where they differ."""
    first = next((step for step in steps if date(step["first_on"]) is not None), None)
    days = "" if first is None else f", {_days(first)}"
    rounded = " Some counts are rounded." if any(step["from_rounded"] for step in steps) else ""
    return f"People{days}; % of the step before. Dashed: lost at this step.{rounded}"


def _days(step: Row) -> str:
    """Return the time that a step speaks of: whole months as months, else its first and last day."""
    begins, ends = date(step["first_on"]), date(step["last_on"])
    if begins is None or ends is None:
        return ""
    is_whole = begins.day == 1 and (ends + dt.timedelta(days=1)).day == 1
    if is_whole and (begins.year, begins.month) == (ends.year, ends.month):
        return f"{ends:%B %Y}"
    year = f" {begins.year}" if begins.year != ends.year else ""
    return (
        f"{begins:%B}{year} to {ends:%B %Y}" if is_whole else f"{day(begins)}{year} to {day(ends, year=True)}"
    )


def _block(block: Block) -> str:
    first = block.steps[0]
    return _opening(block) + "".join(_step(step, block, _months(step, first)) for step in block.steps)


def _months(step: Row, first: Row) -> str:
    """Return the time that a step speaks of where it is not that of the step that its bars begin with."""
    times = [(date(one["first_on"]), date(one["last_on"])) for one in (step, first)]
    return "" if times[0] == times[1] else _days(step)


def _opening(block: Block) -> str:
    """Return the rule above a block, said in words, and the bar of those whom it begins with."""
    first = block.steps[0]
    told = [OWN_SCALE] if block.is_new_scale else []
    if block.opening == "raised" and not missing(first["n_before"]):
        before, raised = (f"{_about(first)}{float(first[name]):,.0f}" for name in ("n_before", "n_reached"))
        told = [
            f"Of {before}, {raised} had a raised reading; a reading in range is no loss. Bars below are drawn larger."
        ]
    elif block.opening == "apart":
        told = [NOT_JOINED, *([f"{_days(first)}."] if _days(first) else []), *told]
    rule = f'<p class="step-break">{escape(" ".join(told))}</p>' if block.opening else ""
    if block.opening == "raised" or missing(first["n_before"]):
        return rule
    number = float(first["n_before"])
    words = f"<b>{_about(first)}{number:,.0f}</b>"
    return rule + _row(capital(str(first["of_label"])), _bar([(number, "here")], block.scale), words, "")


def _about(step: Row) -> str:
    return "about " if step["from_rounded"] else ""


def _step(step: Row, block: Block, months: str) -> str:
    label = str(step["label"])
    if missing(step["n_before"]):
        why = "* held back" if step["n_hidden"] else "nothing counted in these weeks"
        return _row(
            label,
            '<span class="step-bar none" aria-hidden="true"></span>',
            f'<span class="muted">{why}</span>',
            "",
        )
    parts = [(float(step["n_reached"]), "here")]
    if not missing(step["n_lost"]):
        largest = " largest" if step["is_largest"] else ""
        parts += [(float(step["n_lost"]), f"gone{largest}"), (not_due(step), "later")]
    css = " largest" if step["is_largest"] else ""
    said = f'<span class="muted">{escape(months)}</span>' if months else ""
    return _row(label, _bar(parts, block.scale), f"{_reached(step)} {_lost(step)} {said}", css, _hover(step))


def _reached(step: Row) -> str:
    share = (
        "" if is_none(step, "share") else f' <span class="muted">{share_text(float(step["share"]))}</span>'
    )
    return f"<b>{_about(step)}{float(step['n_reached']):,.0f}</b>{share}"


def _lost(step: Row) -> str:
    """Return how many did not come through, and how many have time left; nothing where not coming through is no loss."""
    if missing(step["n_lost"]):
        return ""
    lost = float(step["n_lost"])
    what = LOST.get(CascadeStep(step["step"]), "") if not is_none(step, "step") else "lost here"
    told = f"{_about(step)}{lost:,.0f} {what}" if lost else "nobody lost"
    if step["is_largest"]:
        told += ", the most of all" if is_none(step, "step") else ": the biggest loss"
    later = f'<span class="later">{not_due(step):,.0f} more not yet due</span>' if not_due(step) else ""
    return f'<span class="lost">{escape(told)}</span> {later}'.rstrip()


def _hover(step: Row) -> str:
    """Return a step in a sentence: the words under the pointer."""
    told = f"{step['label']}: {_about(step)}{float(step['n_reached']):,.0f} of {due(step):,.0f} {step['of_label']}"
    between = interval(step)
    return f"{told}; 95% interval {between}" if between else told


def _row(label: str, bar: str, words: str, css: str, hover: str = "") -> str:
    told = f' title="{escape(hover)}"' if hover else ""
    return f'<div class="step{css}"{told}><span class="step-name">{escape(label)}</span>{bar}<span>{words}</span></div>'


def _bar(parts: Sequence[tuple[float, str]], scale: float) -> str:
    """Return one bar: ink for those still there, boxes for those lost and for those with time left; words beside say the same."""
    drawn = "".join(
        f'<i class="{css}" style="width:{100 * number / scale:.1f}%"></i>'
        for number, css in parts
        if number and scale
    )
    return f'<span class="step-bar" aria-hidden="true">{drawn}</span>'
