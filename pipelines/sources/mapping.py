"""The small file beside a form's export that says which question is which item.

``test_logs/<name>.toml`` beside ``test_logs/<name>.csv``. Keys: neighbourhood_id, prototype_id, dates
("day-first" or "month-first"), tested_on, submitted_at, sender, place, place_type, cycle_no (headings), a table
[items] (item = heading) and a table [ticked] (item = { heading, option }). A heading that occurs several times is
written ``Comments#2`` for its second place.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from pipelines.errors import Fault
from pipelines.measures import IDENTIFIER

TEXTS = (
    "neighbourhood_id",
    "prototype_id",
    "tested_on",
    "dates",
    "submitted_at",
    "sender",
    "place",
    "place_type",
    "cycle_no",
)
REQUIRED = ("neighbourhood_id", "prototype_id", "tested_on")
DATES = ("day-first", "month-first")


@dataclass(frozen=True, slots=True)
class Ticked:
    """A checkbox: 1 where the option is among the ticked ones, 0 where others are, missing where none is."""

    heading: str
    option: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a form's headings mean. `columns` holds the headings of tested_on, submitted_at, sender, place..."""

    neighbourhood_id: str
    prototype_id: str
    day_first: bool
    columns: dict[str, str]
    items: dict[str, str]
    ticked: dict[str, Ticked]


def read_mapping(content: bytes, file: str) -> tuple[Mapping | None, list[Fault]]:
    """Read a mapping; None with every fault where it cannot be used."""
    faults: list[Fault] = []

    def fault(key: str | None, reason: str) -> None:
        faults.append(Fault(file, None, key, reason))

    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault(None, f"the file is not readable TOML ({error}). data/README.md shows a mapping.")
        return None, faults
    for key in sorted(set(table) - {*TEXTS, "items", "ticked"}):
        fault(key, f"this key is not known. Known keys: {', '.join((*TEXTS, 'items', 'ticked'))}.")
    for key in TEXTS:
        if key in table and not (isinstance(table[key], str) and table[key].strip()):
            fault(key, "this is not a text. Write it in quotes.")
        elif key in REQUIRED and key not in table:
            fault(key, "this key is missing. Add it; data/README.md says what it means.")
    if table.get("dates", DATES[0]) not in DATES:
        fault("dates", f"choose one of: {', '.join(DATES)}.")
    items, ticked = _items(table, fault), _ticked(table, fault)
    if not items and not ticked:
        fault(
            "items", 'no item is mapped. Write e.g. [items] and below it attended = "How many people came?".'
        )
    if faults:
        return None, faults
    columns = {
        key: table[key]
        for key in TEXTS
        if key in table and key not in ("neighbourhood_id", "prototype_id", "dates")
    }
    day_first = table.get("dates", DATES[0]) == DATES[0]
    return Mapping(
        table["neighbourhood_id"], table["prototype_id"], day_first, columns, items, ticked
    ), faults


def _named(table: dict[str, Any], key: str, fault: Any) -> dict[str, Any]:
    found = table.get(key, {})
    if not isinstance(found, dict):
        fault(key, f"this is not a table. Begin it with [{key}].")
        return {}
    for name in found:
        if not IDENTIFIER.match(name):
            fault(f"{key}.{name}", "this is not an item name. Use small letters, digits and _.")
    return found


def _items(table: dict[str, Any], fault: Any) -> dict[str, str]:
    found = _named(table, "items", fault)
    for name, heading in found.items():
        if not isinstance(heading, str) or not heading.strip():
            fault(f"items.{name}", "this is not a heading. Write the question as the form has it, in quotes.")
    return found


def _ticked(table: dict[str, Any], fault: Any) -> dict[str, Ticked]:
    made: dict[str, Ticked] = {}
    for name, entry in _named(table, "ticked", fault).items():
        texts = [entry.get(key) for key in ("heading", "option")] if isinstance(entry, dict) else [None]
        if not all(isinstance(text, str) and text.strip() for text in texts) or set(entry) != {
            "heading",
            "option",
        }:
            fault(
                f"ticked.{name}",
                'write it as { heading = "What did you do?", option = "Tea, cake and talk" }.',
            )
        else:
            made[name] = Ticked(*texts)
    return made


def plain(heading: str) -> str:
    """Return a heading for comparing: one space between words, none around, case set aside."""
    return re.sub(r"\s+", " ", heading).strip().casefold()


def places(heading: tuple[str, ...]) -> dict[str, int]:
    """Return where each heading stands; the second of two alike is also known as ``<heading>#2``."""
    at: dict[str, int] = {}
    times: dict[str, int] = {}
    for n, cell in enumerate(heading):
        name = plain(cell)
        times[name] = times.get(name, 0) + 1
        at.setdefault(name, n)
        at[f"{name}#{times[name]}"] = n
    return at
