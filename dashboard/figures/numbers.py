"""How values are written on charts, and where the value axis puts its three or four labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Steps that people count in; an axis takes the finest that leaves four labels or fewer.
STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)

MOST_LABELS = 4

#: Room beyond the outer labels, as a share of the axis, so that a line at its very end keeps its full width.
EDGE = 0.025

#: Kinds of measure whose values are shares of 0 to 1.
SHARES = ("proportion", "p", "pp")

#: Kinds of measure whose axis begins at 0: counts, rates, and what lies between events.
FROM_ZERO = ("count", "c", "rate", "u", "up", "time_between", "t", "opportunities_between", "g")


@dataclass(frozen=True)
class NumberStyle:
    """How one measure's values are written.

    Parameters
    ----------
    is_share
        Values are 0 to 1 and written as per cent.
    starts_at_zero
        The axis begins at 0: counts, where a cut axis would make small changes look large.
    never_negative
        A value below 0 cannot be: lines are drawn and written from 0 up.
    """

    is_share: bool = False
    starts_at_zero: bool = False
    never_negative: bool = False

    @classmethod
    def of(cls, kind: str, never_negative: bool = False) -> NumberStyle:
        """Return the style of a measure's `kind` (a data type or a chart kind); shares and counts have no minus."""
        from_zero = kind in FROM_ZERO
        return cls(kind in SHARES, from_zero, never_negative or from_zero or kind in SHARES)

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> NumberStyle:
        """Return the style of a row that tells of its measure: `data_kind`, `counts` and `never_negative`."""
        counts = row["counts"]
        counted = isinstance(counts, str) and bool(counts)
        return cls.of(str(row["data_kind"]), counted or bool(row["never_negative"]))

    def text(self, value: float | None) -> str:
        """Write a value: 63%, 1,240, 5.2; an empty text where it is missing."""
        if value is None or math.isnan(value):
            return ""
        if self.is_share:
            return f"{value * 100:.0f}%"
        if 0 < abs(value) < 1:
            return small_text(value)
        return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 10 else f"{value:,.1f}"

    def value_text(self, value: float | None) -> str:
        """Write a measured value; single decimals are kept up to 100, as in the sentence below the chart."""
        if value is None or math.isnan(value) or self.is_share or not 1 <= abs(value) < 100:
            return self.text(value)
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"

    def apart(self, one: float, other: float) -> tuple[str, str]:
        """Write two values so that they read as they differ: decimals are added until they do, three at most."""
        scale, unit = (100.0, "%") if self.is_share else (1.0, "")
        told = self.value_text(one), self.value_text(other)
        for places in range(1, 4):
            if one == other or told[0] != told[1]:
                break
            told = f"{one * scale:,.{places}f}{unit}", f"{other * scale:,.{places}f}{unit}"
        return told

    def change_text(self, change: float, scale: str) -> str:
        """Write a change with its sign: ``+20 points`` of a share, ``-3.1`` of a value, ``+12%`` where it is a ratio.

        Parameters
        ----------
        change
            A difference in the measure's stored unit, or a ratio.
        scale
            ``difference`` or ``ratio``.
        """
        if scale == "ratio":
            return f"{(change - 1) * 100:+.0f}%"
        if self.is_share:
            return f"{change * 100:+.{0 if abs(change) >= 0.0095 else 1}f} points"
        return f"{change:+,.0f}" if abs(change) >= 100 else f"{change:+,.1f}"

    def clip(self, value: float) -> float:
        """Clip a limit to what can happen; for drawing only, the stored limit stays as it is."""
        if self.is_share:
            return min(max(value, 0.0), 1.0)
        return max(value, 0.0) if self.never_negative else value


def small_text(value: float) -> str:
    """Write a value between -1 and 1 with two figures that say something: a rate of 0.0099 is no 0.0."""
    places = 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{places}f}".rstrip("0")


@dataclass(frozen=True)
class ValueAxis:
    """The value axis: its two ends and its three or four labelled values, in the measure's stored unit."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]


def value_axis(values: Iterable[float | None], style: NumberStyle, most: int = MOST_LABELS) -> ValueAxis:
    """Return an axis that holds every value, with three to `most` labels.

    Parameters
    ----------
    values
        Everything drawn: points, clipped limits, targets, predictions. None and nan are left out.
    style
        The measure's way of writing; shares never run past 100 %.
    most
        Most labels.
    """
    held = [float(value) for value in values if value is not None and not math.isnan(value)]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    if style.starts_at_zero:
        low = min(low, 0.0)
    if high == low:
        room = 0.1 if style.is_share else max(abs(high) * 0.2, 1.0)
        low, high = low - room, high + room
        low = max(low, 0.0) if held and min(held) >= 0 else low
        high = min(high, 1.0) if style.is_share else high
    ticks = _ticks(low, high, style, most)
    edge = EDGE * (ticks[-1] - ticks[0])
    labels = tuple(_label(tick, ticks, style) for tick in ticks)
    return ValueAxis(ticks[0] - edge, ticks[-1] + edge, ticks, labels)


def _ticks(low: float, high: float, style: NumberStyle, most: int) -> tuple[float, ...]:
    power = math.floor(math.log10((high - low) / most))
    candidates = [step * 10.0**exponent for exponent in range(power - 1, power + 4) for step in STEPS]
    for step in candidates:
        if style.starts_at_zero and (step < 1 or not float(step).is_integer()):
            continue
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 > most or (style.is_share and last * step > 1 + 1e-9):
            continue
        last = max(last, first + 2) if not style.is_share or (first + 2) * step <= 1 + 1e-9 else last
        return tuple(round(index * step, 10) for index in range(first, last + 1))
    return (low, (low + high) / 2, high)


def _label(tick: float, ticks: tuple[float, ...], style: NumberStyle) -> str:
    """Write a tick with as few decimals as keep every tick of the axis exact."""
    scale, unit = (100.0, "%") if style.is_share else (1.0, "")
    places = next(
        p for p in (0, 1, 2, 3) if p == 3 or all(abs(t * scale - round(t * scale, p)) < 1e-7 for t in ticks)
    )
    return f"{tick * scale:,.{places}f}{unit}"
