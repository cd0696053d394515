"""The counts against each other: a key once, no step larger than the one before, no groups above everybody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.sources.cascade import steps
from pipelines.sources.cascade.owners import Owners
from pipelines.sources.ledger import Ledger
from pipelines.sources.tables import CascadeCount, Effect

#: Whose count: prototype, else neighbourhood.
Owner = tuple[str, str | None]


class Cell(NamedTuple):
    """Where steps can be compared: the same people, month and place of reading."""

    owner: Owner
    month: dt.date
    group_type: str
    group: str
    setting: str


#: A step, and within how many months: 0 at the check, or in the month itself.
When = tuple[str, int]

Cells = dict[Cell, dict[When, CascadeCount]]


def standing(rows: Sequence[CascadeCount], owners: Owners, ledger: Ledger) -> list[CascadeCount]:
    """Return the rows that go with each other; the others are refused in the ledger, each with its reason."""
    _tell_places_without_charts(rows, owners, ledger)
    cells: Cells = defaultdict(dict)
    refused: dict[int, str] = {}
    for row in rows:
        cell = Cell(
            (row.neighbourhood_id, owners.of(row)), row.cohort_month, row.group_type, row.group, row.setting
        )
        first = cells[cell].setdefault(_when(row), row)
        if first is not row:
            refused[row.line] = _same_key(first.line)
    for refusing in (_steps_above, _settings_above, _groups_above):
        found = dict(refusing(cells))
        refused |= found
        _leave_out(cells, found)
    for row in rows:
        if row.line in refused:
            ledger.refuse(row.line, "count", f"{row.count:.10g}", refused[row.line])
    return [row for row in rows if row.line not in refused]


def _when(row: CascadeCount) -> When:
    return row.step, row.follow_up_months or 0


def _leave_out(cells: Cells, refused: Mapping[int, str]) -> None:
    for here in cells.values() if refused else ():
        for when in [when for when, row in here.items() if row.line in refused]:
            del here[when]


def _same_key(line: int) -> str:
    return (
        f"Line {line} has a count of the same month, step, group and setting. Keep one of the two; counts are not added "
        "up. A follow-up of 0 is the same as none, and no prototype the same as the only one of hypertension."
    )


def _steps_above(cells: Cells) -> Iterator[tuple[int, str]]:
    """Yield the lines of steps that have more people than what they are a part of."""
    for here in cells.values():
        refused: set[When] = set()
        for part, wholes in _comparisons(here):
            whole = next((whole for whole in wholes if whole in here and whole not in refused), None)
            if whole is not None and here[part].count > here[whole].count:
                refused.add(part)
                yield here[part].line, _more_than(part, whole, here[whole].line)
        yield from _falling(here, refused)


def _comparisons(here: Mapping[When, CascadeCount]) -> Iterator[tuple[When, list[When]]]:
    """Yield each count with those of which it is a part, the first one that is there to be compared with."""
    for step, wholes in steps.PART_OF.items():
        if (step, 0) in here:
            for whole in wholes:
                yield (step, 0), [(whole, 0)]
    for within in steps.FOLLOW_UPS[1:]:
        for step, wholes in steps.PART_OF_COHORT.items():
            if (step, within) in here:
                before = [w for w in wholes if w not in ("confirmed", "treated", "to_target")]
                yield (step, within), [(whole, within) for whole in wholes] + [(whole, 0) for whole in before]


def _falling(here: Mapping[When, CascadeCount], refused: set[When]) -> Iterator[tuple[int, str]]:
    """Yield the lines of cohorts of which fewer had reached a step later than earlier."""
    for step in steps.PART_OF_COHORT:
        followed = [(step, n) for n in steps.FOLLOW_UPS[1:] if (step, n) in here and (step, n) not in refused]
        highest: When | None = None
        for when in followed:
            if highest is not None and here[when].count < here[highest].count:
                yield (
                    here[when].line,
                    (
                        f"Fewer people than within {highest[1]} months on line {here[highest].line}: who reached a step stays "
                        "counted. Correct one of the two."
                    ),
                )
            else:
                highest = when


def _more_than(part: When, whole: When, line: int) -> str:
    return f"More people than {_named(whole)} on line {line}, of which {_named(part)} are a part. Correct one of the two."


def _named(when: When) -> str:
    return when[0] + (f" within {when[1]} months" if when[1] else "")


def _settings_above(cells: Cells) -> Iterator[tuple[int, str]]:
    """Yield the lines of one setting that have more people than all settings together."""
    for cell, here in cells.items():
        everywhere = cells.get(cell._replace(setting="all"), {}) if cell.setting != "all" else {}
        for when, row in here.items():
            if when in everywhere and row.count > everywhere[when].count:
                reason = f"More people than in all settings on line {everywhere[when].line}. Correct one of the two."
                yield row.line, reason


def _groups_above(cells: Cells) -> Iterator[tuple[int, str]]:
    """Yield the lines of groups of one kind that have more people together than there are."""
    together: dict[tuple[Cell, When], list[CascadeCount]] = defaultdict(list)
    for cell, here in cells.items():
        if cell.group_type != "all":
            for when, row in here.items():
                together[cell._replace(group="all"), when].append(row)
    for (cell, when), rows in together.items():
        everybody = cells.get(cell._replace(group_type="all"), {}).get(when)
        if everybody is not None and sum(row.count for row in rows) > everybody.count + 1e-6:
            yield from ((row.line, _too_many(cell.group_type, everybody.line)) for row in rows)


def _too_many(group_type: str, line: int) -> str:
    return (
        f"The groups of {group_type} add up to more people than everybody on line {line}, so none of them is taken. "
        "Count each person in one group, or correct the count of everybody."
    )


def _tell_places_without_charts(rows: Iterable[CascadeCount], owners: Owners, ledger: Ledger) -> None:
    for place in dict.fromkeys(row.neighbourhood_id for row in rows if owners.of(row) is None):
        n = len(owners.of_theme.get(place, ()))
        reason = (
            f"{place} has {n} prototypes of theme hypertension, so its counts are of the neighbourhood alone and are not "
            "charted. Name a prototype in a column prototype_id."
        )
        ledger.tell(None, "prototype_id", None, reason, Effect.NOTED)
