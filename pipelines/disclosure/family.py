"""What an outsider knows of series that share items: bounds of each figure, and what adds up to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.disclosure.audit import Interval
from pipelines.disclosure.profile import Profile
from pipelines.disclosure.released import Figure, Released
from pipelines.measures import items_of
from pipelines.vocabulary import WhyHidden

Totals = Mapping[str, Sequence[str]]


class Cell(NamedTuple):
    """One figure: an item of a prototype, or a sum of items (`quantity`), over some days."""

    prototype_id: str
    item: str
    start: str
    end: str
    session_no: int


Sum = tuple[Cell, tuple[Cell, ...]]


@dataclass
class Family:
    """What an outsider knows of the figures of some series.

    `shown` leads from a figure to the rows that show it; `sensitive` are the hidden ones that are small, `held` those
    hidden for another's sake; `open` are known exactly and cannot be hidden; `tangled` are those of sums of items that
    overlap, none holding the other.
    """

    cells: dict[Cell, Interval] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    shown: dict[Cell, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    sensitive: set[Cell] = field(default_factory=set)
    held: set[Cell] = field(default_factory=set)
    open: set[Cell] = field(default_factory=set)

    def know(self, cell: Cell, interval: Interval) -> None:
        """Add what one series says of a cell; two that contradict one another leave the wider of both."""
        low, high = self.cells.get(cell, (0.0, np.inf))
        both = (max(low, interval[0]), min(high, interval[1]))
        self.cells[cell] = both if both[0] <= both[1] else (min(low, interval[0]), max(high, interval[1]))


def family_of(released: Mapping[str, Released], totals: Totals) -> Family:
    """Return what is published of some series, as intervals and sums."""
    family = Family()
    seen: dict[str, list[tuple[Cell, Cell | None]]] = {}
    for name, one in released.items():
        if one.figure in (Figure.COUNT, Figure.SHARE, Figure.RATE) and one.hidden_reason is None:
            seen[name] = _read_series(family, name, one)
    for first, second in combinations(seen, 2):
        if _may_be_halves(released[first], released[second]):
            _add_halves(family, seen[first], seen[second])
    for total, parts in totals.items():
        if total in seen and all(part in seen for part in parts):
            _add_total(family, seen[total], [seen[part] for part in parts])
    _add_sums_of_items(family)
    family.sums += _sums_over_time(family)
    family.sensitive -= set(family.shown)
    family.sensitive -= family.open
    family.held -= {*family.shown, *family.sensitive, *family.open}
    return family


def quantity(counted: str | Iterable[str]) -> str:
    """Return the one name of what is counted, whatever order its items are added up in: ``a + b`` of ``b + a``."""
    return " + ".join(sorted(items_of(counted) if isinstance(counted, str) else counted))


def _read_series(family: Family, name: str, one: Released) -> list[tuple[Cell, Cell | None]]:
    """Add the figures of one series; return its rows as pairs of numerator and denominator."""
    out = []
    for i, row in enumerate(one.observation.to_dict("records")):
        if row["is_gap"]:
            continue
        where = (str(row["period_start"])[:10], str(row["period_end"])[:10], int(row["session_no"]))
        above, below = one.measure.numerator, one.measure.denominator
        part = Cell(row["prototype_id"], quantity(above), *where)
        whole = Cell(row["prototype_id"], quantity(below), *where) if below else None
        reason = None if i in one.secondary or not row["is_hidden"] else WhyHidden(row["hidden_reason"])
        _learn(family, one, (name, i), part, row["numerator"], reason)
        if whole is not None:
            few = reason if reason == WhyHidden.DENOMINATOR else None
            _learn(family, one, (name, i), whole, row["denominator"], few)
            if one.figure == Figure.SHARE:
                _learn_rest(family, one.profile, part, whole, reason)
        out.append((part, whole))
    _learn_earlier(family, one)
    return out


def _learn_earlier(family: Family, one: Released) -> None:
    """Add figures that were released before, of other days or at another period; none of them can be hidden any more."""
    for (_, _, start, end, session, side), earlier, is_small in one.earlier:
        counted = one.measure.numerator if side == "numerator" else one.measure.denominator
        if counted is None or not len(one.observation):
            continue
        prototype = str(one.observation["prototype_id"].iloc[0])
        cell = Cell(prototype, quantity(counted), start, end, int(session))
        if is_small:
            family.know(cell, (one.profile.least_small, one.profile.greatest_small))
            family.sensitive.add(cell)
        else:
            family.know(cell, (earlier.low, earlier.high))
            (family.open if earlier.value is not None else family.held).add(cell)


def _learn(
    family: Family, one: Released, row: tuple[str, int], cell: Cell, figure: float, reason: WhyHidden | None
) -> None:
    """Add one figure, shown or hidden; a reason makes a hidden one worth protecting."""
    profile = one.profile
    if not np.isnan(figure):
        exact = not one.from_rounded or figure == 0
        low = figure if exact else max(profile.hide_up_to + 1, figure - profile.error)
        family.know(cell, (low, figure if exact else figure + profile.error))
        family.shown[cell].append(row)
        if not one.from_rounded:
            family.open.add(cell)
    elif reason == WhyHidden.SMALL:
        family.know(cell, (profile.least_small, profile.greatest_small))
        family.sensitive.add(cell)
    elif reason == WhyHidden.DENOMINATOR:
        family.know(cell, (0.0, profile.greatest_few))
        family.sensitive.add(cell)
    else:
        family.know(cell, (0.0, np.inf))
        family.held.add(cell)


def _learn_rest(family: Family, profile: Profile, part: Cell, whole: Cell, reason: WhyHidden | None) -> None:
    """Add the complement of a share, which nobody publishes and everybody can subtract.

    Where the numerator is among the items that the denominator adds up, the complement is the sum of the others.
    """
    above, below = set(items_of(part.item)), set(items_of(whole.item))
    others = quantity(below - above) if above < below else f"{whole.item} less {part.item}"
    rest = part._replace(item=others)
    hidden = (
        reason == WhyHidden.COMPLEMENT
    )  # 8 or 9 may be hidden too, where 5 would show: taken as small, to be safe
    family.know(rest, (profile.least_small, profile.hide_up_to) if hidden else (0.0, np.inf))
    family.sums.append((whole, (part, rest)))
    if reason in (WhyHidden.COMPLEMENT, WhyHidden.DENOMINATOR):
        family.sensitive.add(rest)


def _may_be_halves(a: Released, b: Released) -> bool:
    """Tell whether two measures can be the two halves of one denominator, as far as the figures shown say."""
    ids = [one.observation["prototype_id"].iloc[0] for one in (a, b)]
    below, above = (
        [set(items_of(getattr(one.measure, side))) for one in (a, b)] for side in ("denominator", "numerator")
    )
    same = below[0] == below[1] and above[0].isdisjoint(above[1])  # halves have no item in common
    if not (same and ids[0] == ids[1] and a.figure == b.figure == Figure.SHARE):
        return False
    keys = ["period_start", "period_end", "session_no"]
    both = a.observation.merge(b.observation, on=keys, suffixes=("", "_other")).dropna(
        subset=["value", "value_other"]
    )
    apart = (both["numerator"] + both["numerator_other"] - both["denominator"]).abs()
    return bool((apart <= 3 * a.profile.error).all())


def _add_halves(
    family: Family, first: Sequence[tuple[Cell, Cell | None]], second: Sequence[tuple[Cell, Cell | None]]
) -> None:
    parts = {part[2:]: part for part, _ in second}
    for part, whole in first:
        if whole is not None and part[2:] in parts:
            family.sums.append((whole, (part, parts[part[2:]])))


def _add_total(
    family: Family,
    total: Sequence[tuple[Cell, Cell | None]],
    parts: Sequence[Sequence[tuple[Cell, Cell | None]]],
) -> None:
    """Add numerator and denominator of a total as sums, where every part has the same days."""
    by_days = [{cells[0][2:]: cells for cells in part} for part in parts]
    for cells in total:
        if all(cells[0][2:] in part for part in by_days):
            found = [part[cells[0][2:]] for part in by_days]
            for side in (0, 1):
                whole, pieces = cells[side], [one[side] for one in found]
                known = tuple(piece for piece in pieces if piece is not None)
                if whole is not None and len(known) == len(pieces):
                    family.sums.append((whole, known))


def _add_sums_of_items(family: Family) -> None:
    """Add a sum of items as the sum of its parts, and of any smaller sum within it and what is left.

    A part that nobody publishes over these days is a figure too: it may be hidden, or known over other days.
    """
    if not any(" + " in cell.item for cell in family.cells):
        return
    together: dict[Cell, dict[frozenset[str], Cell]] = defaultdict(dict)
    for cell in family.cells:
        if " less " not in cell.item:
            together[cell._replace(item="")][frozenset(items_of(cell.item))] = cell
    for where, known in together.items():
        for items, cell in known.items():
            within = [other for other in known if other < items and len(other) > 1]
            splits = [frozenset({other, items - other}) for other in within]
            if len(items) > 1:
                splits.append(frozenset(frozenset({item}) for item in items))
            for split in dict.fromkeys(splits):
                parts = tuple(where._replace(item=quantity(part)) for part in sorted(split, key=sorted))
                _add_sum(family, cell, parts)


def _add_sum(family: Family, cell: Cell, parts: tuple[Cell, ...]) -> None:
    for part in parts:
        family.know(part, (0.0, np.inf))
    family.sums.append((cell, parts))


def _sums_over_time(family: Family) -> list[Sum]:
    """Return wide periods as sums of narrower ones of the same item, where the narrower ones fit inside."""
    by_item: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in family.cells:
        by_item[cell[:2]].append(cell)
    out: list[Sum] = []
    for cells in by_item.values():
        lengths = {cell: (pd.Timestamp(cell.end) - pd.Timestamp(cell.start)).days for cell in cells}
        if len(set(lengths.values())) == 1:
            continue
        for wide in cells:
            near = [
                c
                for c in cells
                if lengths[c] < lengths[wide] - 3 and c.end >= wide.start and c.start <= wide.end
            ]
            if near and all(wide.start <= c.start and c.end <= wide.end for c in near):
                out.append((wide, tuple(near)))
    return out
