"""What a column of numbers is asked for, and what one cell of it was read as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipelines.sources.written.units import Unit, unit_asked

#: Kinds that can lie below 0; a weight, a time or a count of people cannot.
_SIGNED = (None, "money")
#: Kinds that are counted one by one.
_COUNTED = (None, "people", "households", "sessions", "meals")
LARGEST_COUNT = 999_999


class NumberState(StrEnum):
    """How a cell was read as a number."""

    OK = "ok"
    NOTED = "noted"
    APPROXIMATE = "approximate"
    INTERVAL = "interval"
    BLANK = "blank"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    UNREADABLE = "unreadable"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a column is said to hold.

    Attributes
    ----------
    amount
        ``count`` (from 0), ``measurement``, ``share`` (read as 0 to 1) or ``score``.
    unit
        A name of `units.UNITS`: ``kg``, ``pounds`` (money), ``lb``, ``minutes``, ``people``; any other word counts
        things of that name (``crates``). Of a share: ``%`` where plain numbers are per cents, ``of 1`` where they are
        fractions. None where nothing says.
    out_of
        The highest mark of a score.
    part
        ``first`` or ``second``, where a cell holds two numbers, as in 145/92.
    """

    amount: str = "count"
    unit: str | None = None
    out_of: float | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A cell read as a number.

    Attributes
    ----------
    value
        The number that counts, in the unit asked for; None in the states ``blank`` and below.
    low, high
        The ends of what it may be; both are `value` where nothing else is known. `high` None: no upper end.
    state
        ``ok`` (stands), ``noted`` (stands, told), ``approximate`` (an estimate), ``interval`` (its middle, or its
        known end, stands for it), ``blank`` (nothing written), ``missing`` (said not to be known), ``suppressed``
        (kept back by its publisher), ``unreadable`` (no number), ``held`` (a number is meant, but not known).
    reason
        What a person should be told, and how to mend it; None where nothing needs telling.
    """

    value: float | None
    low: float | None
    high: float | None
    state: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit asked for; `unit` is the one written beside it, `told` what a person should know."""

    value: float
    unit: Unit | None = None
    told: str | None = None


def kind_asked(ask: Ask) -> str | None:
    """Return what a column measures: ``mass``, ``time``, ``people``; None where nothing says."""
    unit = unit_asked(ask.unit)
    return unit.kind if unit else None


def may_be_negative(ask: Ask) -> bool:
    """Whether a number below 0 makes sense: a change, a balance; never a count, a weight, a time."""
    return ask.amount == "measurement" and kind_asked(ask) in _SIGNED


def is_counted(ask: Ask) -> bool:
    """Whether the numbers of a column go up in ones."""
    kind = kind_asked(ask)
    return ask.amount == "count" and (kind in _COUNTED or str(kind).startswith("number of"))


def shown(value: float) -> str:
    """Return a number for a sentence."""
    return f"{value:.9g}"


def held(reason: str) -> Number:
    """Return a number that is meant, but not known."""
    return Number(None, None, None, "held", reason)


def certain(found: Quantity, ask: Ask) -> Number:
    """Return a quantity as a number, unless it cannot be true."""
    if ask.amount == "share" and found.value > 1:
        return held("A share cannot be above 100 per cent. Check the number.")
    if ask.amount == "score" and ask.out_of is not None and found.value > ask.out_of:
        return held(f"The highest mark is {shown(ask.out_of)}. Check the number.")
    if is_counted(ask) and found.value > LARGEST_COUNT:
        return held(
            "This number is too large to be a count. Check whether it is a telephone number or a code."
        )
    return Number(found.value, found.value, found.value, "noted" if found.told else "ok", found.told)


def mend(ask: Ask) -> str:
    """Return how such a cell is written well."""
    if ask.part:
        return "Write the two numbers once, e.g. 145/92."
    if ask.amount == "share":
        return "Write it with the sign, e.g. 45%."
    if ask.amount == "score":
        return "Write one number, e.g. 4."
    of = f" of {ask.unit}" if ask.unit else (" of people" if ask.amount == "count" else "")
    return f"Write the number{of} in digits, e.g. 12."
