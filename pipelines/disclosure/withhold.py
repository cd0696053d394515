"""Many series: release each, then hold back what would give a hidden count of another away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.disclosure.audit import Interval, narrowed, propagate
from pipelines.disclosure.family import Cell, Family, Totals, family_of
from pipelines.disclosure.ledger import Ledger
from pipelines.disclosure.profile import NHS, Profile
from pipelines.disclosure.release import release
from pipelines.disclosure.released import ENDS, FIGURES, Released, hide_series
from pipelines.measures import SESSIONS, Measure, items_of
from pipelines.vocabulary import WhyHidden


def release_all(
    observation: Mapping[str, pd.DataFrame],
    measures: Mapping[str, Measure],
    profile: Profile = NHS,
    *,
    data_until: dt.date | None = None,
    totals: Totals | None = None,
    ledger: Ledger | None = None,
) -> dict[str, Released]:
    """Release every series of a mart, so that none gives another away.

    Parameters
    ----------
    observation
        Series id to its true rows.
    measures
        Measure id to definition. A measure with an item, above or below the line or in a sum, that a disclosive
        measure speaks of is treated as disclosive too: the stricter of the two holds.
    profile, data_until, ledger
        As in `release`; what is released is not entered into the ledger here (`enter_series`).
    totals
        Series id of a published total to the series ids of its parts, where there are any.
    """
    counted = {item for m in measures.values() if m.disclosive for item in _speaks_of(m)} - {SESSIONS}
    strict = {
        i: replace(m, disclosive=m.disclosive or not counted.isdisjoint(m.items)) for i, m in measures.items()
    }
    of = {series: strict[str(rows["measure_id"].iloc[0])] for series, rows in observation.items()}
    out = {
        s: release(rows, of[s], profile, data_until=data_until, ledger=ledger)
        for s, rows in observation.items()
    }
    while True:
        safe = _hold_back(out, totals or {})
        thin = [s for s, one in safe.items() if _is_thin(one)]
        if not thin:
            return safe
        for s in thin:
            out[s] = release(
                observation[s],
                of[s],
                profile,
                data_until=data_until,
                coarser_than=out[s].period,
                ledger=ledger,
            )


def _speaks_of(measure: Measure) -> set[str]:
    """Return the items above the line; below it too where they are the rest of what the numerator is a share of."""
    above, below = set(items_of(measure.numerator)), set(items_of(measure.denominator))
    return above | below if above < below else above


def withhold_complements(
    released: Mapping[str, Released], totals: Totals | None = None
) -> dict[str, Released]:
    """Hold back further figures until no hidden count can be narrowed too far from the others.

    Looked at are, within one prototype: parts of one denominator (x of n, and n minus x); two measures that
    may be the two halves of one denominator; the same item at two periods; and, across prototypes, `totals`.
    A series that loses too many points is held back whole; `release_all` first tries a wider period for it.
    """
    safe = _hold_back(released, totals or {})
    return {s: hide_series(one) if _is_thin(one) else one for s, one in safe.items()}


def exposed(released: Mapping[str, Released], totals: Totals | None = None) -> dict[Cell, Interval]:
    """Return hidden figures that an outsider can narrow to fewer values than the profile allows.

    Looked at twice: as somebody who knows the rule sees them, to whom a small count leaves 1 to `hide_up_to`, each of
    which must stay possible; and as somebody sees them who knows of each hidden figure only that it is a count. What
    figures tell that are open to everybody, and cannot be hidden, is not held against the release.
    """
    if not released:
        return {}
    profile = next(iter(released.values())).profile
    family = family_of(released, totals or {})
    unlabelled = dict.fromkeys((*family.sensitive, *family.held), (0.0, np.inf))
    small = profile.greatest_small - profile.least_small + 1
    by_the_rule = _narrow(family, family.cells, family.sensitive, min(profile.values_from, small))
    by_relations = _narrow(family, {**family.cells, **unlabelled}, unlabelled, profile.values_from)
    told = by_relations | {
        cell: interval
        for cell, interval in by_the_rule.items()
        if interval[0] <= profile.hide_up_to and interval[1] >= profile.least_small
    }
    return {cell: told[cell] for cell in sorted(told)}


def _narrow(
    family: Family, cells: Mapping[Cell, Interval], of: Collection[Cell], n_values: int
) -> dict[Cell, Interval]:
    """Return the cells that are left fewer values than asked, and fewer than open figures alone would leave."""
    known = narrowed(cells, family.sums, sorted(of))
    narrow = {cell: one for cell, one in known.items() if _n_values(one) < n_values}
    if not narrow:
        return {}
    without = {
        cell: (0.0, np.inf) if cell in family.shown and cell not in family.open else interval
        for cell, interval in cells.items()
    }
    least = propagate(without, family.sums)
    return {cell: one for cell, one in narrow.items() if _n_values(one) < _n_values(least[cell])}


def _n_values(interval: Interval) -> float:
    return interval[1] - interval[0] + 1


def _is_thin(one: Released) -> bool:
    return bool(one.secondary) and one.hidden_reason is None and one.share_left < one.profile.share_from


def _hold_back(released: Mapping[str, Released], totals: Totals) -> dict[str, Released]:
    out = dict(released)
    for names in _groups(released, totals):
        group = {name: out[name] for name in names}
        parts = {total: list(of) for total, of in totals.items() if total in group}
        while found := exposed(group, parts):
            victims = [victim for cell in found if (victim := _victim(group, parts, cell))]
            if not victims:  # only figures that are not disclosive are left: `exposed` reports them
                break
            name, position = victims[0]
            group[name] = _hide_row(group[name], position)
        out.update(group)
    return out


def _groups(released: Mapping[str, Released], totals: Totals) -> list[list[str]]:
    """Return the series that are tied to one another by an item of the same prototype or by a total.

    A series tied to no other, nor to figures of its own that were released before, is left out: nothing stands beside it
    from which a hidden figure could be worked out.
    """
    ties: list[set[str]] = [{total, *parts} & set(released) for total, parts in totals.items()]
    by_item: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, one in released.items():
        for item in {*items_of(one.measure.numerator), *items_of(one.measure.denominator)}:
            if len(one.observation):
                by_item[str(one.observation["prototype_id"].iloc[0]), item].add(name)
    groups: list[set[str]] = []
    for tie in (*ties, *by_item.values()):
        joined = [group for group in groups if group & tie]
        groups = [group for group in groups if not group & tie] + [tie.union(*joined)]
    alone = [
        {name} for name, one in released.items() if one.earlier and not any(name in group for group in groups)
    ]
    tied = [group for group in groups if len(group) > 1 or any(released[name].earlier for name in group)]
    return [[name for name in released if name in group] for group in (*tied, *alone)]


def _victim(group: Mapping[str, Released], totals: Totals, cell: Cell) -> tuple[str, int] | None:
    """Return the row to hide: the smallest figure in a sum with the cell, or one sum further away."""
    family = family_of(group, totals)
    near = {cell}
    for _ in range(3):
        near |= {name for total, parts in family.sums if near & {total, *parts} for name in (total, *parts)}
        rows = [row for name in near for row in family.shown.get(name, []) if group[row[0]].from_rounded]
        if rows:
            return min(rows, key=lambda row: (group[row[0]].observation["numerator"].iloc[row[1]], row))
    return None


def _hide_row(one: Released, position: int) -> Released:
    rows = one.observation.copy()
    rows.loc[position, [*FIGURES, *(name for name in ENDS if name in rows)]] = np.nan
    rows.loc[position, "is_hidden"] = True
    rows.loc[position, "hidden_reason"] = str(WhyHidden.COMPLEMENT)
    return replace(one, observation=rows, secondary=one.secondary | {position})
