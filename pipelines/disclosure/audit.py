"""The interval audit: how far an outsider can narrow each figure, given all that is published."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
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
