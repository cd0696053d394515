"""Numbers added up or multiplied within a cell: 12kg + 3kg, 2 x 5kg."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from pipelines.sources.written.intervals import Reader, is_mixed, same_unit
from pipelines.sources.written.number import Ask, Number, Quantity, certain, held, mend, shown

_TIMES = re.compile(r"^(?P<many>[0-9]{1,3}) ?[x×] ?(?P<each>[0-9].*)$")


def read_sum(text: str, ask: Ask, read: Reader) -> Number | None:
    """Read 12kg + 3kg as 15; None where it is no sum of numbers that can be read."""
    parts = re.split(r" ?\+ ?| plus ", text)
    if not 2 <= len(parts) <= 10 or not all(parts) or ask.amount in ("share", "score") or ask.part:
        return None
    parts = same_unit(parts, ask)
    found = [read(part, ask) for part in parts]
    if is_mixed(parts, ask):
        return held(f"One number has a unit of its own, another has none. {mend(ask)}")
    if any(number.value is None or number.low is None for number in found):
        return None
    value = _added(number.value for number in found)
    low = _added(number.low for number in found)
    high = None if any(number.high is None for number in found) else _added(number.high for number in found)
    states = {number.state for number in found}
    state = "interval" if "interval" in states else "approximate" if "approximate" in states else "noted"
    return Number(value, low, high, state, f"Added up: {shown(value)}.")


def _added(numbers: Iterable[float | None]) -> float:
    """Return a sum without the dust of binary fractions."""
    return float(f"{math.fsum(number for number in numbers if number is not None):.12g}")


def read_product(text: str, ask: Ask, read: Reader) -> Number | None:
    """Read 2 x 5kg as 10 kg; None where it is no product."""
    match = _TIMES.match(text)
    if match is None or ask.amount in ("share", "score") or ask.part:
        return None
    each = read(match["each"], ask)
    if each.value is None or each.state not in ("ok", "noted"):
        return None
    value = float(f"{int(match['many']) * each.value:.12g}")
    return certain(Quantity(value, None, f"Multiplied: {shown(value)}."), ask)
