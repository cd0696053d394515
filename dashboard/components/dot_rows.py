"""Rows of dots with intervals on one scale: a name, its dot, and the same in words. Hidden rows say so and have no dot.

The picture is HTML, so that every figure in it can be read, copied and spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis

SHARE = NumberStyle(is_share=True, never_negative=True)

#: Shares below this are written with one decimal: a tenth of them is a difference worth reading.
SMALL_SHARE = 0.1

#: Room beyond the outermost value, % of the picture, so that a dot at the edge is drawn whole.
MARGIN = 2.0


@dataclass(frozen=True)
class DotRow:
    """One row of the picture, in the unit of the scale.

    Attributes
    ----------
    name
        At the left.
    told
        Plain words at the right: the value, or why there is none.
    value, low, high
        The dot and its interval; None where there is none to draw.
    line
        What all together come to, drawn as a line through the row; None where unknown.
    band
        Between which values chance alone would leave it; drawn as a grey band.
    mark
        ``""`` an ordinary dot, ``fewer`` an orange diamond, ``hidden`` a dotted line.
    note
        Words after `told`, in the colour of the mark.
    hover
        The same in a sentence.
    begins
        Whether a kind of rows begins here: a little room stands above.
    """

    name: str
    told: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    line: float | None = None
    band: tuple[float, float] | None = None
    mark: str = ""
    note: str = ""
    hover: str = ""
    begins: bool = False

    def numbers(self) -> list[float | None]:
        """Everything of the row that the scale must hold."""
        return [self.value, self.low, self.high, self.line, *(self.band or ())]


def share_text(share: float) -> str:
    """Write a share of 0 to 1: 64%, and 6.6% where it is small."""
    per_cent = share * 100
    return f"{per_cent:.1f}%" if 0 < share < SMALL_SHARE else f"{per_cent:.0f}%"


def interval_text(low: float | None, high: float | None) -> str:
    """Write an interval of shares: 60 to 67%."""
    if low is None or high is None:
        return ""
    return f"{share_text(low).removesuffix('%')} to {share_text(high)}"


def rows_html(
    rows: Sequence[DotRow],
    label: str,
    style: NumberStyle = SHARE,
    scale: Sequence[float | None] = (),
    with_scale: bool = True,
    bars: bool = False,
) -> str:
    """Return the picture with its scale below.

    Parameters
    ----------
    rows
        In their order.
    label
        What the picture shows, for a reader who hears it.
    style
        How the scale is written.
    scale
        Further values that the scale must hold, so that pictures beside each other share it.
    with_scale
        Whether the labelled values stand below; of several pictures on one scale the last has them.
    bars
        Whether amounts are drawn as bars from 0, for whom a cut scale would make small differences look large.
    """
    held = [*(number for row in rows for number in row.numbers()), *scale, *([0.0] if bars else [])]
    axis = value_axis(held, style, most=6)
    items = "".join(_row(row, axis, bars) for row in rows)
    drawn = [*(row.value for row in rows), *scale]
    foot = _scale(axis) if with_scale and any(value is not None for value in drawn) else ""
    return f'<div class="dots-picture" role="group" aria-label="{escape(label)}"><ul class="dot-rows">{items}</ul>{foot}</div>'


def across(value: float, axis: ValueAxis) -> float:
    """Return where a value stands, % from the left; what lies beyond the scale stands at its end."""
    share = (value - axis.low) / (axis.high - axis.low)
    return MARGIN + min(max(share, 0.0), 1.0) * (100 - 2 * MARGIN)


def _row(row: DotRow, axis: ValueAxis, bars: bool) -> str:
    css = " ".join(part for part in (row.mark, "begins" if row.begins else "") if part)
    note = f" <em>{escape(row.note)}</em>" if row.note else ""
    hover = f' title="{escape(row.hover)}"' if row.hover else ""
    return (
        f'<li class="{css}"{hover}><span class="dot-name">{escape(row.name)}</span>{_track(row, axis, bars)}'
        f'<span class="dot-told"><b>{escape(row.told)}</b>{note}</span></li>'
    )


def _track(row: DotRow, axis: ValueAxis, bars: bool) -> str:
    parts = []
    if row.band is not None:
        low, high = (across(value, axis) for value in row.band)
        parts.append(f'<i class="band" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>')
    if row.line is not None:
        parts.append(f'<i class="line" style="left:{across(row.line, axis):.2f}%"></i>')
    if row.value is None:
        parts.append('<i class="held"></i>')
    else:
        if bars:
            begins, ends = sorted((across(0.0, axis), across(row.value, axis)))
            parts.append(f'<i class="bar" style="left:{begins:.2f}%;width:{ends - begins:.2f}%"></i>')
        if row.low is not None and row.high is not None:
            low, high = across(row.low, axis), across(row.high, axis)
            parts.append(f'<i class="whisker" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>')
        if not bars:
            parts.append(f'<i class="dot" style="left:{across(row.value, axis):.2f}%"></i>')
    return f'<span class="dot-track" aria-hidden="true">{"".join(parts)}</span>'


def _scale(axis: ValueAxis) -> str:
    ticks = "".join(
        f'<span style="left:{across(tick, axis):.2f}%">{escape(words)}</span>'
        for tick, words in zip(axis.ticks, axis.labels, strict=True)
    )
    return f'<div class="dot-scale" aria-hidden="true"><p>{ticks}</p></div>'
