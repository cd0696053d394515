"""One quantity in a cell: a number, perhaps with its unit, told in the unit that its column asks for."""

from __future__ import annotations

import re

from pipelines.sources.written.number import Ask, Quantity, kind_asked, shown
from pipelines.sources.written.number_words import NUMBER, in_digits, in_words
from pipelines.sources.written.units import Unit, convert, find_unit, is_named, unit_asked

_WITH_UNIT = re.compile(rf"^(?P<number>{NUMBER}|[1-7]/[2-8]|[a-z]+(?:[ -][a-z]+)??) ?(?P<unit>[a-z%£]+\.?)$")
_MONEY = re.compile(rf"^(?P<sign>£) ?(?P<number>{NUMBER})(?P<thousand>k?)$")
_PAIR = re.compile(rf"({NUMBER}) ?([a-z£]+)\.?,? ?(?:and |& )?")
_CLOCK = re.compile(r"^([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?$")
_HOURS = re.compile(r"^(?P<hours>[0-9]{1,3}) ?(?:h|hr|hrs|hour|hours) ?(?P<minutes>[0-5]?[0-9])$")
_PART_HOURS = {
    "half an hour": 30,
    "half hour": 30,
    "a half hour": 30,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour and a half": 90,
    "one and a half hours": 90,
}


def read_quantity(text: str, ask: Ask) -> Quantity | str | None:
    """Read one quantity.

    Parameters
    ----------
    text
        In small letters, one space between words.
    ask
        What the column holds.

    Returns
    -------
    Quantity, str or None
        The quantity; or, where a number stands there but cannot be taken, why not; or None where there is none.
    """
    digits = in_digits(text)
    if digits is not None:
        return _bare(digits, ask)
    spelt = in_words(text)
    if spelt is not None:
        plain = _bare(spelt, ask)
        return (
            Quantity(plain.value, None, f"Read as {shown(plain.value)}.")
            if isinstance(plain, Quantity)
            else plain
        )
    for pattern, reader in ((_MONEY, _money), (_WITH_UNIT, _with_unit)):
        match = pattern.match(text)
        found = reader(match, ask) if match else None
        if found is not None:
            return found
    return _time(text, ask) if kind_asked(ask) == "time" else _compound(text, ask)


def _bare(value: float, ask: Ask) -> Quantity | str:
    """A number without a unit is in the unit of its column; a share may be a fraction or per cents."""
    if ask.amount != "share":
        return Quantity(value)
    if ask.unit == "%":
        is_fraction = 0 < value < 1
        return (
            "This may be a fraction or per cents. Write it with the sign, e.g. 45%."
            if is_fraction
            else _share(value)
        )
    if ask.unit is not None or value < 1:
        return Quantity(value)
    if value == 1:
        return "This may be 1 per cent or the whole. Write 1% or 100%."
    return Quantity(value / 100, None, f"Read as {shown(value)} per cent.")


def _share(per_cents: float) -> Quantity:
    return Quantity(float(f"{per_cents / 100:.12g}"))


def _money(match: re.Match[str], ask: Ask) -> Quantity | str | None:
    value = in_digits(match["number"])
    if value is None:
        return None
    found = _told_in(value * (1000 if match["thousand"] else 1), "£", ask)
    if match["thousand"] and isinstance(found, Quantity):
        return Quantity(found.value, found.unit, f"Read as {shown(found.value)}.")
    return found


def _with_unit(match: re.Match[str], ask: Ask) -> Quantity | str | None:
    number = match["number"]
    value = in_digits(number)
    told = value is None
    if value is None:
        value = in_words(number) if "/" not in number else int(number[0]) / int(number[2])
    if value is None and number in ("a", "an"):
        value = 1.0
    if value is None or (told and find_unit(match["unit"]) is None and not _is_asked(match["unit"], ask)):
        return None
    found = _told_in(value, match["unit"], ask)
    if told and isinstance(found, Quantity) and found.told is None:
        return Quantity(found.value, found.unit, f"Read as {shown(found.value)}.")
    return found


