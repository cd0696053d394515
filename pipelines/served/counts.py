"""Counts of groups of people, half-year by half-year, and what of them an audience may see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.disclosure import Ledger, Profile, ReleasedCell, release_cells
from pipelines.served.questions import QUESTIONS, HalfYear, Question, in_order, whole_half_years
from pipelines.sources.tables import CascadeCount
from pipelines.vocabulary import GroupType, Setting

#: (place, first day of the half-year, step, kind of group, group).
Key = tuple[str, str, str, str, str]

#: All neighbourhoods together.
BOROUGH = "borough"
ALL = str(GroupType.ALL)


@dataclass(frozen=True)
class Asked:
    """One share of one group: the cells of those served and of all of them."""

    place_id: str
    question: Question
    half: HalfYear
    kind: str
    group: str

    @property
    def part(self) -> Key:
        """The cell of those served."""
        return (self.place_id, self.half.start.isoformat(), self.question.part, self.kind, self.group)

    @property
    def whole(self) -> Key:
        """The cell of all of them; of help, all help."""
        if self.question.part == self.question.whole:
            return self.everyone[1]
        return (self.place_id, self.half.start.isoformat(), self.question.whole, self.kind, self.group)

    @property
    def everyone(self) -> tuple[Key, Key]:
        """The same two cells of everybody."""
        place, day = self.place_id, self.half.start.isoformat()
        return (place, day, self.question.part, ALL, ALL), (place, day, self.question.whole, ALL, ALL)


@dataclass(frozen=True)
class GroupCounts:
    """All cells that are added up, what is asked of them, and how they depend on one another."""

    cells: dict[Key, float]
    asked: list[Asked]
    halves: list[HalfYear]
    order: dict[str, list[str]] = field(default_factory=dict)

    def released(self, profile: Profile, ledger: Ledger | None = None) -> dict[Key, ReleasedCell]:
        """Return what others may see of every cell.

        Counts of everybody are released as series of months; here they are taken as known to the last person, so that
        no group is shown from which another could be worked out by subtraction.
        """
        shares = [(one.part, one.whole) for one in self.asked if one.part != one.whole]
        known = {key: (count, count) for key, count in self.cells.items() if key[3] == ALL}
        return release_cells(self.cells, shares, self._sums(), profile, ledger, known)  # type: ignore[arg-type, return-value]

    def _sums(self) -> list[tuple[Key, tuple[Key, ...]]]:
        """Return which cells are sums of others: everybody of groups, the borough of places."""
        of_groups: dict[tuple[Key, str], list[Key]] = defaultdict(list)
        of_places: dict[Key, list[Key]] = defaultdict(list)
        for key in self.cells:
            place, half, step, kind, group = key
            if kind != ALL:
                of_groups[(place, half, step, ALL, ALL), kind].append(key)
            if place != BOROUGH:
                of_places[BOROUGH, half, step, kind, group].append(key)
        sums = [(total, tuple(parts)) for (total, _), parts in of_groups.items()]
        return sums + [(total, tuple(parts)) for total, parts in of_places.items()]


def group_counts(cascade: Iterable[CascadeCount], places: Sequence[str]) -> GroupCounts:
    """Add up the counts of groups over whole half-years.

    Parameters
    ----------
    cascade
        Rows of cascade_counts.csv. Counts of a setting or a later follow-up are left out. Of a neighbourhood with counts
        of its own and of its prototypes the former stand.
    places
        Neighbourhoods in the order in which they are shown.

    Returns
    -------
    GroupCounts
        A group is there only where every month of the half-year is counted for those served and for all of them (of
        people on a day: the last month): a missing month is not taken for none.
    """
    rows = [row for row in cascade if row.setting == Setting.ALL and not row.follow_up_months]
    months = _by_month(rows)
    halves = whole_half_years(row.cohort_month for row in rows)
    order = {
        kind: in_order(kind, (row.group for row in rows if row.group_type == kind))
        for kind in dict.fromkeys(kind for question in QUESTIONS for kind in question.kinds)
    }
    cells: dict[Key, float] = {}
    asked: list[Asked] = []
    for question in QUESTIONS:
        for half in halves:
            found = [_place_cells(place, question, half, order, months) for place in places]
            for part in found:
                cells |= part[0]
                asked += part[1]
            cells |= (together := _together(one[0] for one in found))
            asked += [
                one
                for one in _all_asked(BOROUGH, question, half, order)
                if one.part in together and one.whole in together
            ]
    return GroupCounts(cells, asked, halves, order)


Months = Mapping[tuple[str, str, str, str], Mapping[dt.date, float]]


def _by_month(rows: Iterable[CascadeCount]) -> Months:
    """Return counts by place, step, kind of group and group, and by month."""
    own: dict[tuple[str, str, str, str], dict[dt.date, float]] = defaultdict(dict)
    of_prototypes: dict[tuple[str, str, str, str], dict[dt.date, float]] = defaultdict(dict)
    for row in rows:
        key = (row.neighbourhood_id, str(row.step), str(row.group_type), row.group)
        kept = own if row.prototype_id is None else of_prototypes
        kept[key][row.cohort_month] = kept[key].get(row.cohort_month, 0.0) + row.count
    return {key: {**of_prototypes.get(key, {}), **own.get(key, {})} for key in {**of_prototypes, **own}}


def _all_asked(
    place: str, question: Question, half: HalfYear, order: Mapping[str, Sequence[str]]
) -> list[Asked]:
    return [
        Asked(place, question, half, str(kind), group) for kind in question.kinds for group in order[kind]
    ]


def _place_cells(
    place: str, question: Question, half: HalfYear, order: Mapping[str, Sequence[str]], months: Months
) -> tuple[dict[Key, float], list[Asked]]:
    """Return the cells of one place, question and half-year, and what can be asked of them."""

    def total(key: Key) -> float | None:
        counted = months.get((key[0], *key[2:]), {})
        needed = half.months[-1:] if question.is_stock else half.months
        return sum(counted[month] for month in needed) if all(month in counted for month in needed) else None

    cells: dict[Key, float] = {}
    asked = []
    for one in _all_asked(place, question, half, order):
        found = {key: total(key) for key in (one.part, one.whole, *one.everyone)}
        if all(count is not None for count in found.values()):
            cells |= {key: count for key, count in found.items() if count is not None}
            asked.append(one)
    return cells, asked


def _together(places: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    """Return the cells of all places added up, of those that have them."""
    total: dict[Key, float] = defaultdict(float)
    for cells in places:
        for key, count in cells.items():
            total[BOROUGH, key[1], key[2], key[3], key[4]] += count
    return dict(total)
