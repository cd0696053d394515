"""More than one number may be meant: 10-12, 3 or 4, <5, 20+, about 20."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.sources.written.number import (
    Ask,
    Number,
    Quantity,
    certain,
    held,
    is_counted,
    kind_asked,
    may_be_negative,
    shown,
)
from pipelines.sources.written.number_words import in_digits
from pipelines.sources.written.quantities import read_quantity
from pipelines.sources.written.units import find_unit, unit_asked

Reader = Callable[[str, Ask], Number]

_JOINT = r" ?(?:-|–|—|−|\bto\b|\bor\b) ?"
_BETWEEN = re.compile(r"^between (?P<low>.+?) and (?P<high>.+)$")
_INTERVAL = re.compile(rf"^(?:between |from )?(?P<low>[^-–—−]+?){_JOINT}(?P<high>[^-–—−]+)$")
_PLUS_MINUS = re.compile(r"^(?P<middle>[0-9.]+) ?(?:±|\+/-) ?(?P<half>[0-9.]+)$")
_UNIT_BEHIND = re.compile(r"[0-9½¼¾] ?([a-z%]+)\.?$")
_BELOW = re.compile(r"^(?:<|under|below|less than|fewer than) ?(?P<rest>[^<>=].*)$")
_AT_MOST = re.compile(
    r"^(?:<=|≤|up to|at most|max(?:imum)?\.?|no more than) ?(?P<rest>.+)$|^(?P<front>.+?) (?:or|and) (?:less|fewer|under|below)$"
)
_ABOVE = re.compile(r"^(?:>|over|above|more than) ?(?P<rest>[^<>=].*)$")
_AT_LEAST = re.compile(
    r"^(?:>=|≥|at least|min(?:imum)?\.?|no less than|no fewer than) ?(?P<rest>.+)$"
    r"|^(?P<front>.+?) ?(?:\+|plus|(?:or|and) (?:more|over|above|up))$"
)
_ABOUT = re.compile(
    r"^(?:~|≈|±|c\.|ca?\.? |circa|about|abt\.?|approx\.?|approximately|around|roughly|maybe|i think|est\.?|"
    r"estimated?|nearly|almost|just (?:over|under)|say|probably|possibly|c(?=[0-9]))\s*(?P<rest>.+)$"
)
_ISH = re.compile(r"^(?P<rest>.+?) ?-?(?:ish|\bapprox\.?|\bor so|\bor thereabouts|\?+|\best\.?|\(\?\)|~)$")


def read_interval(text: str, ask: Ask) -> Number | None:
    """Read 10-12, 3 or 4, between 10 and 12, 20 ± 2; None where it is none."""
    match = _BETWEEN.match(text) or _INTERVAL.match(text)
    spread = _PLUS_MINUS.match(text)
    if spread:
        middle, half = (read_quantity(spread[part], ask) for part in ("middle", "half"))
        if isinstance(middle, Quantity) and isinstance(half, Quantity) and 0 < half.value <= middle.value:
            return _plus_minus(middle.value, half.value, ask)
    if match is None:
        return None
    if ":" in match["low"] and ":" in match["high"]:
        return held("These are two times of day. Write how long it took, e.g. 90 min.")
    sides = same_unit((match["low"], match["high"]), ask)
    if is_mixed(sides, ask):
        return held(
            "One end has a unit of its own, the other has none. Write both in the unit of the column."
        )
    low, high = (read_quantity(side, ask) for side in sides)
    if not isinstance(low, Quantity) or not isinstance(high, Quantity):
        return None
    if certain(high, ask).value is None:
        return certain(high, ask)
    if low.value >= high.value:
        return held("The first number of this interval is not below the second. Write the smaller one first.")
    return _between(low.value, high.value)


def _plus_minus(middle: float, half: float, ask: Ask) -> Number:
    low, high = (float(f"{end:.12g}") for end in (middle - half, middle + half))
    top = certain(Quantity(high), ask)
    return _between(low, high) if top.value is not None else top


def same_unit(parts: Sequence[str], ask: Ask) -> list[str]:
    """Give the unit behind the last number to those without one: 500-600g are grams both, 10-12kg kilograms.

    Where the unit is not the column's and the numbers are of different size (1.5 + 500g), nothing says what the bare ones
    are in, and they are left as they stand.
    """
    last = _UNIT_BEHIND.search(parts[-1])
    bare = [in_digits(part) for part in parts[:-1]]
    if last is None or None in bare:
        return list(parts)
    asked, unit = unit_asked(ask.unit), find_unit(last[1], kind_asked(ask))
    final = in_digits(parts[-1][: last.start() + 1].strip()) or 0
    is_other = unit is not None and asked is not None and unit.name != asked.name and unit.name != "%"
    if is_other and any(number is None or 10 * number < final for number in bare):
        return list(parts)
    return [*(f"{part}{last[1]}" for part in parts[:-1]), parts[-1]]


def is_mixed(parts: Sequence[str], ask: Ask) -> bool:
    """Whether some parts stand in another unit than the column's while others have none: 500g + 3."""
    found = [read_quantity(part, ask) for part in parts]
    units = [quantity.unit for quantity in found if isinstance(quantity, Quantity)]
    asked = unit_asked(ask.unit)
    return None in units and any(unit and asked and unit.name != asked.name for unit in units)


