"""Tables of counts: what others may see of cells that add up to one another, and of shares between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipelines.disclosure.audit import Interval, propagate
from pipelines.disclosure.ledger import Earlier, Ledger
from pipelines.disclosure.profile import NHS, Profile
from pipelines.disclosure.spans import Name, Need, Relation, components, that_agree, too_narrow
from pipelines.vocabulary import WhyHidden

#: Name of a cell: (place, half-year, step, kind of group, group).
Key = tuple[str, ...]

#: Between the two names of what is left of a sum, which nobody publishes and everybody can subtract.
LESS = "less"


@dataclass(frozen=True)
class ReleasedCell:
    """One cell as others may see it.

    Attributes
    ----------
    value
        The rounded count, in people or what is counted; None where it is held back.
    low, high
        Least and greatest count that it can be, as far as this cell alone tells; high is infinite where held back.
    why_hidden
        `WhyHidden.HELD` where it is held back, else None: small and hidden for another's sake are one.
    """

    value: float | None
    low: float
    high: float
    why_hidden: WhyHidden | None = None


def release_cells(
    cells: Mapping[Key, float],
    shares: Sequence[tuple[Key, Key]] = (),
    sums: Sequence[tuple[Key, tuple[Key, ...]]] = (),
    profile: Profile = NHS,
    ledger: Ledger | None = None,
    known: Mapping[Key, Interval] | None = None,
) -> dict[Key, ReleasedCell]:
    """Release a table of counts, so that no hidden count can be worked out from what is shown.

    Parameters
    ----------
    cells
        Name of a cell to its true count; whole numbers of people or what is counted.
    shares
        Pairs (part, whole): the part is among the whole, and its share may be worked out by whoever sees both.
    sums
        Pairs (total, parts): the total is the sum of the parts, or more where some belong to none of them. A relation
        that the counts contradict, and one that speaks of a cell that is not there, teaches nobody anything.
    profile
        The rules.
    ledger
        What was released before; None where nothing was. What is released now is entered into it.
    known
        Cells, among the others, that are published elsewhere, with the least and greatest count that everybody may know
        them to be: hiding them here protects nothing. They are rounded, or hidden where small, like any other.

    Returns
    -------
    dict
        Cell to what is shown, in the order given.

    Notes
    -----
    Hidden are: counts of 1 to `hide_up_to`; the part of a share of which the rest is so small, of which the whole is
    too small for a share, or which is all or none of few. Then, until it holds, the smallest figure beside a cell for
    which an outsider who knows every relation could rule out too much: of every hidden cell `values_from` whole numbers
    from 0 must stay possible, and of a small one each count that the rule hides. Rates, centre lines and limits are made
    of the released figures alone, so they tell no more than these.
    """
    table = _Table(dict(cells), profile, dict(known or {}), ledger)
    table.relate(shares, sums)
    if profile.hides_nothing:
        return {name: ReleasedCell(count, count, count) for name, count in cells.items()}
    table.hide_first()
    table.protect()
    out = {name: table.released(name) for name in cells}
    if ledger is not None:
        ledger.enter({name: table.entry(name) for name in cells}, table.relations, table.rests)
    return out


@dataclass
class _Table:
    """Counts, what ties them to one another, and which of them are hidden so far."""

    truth: dict[Name, float]
    profile: Profile
    known: dict[Name, Interval]
    ledger: Ledger | None = None
    relations: list[Relation] = field(default_factory=list)
    share_of: dict[Name, tuple[Name, Name]] = field(default_factory=dict)
    rests: set[Name] = field(default_factory=set)
    small: set[Name] = field(default_factory=set)
    hidden: set[Name] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = {
            name: (min(low, self.truth[name]), max(high, self.truth[name]))
            for name, (low, high) in self.known.items()
            if name in self.truth
        }
        self.cells = set(self.truth) - set(self.known)
        self.kept = {name: one for name in self.truth if (one := self._kept(name)) is not None}

    def _kept(self, name: Name) -> Earlier | None:
        return self.ledger.stands(name, self.truth[name], self.profile) if self.ledger else None

    def relate(self, shares: Iterable[tuple[Key, Key]], sums: Iterable[tuple[Key, tuple[Key, ...]]]) -> None:
        """Learn what is a part of what; what is left of a whole becomes a cell that nobody publishes."""
        for part, whole in shares:
            if part in self.truth and whole in self.truth and self.truth[part] <= self.truth[whole]:
                self.share_of[self._add_rest(whole, (part,))] = part, whole
        for total, parts in sums:
            if total not in self.truth or any(part not in self.truth for part in parts):
                continue
            left = self.truth[total] - sum(self.truth[part] for part in parts)
            if left > 0:
                self._add_rest(total, parts)
            elif left == 0:
                self.relations.append((total, tuple(parts)))

    def _add_rest(self, whole: Name, parts: tuple[Name, ...]) -> Name:
        rest = (*whole, LESS, *(word for part in parts for word in part))
        self.truth[rest] = self.truth[whole] - sum(self.truth[part] for part in parts)
        self.rests.add(rest)
        self.relations.append((whole, (*parts, rest)))
        return rest

    def hide_first(self) -> None:
        """Hide what is small by itself, or would show something small by subtraction."""
        is_small = self.profile.is_small(np.array([*self.truth.values()]))
        self.small = {name for name, small in zip(self.truth, is_small, strict=True) if small}
        self.hidden = self.small & self.cells
        self.hidden -= {name for name, one in self.kept.items() if one.value is not None}
        self.hidden |= {name for name, one in self.kept.items() if one.value is None} & self.cells
        self.hidden |= {
            part for part, whole in self.share_of.values() if part in self.cells and self._tells(part, whole)
        }

    def _tells(self, part: Name, whole: Name) -> bool:
        """Tell whether a share, or what is left of its whole, would speak of too few people."""
        true = np.array([self.truth[part]]), np.array([self.truth[whole]])
        looks = tuple(np.array([self._figure(name)]) for name in (part, whole))
        if true[1] == 0 and not self.profile.hide_zero:
            return False
        profile = self.profile
        return bool(
            any(profile.means_few(n) or profile.is_small_complement(x, n) for x, n in (true, looks))
            or profile.is_all_or_none_of_few(*true)
        )

    def _figure(self, name: Name) -> float:
        """Return the figure that a cell shows unless it is hidden."""
        if name in self.kept and (value := self.kept[name].value) is not None:
            return value
        return float(self.profile.rounded(np.array([self.truth[name]]))[0])

    def protect(self) -> None:
        """Hide more until nothing hidden can be narrowed too far; quick bounds first, then exact ones."""
        same = [name for name, one in self.kept.items() if one.value is not None and not one.is_repeated]
        past, told = self.ledger.before(self.truth, same) if self.ledger else ({}, [])
        told = that_agree(past, told, self.truth) if told else []
        for names, relations in components([*self.truth, *past], [*self.relations, *told]):
            if not self.hidden.isdisjoint(names) or any(
                name in self.truth and self.need(name) for name in names
            ):
                self._protect({name: past[name] for name in names if name in past}, names, relations)

    def _protect(self, past: Mapping[Name, Interval], names: list[Name], relations: list[Relation]) -> None:
        truth = self.truth | {name: low for name, (low, _) in past.items()}
        while True:
            cells = {name: past.get(name) or self.interval(name) for name in names}
            needs = {name: need for name in names if name not in past and (need := self.need(name))}
            quick = propagate(cells, relations)
            narrow = [name for name, need in needs.items() if not need.is_met(*quick[name])]
            narrow = narrow or too_narrow(cells, relations, truth, needs)
            victims = (self._victim(name, relations) for name in narrow)
            victim = next((one for one in victims if one is not None), None)
            if victim is None:  # none is narrow, or only what is published elsewhere is left to hide
                return
            self.hidden.add(victim)

    def interval(self, name: Name) -> Interval:
        """Return what everybody knows of a cell by itself: of a hidden one, that it is a count."""
        if name in self.known:
            return self.known[name]
        if name in self.cells:
            one = self.released(name)
            return one.low, one.high
        return self._rest_interval(name)

    def _rest_interval(self, rest: Name) -> Interval:
        """Return what the rule tells of a rest: beside a share that is shown it is nothing, or not small."""
        share = self.share_of.get(rest, ())
        if not share or any(name in told for name in share for told in (self.hidden, self.kept, self.known)):
            return 0.0, np.inf
        part, whole = share
        is_all = self._figure(part) == self._figure(whole)
        return (0.0, 0.0) if is_all else (self.profile.greatest_small + 1.0, np.inf)

    def need(self, name: Name) -> Need | None:
        """Return what has to stay possible of a cell, None where it is shown or of no concern."""
        profile = self.profile
        if name in self.small and name not in self.known and (name in self.hidden or name not in self.cells):
            return Need(profile.values_from, profile.least_small, profile.greatest_small)
        return Need(profile.values_from) if name in self.hidden else None

    def released(self, name: Name) -> ReleasedCell:
        """Return what is shown of a cell as things stand."""
        if name in self.hidden:
            return ReleasedCell(None, 0.0, np.inf, WhyHidden.HELD)
        if name in self.kept and (one := self.kept[name]).value is not None:
            return ReleasedCell(one.value, one.low, one.high)
        if name in self.known and (name in self.kept or name in self.small):
            return ReleasedCell(None, 0.0, np.inf, WhyHidden.HELD)
        shown = self._figure(name)
        return ReleasedCell(shown, *self.profile.known_of(shown))

    def entry(self, name: Name) -> Earlier:
        """Return what the ledger keeps of a cell: the very entry that stands where it is shown again."""
        one = self.released(name)
        if name in self.kept and one.value is not None:
            return self.kept[name]
        return Earlier(one.value, one.low, one.high)

    def _victim(self, narrow: Name, relations: Sequence[Relation]) -> Name | None:
        """Return the figure to hide: the smallest in a relation with the cell, nothing last, then one further away."""
        near = {narrow}
        while True:
            wider = near | {
                name
                for total, parts in relations
                if not near.isdisjoint((total, *parts))
                for name in (total, *parts)
            }
            open_ = [name for name in wider if name in self.cells and name not in self.hidden]
            if open_:
                return min(open_, key=self._cost)
            if wider == near:
                return None
            near = wider

    def _cost(self, name: Name) -> tuple[bool, bool, float, Name]:
        """Rank figures to hide: one that was shown before protects nothing any more; a 0 says the least."""
        return name in self.kept, self.truth[name] == 0, self.truth[name], name
