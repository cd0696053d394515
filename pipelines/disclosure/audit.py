"""The interval audit: how far an outsider can narrow each figure, given all that is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

#: Least and greatest whole number that a figure may be; infinite where nothing is known.
Interval = tuple[float, float]
#: Name of a figure.
Key = TypeVar("Key", bound=Hashable)


def audit(
    cells: Mapping[Key, Interval],
    sums: Sequence[tuple[Key, tuple[Key, ...]]],
    of: Iterable[Key] | None = None,
) -> dict[Key, Interval]:
    """Return the least and greatest value of each cell over all tables that agree with what is published.

    Parameters
    ----------
    cells
        What is known of each cell by itself: (12, 12) published as it is, (8, 12) published as 10 and
        rounded to five, (1, 7) hidden as small, (0, inf) hidden.
    sums
        Published relations, each one figure and the parts that it is the sum of.
    of
        The cells asked for; None: those whose own interval is wider than a point.

    Returns
    -------
    dict
        Cell to (least, greatest), whole numbers. Exact, by integer programming (`scipy.optimize.milp`).

    Raises
    ------
    ValueError
        Where no table agrees with what is published.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    names = list(cells)
    place = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(sums), len(names)))
    for i, (total, parts) in enumerate(sums):
        rows[i, place[total]] -= 1
        for part in parts:
            rows[i, place[part]] += 1
    bounds = Bounds([cells[n][0] for n in names], [cells[n][1] for n in names])
    constraints = [LinearConstraint(rows, 0, 0)] if len(sums) else []

    def extreme(name: Key, sign: int) -> float:
        aim = np.zeros(len(names))
        aim[place[name]] = sign
        found = milp(aim, integrality=np.ones(len(names)), bounds=bounds, constraints=constraints)
        if found.status == 3 or (found.status == 4 and found.x is None and np.isinf(cells[name][1])):
            return float(np.inf)
        if found.x is None:
            raise ValueError(f"No table agrees with what is published ({found.message}).")
        return float(round(sign * found.fun))

    asked = [n for n in names if cells[n][0] != cells[n][1]] if of is None else list(of)
    return {name: (extreme(name, 1), extreme(name, -1)) for name in asked}


def propagate(
    cells: Mapping[Key, Interval], sums: Sequence[tuple[Key, tuple[Key, ...]]], rounds: int = 20
) -> dict[Key, Interval]:
    """Narrow every cell by one sum at a time until nothing moves: the quick audit used in every build.

    Never narrower than `audit`. A sum that contradicts what is known (two series may have left out different
    sessions) teaches nothing and is passed over.
    """
    known = dict(cells)
    for _ in range(rounds):
        moved = False
        for total, parts in sums:
            low, high = (sum(known[p][end] for p in parts) for end in (0, 1))
            narrower = {total: (max(known[total][0], low), min(known[total][1], high))}
            for part in parts:
                least = known[total][0] - sum(known[p][1] for p in parts if p != part)
                most = known[total][1] - sum(known[p][0] for p in parts if p != part)
                narrower[part] = (max(known[part][0], least), min(known[part][1], most))
            if all(bottom <= top for bottom, top in narrower.values()):
                moved = moved or any(known[name] != interval for name, interval in narrower.items())
                known.update(narrower)
        if not moved:
            break
    return known


def narrowed(
    cells: Mapping[Key, Interval],
    sums: Sequence[tuple[Key, tuple[Key, ...]]],
    of: Iterable[Key],
) -> dict[Key, Interval]:
    """Return what is known of some cells: by `propagate`, and exactly where more than one sum speaks of them.

    From ``a + b``, ``b + c`` and ``a + c`` together a, b and c can be worked out, though no single sum tells them; and
    four weeks of 1 to 7 that are 26 at least together are 5 at least each, though no single sum tells that either.

    Parameters
    ----------
    cells, sums
        As in `audit`.
    of
        The cells asked for.
    """
    known = propagate(cells, sums)
    asked = {cell: known[cell] for cell in of}
    if asked:
        for names, within in _components(cells, sums):
            wanted = [name for name in names if name in asked] if len(within) > 1 else []
            part = tuple((name, cells[name]) for name in names) if wanted else ()
            asked |= {name: _exact(part, within, name, asked[name]) for name in wanted}
    return asked


def _components(
    cells: Iterable[Key], sums: Sequence[tuple[Key, tuple[Key, ...]]]
) -> list[tuple[list[Key], tuple[tuple[Key, tuple[Key, ...]], ...]]]:
    """Return the cells that sums tie to one another, each group with its sums."""
    leader = {cell: cell for cell in cells}

    def top(cell: Key) -> Key:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    for total, parts in sums:
        for part in parts:
            leader[top(part)] = top(total)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for cell in leader:
        groups[top(cell)].append(cell)
    within: dict[Key, list[tuple[Key, tuple[Key, ...]]]] = defaultdict(list)
    for one in sums:
        within[top(one[0])].append(one)
    return [(names, tuple(within[leading])) for leading, names in groups.items()]


@lru_cache(maxsize=100_000)
def _exact(
    part: tuple[tuple[Key, Interval], ...],
    sums: tuple[tuple[Key, tuple[Key, ...]], ...],
    cell: Key,
    otherwise: Interval,
) -> Interval:
    """Return the exact interval of a cell, or `otherwise` where two series contradict one another."""
    try:
        return audit(dict(part), sums, of=[cell])[cell]
    except ValueError:
        return otherwise