def _between(low: float, high: float) -> Number:
    middle = float(f"{(low + high) / 2:.12g}")
    return Number(
        middle, low, high, "interval", f"Between {shown(low)} and {shown(high)}; counted as {shown(middle)}."
    )


def read_bound(text: str, ask: Ask) -> Number | None:
    """Read <5 as 0 to 4 (never 5), up to 20 as 0 to 20, 20+ as 20 or more; None where it is none.

    Notes
    -----
    A whole number below which something lies is itself left out, also of weights: <5 kg is told as 0 to 4, the careful
    reading where people round. Where nothing lies between (<1 kg), and for shares, the number itself is the end.
    """
    for pattern, reader in ((_AT_MOST, _at_most), (_AT_LEAST, _at_least), (_BELOW, _below), (_ABOVE, _above)):
        match = pattern.match(text)
        if match:
            parts = match.groupdict()
            found = read_quantity(parts["rest"] or parts["front"], ask)
            return reader(found.value, ask) if isinstance(found, Quantity) else None
    return None


def _at_most(value: float, ask: Ask) -> Number:
    if may_be_negative(ask) or ask.amount == "score":
        return held("This says how much at most, and not from where. Write the number itself.")
    top = certain(Quantity(value), ask)
    if top.value is None:
        return top
    return _between(0.0, value) if value else Number(0.0, 0.0, 0.0, "noted", "Read as 0.")


def _below(value: float, ask: Ask) -> Number:
    if value == 0 and not may_be_negative(ask):
        return held("Nothing lies below 0. Check the number.")
    goes_in_ones = ask.amount != "share" and value % 1 == 0 and (value > 1 or is_counted(ask))
    return _at_most(value - 1 if goes_in_ones else value, ask)


def _above(value: float, ask: Ask) -> Number:
    return _at_least(value + 1 if is_counted(ask) and value % 1 == 0 else value, ask)


def _at_least(value: float, ask: Ask) -> Number:
    top = 1.0 if ask.amount == "share" else ask.out_of if ask.amount == "score" else None
    if top is not None:
        return _between(value, top) if value < top else held("Nothing lies above the highest. Check it.")
    reason = f"At least {shown(value)}; counted as {shown(value)}, with no upper end."
    return Number(value, value, None, "interval", reason)


def read_approximate(text: str, ask: Ask, read: Reader) -> Number | None:
    """Read ~20, about 20, 20ish, 20? as an estimate; doubts within it stay doubts."""
    match = _ABOUT.match(text) or _ISH.match(text)
    if match is None:
        return None
    inner = read(match["rest"], ask)
    if inner.value is None:
        return None if inner.state in ("unreadable", "missing") else inner
    if inner.state == "interval":
        return replace(inner, reason=f"An estimate. {inner.reason}")
    return replace(inner, state="approximate", reason=f"An estimate; counted as {shown(inner.value)}.")
