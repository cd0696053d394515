"""Units as people write them beside a number, and how one is told in another.

Sources of sizes: Weights and Measures Act 1985, schedule 1 (pound 0.45359237 kg, mile 1.609344 km, pint 0.56826125 l).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, what it measures (``mass``, ``time``...), and its size among units of that kind."""

    name: str
    kind: str
    size: float


_TABLE = """
mass      kg          1            kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes
mass      g           0.001        g gs gr grs gm gms gram grams gramme grammes
mass      tonnes      1000         tonne tonnes
mass      lb          0.45359237   lb lbs
mass      oz          0.028349523125 oz ounce ounces
mass      stone       6.35029318   st stone stones
time      minutes     1            min mins minute minutes m
time      hours       60           h hr hrs hour hours
time      seconds     0.0166666666666666667 s sec secs second seconds
time      days        1440         day days
time      weeks       10080        wk wks week weeks
money     pounds      1            £ pound pounds gbp quid sterling
money     pence       0.01         p pence penny
distance  km          1            km kms kilometre kilometres kilometer kilometers
distance  m           0.001        m metre metres meter meters
distance  cm          0.00001      cm cms centimetre centimetres
distance  miles       1.609344     mile miles mi
volume    litres      1            l litre litres liter liters ltr ltrs
volume    ml          0.001        ml mls millilitre millilitres
volume    pints       0.56826125   pint pints pt pts
share     %           0.01         % percent pct pc per-cent
pressure  mmHg        1            mmhg
people    people      1            people person persons adult adults resident residents patient patients visitor visitors \
attendee attendees participant participants member members ppl folk folks guest guests volunteer volunteers \
child children kids men women
sessions  sessions    1            session sessions
households households 1            household households hhs family families
meals     meals       1            meal meals portion portions
steps     steps       1            step steps
"""


def _read_table() -> tuple[dict[str, tuple[Unit, ...]], dict[str, Unit]]:
    spelt: dict[str, tuple[Unit, ...]] = {}
    named: dict[str, Unit] = {}
    for line in _TABLE.replace("\\\n", "").strip().splitlines():
        kind, name, size, *spellings = line.split()
        unit = named[name.lower()] = Unit(name, kind, float(size))
        for word in spellings:
            spelt[word] = (*spelt.get(word, ()), unit)
    return spelt, named


_SPELT, _NAMED = _read_table()

#: The names that a mapping may give as a unit.
UNITS = tuple(unit.name for unit in _NAMED.values())


@lru_cache(maxsize=4096)
def find_unit(written: str, kind: str | None = None) -> Unit | None:
    """Return the unit that a word means.

    Parameters
    ----------
    written
        As people write it: ``KG``, ``mins.``, ``£``.
    kind
        What the column measures, for words of two meanings: ``m`` (minutes, metres), ``pounds`` (money, weight).

    Returns
    -------
    Unit or None
        None where the word is no unit that has a size: a crate has no known weight.
    """
    word = re.sub(r"\s+", "-" if "cent" in written.lower() else " ", written.strip().lower()).rstrip(".")
    if kind == "mass" and word in ("pound", "pounds"):
        word = "lb"
    found = (*((_NAMED[word],) if word in _NAMED else ()), *_SPELT.get(word, ()))
    return next((unit for unit in found if unit.kind == kind), found[0] if found else None)


def unit_asked(name: str | None) -> Unit | None:
    """Return the unit of a column by its name in a mapping; a name of no known size is a unit of its own."""
    if name is None:
        return None
    known = _NAMED.get(name.strip().lower()) or find_unit(name)
    return known or Unit(name, f"number of {name.strip().lower()}", 1.0)


def is_named(word: str, unit: Unit) -> bool:
    """Whether a word is the name of a unit, singular or plural: ``1 crate`` where crates are counted."""
    return _singular(word) == _singular(unit.name)


def _singular(word: str) -> str:
    text = word.strip().lower().rstrip(".")
    if text.endswith(("xes", "shes", "ches")):
        return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith("ss") else text


def convert(amount: float, unit: Unit, to: Unit) -> float:
    """Return an amount told in another unit of the same kind, without the dust of binary fractions."""
    if unit.size == to.size:
        return amount
    return float(f"{amount * unit.size / to.size:.12g}")
