"""The ribbon above the charts as HTML: cycle bars that lead to their page, numbered flags, the baseline's bracket."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard import context
from dashboard.components.wording import day
from dashboard.figures import ribbon
from dashboard.figures.axis import TimeAxis
from dashboard.figures.cycle_band import CycleBand
from dashboard.theme import size_for

#: Heights of the rows of flags, bars and the bracket, px.
FLAG_ROW, BAR_ROW, BRACKET_ROW = 20, 26, 24

#: Room above a bracket that stands alone, so that it does not touch the choice of weeks.
BARE_TOP = 8

#: Share of the plot from which the words of a bracket are written to its left.
MIDDLE = 0.4


def ribbon_html(
    cycles: Sequence[CycleBand], axis: TimeAxis, bracket: ribbon.Bracket | None, narrow: bool
) -> str:
    """Return the ribbon of a prototype; empty where it has neither cycle nor baseline in view."""
    bars = ribbon.bars(cycles, axis)
    flags = ribbon.flags(cycles, axis, size_for(narrow).plot_width)
    if not bars and not flags and bracket is None:
        return ""
    top = FLAG_ROW * (1 + max((flag.row for flag in flags), default=-1))
    bottom = top + BAR_ROW * (1 + max((bar.row for bar in bars), default=-1))
    bottom = bottom or BARE_TOP
    height = bottom + (BRACKET_ROW if bracket else 0)
    parts = [_bar(bar, top) for bar in bars]
    parts += [_flag(flag, height) for flag in flags]
    parts += [_bracket(bracket, bottom)] if bracket else []
    return f'<div class="ribbon" style="height:{height}px;{margins(narrow)}">{"".join(parts)}</div>'


def bracket_html(bracket: ribbon.Bracket, narrow: bool) -> str:
    """Return the bracket of one chart, where charts of a prototype were set by different points."""
    return f'<div class="ribbon" style="height:{BRACKET_ROW + 4}px;{margins(narrow)}">{_bracket(bracket, 4)}</div>'


def margins(narrow: bool) -> str:
    """Return the style that puts a strip over the plots of the charts below it."""
    size = size_for(narrow)
    return f"margin:0 {size.right}px 0 {size.left}px"


def overlap_words(cycles: Sequence[CycleBand]) -> str:
    """Return the sentence on cycles that overlap, or nothing."""
    return " ".join(
        f"{first.name} and {second.name[:1].lower()}{second.name[1:]} overlap: their effects cannot be told apart."
        for first, second in ribbon.overlaps(cycles)
    )


def _bar(bar: ribbon.Bar, top: int) -> str:
    address = escape(context.link("cycle", cycle=bar.cycle.cycle_id))
    place = f"left:{bar.left:.4%};width:calc({bar.width:.4%} - 1px);top:{top + bar.row * BAR_ROW}px"
    title = escape(f"{bar.cycle.name}: {bar.cycle.question}")
    return f'<a class="bar" style="{place}" href="{address}" target="_self" title="{title}">{escape(bar.cycle.name)}</a>'


def _flag(flag: ribbon.Flag, height: int) -> str:
    top = flag.row * FLAG_ROW
    words = escape(f"{flag.number}: {flag.cycle.name} begins {day(flag.day)}")
    stem = f'<span class="stem" style="left:{flag.left:.4%};top:{top + 17}px;height:{height - top - 17}px"></span>'
    return f'{stem}<span class="disc" style="left:{flag.left:.4%};top:{top}px" title="{words}">{flag.number}</span>'


def _bracket(bracket: ribbon.Bracket, top: int) -> str:
    bar = f'<span class="brace" style="left:{bracket.left:.4%};width:{bracket.width:.4%};top:{top + 16}px"></span>'
    # Words that begin in the right half end with their bracket, so that they stay on the page.
    at = (
        f"left:{bracket.left:.4%}"
        if bracket.left < MIDDLE
        else f"right:{1 - bracket.left - bracket.width:.4%}"
    )
    return f'{bar}<span class="brace-words" style="{at};top:{top - 2}px">{escape(bracket.words)}</span>'