def _is_asked(word: str, ask: Ask) -> bool:
    asked = unit_asked(ask.unit)
    return asked is not None and is_named(word, asked)


def _told_in(value: float, word: str, ask: Ask) -> Quantity | str:
    """Tell an amount in the unit of its column, or say why that cannot be."""
    asked = unit_asked(ask.unit)
    unit = asked if _is_asked(word, ask) else find_unit(word, asked.kind if asked else None)
    if ask.amount == "share":
        return (
            _share(value)
            if unit and unit.name == "%"
            else "A unit stands where a share is asked for. Write it as 45%."
        )
    if unit is None:
        return "The unit beside the number is not known. Write the number alone, in the unit of the column."
    if unit.name == "%" and (asked is None or asked.name != "%"):
        return "A percentage is not a count. Write the number itself, e.g. 12."
    if asked is None:
        if unit.kind == "people" and ask.amount == "count":
            return Quantity(value, unit, f"Read as {shown(value)}.")
        return f"The number is in {unit.name}, and nothing says what this column is counted in. Say so in the mapping."
    if unit.kind != asked.kind:
        return f"The number is in {unit.name}, the column in {asked.name}. Write it in {asked.name}."
    return _converted(value, word, unit, asked)


def _converted(value: float, word: str, unit: Unit, asked: Unit) -> Quantity:
    told = convert(value, unit, asked)
    if unit.name != asked.name:
        name = unit.name.removesuffix("s") if value == 1 else unit.name
        return Quantity(told, unit, f"{shown(value)} {name} is {shown(told)} {asked.name}.")
    is_other_word = unit.kind == "people" and word not in ("people", "person", "persons")
    return Quantity(told, unit, f"Read as {shown(told)}." if is_other_word else None)


def _time(text: str, ask: Ask) -> Quantity | str | None:
    """Hours and minutes: 1:30, 1h 30, half an hour."""
    asked, minutes = unit_asked(ask.unit), unit_asked("minutes")
    assert asked is not None
    assert minutes is not None
    clock, hours = _CLOCK.match(text), _HOURS.match(text)
    if text in _PART_HOURS:
        value = float(_PART_HOURS[text])
    elif clock and _may_be_of_day(clock):
        return "This may be a time of day, or minutes and seconds. Write how long it took, e.g. 90 min."
    elif clock:
        value = int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60
    elif hours:
        value = float(hours["hours"]) * 60 + int(hours["minutes"])
    else:
        return _compound(text, ask)
    told = convert(value, minutes, asked)
    return Quantity(told, minutes, f"Read as {shown(told)} {asked.name}.")


def _may_be_of_day(clock: re.Match[str]) -> bool:
    """Whether 9:30 or 25:30 may mean something else than hours and minutes; with seconds it is a spreadsheet's duration."""
    hours = int(clock[1])
    return hours >= 24 or (clock[3] is None and (hours >= 6 or (len(clock[1]) == 2 and hours > 0)))


def _compound(text: str, ask: Ask) -> Quantity | str | None:
    """Amounts in a larger and a smaller unit: 12st 4lb, 1 hour 30 mins, 1kg 500g."""
    asked, pairs = unit_asked(ask.unit), _PAIR.findall(text)
    if asked is None or len(pairs) < 2 or _PAIR.sub("", text):
        return None
    units = [find_unit(word, asked.kind) for _, word in pairs]
    if any(unit is None or unit.kind != asked.kind for unit in units):
        return None
    sizes = [unit.size for unit in units if unit]
    numbers = [in_digits(number) for number, _ in pairs]
    if sizes != sorted(set(sizes), reverse=True) or None in numbers:
        return None
    total = sum(n * size for n, size in zip(numbers, sizes, strict=True) if n is not None)
    told = float(f"{total / asked.size:.12g}")
    return Quantity(told, units[-1], f"Read as {shown(told)} {asked.name}.")
