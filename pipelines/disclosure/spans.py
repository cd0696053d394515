"""How wide hidden cells of a table stay, exactly, with as few integer programs as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from pipelines.disclosure.audit import Interval

Name = tuple[str, ...]
Relation = tuple[Name, tuple[Name, ...]]

#: Beyond the sum of all cells, so that what is not bounded has an end and the programs have one too.
ROOM = 1000.0


class Need(NamedTuple):
    """What has to stay possible for a hidden cell: so many values, and each whole number of a range."""

    values: int
    low: float = np.inf
    high: float = -np.inf

    def is_met(self, low: float, high: float) -> bool:
        """Tell whether values from low to high are enough."""
        return high - low + 1 >= self.values and low <= self.low and high >= self.high


def too_narrow(
    cells: Mapping[Name, Interval],
    relations: Sequence[Relation],
    truth: Mapping[Name, float],
    needs: Mapping[Name, Need],
) -> list[Name]:
    """Return the cells for which an outsider can rule out more values than may be ruled out.

    Parameters
    ----------
    cells
        What is known of each cell by itself, as in `audit`.
    relations
        Published relations, each one cell and the parts that it is the sum of; the truth must agree with them.
    truth
        The true figures: one table that agrees with everything that is published.
    needs
        The cells to look at, and what must stay possible for each.

    Notes
    -----
    Exact, by integer programming. The tables that one program finds also show other cells at other values, so that
    most cells need no program of their own: first all are pushed up together, and down together, then one by one.
    """
    if not needs:
        return []
    program = _Program(cells, relations, truth)
    seen = {name: (truth[name], truth[name]) for name in needs}

    def open_cells() -> list[Name]:
        return [name for name, need in needs.items() if not need.is_met(*seen[name])]

    def learn(aim: Mapping[Name, int]) -> None:
        found = program.extreme(aim)
        for name in needs:
            low, high = seen[name]
            seen[name] = min(low, found[name]), max(high, found[name])

    for sign in (1, -1):
        learn(dict.fromkeys(open_cells(), sign))
    narrow = []
    for name in open_cells():
        for sign in (1, -1):
            if not needs[name].is_met(*seen[name]):
                learn({name: sign})
        if not needs[name].is_met(*seen[name]):
            narrow.append(name)
    return narrow


def that_agree(
    cells: Mapping[Name, Interval], relations: Sequence[Relation], truth: Mapping[Name, float]
) -> list[Relation]:
    """Return relations that can all hold at once beside the truth, the newest (last) first to be believed.

    Parameters
    ----------
    cells
        What is known of the cells of the relations that the truth does not tell.
    relations
        As published, oldest first. Those that the truth has left behind mislead whoever still trusts them.
    truth
        True figures now.
    """
    fixed = {
        name: (truth[name], truth[name]) for one in relations for name in (one[0], *one[1]) if name in truth
    }
    both = {**cells, **fixed}
    if _Program(both, relations).is_possible():
        return list(relations)
    believed: list[Relation] = []
    for one in reversed(relations):
        if _Program(both, [*believed, one]).is_possible():
            believed.append(one)
    return believed[::-1]


class _Program:
    """One table's integer program."""

    def __init__(
        self,
        cells: Mapping[Name, Interval],
        relations: Sequence[Relation],
        truth: Mapping[Name, float] | None = None,
    ) -> None:
        self.place = {name: i for i, name in enumerate(cells)}
        most = sum(map(abs, truth.values())) + ROOM if truth else np.inf
        self.bounds = Bounds(
            [cells[name][0] for name in cells], [min(cells[name][1], most) for name in cells]
        )
        entries = [
            (row, self.place[name], sign)
            for row, (total, parts) in enumerate(relations)
            for name, sign in ((total, -1), *((part, 1) for part in parts))
        ]
        self.constraints = []
        if entries:
            rows, columns, signs = (np.array(one) for one in zip(*entries, strict=True))
            matrix = csr_matrix((signs, (rows, columns)), shape=(len(relations), len(cells)))
            self.constraints = [LinearConstraint(matrix, 0, 0)]

    def is_possible(self) -> bool:
        """Tell whether any table agrees with everything."""
        return self._solved(np.zeros(len(self.place))) is not None

    def extreme(self, aim: Mapping[Name, int]) -> dict[Name, float]:
        """Return the table in which the cells aimed at are greatest (1) or least (-1) together."""
        weights = np.zeros(len(self.place))
        for name, sign in aim.items():
            weights[self.place[name]] = -sign
        found = self._solved(weights)
        if found is None:
            raise ValueError("No table agrees with what is published.")
        return {name: float(round(found[i])) for name, i in self.place.items()}

    def _solved(self, weights: np.ndarray) -> np.ndarray | None:
        whole = np.ones(len(weights))
        found = milp(weights, integrality=whole, bounds=self.bounds, constraints=self.constraints)
        return None if found.x is None else np.asarray(found.x)


def components(
    names: Iterable[Name], relations: Sequence[Relation]
) -> list[tuple[list[Name], list[Relation]]]:
    """Return the cells that relations tie to one another, each group with its relations, in the order given."""
    leader = {name: name for name in names}

    def top(name: Name) -> Name:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for total, parts in relations:
        for part in parts:
            leader[top(part)] = top(total)
    groups: dict[Name, tuple[list[Name], list[Relation]]] = {}
    for name in leader:
        groups.setdefault(top(name), ([], []))[0].append(name)
    for one in relations:
        groups[top(one[0])][1].append(one)
    return list(groups.values())
