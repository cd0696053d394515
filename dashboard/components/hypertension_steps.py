"""Where people are lost: an ink bar for those still here and a dashed box for those lost, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.components.data_table import table_html
from dashboard.components.dot_rows import interval_text, share_text
from dashboard.components.wording import capital, date, day, missing
from pipelines.vocabulary import CascadeStep

Row = Mapping[str, Any]

HEADING = "<h2>Where are people lost?</h2>"

NOT_JOINED = (
    "Counted by themselves: these are not the people of the step above. Bars below have a scale of their own."
)

#: Steps whose others are not lost: a reading in range is what everybody hopes for.
NOT_A_LOSS = (CascadeStep.RAISED,)


@dataclass(frozen=True)
class Block:
    """Steps drawn on one scale: of the same people, or of those who came through the one above."""

    steps: list[Row]
    opening: str
    widest: float


def steps_html(steps: Sequence[Row]) -> str:
    """Return the steps as bars with their table; a step whose counts are missing says why.

    Parameters
    ----------
    steps
        Rows of theme_step, in order.
    """
    if not steps:
        told = (
            "No share of people is counted here: a step needs those who were asked and those who came through. "
            "They come from cascade_counts.csv, or from a test log that counts both."
        )
        return f'<section class="steps">{HEADING}<p class="muted">{told}</p></section>'
    drawn = "".join(_block(block, at) for at, block in enumerate(blocks(steps)))
    leaks = "".join(
        f'<p class="leak">{escape(str(step["leak"]))}</p>' for step in steps if not _none(step, "leak")
    )
    return f'<section class="steps">{HEADING}<p class="muted">{escape(_span(steps))}</p>{drawn}{leaks}{_table(steps)}</section>'


def blocks(steps: Sequence[Row]) -> list[Block]:
    """Return the steps in blocks of one scale: a new one begins where other people are counted, or far fewer."""
    found: list[Block] = []
    for step in steps:
        is_raised = _is(step, NOT_A_LOSS)
        joins = bool(step["joins_before"]) or any(
            _same_people(step, other) for block in found[-1:] for other in block.steps
        )
        if found and joins and not is_raised:
            found[-1].steps.append(step)
            continue
        opening = "raised" if is_raised else "" if not found else "apart"
        found.append(Block([step], opening, 0.0))
    return [Block(block.steps, block.opening, _widest(block)) for block in found]


def _same_people(step: Row, other: Row) -> bool:
    return bool(
        step["of_label"] == other["of_label"]
        and not missing(step["n_before"])
        and step["n_before"] == other["n_before"]
    )


def _widest(block: Block) -> float:
    """Return what the longest bar of a block stands for."""
    name = "n_reached" if block.opening == "raised" else "n_before"
    return max((float(step[name]) for step in block.steps if not missing(step[name])), default=0.0)


def _is(step: Row, kinds: Sequence[str]) -> bool:
    return step.get("step") in kinds


def _none(step: Row, name: str) -> bool:
    return missing(step.get(name))


def _span(steps: Sequence[Row]) -> str:
    """Return what is counted and over which days."""
    firsts = [on for step in steps if (on := date(step["first_on"])) is not None]
    lasts = [on for step in steps if (on := date(step["last_on"])) is not None]
    days = f", {day(min(firsts))} to {day(max(lasts), year=True)}" if firsts else ""
    rounded = " Some counts are rounded." if any(step["from_rounded"] for step in steps) else ""
    return f"People{days}; % of the step before. Dashed: lost at this step.{rounded}"


def _block(block: Block, at: int) -> str:
    opens = _opening(block, is_first=at == 0)
    return opens + "".join(_step(step, block) for step in block.steps)


def _opening(block: Block, is_first: bool) -> str:
    """Return the rule above a block, said in words, and the bar of those whom it begins with."""
    first = block.steps[0]
    about = _about(first)
    if block.opening == "raised":
        if missing(first["n_before"]):
            return '<p class="step-break">Bars below have a scale of their own.</p>'
        told = (
            f"Of {about}{float(first['n_before']):,.0f}, {about}{float(first['n_reached']):,.0f} had a raised reading; "
            "a reading in range is no loss. Bars below are drawn larger."
        )
        return f'<p class="step-break">{escape(told)}</p>'
    rule = "" if is_first else f'<p class="step-break">{NOT_JOINED}</p>'
    if missing(first["n_before"]):
        return rule
    before = float(first["n_before"])
    return rule + _row(
        capital(str(first["of_label"])),
        _bar(before, 0.0, block.widest, ""),
        f"<b>{about}{before:,.0f}</b>",
        "",
    )


def _about(step: Row) -> str:
    return "about " if step["from_rounded"] else ""


def _step(step: Row, block: Block) -> str:
    label = str(step["label"])
    if missing(step["n_before"]):
        why = "* held back" if step["n_hidden"] else "nothing counted in these weeks"
        return _row(
            label,
            '<span class="step-bar none" aria-hidden="true"></span>',
            f'<span class="muted">{why}</span>',
            "",
        )
    reached, lost = float(step["n_reached"]), float(step["n_lost"] or 0)
    if _is(step, NOT_A_LOSS):
        return _row(label, _bar(reached, 0.0, block.widest, ""), _reached(step), "", _hover(step))
    largest = " largest" if step["is_largest"] else ""
    words = f"{_reached(step)} {_lost(step, lost)}"
    return _row(label, _bar(reached, lost, block.widest, largest), words, largest, _hover(step))


def _reached(step: Row) -> str:
    share = (
        share_text(float(step["n_reached"]) / float(step["n_before"]))
        if _none(step, "share")
        else share_text(float(step["share"]))
    )
    return f'<b>{_about(step)}{float(step["n_reached"]):,.0f}</b> <span class="muted">{share}</span>'


def _lost(step: Row, lost: float) -> str:
    told = f"{_about(step)}{lost:,.0f} lost here" if lost else "nobody lost"
    if step["is_largest"]:
        told += ", the most of all"
    if not _none(step, "n_not_due") and float(step["n_not_due"]):
        told += f"; {float(step['n_not_due']):,.0f} more not yet due"
    return f'<span class="lost">{escape(told)}</span>'


def _hover(step: Row) -> str:
    """Return a step in a sentence: the words under the pointer."""
    told = f"{step['label']}: {_about(step)}{float(step['n_reached']):,.0f} of {float(step['n_before']):,.0f} {step['of_label']}"
    between = _interval(step)
    return f"{told}; 95% interval {between}" if between else told


def _interval(step: Row) -> str:
    if _none(step, "lower_95") or _none(step, "upper_95"):
        return ""
    return interval_text(float(step["lower_95"]), float(step["upper_95"]))


def _row(label: str, bar: str, words: str, css: str, hover: str = "") -> str:
    told = f' title="{escape(hover)}"' if hover else ""
    return f'<div class="step{css}"{told}><span class="step-name">{escape(label)}</span>{bar}<span>{words}</span></div>'


def _bar(reached: float, lost: float, widest: float, css: str) -> str:
    """Return one bar: ink for those still there, an outlined box for those lost; words beside it say the same."""
    left, gone = (100 * part / widest if widest else 0.0 for part in (reached, lost))
    box = f'<i class="gone{css}" style="width:{gone:.1f}%"></i>' if lost else ""
    return f'<span class="step-bar" aria-hidden="true"><i style="width:{left:.1f}%"></i>{box}</span>'


def _table(steps: Sequence[Row]) -> str:
    """Return the same figures as a table; what is held back above is held back here."""
    head = ["Step", "Of", "Came through", "%", "95% interval", "Lost", "Not yet due", "All places, %"]
    told = table_html(head, [_cells(step) for step in steps], "Steps of the last twelve weeks")
    return f'<div class="more"><details><summary>See the numbers</summary>{told}</details></div>'


def _cells(step: Row) -> list[str]:
    if missing(step["n_before"]):
        why = "held back" if step["n_hidden"] else "nothing counted"
        return [str(step["label"]), str(step["of_label"]), why, "", "", "", "", ""]
    is_lost = not _is(step, NOT_A_LOSS)
    return [
        str(step["label"]),
        f"{float(step['n_before']):,.0f} {step['of_label']}",
        f"{float(step['n_reached']):,.0f}",
        "" if _none(step, "share") else share_text(float(step["share"])),
        _interval(step),
        f"{float(step['n_lost'] or 0):,.0f}" if is_lost else "not a loss",
        "" if _none(step, "n_not_due") else f"{float(step['n_not_due']):,.0f}",
        "" if _none(step, "pooled_share") else share_text(float(step["pooled_share"])),
    ]
